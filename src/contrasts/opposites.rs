//! Contrasts with a verb of contrary meaning, whatever the form of the verb: "falling" for "rising", "to exclude" for
//! "to include".
//!
//! [`super::event`] works with the grammar of the sentence. Here only the words count, so that a verb is asked about
//! wherever it stands.

use super::{Contrast, ContrastKind, edit};
use crate::checks::Pair;
use crate::lexicon::conjugation::en::{VerbForm, each_form, inflect};
use crate::lexicon::table;
use crate::span::Span;
use std::collections::HashMap;
use std::sync::OnceLock;

/// A row of the table: two verbs of contrary meaning.
struct Row {
    kind: ContrastKind,
    verbs: [&'static str; 2],
    /// For each verb, the beginnings of the French words that it may render.
    french: [Vec<&'static str>; 2],
}

/// The table of verbs, `contrast-verbs.tsv`.
struct Table {
    rows: Vec<Row>,
    /// For each form of an English verb: the row, which of the row's two verbs it is, and which form of that verb.
    forms: HashMap<String, Vec<(usize, usize, VerbForm)>>,
}

impl Table {
    fn get() -> &'static Table {
        static TABLE: OnceLock<Table> = OnceLock::new();
        TABLE.get_or_init(|| {
            let mut out = Table { rows: Vec::new(), forms: HashMap::new() };
            for (n, row) in table::CONTRAST_VERBS.rows().enumerate() {
                let kind = match row.cell(0) {
                    "trend" => ContrastKind::Trend,
                    "event" => ContrastKind::Event,
                    _ => row.fail("the first cell is neither trend nor event"),
                };
                let verbs = [row.cell(1), row.cell(2)];
                for (which, verb) in verbs.into_iter().enumerate() {
                    each_form(verb, |form, what| out.forms.entry(form.to_string()).or_default().push((n, which, what)));
                }
                out.rows.push(Row { kind, verbs, french: [row.forms(3).collect(), row.forms(4).collect()] });
            }
            out
        })
    }
}

/// Adds a contrast for each English verb of the table, where the French has a word for the contrary verb and none for
/// the verb itself.
pub(super) fn add(pair: &Pair<'_>, out: &mut Vec<Contrast>) {
    let (table, english) = (Table::get(), &pair.target.reading);
    for i in (0..english.len()).filter(|&i| english.is_word(i) && (!english.capital(i) || english.opens(i))) {
        for &(row, which, form) in table.forms.get(english.lower(i)).into_iter().flatten() {
            let Row { kind, verbs, french } = &table.rows[row];
            let other = 1 - which;
            let Some(reason) = begins(pair, &french[other]).filter(|_| begins(pair, &french[which]).is_none()) else {
                continue;
            };
            let words = inflect(verbs[other], form);
            out.push(edit::replace(pair, *kind, english.span(i, i + 1), &words, Some(reason)));
        }
    }
}

/// The first French word that begins with one of `beginnings`. An entry of `beginnings` may consist of several parts,
/// one for each of several words in a row; the place is that of the first word.
fn begins(pair: &Pair<'_>, beginnings: &[&str]) -> Option<Span> {
    let r = &pair.source.reading;
    let several =
        |b: &str, i: usize| b.split(' ').enumerate().all(|(n, w)| i + n < r.len() && r.lower(i + n).starts_with(w));
    (0..r.len()).find(|&i| r.is_word(i) && beginnings.iter().any(|b| several(b, i))).map(|i| r.span(i, i + 1))
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
