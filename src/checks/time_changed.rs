//! # time-changed
//!
//! ## What it does
//! Reports a time of day that is another one in the English, or that stands in one of the two texts only. « 14h30 » meets
//! "2:30 p.m.", « minuit » meets "midnight".
//!
//! ## Why is this bad?
//! The order of events depends on it.
//!
//! ## Example
//! > La trêve entre en vigueur à 16h00.
//! >
//! > The truce takes effect at 6 p.m.

use super::compare::Kind;
use super::{Finding, Pair};

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    for d in pair.figures().of(Kind::TimeChanged) {
        out.push(d.finding(RULE.name, pair, |french, english| match (french, english) {
            (french, "") => format!("French says “{french}”; English does not have this time"),
            ("", english) => format!("English says “{english}”; French does not have this time"),
            _ => format!("French says “{french}”; English says “{english}”"),
        }));
    }
}

crate::rule!("time-changed", "time_changed.rs", check);
