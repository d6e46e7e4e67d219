//! Which words of the two texts may translate each other, by the tables of answers and by names.
//!
//! A rule that has found a part of each text, such as two clauses, asks here whether the one says what the other says.

use crate::checks::{Pair, Side};
use crate::facts::name::names;
use crate::lexicon::answers::Answers;
use std::ops::Range;

/// Pairs of a French token and an English one that may translate each other.
#[derive(Debug)]
pub struct WordLinks(Vec<(usize, usize)>);

impl Pair<'_> {
    /// Which words of the two texts may translate each other, found out on the first call.
    pub(super) fn links(&self) -> &WordLinks {
        self.shared.links.get_or_init(|| WordLinks::of(self))
    }
}

impl WordLinks {
    fn of(pair: &Pair<'_>) -> WordLinks {
        let (r, e) = (&pair.source.reading, &pair.target.reading);
        let mut links: Vec<(usize, usize)> = Answers::french().pairs(r, e).collect();
        links.extend(Answers::english().pairs(e, r).map(|(english, french)| (french, english)));
        for french in names(&pair.source.facts).flat_map(|n| &n.units) {
            let same = names(&pair.target.facts).flat_map(|n| &n.units).filter(|u| match french.entries.is_empty() {
                true => french.fold != 0 && u.fold == french.fold,
                false => french.entries.iter().any(|entry| u.entries.contains(entry)),
            });
            let at = r.tokens.first_at(french.span.start);
            links.extend(same.map(|u| (at, e.tokens.first_at(u.span.start))));
        }
        links.sort_unstable();
        links.dedup();
        WordLinks(links)
    }

    /// The same with the figures that were paired.
    pub fn with_figures(&self, pair: &Pair<'_>) -> WordLinks {
        let mut links = self.0.clone();
        links.extend(pair.figures().matched().iter().map(|&(s, t)| {
            let at = |side: &Side<'_>, fact: usize| side.reading.tokens.first_at(side.facts[fact].span.start);
            (at(&pair.source, s), at(&pair.target, t))
        }));
        links.sort_unstable();
        links.dedup();
        WordLinks(links)
    }

    /// The pairs of words of which neither may be translated by another word.
    pub fn unambiguous(&self) -> impl Iterator<Item = (usize, usize)> {
        let once = |(i, k): &&(usize, usize)| self.0.iter().filter(|(j, l)| j == i || l == k).count() == 1;
        self.0.iter().filter(once).copied()
    }

    /// Whether the English word may translate the French one.
    pub fn has(&self, french: usize, english: usize) -> bool {
        self.0.binary_search(&(french, english)).is_ok()
    }

    /// How many French words of `french` may be translated by words of `english`, and by no word outside it.
    pub fn only_within(&self, french: &Range<usize>, english: &Range<usize>) -> usize {
        let of_word = self.0.chunk_by(|a, b| a.0 == b.0);
        of_word.filter(|w| french.contains(&w[0].0) && w.iter().all(|(_, k)| english.contains(k))).count()
    }

    /// How many French words of `french` may be translated by English words, but by none of `english`.
    pub fn only_outside(&self, french: &Range<usize>, english: &Range<usize>) -> usize {
        let of_word = self.0.chunk_by(|a, b| a.0 == b.0);
        of_word.filter(|w| french.contains(&w[0].0) && !w.iter().any(|(_, k)| english.contains(k))).count()
    }

    /// Whether any French word of these ranges may be translated by a word of the English ones.
    pub fn connect(&self, french: &[Range<usize>], english: &[Range<usize>]) -> bool {
        let within = |ranges: &[Range<usize>], at: &usize| ranges.iter().any(|range| range.contains(at));
        self.0.iter().any(|(i, k)| within(french, i) && within(english, k))
    }

    /// Whether English words may translate this French token.
    pub fn has_french(&self, french: usize) -> bool {
        self.0.iter().any(|(i, _)| *i == french)
    }

    /// Whether this English token may translate French words.
    pub fn has_english(&self, english: usize) -> bool {
        self.0.iter().any(|(_, k)| *k == english)
    }

    /// Whether French words and English ones, which stand in the same place of the two texts, have their translations
    /// in another place: no word of `french` is translated in `english`, but both have words that are translated
    /// elsewhere. Synonyms are not meant: what translates `english` elsewhere must not be translated by what translates
    /// `french`.
    pub fn are_exchanged(&self, french: &[Range<usize>], english: &[Range<usize>]) -> bool {
        let in_french = |i: usize| french.iter().any(|range| range.contains(&i));
        let in_english = |k: usize| english.iter().any(|range| range.contains(&k));
        let (mut english_words, mut french_words) = (Vec::new(), Vec::new());
        for &(i, k) in &self.0 {
            match (in_french(i), in_english(k)) {
                (true, true) => return false,
                (true, false) => english_words.push(k),
                (false, true) => french_words.push(i),
                (false, false) => {}
            }
        }
        let are_synonyms = || self.0.iter().any(|(i, k)| french_words.contains(i) && english_words.contains(k));
        !english_words.is_empty() && !french_words.is_empty() && !are_synonyms()
    }
}
