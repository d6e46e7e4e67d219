//! The auxiliaries, pronouns and agents around a French verb of saying.

use crate::facts::reading::Reading;
use crate::lexicon::{class, fr};

/// The auxiliary of the participle at `i`, and whether the verb is passive. `None` where the word is no participle,
/// or where none of the six tokens before it is an auxiliary with only adverbs, hyphens and small words such as « pas »
/// between the two.
pub(super) fn auxiliary(r: &Reading<'_>, i: usize) -> Option<(usize, bool)> {
    if r.is(i, class::PARTICIPLE) { auxiliary_before(r, i) } else { None }
}

/// As [`auxiliary`], for a word that is known to be a participle here, whatever the lexicon says.
pub(super) fn auxiliary_before(r: &Reading<'_>, i: usize) -> Option<(usize, bool)> {
    let mut k = i;
    let mut been = false;
    for _ in 0..6 {
        k = k.checked_sub(1)?;
        match r.lower(k) {
            "été" => been = true,
            w if fr::AVOIR.has(w) => {
                return Some((k, been));
            }
            "est" | "sont" | "était" | "étaient" | "fut" | "furent" => {
                // « s'est félicité » is reflexive and not passive.
                let reflexive = k > 0 && matches!(r.lower(k - 1), "s'" | "se");
                return Some((k, !reflexive));
            }
            w if fr::INSIDE_COMPOUNDS.has(w) => {}
            _ if r.is(k, class::ADV) || r.lower(k).ends_with("ment") || r.mark(k) == '-' => {}
            _ => return None,
        }
    }
    None
}

/// The first token of the group of verbs, if the infinitive at `i` follows « tenir à »: « a tenu à rappeler », « tient
/// à préciser ».
pub(super) fn keen_to_say(r: &Reading<'_>, i: usize) -> Option<usize> {
    let keen = r.is(i, class::NONFINITE)
        && i > 1
        && r.lower(i - 1) == "à"
        && matches!(r.lower(i - 2), "tenu" | "tient" | "tiennent" | "tenait");
    if !keen {
        return None;
    }
    if r.lower(i - 2) == "tenu" { auxiliary_before(r, i - 2).map(|(start, _)| start) } else { Some(i - 2) }
}

/// The pronoun after a verb whose hyphen stands at `at`: « -t-il », « -elle ».
pub(super) fn pronoun_after(r: &Reading<'_>, at: usize) -> Option<usize> {
    let mut k = at + 1;
    if r.lower(k) == "t" && r.mark(k + 1) == '-' {
        k += 2;
    }
    matches!(r.lower(k), "il" | "elle" | "ils" | "elles" | "on" | "je" | "ce").then_some(k)
}

/// The first token of the agent of a passive whose participle stands right before `at`: « l' » in « par l'armée ».
/// « Par la suite » (*afterwards*) may stand between the two: « par la suite par l'armée ».
pub(super) fn agent(r: &Reading<'_>, at: usize) -> Option<usize> {
    let par = |k: usize| r.lower(k) == "par";
    if par(at) && r.lower(at + 1) == "la" && r.lower(at + 2) == "suite" {
        return par(at + 3).then_some(at + 4);
    }
    par(at).then_some(at + 1)
}
