//! Verbs of saying that commit their speaker to more than having spoken: claiming an attack, admitting, confirming,
//! denouncing, alleging, threatening. "Said" renders most verbs of saying, but not these (a warning excepted), and none
//! of these renders « a dit » (Reuters Handbook, "Attribution": *claimed*, *admitted*, *confirmed* say more than that
//! somebody spoke).

use super::presence::is_same_speaker;
use super::source_change::{SourceDifference, push_verb};
use crate::checks::{Pair, Severity};
use crate::facts::attribution::{Attribution, AttributionForm};
use crate::facts::reading::Reading;
use crate::lexicon::verbs::SpeechAct;
use crate::lexicon::{WordSet, en, fr};

/// One kind of commitment with the words that show it.
struct Commitment {
    kind: SpeechAct,
    /// French verbs that have this sense and hardly any other: their loss is reported. `None`: no loss is reported.
    french: Option<&'static WordSet>,
    /// English verbs that have this sense and hardly any other: where they were added, that is reported.
    english: &'static WordSet,
    /// French words that may stand for the English verbs: where there is one, the verbs were not added.
    any_french: &'static WordSet,
    /// English words that may stand for the French verbs: where there is one, the verbs were not lost.
    any_english: Option<&'static WordSet>,
    /// Kinds that say the contrary of this one. A French verb of this kind that became an English verb of such a kind
    /// is an error.
    contrary: &'static [SpeechAct],
}

const COMMITMENTS: &[Commitment] = &[
    Commitment {
        kind: SpeechAct::Admit,
        french: Some(&fr::ADMITTING),
        english: &en::ADMITTING,
        any_french: &fr::MAY_BE_ADMITTING,
        any_english: Some(&en::MAY_BE_ADMITTING),
        contrary: &[SpeechAct::Deny],
    },
    Commitment {
        kind: SpeechAct::Confirm,
        french: Some(&fr::CONFIRMING),
        english: &en::CONFIRMING,
        any_french: &fr::MAY_BE_CONFIRMING,
        any_english: Some(&en::MAY_BE_CONFIRMING),
        contrary: &[],
    },
    Commitment {
        kind: SpeechAct::Denounce,
        french: Some(&fr::DENOUNCING),
        english: &en::DENOUNCING,
        any_french: &fr::MAY_BE_DENOUNCING,
        any_english: Some(&en::MAY_BE_DENOUNCING),
        contrary: &[SpeechAct::Support],
    },
    Commitment {
        kind: SpeechAct::Allege,
        french: Some(&fr::ALLEGING),
        english: &en::ALLEGING,
        any_french: &fr::MAY_BE_ALLEGING,
        any_english: Some(&en::MAY_BE_ALLEGING),
        contrary: &[SpeechAct::Deny, SpeechAct::Confirm, SpeechAct::Admit],
    },
    Commitment {
        // Only additions are reported: « a averti » may become "said", but « a dit » may not become "threatened".
        kind: SpeechAct::Warn,
        french: None,
        english: &en::THREATENING,
        any_french: &fr::MAY_BE_THREATENING,
        any_english: None,
        contrary: &[],
    },
];

/// Reports verbs of these kinds that were lost or added.
pub fn compare(pair: &Pair<'_>, fr: &[&Attribution], en: &[&Attribution], out: &mut Vec<SourceDifference>) {
    for commitment in COMMITMENTS {
        commitment.added(pair, fr, en, out);
        commitment.lost(pair, fr, en, out);
    }
    responsibility(pair, fr, en, out);
}

/// Whether a word of the set is in the text.
fn has(r: &Reading<'_>, set: &WordSet) -> bool {
    (0..r.len()).any(|i| r.is_word(i) && r.among(i, set))
}

/// Whether the verb itself, the last word of the cue, is in the set.
fn cue_is(cue: &str, set: &WordSet) -> bool {
    let verb = cue.split_whitespace().last().unwrap_or_default().to_lowercase();
    set.has(verb.rsplit('\'').next().unwrap_or_default())
}

impl Commitment {
    /// Reports an English verb of this kind, such as "admitted" or "confirmed", where the French has no word that it
    /// may render, but a neutral attribution, such as « a dit » or « selon »: the English says more than that somebody
    /// spoke.
    fn added(&self, pair: &Pair<'_>, fr: &[&Attribution], en: &[&Attribution], out: &mut Vec<SourceDifference>) {
        // "might threaten" is said of things, not of a speaker.
        let modal = |cue: &str| cue.split_whitespace().any(|w| matches!(w, "might" | "may" | "could" | "would"));
        let marked = en.iter().find(|e| {
            let cue = e.cue.of(pair.target.text);
            cue_is(cue, self.english) && !modal(cue)
        });
        let Some(marked) = marked else { return };
        let source = &pair.source.reading;
        if has(source, self.any_french) || (0..source.len()).any(|i| source.info(i).verb == Some(self.kind)) {
            return;
        }
        // Where the French negates something, the English verb may render that.
        let neutral = fr.iter().find(|a| matches!(a.kind, SpeechAct::Say | SpeechAct::Announce));
        let neutral = neutral.filter(|_| !pair.source.denies());
        if let Some(said) = neutral {
            push_verb(out, (said.kind, self.kind), Some(said.cue), Some(marked.cue), Severity::Warning);
        }
    }

    /// Reports a verb such as « a admis » or « a confirmé » where the English has no such verb, but a neutral
    /// attribution, such as "said" or "according to", or a contrary verb.
    fn lost(&self, pair: &Pair<'_>, fr: &[&Attribution], en: &[&Attribution], out: &mut Vec<SourceDifference>) {
        let Some(verbs) = self.french else { return };
        let is_marked = |a: &&&Attribution| a.kind == self.kind && cue_is(a.cue.of(pair.source.text), verbs);
        let Some(marked) = fr.iter().find(is_marked) else { return };
        let target = &pair.target.reading;
        if self.any_english.is_some_and(|set| has(target, set)) {
            return;
        }
        // If the French has a verb of the contrary kind as well, the English verb renders that.
        let contrary = |e: &&&Attribution| self.contrary.contains(&e.kind) && fr.iter().all(|a| a.kind != e.kind);
        if let Some(contrary) = en.iter().find(contrary) {
            push_verb(out, (self.kind, contrary.kind), Some(marked.cue), Some(contrary.cue), Severity::Error);
            return;
        }
        // A neutral verb counts only where each side has a single attribution: otherwise it may render another French
        // verb.
        let neutral = |k: SpeechAct| matches!(k, SpeechAct::Say | SpeechAct::Announce | SpeechAct::Report);
        let ([_], [said]) = (fr, en) else { return };
        // After what is said, « …, dénonce une ONG » only tells who speaks, and the claim itself carries the blame.
        let tag = self.kind == SpeechAct::Denounce
            && marked.form == AttributionForm::Clause
            && marked.source.is_some_and(|s| s.start > marked.cue.start);
        if neutral(said.kind) && !tag {
            push_verb(out, (self.kind, said.kind), Some(marked.cue), Some(said.cue), Severity::Warning);
        }
    }
}

/// Reports « a revendiqué l'attentat » (the verb with a word for an attack among the next seven tokens) where the
/// English has an attribution, but no "claimed responsibility" or the like; and "claimed responsibility for" where the
/// French has an attribution, but no word such as « revendiquer ».
fn responsibility(pair: &Pair<'_>, fr: &[&Attribution], en: &[&Attribution], out: &mut Vec<SourceDifference>) {
    let (source, target) = (&pair.source.reading, &pair.target.reading);
    let claims = |r: &Reading<'_>, i: usize| r.lower(i).starts_with("revendi");
    let claimed = (0..source.len()).find(|&i| claims(source, i));
    if let Some(at) = claimed {
        let attack = (at..(at + 8).min(source.len())).any(|i| source.among(i, &fr::ATTACKS));
        let verb = fr.iter().find(|a| a.cue.overlaps(source.span(at, at + 1)));
        let (Some(verb), Some(said), true) = (verb, en.first(), attack && !has(target, &en::RESPONSIBILITY)) else {
            return;
        };
        // Whoever "says it carried out the attack" claims it.
        let is_own = |e: &&Attribution| {
            let first = e.claim.map_or("", |c| c.of(pair.target.text).split(' ').next().unwrap_or_default());
            let is_claimant = || verb.source.zip(e.source).is_some_and(|(a, b)| is_same_speaker(pair, a, b));
            matches!(first, "it" | "they" | "he" | "she") && is_claimant()
        };
        if en.iter().any(is_own) {
            return;
        }
        let contrary = matches!(said.kind, SpeechAct::Deny | SpeechAct::Denounce | SpeechAct::Accuse);
        let severity = if contrary { Severity::Error } else { Severity::Warning };
        push_verb(out, (SpeechAct::Claim, said.kind), Some(verb.cue), Some(said.cue), severity);
        return;
    }
    let responsible = (0..target.len()).find(|&i| {
        target.lower(i).starts_with("claim") && target.lower(i + 1) == "responsibility" && target.lower(i + 2) == "for"
    });
    let (Some(at), false) = (responsible, has(source, &fr::RESPONSIBILITY)) else { return };
    if let Some(said) = fr.first() {
        push_verb(out, (said.kind, SpeechAct::Claim), Some(said.cue), Some(target.span(at, at + 2)), Severity::Error);
    }
}
