//! Direct speech that became indirect: « “Nous tiendrons jusqu'au bout”, dit Haniyeh » as "Haniyeh says that they will
//! hold on to the end".

use crate::checks::Pair;
use crate::facts::quote::Quote;
use crate::facts::reading::Reading;
use crate::lexicon::{WordSet, class, en, fr};

/// How many tokens after a verb of saying are searched for its "that": "said on Monday in Geneva that".
const ASIDE: usize = 5;
/// The verb of saying that introduces what is said is looked for among the tokens before this index: "Pier Carlo
/// Padoan, chief economist of the OECD, states that".
const INTRODUCTION: usize = 14;
/// How many tokens before a verb of saying are searched for the comma that ends what is said (", Salah Haddad says"),
/// and how many after it for a colon.
const CLOSING: usize = 4;

/// Whether the English reports indirectly what French quotes: with "that" after a verb of saying, or "according to",
/// where French opens with the quotation; in another tense; or with "he" for « je » or the like. Then the words are
/// still the speaker's and not the newsroom's. "The city stands, says Haniyeh" is not indirect, but direct speech
/// without its marks.
pub fn is_reported(pair: &Pair<'_>, quote: &Quote) -> bool {
    let (french, english) = (&pair.source.reading, &pair.target.reading);
    if quote.words < 2 || is_direct(english) {
        return false;
    }
    let inside: Vec<usize> = (0..french.len()).filter(|&i| quote.inner.contains(french.span(i, i + 1))).collect();
    if shifts_tense(french, &inside, english) || quote.words > 3 && shifts_person(french, &inside, english) {
        return true;
    }
    let opens = pair.source.text[..quote.span.start].trim().is_empty();
    // « “Ali dit que la trêve tient” »: the verb of saying is quoted as well.
    let relays = |&i: &usize| french.is(i, class::FINITE) && matches!(french.lower(i + 1), "que" | "qu'");
    if !opens || quote.words < 4 || inside.iter().any(relays) {
        return false;
    }
    // The verb of saying may become "according to": « “Rien ne bouge à Kelba”, explique Haddad », "According to Haddad,
    // nothing is moving in Kelba".
    let cited = |r: &Reading<'_>, i: usize| matches!(r.lower(i), "according" | "selon" | "d'");
    if cited(english, 0) && !(0..french.len()).any(|i| cited(french, i)) {
        return true;
    }
    let Some(verb) = (1..INTRODUCTION.min(english.len())).find(|&k| says(english, k)) else { return false };
    // Not every "that" opens a clause ("for that many", "like that,"). And "we believe that" is the speaker's own
    // sentence.
    let clause = |k: usize| english.lower(k) == "that" && !english.is(k - 1, class::PREP) && english.is_word(k + 1);
    let own = (0..verb).any(|k| english.among(k, &en::FIRST_PERSON));
    !own && (verb + 1..(verb + 1 + ASIDE).min(english.len())).any(clause)
}

/// Whether token `k` is a finite verb of saying, but not one such as "ensures", "guarantees" or "shows", which vouches
/// for what follows.
fn says(english: &Reading<'_>, k: usize) -> bool {
    let promise = ["ensur", "guarant", "show"].iter().any(|p| english.lower(k).starts_with(p));
    english.is(k, class::FINITE) && english.info(k).verb.is_some() && !promise
}

/// Whether a verb of saying stands after the words it reports, or a colon before them: ", says Haniyeh", ", he said",
/// "he said: we".
fn is_direct(english: &Reading<'_>) -> bool {
    (1..english.len()).filter(|&k| says(english, k)).any(|k| {
        let mut before = (k.saturating_sub(CLOSING)..k).rev().take_while(|&j| english.lower(j) != "that");
        let parted = before.any(|j| matches!(english.mark(j), ',' | '?' | '!'));
        let colon = (k + 1..(k + 1 + CLOSING).min(english.len())).any(|j| english.mark(j) == ':');
        let inverted = english.capital(k + 1) && english.is_word(k - 1) && !english.capital(k - 1);
        let clause = (k + 1..(k + 1 + ASIDE).min(english.len())).any(|j| english.lower(j) == "that");
        colon || !clause && (parted || inverted && k > INTRODUCTION)
    })
}

/// Whether French quotes somebody speaking of himself where the English speaks of "him" and has no "I" and no "we".
fn shifts_person(french: &Reading<'_>, inside: &[usize], english: &Reading<'_>) -> bool {
    let any = |set: &WordSet| english.has_any(set);
    let own = |&i: &usize| french.among(i, &fr::FIRST_PERSON) && !french.upper(i);
    inside.iter().any(own) && any(&en::THIRD_PERSON) && !any(&en::FIRST_PERSON)
}

/// Whether the English tells at second hand what French quotes in the future (« “va s'aggraver” » as "would get worse")
/// or with « peut » ("could"). Within quotation marks, the tense of the speaker stays.
fn shifts_tense(french: &Reading<'_>, inside: &[usize], english: &Reading<'_>) -> bool {
    let future = |i: usize| {
        let word = french.lower(i);
        let goes = matches!(word, "va" | "vont") && french.lower(i + 1).ends_with(['r', '\'', 'e']);
        // Or the verb itself is a future: « sera », « pourront », « nécessitera ».
        let verb = word.len() > 3 && !french.is(i, class::COMMON) && !french.capital(i);
        goes || verb && fr::FUTURE_ENDINGS.has(word)
    };
    let any = |test: &dyn Fn(usize) -> bool| inside.iter().any(|&i| test(i));
    let has = |word: &str| (0..english.len()).any(|k| english.lower(k) == word);
    let conditional = |i: usize| french.lower(i).ends_with("rait") || french.lower(i).ends_with("raient");
    let can = |i: usize| matches!(french.lower(i), "peut" | "peuvent");
    any(&future) && !any(&conditional) && has("would") || any(&can) && has("could") && !has("can") && !has("cannot")
}

/// Whether the words between the marks are a sentence: they have an auxiliary or a subject pronoun, or end in an
/// exclamation or question mark.
pub fn is_sentence(pair: &Pair<'_>, quote: &Quote) -> bool {
    let french = &pair.source.reading;
    let subject = |i: usize| french.among(i, &fr::SUBJECT_PRONOUNS);
    // « Été » is a participle, but after an article or « d' » it means the summer.
    let is_summer = |i: usize| french.lower(i) == "été" && i > 0 && french.among(i - 1, &fr::BEFORE_NOUNS);
    quote.inner.of(pair.source.text).trim_end().ends_with(['!', '?'])
        || (0..french.len())
            .filter(|&i| quote.inner.contains(french.span(i, i + 1)))
            .any(|i| french.is(i, class::AUX) && !is_summer(i) || subject(i))
}

/// Whether something stands between marks only because it is a name: « l'opération « Bouclier de la mer » », « le film
/// « … » ». English writes such names in capitals or italics as well.
pub fn is_label(pair: &Pair<'_>, quote: &Quote) -> bool {
    let french = &pair.source.reading;
    let Some(first) = (0..french.len()).find(|&i| french.span(i, i + 1).start >= quote.span.start) else {
        return false;
    };
    // Small words may stand between: « dans la rubrique du “marin de la semaine” ».
    let small = |i: usize| french.is(i, class::DET | class::PREP);
    let head = (0..first).rev().find(|&i| !small(i));
    head.is_some_and(|i| french.among(i, &fr::BEARERS) && first - i <= 3) && !is_sentence(pair, quote)
}
