//! Direct speech that became indirect: « “Nous tiendrons”, dit Haniyeh » as "Haniyeh says that they will hold on".

use crate::checks::Pair;
use crate::facts::quote::Quote;
use crate::lexicon::class;
use crate::lexicon::verbs::Kind;

/// Words between a verb of saying and its "that": "said on Monday in Geneva that".
const ASIDE: usize = 5;
/// Words in which the speaker is introduced: "Pier Carlo Padoan, chief economist of the OECD, states that".
const INTRODUCTION: usize = 14;

/// Words in which a speaker is named behind the words: "said the prime minister on Monday".
const CLOSING: usize = 6;

/// Whether the English reports in words of its own the sentence with which the French text opens as a quotation: the
/// speaker goes before, with a verb of saying and "that", or nobody says "I" or "we" any more. Then the words are still
/// the speaker's and not the newsroom's.
pub fn is_reported(pair: &Pair<'_>, quote: &Quote) -> bool {
    let opens = pair.source.text[..quote.span.start].trim().is_empty();
    if !opens || quote.words < 4 {
        return false;
    }
    let (french, english) = (&pair.source.reading, &pair.target.reading);
    let introduced = INTRODUCTION.min(english.len());
    let says = |k: &usize| english.is(*k, class::FINITE) && english.info(*k).verb.is_some_and(|v| v != Kind::Think);
    let Some(verb) = (1..introduced).find(says) else { return false };
    // "We won't do that, says Haniyeh" is direct speech without its marks.
    let behind = (verb + 1..english.len()).any(|k| says(&k) && k + CLOSING >= english.len());
    if behind || english.lower(0) == "i" || english.lower(0) == "we" {
        return false;
    }
    // "for that many", "like that," join no clause.
    let clause = |k: usize| english.lower(k) == "that" && !english.is(k - 1, class::PREP) && english.is_word(k + 1);
    if (verb + 1..(verb + 1 + ASIDE).min(english.len())).any(clause) {
        return true;
    }
    let first = ["je", "j'", "nous", "me", "m'", "mon", "ma", "mes", "notre", "nos", "moi"];
    let own = ["i", "we", "me", "us", "my", "our", "mine", "ours", "myself", "ourselves"];
    let inside = |&i: &usize| quote.inner.contains(french.span(i, i + 1));
    (0..french.len()).filter(inside).any(|i| first.contains(&french.lower(i)))
        && !(0..english.len()).any(|k| own.contains(&english.lower(k)))
}
