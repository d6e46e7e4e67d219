//! # event-changed
//!
//! ## What it does
//! Reports an event that became another one, which it excludes: freed for killed, acquitted for convicted, retaken for
//! lost, lifted for imposed, *seriously* for *slightly*, a deed for an attempt. Apart from attempts, it is reported
//! only where the French event stands nowhere in the English, and the English event nowhere in the French.
//!
//! ## Why is this bad?
//! Every figure and every name may be right, and the news is false.
//!
//! ## Example
//! « Quatre infirmières ont été libérées » → “Four nurses were killed”

use super::compare::events::EventChange;
use super::{Confidence, Finding, Pair, Severity, casualty_changed};

crate::rule!("event-changed", Warning, "event_changed.rs", check);

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    // Where a figure counts something else, such as wounded for killed, `casualty-changed` has reported it.
    if out.iter().any(|f| f.rule == casualty_changed::RULE.name) {
        return;
    }
    for d in pair.events().differences.iter().filter(|d| d.change == EventChange::Changed) {
        let grade = (Severity::Warning, if d.sure { Confidence::High } else { Confidence::Medium });
        out.push(Finding::between(RULE.name, grade, pair, (d.source, d.target), |french, english| {
            format!("French tells of one event (“{french}”), English of another (“{english}”)")
        }));
    }
}
