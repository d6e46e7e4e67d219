//! Signs that an English text reports what somebody says. There are many more of them than the grammar of attributions
//! reads, because rules use them to be sure that a translation names no source at all.

use crate::facts::reading::{Reading, is_quote};
use crate::lexicon::{class, en};

/// How many words and colons of a text are a sign that somebody says something. Finite verbs of saying count, but
/// ambiguous ones only where `speaks` is true, and those of hearsay ([`is_hearsay`]) mostly not. The other signs of
/// this file count as well. Zero means that the text speaks in its own voice.
pub fn signals(r: &Reading<'_>) -> usize {
    (0..r.len())
        .filter(|&i| {
            let w = r.lower(i);
            let is_finite = r.is(i, class::FINITE) && (!en::AMBIGUOUS.has(w) || speaks(r, i));
            // As in "makes it clear that" and, with a colon, "He raves: “A simple stone.”".
            let introduces = r.mark(i) == ':' && is_quote(r.mark(i + 1))
                || matches!(w, "clear" | "adamant" | "categorical")
                    && (r.lower(i + 1) == "that" || r.mark(i + 1) == ':');
            is_finite && !is_hearsay(r, i)
                || introduces
                || is_phrase_of_saying(r, i)
                || is_progressive_or_noun(r, i)
                || heads_a_speech(r, i)
                || is_opinion(r, i)
                || is_estimation(r, i)
                || en::SIGNS.has(w)
                || r.is(i, class::NONFINITE) && (r.lower(i + 1) == "that" || goes_on_behind(r, i + 1))
        })
        .count()
}

/// How many tokens an insertion may have between a verb of saying and its "that".
const INSERTION: usize = 10;

/// Whether an insertion between commas begins at `i`, and "that" follows it: "claiming, without proof, that".
fn goes_on_behind(r: &Reading<'_>, i: usize) -> bool {
    r.mark(i) == ',' && (i + 2..i + INSERTION).any(|k| r.mark(k) == ',' && r.lower(k + 1) == "that")
}

/// Whether the word at `i` shows, with its neighbours, that somebody says something or refuses to: "declined to
/// comment", "has yet to claim responsibility", "ruled that", ", saying it had no choice".
fn is_phrase_of_saying(r: &Reading<'_>, i: usize) -> bool {
    let before = i.checked_sub(1).map_or("", |k| r.lower(k));
    match r.lower(i) {
        "comment" => matches!(before, "to" | "any" | "further"),
        "claim" => r.lower(i + 1) == "responsibility",
        "ruled" | "rules" => r.lower(i + 1) == "that",
        // "The official story is that", "the story goes that".
        "story" | "version" | "account" | "theory" => {
            let goes_on = matches!(r.lower(i + 1), "is" | "was" | "goes" | "went");
            goes_on && r.lower(i + 2) == "that" || r.lower(i + 1) == "has" && r.lower(i + 2) == "it"
        }
        // "The mayor let it be known that", "by the ministry's count".
        "known" => before == "be" && r.lower(i + 1) == "that",
        "believed" => before == "be" && i > 1 && r.lower(i - 2) == "to",
        "count" | "tally" | "reckoning" | "estimate" | "estimates" => before == "'s",
        "saying" | "adding" => i > 0 && r.mark(i - 1) == ',',
        // "With police putting the turnout at 8,500".
        "put" | "puts" | "putting" => (i + 2..i + 7).any(|k| r.lower(k) == "at" && r.is_number(k + 1)),
        // "Observers are surprised that".
        "alarmed" => matches!(r.lower(i + 1), "at" | "by" | "over" | "that"),
        "surprised" | "astonished" => r.lower(i + 1) == "that",
        _ => false,
    }
}

/// Whether the word at `i` is a verb of saying in the progressive ("police are blaming the rebels"), or a noun for what
/// is said before "that" ("the claim that").
fn is_progressive_or_noun(r: &Reading<'_>, i: usize) -> bool {
    let progressive = i > 0 && r.among(i - 1, &en::BE) && r.lower(i).ends_with("ing") && r.info(i).verb.is_some();
    let noun = r.is(i, class::SPEECH) || r.lower(i) == "conclusion";
    progressive || noun && r.lower(i + 1) == "that" && !r.is(i + 2, class::AUX)
}

/// Whether the token at `i` is a colon between one to four words of a name that open the text and what the person says:
/// "Diarra: The bridge is lost".
fn heads_a_speech(r: &Reading<'_>, i: usize) -> bool {
    let name = |k: usize| r.is_word(k) && r.capital(k) && !r.is(k, class::FUNCTION);
    r.mark(i) == ':' && (1..=4).contains(&i) && (0..i).all(name) && r.capital(i + 1)
}

/// Whether a form of "believe" or "think" at `i` gives somebody's opinion: "he believes the town will hold".
fn is_opinion(r: &Reading<'_>, i: usize) -> bool {
    let Some(before) = i.checked_sub(1) else { return false };
    let holder = matches!(r.lower(before), "he" | "she" | "they") || r.capital(before) || r.is(before, class::ROLE);
    let goes_on = r.is(i + 1, class::DET | class::PRON) || r.capital(i + 1);
    holder && goes_on && matches!(r.lower(i), "believe" | "believes" | "believed" | "think" | "thinks" | "thought")
}

/// Whether "estimation" or "assurance" stands at `i` after a word: "in their own estimation", "gave an assurance that".
fn is_estimation(r: &Reading<'_>, i: usize) -> bool {
    matches!(r.lower(i), "estimation" | "assurance" | "assurances") && i > 0 && r.is_word(i - 1)
}

/// Whether an ambiguous verb at `i` means saying here. It does before "out", "that" or "how" ("points out", "found
/// that", "describe how"), after a comma or a quotation mark, and as the last word of the text ("the paper
/// continued.").
fn speaks(r: &Reading<'_>, i: usize) -> bool {
    let next = r.mark(i + 1);
    matches!(r.lower(i + 1), "out" | "that" | "how")
        // As in "claim to have entered", but not in "claim to fame".
        || r.lower(i) == "claim" && r.lower(i + 1) == "to" && matches!(r.lower(i + 2), "have" | "be")
        || i > 0 && (r.mark(i - 1) == ',' || is_quote(r.mark(i - 1)))
        || matches!(next, '.' | ',' | ':') && i + 3 > r.len() && r.lower(i).ends_with(['d', 's'])
}

/// Whether the verb of saying at `i` reports something without naming a source: "is said to arrive", "are believed to
/// be", "a trader said to be missing".
pub fn is_hearsay(r: &Reading<'_>, i: usize) -> bool {
    let hearsay =
        matches!(r.lower(i), "said" | "believed" | "thought" | "reported" | "rumoured" | "rumored" | "alleged");
    // In "a trader said to be missing", the trader is not the source. "Claimed" is not in the list above, because the
    // subject of "claimed to have seen it" is the source.
    hearsay
        && r.lower(i + 1) == "to"
        && (r.lower(i) == "said" && r.is(i + 2, class::AUX) || i > 0 && r.among(i - 1, &en::BE))
}

/// Whether any word may be a verb of saying; ambiguous ones count as well.
pub fn has_any_saying(r: &Reading<'_>) -> bool {
    (0..r.len()).any(|i| r.is(i, class::SAYING))
}
