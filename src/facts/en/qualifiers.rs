//! Finds English qualifiers of numbers: "more than", "at least", "in excess of", "or so".

use crate::facts::class::{Class, ClassedTokens};
use crate::facts::quantity::Bound;
use crate::lexicon::en;

/// The qualifier of the number at token `start`, and the token at which it begins. It ends right before the number, or
/// before "the age of" or a word such as "the" or "its" that belongs to the number.
pub fn bound_before(r: &ClassedTokens, start: usize) -> Option<(Bound, usize)> {
    let mut at = start;
    if at > 0 && r.among(at - 1, &en::BEFORE_FIGURES) {
        at -= 1;
    }
    // In "below the age of 31", "the age of" stands between the qualifier and the number.
    if r.precedes(start, &["the", "age", "of"]) || r.precedes(start, &["the", "ages", "of"]) {
        at = start - 3;
    }
    let word = r.lower(at.checked_sub(1)?);
    let prior = if at >= 2 { r.lower(at - 2) } else { "" };
    let third = if at >= 3 { r.lower(at - 3) } else { "" };
    let found = match (prior, word) {
        (w, "than") if en::GREATER.has(w) => match third {
            "no" | "not" => (Bound::AtMost, at - 3),
            "much" | "far" | "well" => (Bound::MoreThan, at - 3),
            _ => (Bound::MoreThan, at - 2),
        },
        ("less" | "fewer" | "lower" | "smaller" | "younger" | "shorter", "than") => match third {
            "no" | "not" => (Bound::AtLeast, at - 3),
            _ => (Bound::LessThan, at - 2),
        },
        ("very", "least") if third == "the" => (Bound::AtLeast, at - 3),
        ("the", "least" | "minimum") if third == "at" => (Bound::AtLeast, at - 3),
        ("the", "most") if third == "at" => (Bound::AtMost, at - 3),
        ("a", "minimum") if third == "at" => (Bound::AtLeast, at - 3),
        ("at", "least") => (Bound::AtLeast, at - 2),
        ("at", "most") => (Bound::AtMost, at - 2),
        ("up", "to") => (Bound::AtMost, at - 2),
        ("many" | "much" | "long" | "high", "as") if third == "as" => (Bound::AtMost, at - 3),
        ("excess", "of") => (Bound::MoreThan, at - 2),
        ("superior", "to") => (Bound::MoreThan, at - 2),
        ("inferior", "to") => (Bound::LessThan, at - 2),
        // As in "under-21s" and "the over-60s".
        ("under", "-") if r.glued(at - 1) && r.glued(at) => (Bound::LessThan, at - 2),
        ("over", "-") if r.glued(at - 1) && r.glued(at) => (Bound::MoreThan, at - 2),
        ("upwards" | "upward", "of") => (Bound::MoreThan, at - 2),
        ("close", "to") => (Bound::Nearly, at - 2),
        ("order" | "region" | "vicinity", "of") => (Bound::About, at - 2),
        ("minimum" | "low", "of") => (Bound::AtLeast, at - 2),
        ("maximum" | "high" | "peak", "of") => (Bound::AtMost, at - 2),
        // As in "will not exceed 12" and "has not exceeded 12": a negation up to four words before makes it an upper
        // bound.
        (_, "exceed" | "exceeded" | "exceeding" | "surpass" | "surpassed" | "topped")
            if (at.saturating_sub(5)..at).any(|j| negation(r.lower(j))) =>
        {
            (Bound::AtMost, at - 1)
        }
        (_, w) if en::EXCEEDING.has(w) => (Bound::MoreThan, at - 1),
        // "Above the 60% limit": the limit is exactly 60%, and something else is above it.
        (_, "over" | "above" | "under" | "below") if r.is(start - 1, "the") => return None,
        // "Over" may belong to a verb: "hand over half of it", "took over two towns".
        (w, "over") if en::BEFORE_OVER.has(w) => return None,
        (_, "over" | "above") => (Bound::MoreThan, at - 1),
        (_, "under" | "below") => (Bound::LessThan, at - 1),
        (_, "barely" | "scarcely" | "hardly") => (Bound::Barely, at - 1),
        ("few" | "little", "as") if third == "as" => (Bound::Barely, at - 3),
        (_, w) if en::APPROACHING.has(w) => (Bound::Nearly, at - 1),
        (_, w) if en::ABOUT.has(w) => (Bound::About, at - 1),
        (_, "minimum") => (Bound::AtLeast, at - 1),
        (_, "maximum" | "maximally") => (Bound::AtMost, at - 1),
        (_, "~") => (Bound::About, at - 1),
        (_, ">") => (Bound::MoreThan, at - 1),
        (_, "<") => (Bound::LessThan, at - 1),
        _ => return None,
    };
    Some(found)
}

/// Whether a word denies.
fn negation(word: &str) -> bool {
    matches!(word, "not" | "never" | "cannot" | "without") || word.ends_with("n't")
}

/// The qualifier that follows the number that ends right before token `end`, right away or after a word: "200 or more",
/// "12 dead at least", "two weeks or so".
pub fn bound_after(r: &ClassedTokens, end: usize) -> Option<Bound> {
    // Where a rate follows the number, the search goes two words further: "six times a year at most".
    let rate = (end..end + 2).any(|k| r.is_any(k, &["a", "an", "per", "each"]));
    for at in end..end + if rate { 4 } else { 2 } {
        let found = match r.lower(at) {
            "or" | "and"
                if r.is_any(at + 1, &["more", "above", "over", "older", "up", "upwards"]) && !r.is(at + 2, "than") =>
            {
                Bound::AtLeast
            }
            "or" if r.is_any(at + 1, &["so", "thereabouts"]) => Bound::About,
            "or" if r.is_any(at + 1, &["less", "fewer", "under", "younger"]) => Bound::AtMost,
            "at" if r.is(at + 1, "least") && !numeral_follows(r, at + 2) => Bound::AtLeast,
            "at" if r.is(at + 1, "most") && !numeral_follows(r, at + 2) => Bound::AtMost,
            "approximately" | "approx" if !numeral_follows(r, at + 1) => Bound::About,
            "minimum" => Bound::AtLeast,
            "maximum" => Bound::AtMost,
            "+" if r.glued(at) => Bound::AtLeast,
            // As in "the studio's 140-plus creditors".
            "-" if r.glued(at) && r.is(at + 1, "plus") => Bound::MoreThan,
            _ if r.is_word(at) => continue,
            _ => return None,
        };
        return Some(found);
    }
    None
}

/// Whether a number begins at `i`, to which the qualifier before it belongs.
fn numeral_follows(r: &ClassedTokens, i: usize) -> bool {
    matches!(r.class(i), Class::Digits | Class::Small(_) | Class::Tens(_) | Class::One)
}
