//! The French verb group: clitics, auxiliaries and adverbs before a verb.

use crate::facts::event::EventForm;
use crate::facts::reading::Reading;
use crate::language::verb_group::VerbGroup;
use crate::lexicon::events::part;
use crate::lexicon::{class, fr};

/// The group of the verb at `i`; none where the word is a noun here (« l'attaque »). `parts` says what the form of the
/// word can be ([`part`]).
pub fn group(r: &Reading<'_>, i: usize, parts: u8) -> Option<VerbGroup> {
    let before = if i > 0 { r.lower(i - 1) } else { "" };
    let mut group =
        VerbGroup { from: i, form: EventForm::Phrase, passive: false, reflexive: false, attributive: false };
    let clitics = |group: &mut VerbGroup| {
        while group.from > 0 && is_clitic(r, group.from - 1) {
            group.from -= 1;
            group.reflexive |= matches!(r.lower(group.from), "se" | "s'" | "nous" | "me" | "m'");
        }
    };
    if parts & part::PARTICIPLE != 0 {
        let (been, auxiliary) = auxiliary_before(r, i);
        if let Some(aux) = auxiliary {
            group.from = aux;
            group.form = EventForm::Clause;
            clitics(&mut group);
            take_auxiliaries(r, &mut group);
            let with_have = fr::HAVING.has(r.lower(aux));
            group.passive = been || !with_have && !group.reflexive;
            return Some(group);
        }
        // After a determiner or number the word is a noun: « la prise », « les blessés ». A form that the tables also
        // have as a noun or adjective (`part::WORD`) is a participle only after a word that is no function word.
        let noun = i > 0 && (r.is(i - 1, class::DET) || r.is_number(i - 1));
        if noun || parts & part::WORD != 0 && !(i > 0 && r.is_word(i - 1) && !r.is(i - 1, class::FUNCTION)) {
            return None;
        }
        // A form that may be finite as well is read as finite at the beginning of the text and after a pronoun: « il
        // détruit ».
        if parts & part::FINITE == 0 || i > 0 && !r.is(i - 1, class::PRON) {
            group.passive = true;
            return Some(group);
        }
    }
    if parts & part::FINITE != 0 {
        // After a determiner, preposition or number the word is a noun: « l'attaque », « une frappe », « de frappes ».
        let noun =
            i > 0 && (r.is(i - 1, class::DET | class::PREP) || r.is_number(i - 1)) && !matches!(before, "nous" | "en");
        // In « les gardes le bloquèrent » the ending shows a verb. In « il l'attaque » the pronoun before « l' » shows
        // that « l' » is an object and no article.
        let verbal = ["èrent", "irent", "aient", "eront", "iront"].iter().any(|e| r.lower(i).ends_with(e));
        if noun && !verbal && !(matches!(before, "le" | "la" | "les" | "l'") && i > 1 && r.is(i - 2, class::PRON)) {
            return None;
        }
        clitics(&mut group);
        group.form = EventForm::Clause;
        return Some(group);
    }
    if parts & (part::INFINITIVE | part::GERUND) != 0 {
        clitics(&mut group);
        take_auxiliaries(r, &mut group);
        return Some(group);
    }
    None
}

/// Whether « été » stands between the participle at `i` and its auxiliary, and the token of the auxiliary, if there is
/// one. Besides « été », only adverbs, negations and, near the participle, the words of `fr::WITHIN_GROUP` may stand
/// between participle and auxiliary.
fn auxiliary_before(r: &Reading<'_>, i: usize) -> (bool, Option<usize>) {
    let (mut been, mut auxiliary) = (false, None);
    let mut at = i;
    while at > 0 && auxiliary.is_none() {
        let word = r.lower(at - 1);
        match word {
            "été" => been = true,
            _ if is_auxiliary(word) => auxiliary = Some(at - 1),
            _ if r.is(at - 1, class::ADV | class::NEG) || word.ends_with("ment") => {}
            _ if i - at < 3 && fr::WITHIN_GROUP.has(word) => {}
            _ => break,
        }
        at -= 1;
    }
    (been, auxiliary)
}

/// Takes the auxiliaries, modals, clitics and adverbs before the group into it. The group becomes a clause if one of
/// these auxiliaries seems to be finite: « doit être libéré », « va reprendre », « n'a pas pu reprendre ».
fn take_auxiliaries(r: &Reading<'_>, group: &mut VerbGroup) {
    while group.from > 0 {
        let at = group.from - 1;
        let word = r.lower(at);
        let participle = matches!(word, "pu" | "dû" | "voulu" | "fait" | "failli");
        if !(r.is(at, class::AUX) || participle || r.is(at, class::ADV | class::NEG) || is_clitic(r, at)) {
            break;
        }
        if r.is(at, class::AUX) && !matches!(word, "avoir" | "être" | "ayant" | "étant") {
            group.form = EventForm::Clause;
        }
        group.from = at;
    }
}

/// Whether a clitic stands at `k`. « Nous » counts as a clitic only after another « nous ».
fn is_clitic(r: &Reading<'_>, k: usize) -> bool {
    r.among(k, &fr::CLITICS) || r.lower(k) == "nous" && k > 0 && r.lower(k - 1) == "nous"
}

/// Whether the word is a form of « avoir » or « être ».
fn is_auxiliary(word: &str) -> bool {
    fr::HAVING.has(word) || fr::BEING.has(word)
}
