//! # hedge-added
//!
//! ## What it does
//! Reports *reportedly*, *allegedly* or *alleged* in the English where the French states a fact in its own voice.
//!
//! ## Why is this bad?
//! The translation casts doubt on what its source states as a fact.
//!
//! ## Example
//! « L'attaque a fait douze morts » → “The attack allegedly killed twelve people”

use super::{By, Confidence, Finding, Pair, Severity};
use crate::facts::FactValue;
use crate::facts::hedge::HedgeKind;

crate::rule!("hedge-added", Note, "hedge_added.rs", check);

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    // With a hedge, a source or a quotation, the French does not vouch for it either.
    let french_reports = pair
        .source
        .facts
        .iter()
        .any(|f| matches!(f.value, FactValue::Hedge(_) | FactValue::Attribution(_) | FactValue::Quote(_)));
    if french_reports {
        return;
    }
    for f in &pair.target.facts {
        if matches!(f.value, FactValue::Hedge(h) if h.kind == HedgeKind::Hearsay) {
            out.push(Finding {
                rule: RULE.name,
                severity: Severity::Note,
                confidence: Confidence::Low,
                message: format!("English doubts (“{}”); French does not", f.span.of(pair.target.text)),
                source: None,
                target: Some(f.span),
                by: By::Rule,
            });
        }
    }
}
