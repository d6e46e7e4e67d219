//! # attribution-dropped
//!
//! ## What it does
//! Reports a French verb of saying with its speaker (« a déclaré que », « a-t-il dit ») where the English tells the
//! claim as a fact.
//!
//! ## Why is this bad?
//! The claim of one speaker becomes a fact that the newsroom vouches for.
//!
//! ## Example
//! « Le ministre a déclaré que la ville tenait » → “The city is holding”

use super::compare::source_change::SourceChange;
use super::{Finding, Pair};

crate::rule!("attribution-dropped", Warning, "attribution_dropped.rs", check);

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    for d in pair.sources().differences.iter().filter(|d| d.change == SourceChange::Dropped) {
        out.push(d.finding(RULE.name, pair, |french, _| {
            format!("French says that this is what “{french}” said; English states it as a fact")
        }));
    }
}
