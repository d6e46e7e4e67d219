//! # source-added
//!
//! ## What it does
//! Reports an English “according to” with a name, where the French has no source.
//!
//! ## Why is this bad?
//! The source is made up: the French quotes nobody.
//!
//! ## Example
//! « La ville est tombée » → “According to Reuters, the city has fallen”

use super::compare::source_change::SourceChange;
use super::{Finding, Pair};

crate::rule!("source-added", Warning, "source_added.rs", check);

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    for d in pair.sources().differences.iter().filter(|d| d.change == SourceChange::SourceAdded) {
        out.push(d.finding(RULE.name, pair, |_, english| {
            format!("English attributes this to “{english}”; French names no source")
        }));
    }
}
