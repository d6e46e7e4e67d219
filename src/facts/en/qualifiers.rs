//! Finds English qualifiers of numbers: "more than", "at least", "in excess of", "or so".

use crate::facts::class::{Class, ClassedTokens};
use crate::facts::quantity::Bound;
use crate::lexicon::en;

/// The qualifier of the number at token `start`, and the token at which it begins. The qualifier must stand directly
/// before the number, or be separated from it only by "the age of" or by a word such as "the" or "its". Returns `None`
/// if there is no qualifier.
///
/// A negation that makes "exceed" an upper bound is not included ("not" in "will not exceed 12"), because other words,
/// even of another phrase, may stand between the two.
pub fn bound_before(r: &ClassedTokens, start: usize) -> Option<(Bound, usize)> {
    let at = before_figure(r, start);
    let word = r.lower(at.checked_sub(1)?);
    let two_before = if at >= 2 { r.lower(at - 2) } else { "" };
    let three_before = if at >= 3 { r.lower(at - 3) } else { "" };
    let found = match (two_before, word) {
        (w, "than") if en::GREATER.has(w) => match three_before {
            "no" | "not" => (Bound::AtMost, at - 3),
            "much" | "far" | "well" => (Bound::MoreThan, at - 3),
            _ => (Bound::MoreThan, at - 2),
        },
        ("less" | "fewer" | "lower" | "smaller" | "younger" | "shorter", "than") => match three_before {
            "no" | "not" => (Bound::AtLeast, at - 3),
            _ => (Bound::LessThan, at - 2),
        },
        ("not", "yet") => (Bound::LessThan, at - 2),
        // As in "children who had yet to turn 15".
        ("to", "turn" | "reach") if three_before == "yet" => (Bound::LessThan, at - 3),
        ("conservative", "estimate") => {
            (Bound::AtLeast, opened(r, at - 2, &[&["at", "a"], &["on", "a"], &["by", "a"]]))
        }
        ("very", "least") if three_before == "the" => (Bound::AtLeast, opened(r, at - 3, &[&["at"]])),
        ("the", "least" | "minimum") if three_before == "at" => (Bound::AtLeast, at - 3),
        ("the", "most") if three_before == "at" => (Bound::AtMost, at - 3),
        ("a", "minimum") if three_before == "at" => (Bound::AtLeast, at - 3),
        ("at", "least") => (Bound::AtLeast, at - 2),
        ("at", "most") => (Bound::AtMost, at - 2),
        ("up", "to") => (Bound::AtMost, at - 2),
        ("many" | "much" | "long" | "high", "as") if three_before == "as" => (Bound::AtMost, at - 3),
        ("excess", "of") => (Bound::MoreThan, opened(r, at - 2, &[&["in"]])),
        ("superior", "to") => (Bound::MoreThan, at - 2),
        ("inferior", "to") => (Bound::LessThan, at - 2),
        // As in "under-21s" and "the over-60s".
        ("under", "-") if r.glued(at - 1) && r.glued(at) => (Bound::LessThan, at - 2),
        ("over", "-") if r.glued(at - 1) && r.glued(at) => (Bound::MoreThan, at - 2),
        ("upwards" | "upward", "of") => (Bound::MoreThan, at - 2),
        ("close", "to") => (Bound::Nearly, at - 2),
        ("order" | "region" | "vicinity", "of") => {
            (Bound::About, opened(r, at - 2, &[&["in", "the"], &["of", "the"], &["on", "the"]]))
        }
        ("minimum" | "low", "of") => (Bound::AtLeast, at - 2),
        ("maximum" | "high" | "peak", "of") => (Bound::AtMost, at - 2),
        // As in "will not exceed 12" and "has not exceeded 12": a negation up to four words before makes it an upper
        // bound.
        (_, "exceed" | "exceeded" | "exceeding" | "surpass" | "surpassed" | "topped")
            if (at.saturating_sub(5)..at).any(|j| is_negation(r.lower(j))) =>
        {
            (Bound::AtMost, at - 1)
        }
        (_, w) if en::EXCEEDING.has(w) => (Bound::MoreThan, at - 1),
        // In "above the 60% limit" the preposition compares something with the limit, which is exactly 60%. So a
        // preposition before "the" does not qualify the number.
        (_, "over" | "above" | "under" | "below") if r.is(start - 1, "the") => return None,
        // "Over" may belong to a verb: "hand over half of it", "took over two towns".
        (w, "over") if en::BEFORE_OVER.has(w) => return None,
        (_, "over" | "above") => (Bound::MoreThan, at - 1),
        (_, "under" | "below") => (Bound::LessThan, at - 1),
        (_, "barely" | "scarcely" | "hardly") => (Bound::Barely, at - 1),
        ("few" | "little", "as") if three_before == "as" => (Bound::Barely, at - 3),
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

/// The token behind the words that may be a qualifier of the number at `start`: that number, or a word or phrase that
/// stands between, such as "the", "the age of" and the comma of "at a conservative estimate,".
fn before_figure(r: &ClassedTokens, start: usize) -> usize {
    let mut at = start;
    if at > 0 && r.among(at - 1, &en::BEFORE_FIGURES) {
        at -= 1;
    }
    // "At a conservative estimate, 35,000".
    if at > 1 && r.is(at - 1, ",") && r.is(at - 2, "estimate") {
        at -= 1;
    }
    // In "below the age of 31", "the age of" stands between the qualifier and the number.
    if r.precedes(start, &["the", "age", "of"]) || r.precedes(start, &["the", "ages", "of"]) {
        at = start - 3;
    }
    at
}

/// The first token of a qualifier whose last words begin at `rest`: that of the first of `openings` that stands right
/// before `rest`, or else `rest`.
fn opened(r: &ClassedTokens, rest: usize, openings: &[&[&str]]) -> usize {
    openings.iter().find(|words| r.precedes(rest, words)).map_or(rest, |words| rest - words.len())
}

/// Whether the word is a negation: "not", "never", "cannot", "without", or a contraction in "n't".
fn is_negation(word: &str) -> bool {
    matches!(word, "not" | "never" | "cannot" | "without") || word.ends_with("n't")
}

/// The qualifier after a number. `end` is the index of the token after the number. The qualifier begins there or one
/// word later: "200 or more", "12 dead at least", "two weeks or so".
pub fn bound_after(r: &ClassedTokens, end: usize) -> Option<Bound> {
    // If the number is part of a rate, the search goes two words further: "six times a year at most".
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
            "at" if r.is(at + 1, "least") && !is_numeral_at(r, at + 2) => Bound::AtLeast,
            "at" if r.is(at + 1, "the") && r.is(at + 2, "very") && r.is(at + 3, "least") => Bound::AtLeast,
            "at" if r.is(at + 1, "most") && !is_numeral_at(r, at + 2) => Bound::AtMost,
            "approximately" | "approx" if !is_numeral_at(r, at + 1) => Bound::About,
            "minimum" => Bound::AtLeast,
            "maximum" => Bound::AtMost,
            "+" if r.glued(at) => Bound::AtLeast,
            // As in "eighteen months, at the very least".
            "," if r.is(at + 1, "at") => continue,
            // As in "the studio's 140-plus creditors".
            "-" if r.glued(at) && r.is(at + 1, "plus") => Bound::MoreThan,
            _ if r.is_word(at) => continue,
            _ => return None,
        };
        return Some(found);
    }
    None
}

/// Whether a number begins at token `i`. A qualifier right before it then belongs to this number, and not to the one
/// before the qualifier.
fn is_numeral_at(r: &ClassedTokens, i: usize) -> bool {
    matches!(r.class(i), Class::Digits | Class::Small(_) | Class::Tens(_) | Class::One)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::token::Tokens;
    use crate::lang::Lang;

    /// The qualifier of the number 5 in a text, and its words.
    fn qualifier(text: &str) -> Option<(Bound, &str)> {
        let tokens = Tokens::new(text, Lang::En);
        let r = ClassedTokens::new(&tokens, Lang::En);
        let number = (0..tokens.len()).find(|&i| r.is(i, "5"))?;
        let (bound, start) = bound_before(&r, number)?;
        Some((bound, tokens.span(start, number).of(text)))
    }

    #[test]
    fn a_qualifier_begins_with_its_first_word() {
        assert_eq!(qualifier("At the very least 5 died."), Some((Bound::AtLeast, "At the very least")));
        assert_eq!(qualifier("Losses in excess of 5 men."), Some((Bound::MoreThan, "in excess of")));
        assert_eq!(qualifier("It lost in the region of 5 men."), Some((Bound::About, "in the region of")));
        assert_eq!(qualifier("Losses of the order of 5 men."), Some((Bound::About, "of the order of")));
        assert_eq!(qualifier("An excess of 5 men."), Some((Bound::MoreThan, "excess of")));
    }

    #[test]
    fn the_negation_before_exceed_counts_but_is_no_part_of_the_qualifier() {
        assert_eq!(qualifier("Losses will not exceed 5 men."), Some((Bound::AtMost, "exceed")));
        assert_eq!(qualifier("Losses exceed 5 men."), Some((Bound::MoreThan, "exceed")));
    }
}
