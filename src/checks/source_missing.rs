//! # source-missing
//!
//! ## What it does
//! Reports a source of the French (« selon l'OSDH », « d'après la police ») where the English names no source at all.
//!
//! ## Why is this bad?
//! A claim of one side becomes a fact in the voice of the newsroom.
//!
//! ## Example
//! « Selon l'OSDH, 12 civils ont été tués » → “Twelve civilians were killed”

use super::compare::source_change::SourceChange;
use super::{Finding, Pair};

crate::rule!("source-missing", "source_missing.rs", check);

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    for d in pair.sources().differences.iter().filter(|d| d.change == SourceChange::SourceMissing) {
        out.push(d.finding(RULE.name, pair, |french, _| {
            format!("French attributes this to “{french}”; English names no such source")
        }));
    }
}
