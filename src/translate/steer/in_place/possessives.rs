//! Days and capitals that a small model makes owners of what stands beside them: "closed Tuesday’s bridge" for « a
//! fermé mardi le pont », "Khartoum’s capital" for « la capitale Khartoum ».

use super::{no_heavier, only};
use crate::facts::reading::Reading;
use crate::lang::Lang;
use crate::lexicon::hints::english_hints;
use crate::lexicon::{en, fr, irregular};
use crate::translate::steer::Judged;

/// The translation with one such possessive undone.
pub fn put_right(sentence: &str, now: &Judged, judge: &dyn Fn(&str) -> Judged) -> Option<Judged> {
    let text = day_of_the_verb(sentence, &now.text).or_else(|| capital(sentence, &now.text))?;
    no_heavier(now, &text, judge)
}

/// The English with "on Tuesday the" for "Tuesday’s", where the French weekday stands between a verb and its object and
/// tells when it was done: « l'armée a fermé mardi le pont ».
fn day_of_the_verb(french: &str, english: &str) -> Option<String> {
    let r = Reading::new(french, Lang::Fr);
    fr::WEEKDAYS.words().zip(en::WEEKDAYS.words()).find_map(|(theirs, ours)| {
        let day = only((1..r.len()).filter(|&i| r.lower(i) == theirs))?;
        let before = r.lower(day - 1);
        let is_verb = fr::PARTICIPLES.has(before) || before.ends_with("ant") || before.ends_with("er");
        let has_object = matches!(r.lower(day + 1), "le" | "la" | "les" | "l'" | "un" | "une" | "des");
        let owner = format!("{ours}’s ");
        let (start, _) = only(english.match_indices(&owner)).filter(|_| is_verb && has_object)?;
        let verb = english[..start].trim_end().rsplit(' ').next().unwrap_or_default();
        is_english_verb(verb).then(|| format!("{}on {ours} the {}", &english[..start], &english[start + owner.len()..]))
    })
}

/// Whether a word is a participle or a past tense, and no preposition such as "during": "during Thursday’s raid" is
/// right.
fn is_english_verb(word: &str) -> bool {
    let is_preposition = matches!(word, "during" | "following" | "regarding" | "concerning");
    (word.ends_with("ing") || word.ends_with("ed")) && !is_preposition || irregular::is_past(word)
}

/// The English with "the capital Khartoum" for "Khartoum’s capital" where the French has « la capitale Khartoum ».
fn capital(french: &str, english: &str) -> Option<String> {
    const CAPITAL: &str = "capitale ";
    let hints = english_hints(french);
    french.match_indices(CAPITAL).find_map(|(at, _)| {
        let name = at + CAPITAL.len();
        let word = french[name..].split(|c: char| !c.is_alphabetic() && c != '-').next();
        let written = word.filter(|w| w.starts_with(char::is_uppercase))?;
        let known = hints.iter().find(|h| h.span.start == name).map_or(written, |h| h.english);
        ["’s capital", "’ capital"].iter().find_map(|owns| {
            let owner = format!("{known}{owns}");
            let start = english.find(&owner)?;
            let the = if start == 0 { "The" } else { "the" };
            Some(format!("{}{the} capital {known}{}", &english[..start], &english[start + owner.len()..]))
        })
    })
}

#[cfg(test)]
mod tests {
    use crate::translate::steer::tests::steered_from;

    #[test]
    fn a_day_and_a_capital_own_nothing() {
        let french = "Le ministère a fermé mardi le pont entre la capitale Khartoum et Omdourman.";
        let wrong = "The ministry closed Tuesday’s bridge between Khartoum’s capital and Omdurman.";
        let right = "The ministry closed on Tuesday the bridge between the capital Khartoum and Omdurman.";
        assert_eq!(steered_from(french, wrong, wrong, wrong), (right.to_string(), vec![0]));
    }

    #[test]
    fn what_is_of_a_day_or_a_country_stays_so() {
        let french = "Il a dénoncé l’attaque de jeudi à Damas, capitale de la Syrie.";
        let right = "He denounced Thursday’s attack in Damascus, Syria’s capital.";
        assert_eq!(steered_from(french, right, right, right), (right.to_string(), vec![]));
        let french = "Condamnant l’attentat survenu jeudi, le président a appelé au calme.";
        let right = "Condemning Thursday’s attack, the president called for calm.";
        assert_eq!(steered_from(french, right, right, right).0, right);
        let french = "Douze civils ont été tués lors du raid qui a visé jeudi la ville.";
        let right = "Twelve civilians were killed during Thursday’s raid on the city.";
        assert_eq!(steered_from(french, right, right, right).0, right);
    }
}
