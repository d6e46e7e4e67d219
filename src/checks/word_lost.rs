//! # word-lost
//!
//! ## What it does
//! Reports a noun, verb or adjective that can be rendered in a few ways only, such as « carburant » (fuel, petrol,
//! gas), where no word of the English is one of these. Nothing is reported near a negation, or where another rule has
//! spoken about the words around it. Words that a free translation often absorbs, such as « image » or « barrière »,
//! are reported as notes.
//!
//! ## Why is this bad?
//! Either the English says something else in its place, or it leaves it out. In both cases the sentence may read well.
//!
//! ## Example
//! « Un drone a frappé le marché » → “A missile hit the market”

use super::{By, Confidence, Finding, Pair, Severity, Side, not_a_translation};
use crate::facts::name::names;
use crate::lexicon::answers::{Answers, Unanswered};
use crate::span::Span;

crate::rule!("word-lost", Warning, "word_lost.rs", check);

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    // If the English is not a translation at all, every word is lost, and the finding of that rule already says so.
    if out.iter().any(|f| f.rule == not_a_translation::RULE.name) {
        return;
    }
    let (source, target) = (&pair.source, &pair.target);
    let found: Vec<Finding> = Answers::french()
        .unanswered(&source.reading, &target.reading)
        .filter_map(|lost| Some((alone_at(source, &lost)?, lost.is_soft)))
        .filter(|&(span, _)| !is_told(out, span, |f| f.source))
        .map(|(span, is_soft)| match is_soft {
            true => Finding { severity: Severity::Note, confidence: Confidence::Low, ..finding(RULE.name, pair, span) },
            false => finding(RULE.name, pair, span),
        })
        .collect();
    out.extend(found);
}

/// Where a word or phrase stands, if it has its usual meaning there: it is no name and no part of a compound (« tiers »
/// in « tiers-monde » is not "third", "ship" in "flag-ship" no ship), and no negation stands near, beside which the
/// other language often uses the opposite word (« n'a pas accepté » becomes "rejected").
pub(super) fn alone_at(side: &Side<'_>, word: &Unanswered) -> Option<Span> {
    let r = &side.reading;
    let is_part = r.joins(word.to) || word.from > 0 && r.joins(word.from - 1);
    let span = r.span(word.from, word.to);
    let is_name = || names(&side.facts).any(|name| name.span.overlaps(span));
    (r.is_plain(word.from) && !is_part && !side.denies_near(span) && !is_name()).then_some(span)
}

/// A finding at most this many bytes away from a word counts as being about that word.
const NEAR: usize = 25;

/// Whether a warning or an error has already been reported within [`NEAR`] bytes of `place`, in the text of which
/// `side` gives a finding's place.
pub(super) fn is_told(out: &[Finding], place: Span, side: fn(&Finding) -> Option<Span>) -> bool {
    out.iter().any(|f| f.severity > Severity::Note && side(f).is_some_and(|s| s.is_within(NEAR, place)))
}

/// Builds a finding that the English has no word for the French text at `source`: a warning of medium confidence.
pub(super) fn finding(rule: &'static str, pair: &Pair<'_>, source: Span) -> Finding {
    Finding {
        rule,
        severity: Severity::Warning,
        confidence: Confidence::Medium,
        message: format!("nothing in the English translates “{}”", source.of(pair.source.text)),
        source: Some(source),
        target: None,
        by: By::Rule,
    }
}
