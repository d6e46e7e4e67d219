//! Finds French negations. « Ne » alone does not show that something is denied: with « que » it limits (*only*), and
//! after « avant que », « à moins que », « plus … que » and verbs of fear it means nothing (Grevisse, *Le bon usage*,
//! §§ 1012–1024). Spoken French, on the other hand, denies without « ne ».

use crate::facts::negation::{Negation, Strength};
use crate::facts::reading::Reading;
use crate::lexicon::{class, fr};

/// How far « ne » and the word that completes it may stand apart, in tokens; what is further away is taken to be in
/// another clause.
const REACH: usize = 9;
/// How many tokens an insertion between commas has at most, with its commas.
const INSERTION: usize = 8;

/// The negations of a text, in its order.
pub fn extract(r: &Reading<'_>) -> Vec<Negation> {
    let mut out = Vec::new();
    // The index after the last « ne » and the word that completes it, or after « n'importe quoi » and the like. Words
    // before it other than « ne » make no negation of their own.
    let mut used = 0;
    for i in 0..r.len() {
        let ne = matches!(r.lower(i), "ne" | "n'");
        if ne && r.lower(i + 1) == "importe" {
            used = i + 3;
        } else if ne {
            // In « Personne n'y croit » and « Aucun convoi ne passe » the word before « ne » belongs to this negation,
            // and makes none of its own.
            let subject = denying_subject(r, i);
            if let Some(from) = subject {
                out.retain(|n: &Negation| n.span.start < r.span(from, i).start);
            }
            match completion(r, i) {
                Some((end, strength)) => {
                    let end = goes_on(r, end);
                    out.push(Negation { span: r.span(i, end), strength, inside: false });
                    used = end;
                }
                // In « Nul ne sait » and « Ni la mairie ni le port ne répondent » only the word before « ne » denies.
                None if let Some(from) = subject => {
                    let affirms = (i + 1..i + 5).any(|j| r.among(j, &fr::DENIED_DENIALS));
                    let strength = if affirms { Strength::Soft } else { Strength::Full };
                    out.push(Negation { span: r.span(from, i + 1), strength, inside: false });
                    used = i + 1;
                }
                // « Ne » without a second word denies in literary French (« il ne cesse de ») or means nothing, so it
                // is soft.
                None => out.push(Negation { span: r.span(i, i + 1), strength: Strength::Soft, inside: false }),
            }
        } else if r.lower(i) == "ni" && !out.is_empty() {
            // After a negation, « ni » goes on with it and makes none of its own: « n'a pas entendu ni protégé ».
        } else if i >= used
            && (r.is(i, class::NEG | class::NEG_SOFT) && !denies_nothing(r, i) || is_negative_word(r.lower(i)))
        {
            let inside = is_negative_word(r.lower(i));
            out.push(Negation { span: r.span(i, i + 1), strength: Strength::Soft, inside });
        }
    }
    out
}

/// The index after a negation whose second word stands right before `end`. Further such words belong to it, as in
/// « ne … plus guère » and « plus jamais ».
fn goes_on(r: &Reading<'_>, mut end: usize) -> usize {
    while fr::SECOND_NEGATIONS.has(r.lower(end)) && r.lower(end) != "ni" && !denies_nothing(r, end) {
        end += 1;
    }
    end
}

/// Whether the « ne » at `i` with its `second` word denies nothing, as in « avant qu'ils ne soient plus forts », or
/// need not be a negation in English, as in « cela fait un an qu'il n'a pas bu », which may become "it is a year since
/// he drank".
fn is_empty_ne(r: &Reading<'_>, i: usize, second: &str) -> bool {
    let reach = i.saturating_sub(REACH);
    let inside = |k: &usize| !matches!(r.mark(*k), ',' | ';' | '.' | ':' | '!' | '?' | '«' | '»');
    let opening = (reach..i).rev().take_while(inside).find(|&k| matches!(r.lower(k), "que" | "qu'"));
    let Some(que) = opening else { return false };
    let expletive = second == "plus" && que > 0 && matches!(r.lower(que - 1), "avant" | "moins" | "peur" | "crainte");
    let since = (que.saturating_sub(6)..que).any(|k| {
        r.lower(k) == "fait" && k > 0 && matches!(r.lower(k - 1), "cela" | "ça")
            || matches!(r.lower(k), "voilà" | "voici")
    });
    expletive || since
}

/// The word that denies in the subject before the « ne » at `i`: « aucun » in « Aucun convoi ne passe ».
fn denying_subject(r: &Reading<'_>, i: usize) -> Option<usize> {
    let reach = i.saturating_sub(REACH);
    (reach..i).rev().take_while(|&k| !matches!(r.mark(k), ';' | '.' | ':' | '!' | '?') && !r.is(k, class::AUX)).find(
        |&k| {
            fr::SECOND_NEGATIONS.has(r.lower(k))
                && r.lower(k) != "jamais"
                && !denies_nothing(r, k)
                && r.lower(k + 2) != "tel"
        },
    )
}

/// Whether the word seems to be an adjective, noun or verb with a negative prefix, which English may render as *not*:
/// « impossible ».
fn is_negative_word(lower: &str) -> bool {
    lower.len() > 5
        && (["in", "im", "il", "ir"].iter().any(|p| lower.starts_with(p))
            && fr::NEGATED_ADJECTIVES.has(lower)
            && !fr::NO_PREFIX.has(lower)
            || fr::NEGATED_STEMS.has(lower)
            || lower.starts_with("mécon")
            || lower.starts_with("désa"))
}

/// The index after the word that completes the « ne » at `i` (« pas », « rien », « que »), and how the two deny. `None`
/// where no such word follows within reach in the same clause.
fn completion(r: &Reading<'_>, i: usize) -> Option<(usize, Strength)> {
    let end = (i + 1 + REACH).min(r.len());
    for k in i + 1..end {
        match r.lower(k) {
            // « Non plus » means *either*, and completes no « ne ».
            "plus" if r.lower(k - 1) == "non" => {}
            "pas" | "plus" | "point" => {
                let next = r.lower(k + 1);
                // Nothing is denied by « n'est-ce pas », « ne … pas moins », « pas seulement » and « pas que ».
                let question = r.lower(k.saturating_sub(1)) == "ce" && r.lower(i + 1) == "est";
                let only = fr::DENYING_NOTHING.has(next);
                // « n'est pas sans risque » denies twice: there is a risk.
                let both = next == "sans";
                let soft = both
                    || is_empty_ne(r, i, r.lower(k))
                    || question
                    || only
                    || r.lower(k) == "plus" && only_follows(r, k + 1)
                    || affirms(r, i, k)
                    || expects_yes(r, i, k);
                return Some((k + 1, if soft { Strength::Soft } else { Strength::Full }));
            }
            w if fr::SECOND_NEGATIONS.has(w) => {
                let soft = affirms(r, i, k) || w == "jamais" && limits_place(r, k + 1);
                return Some((k + 1, if soft { Strength::Soft } else { Strength::Full }));
            }
            "que" | "qu'" => return Some((k + 1, Strength::Soft)),
            "ne" | "n'" => return None,
            _ if matches!(r.mark(k), ',' | ';' | '.' | ':' | '!' | '?' | '»' | '”') => return None,
            _ => {}
        }
    }
    None
}

/// Whether a word inside the negation at `i..=k`, or one of the two after it, denies or limits by itself, so that both
/// together affirm: « n'hésite pas », « n'a pas cessé de », « ne manquera pas », « ne dépasse pas », « ne fait aucun
/// doute ». English may say it without a negation (*keeps*, *will*, *up to*, *is certain*).
fn affirms(r: &Reading<'_>, i: usize, k: usize) -> bool {
    // « Ne s'est pas fait attendre » is "at once".
    let at_once = r.lower(k + 1) == "fait" && r.lower(k + 2) == "attendre";
    at_once || (i + 1..k + 3).any(|j| j != k && r.among(j, &fr::DENIED_DENIALS))
}

/// Whether the negation seems to stand in a question that expects a yes, as the pronoun after the verb shows: true of
/// « Ces mots ne vous rappellent-ils pas quelque chose ? », false of « pourquoi n'a-t-il pas … ? ».
fn expects_yes(r: &Reading<'_>, i: usize, k: usize) -> bool {
    let inverted = matches!(r.mark(k.saturating_sub(2)), '-' | '\u{2010}' | '\u{2011}') && r.is(k - 1, class::PRON);
    inverted && !(i.saturating_sub(3)..i).any(|j| matches!(r.lower(j), "pourquoi" | "comment" | "qui" | "que"))
}

/// Whether « que » follows within four words of the token at `from`, not counting an insertion between commas: « ne …
/// plus que » says that only so much is left.
fn only_follows(r: &Reading<'_>, from: usize) -> bool {
    let closing = || (from + 1..(from + INSERTION).min(r.len())).find(|&j| r.mark(j) == ',');
    let from = if r.mark(from) == ',' { closing().map_or(from, |close| close + 1) } else { from };
    (from..(from + 4).min(r.len())).any(|j| matches!(r.lower(j), "que" | "qu'"))
}

/// Whether « que » and a preposition follow within four words of the token at `from`: « n'a jamais été reconnu que par
/// Moscou » says who alone has recognised it.
fn limits_place(r: &Reading<'_>, from: usize) -> bool {
    let compares = |j: usize| r.among(j, &fr::COMPARING) || matches!(r.lower(j), "plus" | "moins");
    let mut near = (from..(from + 4).min(r.len())).take_while(|&j| !compares(j));
    near.any(|j| matches!(r.lower(j), "que" | "qu'") && r.is(j + 1, class::PREP))
}

/// Whether the word at `i`, which denies elsewhere, denies nothing here: « une personne », « un point de vue », « non
/// seulement ».
fn denies_nothing(r: &Reading<'_>, i: usize) -> bool {
    let before = i.checked_sub(1).map_or("", |b| r.lower(b));
    match r.lower(i) {
        "personne" | "point" | "moins" => fr::NOUN_MAKERS.has(before),
        // « n'ont pas cédé non plus » denies only once.
        "non" => matches!(r.lower(i + 1), "seulement" | "plus"),
        "plus" => before == "non",
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;

    fn full(text: &str) -> usize {
        extract(&Reading::new(text, Lang::Fr)).iter().filter(|n| n.strength == Strength::Full).count()
    }

    #[test]
    fn ne_with_its_second_word_denies() {
        assert_eq!(full("L'armée n'a pas atteint la ville."), 1);
        assert_eq!(full("Les rebelles non plus ne se sont pas retirés."), 1);
        assert_eq!(full("Personne n'a été tué, et rien ne sera plus comme avant."), 2);
        assert_eq!(full("Ni le maire ni le préfet ne contrôlent la milice."), 1);
        assert_eq!(full("Aucun camion ne passe."), 1);
        assert_eq!(full("Le port n'a jamais été plus calme que pendant la trêve."), 1);
        assert_eq!(full("Le port n'est plus sûr, depuis l'hiver, parce qu'on y tire."), 1);
    }

    #[test]
    fn two_second_words_are_one_negation() {
        for text in ["Le convoi n'avance plus guère.", "Personne n'y va plus jamais.", "Il ne veut plus rien dire."] {
            let found = extract(&Reading::new(text, Lang::Fr));
            assert_eq!(found.len(), 1, "{text}: {found:?}");
        }
    }

    #[test]
    fn look_alikes_are_no_full_negations() {
        for text in [
            "Il ne reste que deux hôpitaux.",
            "Ils ont fui avant qu'il ne soit trop tard.",
            "Non seulement la ville est tombée, mais la route est coupée.",
            "Plus de 255 personnes sont mortes.",
            "Une personne a été blessée.",
            "Il ne reste plus que des ruines.",
            "Le port n'est plus, depuis l'hiver, qu'un amas de tôles.",
            "La sécession n'a jamais été admise que par un État voisin.",
            "La trêve n'est pas sans risque.",
            "Il a fui avant que les gardes ne deviennent plus méfiants.",
            "Cela fait trois ans que je n'ai pas vu la mer.",
        ] {
            assert_eq!(full(text), 0, "{text}");
        }
    }
}
