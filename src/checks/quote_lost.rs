//! # quote-lost
//!
//! ## What it does
//! Reports a quotation of three words or more (titles excepted) where the English has no quotation at all. It is a note
//! where the English reports the words indirectly (“he said that …”), and where the marks only enclose the name of
//! something (« l'opération « Bouclier de la mer » »).
//!
//! ## Why is this bad?
//! Without its marks a quotation is the newsroom's own claim, in the words of a party.
//!
//! ## Example
//! « Il a promis « une réponse sans pitié » » → “He promised a merciless response”

use super::compare::speech::{is_label, is_reported, is_sentence};
use super::{By, Confidence, Finding, Pair, Severity};
use crate::facts::quote::Quote;
use crate::facts::{Fact, FactValue};

crate::rule!("quote-lost", Warning, "quote_lost.rs", check);

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    if !quotes(&pair.target.facts).is_empty() {
        return;
    }
    for q in quotes(&pair.source.facts).iter().filter(|q| q.opened && q.closed) {
        let inner = q.inner.of(pair.source.text).trim();
        // Three words that begin with a capital and make no sentence may as well be a title: « Côte
        // du soleil ».
        if q.words < 3 || q.words == 3 && inner.starts_with(char::is_uppercase) && !is_sentence(pair, q) {
            continue;
        }
        let (severity, confidence) = match is_reported(pair, q) || is_label(pair, q) {
            true => (Severity::Note, Confidence::Medium),
            false => (Severity::Warning, Confidence::Medium),
        };
        out.push(Finding {
            rule: RULE.name,
            severity,
            confidence,
            message: format!("French quotes “{inner}”; English has no quotation"),
            source: Some(q.span),
            target: None,
            by: By::Rule,
        });
    }
}

/// The quotations among these facts.
pub(super) fn quotes(facts: &[Fact]) -> Vec<Quote> {
    let quote = |f: &Fact| if let FactValue::Quote(q) = &f.value { Some(q.clone()) } else { None };
    facts.iter().filter_map(quote).collect()
}
