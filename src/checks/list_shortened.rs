//! # list-shortened
//!
//! ## What it does
//! Reports a list of three items or more (« de vivres, de médicaments et de carburant ») where the longest list of the
//! English has one item less.
//!
//! ## Why is this bad?
//! The sentence reads well, and nobody notices that the fuel, or one of the parties, is missing.
//!
//! ## Example
//! « un convoi de vivres, de médicaments et de carburant » → “a convoy of food and medicine”

use super::compare::lists;
use super::{Confidence, Finding, Pair, Severity};

crate::rule!("list-shortened", Warning, "list_shortened.rs", check);

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    if let Some(places) = lists::shortened(pair) {
        let grade = (Severity::Warning, Confidence::Medium);
        out.push(Finding::between(RULE.name, grade, pair, places, |french, english| {
            format!("The list “{french}” has an item more than “{english}”")
        }));
    }
}
