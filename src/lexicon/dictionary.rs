//! Common words and their translations, most of which do not resemble each other (`data/dictionary.tsv`).

use super::fnv::{BASIS, step};
use super::key::{KeyMap, exact, fold};
use super::table;
use std::sync::OnceLock;

/// The words of both languages with their meanings.
pub(crate) struct Dictionary {
    pub english: Meanings,
    pub french: Meanings,
}

/// Words of one language, with their meanings; a meaning is the number of a row of the table.
#[derive(Default)]
pub(crate) struct Meanings {
    words: KeyMap<Vec<u16>>,
    /// Beginnings of words, which the table writes with a `*` at the end. The beginning alone doesn't count: at least
    /// one letter must follow it.
    beginnings: KeyMap<Vec<u16>>,
}

impl Dictionary {
    /// The table that is built in.
    pub(crate) fn get() -> &'static Dictionary {
        static DICTIONARY: OnceLock<Dictionary> = OnceLock::new();
        DICTIONARY.get_or_init(|| {
            let mut dictionary = Dictionary { english: Meanings::default(), french: Meanings::default() };
            for (meaning, row) in (0..).zip(table::DICTIONARY.rows()) {
                row.words(0).for_each(|form| dictionary.english.add(form, meaning));
                row.words(1).for_each(|form| dictionary.french.add(form, meaning));
            }
            dictionary
        })
    }

    /// Whether the French word may mean the English one, both in lower case.
    pub(crate) fn pairs(&self, french: &str, english: &str) -> bool {
        let mut found = false;
        self.french.visit(french, |m| self.english.visit(english, |n| found |= m == n));
        found
    }
}

impl Meanings {
    /// Adds a form as the table writes it.
    fn add(&mut self, form: &'static str, meaning: u16) {
        match form.strip_suffix('*') {
            Some(beginning) => self.beginnings.entry(exact(beginning)).or_default().push(meaning),
            None => self.words.entry(exact(form)).or_default().push(meaning),
        }
    }

    /// Calls `visit` with each meaning of a lower-cased word: those of the word itself and those of its beginnings. The
    /// accents of `word` do not count.
    pub(crate) fn visit(&self, word: &str, mut visit: impl FnMut(u16)) {
        let mut key = BASIS;
        fold(word, |byte| {
            if let Some(meanings) = self.beginnings.get(&key) {
                meanings.iter().for_each(|&m| visit(m));
            }
            key = step(key, byte);
        });
        if let Some(meanings) = self.words.get(&key) {
            meanings.iter().for_each(|&m| visit(m));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_pair_by_meaning_whatever_their_accents_and_endings() {
        let pairs = |french, english| Dictionary::get().pairs(french, english);
        assert!(pairs("blessés", "injured"));
        assert!(pairs("août", "august"));
        // A beginning stands for all longer words.
        assert!(pairs("bombardements", "shelling"));
        assert!(!pairs("blessés", "killed"));
        assert!(!pairs("", ""));
    }
}
