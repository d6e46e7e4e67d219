//! Finds French qualifiers of numbers: « près de », « plus de », « au moins », « environ ».

use crate::facts::class::{Class, ClassedTokens};
use crate::facts::quantity::{Bound, Dimension, Unit};
use crate::lexicon::fr;

/// The qualifier of the number at token `start`, and the token at which it begins. It ends right before the number, or
/// before an article, « ces », « leurs » or « ses » that belongs to the number.
pub fn bound_before(r: &ClassedTokens, start: usize) -> Option<(Bound, usize)> {
    let mut at = start;
    // As in « près de ces 300 ».
    if at > 0 && r.is_any(at - 1, &["les", "la", "le", "l'", "ces", "leurs", "ses"]) {
        at -= 1;
    }
    // Whether « de », « à » or the like stands between the qualifier and the number.
    let linked = at > 0 && fr::LINKS.has(r.lower(at - 1));
    let of = linked && r.is_any(at - 1, &["de", "d'", "des", "du"]);
    let end = at - usize::from(linked);
    let word = r.lower(end.checked_sub(1)?);
    match word {
        "plus" | "moins" => more_or_less(r, end, of, start),
        "près" | "presque" | "peu" | "peine" | "loin" => nearness(r, end, of),
        // « Jusqu'au 19 » names a day.
        "jusqu'" if linked && !(r.is(at - 1, "au") && r.is_digits(start)) => Some((Bound::AtMost, end - 1)),
        "delà" if linked => Some((if denied(r, end, 5) { Bound::AtMost } else { Bound::MoreThan }, end - 1)),
        "que" | "qu'" => restricting(r, end - 1).map(|from| (Bound::Barely, from)),
        "minimum" | "maximum" => Some(extreme(r, end)),
        "mieux" if r.precedes(end - 1, &["au"]) => Some((Bound::AtMost, end - 2)),
        "mot" | "," => bas_mot(r, end).map(|from| (Bound::AtLeast, from)),
        "environ" | "quelque" | "quelques" | "approximativement" => Some((Bound::About, end - 1)),
        "autour" | "alentours" | "ordre" | "avoisiner" | "voisinage" if of => Some((Bound::About, end - 1)),
        "supérieur" | "supérieure" | "supérieurs" | "supérieures" if linked && !of => {
            Some((Bound::MoreThan, end - 1))
        }
        "inférieur" | "inférieure" | "inférieurs" | "inférieures" if linked && !of => {
            Some((Bound::LessThan, end - 1))
        }
        _ if fr::APPROACHING.has(word) => Some((Bound::Nearly, end - 1)),
        // After « de », the number is by how much something is exceeded: « a dépassé de 20 % celui de mai ».
        _ if fr::EXCEEDING.has(word) && linked && r.is_any(at - 1, &["de", "d'"]) => None,
        _ if fr::EXCEEDING.has(word) => {
            Some((if denied(r, end, 6) { Bound::AtMost } else { Bound::MoreThan }, end - 1))
        }
        // As in « ne dépasse pas 12 morts ».
        "pas" | "jamais" if fr::EXCEEDING.has(r.lower(end.checked_sub(2)?)) => Some((Bound::AtMost, end - 2)),
        _ => None,
    }
}

/// The qualifier whose « plus » or « moins » stands right before `end`, and where it begins. `of` says that « de »
/// stands between this word and the number at `start`.
fn more_or_less(r: &ClassedTokens, end: usize, of: bool, start: usize) -> Option<(Bound, usize)> {
    let (here, prior) = (end - 1, end.wrapping_sub(2));
    let before = |words: &[&str]| r.is_any(prior, words);
    let found = match r.lower(here) {
        "plus" if of && before(&["pas", "au"]) => (Bound::AtMost, prior),
        // As in « il n'y a pas eu plus de trois tirs » and « n'a pas duré plus de deux jours ».
        "plus" if of && is_participle(r.lower(prior)) && r.is_any(end.wrapping_sub(3), &["pas", "jamais"]) => {
            (Bound::AtMost, end - 3)
        }
        // « En moins de dix jours » sets an upper bound to a length of time.
        "moins" if of && before(&["en"]) && measures_time(r, start) => (Bound::LessThan, here),
        // « En plus de 300 soldats » means *besides* them, and « un plus de 630 » is a gain.
        _ if of && before(&["en", "ni", "un"]) => return None,
        "plus" if of && before(&["beaucoup", "bien"]) => (Bound::MoreThan, prior),
        "plus" if of => (Bound::MoreThan, here),
        // As in « pas moins de 5 », and in « au moins de 5 », which careless writers put for « d'au moins 5 ».
        "moins" if of && before(&["pas", "au"]) => (Bound::AtLeast, prior),
        "moins" if of => (Bound::LessThan, here),
        "moins" if before(&["au", "du"]) => (Bound::AtLeast, prior),
        "plus" if before(&["au"]) => (Bound::AtMost, prior),
        _ => return None,
    };
    Some(found)
}

/// Where « que » or « plus que » begins, if « ne » stands before it: « ne compte plus que deux médecins » has only two
/// left. `que` is the token of « que ».
fn restricting(r: &ClassedTokens, que: usize) -> Option<usize> {
    /// How many tokens may stand between « ne » and « que ».
    const BETWEEN: usize = 5;
    let mut before = (que.saturating_sub(BETWEEN + 1)..que).rev();
    let denies = |k: usize| r.among(k, &fr::NO_RESTRICTION);
    let ne = before.by_ref().take_while(|&k| !denies(k)).find(|&k| r.is_any(k, &["ne", "n'"]));
    ne.map(|_| if r.precedes(que, &["plus"]) { que - 1 } else { que })
}

/// Whether the word has an ending of past participles: « duré », « fini », « reçu », « fait », « pris ».
fn is_participle(word: &str) -> bool {
    ["é", "i", "u", "it", "is"].iter().any(|end| word.ends_with(end))
}

/// The qualifier whose « près », « presque », « peu », « peine » or « loin » stands right before `end`, and where it
/// begins: « près de », « à peu près », « à peine », « pas loin de ». `of` says that « de » follows this word.
fn nearness(r: &ClassedTokens, end: usize, of: bool) -> Option<(Bound, usize)> {
    let here = end - 1;
    let found = match r.lower(here) {
        "près" if of && r.precedes(here, &["peu"]) => (Bound::About, here - 1),
        "près" if of => (Bound::Nearly, here),
        "près" if r.precedes(here, &["à", "peu"]) => (Bound::About, here - 2),
        "peu" if r.precedes(here, &["à"]) => (Bound::About, here - 1),
        "presque" => (Bound::Nearly, here),
        "peine" if r.precedes(here, &["à"]) => (Bound::Barely, here - 1),
        "loin" if of && r.precedes(here, &["pas"]) => (Bound::Nearly, here - 1),
        _ => return None,
    };
    Some(found)
}

/// The qualifier whose « minimum » or « maximum » stands right before `end`, and where it begins: « un minimum de »,
/// « au maximum ».
fn extreme(r: &ClassedTokens, end: usize) -> (Bound, usize) {
    let bound = if r.is(end - 1, "minimum") { Bound::AtLeast } else { Bound::AtMost };
    let article = r.is_any(end.wrapping_sub(2), &["un", "au"]);
    (bound, end - 1 - usize::from(article))
}

/// Whether the verb or « delà » right before `end` is denied by a word a few tokens before it: « n'a pas dépassé »,
/// « sans dépasser ». `reach` is the number of these tokens, the verb or « delà » included.
fn denied(r: &ClassedTokens, end: usize, reach: usize) -> bool {
    (end.saturating_sub(reach)..end - 1).any(|k| r.is_any(k, &["ne", "n'", "pas", "sans"]))
}

/// The qualifier that follows the number that ends right before token `end`, right away or after a word: « 200
/// environ », « 12 morts au moins », « 30 % ou plus ».
pub fn bound_after(r: &ClassedTokens, end: usize) -> Option<Bound> {
    // A comma may stand before the qualifier: « 60 euros, au minimum, ».
    let end = end + usize::from(r.is(end, ",") && r.is(end + 1, "au"));
    for at in end..end + 2 {
        let found = match r.lower(at) {
            // In « 12 environ 30 », « environ » qualifies the 30.
            "environ" | "approximativement" if !numeral_follows(r, at + 1) => Bound::About,
            "minimum" if !numeral_follows(r, at + 1) => Bound::AtLeast,
            "maximum" if !numeral_follows(r, at + 1) => Bound::AtMost,
            "au" if r.follows(at + 1, &["bas", "mot"]) => Bound::AtLeast,
            "au" if r.is(at + 1, "mieux") => Bound::AtMost,
            "tout" if r.follows(at + 1, &["au", "plus"]) => Bound::AtMost,
            "au" if r.is_any(at + 1, &["moins", "minimum"]) && !numeral_follows(r, at + 2) => Bound::AtLeast,
            "au" if r.is(at + 1, "plus") && is_superlative(r, at + 2) => return None,
            "au" if r.is_any(at + 1, &["plus", "maximum"]) && !numeral_follows(r, at + 2) => Bound::AtMost,
            "ou" | "et" if r.is(at + 1, "plus") && !r.is_any(at + 2, &["de", "d'"]) => Bound::AtLeast,
            "ou" if r.is(at + 1, "moins") && !r.is(at - 1, "plus") => Bound::AtMost,
            _ if r.is_word(at) => continue,
            _ => return None,
        };
        return Some(found);
    }
    None
}

/// Whether « plus » right before `i` makes a superlative: « au plus fort de la crise », « au plus tard mardi ».
fn is_superlative(r: &ClassedTokens, i: usize) -> bool {
    let of = r.is_any(i + 1, &["de", "du", "des", "d'"]) && !r.is_any(i, &["de", "d'"]);
    r.is_any(i, &["tard", "tôt", "vite", "haut", "bas", "près"]) || r.is_word(i) && of
}

/// Whether a number begins at `i`, to which the qualifier before it belongs.
fn numeral_follows(r: &ClassedTokens, i: usize) -> bool {
    matches!(r.class(i), Class::Digits | Class::Small(_) | Class::Tens(_) | Class::Hundred | Class::Thousand)
}

/// Where « au bas mot » begins, if it ends right before `k`, with or without a comma after it.
fn bas_mot(r: &ClassedTokens, k: usize) -> Option<usize> {
    let end = k - usize::from(r.is(k - 1, ","));
    r.precedes(end, &["au", "bas", "mot"]).then(|| end - 3)
}

/// Whether a unit of time stands among the four tokens from `start` on, so that « en moins de dix jours » bounds a
/// length of time.
fn measures_time(r: &ClassedTokens, start: usize) -> bool {
    let duration = |i: usize| matches!(r.class(i), Class::Unit(Unit::Measure(m)) if m.size().0 == Dimension::Duration);
    (start..start + 4).any(duration)
}
