//! # casualty-changed
//!
//! ## What it does
//! Reports a figure that counts something else in the English: wounded for killed, killed for missing, arrested for
//! abducted.
//!
//! ## Why is this bad?
//! The number is right and the fact is wrong; no check of digits sees it.
//!
//! ## Example
//! > L'attaque a fait 12 blessés.
//! >
//! > The attack killed 12 people.

use super::compare::FigureChange;
use super::{Finding, Pair};

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    for d in pair.figures().of(FigureChange::CasualtyChanged) {
        out.push(d.finding(RULE.name, pair, |french, english| match d.source {
            None => format!("English says “{english}”; nothing in the French tells of a death"),
            Some(_) => format!("French says “{french}”; English says “{english}”"),
        }));
    }
}

crate::rule!("casualty-changed", "casualty_changed.rs", check);
