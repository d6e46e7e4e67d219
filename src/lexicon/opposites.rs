//! English words and verbs that exclude each other: "before" and "after", "dead" and "wounded", to rise and to fall.
//! Each has the French words that it may render.

use super::conjugation::en::{VerbForm, each_form};
use super::table;
use crate::facts::reading::Reading;
use crate::span::Span;
use std::collections::HashMap;
use std::sync::OnceLock;

/// What two opposites are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OppositeKind {
    Time,
    Trend,
    Event,
    Degree,
}

/// A row of a table: two English words (or groups of words, or verbs), each the opposite of the other.
#[derive(Debug)]
pub struct Opposites {
    pub kind: OppositeKind,
    /// The two words or groups of words, or the base forms of the two verbs.
    pub english: [&'static str; 2],
    /// For each of the two, the French that it may render, in lower case: whole words in the table
    /// of words, beginnings of words in the table of verbs.
    pub french: [Vec<&'static str>; 2],
    /// For each of the two, whether it is wrong for certain where the French has only words of the
    /// other.
    pub sure: [bool; 2],
}

impl Opposites {
    fn of(row: &table::Row) -> Opposites {
        Opposites {
            kind: match row.cell(0) {
                "time" => OppositeKind::Time,
                "trend" => OppositeKind::Trend,
                "event" => OppositeKind::Event,
                "degree" => OppositeKind::Degree,
                _ => row.fail("the first cell is none of time, trend, event, degree"),
            },
            english: [row.cell(1), row.cell(2)],
            french: [row.forms(3).collect(), row.forms(4).collect()],
            sure: match row.cell(5) {
                "both" => [true, true],
                "first" => [true, false],
                "second" => [false, true],
                "none" => [false, false],
                _ => row.fail("the last cell is none of both, first, second, none"),
            },
        }
    }
}

/// The words that are opposites (`data/contrast-words.tsv`).
pub struct OppositeWords {
    /// The rows of the table.
    pub rows: Vec<Opposites>,
    /// For the first word of each English entry: the row, and which of its two entries begins with it.
    pub beginnings: HashMap<&'static str, Vec<(usize, usize)>>,
}

impl OppositeWords {
    /// The table that is built in.
    pub fn get() -> &'static OppositeWords {
        static TABLE: OnceLock<OppositeWords> = OnceLock::new();
        TABLE.get_or_init(|| {
            let rows: Vec<Opposites> = table::CONTRAST_WORDS.rows().map(|row| Opposites::of(&row)).collect();
            let mut beginnings: HashMap<_, Vec<_>> = HashMap::new();
            for (n, row) in rows.iter().enumerate() {
                for (which, words) in row.english.iter().enumerate() {
                    let first = words.split(' ').next().unwrap_or_default();
                    beginnings.entry(first).or_default().push((n, which));
                }
            }
            OppositeWords { rows, beginnings }
        })
    }
}

/// The verbs that are opposites (`data/contrast-verbs.tsv`).
pub struct OppositeVerbs {
    /// The rows of the table.
    pub rows: Vec<Opposites>,
    /// For each form of an English verb: the row, which of the row's two verbs it is, and which form of that verb.
    pub forms: HashMap<String, Vec<(usize, usize, VerbForm)>>,
}

impl OppositeVerbs {
    /// The table that is built in.
    pub fn get() -> &'static OppositeVerbs {
        static TABLE: OnceLock<OppositeVerbs> = OnceLock::new();
        TABLE.get_or_init(|| {
            let rows: Vec<Opposites> = table::CONTRAST_VERBS.rows().map(|row| Opposites::of(&row)).collect();
            let mut forms: HashMap<String, Vec<_>> = HashMap::new();
            for (n, row) in rows.iter().enumerate() {
                for (which, verb) in row.english.iter().enumerate() {
                    each_form(verb, |form, what| forms.entry(form.to_string()).or_default().push((n, which, what)));
                }
            }
            OppositeVerbs { rows, forms }
        })
    }
}

/// The place of the first word of a text that begins with one of `beginnings`; one that ends in "=" must be the whole
/// word. A beginning of several parts, separated by spaces, must fit as many words in a row; the place is that of the
/// first of them. Words with a capital that shows a name are passed over.
pub fn find_beginning(r: &Reading<'_>, beginnings: &[&str]) -> Option<Span> {
    let is = |word: &str, part: &str| part.strip_suffix('=').map_or(word.starts_with(part), |whole| word == whole);
    let fits = |b: &str, i: usize| b.split(' ').enumerate().all(|(n, w)| i + n < r.len() && is(r.lower(i + n), w));
    (0..r.len()).find(|&i| r.is_plain(i) && beginnings.iter().any(|b| fits(b, i))).map(|i| r.span(i, i + 1))
}
