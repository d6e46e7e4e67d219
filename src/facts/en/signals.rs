//! Signs that an English text reports what somebody says. They reach much further than the grammar of attributions: a
//! rule asks them when it has to be sure that a translation names no source at all.

use crate::facts::reading::{Reading, is_quote};
use crate::lexicon::{class, en};

/// How many signs a text has that somebody says something: verbs of saying that are hardly anything else, and the other
/// signs of this file. Zero means that the text speaks in its own voice.
pub fn signals(r: &Reading<'_>) -> usize {
    (0..r.len())
        .filter(|&i| {
            let w = r.lower(i);
            let plain = r.is(i, class::FINITE) && (!en::AMBIGUOUS.has(w) || speaks(r, i));
            // "makes it clear that", and a quotation behind a colon: "He raves: “A simple stone.”"
            let clear = r.mark(i) == ':' && is_quote(r.mark(i + 1)) || w == "clear" && r.lower(i + 1) == "that";
            let plain = plain && !is_hearsay(r, i);
            plain
                || clear
                || is_told_otherwise(r, i)
                || is_told_now(r, i)
                || heads_a_speech(r, i)
                || is_held_true(r, i)
                || estimation(r, i)
                || en::SIGNS.has(w)
                || r.is(i, class::NONFINITE) && r.lower(i + 1) == "that"
        })
        .count()
}

/// Whether the word at `i` tells of saying or refusing to say, with its neighbours: "declined to comment", "has yet to
/// claim responsibility", "ruled that", ", saying it had no choice".
fn is_told_otherwise(r: &Reading<'_>, i: usize) -> bool {
    let before = i.checked_sub(1).map_or("", |k| r.lower(k));
    match r.lower(i) {
        "comment" => before == "to",
        "claim" => r.lower(i + 1) == "responsibility",
        "ruled" | "rules" => r.lower(i + 1) == "that",
        "saying" | "adding" => i > 0 && r.mark(i - 1) == ',',
        _ => false,
    }
}

/// Whether a verb of saying in the progressive stands at `i`, "police are blaming the rebels", or a noun for what is
/// said, "the claim that".
fn is_told_now(r: &Reading<'_>, i: usize) -> bool {
    let progressive = i > 0 && r.among(i - 1, &en::BE) && r.lower(i).ends_with("ing") && r.info(i).verb.is_some();
    let noun = r.is(i, class::SPEECH) || r.lower(i) == "conclusion";
    progressive || noun && r.lower(i + 1) == "that" && !r.is(i + 2, class::AUX)
}

/// "Diarra: The bridge is lost": a name and a colon open what somebody says.
fn heads_a_speech(r: &Reading<'_>, i: usize) -> bool {
    let name = |k: usize| r.is_word(k) && r.capital(k) && !r.is(k, class::FUNCTION);
    r.mark(i) == ':' && (1..=4).contains(&i) && (0..i).all(name) && r.capital(i + 1)
}

/// Whether a verb at `i` gives somebody's opinion: "he believes the town will hold".
fn is_held_true(r: &Reading<'_>, i: usize) -> bool {
    let Some(before) = i.checked_sub(1) else { return false };
    let holder = matches!(r.lower(before), "he" | "she" | "they") || r.capital(before) || r.is(before, class::ROLE);
    let goes_on = r.is(i + 1, class::DET | class::PRON) || r.capital(i + 1);
    holder && goes_on && matches!(r.lower(i), "believe" | "believes" | "believed" | "think" | "thinks" | "thought")
}

/// Whether a noun for an opinion or a promise stands at `i`: "in their own estimation", "gave an assurance that".
fn estimation(r: &Reading<'_>, i: usize) -> bool {
    matches!(r.lower(i), "estimation" | "assurance" | "assurances") && i > 0 && r.is_word(i - 1)
}

/// Whether an ambiguous verb says something here: "points out", "found that", ", the paper continued."
fn speaks(r: &Reading<'_>, i: usize) -> bool {
    let next = r.mark(i + 1);
    matches!(r.lower(i + 1), "out" | "that")
        // "claim to have entered", but not "claim to fame"
        || r.lower(i) == "claim" && r.lower(i + 1) == "to" && matches!(r.lower(i + 2), "have" | "be")
        || i > 0 && (r.mark(i - 1) == ',' || is_quote(r.mark(i - 1)))
        || matches!(next, '.' | ',' | ':') && i + 3 > r.len() && r.lower(i).ends_with(['d', 's'])
}

/// Whether the verb of saying at `i` reports something without naming a source: "is said to arrive", "are believed to
/// be", "a trader said to be missing".
pub fn is_hearsay(r: &Reading<'_>, i: usize) -> bool {
    let hearsay =
        matches!(r.lower(i), "said" | "believed" | "thought" | "reported" | "rumoured" | "rumored" | "alleged");
    // The subject of "claimed to have seen it" is the source, that of "said to have seen it" is not.
    hearsay
        && r.lower(i + 1) == "to"
        && (r.lower(i) == "said" && r.is(i + 2, class::AUX) || i > 0 && r.among(i - 1, &en::BE))
}

/// Whether any word looks like a verb of saying, ambiguous ones included.
pub fn has_any_saying(r: &Reading<'_>) -> bool {
    (0..r.len()).any(|i| r.is(i, class::SAYING))
}
