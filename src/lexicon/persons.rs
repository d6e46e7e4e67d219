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

/// The rows of the table of ranks, by the words of either language, and translated given names.
#[derive(Default)]
pub struct PersonWords {
    /// The kind of each row.
    kinds: Vec<TitleKind>,
    fr: KeyMap<Vec<u8>>,
    en: KeyMap<Vec<u8>>,
    /// French given name → its English forms, which kings, popes and saints have.
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

    /// The rows of the table of ranks in which a word stands; none if it is no such word.
    pub fn titles(&self, lang: Lang, word: Key) -> &[u8] {
        let index = if lang == Lang::Fr { &self.fr } else { &self.en };
        index.get(&word).map_or(&[], Vec::as_slice)
    }

    /// The kind of a row.
    pub fn kind(&self, row: u8) -> TitleKind {
        self.kinds[usize::from(row)]
    }

    /// Whether the English given name translates the French one and is not written like it: « Étienne », "Stephen".
    /// Both are given by their keys without accents.
    pub fn is_translated(&self, fr: Key, en: Key) -> bool {
        fr != en && self.given.get(&fr).is_some_and(|list| list.contains(&en))
    }
}
