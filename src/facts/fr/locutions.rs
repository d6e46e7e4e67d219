//! Finds French attributions by a phrase whose verb alone is no verb of saying: « fait état de », « fait savoir que »,
//! « laisse entendre que », « apporte son soutien à ».

use super::auxiliary::auxiliary_before;
use super::claim::clause_after;
use super::phrase::{SUBJECTS, phrase_end, speaker_end, subject_follows, time_end};
use super::saying::Cue;
use crate::facts::attribution::{Attribution, AttributionForm, speaker};
use crate::facts::reading::Reading;
use crate::lexicon::verbs::SpeechAct;
use crate::lexicon::{WordSet, class, fr};

/// The attribution by a phrase such as « fait état », whose last word stands at `i`, and the index after it.
pub fn locution(r: &Reading<'_>, i: usize) -> Option<(Attribution, usize)> {
    let (verb, kind) = match r.lower(i) {
        // As in « fait état de 24 morts », but not in « l'état ».
        "état" if matches!(r.lower(i + 1), "de" | "d'" | "du" | "des" | "que") => {
            (back_to(r, i, &fr::FAIRE)?, SpeechAct::Report)
        }
        // As in « fait part de son inquiétude », but not in « part de marché ».
        "part" if matches!(r.lower(i + 1), "de" | "d'" | "du" | "des") => (back_to(r, i, &fr::FAIRE)?, SpeechAct::Say),
        "savoir" | "valoir" if says_what(r, i) || is_inverted(r, i) => (back_to(r, i, &fr::FAIRE)?, SpeechAct::Say),
        "entendre" if says_what(r, i) || is_inverted(r, i) => (back_to(r, i, &fr::LAISSER)?, SpeechAct::Say),
        "soutien" | "appui" | "solidarité" if matches!(r.lower(i - i.min(1)), "son" | "leur" | "sa") => {
            (lending(r, i - 1)?, SpeechAct::Support)
        }
        _ => return None,
    };
    let participle = r.lower(verb).ends_with(['é', 't', 's']);
    let start = participle.then(|| auxiliary_before(r, verb)).flatten().map_or(verb, |(start, _)| start);
    // « il a été fait état de » is impersonal and has no speaker.
    if (start..verb).any(|k| r.lower(k) == "été") {
        return None;
    }
    let cue = Cue { from: start, verb: i, kind };
    let claim = clause_after(r, i + 1);
    // The speaker follows in « …, a fait savoir le général ».
    if claim.is_none() && start > 0 && is_inverted(r, i) && matches!(r.mark(start - 1), ',' | '»' | '”' | '"') {
        let from = time_end(r, i + 1);
        let end = speaker_end(r, from, phrase_end(r, from));
        let who = (end > from).then(|| r.span(from, end));
        return Some((cue.attribution(r, who, speaker(r, from, end), AttributionForm::Clause, None), end.max(i + 1)));
    }
    let (from, to) = SUBJECTS.subject_before(r, start);
    let source = (from < to).then(|| r.span(from, to));
    let form = if claim.is_some() { AttributionForm::Clause } else { AttributionForm::Object };
    let mut attribution = cue.attribution(r, source, speaker(r, from, to), form, claim);
    if kind == SpeechAct::Support {
        attribution.form = AttributionForm::Object;
        attribution.claim = None;
    }
    Some((attribution, i + 1))
}

/// Whether a subject, and so the speaker, follows the last word of the phrase at `i`.
fn is_inverted(r: &Reading<'_>, i: usize) -> bool {
    subject_follows(r, time_end(r, i + 1))
}

/// Whether a claim follows the last word of the phrase at `i`.
fn says_what(r: &Reading<'_>, i: usize) -> bool {
    matches!(r.lower(i + 1), "que" | "qu'") || clause_after(r, i + 1).is_some()
}

/// Where one of these verb forms stands before `i` with at most three adverbs between: « fait également état ».
fn back_to(r: &Reading<'_>, i: usize, forms: &WordSet) -> Option<usize> {
    let mut k = i;
    loop {
        k = k.checked_sub(1)?;
        if r.among(k, forms) {
            return Some(k);
        }
        if !is_adverb(r, k) || k + 3 < i {
            return None;
        }
    }
}

/// Where a verb of lending support stands before the possessive at `at`, with at most three adverbs between: « a
/// apporté publiquement son soutien ».
fn lending(r: &Reading<'_>, at: usize) -> Option<usize> {
    let mut k = at;
    loop {
        k = k.checked_sub(1)?;
        if r.among(k, &fr::TAKING_SIDES) {
            return Some(k);
        }
        if !is_adverb(r, k) || k + 3 < at {
            return None;
        }
    }
}

/// Whether the word at `k` is a known adverb, or ends in « -ment ».
fn is_adverb(r: &Reading<'_>, k: usize) -> bool {
    r.is(k, class::ADV) || r.lower(k).ends_with("ment")
}

#[cfg(test)]
mod tests {
    use crate::facts::attribution::Attribution;
    use crate::facts::reading::Reading;
    use crate::facts::{attributions, quote};
    use crate::lang::Lang;
    use crate::lexicon::verbs::SpeechAct;

    fn found(text: &str) -> Vec<(String, SpeechAct)> {
        let r = Reading::new(text, Lang::Fr);
        let one = |a: Attribution| (a.source.map_or("", |s| s.of(text)).to_string(), a.kind);
        attributions::extract(&r, &quote::extract(&r)).into_iter().map(one).collect()
    }

    #[test]
    fn locutions_of_saying_have_their_speaker() {
        for (text, source, kind) in [
            ("L'OSDH a fait état de sept civils tués à Kelba.", "L'OSDH", SpeechAct::Report),
            ("L'agence syrienne Sana fait également état de deux morts.", "L'agence syrienne Sana", SpeechAct::Report),
            ("La ministre a fait part de sa vive émotion.", "La ministre", SpeechAct::Say),
            ("Le ministère a fait savoir que la route rouvrirait.", "Le ministère", SpeechAct::Say),
            ("Le gouverneur a laissé entendre que la trêve tiendrait.", "Le gouverneur", SpeechAct::Say),
            ("L'Iran a également apporté son soutien à ses alliés.", "L'Iran", SpeechAct::Support),
            ("Le Kremlin a appelé les deux camps à rendre les prisonniers.", "Le Kremlin", SpeechAct::Ask),
            ("L'ONU a appelé à un cessez-le-feu immédiat.", "L'ONU", SpeechAct::Ask),
            ("Une information démentie par le Kremlin circulait.", "le Kremlin", SpeechAct::Deny),
        ] {
            assert_eq!(found(text), [(source.to_string(), kind)], "{text}");
        }
    }

    #[test]
    fn a_state_is_no_report() {
        assert_eq!(found("L'hôpital est en mauvais état de marche."), []);
        assert_eq!(found("Il a été fait état de ces pertes."), []);
    }
}
