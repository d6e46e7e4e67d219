//! Quotation marks around whole quotations.

use super::lighter;
use crate::facts::reading::{Reading, is_quote};
use crate::facts::{self, FactValue};
use crate::lang::Lang;
use crate::lexicon::{WordSet, en, fr};
use crate::translate::steer::Judged;

/// The translation with quotation marks, if it has none and the French has them around the whole sentence, or around
/// all of it before its reporting clause. `None` otherwise, if the rules find nothing in the translation, or if they do
/// not find less in the new text.
pub fn put_right(sentence: &str, now: &Judged, judge: &dyn Fn(&str) -> Judged) -> Option<Judged> {
    now.heavy().next()?;
    lighter(now, &with_marks(sentence, &now.text)?, judge)
}

/// The English with quotation marks around what the French quotes. The French must open with the quotation and have no
/// other. If it has a first person, the English must have one, too: "He should meet them, he said" does not repeat the
/// speaker's words.
fn with_marks(french: &str, english: &str) -> Option<String> {
    let english = english.trim();
    let (quoted, reporting) = french.trim().strip_prefix(is_quote)?.split_once(is_quote)?;
    if reporting.contains(is_quote) || english.contains(is_quote) || !is_same_person(quoted, english) {
        return None;
    }
    if !reporting.contains(char::is_alphabetic) {
        return Some(format!("“{english}”"));
    }
    // Any comma may be the end of the quotation. The right one is the first after which the rules read a reporting
    // clause once the marks are in place.
    english.match_indices(", ").find_map(|(comma, _)| {
        let text = format!("“{},” {}", &english[..comma], &english[comma + 2..]);
        let clause = comma + "“,” ".len();
        let facts = facts::extract(&text, &facts::Context { lang: Lang::En, date: None });
        let begins_there = facts.iter().any(|f| match &f.value {
            FactValue::Attribution(a) => a.is_strong() && a.clause().start == clause,
            _ => false,
        });
        begins_there.then_some(text)
    })
}

/// Whether the English has a first person ("we", "my"), if the French has one.
fn is_same_person(french: &str, english: &str) -> bool {
    let has = |text: &str, lang: Lang, words: &WordSet| Reading::new(text, lang).has_any(words);
    !has(french, Lang::Fr, &fr::FIRST_PERSON) || has(english, Lang::En, &en::FIRST_PERSON)
}

#[cfg(test)]
mod tests {
    use crate::translate::steer::tests::steered_from;

    #[test]
    fn a_sentence_that_is_a_quotation_gets_its_marks_without_asking() {
        let (french, english) = ("« Nous resterons ici jusqu’à la fin. »", "We will stay here until the end.");
        let (text, changed) = steered_from(french, english, "");
        assert_eq!((text.as_str(), changed), ("“We will stay here until the end.”", vec![0]));
        let french = "« Nous resterons ici jusqu’à la fin », a déclaré le maire de la ville.";
        let right = "“We will stay here, until the end,” declared the city’s mayor.";
        assert_eq!(steered_from(french, &right.replace(['“', '”'], ""), "").0, right, "before its reporting clause");
        let indirect = "He will stay here until the end, declared the city’s mayor.";
        assert_eq!(steered_from(french, indirect, "").0, indirect, "these are not the speaker’s words");
    }

    #[test]
    fn nothing_gets_no_marks() {
        assert_eq!(steered_from("« Nous resterons ici jusqu’à la fin. »", "", "").0, "");
    }
}
