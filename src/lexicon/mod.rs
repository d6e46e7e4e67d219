//! What depeche knows about words and names: data files of one format, in two kinds.
//!
//! - A **set** of words ([`set`]) is a row (or a few) of `data/sets/LANGUAGE/TOPIC.tsv`, and a constant:
//!   `fr::WEEKDAYS`.
//! - A **table** ([`table`]) is a file of its own with columns: organisations, places, verbs of saying.
//!
//! Each file has its source and licence in its header and is built into the program. Names and word classes are read
//! once, when they are first used, into maps of 64-bit keys ([`key`]); after that, a lookup by word compares only
//! numbers.

pub mod acts;
pub(crate) mod answers;
#[cfg(test)]
mod checks;
pub mod conjugation;
pub(crate) mod dictionary;
pub mod entries;
pub mod events;
pub mod extents;
pub mod field;
mod fnv;
pub(crate) mod form;
pub mod hints;
#[cfg_attr(not(feature = "model"), allow(dead_code))]
pub(crate) mod irregular;
pub mod key;
pub mod loaded;
pub(crate) mod modality;
pub mod neutral;
pub(crate) mod opposites;
pub mod persons;
pub mod phrases;
mod set;
pub mod similar;
mod states;
pub(crate) mod table;
pub(crate) mod things;
pub mod time_words;
pub mod verbs;
pub mod vocabulary;

pub use entries::{Entry, EntryId, NameClass};
pub use hints::{Hint, english_hints};
pub use key::Key;
pub(crate) use set::{WordSet, any, en, fr};
pub use vocabulary::{Info, class};

use crate::lang::Lang;
use std::sync::OnceLock;

/// The tables that most readings of a text need: what single words do in each language, names, and
/// words about persons, time and extent. The other tables of this folder are loaded by the modules
/// that look them up.
pub struct Lexicon {
    fr: vocabulary::Vocabulary,
    en: vocabulary::Vocabulary,
    /// Named things with their forms in both languages.
    pub entries: entries::Entries,
    /// Loaded English words and the French that justifies them.
    pub loaded: loaded::LoadedTerms,
    /// Titles and given names.
    pub persons: persons::PersonWords,
    /// Phrases that say when something happened besides its date.
    pub time_words: time_words::TimeWords,
    /// Words for how many of a group are meant.
    pub extents: extents::Extents,
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
            persons: persons::PersonWords::load(),
            time_words: time_words::TimeWords::load(),
            extents: extents::Extents::load(),
        })
    }

    /// What single words of a language do.
    pub fn vocabulary(&self, lang: Lang) -> &vocabulary::Vocabulary {
        match lang {
            Lang::Fr => &self.fr,
            Lang::En => &self.en,
        }
    }
}
