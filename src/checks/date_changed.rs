//! # date-changed
//!
//! ## What it does
//! Reports a date that is another one in the English: year, month, day of the month, weekday, decade or century. « jeudi »
//! may become the day it was, when the day of publication is known.
//!
//! ## Why is this bad?
//! It moves the event.
//!
//! ## Example
//! > L'offensive a commencé mercredi 27 novembre.
//! >
//! > The offensive began on Tuesday, November 27.

use super::compare::Kind;
use super::{Finding, Pair};

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    for d in pair.figures().of(Kind::DateChanged) {
        out.push(
            d.finding(RULE.name, pair, |french, english| format!("French says “{french}”; English says “{english}”")),
        );
    }
}

crate::rule!("date-changed", "date_changed.rs", check);
