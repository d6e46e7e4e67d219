//! Loaded English words (words that judge), and the French words that justify them in a translation.

use super::key::{Key, KeyMap, exact};
use super::table::LOADED;

/// The rows of `loaded.tsv`.
#[derive(Default)]
pub struct LoadedTerms {
    /// Number of the row of each English word.
    english: KeyMap<u32>,
    /// For each row, the beginnings of French words that justify its English words.
    french: Vec<Vec<&'static str>>,
}

impl LoadedTerms {
    /// Reads the table that is built in.
    pub fn load() -> Self {
        let mut t = LoadedTerms::default();
        for (group, row) in (0..).zip(LOADED.rows()) {
            for word in row.forms(0) {
                t.english.insert(exact(word), group);
            }
            t.french.push(row.forms(1).collect());
        }
        t
    }

    /// The row of an English word, by its key; none if it is no loaded word.
    pub fn english(&self, exact: Key) -> Option<u32> {
        self.english.get(&exact).copied()
    }

    /// Whether a lower-cased French word justifies the English words of row `group`.
    pub fn justifies(&self, group: u32, french: &str) -> bool {
        self.french[group as usize].iter().any(|stem| french.starts_with(stem))
    }
}
