//! French verbs, and the English verbs in which the same one acts (`data/acts.tsv`).

use super::events::each_form;
use super::key::{Key, KeyMap, exact};
use super::table;
use crate::lang::Lang;
use std::sync::OnceLock;

/// A form of a verb of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Act {
    /// The number of its row. An English verb stands in several.
    pub row: usize,
    /// What the form can be, as bits of [`super::events::part`].
    pub parts: u8,
}

/// The table, by the forms of its verbs.
#[derive(Default)]
pub struct Acts {
    forms: [KeyMap<Vec<Act>>; 2],
}

impl Acts {
    /// The table.
    pub fn get() -> &'static Acts {
        static ACTS: OnceLock<Acts> = OnceLock::new();
        ACTS.get_or_init(|| {
            let mut out = Acts::default();
            for (row, cells) in table::ACTS.rows().enumerate() {
                for (column, lang) in [(0, Lang::Fr), (1, Lang::En)] {
                    for verb in cells.forms(column) {
                        each_form(verb, lang, |form, parts| out.add(lang, form, Act { row, parts }));
                    }
                }
            }
            out
        })
    }

    fn add(&mut self, lang: Lang, form: &str, act: Act) {
        let list = self.forms[lang as usize].entry(exact(form)).or_default();
        match list.iter_mut().find(|a| a.row == act.row) {
            Some(known) => known.parts |= act.parts,
            None => list.push(act),
        }
    }

    /// What the form with this key may be; nothing where the table does not have it.
    pub fn of(&self, lang: Lang, key: Key) -> &[Act] {
        self.forms[lang as usize].get(&key).map_or(&[], Vec::as_slice)
    }
}
