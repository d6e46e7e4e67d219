//! The English verb group: auxiliaries and adverbs before a verb, and what tells a verb from a noun of the same form.

use crate::facts::event::EventForm;
use crate::facts::reading::Reading;
use crate::language::verb_group::VerbGroup;
use crate::lexicon::events::part;
use crate::lexicon::{class, en};

/// The group of the verb at `i`; none where the word is a noun or adjective here ("the attack", "an open letter").
/// `parts` says what the form of the word can be ([`part`]).
pub fn group(r: &Reading<'_>, i: usize, parts: u8) -> Option<VerbGroup> {
    let may_be = |part: u8| parts & part != 0;
    let bare = VerbGroup { from: i, form: EventForm::Phrase, passive: false, reflexive: false, attributive: false };
    if let Some(group) = with_auxiliaries(r, bare, parts) {
        return Some(group);
    }
    // Whether the word before shows that this one is a noun or adjective. After "to" it is an infinitive.
    let follows_preposition = i > 0 && r.is(i - 1, class::PREP) && r.lower(i - 1) != "to";
    // "Of supporting the rebels" is a verb.
    let nominal = i > 0
        && (follows_preposition && !may_be(part::GERUND)
            || r.is(i - 1, class::DET)
            || r.lower(i - 1) == "'s"
            || r.is_number(i - 1));
    if may_be(part::PARTICIPLE) {
        return participle(r, bare, may_be(part::FINITE), nominal);
    }
    let clause = VerbGroup { form: EventForm::Clause, ..bare };
    // A form that may be a noun as well ("attack", "strikes") is read as a finite verb only in a question
    // ([`is_asked`]), or if the words beside it look like a subject and an object ([`has_subject_and_object`]).
    let noun_too = may_be(part::WORD);
    if nominal {
        None
    } else if may_be(part::PAST) && !noun_too || may_be(part::INFINITIVE) && is_asked(r, i) {
        Some(clause)
    } else if may_be(part::GERUND) || may_be(part::INFINITIVE) && i > 0 && r.lower(i - 1) == "to" {
        Some(bare)
    } else {
        (may_be(part::FINITE) && has_subject_and_object(r, i, noun_too)).then_some(clause)
    }
}

/// Whether the verb at `i` belongs to a question: one of the six words before it, with no mark between, is a form of
/// *do* that begins the text or follows a question word, as in "Where does the road begin?"
fn is_asked(r: &Reading<'_>, i: usize) -> bool {
    let before = |k: usize| k.checked_sub(1).map_or("", |b| r.lower(b));
    let asks = |k: usize| k == 0 || matches!(before(k), "where" | "when" | "why" | "how" | "what" | "whom");
    let is_word = |k: &usize| r.is_word(*k);
    (i.saturating_sub(6)..i).rev().take_while(is_word).any(|k| matches!(r.lower(k), "do" | "does" | "did") && asks(k))
}

/// The group with the auxiliaries before the verb. None where there are no auxiliaries, or where they do not go with
/// any form that the verb may have.
fn with_auxiliaries(r: &Reading<'_>, bare: VerbGroup, parts: u8) -> Option<VerbGroup> {
    let mut group = bare;
    let (be, have) = auxiliaries(r, &mut group);
    let found = group.from < bare.from && (be || have || group.form == EventForm::Clause);
    if parts & part::PARTICIPLE != 0 && (be || have) {
        return Some(VerbGroup { passive: be, ..group });
    }
    let progressive = parts & part::GERUND != 0 && be;
    let modal = parts & part::INFINITIVE != 0 && found && !be;
    (progressive || modal).then_some(group)
}

/// The group of a participle without an auxiliary; `may_be_past` says that its form may be a past tense as well,
/// `nominal` that a determiner, preposition, genitive or number stands before it.
fn participle(r: &Reading<'_>, bare: VerbGroup, may_be_past: bool, nominal: bool) -> Option<VerbGroup> {
    let next = bare.from + 1;
    // After a determiner and the like the word is a participle only if a noun follows, as in "the captured soldiers".
    // "The wounded" is a noun itself.
    if nominal {
        let noun_follows = r.is_word(next) && !r.is(next, class::FUNCTION);
        return noun_follows.then_some(VerbGroup { attributive: true, passive: true, ..bare });
    }
    // "The truce called for by the council": a particle may stand before "by".
    let by = if r.is(next, class::PREP | class::ADV) { next + 1 } else { next };
    if !may_be_past || r.lower(next) == "by" || r.lower(by) == "by" {
        return Some(VerbGroup { passive: true, ..bare });
    }
    Some(VerbGroup { form: EventForm::Clause, ..bare })
}

/// Whether a subject seems to stand right before `i`, and an object right after it. The word before must be a pronoun,
/// an adverb, or a word that is no function word. A determiner, a pronoun, a number or a capital counts as an object.
/// No object is needed after a pronoun. If the form cannot be a noun (`noun_too` is false), an adverb, a gerund or
/// an infinitive after `i` counts as an object as well ("denies knowing", "refuses to leave").
fn has_subject_and_object(r: &Reading<'_>, i: usize, noun_too: bool) -> bool {
    let object_follows = r.is(i + 1, class::DET | class::PRON) || r.is_number(i + 1) || r.capital(i + 1);
    let is_relative = i > 0 && !noun_too && matches!(r.lower(i - 1), "who" | "which" | "that");
    let subject_before = i > 0
        && (is_relative || r.is(i - 1, class::PRON | class::ADV) || r.is_word(i - 1) && !r.is(i - 1, class::FUNCTION));
    let more_follows = r.is(i + 1, class::ADV) || r.lower(i + 1).ends_with("ing") || r.lower(i + 1) == "to";
    subject_before && (object_follows || r.is(i - 1, class::PRON) || !noun_too && more_follows)
}

/// Takes the auxiliaries and adverbs before the verb into the group. The group becomes a clause if any of the
/// auxiliaries is not "be", "being", "having", "get" or "getting". Returns whether the auxiliary nearest to the verb is
/// a form of *be* (or *get*), and whether it is a form of *have*.
fn auxiliaries(r: &Reading<'_>, group: &mut VerbGroup) -> (bool, bool) {
    let (mut be, mut have, mut is_nearest) = (false, false, true);
    while group.from > 0 {
        let at = group.from - 1;
        let word = r.lower(at);
        let is_be = en::BEING.has(word);
        let is_have = matches!(word, "have" | "has" | "had" | "having" | "'ve");
        let is_aux = is_be || is_have || r.is(at, class::AUX) && word != "'s";
        if !(is_aux || r.is(at, class::ADV | class::NEG) && !r.is(at, class::PRON) || word.ends_with("ly")) {
            break;
        }
        if is_aux {
            if is_nearest {
                (be, have, is_nearest) = (is_be, is_have, false);
            }
            if !matches!(word, "be" | "being" | "having" | "get" | "getting") {
                group.form = EventForm::Clause;
            }
        }
        group.from = at;
    }
    (be, have)
}
