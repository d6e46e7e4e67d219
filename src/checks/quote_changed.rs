//! # quote-changed
//!
//! ## What it does
//! Reports a quotation that took in the sentence around it, or shrank to a part of itself: one quotation on each side,
//! and a share of the sentence inside the marks that differs by more than half.
//!
//! ## Why is this bad?
//! Words that nobody said stand in somebody's mouth, or words of a party in the voice of the newsroom.
//!
//! ## Example
//! « Il a promis « une réponse » et quitté la salle » → ““He promised a response and left the room””

use super::quote_lost::quotes;
use super::{Confidence, Finding, Pair, Severity, Side};
use crate::facts::quote::Quote;

crate::rule!("quote-changed", "quote_changed.rs", check);

/// Difference of shares from which the extent of a quotation has changed.
const MUCH: f64 = 0.5;

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    let (french, english) = (quotes(&pair.source.facts), quotes(&pair.target.facts));
    if let ([f], [e]) = (french.as_slice(), english.as_slice())
        && (f.opened && f.closed && e.opened && e.closed)
        && f.words.max(e.words) >= 4
        && (share(f, &pair.source) - share(e, &pair.target)).abs() > MUCH
    {
        out.push(Finding {
            rule: RULE.name,
            severity: Severity::Warning,
            confidence: Confidence::Medium,
            message: format!(
                "French quotes “{}”; English quotes “{}”",
                f.inner.of(pair.source.text).trim(),
                e.inner.of(pair.target.text).trim()
            ),
            source: Some(f.span),
            target: Some(e.span),
        });
    }
}

/// Share of the text's words that stand inside the quotation.
fn share(q: &Quote, side: &Side<'_>) -> f64 {
    let words = (0..side.reading.len()).filter(|&i| side.reading.is_word(i)).count();
    q.words as f64 / words.max(1) as f64
}
