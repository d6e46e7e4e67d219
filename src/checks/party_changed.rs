//! # party-changed
//!
//! ## What it does
//! Reports other people in the same event: journalists killed for aid workers killed, an attack by the army for one by
//! rebels. It is reported only where the English names nobody of the French kind, and the French nobody of the English
//! kind.
//!
//! ## Why is this bad?
//! Who did what to whom is what courts and monitors take from such reports.
//!
//! ## Example
//! « Les soldats ont abattu trois bergers » → “Police officers shot three shepherds dead”

use super::compare::events::EventChange;
use super::{Confidence, Finding, Pair, Severity, casualty_changed};

crate::rule!("party-changed", Warning, "party_changed.rs", check);

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    // Where a figure counts something else, such as soldiers for civilians, `casualty-changed` has reported it.
    if out.iter().any(|f| f.rule == casualty_changed::RULE.name) {
        return;
    }
    for d in pair.events().differences.iter().filter(|d| d.change == EventChange::Party) {
        let grade = (Severity::Warning, Confidence::Medium);
        out.push(Finding::between(RULE.name, grade, pair, (d.source, d.target), |french, english| {
            format!("French says “{french}”; English says “{english}”")
        }));
    }
}
