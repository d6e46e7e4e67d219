//! # number-added
//!
//! ## What it does
//! Reports a number of the English that the French does not have. A conversion in parentheses that is right within
//! rounding, as in "30 km (18 miles)", is not reported.
//!
//! ## Why is this bad?
//! The figure has no source.
//!
//! ## Example
//! > L'armée a envoyé des soldats en renfort.
//! >
//! > The army sent 300 soldiers as reinforcements.

use super::compare::FigureChange;
use super::{Finding, Pair};

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    for d in pair.figures().of(FigureChange::NumberAdded) {
        out.push(
            d.finding(RULE.name, pair, |_, english| format!("English says “{english}”; French has no such number")),
        );
    }
}

crate::rule!("number-added", Warning, "number_added.rs", check);
