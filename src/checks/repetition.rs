//! # repetition
//!
//! ## What it does
//! Reports a phrase that the English says three times or more in a row, or one word four times, where the French does
//! not.
//!
//! ## Why is this bad?
//! A language model that gets stuck repeats itself, and the rest of the sentence is lost.
//!
//! ## Example
//! « Les combats continuent » → “The fighting continues the fighting continues the fighting continues”

use super::{By, Confidence, Finding, Pair, Severity};
use crate::facts::reading::Reading;
use crate::span::Span;

crate::rule!("repetition", "repetition.rs", check);

/// Longest phrase that is looked for, in tokens.
const LONGEST: usize = 16;

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    if let Some(span) = loops(&pair.target.reading)
        && loops(&pair.source.reading).is_none()
    {
        out.push(Finding {
            rule: RULE.name,
            severity: Severity::Error,
            confidence: Confidence::High,
            message: format!(
                "English repeats itself: “{}”",
                span.of(pair.target.text).chars().take(60).collect::<String>()
            ),
            source: None,
            target: Some(span),
            by: By::Rule,
        });
    }
}

/// Where a phrase comes three times in a row (a single word: four times): the first of the shortest such phrases, if
/// there is one of at most [`LONGEST`] tokens.
fn loops(r: &Reading<'_>) -> Option<Span> {
    let key = |i: usize| r.words[i].fold;
    for size in 1..=LONGEST.min(r.len() / 3) {
        let times = if size == 1 { 4 } else { 3 };
        let mut same = 0;
        for i in size..r.len() {
            // All punctuation has the same key, so the marks are compared as well. Marks alone ("!!!") are no loop.
            same = if key(i) == key(i - size) && r.words[i].mark == r.words[i - size].mark { same + 1 } else { 0 };
            if same >= size * (times - 1) && (i + 1 - size..=i).any(|k| r.is_word(k)) {
                return Some(r.span(i + 1 - size * times, i + 1));
            }
        }
    }
    None
}
