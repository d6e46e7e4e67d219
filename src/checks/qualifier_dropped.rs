//! # qualifier-dropped
//!
//! ## What it does
//! Reports a number whose qualifier (plus de, au moins, près de, environ, jusqu'à …) is not in the English.
//!
//! ## Why is this bad?
//! "At least 20 dead" is a count that goes on; "20 dead" is a final one.
//!
//! ## Example
//! > Au moins 20 personnes ont été tuées.
//! >
//! > Twenty people were killed.

use super::compare::FigureChange;
use super::{Finding, Pair};

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    for d in pair.figures().of(FigureChange::QualifierDropped) {
        out.push(d.finding(RULE.name, pair, |french, english| {
            format!("French says “{french}”; English drops the qualifier: “{english}”")
        }));
    }
}

crate::rule!("qualifier-dropped", Warning, "qualifier_dropped.rs", check);
