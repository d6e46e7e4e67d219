//! Sets of words by name, from `data/sets/`.
//!
//! Each language has a folder (`fr`, `en`, and `any` for what belongs to no one language), and each topic a file in it.
//! To add a word, write it into its row. To add a set, write a row into the file of its topic, and use it:
//!
//! ```text
//! # Days of the week.
//! weekdays    lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche
//! ```
//!
//! ```ignore
//! use crate::lexicon::fr;
//! r.among(i, &fr::WEEKDAYS)       // the word at `i` of a `Reading`; its key is known already, so nothing is hashed
//! fr::WEEKDAYS.has("mardi")       // any lower-cased word
//! ```
//!
//! - A row is the name of the set, a tab, and its words separated by `|`. A long set has further rows of the same name
//!   right after it.
//! - Words are written with straight apostrophes and in lower case, as `Reading::lower` gives them. Capitals belong
//!   only in sets that are asked for words as they are written, or from which English is written (`en::MONTHS`).
//! - `condamn-` stands for every word that begins with these letters, `-eraient` for every word that ends with these.
//!   Everything else is a whole word.
//! - The comment right above the first row says what the set is for, and becomes the documentation of the constant.
//!   A file begins with the header that every data file has (see [`super::table`]).
//!
//! The build script (`build.rs`) makes the constants: a set that does not exist does not compile, a row that is wrong
//! stops the build with file and line, a set that nothing uses is reported as dead code. Nothing is loaded at run time.

use super::key::{Key, exact};

/// A set of words.
pub struct WordSet {
    /// Whole words, in the order of the file.
    words: &'static [&'static str],
    /// The keys of [`Self::words`], sorted.
    keys: &'static [Key],
    /// Beginnings of words.
    stems: &'static [&'static str],
    /// Endings of words.
    endings: &'static [&'static str],
}

impl WordSet {
    /// Whether a lower-cased word is in the set.
    pub fn has(&self, word: &str) -> bool {
        self.has_keyed(exact(word), word)
    }

    /// As [`Self::has`], for a word whose key is known.
    pub fn has_keyed(&self, key: Key, word: &str) -> bool {
        self.keys.binary_search(&key).is_ok() || self.has_stem(word) || self.has_ending(word)
    }

    /// Whether a word begins with one of the stems.
    fn has_stem(&self, word: &str) -> bool {
        self.stems.iter().any(|stem| word.starts_with(stem))
    }

    /// Whether a word ends with one of the endings.
    fn has_ending(&self, word: &str) -> bool {
        self.endings.iter().any(|ending| word.ends_with(ending))
    }

    /// The whole words, in the order of the file.
    pub fn words(&self) -> impl Iterator<Item = &'static str> {
        self.words.iter().copied()
    }

    /// The whole word with this number in the order of the file, counted from 0.
    pub fn get(&self, number: usize) -> Option<&'static str> {
        self.words.get(number).copied()
    }

    /// The endings, in the order of the file.
    pub fn endings(&self) -> impl Iterator<Item = &'static str> {
        self.endings.iter().copied()
    }
}

include!(concat!(env!("OUT_DIR"), "/sets.rs"));
