//! Words and phrases to which few words of the other language answer, one of which stands on the other side of a right
//! translation: French ones (`data/restrictions.tsv`, `data/answers.fr.tsv`) and English ones (`data/answers.en.tsv`).
//! The answers are written without accents, because capitals often lack theirs and stems change them (« relâche », «
//! relâchement », « règle », « régler »).

use super::fnv::{BASIS, step};
use super::form::Form;
use super::key::{KeyMap, exact, unaccented};
use super::phrases::Phrases;
use super::table::{self, Table};
use crate::facts::reading::Reading;
use crate::lang::Lang;
use std::borrow::Cow;
use std::cell::LazyCell;
use std::sync::OnceLock;

/// Stands in place of the English of phrases that only contain one of another row: « en tant que ».
const NOTHING: &str = "none";

/// Marks a row to which a free translation may have no answer.
const SOFT: &str = "soft";

/// The fewest bytes of a beginning of words, and the most: without a bound a word of a hundred thousand letters would
/// be read as often.
const STEM: std::ops::RangeInclusive<usize> = 3..=24;

/// One of the tables.
pub struct Answers {
    /// The words and phrases of one language, each with the number of its row.
    phrases: Phrases<usize>,
    /// The beginnings of words of that language, each with the number of its row.
    stems: KeyMap<usize>,
    rows: Vec<Answer>,
}

/// One row of a table.
struct Answer {
    /// The words of the other language of which a translation has one; none where the phrase asks for nothing.
    words: Vec<Form>,
    /// Whether free translations do without them now and then, as they may with « barrière » and « image ».
    is_soft: bool,
}

/// A word or phrase of one text for which the text of the other language has no word.
#[derive(Debug, Clone, Copy)]
pub struct Unanswered {
    /// Its first token.
    pub from: usize,
    /// The token behind it.
    pub to: usize,
    /// Whether a free translation may have no answer to it.
    pub is_soft: bool,
}

impl Answers {
    /// French words that limit what is said.
    pub fn restrictions() -> &'static Answers {
        static TABLE: OnceLock<Answers> = OnceLock::new();
        TABLE.get_or_init(|| Answers::load(&table::RESTRICTIONS, Lang::Fr))
    }

    /// French nouns, verbs and adjectives.
    pub fn french() -> &'static Answers {
        static TABLE: OnceLock<Answers> = OnceLock::new();
        TABLE.get_or_init(|| Answers::load(&table::ANSWERS_FR, Lang::Fr))
    }

    /// English nouns, verbs and adjectives.
    pub fn english() -> &'static Answers {
        static TABLE: OnceLock<Answers> = OnceLock::new();
        TABLE.get_or_init(|| Answers::load(&table::ANSWERS_EN, Lang::En))
    }

    /// Reads a table, the first column of which is in the language `lang`.
    fn load(table: &'static Table, lang: Lang) -> Answers {
        let mut out = Answers { phrases: Phrases::new(), stems: KeyMap::default(), rows: Vec::new() };
        for row in table.rows() {
            let number = out.rows.len();
            for form in row.forms(0) {
                match form.strip_suffix('-') {
                    Some(stem) => {
                        out.stems.insert(exact(stem), number);
                    }
                    None => out.phrases.add(lang, form, false, number),
                }
            }
            let words = row.forms(1).filter(|form| *form != NOTHING).map(Form::of).collect();
            out.rows.push(Answer { words, is_soft: row.forms(2).next() == Some(SOFT) });
        }
        out
    }

    /// The words and phrases of a text, which is in the language of the table's first column, for which its translation
    /// `other` has no word.
    pub fn unanswered<'s>(
        &'s self,
        text: &'s Reading<'_>,
        other: &'s Reading<'_>,
    ) -> impl Iterator<Item = Unanswered> + 's {
        let words = LazyCell::new(|| {
            let mut words: Vec<Cow<'_, str>> = (0..other.len()).map(|i| unaccented(other.lower(i))).collect();
            words.sort_unstable();
            words.dedup();
            words
        });
        let is_unanswered = move |row: usize| !self.is_answered_by(row, &words);
        self.phrases(text).filter(move |&(row, ..)| is_unanswered(row)).map(|(row, from, to)| {
            let is_soft = self.rows[row].is_soft;
            Unanswered { from, to, is_soft }
        })
    }

    /// The phrases and words of the table in a text of the language of its first column: the row of each, its first
    /// token, and the token behind it.
    fn phrases<'s>(&'s self, text: &'s Reading<'_>) -> impl Iterator<Item = (usize, usize, usize)> + 's {
        let mut next = 0;
        (0..text.len()).filter_map(move |i| {
            // What stands within a longer phrase belongs to it.
            let (row, end) = if i < next { None } else { self.at(text, i) }?;
            next = end;
            Some((row, i, end))
        })
    }

    /// The words that may translate each other: for each pair of them, the first token of the word or phrase in `text`,
    /// which is in the language of the table's first column, and the token in `other`.
    pub fn pairs<'s>(
        &'s self,
        text: &'s Reading<'_>,
        other: &'s Reading<'_>,
    ) -> impl Iterator<Item = (usize, usize)> + 's {
        let words: Vec<Cow<'s, str>> = (0..other.len()).map(|k| unaccented(other.lower(k))).collect();
        self.phrases(text).flat_map(move |(row, from, _)| {
            let forms = &self.rows[row].words;
            let answers = |k: &usize| forms.iter().any(|form| form.is(&words[*k]));
            (0..words.len()).filter(answers).map(|k| (from, k)).collect::<Vec<_>>()
        })
    }

    /// Whether this lower-cased word of the other language answers to the word or phrase at token `i` of a text.
    pub fn is_answer(&self, text: &Reading<'_>, i: usize, word: &str) -> bool {
        self.at(text, i).is_some_and(|(row, _)| self.rows[row].words.iter().any(|form| form.is(&unaccented(word))))
    }

    /// The English words, or beginnings of words, that may answer to a French phrase; those that come first are the
    /// most usual ones.
    #[cfg_attr(not(feature = "model"), allow(dead_code))]
    pub fn english_of(&self, french: &str) -> impl Iterator<Item = &'static str> + use<'_> {
        let row = self.at(&Reading::new(french, Lang::Fr), 0).map(|(row, _)| row);
        row.into_iter().flat_map(|row| &self.rows[row].words).map(|form| form.text())
    }

    /// The row of the longest phrase that begins at a token of a text, or of the word there, and the number of the
    /// token behind it.
    fn at(&self, r: &Reading<'_>, i: usize) -> Option<(usize, usize)> {
        self.phrases
            .at(r, i)
            .next()
            .or_else(|| self.of_stem(r.lower(i)).filter(|_| r.is_word(i)).map(|row| (row, i + 1)))
    }

    /// The row of the longest beginning of the word that the table has.
    fn of_stem(&self, word: &str) -> Option<usize> {
        let mut key = BASIS;
        let mut longest = None;
        for (n, byte) in word.bytes().take(*STEM.end()).enumerate() {
            key = step(key, byte);
            if n + 1 >= *STEM.start() {
                longest = self.stems.get(&key).copied().or(longest);
            }
        }
        longest
    }

    /// Whether one of these words of the other language, which have no accents and are in order, may say what a row
    /// says.
    fn is_answered_by(&self, row: usize, words: &[Cow<'_, str>]) -> bool {
        let forms = &self.rows[row].words;
        // The word itself, or the first of those that begin with it, stands where it would be put in.
        let at = |form: &Form| words.get(words.partition_point(|word| &**word < form.text()));
        forms.is_empty() || forms.iter().any(|form| at(form).is_some_and(|word| form.is(word)))
    }
}
