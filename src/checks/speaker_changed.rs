//! # speaker-changed
//!
//! ## What it does
//! Reports a quotation whose English speaker is not the French one.
//!
//! ## Why is this bad?
//! A quotation in the wrong mouth is the gravest error a dispatch can hold.
//!
//! ## Example
//! « “Nous tenons”, a dit Haniyeh » → ““We are holding on”, said Netanyahu”

use super::compare::source_change::SourceChange;
use super::{Finding, Pair};

crate::rule!("speaker-changed", Warning, "speaker_changed.rs", check);

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    for d in pair.sources().differences.iter().filter(|d| d.change == SourceChange::SpeakerChanged) {
        out.push(d.finding(RULE.name, pair, |french, english| {
            format!("French gives these words to “{french}”; English to “{english}”")
        }));
    }
}
