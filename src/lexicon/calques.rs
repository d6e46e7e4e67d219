//! Calques (`data/calques.tsv`): word for word renderings that are not English, such as "fallen under the hands of" for
//! « tombée aux mains de ».

use super::field::find_words;
use super::table::CALQUES;
use crate::span::Span;

/// A calque and what to write instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Calque {
    /// Where it stands in the English.
    pub span: Span,
    /// What to write instead.
    pub right: &'static str,
}

/// The first calque of the table that `english` has for what `french` says.
pub fn calque(french: &str, english: &str) -> Option<Calque> {
    // Places in the lower-cased text are used for the text itself, so the two must be equally long. English
    // nearly always is; where it is not, nothing is found.
    let (french, lower) = (french.to_lowercase().replace('’', "'"), english.to_lowercase());
    if lower.len() != english.len() {
        return None;
    }
    CALQUES.rows().find_map(|row| {
        let wrong = row.cell(1);
        let at = find_words(&lower, wrong).filter(|_| row.forms(0).any(|f| find_words(&french, f).is_some()))?;
        Some(Calque { span: Span::new(at, at + wrong.len()), right: row.cell(2) })
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
        assert!(calque("La ville est aux mains d’insurgés.", english).is_some(), "behind an apostrophe a word goes on");
        assert_eq!(calque("La ville est passée sous les mains de l’artiste.", english), None);
    }

    #[test]
    fn every_row_changes_something() {
        for row in CALQUES.rows() {
            assert!(row.cell(1) != row.cell(2) && row.cell(0) == row.cell(0).to_lowercase(), "{row:?}");
        }
    }
}
