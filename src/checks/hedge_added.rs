//! # hedge-added
//!
//! ## What it does
//! Reports a word of hearsay in the English (*reportedly*, *allegedly*, *purported*, “is said to” …) where the French
//! text has no hedge, no attribution and no quotation. Added words of doubt, such as *may* or *perhaps*, are not
//! reported.
//!
//! ## Why is this bad?
//! The translation casts doubt on what the French states as a fact.
//!
//! ## Example
//! « L'attaque a fait douze morts » → “The attack allegedly killed twelve people”

use super::{By, Confidence, Finding, Pair, Severity};
use crate::facts::FactValue;
use crate::facts::hedge::HedgeKind;

crate::rule!("hedge-added", Note, "hedge_added.rs", check);

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    // A hedge, an attribution or a quotation anywhere in the French may concern the same claim. Then the French does
    // not vouch for the claim either, so nothing is reported.
    let french_may_not_vouch = pair
        .source
        .facts
        .iter()
        .any(|f| matches!(f.value, FactValue::Hedge(_) | FactValue::Attribution(_) | FactValue::Quote(_)));
    if french_may_not_vouch {
        return;
    }
    for f in &pair.target.facts {
        if matches!(f.value, FactValue::Hedge(h) if h.kind == HedgeKind::Hearsay) {
            out.push(Finding {
                rule: RULE.name,
                severity: Severity::Note,
                confidence: Confidence::Low,
                message: format!("English gives this as hearsay (“{}”); French does not", f.span.of(pair.target.text)),
                source: None,
                target: Some(f.span),
                by: By::Rule,
            });
        }
    }
}
