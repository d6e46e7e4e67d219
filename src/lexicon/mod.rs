//! Data tables and their loader: organisations, acronyms, places, titles, reporting verbs, loaded terms.
//!
//! The tables stand in `data/`, each with its source and licence in its header, and are built into the program. They
//! are read once, at first use, into maps of 64-bit keys ([`key`]); everything after that is a lookup by number.

pub mod calques;
pub mod entries;
pub mod field;
pub mod hints;
pub mod key;
pub mod loaded;
pub mod neutral;
pub mod similar;
mod table;
pub mod verbs;
pub mod vocabulary;

pub use entries::{Entry, EntryId, NameClass};
pub use hints::{Hint, english_hints};
pub use key::Key;
pub use vocabulary::{Info, class};

use crate::lang::Lang;
use std::sync::OnceLock;

/// Everything depeche knows about words and names.
pub struct Lexicon {
    fr: vocabulary::Vocabulary,
    en: vocabulary::Vocabulary,
    pub entries: entries::Entries,
    pub loaded: loaded::LoadedTerms,
}

impl Lexicon {
    /// The tables that are built in.
    pub fn get() -> &'static Lexicon {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        LEXICON.get_or_init(|| Lexicon {
            fr: vocabulary::Vocabulary::load(Lang::Fr),
            en: vocabulary::Vocabulary::load(Lang::En),
            entries: entries::Entries::load(),
            loaded: loaded::LoadedTerms::load(),
        })
    }

    pub fn vocabulary(&self, lang: Lang) -> &vocabulary::Vocabulary {
        match lang {
            Lang::Fr => &self.fr,
            Lang::En => &self.en,
        }
    }
}
