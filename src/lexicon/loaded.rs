//! Loaded English words and the French that justifies them.

use super::key::{Key, KeyMap, exact};
use super::table::{forms, lines};

/// Rows of `loaded.tsv`.
#[derive(Default)]
pub struct LoadedTerms {
    english: KeyMap<u32>,
    french: Vec<Vec<&'static str>>,
}

impl LoadedTerms {
    pub fn load() -> Self {
        let mut t = LoadedTerms::default();
        for (row, line) in lines(include_str!("data/loaded.tsv")).enumerate() {
            let (en, fr) = line.split_once('\t').unwrap_or_else(|| panic!("loaded table: no tab in `{line}`"));
            for word in forms(en) {
                t.english.insert(exact(word), row as u32);
            }
            t.french.push(forms(fr).collect());
        }
        t
    }

    /// Row of a loaded English word.
    pub fn english(&self, exact: Key) -> Option<u32> {
        self.english.get(&exact).copied()
    }

    /// Whether a French word justifies the English words of row `group`.
    pub fn justifies(&self, group: u32, french: &str) -> bool {
        self.french[group as usize].iter().any(|stem| french.starts_with(stem))
    }
}
