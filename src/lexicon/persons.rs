//! What stands around a surname: ranks, offices, forms of address, and given names that have a form of their own in
//! English.

use super::key::{Key, KeyMap, exact, folded};
use super::table;
use crate::lang::Lang;

/// What a word before a surname is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TitleKind {
    /// A military rank.
    Rank,
    /// An office: « ministre », "president".
    Office,
    /// A form of address: « M. », "Mrs".
    Address,
}

/// Looks up titles (ranks, offices, forms of address) and translated given names. Each row of `ranks.tsv` groups the
/// French and English words for one title; the row number identifies the title in both languages.
#[derive(Default)]
pub struct PersonWords {
    /// The kind of each row.
    kinds: Vec<TitleKind>,
    /// Row numbers by French word. The keys are made with [`exact`]; one word may stand in several rows.
    fr: KeyMap<Vec<u8>>,
    /// Row numbers by English word, in the same way.
    en: KeyMap<Vec<u8>>,
    /// English forms by French given name. Only the names of kings, popes and saints are translated; other people keep
    /// their French name in English. The keys on both sides are made with [`folded`].
    given: KeyMap<Vec<Key>>,
}

impl PersonWords {
    pub(super) fn load() -> Self {
        let mut out = PersonWords::default();
        for row in table::RANKS.rows() {
            let kind = match row.cell(0) {
                "rank" => TitleKind::Rank,
                "office" => TitleKind::Office,
                "address" => TitleKind::Address,
                _ => row.fail("the first cell is none of rank, office, address"),
            };
            let number = out.kinds.len() as u8;
            out.kinds.push(kind);
            for (index, column) in [(&mut out.fr, 1), (&mut out.en, 2)] {
                for form in row.forms(column) {
                    index.entry(exact(form)).or_default().push(number);
                }
            }
        }
        for row in table::GIVEN_NAMES.rows() {
            let english = row.forms(1).map(|f| folded(&f.to_lowercase())).collect();
            out.given.insert(folded(&row.cell(0).to_lowercase()), english);
        }
        out
    }

    /// The numbers of the rows of `ranks.tsv` that list `word`, a key made with [`exact`]. Empty if the word is not a
    /// title.
    pub fn titles(&self, lang: Lang, word: Key) -> &[u8] {
        let index = if lang == Lang::Fr { &self.fr } else { &self.en };
        index.get(&word).map_or(&[], Vec::as_slice)
    }

    /// The kind of the title in a row.
    ///
    /// # Panics
    /// May panic if `row` is not a number that [`Self::titles`] has returned.
    pub fn kind(&self, row: u8) -> TitleKind {
        self.kinds[usize::from(row)]
    }

    /// Whether `en` is the English form of the French given name `fr` and differs from it, as "Stephen" does from
    /// « Étienne ». Both keys must be made with [`folded`], so a mere difference in accents does not count.
    pub fn is_translated(&self, fr: Key, en: Key) -> bool {
        fr != en && self.given.get(&fr).is_some_and(|list| list.contains(&en))
    }
}
