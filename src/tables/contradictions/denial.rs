//! Claims that somebody denies: « une information démentie par l'armée », « nie toute implication dans l'attaque ».

use super::Exclusion;
use super::statement::Statement;
use crate::checks::Confidence;
use crate::lexicon::key::unaccented;
use crate::tables::rows::Conflict;
use crate::tables::words::{classes, stem};

/// A denial such as « cette information a été démentie » stands at most this many sentences after the claim that it
/// denies.
const REACH: usize = 3;

/// What the statement at index `at` of `all` denies: indices of statements in `all`, each with how
/// the two exclude each other. Empty if the statement at `at` is no denial, or denies none of the
/// others.
pub fn denied(all: &[Statement<'_>], at: usize) -> Vec<(usize, Exclusion)> {
    let denial = &all[at];
    if denial.claim.verb != "deny" || denial.claim.negated {
        return Vec::new();
    }
    if points_back(denial) { before(all, at) } else { by_content(all, at) }
}

/// Whether a denial only refers to what was said before, without telling what that was: « une
/// information démentie par », « dément ces accusations ».
fn points_back(s: &Statement<'_>) -> bool {
    let said = |w: &super::statement::Content| w.classes.contains(&"claim");
    // The object comes first, and other words may follow it: « ces deux versions et accuse la milice de … ».
    s.words.is_empty() || s.words.iter().take(2).any(said)
}

/// The claims of other sources that stand nearest before the denial: all those of one sentence, which is the denial's
/// own or at most [`REACH`] sentences before it. Claims with a negated verb, denials, questions and words of support
/// are passed over. The result is empty if there are no such claims, or if they stand in another paragraph and more
/// than one sentence before the denial.
fn before(all: &[Statement<'_>], at: usize) -> Vec<(usize, Exclusion)> {
    let denial = &all[at];
    let can_be_denied = |s: &Statement<'_>| {
        s.row != denial.row && !s.claim.negated && !matches!(s.claim.verb.as_str(), "deny" | "support" | "ask")
    };
    let earlier = all[..at].iter().enumerate().rev().filter(|(_, s)| {
        can_be_denied(s)
            && s.claim.sentence < denial.claim.sentence
            && denial.claim.sentence - s.claim.sentence <= REACH
            || can_be_denied(s) && s.claim.sentence == denial.claim.sentence && s.scope.start < denial.scope.start
    });
    let Some((_, nearest)) = earlier.clone().next() else { return Vec::new() };
    let (sentence, distance) = (nearest.claim.sentence, denial.claim.sentence - nearest.claim.sentence);
    // A denial in another paragraph may answer somebody else, unless the claim stands in the
    // sentence right before the denial.
    if distance > 1 && nearest.sentence.block != denial.sentence.block {
        return Vec::new();
    }
    let confidence = if distance <= 1 { Confidence::High } else { Confidence::Medium };
    let pair = |s: &Statement<'_>| Exclusion {
        conflict: Conflict::Denial,
        confidence,
        words: [s.scope, denial.scope],
        about: s.shared(denial).iter().filter_map(|stem| s.written(stem)).collect(),
    };
    earlier.filter(|(_, s)| s.claim.sentence == sentence).map(|(i, s)| (i, pair(s))).collect()
}

/// The claims of other sources that tell what is denied, wherever they stand. They must share at
/// least two content words with the denial, and at least half of the denial's content words. Claims
/// that mention the denying source need fewer. Claims with a negated verb, denials, questions,
/// demands and words of support are passed over.
fn by_content(all: &[Statement<'_>], at: usize) -> Vec<(usize, Exclusion)> {
    let denial = &all[at];
    let denies_guilt = denial.words.iter().any(|w| w.classes.contains(&"guilt"));
    let denier = key_words(denial.source);
    let mut out = Vec::new();
    for (i, s) in all.iter().enumerate() {
        if s.row == denial.row
            || s.claim.negated
            || matches!(s.claim.verb.as_str(), "deny" | "support" | "ask" | "demand")
        {
            continue;
        }
        let shared = denial.shared(s);
        // A claim that mentions the denying source needs fewer words in common with the denial than
        // other claims, and still fewer if it accuses that source.
        let mentions_denier = s.stems().iter().any(|stem| denier.iter().any(|m| m == stem));
        let accuses = matches!(s.claim.verb.as_str(), "accuse" | "denounce" | "allege");
        let confidence = match shared.len() {
            n if mentions_denier && accuses && (n >= 1 || denies_guilt) => Confidence::High,
            n if mentions_denier && (n >= 2 || n >= 1 && denies_guilt) => Confidence::Medium,
            n if n >= 2 && 2 * n >= denial.words.len() => Confidence::Medium,
            _ => continue,
        };
        let about = shared.iter().filter_map(|stem| denial.written(stem)).collect();
        out.push((i, Exclusion { conflict: Conflict::Denial, confidence, words: [s.scope, denial.scope], about }));
    }
    out
}

/// Stems of the words by which a source can be told from others. Words such as "the" and "army" are left out.
fn key_words(source: &str) -> Vec<String> {
    let general = ["the", "and", "of", "for", "official", "army", "government"];
    source
        .split(|c: char| !c.is_alphanumeric())
        .map(|w| unaccented(&w.to_lowercase()).into_owned())
        .filter(|w| w.len() > 2 && !general.contains(&w.as_str()) && classes(w).is_empty())
        .map(|w| stem(&w))
        .collect()
}
