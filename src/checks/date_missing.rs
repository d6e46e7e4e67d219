//! # date-missing
//!
//! ## What it does
//! Reports a date, a part of one, or a time of day that the English does not have.
//!
//! ## Why is this bad?
//! Readers of the English do not learn when it happened.
//!
//! ## Example
//! > Les jihadistes sont arrivés ce vendredi 29 novembre aux portes d'Alep.
//! >
//! > The jihadists have reached the gates of Aleppo.

use super::compare::{FigureChange, date_or_time};
use super::{Finding, Pair};

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    for d in pair.figures().of(FigureChange::DateMissing) {
        let what = date_or_time(&pair.source, d.source);
        out.push(d.finding(RULE.name, pair, |french, _| {
            format!("French says “{french}”; English does not have this {what}")
        }));
    }
}

crate::rule!("date-missing", "date_missing.rs", check);
