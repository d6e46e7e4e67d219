//! # false-friend
//!
//! ## What it does
//! Reports an English word that only looks like the French one, or renders the first sense in a dictionary, where the
//! press means another: *ancient* minister for « ancien ministre », *magazine* for « magasin », *parquet* for
//! « parquet » (the prosecutors). It is reported only where no other English word renders the right sense, and no other
//! French word accounts for the English one.
//!
//! ## Why is this bad?
//! The sentence reads well and says something else.
//!
//! ## Example
//! « Le parquet de Lyon a ouvert une enquête » → “The floor of Lyon opened an investigation”

use super::{Confidence, Finding, Pair, Severity};
use crate::facts::false_friends::mistaken;

crate::rule!("false-friend", Warning, "false_friend.rs", check);

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    for m in mistaken(&pair.source.reading, &pair.target.reading) {
        let grade = (Severity::Warning, Confidence::Medium);
        out.push(Finding::between(RULE.name, grade, pair, (m.french, m.english), |french, english| {
            format!("“{english}” is not what “{french}” means here")
        }));
    }
}
