//! Days and capitals that a small model makes owners of what stands beside them: "cutting Thursday’s road" for « coupé
//! jeudi la route », "Damascus’s capital" for « la capitale Damas ».

use super::{no_heavier, only};
use crate::facts::write::{en, fr};
use crate::lexicon::hints::english_hints;
use crate::translate::steer::Judged;

/// The translation with one such possessive undone.
pub fn put_right(sentence: &str, now: &Judged, judge: &dyn Fn(&str) -> Judged) -> Option<Judged> {
    let text = day_of_the_verb(sentence, &now.text).or_else(|| capital(sentence, &now.text))?;
    no_heavier(now, &text, judge)
}

/// The weekday between a participle and its object, « après avoir coupé jeudi la route », tells when it was done.
fn day_of_the_verb(french: &str, english: &str) -> Option<String> {
    let french = french.to_lowercase().replace('’', "'").replace('\'', "' ");
    let french: Vec<&str> = french.split_whitespace().collect();
    let at = |i: usize| french.get(i).copied().unwrap_or_default();
    fr::WEEKDAYS.iter().zip(en::WEEKDAYS).find_map(|(theirs, ours)| {
        let day = only((2..french.len()).filter(|&i| at(i) == *theirs))?;
        let is_of_the_verb =
            matches!(at(day - 2), "avoir" | "ayant") && matches!(at(day + 1), "le" | "la" | "les" | "l'");
        let owner = format!("{ours}’s ");
        let (start, _) = only(english.match_indices(&owner)).filter(|_| is_of_the_verb)?;
        let verb = english[..start].trim_end().rsplit(' ').next().unwrap_or_default();
        let is_verb = verb.ends_with("ing") && !matches!(verb, "during" | "following" | "regarding" | "concerning");
        is_verb.then(|| format!("{}on {ours} the {}", &english[..start], &english[start + owner.len()..]))
    })
}

/// « la capitale Damas » is a capital that is Damascus, not one that Damascus has.
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
        let french = "Ils ont quitté la ville après avoir coupé jeudi la route reliant la capitale Damas à Alep.";
        let wrong = "They left the city after cutting Thursday’s road connecting Damascus’s capital to Aleppo.";
        let right = "They left the city after cutting on Thursday the road connecting the capital Damascus to Aleppo.";
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
