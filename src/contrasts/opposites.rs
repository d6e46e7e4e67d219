//! Contrasts with a verb of contrary meaning, whatever the form of the verb: "falling" for "rising", "to exclude" for
//! "to include".
//!
//! [`super::event`] works with the grammar of the sentence. Here only the words count, so that a verb is asked about
//! wherever it stands.

use super::words::kind;
use super::{Contrast, edit};
use crate::checks::Pair;
use crate::lexicon::conjugation::en::inflect;
use crate::lexicon::opposites::{OppositeVerbs, find_beginning};

/// Adds a contrast for each English verb of the table, where the French has a word for the contrary verb and none for
/// the verb itself.
pub(super) fn add(pair: &Pair<'_>, out: &mut Vec<Contrast>) {
    let (table, english) = (OppositeVerbs::get(), &pair.target.reading);
    let french = &pair.source.reading;
    for i in (0..english.len()).filter(|&i| english.is_plain(i)) {
        for &(row, which, form) in table.forms.get(english.lower(i)).into_iter().flatten() {
            let row = &table.rows[row];
            let other = 1 - which;
            // The table has beginnings of French words.
            let own = find_beginning(french, &row.french[which]);
            let Some(reason) = find_beginning(french, &row.french[other]).filter(|_| own.is_none()) else {
                continue;
            };
            let words = inflect(row.english[other], form);
            out.push(edit::replace(pair, kind(row.kind), english.span(i, i + 1), &words, Some(reason)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::texts;

    #[test]
    fn verbs_turn_in_every_form() {
        let all = texts("Les loyers augmenteraient encore.", "Rents would decrease again.");
        assert!(all.contains(&"Rents would increase again.".to_string()), "{all:?}");
        let all = texts("Une liste incluant les absents.", "A list excluding those absent.");
        assert!(all.contains(&"A list including those absent.".to_string()), "{all:?}");
    }

    #[test]
    fn what_the_french_says_is_not_doubted() {
        assert_eq!(texts("Le loyer augmente.", "The rent increases."), [""; 0]);
        assert_eq!(texts("Il inclut ce qu'elle exclut.", "He includes what she excludes."), [""; 0]);
    }
}
