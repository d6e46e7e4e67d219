//! # date-added
//!
//! ## What it does
//! Reports a date, a part of one, or a time of day of the English that the French does not have.
//!
//! ## Why is this bad?
//! The date has no source.
//!
//! ## Example
//! > L'offensive a commencé en novembre.
//! >
//! > The offensive began on November 27.

use super::compare::{FigureChange, date_or_time};
use super::{Finding, Pair};

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    for d in pair.figures().of(FigureChange::DateAdded) {
        let what = date_or_time(&pair.target, d.target);
        out.push(d.finding(RULE.name, pair, |_, english| {
            format!("English says “{english}”; French does not have this {what}")
        }));
    }
}

crate::rule!("date-added", Warning, "date_added.rs", check);
