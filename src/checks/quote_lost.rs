//! # quote-lost
//!
//! ## What it does
//! Reports a quotation of three words or more where the English has no quotation at all, or fewer than the French.
//!
//! ## Why is this bad?
//! Without its marks a quotation is the newsroom's own claim, in the words of a party.
//!
//! ## Example
//! « Il a promis « une réponse sans pitié » » → “He promised a merciless response”

use super::{Confidence, Finding, Pair, Severity};
use crate::facts::FactValue;
use crate::facts::quote::Quote;

crate::rule!("quote-lost", "quote_lost.rs", check);

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    let quotes = |facts: &'_ [crate::facts::Fact]| {
        facts
            .iter()
            .filter_map(|f| if let FactValue::Quote(q) = &f.value { Some(q.clone()) } else { None })
            .collect::<Vec<Quote>>()
    };
    let english = quotes(&pair.target.facts);
    if !english.is_empty() {
        return;
    }
    for q in quotes(&pair.source.facts).iter().filter(|q| q.opened && q.closed && q.words >= 3) {
        out.push(Finding {
            rule: RULE.name,
            severity: Severity::Warning,
            confidence: Confidence::Medium,
            message: format!("French quotes “{}”; English has no quotation", q.inner.of(pair.source.text).trim()),
            source: Some(q.span),
            target: None,
        });
    }
}
