//! Finds French words with a wrong English rendering: a word that only looks like the French one, or the dictionary's
//! first sense where the press means another. The table is `lexicon/data/false-friends.tsv`.

use super::reading::Reading;
use super::token::Tokens;
use crate::lang::Lang;
use crate::lexicon::key::{Key, KeyMap, exact};
use crate::lexicon::table::FALSE_FRIENDS;
use crate::span::Span;
use std::ops::Range;
use std::sync::OnceLock;

/// Words in a row, in lower case.
type Phrase = Vec<String>;

/// A row of the table.
struct FalseFriend {
    /// The French forms.
    french: Vec<Phrase>,
    /// The English phrases that are wrong for them.
    wrong: Vec<Phrase>,
    /// English phrases that show that the French was understood. The last word of each may have any ending.
    right: Vec<Phrase>,
    /// Other French phrases for which the "wrong" English is right. The last word of each may have any ending.
    excuses: Vec<Phrase>,
}

/// The table of false friends.
struct Table {
    rows: Vec<FalseFriend>,
    /// The numbers of the rows by the first words of their wrong English, so that only few rows are tried on a text.
    by_word: KeyMap<Vec<u32>>,
}

/// A French phrase and the English that it was mistaken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mistaken {
    pub french: Span,
    pub english: Span,
}

/// The phrases of `french` that have a wrong rendering in `english`, each French phrase once. A row does not count
/// where the English has one of its right renderings as well, or the French another phrase that explains the English.
pub fn mistaken(french: &Reading<'_>, english: &Reading<'_>) -> Vec<Mistaken> {
    let table = table();
    let mut found: Vec<Mistaken> = Vec::new();
    for at in 0..english.len() {
        for &row in table.by_word.get(&english.words[at].exact).into_iter().flatten() {
            let row = &table.rows[row as usize];
            let Some(wrong) = row.wrong.iter().find(|p| stands_at(english, at, p)) else { continue };
            let french_at =
                (0..french.len()).find_map(|k| Some((k, row.french.iter().find(|p| stands_at(french, k, p))?)));
            let Some((k, phrase)) = french_at else { continue };
            let here = at..at + wrong.len();
            if row.right.iter().any(|p| stands_inflected(english, p, &here))
                || row.excuses.iter().any(|p| stands_inflected(french, p, &(0..0)))
            {
                continue;
            }
            let mistaken =
                Mistaken { french: french.span(k, k + phrase.len()), english: english.span(at, at + wrong.len()) };
            if !found.iter().any(|f| f.french.overlaps(mistaken.french)) {
                found.push(mistaken);
            }
        }
    }
    found
}

/// Whether the words from token `at` on are those of the phrase.
fn stands_at(r: &Reading<'_>, at: usize, phrase: &Phrase) -> bool {
    at + phrase.len() <= r.len() && phrase.iter().enumerate().all(|(n, word)| r.lower(at + n) == word)
}

/// Whether the phrase stands anywhere in the text, its last word with any ending. A phrase whose last word is one of
/// the tokens `except` does not count, so that a wrong rendering cannot pass for a right one.
fn stands_inflected(r: &Reading<'_>, phrase: &Phrase, except: &Range<usize>) -> bool {
    let Some((last, others)) = phrase.split_last() else { return false };
    (others.len()..r.len()).filter(|end| !except.contains(end)).any(|end| {
        let start = end - others.len();
        r.lower(end).starts_with(last.as_str()) && others.iter().enumerate().all(|(n, w)| r.lower(start + n) == w)
    })
}

/// The table, read at the first call.
fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let phrase = |text: &str, lang| {
            let tokens = Tokens::new(text, lang);
            (0..tokens.len()).map(|i| tokens.lower(i).to_string()).collect::<Phrase>()
        };
        let (mut rows, mut by_word) = (Vec::new(), KeyMap::<Vec<u32>>::default());
        for (n, row) in (0..).zip(FALSE_FRIENDS.rows()) {
            let phrases = |column, lang| row.forms(column).map(|form| phrase(form, lang)).collect::<Vec<_>>();
            let row = FalseFriend {
                french: phrases(0, Lang::Fr),
                wrong: phrases(1, Lang::En),
                right: phrases(2, Lang::En),
                excuses: phrases(3, Lang::Fr),
            };
            for first in row.wrong.iter().filter_map(|p| p.first()) {
                let key: Key = exact(first);
                let owners = by_word.entry(key).or_default();
                if owners.last() != Some(&n) {
                    owners.push(n);
                }
            }
            rows.push(row);
        }
        Table { rows, by_word }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(french: &str, english: &str) -> Vec<(String, String)> {
        let (fr, en) = (Reading::new(french, Lang::Fr), Reading::new(english, Lang::En));
        mistaken(&fr, &en).iter().map(|m| (m.french.of(french).into(), m.english.of(english).into())).collect()
    }

    #[test]
    fn a_false_friend_is_found_where_it_stands() {
        let french = "L’ancien ministre a été passé à tabac, puis laissé pour mort.";
        let english = "The ancient minister was passed to tobacco, then left for dead.";
        assert_eq!(
            found(french, english),
            [("ancien ministre".into(), "ancient".into()), ("passé à tabac".into(), "passed to tobacco".into())]
        );
        assert!(found(french, "The former minister was beaten up, then left for dead.").is_empty());
    }

    #[test]
    fn english_that_other_french_words_explain_is_no_false_friend() {
        let french = "Le magasin vendait aussi une revue.";
        assert!(found(french, "It also sold a magazine.").is_empty());
        assert_eq!(found("Le magasin a brûlé.", "The magazine burned down.").len(), 1);
    }

    #[test]
    fn every_row_says_what_is_wrong_and_what_would_be_right() {
        for (n, row) in table().rows.iter().enumerate() {
            assert!(!row.french.is_empty() && !row.wrong.is_empty() && !row.right.is_empty(), "row {}", n + 1);
            let is_right = |w: &Phrase| w.len() == 1 && row.right.contains(w);
            assert!(!row.wrong.iter().any(is_right), "row {}: a wrong form counts as a right one", n + 1);
        }
    }
}
