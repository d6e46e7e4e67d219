//! French verbs, each with the English verbs that let the same party act: « remettre » is "hand",
//! whose subject gives as well, and never "receive" (`data/acts.tsv`).

use super::events::each_form;
use super::key::{Key, KeyMap, exact};
use super::table;
use crate::lang::Lang;
use std::sync::OnceLock;

/// A form of a verb of the table.
#[derive(Debug, Default)]
pub struct Act {
    /// The numbers of the rows in which its verb stands. An English verb may stand in several.
    pub rows: Vec<usize>,
    /// What the form can be, as bits of [`super::events::part`].
    pub parts: u8,
}

/// The table, by the forms of its verbs.
#[derive(Default)]
pub struct Acts {
    /// For each language, the verbs' forms by key.
    forms: [KeyMap<Act>; 2],
}

impl Acts {
    /// The table that is built in.
    pub fn get() -> &'static Acts {
        static ACTS: OnceLock<Acts> = OnceLock::new();
        ACTS.get_or_init(|| {
            let mut out = Acts::default();
            for (row, cells) in table::ACTS.rows().enumerate() {
                for (column, lang) in [(0, Lang::Fr), (1, Lang::En)] {
                    for verb in cells.forms(column) {
                        each_form(verb, lang, |form, parts| out.add(lang, form, row, parts));
                    }
                }
            }
            out
        })
    }

    /// Adds a form of a verb of row `row`.
    fn add(&mut self, lang: Lang, form: &str, row: usize, parts: u8) {
        let act = self.forms[lang as usize].entry(exact(form)).or_default();
        act.parts |= parts;
        if !act.rows.contains(&row) {
            act.rows.push(row);
        }
    }

    /// The form with this key; `None` where the table does not have it.
    pub fn of(&self, lang: Lang, key: Key) -> Option<&Act> {
        self.forms[lang as usize].get(&key)
    }
}
