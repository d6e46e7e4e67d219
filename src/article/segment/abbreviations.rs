//! What segmentation knows of a language: abbreviations of the press, by what may follow them
//! (`lexicon/data/abbreviations.tsv`), and the words that begin sentences.

use crate::lang::Lang;
use crate::lexicon::table::{ABBREVIATIONS, Row};
use crate::lexicon::{WordSet, en, fr};
use std::collections::HashMap;
use std::sync::LazyLock;

/// What follows an abbreviation. This decides whether its point can also end the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Follows {
    /// A name or a word of the same sentence, whether with a capital or not: « M. », « p. ex. ».
    Name,
    /// The same as for [`Follows::Name`], but the abbreviation is also a word that can end a
    /// sentence, and does so before a word that begins sentences: « col. », « cap. ».
    Word,
    /// Usually a number. A capital begins a new sentence: « vol. », « janv. ».
    Number,
    /// Anything, since the abbreviation often ends a sentence. A capital begins a new one:
    /// « etc. ».
    Anything,
    /// Perhaps a word with a capital that belongs to the abbreviation. So only a word that begins
    /// sentences begins a new one: « Inc. », "U.S.".
    Sentence,
}

impl Follows {
    fn of(row: &Row) -> Follows {
        match row.cell(1) {
            "name" => Follows::Name,
            "word" => Follows::Word,
            "number" => Follows::Number,
            "anything" => Follows::Anything,
            "sentence" => Follows::Sentence,
            _ => row.fail("what follows is name, word, number, anything or sentence"),
        }
    }
}

/// What segmentation knows of a language.
pub(super) struct Language {
    /// What follows each abbreviation. The keys have the form that [`Language::abbreviation`] is
    /// given.
    abbreviations: HashMap<&'static str, Follows>,
    /// Words that begin sentences and are no parts of names.
    openers: &'static WordSet,
}

pub(super) static FRENCH: LazyLock<Language> = LazyLock::new(|| Language::new(Lang::Fr, &fr::SENTENCE_OPENERS));
pub(super) static ENGLISH: LazyLock<Language> = LazyLock::new(|| Language::new(Lang::En, &en::SENTENCE_OPENERS));

impl Language {
    fn new(lang: Lang, openers: &'static WordSet) -> Language {
        let rows = ABBREVIATIONS.rows().filter(|row| match row.cell(0) {
            "fr" => lang == Lang::Fr,
            "en" => lang == Lang::En,
            _ => row.fail("the language is fr or en"),
        });
        let entries = |row: Row| row.words(2).map(move |word| (word, Follows::of(&row))).collect::<Vec<_>>();
        Language { abbreviations: rows.flat_map(entries).collect(), openers }
    }

    /// What follows the abbreviation `word`, which is given without its last point; `None` if it is
    /// no abbreviation. The parts of one like "av. J.-C" are joined by `_`.
    pub fn abbreviation(&self, word: &str) -> Option<Follows> {
        let exact = self.abbreviations.get(word);
        // "Vol." at the start of a sentence is "vol.". A lone capital is an initial, so it is not
        // looked up in lower case.
        let capital = || {
            let sentence_case = word.len() > 1 && word.chars().skip(1).all(char::is_lowercase);
            sentence_case.then(|| self.abbreviations.get(word.to_lowercase().as_str())).flatten()
        };
        exact.or_else(capital).copied()
    }

    /// Whether `word`, in any case, begins sentences and is no part of a name.
    pub fn starts_sentences(&self, word: &str) -> bool {
        self.openers.has(&word.to_lowercase())
    }
}
