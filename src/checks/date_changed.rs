//! # date-changed
//!
//! ## What it does
//! Reports a date or a time of day that is another one in the English: year, month, day of the month, weekday, decade,
//! century or hour. « jeudi » may become the day it was, when the day of publication is known; « 14h30 » meets
//! "2:30 p.m.", « minuit » meets "midnight".
//!
//! ## Why is this bad?
//! It moves the event, and the order of events depends on it.
//!
//! ## Example
//! > L'offensive a commencé mercredi 27 novembre.
//! >
//! > The offensive began on Tuesday, November 27.

use super::compare::FigureChange;
use super::{Finding, Pair};

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    for d in pair.figures().of(FigureChange::DateChanged) {
        out.push(
            d.finding(RULE.name, pair, |french, english| format!("French says “{french}”; English says “{english}”")),
        );
    }
}

crate::rule!("date-changed", "date_changed.rs", check);
