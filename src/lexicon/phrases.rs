//! Phrases of both languages with what they mean, found in a text by their first word.

use super::key::{Key, KeyMap, exact};
use crate::facts::reading::Reading;
use crate::facts::token::Tokens;
use crate::lang::Lang;

/// A phrase without its first word.
struct Phrase<T> {
    /// The keys of its other tokens.
    rest: Vec<Key>,
    /// Whether the first word must begin with a capital.
    capital: bool,
    /// What the phrase means.
    means: T,
}

/// Phrases of both languages by their first word, the longest first.
pub struct Phrases<T> {
    fr: KeyMap<Vec<Phrase<T>>>,
    en: KeyMap<Vec<Phrase<T>>>,
}

impl<T: Copy> Phrases<T> {
    pub(super) fn new() -> Self {
        Phrases { fr: KeyMap::default(), en: KeyMap::default() }
    }

    /// Adds a phrase. With `is_name`, a phrase that the table writes with a capital is found only
    /// where the text has the capital as well.
    pub(super) fn add(&mut self, lang: Lang, phrase: &str, is_name: bool, means: T) {
        let tokens = Tokens::new(phrase, lang);
        let mut keys = (0..tokens.len()).map(|i| exact(tokens.lower(i)));
        let Some(first) = keys.next() else { return };
        let capital = is_name && tokens.all()[0].capital;
        let index = if lang == Lang::Fr { &mut self.fr } else { &mut self.en };
        let list = index.entry(first).or_default();
        let rest: Vec<Key> = keys.collect();
        // The phrase is put after those that are as long or longer, so that phrases of one length stay in the order of
        // the table.
        let at = list.partition_point(|p| p.rest.len() >= rest.len());
        list.insert(at, Phrase { rest, capital, means });
    }

    /// The meanings of all phrases that begin at token `i`, those of the longest first, each with the number of the
    /// token after the phrase.
    pub fn at<'s>(&'s self, r: &'s Reading<'_>, i: usize) -> impl Iterator<Item = (T, usize)> + 's {
        let index = if r.lang == Lang::Fr { &self.fr } else { &self.en };
        // A `Reading` has the keys of its words only (0 stands for any other token), but a phrase
        // may contain numbers and marks.
        let key = |k: usize| match r.words.get(k).map_or(0, |w| w.exact) {
            0 if k < r.len() => exact(r.lower(k)),
            known => known,
        };
        index.get(&key(i)).into_iter().flatten().filter_map(move |p| {
            let end = i + 1 + p.rest.len();
            let whole = end <= r.len()
                && (!p.capital || r.capital(i))
                && p.rest.iter().enumerate().all(|(n, &k)| k == key(i + 1 + n));
            whole.then_some((p.means, end))
        })
    }
}
