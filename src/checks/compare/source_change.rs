//! What can become of an attribution.

use super::difference::Difference;
use crate::checks::{Confidence, Severity};
use crate::lexicon::verbs::SpeechAct;
use crate::span::Span;

/// What became of an attribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceChange {
    /// « selon X » has no counterpart.
    SourceMissing,
    /// "according to" names somebody else.
    SourceChanged,
    /// "according to" names somebody, and the French has no source that this name could have replaced.
    SourceAdded,
    /// A verb of saying with its speaker is gone, or a preposition with a pronoun (« selon lui »), so that the claim is
    /// told as a fact.
    Dropped,
    /// The verb of saying is of another kind: the first is that of the French, the second that of the English.
    Changed(SpeechAct, SpeechAct),
    /// Somebody else speaks.
    SpeakerChanged,
}

/// One disagreement about sources.
pub type SourceDifference = Difference<SourceChange>;

/// Adds a verb of saying that became one of another kind. The confidence follows from the severity.
pub(super) fn push_verb(
    out: &mut Vec<SourceDifference>,
    kinds: (SpeechAct, SpeechAct),
    source: Option<Span>,
    target: Option<Span>,
    severity: Severity,
) {
    let confidence = if severity == Severity::Error { Confidence::High } else { Confidence::Medium };
    out.push(Difference { change: SourceChange::Changed(kinds.0, kinds.1), source, target, severity, confidence });
}
