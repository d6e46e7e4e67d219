//! # qualifier-changed
//!
//! ## What it does
//! Reports a number whose qualifier is another one in the English: more than for less than, at most for at least, more
//! than for nearly.
//!
//! ## Why is this bad?
//! The true figure lies on the other side of the one that is given.
//!
//! ## Example
//! > Moins de 100 combattants restent dans la ville.
//! >
//! > More than 100 fighters remain in the city.

use super::compare::FigureChange;
use super::{Finding, Pair};

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    for d in pair.figures().of(FigureChange::QualifierChanged) {
        out.push(
            d.finding(RULE.name, pair, |french, english| format!("French says “{french}”; English says “{english}”")),
        );
    }
}

crate::rule!("qualifier-changed", "qualifier_changed.rs", check);
