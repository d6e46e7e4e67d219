//! # unit-changed
//!
//! ## What it does
//! Reports a figure whose unit or currency changed: dollars for euros, miles for kilometres, days for weeks. A currency
//! that is named without a figure and became another one is reported as well.
//!
//! ## Why is this bad?
//! The figure looks right and is wrong by the ratio of the units.
//!
//! ## Example
//! > Les rebelles sont à 30 kilomètres de la capitale.
//! >
//! > The rebels are 30 miles from the capital.

use super::compare::FigureChange;
use super::{Finding, Pair};

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    for d in pair.figures().of(FigureChange::UnitChanged) {
        out.push(
            d.finding(RULE.name, pair, |french, english| format!("French says “{french}”; English says “{english}”")),
        );
    }
}

crate::rule!("unit-changed", "unit_changed.rs", check);
