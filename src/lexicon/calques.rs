//! Word for word renderings that English does not have (`data/calques.tsv`): "under the hands of" for « aux mains de ».

use super::table::lines;
use crate::span::Span;

/// A calque and what to write instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Calque {
    /// Where it stands in the English.
    pub span: Span,
    pub right: &'static str,
}

/// The first calque of the table that `english` has for what `french` says.
pub fn calque(french: &str, english: &str) -> Option<Calque> {
    // Lower-casing keeps the length of what English is written in; where it does not, nothing is found.
    let (french, lower) = (french.to_lowercase().replace('’', "'"), english.to_lowercase());
    let rows = lines(include_str!("data/calques.tsv")).filter_map(|line| {
        let (theirs, ours) = line.split_once('\t')?;
        let (wrong, right) = ours.split_once('\t')?;
        Some((theirs, wrong, right))
    });
    let mut known = rows.filter(|(theirs, ..)| is_word(&french, french.find(theirs), theirs));
    known.find_map(|(_, wrong, right)| {
        let at = lower.find(wrong).filter(|&at| lower.len() == english.len() && is_word(&lower, Some(at), wrong))?;
        Some(Calque { span: Span::new(at, at + wrong.len()), right })
    })
}

/// Whether no letter stands before `at`, and none behind the `word` there.
fn is_word(text: &str, at: Option<usize>, word: &str) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    at.is_some_and(|at| {
        !letter(text[..at].chars().next_back()) && (word.is_empty() || !letter(text[at + word.len()..].chars().next()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_calque_is_one_only_where_the_french_has_what_it_renders() {
        let english = "The town has fallen under the hands of the rebels.";
        let found = calque("La ville est tombée aux mains des rebelles.", english).unwrap();
        assert_eq!((found.span.of(english), found.right), ("fallen under the hands of", "fallen into the hands of"));
        assert_eq!(calque("La ville est passée sous les mains de l’artiste.", english), None);
    }

    #[test]
    fn every_row_has_three_columns_and_changes_something() {
        for line in lines(include_str!("data/calques.tsv")) {
            let cells: Vec<&str> = line.split('\t').collect();
            assert!(cells.len() == 3 && cells[1] != cells[2] && cells[0] == cells[0].to_lowercase(), "{line}");
        }
    }
}
