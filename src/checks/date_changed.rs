//! # date-changed
//!
//! ## What it does
//! Reports a date or a time of day that is another one in the English: year, month, day of the month, weekday, decade,
//! century or hour. « jeudi » may be rendered by its date where the day of publication is known; « 14h30 » is the same
//! as "2:30 p.m." and « minuit » as "midnight".
//!
//! ## Why is this bad?
//! The event is moved to another time, which may change the order of events.
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
