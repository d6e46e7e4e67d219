//! French words and phrases to which few English words answer, one of which a translation has (`data/restrictions.tsv`,
//! `data/answers.tsv`).

use super::form::Form;
use super::key::{KeyMap, exact};
use super::phrases::Phrases;
use super::table::{self, Table};
use crate::facts::reading::Reading;
use crate::lang::Lang;
use std::cell::LazyCell;
use std::sync::OnceLock;

/// Stands in place of the English of phrases that only contain one of another row: « en tant que ».
const NOTHING: &str = "none";

/// Marks a row whose English words a free translation may do without.
const SOFT: &str = "soft";

/// The fewest bytes of a beginning of words, and the most: without a bound a word of a hundred thousand letters would be
/// read as often.
const STEM: std::ops::RangeInclusive<usize> = 3..=24;

/// One of the tables.
pub struct Answers {
    /// The French words and phrases, each with the number of its row.
    french: Phrases<usize>,
    /// The beginnings of French words, each with the number of its row.
    stems: KeyMap<usize>,
    rows: Vec<Answer>,
}

/// One row of a table.
struct Answer {
    /// The English words of which a translation has one; none where the phrase asks for nothing.
    english: Vec<Form>,
    /// Whether free translations do without them now and then, as they may with « barrière » and « image ».
    is_soft: bool,
}

/// A French phrase for which an English text has no word.
#[derive(Debug, Clone, Copy)]
pub struct Lost {
    /// Its first token.
    pub from: usize,
    /// The token behind it.
    pub to: usize,
    /// Whether a free translation may do without.
    pub is_soft: bool,
}

impl Answers {
    /// Words that limit what is said.
    pub fn restrictions() -> &'static Answers {
        static TABLE: OnceLock<Answers> = OnceLock::new();
        TABLE.get_or_init(|| Answers::load(&table::RESTRICTIONS))
    }

    /// Nouns, verbs and adjectives.
    pub fn words() -> &'static Answers {
        static TABLE: OnceLock<Answers> = OnceLock::new();
        TABLE.get_or_init(|| Answers::load(&table::ANSWERS))
    }

    fn load(table: &'static Table) -> Answers {
        let mut out = Answers { french: Phrases::new(), stems: KeyMap::default(), rows: Vec::new() };
        for row in table.rows() {
            let number = out.rows.len();
            for form in row.forms(0) {
                match form.strip_suffix('-') {
                    Some(stem) => {
                        out.stems.insert(exact(stem), number);
                    }
                    None => out.french.add(Lang::Fr, form, false, number),
                }
            }
            let english = row.forms(1).filter(|form| *form != NOTHING).map(Form::of).collect();
            out.rows.push(Answer { english, is_soft: row.forms(2).next() == Some(SOFT) });
        }
        out
    }

    /// The French phrases and words for which an English text has no word.
    pub fn lost<'s>(&'s self, r: &'s Reading<'_>, e: &'s Reading<'_>) -> impl Iterator<Item = Lost> + 's {
        let mut next = 0;
        let words = LazyCell::new(|| {
            let mut words: Vec<&str> = (0..e.len()).map(|i| e.lower(i)).collect();
            words.sort_unstable();
            words.dedup();
            words
        });
        let found = (0..r.len()).filter_map(move |i| {
            // What stands within a longer phrase belongs to it.
            let (row, end) = if i < next { None } else { self.at(r, i) }?;
            next = end;
            Some((row, i, end))
        });
        let is_lost = move |row: usize| !self.may_be_said_by(row, &words);
        found.filter(move |&(row, ..)| is_lost(row)).map(|(row, from, to)| {
            let is_soft = self.rows[row].is_soft;
            Lost { from, to, is_soft }
        })
    }

    /// The English words, or beginnings of words, that may answer to a French phrase; those that come first are the most
    /// usual ones.
    #[cfg_attr(not(feature = "model"), allow(dead_code))]
    pub fn english_of(&self, french: &str) -> impl Iterator<Item = &'static str> + use<'_> {
        let row = self.at(&Reading::new(french, Lang::Fr), 0).map(|(row, _)| row);
        row.into_iter().flat_map(|row| &self.rows[row].english).map(|form| form.text())
    }

    /// The row of the longest phrase that begins at a token of a French text, or of the word there, and the number of the
    /// token behind it.
    fn at(&self, r: &Reading<'_>, i: usize) -> Option<(usize, usize)> {
        let word = r.lower(i);
        let beginnings = || (*STEM.start()..=word.len().min(*STEM.end())).rev().filter_map(|n| word.get(..n));
        let of_stem = || beginnings().find_map(|stem| self.stems.get(&exact(stem)));
        self.french.at(r, i).next().or_else(|| r.is_word(i).then(of_stem).flatten().map(|&row| (row, i + 1)))
    }

    /// Whether one of these English words, which are in order, may say what the French of a row says.
    fn may_be_said_by(&self, row: usize, words: &[&str]) -> bool {
        let forms = &self.rows[row].english;
        // The word itself, or the first of those that begin with it, stands where it would be put in.
        let at = |form: &Form| words.get(words.partition_point(|word| *word < form.text()));
        forms.is_empty() || forms.iter().any(|form| at(form).is_some_and(|word| form.is(word)))
    }
}
