//! Mends slips of grammar that French leads small models into, where the English alone shows what is right.

use super::typography::capitalised;
use super::values::cardinal;
use crate::facts::quote;
use crate::facts::reading::Reading;
use crate::lang::Lang;
use crate::lexicon::{class, en, irregular};
use crate::span::{Span, with_each_replaced};

/// `text` with such slips mended; what is quoted stays as it is.
pub fn mended(text: &str) -> String {
    let r = Reading::new(text, Lang::En);
    let quotes = quote::extract(&r);
    let quoted = |span: Span| quotes.iter().any(|q| q.span.overlaps(span));
    let mut changes: Vec<(Span, String)> = opening_figure(&r).into_iter().collect();
    changes.extend((0..r.len()).filter_map(|i| shared_verb(&r, i)));
    changes.extend((0..r.len()).filter_map(|i| dated_perfect(&r, i)));
    changes.retain(|(span, _)| !quoted(*span));
    with_each_replaced(text, changes)
}

/// The greatest number that is written out where it opens a sentence.
const WRITTEN_OUT: u64 = 99;

/// The figure that opens the sentence and the word to put in its place: "Ten people". News English does not open a
/// sentence with a figure (AP Stylebook, "numerals"), but years stay as they are, and so do the figures of headlines,
/// which have no full stop.
fn opening_figure(r: &Reading<'_>) -> Option<(Span, String)> {
    let number: u64 = r.tokens.raw(0).parse().ok().filter(|n| (1..=WRITTEN_OUT).contains(n))?;
    let counts = r.is_word(1) && !r.capital(1) && !r.is(1, class::PREP) && r.spaced(1);
    let is_sentence = r.mark(r.len() - 1) == '.';
    (counts && is_sentence).then(|| (r.span(0, 1), capitalised(&cardinal(number))))
}

/// The "and" after a verb of dying must stand fewer than this many tokens after the verb.
const CLAUSE: usize = 14;
/// The participle after that "and" must stand fewer than this many tokens after the "and".
const COUNT: usize = 6;

/// The participle that lacks an auxiliary after the verb of dying at `verb`, and the words to put in its place: "12
/// people died and 30 injured" becomes "and 30 were injured". In « sont mortes et 30 blessées » both participles share
/// an auxiliary, but "died" has none to share.
fn shared_verb(r: &Reading<'_>, verb: usize) -> Option<(Span, String)> {
    if !r.among(verb, &en::DYING) || verb > 0 && r.is(verb - 1, class::AUX) {
        return None;
    }
    let verbless = |k: &usize| !r.is(*k, class::AUX | class::REL) && !matches!(r.mark(*k), '.' | ';' | ':');
    let and = (verb + 1..r.len().min(verb + CLAUSE)).take_while(verbless).find(|&k| r.lower(k) == "and")?;
    let is_figure =
        |k: usize| r.lower(k).starts_with(|c: char| c.is_ascii_digit()) || en::SMALL_NUMBERS.has(r.lower(k));
    let counts = |k: &usize| is_figure(*k) || r.among(*k, &en::COUNTING) || matches!(r.mark(*k), ',' | '-');
    let end = (and + 1..r.len().min(and + COUNT)).find(|k| !counts(k))?;
    let counted = end > and + 1 && r.among(end, &en::SUFFERED) && !r.joins(end + 1);
    // "And injured people" has a noun after the participle, and "12 injured were taken" has a verb of its own.
    let closes = !r.is_word(end + 1) || r.is(end + 1, class::PREP | class::CONJ | class::REL);
    let one = end == and + 2 && matches!(r.lower(and + 1), "one" | "another" | "1");
    (counted && closes)
        .then(|| (r.span(end, end + 1), format!("{} {}", if one { "was" } else { "were" }, r.tokens.raw(end))))
}

/// How many tokens after a participle are searched for its day.
const NEAR: usize = 6;

/// The present perfect whose auxiliary stands at `i`, if a past day stands with it, and the simple past to put in its
/// place. What happened on a day that is past is told in the simple past (Quirk et al., *A Comprehensive Grammar of the
/// English Language*, § 4.23): « a été suspendue vendredi » is "was suspended on Friday".
fn dated_perfect(r: &Reading<'_>, i: usize) -> Option<(Span, String)> {
    let have = r.lower(i);
    if !matches!(have, "has" | "have") || i == 0 || r.is(i - 1, class::AUX) || r.lower(i - 1) == "to" {
        return None;
    }
    let participle = i + 1 + usize::from(r.lower(i + 1) == "been");
    let word = r.lower(participle);
    let regular = word.len() > 4 && word.ends_with("ed") && r.is_word(participle);
    let irregular = irregular::past_of(word);
    if !regular && irregular.is_none() || r.among(participle, &en::FORESEEN) || !is_dated(r, participle + 1) {
        return None;
    }
    let passive = participle > i + 1;
    let past = match (passive, have) {
        (true, "has") => "was",
        (true, _) => "were",
        (false, _) => irregular.unwrap_or(word),
    };
    Some((r.span(i, i + 2), past.to_string()))
}

/// Whether the clause names a past day or week, with no other verb before it, from token `from` on: "on Friday", "last
/// week", "yesterday".
fn is_dated(r: &Reading<'_>, from: usize) -> bool {
    for k in from..r.len().min(from + NEAR) {
        let next = r.lower(k + 1);
        let weekday = en::WEEKDAYS.words().any(|day| day.eq_ignore_ascii_case(next)) && r.capital(k + 1);
        if r.lower(k) == "yesterday" || r.lower(k) == "on" && weekday || r.lower(k) == "last" && en::LAST.has(next) {
            return true;
        }
        if !r.is_word(k)
            || r.is(k, class::AUX | class::REL | class::CONJ | class::FINITE)
            || r.among(k, &en::STILL_OPEN)
        {
            return false;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_mended() {
        for (text, want) in [
            (
                "At least 12 people died and 30 injured in a fire.",
                "At least 12 people died and 30 were injured in a fire.",
            ),
            ("Six miners died in the blast, and one injured.", "Six miners died in the blast, and one was injured."),
            ("The talks have been suspended on Friday.", "The talks were suspended on Friday."),
            ("The mayor has resigned last week.", "The mayor resigned last week."),
            ("The army has taken the port yesterday.", "The army took the port yesterday."),
            ("12 drivers were held.", "Twelve drivers were held."),
        ] {
            assert_eq!(mended(text), want);
        }
    }

    #[test]
    fn right_english_stays() {
        for text in [
            "Twelve people died and 30 were injured.",
            "Twelve people died and 30 injured passengers were flown out.",
            "The talks have been suspended since Friday.",
            "The talks have been postponed until Friday.",
            "The talks have been scheduled on Friday.",
            "The mayor has said that talks resume on Friday.",
            "The talks may have been suspended on Friday.",
            "“The talks have been suspended on Friday,” he said.",
            "12 killed in mine blast",
            "2014 was a year of drought.",
        ] {
            assert_eq!(mended(text), text);
        }
    }
}
