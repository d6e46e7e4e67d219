//! French hedges, above all the press conditional (*conditionnel de presse*, Grevisse § 889 b): « l'attaque aurait fait
//! douze morts » tells a claim that nobody vouches for. It is not the conditional of a condition (« si … »), nor the
//! future in the past (« a annoncé que l'armée se retirerait »), nor a wish (« aurait dû », « aurait voulu »).

use crate::facts::hedge::{Hedge, Kind};
use crate::facts::reading::Reading;
use crate::lexicon::class;

pub fn extract(r: &Reading<'_>) -> Vec<Hedge> {
    let mut out = Vec::new();
    for i in 0..r.len() {
        let word = r.lower(i);
        if matches!(word, "aurait" | "auraient" | "serait" | "seraient") {
            let kind = match participle(r, i) {
                Some(_) if may_be_press_conditional(r, i) && !told(r, i) => Kind::PressConditional,
                _ => Kind::Doubt,
            };
            out.push(Hedge { span: r.span(i, i + 1), kind });
        } else if r.is(i, class::HEDGE) {
            let hearsay = ["présum", "suppos", "prétend", "soi", "alléguée", "suspect", "soupçon"]
                .iter()
                .any(|p| word.starts_with(p));
            out.push(Hedge { span: r.span(i, i + 1), kind: if hearsay { Kind::Hearsay } else { Kind::Doubt } });
        }
    }
    out
}

/// No condition and no question in the sentence, no unreal comparison before the verb at `i`.
fn may_be_press_conditional(r: &Reading<'_>, i: usize) -> bool {
    let is_condition =
        |k: usize| matches!(r.lower(k), "si" | "s'" | "sinon" | "sans" | "autrement" | "cas" | "même" | "quoi");
    let is_unreal = |k: usize| matches!(r.lower(k), "comme" | "comment" | "quand" | "pourquoi" | "ne" | "n'");
    (0..r.len()).all(|k| !is_condition(k) && r.mark(k) != '?' && r.lower(k) != "jamais" && !(k < i && is_unreal(k)))
}

/// The participle that makes a compound tense with the auxiliary at `i`, modal ones excepted.
fn participle(r: &Reading<'_>, i: usize) -> Option<usize> {
    let at = (i + 1..(i + 5).min(r.len())).find(|&k| {
        let w = r.lower(k);
        !r.is(k, class::ADV | class::PRON) && w != "été" && r.is_word(k)
    })?;
    let word = r.lower(at);
    let modal =
        ["dû", "pu", "fallu", "voulu", "souhaité", "aimé", "préféré", "cru", "pensé", "mieux", "prêt"].contains(&word);
    let ends = [
        "é", "ée", "és", "ées", "i", "ie", "is", "ies", "u", "ue", "us", "ues", "it", "ite", "ert", "erte", "mort",
        "morts", "fait",
    ];
    (!modal && ends.iter().any(|e| word.ends_with(e)) && (word == "fait" || !r.is(at, class::FUNCTION))).then_some(at)
}

/// Somebody is said to say it, or it hangs on a « que »: future in the past, or an attributed claim.
fn told(r: &Reading<'_>, i: usize) -> bool {
    (0..i).any(|k| matches!(r.lower(k), "que" | "qu'" | "dont" | "où" | "qui"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;

    fn press(text: &str) -> bool {
        extract(&Reading::new(text, Lang::Fr)).iter().any(|h| h.kind == Kind::PressConditional)
    }

    #[test]
    fn the_press_conditional_is_told_from_the_others() {
        assert!(press("L'attaque aurait fait douze morts."));
        assert!(press("Deux soldats auraient été capturés près de la frontière."));
        assert!(!press("Si la route était ouverte, l'armée serait arrivée."));
        assert!(!press("Le ministre a annoncé que l'armée serait retirée."));
        assert!(!press("L'armée aurait dû partir."));
    }
}
