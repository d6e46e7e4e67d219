//! Tables of `data/`: rows of cells, for what a word set ([`super::set`]) can't say.
//!
//! Every data file, sets included, has one format:
//!
//! ```text
//! # What it is, in one sentence or more.
//! # Columns: French forms, English forms, note (optional).
//! # Source: who wrote it, or what it was made from.
//! # Licence: MIT OR Apache-2.0, as the program.
//!
//! # A comment may stand anywhere.
//! Alep → Aleppo
//! forme|autre forme → form|other form
//! ```
//!
//! Each line is a row. Its cells are separated by tabs (the arrows above), the forms within a cell by `|`. A line that
//! begins with `#` is a comment, and empty lines are passed over. Where the line of the columns ends with "Sorted.",
//! the rows are in order.
//!
//! To add a table, write the file, name it in `tables!` below with the number of its columns, and read it with
//! [`Table::rows`]. A row that has more or fewer cells is an error that names file and line, and the tests of this
//! folder (`checks.rs`) look at every file: header, cells, rows that stand twice, order.

use std::ops::RangeInclusive;

/// A table that is built in.
pub(crate) struct Table {
    /// Its name in `data/`.
    pub(super) file: &'static str,
    /// The whole text of the file.
    pub(super) text: &'static str,
    /// How many cells a row may have.
    columns: RangeInclusive<usize>,
}

/// A row of a table.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    file: &'static str,
    /// Counted from 1.
    line: usize,
    cells: Vec<&'static str>,
}

impl Table {
    /// Its rows, without comments.
    ///
    /// # Panics
    /// Where a row has too few or too many cells. A test reads every row of all tables, so this doesn't happen in a
    /// program that has passed the tests.
    pub(crate) fn rows(&self) -> impl Iterator<Item = Row> {
        let is_row = |(_, line): &(usize, &str)| !line.is_empty() && !line.starts_with('#');
        self.text.lines().enumerate().filter(is_row).map(|(n, line)| {
            let row = Row { file: self.file, line: n + 1, cells: line.split('\t').collect() };
            if !self.columns.contains(&row.cells.len()) {
                row.fail(&format!("{} cells, not {:?}", row.cells.len(), self.columns));
            }
            row
        })
    }
}

impl Row {
    /// The cell of a column, counted from 0; empty where an optional one is left out.
    pub(crate) fn cell(&self, column: usize) -> &'static str {
        self.cells.get(column).copied().unwrap_or("")
    }

    /// The forms of a cell, which are separated by `|`; empty ones are left out.
    pub(crate) fn forms(&self, column: usize) -> impl Iterator<Item = &'static str> + use<> {
        self.cell(column).split('|').map(str::trim).filter(|f| !f.is_empty())
    }

    /// The words of a cell, which are separated by spaces.
    pub(crate) fn words(&self, column: usize) -> impl Iterator<Item = &'static str> + use<> {
        self.cell(column).split_whitespace()
    }

    /// Panics because a row says what no code understands; the message names its file and line.
    pub(crate) fn fail(&self, reason: &str) -> ! {
        panic!("src/lexicon/data/{}:{}: {reason}: {}", self.file, self.line, self.cells.join("\t"))
    }
}

/// Declares the tables: a constant, the file, and how many columns it has.
macro_rules! tables {
    ($($name:ident = $file:literal, $columns:expr;)*) => {
        $(
            #[cfg_attr(not(feature = "model"), allow(dead_code))]
            pub(crate) static $name: Table =
                Table { file: $file, text: include_str!(concat!("data/", $file)), columns: $columns };
        )*
        #[cfg(test)]
        pub(super) static ALL: &[&Table] = &[$(&$name),*];
    };
}

tables! {
    ABBREVIATIONS = "abbreviations.tsv", 3..=3;
    ACRONYMS = "acronyms.tsv", 2..=2;
    ACTS = "acts.tsv", 2..=2;
    CAPITALS = "capitals.tsv", 4..=4;
    CITIES = "cities.tsv", 1..=1;
    CLAIM_WORDS = "claim-words.tsv", 3..=3;
    CONTRAST_EVENTS = "contrast-events.tsv", 4..=4;
    CONTRAST_MARGINS = "contrast-margins.tsv", 5..=5;
    CONTRAST_THINGS = "contrast-things.tsv", 4..=4;
    CONTRAST_VERBS = "contrast-verbs.tsv", 6..=6;
    MODALITY = "modality.tsv", 5..=5;
    RESTRICTIONS = "restrictions.tsv", 2..=2;
    ANSWERS_EN = "answers.en.tsv", 2..=3;
    ANSWERS_FR = "answers.fr.tsv", 2..=3;
    CONTRAST_WORDS = "contrast-words.tsv", 6..=6;
    CONJUGATION_EN = "conjugation.en.tsv", 2..=3;
    CONJUGATION_FR = "conjugation.fr.tsv", 2..=8;
    DEMONYMS = "demonyms.tsv", 3..=3;
    DICTIONARY = "dictionary.tsv", 2..=2;
    EVENTS = "events.tsv", 4..=4;
    EXTENTS = "extents.tsv", 4..=4;
    EVENT_CLASSES = "event-classes.tsv", 4..=4;
    EVENT_NOUNS = "event-nouns.tsv", 5..=5;
    EVENTS_AND_TREATIES = "other.tsv", 2..=2;
    FALSE_FRIENDS = "false-friends.tsv", 3..=4;
    FIELD_TERMS = "field-terms.tsv", 2..=2;
    GIVEN_NAMES = "given-names.tsv", 2..=2;
    IRREGULAR_VERBS = "irregular-verbs.en.tsv", 3..=3;
    LANGUAGES = "languages.tsv", 3..=3;
    LOADED = "loaded.tsv", 2..=2;
    ORGANISATIONS = "organisations.tsv", 2..=2;
    PERSONS = "persons.tsv", 2..=2;
    PLACES = "places.tsv", 2..=2;
    RANKS = "ranks.tsv", 3..=3;
    ROLES = "roles.tsv", 2..=2;
    SUMMARY_WORDS = "summary-words.tsv", 1..=3;
    TERRITORIES = "territories.tsv", 3..=3;
    TIME_WORDS = "time-words.tsv", 4..=4;
    VERBS_EN = "verbs.en.tsv", 2..=3;
    VERBS_FR = "verbs.fr.tsv", 2..=3;
    WORD_VALUES_EN = "word-values.en.tsv", 2..=2;
    WORD_VALUES_FR = "word-values.fr.tsv", 2..=2;
    WORDS_EN = "words.en.tsv", 2..=2;
    WORDS_FR = "words.fr.tsv", 2..=2;
    ZONE_CITIES = "zone-cities.tsv", 2..=2;
}
