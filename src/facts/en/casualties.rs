//! English words of killing and wounding, where their neighbours decide what they mean.

use crate::facts::casualties::Grammar;
use crate::facts::class::ClassedTokens;
use crate::facts::quantity::Outcome;
use crate::lexicon::en;

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

fn outcome(r: &ClassedTokens, i: usize, outcome: Outcome) -> Option<Outcome> {
    match outcome {
        // "hostage takers", "hostage-taking": not the victims
        Outcome::Abducted if r.lower(r.skip_hyphen(i + 1)).starts_with("tak") => None,
        // "mortally wounded" and "fatally injured" count as killed.
        Outcome::Wounded if r.is_any(i.wrapping_sub(1), &["mortally", "fatally"]) => Some(Outcome::Killed),
        // Of "death" only "death toll" counts the dead: "death penalty", "death row" and "death threats" do not.
        // "lives" counts them only beside a verb that takes lives.
        Outcome::Killed if r.is(i, "death") && !r.is_any(i + 1, &["toll", "tolls"]) => None,
        Outcome::Killed if r.is(i, "lives") && !lost(r, i) => None,
        // "12 wounds" may be those of one person.
        Outcome::Wounded if r.is(i, "wounds") => None,
        _ => Some(outcome),
    }
}

/// Whether a verb that takes lives stands near the word at `i`: "claimed 12 lives", "12 lives were lost".
fn lost(r: &ClassedTokens, i: usize) -> bool {
    (i.saturating_sub(6)..i + 4).any(|k| r.among(k, &en::CLAIMING_LIVES))
}
