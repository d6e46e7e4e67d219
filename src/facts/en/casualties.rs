//! English words for killing, wounding and the like, and how their neighbours decide what they mean.

use crate::facts::casualties::Grammar;
use crate::facts::class::ClassedTokens;
use crate::facts::quantity::Outcome;
use crate::lexicon::en;

/// The English grammar for [`crate::facts::casualties`].
pub const GRAMMAR: Grammar = Grammar { transitive, active, joins, stop, outcome };

fn transitive(word: &str) -> bool {
    en::WITH_OBJECT.has(word)
}

fn active(word: &str) -> bool {
    en::ACTIVE.has(word)
}

fn joins(word: &str) -> bool {
    matches!(word, "and" | "or")
}

fn stop(word: &str) -> bool {
    en::CASUALTY_STOPS.has(word) || word.starts_with(['.', ',', ';', ':', '(', ')', '"', '“', '”'])
}

/// The outcome that the word at `i` expresses beside its neighbours; `outcome` is the one that it expresses by itself.
fn outcome(r: &ClassedTokens, i: usize, outcome: Outcome) -> Option<Outcome> {
    match outcome {
        // "Hostage takers" are not the victims, and "hostage-taking" does not count them.
        Outcome::Abducted if r.lower(r.skip_hyphen(i + 1)).starts_with("tak") => None,
        // "mortally wounded" and "fatally injured" count as killed.
        Outcome::Wounded if r.is_any(i.wrapping_sub(1), &["mortally", "fatally"]) => Some(Outcome::Killed),
        // "Death" stands for the dead only in "death toll", and not in "death penalty", "death row" or "death threats".
        // "Lives" stands for them only beside a verb such as "claimed" or "lost".
        Outcome::Killed if r.is(i, "death") && !r.is_any(i + 1, &["toll", "tolls"]) => None,
        Outcome::Killed if r.is(i, "lives") && !lost(r, i) => None,
        // "12 wounds" may be those of one person.
        Outcome::Wounded if r.is(i, "wounds") => None,
        _ => Some(outcome),
    }
}

/// Whether a verb such as "claimed" or "lost" stands up to six words before or three after the word at `i`: "claimed 12
/// lives", "12 lives were lost".
fn lost(r: &ClassedTokens, i: usize) -> bool {
    (i.saturating_sub(6)..i + 4).any(|k| r.among(k, &en::CLAIMING_LIVES))
}
