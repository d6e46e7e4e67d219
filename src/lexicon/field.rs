//! Terms of conflict reporting that are wrong when they are translated word by word (`data/field-terms.tsv`).

use super::hints::nationality;
use super::table::FIELD_TERMS;
use std::sync::OnceLock;

/// A row of the table.
#[derive(Debug)]
struct Term {
    french: Vec<&'static str>,
    /// What a translation is asked to contain: one of these is enough. Like the accepted forms, they may be beginnings
    /// of words.
    wanted: Vec<&'static str>,
    /// Further forms that are right, although none of them is asked for.
    accepted: Vec<&'static str>,
}

/// The table that is built in.
fn table() -> &'static [Term] {
    static TABLE: OnceLock<Vec<Term>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let list = |cell: &'static str| cell.split('|').map(str::trim).filter(|f| !f.is_empty()).collect::<Vec<_>>();
        let rows = FIELD_TERMS.rows().map(|row| {
            let (wanted, others) = row.cell(1).split_once('/').unwrap_or((row.cell(1), ""));
            Term { french: row.forms(0).collect(), wanted: list(wanted), accepted: list(others) }
        });
        rows.collect()
    })
}

/// A term of the French that the English lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missing {
    /// The form that stands in the French, in lower case.
    pub french: &'static str,
    /// Any of these would be right.
    pub english: &'static [&'static str],
}

/// Every term of `french` that `english` lacks: one of the term's French forms stands in `french` as whole words, and
/// none of its English forms stands in `english` ([`holds_beginning`]). « d'origine » also counts as lacking where the
/// English words stand in the wrong order.
pub fn missing(french: &str, english: &str) -> Vec<Missing> {
    let (french, english) = (plain(french), plain(english));
    let lacks = |t: &'static Term| {
        let form = t.french.iter().find(|f| find_words(&french, f).is_some())?;
        let has = t.wanted.iter().chain(&t.accepted).any(|e| holds_beginning(&english, e));
        let is_garbled = *form == ORIGIN && has_origin_reversed(&french, &english);
        (!has || is_garbled).then_some(Missing { french: form, english: &t.wanted })
    };
    table().iter().filter_map(lacks).collect()
}

/// The one term for which the order of the English words is checked as well.
const ORIGIN: &str = "d'origine";

/// Whether the nationality that follows « d'origine » precedes "of origin": "a Malian of origin" for « un pêcheur
/// d'origine malienne » has the right words, but in an order that is not English.
fn has_origin_reversed(french: &str, english: &str) -> bool {
    let behind = french.split(ORIGIN).skip(1).filter_map(|rest| rest.split_whitespace().next());
    let words = behind.map(|w| w.trim_end_matches(|c: char| !c.is_alphanumeric()));
    words.filter_map(nationality).any(|of| english.contains(&format!("{} of origin", of.to_lowercase())))
}

/// The text in lower case with straight apostrophes. A double quotation mark between letters is read as an apostrophe,
/// because some sites write « chef d"état-major ».
fn plain(text: &str) -> String {
    let chars: Vec<char> = text.to_lowercase().replace('’', "'").chars().collect();
    let letter = |at: usize| chars.get(at).is_some_and(|c| c.is_alphabetic());
    let apostrophe = |at: usize| chars[at] == '"' && at > 0 && letter(at - 1) && letter(at + 1);
    (0..chars.len()).map(|at| if apostrophe(at) { '\'' } else { chars[at] }).collect()
}

/// Whether no letter or digit stands right before byte `at`.
fn starts_word(text: &str, at: usize) -> bool {
    !text[..at].ends_with(char::is_alphanumeric)
}

/// The place of the first occurrence of `words` as whole words. Where they end in an apostrophe (« d' »), a letter may
/// follow.
pub(super) fn find_words(text: &str, words: &str) -> Option<usize> {
    text.match_indices(words).map(|(at, _)| at).find(|&at| {
        let behind = &text[at + words.len()..];
        starts_word(text, at) && (words.ends_with('\'') || !behind.starts_with(char::is_alphanumeric))
    })
}

/// Whether `form` stands in the text from the beginning of a word on; in the text the last word may be longer ("car
/// bombings" holds "car bomb"). Upper and lower case are told apart.
pub fn holds_beginning(text: &str, form: &str) -> bool {
    text.match_indices(form).any(|(at, _)| starts_word(text, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_is_missed_where_no_form_of_it_stands() {
        let french = "Deux attentats à la voiture piégée ont visé la ville.";
        let lost = missing(french, "Two attacks on the parked car targeted the town.");
        assert_eq!(lost, [Missing { french: "à la voiture piégée", english: &["car bomb"] }]);
        assert!(missing(french, "Two car bombings targeted the town.").is_empty());
        assert!(missing("Le bilan humain s’alourdit.", "The death toll is rising.").is_empty());
        assert!(missing("Deux voitures ont brûlé.", "Two cars burned.").is_empty());
        assert!(
            !missing("Le chef d\"état-major a parlé.", "The commander spoke.").is_empty(),
            "a quotation mark that stands for an apostrophe"
        );
    }

    #[test]
    fn the_nationality_stands_between_of_and_origin() {
        let french = "Le pilote, un Lillois d’origine malienne, a été relâché.";
        assert_eq!(missing(french, "The pilot, a Malian of origin, was freed.")[0].french, "d'origine");
        assert!(missing(french, "The pilot, a man of Malian origin, was freed.").is_empty());
    }

    #[test]
    fn every_row_has_both_sides_and_every_french_form_one_row() {
        assert!(table().len() > 200);
        assert!(table().iter().all(|t| !t.french.is_empty() && !t.wanted.is_empty()));
        let mut forms: Vec<&str> = table().iter().flat_map(|t| t.french.iter().copied()).collect();
        assert!(forms.iter().all(|f| plain(f) == *f), "forms are compared in lower case with straight apostrophes");
        forms.sort_unstable();
        let twice = forms.windows(2).find(|pair| pair[0] == pair[1]);
        assert_eq!(twice, None);
    }
}
