//! Tells by function words which language a text is in. This is enough to notice that an English
//! article was given in place of a French one, and fast enough to be done for every text.

use crate::lang::Lang;
use crate::lexicon::key::exact;
use crate::lexicon::{WordSet, any};

/// Languages by name, and the function words by which they are known.
static LANGUAGES: [(&str, &WordSet); 7] = [
    ("French", &any::FRENCH),
    ("English", &any::ENGLISH),
    ("Spanish", &any::SPANISH),
    ("Italian", &any::ITALIAN),
    ("German", &any::GERMAN),
    ("Portuguese", &any::PORTUGUESE),
    ("Dutch", &any::DUTCH),
];

/// A text of fewer words than this gets no verdict: a headline of names has no function words.
/// Likewise, fewer letters of another script than this are not enough to call the text foreign.
const MIN_WORDS: usize = 8;
/// How many function words must be found: a smaller number may be names ("Los", "Die") or a
/// quotation.
const MIN_HITS: usize = 4;

/// The name of the language of `text` if that is clearly not `expected`, or "another script than Latin" if most letters
/// are not Latin; `None` otherwise.
pub(crate) fn other_than(expected: Lang, text: &str) -> Option<&'static str> {
    let (latin, foreign) = scripts(text);
    if foreign > latin && foreign >= MIN_WORDS {
        return Some("another script than Latin");
    }
    let mut scores = [0usize; LANGUAGES.len()];
    let mut all = 0;
    // The first words are enough to decide, so that a long text takes no longer than a short one.
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).take(2000) {
        let word = word.to_lowercase();
        all += 1;
        let key = exact(&word);
        for (score, (_, words)) in scores.iter_mut().zip(&LANGUAGES) {
            *score += usize::from(words.has_keyed(key, &word));
        }
    }
    let own_name = match expected {
        Lang::Fr => "French",
        Lang::En => "English",
    };
    let own = LANGUAGES.iter().zip(scores).find(|((name, _), _)| *name == own_name).map_or(0, |(_, score)| score);
    let ((best, _), score) = LANGUAGES.iter().zip(scores).max_by_key(|&(_, score)| score)?;
    // Another language counts only if at least one word in six is a function word of it, and it has more than one and a
    // half times as many as the expected language: French with English quotations stays French.
    (all >= MIN_WORDS && score >= MIN_HITS && score * 6 >= all && score * 2 > own * 3).then_some(*best)
}

/// How many of the first 10,000 letters are Latin, and how many are of another script.
fn scripts(text: &str) -> (usize, usize) {
    let letters = text.chars().filter(|c| c.is_alphabetic()).take(10_000);
    let (mut latin, mut foreign) = (0, 0);
    for c in letters {
        match c as u32 {
            // Basic Latin to Latin Extended-B, and Latin Extended Additional.
            0..0x250 | 0x1E00..0x1F00 => latin += 1,
            _ => foreign += 1,
        }
    }
    (latin, foreign)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRENCH: &str = "Les combats ont repris dans la nuit de lundi à mardi autour de la ville, selon une source \
        militaire jointe par téléphone, et des centaines de familles ont quitté leurs maisons.";
    const ENGLISH: &str = "Fighting resumed overnight around the city, according to a military source reached by phone, \
        and hundreds of families have left their homes in the last two days.";

    #[test]
    fn the_expected_language_passes_and_the_other_is_named() {
        assert_eq!(other_than(Lang::Fr, FRENCH), None);
        assert_eq!(other_than(Lang::En, ENGLISH), None);
        assert_eq!(other_than(Lang::Fr, ENGLISH), Some("English"));
        assert_eq!(other_than(Lang::En, FRENCH), Some("French"));
        let spanish = "Los combates se reanudaron en la noche del lunes alrededor de la ciudad, según una fuente militar, \
            y cientos de familias han dejado sus casas en los últimos días.";
        assert_eq!(other_than(Lang::Fr, spanish), Some("Spanish"));
        let russian = "Бои возобновились в ночь на вторник вокруг города, сообщил военный источник.";
        assert_eq!(other_than(Lang::Fr, russian), Some("another script than Latin"));
    }

    #[test]
    fn one_english_sentence_is_enough() {
        let text = "The army said on Monday that twelve people were killed in the attack.";
        assert_eq!(other_than(Lang::Fr, text), Some("English"));
    }

    #[test]
    fn a_headline_of_names_gives_no_verdict() {
        assert_eq!(other_than(Lang::Fr, "Idlib, Alep, Hama"), None);
        assert_eq!(other_than(Lang::Fr, "Los Angeles, Die Zeit, The Guardian, El Watan : revue de presse"), None);
    }
}
