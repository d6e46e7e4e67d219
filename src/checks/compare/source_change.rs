//! What can become of an attribution.

use super::difference::Difference;
use crate::checks::{Confidence, Severity};
use crate::lexicon::verbs::SpeechAct;
use crate::span::Span;

/// What became of an attribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceChange {
    SourceMissing,
    SourceChanged,
    SourceAdded,
    Dropped,
    /// The verb commits the speaker to something else.
    Changed(SpeechAct, SpeechAct),
    SpeakerChanged,
}

/// One disagreement about sources.
pub type SourceDifference = Difference<SourceChange>;

/// Adds a verb of saying that became one of another kind; an error is sure.
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
