//! Verbs of saying that became denials, and denials that became other verbs. For admitting, confirming and the like,
//! see [`super::commitments`].

use super::commitments;
use super::source_change::{SourceDifference, push_verb};
use crate::checks::{Pair, Severity};
use crate::facts::attribution::Attribution;
use crate::facts::negation::full_negations;
use crate::facts::reading::Reading;
use crate::lexicon::verbs::SpeechAct;
use crate::lexicon::{WordSet, class, en, fr};
use crate::span::Span;

/// Reports verbs of saying that became another kind, denials first.
pub fn compare(pair: &Pair<'_>, fr: &[&Attribution], en: &[&Attribution], out: &mut Vec<SourceDifference>) {
    denial_added(pair, fr, out);
    denial_lost(pair, fr, en, out);
    commitments::compare(pair, fr, en, out);
}

/// How many words of the text are in the set.
fn count(r: &Reading<'_>, set: &WordSet) -> usize {
    (0..r.len()).filter(|&i| r.is_word(i) && r.among(i, set)).count()
}

/// Reports "denied" where the English has more words of denial than the French.
fn denial_added(pair: &Pair<'_>, fr: &[&Attribution], out: &mut Vec<SourceDifference>) {
    let r = &pair.target.reading;
    let denied = (0..r.len()).find(|&i| {
        matches!(r.lower(i), "denied" | "denies" | "deny")
            && !(i > 0 && r.lower(i - 1) == "to")
            && !denies_a_thing(r, i)
    });
    let Some(at) = denied else { return };
    if count(r, &en::DENIAL) <= count(&pair.source.reading, &fr::DENIAL) {
        return;
    }
    let said = fr.iter().find(|a| a.kind != SpeechAct::Deny);
    // « a dit qu'il n'avait pas … » may become "denied having …": then the English has one negation fewer.
    let absorbs_negation = full_negations(&pair.source.facts).count() > full_negations(&pair.target.facts).count();
    let cue = said.map(|a| a.cue).or_else(|| told_at(&pair.source.reading));
    let severity = if cue.is_some() && !absorbs_negation { Severity::Error } else { Severity::Warning };
    push_verb(out, (said.map_or(SpeechAct::Say, |a| a.kind), SpeechAct::Deny), cue, Some(r.span(at, at + 1)), severity);
}

/// Where a neutral verb of saying stands in a compound tense, wherever its speaker stands: « …, la préfecture a
/// déclaré », « comme l'a indiqué l'armée ».
fn told_at(r: &Reading<'_>) -> Option<Span> {
    let neutral =
        |i: usize| matches!(r.info(i).verb, Some(SpeechAct::Say | SpeechAct::Announce)) && r.is(i, class::PARTICIPLE);
    (1..r.len()).find(|&i| neutral(i) && matches!(r.lower(i - 1), "a" | "ont")).map(|i| r.span(i - 1, i + 1))
}

/// Whether "denied" at `i` means refused, and is no verb of saying: "denied entry", "denied him bail".
fn denies_a_thing(r: &Reading<'_>, i: usize) -> bool {
    r.among(i + 1, &en::DENIED_THINGS) || i > 0 && matches!(r.lower(i - 1), "been" | "being")
}

/// Reports « a démenti » where nothing in the English denies.
fn denial_lost(pair: &Pair<'_>, fr: &[&Attribution], en: &[&Attribution], out: &mut Vec<SourceDifference>) {
    let Some(denial) = fr.iter().find(|a| a.kind == SpeechAct::Deny && denies_by_verb(a.cue.of(pair.source.text)))
    else {
        return;
    };
    let r = &pair.target.reading;
    let false_ = (0..r.len()).any(|i| matches!(r.lower(i), "false" | "untrue" | "baseless" | "against"));
    if count(r, &en::DENIAL) > 0 || pair.target.denies() || false_ {
        return;
    }
    let said = en.iter().find(|e| {
        matches!(
            e.kind,
            SpeechAct::Say | SpeechAct::Confirm | SpeechAct::Announce | SpeechAct::Report | SpeechAct::Admit
        )
    });
    let severity = if said.is_some() { Severity::Error } else { Severity::Warning };
    push_verb(
        out,
        (SpeechAct::Deny, said.map_or(SpeechAct::Say, |e| e.kind)),
        Some(denial.cue),
        said.map(|e| e.cue),
        severity,
    );
}

/// Whether the verb is a usual form of « démentir » or « nier », which do nothing but deny; « contester » and
/// « rejeter » have other uses.
fn denies_by_verb(cue: &str) -> bool {
    let last = cue.split_whitespace().last().unwrap_or("").to_lowercase();
    ["dément", "nie", "nié", "nia", "niè"].iter().any(|p| last.starts_with(p))
}
