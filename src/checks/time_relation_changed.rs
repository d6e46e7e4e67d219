//! # time-relation-changed
//!
//! ## What it does
//! Reports that the English places an event otherwise in time than the French, though the dates are the same: before
//! for after, until for since, early for late, morning for evening, last week for last month, one season, feast or
//! quarter for another, twice a week for twice a month.
//!
//! ## Why is this bad?
//! A truce that runs until 15 March is not one that begins then, and who fired the day before the truce did not break
//! it.
//!
//! ## Example
//! > Le cessez-le-feu court jusqu'au 15 mars.
//! >
//! > The ceasefire runs from March 15.

use super::compare::times;
use super::{Finding, Pair};

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    for d in times::compare(pair) {
        out.push(Finding::between(
            RULE.name,
            (d.severity, d.confidence),
            pair,
            (d.source, d.target),
            |french, english| format!("French says “{french}”; English says “{english}”"),
        ));
    }
}

crate::rule!("time-relation-changed", Warning, "time_relation_changed.rs", check);
