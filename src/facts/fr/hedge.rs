//! Finds French hedges, above all the press conditional (*conditionnel de presse*, Grevisse § 889 b): « l'attaque
//! aurait fait douze morts » reports a claim that the newspaper does not vouch for. Other conditionals depend on a
//! condition (« si … »), are the future in the past (« a annoncé que l'armée se retirerait »), or express a wish or
//! duty (« aurait voulu », « aurait dû »).

use crate::facts::hedge::{Hedge, HedgeKind};
use crate::facts::reading::Reading;
use crate::lexicon::{class, fr};

/// The hedges of a text, in its order.
pub fn extract(r: &Reading<'_>) -> Vec<Hedge> {
    let mut out = Vec::new();
    for i in 0..r.len() {
        let word = r.lower(i);
        if is_conditional(word) {
            let kind = match participle(r, i) {
                Some(_) if may_be_press_conditional(r, i, None) && !is_subordinate(r, i) => HedgeKind::PressConditional,
                None if is_reported_state(r, i) => HedgeKind::PressConditional,
                _ => HedgeKind::Doubt,
            };
            out.push(Hedge { span: r.span(i, i + 1), kind });
        } else if r.is(i, class::HEDGE) {
            let hearsay = ["présum", "suppos", "prétend", "soi", "alléguée", "suspect", "soupçon"]
                .iter()
                .any(|p| word.starts_with(p));
            out.push(Hedge {
                span: r.span(i, i + 1),
                kind: if hearsay { HedgeKind::Hearsay } else { HedgeKind::Doubt },
            });
        }
    }
    out
}

/// Whether the conditional at `i`, for which [`participle`] finds nothing, reports that something is so: « Le suspect
/// serait en fuite », « il n'y aurait aucun blessé ». It does not, for example, before a predicate that judges (good,
/// needed, possible), after « ce », « on » or « je », after « que » or « qui », inside quotation marks, or where the
/// text has a condition, a question or another conditional ([`may_be_press_conditional`], [`ENDINGS`]).
fn is_reported_state(r: &Reading<'_>, i: usize) -> bool {
    let before = |n: usize| i.checked_sub(n).map_or("", |k| r.lower(k));
    let own = match (before(2), before(1)) {
        (_, "n'" | "ne") => Some(i - 1),
        ("n'" | "ne", "y" | "en") => Some(i - 2),
        _ => None,
    };
    let mut clause = (0..i).rev().take_while(|&k| r.is_word(k));
    let mut behind = (i + 1..r.len()).filter(|&k| r.is_word(k) && !r.is(k, class::PRON)).take(3);
    let is_judged =
        |k: usize| r.among(k, &fr::JUDGED_STATES) || r.among(k, &fr::MODAL_PARTICIPLES) || r.lower(k) == "été";
    let another = |k: usize| k != i && ENDINGS.iter().any(|e| r.lower(k).ends_with(e));
    may_be_press_conditional(r, i, own)
        && !clause.any(|k| r.among(k, &fr::IMAGINING_SUBJECTS))
        && !behind.any(is_judged)
        && !is_subordinate(r, i)
        && !quoted(r, i)
        && !(0..r.len()).any(another)
}

/// Endings of conditionals. If another word of the text has one of them, [`is_reported_state`] takes the whole text to
/// be imagined and not reported.
const ENDINGS: [&str; 5] = ["erait", "eraient", "urait", "rrait", "drait"];

/// Whether the text has no condition, no question and no « jamais », and before the verb at `i` no word that makes it
/// unreal (« comme », « quand ») and no « ne ». Only the « ne » at `own`, which belongs to the verb itself, is allowed.
fn may_be_press_conditional(r: &Reading<'_>, i: usize, own: Option<usize>) -> bool {
    let is_condition = |k: usize| match r.lower(k) {
        "si" | "sinon" | "sans" | "autrement" | "cas" | "quoi" => true,
        // But not in « lui-même ».
        "même" => k == 0 || !r.joins(k - 1),
        // As in « s'il », but not in « s'introduire ».
        "s'" => k + 1 < r.len() && matches!(r.lower(k + 1), "il" | "ils"),
        _ => false,
    };
    let is_unreal = |k: usize| matches!(r.lower(k), "comme" | "comment" | "quand" | "pourquoi" | "ne" | "n'");
    (0..r.len()).all(|k| {
        !is_condition(k) && r.mark(k) != '?' && r.lower(k) != "jamais" && !(k < i && Some(k) != own && is_unreal(k))
    })
}

/// The participle that makes a compound tense or a passive with the auxiliary at `i`. The participle must be one of the
/// four tokens after the auxiliary, with no words but adverbs, pronouns and « été » between. Participles of modal verbs
/// and of some verbs of wish and belief (« dû », « voulu », « cru ») are left out.
fn participle(r: &Reading<'_>, i: usize) -> Option<usize> {
    let at = (i + 1..(i + 5).min(r.len())).find(|&k| {
        let w = r.lower(k);
        !r.is(k, class::ADV | class::PRON) && w != "été" && r.is_word(k)
    })?;
    let word = r.lower(at);
    let modal = fr::MODAL_PARTICIPLES.has(word);
    (!modal && fr::PARTICIPLES.has(word) && (word == "fait" || !r.is(at, class::FUNCTION))).then_some(at)
}

/// A past conditional: « aurait fait », « auraient été tués », « se serait produite ».
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PastConditional {
    /// The index of its auxiliary.
    pub at: usize,
    /// Whether its auxiliary is plural.
    pub is_plural: bool,
    /// Whether it reports what others claim: nothing in the text shows that it is a condition, a question, a wish, a
    /// guess or an imagined state, and it stands in no quotation.
    pub is_reported: bool,
}

/// The past conditionals of a text, in its order, without those of modal verbs (« aurait dû »).
///
/// They include those after « que » and other words that begin a clause, which are not
/// [`HedgeKind::PressConditional`]. Such a verb may be the future in the past, but news seldom has that in the compound
/// tense; far more often it is a claim that the newspaper does not vouch for.
pub fn past_conditionals(r: &Reading<'_>) -> Vec<PastConditional> {
    (0..r.len()).filter(|&i| is_conditional(r.lower(i))).filter_map(|i| past_conditional(r, i)).collect()
}

/// Whether the word is the conditional of *avoir* or *être* in the third person.
fn is_conditional(word: &str) -> bool {
    matches!(word, "aurait" | "auraient" | "serait" | "seraient")
}

/// The past conditional whose auxiliary stands at `i`; `None` where neither a participle follows nor a noun such as
/// « victime » ([`victim`]), and where *être* makes a passive in the present (« serait cerné »).
fn past_conditional(r: &Reading<'_>, i: usize) -> Option<PastConditional> {
    let at = participle(r, i).or_else(|| victim(r, i))?;
    let between = |words: &[&str]| (i + 1..at).any(|k| words.contains(&r.lower(k)));
    let is_of_etre = r.lower(i).starts_with('s');
    let takes_etre = || {
        let word = r.lower(at).trim_end_matches('s').trim_end_matches('e');
        fr::WITH_ETRE.has(word)
    };
    if is_of_etre && !(i > 0 && matches!(r.lower(i - 1), "se" | "s'")) && !takes_etre() {
        return None;
    }
    // A past state is imagined and not reported: « aurait été plus précis », « aurait été très suivi ».
    let is_state = between(&["été"]) && (r.is(at, class::ADV) || between(&["plus", "moins", "très", "trop", "bien"]));
    let is_guess = between(&["certainement", "probablement", "sûrement", "vraisemblablement", "peut-être", "doute"]);
    let hangs_on_a_wish = (0..i).any(|k| {
        // « ce » is the subject only right before the verb: in « ce test aurait échoué » the subject is the test.
        matches!(r.lower(k), "cela" | "ça" | "on") && k + 4 > i
            || matches!(r.lower(k), "ce" | "c'") && k + 1 == i
            || r.lower(k) == "où" && k + 4 > i
            || r.among(k, &fr::WISHES)
    });
    // The conditional of a verb other than *avoir* and *être* shows that the whole text is imagined: « l'entrée d'un
    // autre signifierait une hausse, aurait mené à une baisse ».
    let imagines =
        |k: usize| !is_conditional(r.lower(k)) && ["erait", "eraient"].iter().any(|e| r.lower(k).ends_with(e));
    let is_imagined = hangs_on_a_wish || (0..r.len()).any(imagines);
    Some(PastConditional {
        at: i,
        is_plural: r.lower(i).ends_with("ent"),
        is_reported: may_be_press_conditional(r, i, None) && !is_state && !is_guess && !is_imagined && !quoted(r, i),
    })
}

/// The noun after « été » that says, as a participle would, what happened to somebody: « auraient été victimes »,
/// « aurait été la cible ».
fn victim(r: &Reading<'_>, i: usize) -> Option<usize> {
    let at = (i + 1..(i + 6).min(r.len())).find(|&k| r.among(k, &fr::FATES))?;
    (i + 1..at).any(|k| r.lower(k) == "été").then_some(at)
}

/// Whether the token at `i` stands within quotation marks.
fn quoted(r: &Reading<'_>, i: usize) -> bool {
    let marks = |set: &[char]| (0..i).filter(|&k| set.contains(&r.mark(k))).count();
    marks(&['«', '“']) > marks(&['»', '”']) || marks(&['"']) % 2 == 1
}

/// Whether « que », « qui » or the like stands anywhere before the verb at `i`. The verb may then be the future in the
/// past, or part of a claim that the text attributes to somebody.
fn is_subordinate(r: &Reading<'_>, i: usize) -> bool {
    (0..i).any(|k| matches!(r.lower(k), "que" | "qu'" | "dont" | "où" | "qui"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;

    fn press(text: &str) -> bool {
        extract(&Reading::new(text, Lang::Fr)).iter().any(|h| h.kind == HedgeKind::PressConditional)
    }

    #[test]
    fn the_press_conditional_is_told_from_the_others() {
        assert!(press("L'attaque aurait fait douze morts."));
        assert!(press("Deux soldats auraient été capturés près de la frontière."));
        assert!(!press("Si la route était ouverte, l'armée serait arrivée."));
        assert!(!press("Le ministre a annoncé que l'armée serait retirée."));
        assert!(!press("L'armée aurait dû partir."));
        assert!(
            press("Des hommes se seraient introduits et auraient été vus s'enfuir."),
            "« s' » is not always « si »"
        );
        assert!(!press("L'armée aurait tiré s'ils avaient avancé."));
    }

    #[test]
    fn what_is_said_to_be_so_now_is_told_from_what_is_judged() {
        assert!(press("Le suspect serait en fuite."));
        assert!(press("Il n’y aurait aucun blessé au camp."));
        assert!(press("Le conducteur n’aurait pas de casier judiciaire."));
        assert!(!press("Il serait bon de partir."));
        assert!(!press("Ce serait une erreur."));
        assert!(!press("L’armée aurait besoin de renforts."));
        assert!(!press("Le maire a dit qu’il serait en ville."));
        assert!(!press("Si elle tombait, la ville serait en ruine."));
    }

    #[test]
    fn a_past_conditional_tells_what_others_claim_unless_the_sentence_imagines_it() {
        let of = |text: &str| {
            let found = past_conditionals(&Reading::new(text, Lang::Fr));
            found.iter().map(|c| (c.is_reported, c.is_plural)).collect::<Vec<_>>()
        };
        assert_eq!(of("Selon lui, des riverains auraient vu des hommes qui se seraient enfuis."), [(true, true); 2]);
        assert_eq!(of("Le suspect serait arrivé lundi, et un complice aurait été arrêté."), [(true, false); 2]);
        assert_eq!(of("Quarante civils auraient aussi été victimes des frappes."), [(true, true)]);
        assert_eq!(of("L'armée serait prête ; elle aurait dû partir et aurait pu rester."), []);
        for imagined in [
            "Sans l'accord, la ville aurait été prise.",
            "Cela aurait été difficile.",
            "Il espérait que la banque aurait essayé.",
            "« La grève aurait coûté cher », dit-il.",
            "Le second aurait été plus déterminant que le premier.",
            "Elle aurait certainement commis une erreur.",
            "Une entrée signifierait une hausse, aurait mené à une baisse.",
        ] {
            assert!(of(imagined).iter().all(|(is_reported, _)| !is_reported), "{imagined}");
        }
    }
}
