//! # number-missing
//!
//! ## What it does
//! Reports a number of the French that the English does not have.
//!
//! ## Why is this bad?
//! Readers of the English do not learn how many, how much or how long.
//!
//! ## Example
//! > L'armée a envoyé 300 soldats en renfort.
//! >
//! > The army sent soldiers as reinforcements.

use super::compare::FigureChange;
use super::{Finding, Pair};

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    for d in pair.figures().of(FigureChange::NumberMissing) {
        out.push(d.finding(RULE.name, pair, |french, _| format!("French says “{french}”; English has no such number")));
    }
}

crate::rule!("number-missing", "number_missing.rs", check);
