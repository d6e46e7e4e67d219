//! # word-lost
//!
//! ## What it does
//! Reports a noun, verb or adjective that can be rendered in a few ways only, such as « carburant » (fuel, petrol, gas),
//! where no word of the English is one of these. Nothing is reported near a negation, or where another rule has spoken
//! about the words around it. Words that a free translation often absorbs, such as « image » or « barrière », are
//! reported as notes.
//!
//! ## Why is this bad?
//! Either the English says something else in its place, or it leaves it out. In both cases the sentence may read well.
//!
//! ## Example
//! « Un drone a frappé le marché » → “A missile hit the market”

use super::{By, Confidence, Finding, Pair, Severity, not_a_translation};
use crate::facts::name::names;
use crate::lexicon::answers::{Answers, Unanswered};
use crate::span::Span;

crate::rule!("word-lost", Warning, "word_lost.rs", check);

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    // If the English is not a translation at all, every word is lost, and the finding of that rule already says so.
    if out.iter().any(|f| f.rule == not_a_translation::RULE.name) {
        return;
    }
    let (r, e) = (&pair.source.reading, &pair.target.reading);
    let is_name = |span: Span| names(&pair.source.facts).any(|name| name.span.overlaps(span));
    // A word inside a compound does not have its usual meaning: « tiers » in « tiers-monde » is not "third".
    let is_part = |from: usize, to: usize| r.joins(to) || from > 0 && r.joins(from - 1);
    let is_ordinary_word = |lost: &Unanswered| r.is_plain(lost.from) && !is_part(lost.from, lost.to);
    let found: Vec<Finding> = Answers::french()
        .unanswered(r, e)
        .filter(is_ordinary_word)
        .map(|lost| (r.span(lost.from, lost.to), lost.is_soft))
        // Near a negation, English often uses the opposite word: « n'a pas accepté » becomes "rejected".
        .filter(|&(span, _)| !is_told(out, span) && !pair.source.denies_near(span) && !is_name(span))
        .map(|(span, is_soft)| match is_soft {
            true => Finding { severity: Severity::Note, confidence: Confidence::Low, ..finding(RULE.name, pair, span) },
            false => finding(RULE.name, pair, span),
        })
        .collect();
    out.extend(found);
}

/// A finding at most this many bytes away from a word counts as being about that word.
const NEAR: usize = 25;

/// Whether a warning or an error has already been reported within [`NEAR`] bytes of `place` in the French text.
pub(super) fn is_told(out: &[Finding], place: Span) -> bool {
    out.iter().any(|f| f.severity > Severity::Note && f.source.is_some_and(|s| s.is_within(NEAR, place)))
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
