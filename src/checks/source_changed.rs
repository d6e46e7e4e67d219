//! # source-changed
//!
//! ## What it does
//! Reports an English “according to” that names somebody whom the French does not name, in the place of the French
//! source.
//!
//! ## Why is this bad?
//! The claim is put into the mouth of somebody who did not make it.
//!
//! ## Example
//! « selon l'ONU » → “according to the Israeli army”

use super::compare::source_change::SourceChange;
use super::{Finding, Pair};

crate::rule!("source-changed", "source_changed.rs", check);

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    for d in pair.sources().differences.iter().filter(|d| d.change == SourceChange::SourceChanged) {
        out.push(d.finding(RULE.name, pair, |french, english| {
            format!("French attributes this to “{french}”; English attributes it to “{english}”")
        }));
    }
}
