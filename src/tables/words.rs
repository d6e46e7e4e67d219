//! Classes of words with the same meaning, so that « assaillants » counts as « forces rebelles »,
//! and stems of words, so that « bombardé » counts as « bombarder ».

use crate::lexicon::{fr, table};
use std::collections::HashMap;
use std::sync::OnceLock;

/// A class of `claim-words.tsv`, by its name there.
pub type Class = &'static str;

/// The rows of the table: whole words and beginnings of words, each with its classes.
struct Words {
    whole: HashMap<&'static str, Vec<Class>>,
    beginnings: Vec<(&'static str, Class)>,
}

fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut words = Words { whole: HashMap::new(), beginnings: Vec::new() };
        for row in table::CLAIM_WORDS.rows() {
            let class = row.cell(0);
            for form in row.words(2) {
                match form.strip_suffix('*') {
                    Some(beginning) => words.beginnings.push((beginning, class)),
                    None => words.whole.entry(form).or_default().push(class),
                }
            }
        }
        words
    })
}

/// The classes of a word, which is given in lower case without accents. Words that are not in the table have no class.
pub fn classes(folded: &str) -> Vec<Class> {
    let w = words();
    let mut found = w.whole.get(folded).cloned().unwrap_or_default();
    found.extend(w.beginnings.iter().filter(|(b, _)| folded.starts_with(b)).map(|(_, c)| *c));
    found
}

/// A word without the endings of number, gender and conjugation. An ending is cut only if at least four letters stay.
///
/// This cuts less than the stemmers for search do (M. Rajman's and J. Savoy's light stemmers strip
/// derivations too), since two words with the same stem should be forms of one word, and not merely
/// related.
pub fn stem(folded: &str) -> String {
    let singular = folded.strip_suffix(['s', 'x']).filter(|rest| rest.len() >= 4).unwrap_or(folded);
    let cut = |ending: &'static str| singular.strip_suffix(ending).filter(|rest| rest.len() >= 4);
    fr::INFLECTIONS.endings().find_map(cut).unwrap_or(singular).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::key::unaccented;

    #[test]
    fn forms_of_one_word_share_a_stem() {
        for forms in [
            ["bombardé", "bombardées", "bombarder", "bombardaient"],
            ["hôpital", "hôpital", "hôpital", "hôpital"],
            ["prisonnier", "prisonniers", "prisonnier", "prisonniers"],
            ["utilisé", "utilisait", "utilisent", "utiliser"],
        ] {
            let stems: Vec<String> = forms.iter().map(|f| stem(&unaccented(f))).collect();
            assert!(stems.windows(2).all(|w| w[0] == w[1]), "{stems:?}");
        }
        assert_ne!(stem("prison"), stem("prise"));
    }

    #[test]
    fn the_kind_of_a_claim_word_is_known() {
        for row in table::CLAIM_WORDS.rows() {
            assert!(matches!(row.cell(1), "verb" | "noun"), "{row:?}");
            assert!(row.cell(2).is_ascii(), "forms stand without accents: {row:?}");
        }
        assert_eq!(classes("penetrerent"), ["enter"]);
    }
}
