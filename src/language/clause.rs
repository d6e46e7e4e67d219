//! Reads events: finds the words that tell of one, the verb group around each, and the noun phrases that say who takes
//! part.

use super::noun_phrase::{Range, noun_phrase, opens_agent, opens_loser, opens_recipient, phrase_after, subject};
use super::sense::{Candidate, Meaning, candidates, classes, meaning};
use super::verb_group::VerbGroup;
use crate::facts::event::{Event, EventForm};
use crate::facts::reading::Reading;
use crate::lang::Lang;
use crate::lexicon::events::{Classes, Events, part};
use crate::lexicon::{class, en, fr};

/// How many tokens from a form of "leave" on are searched for the state in which something is left.
const STATE: usize = 10;

/// All events of a text. Names, parts of compounds, set phrases and the words of `fr::NO_EVENT` tell of none.
pub fn events(r: &Reading<'_>) -> Vec<Event> {
    let mut out: Vec<(usize, Event)> = Vec::new();
    for i in 0..r.len() {
        let is_name = r.capital(i) && !r.opens(i);
        // The « feu » of « cessez-le-feu » tells of no fire.
        let in_compound = i > 0 && r.joins(i - 1) || r.joins(i) || r.joins(i + 1) && r.mark(i + 1) == '-';
        let start = r.span(i, i + 1).start;
        // What stands inside the last verb's group is part of what that verb tells: « attendre de pied ferme ».
        let is_told = out.last().is_some_and(|(_, e)| e.form != EventForm::Word && start < e.group.end);
        if !r.is_word(i) || is_name || in_compound || r.lang == Lang::Fr && fr::NO_EVENT.has(r.lower(i)) {
            continue;
        }
        if is_told || is_locution(r, i) {
            continue;
        }
        out.extend(read(r, i, &out).map(|event| (i, event)));
    }
    out.into_iter().map(|(_, event)| event).collect()
}

/// Whether the word is only part of a set phrase, and tells of no event: « vise à » (intends to) aims at no target,
/// « à partir de » (from) tells of no departure, « manque à gagner » (lost income) of no gain, "back then" and "come
/// back" of no support.
fn is_locution(r: &Reading<'_>, i: usize) -> bool {
    let before = |n: usize| i.checked_sub(n).map_or("", |k| r.lower(k));
    let next = r.lower(i + 1);
    match r.lang {
        Lang::Fr => match r.lower(i) {
            "partir" => before(1) == "à" && matches!(next, "de" | "du" | "des" | "d'"),
            "gagner" => before(1) == "à" && before(2) == "manque",
            word => word.starts_with("vis") && next == "à",
        },
        Lang::En => match r.lower(i) {
            // "Asked by reporters" demands nothing.
            "asked" => before(1) == "when" || matches!(next, "by" | "about" | "whether" | "what" | "how" | "if"),
            // What "left half of the town without water" has not gone away.
            "left" | "leave" | "leaves" | "leaving" => {
                let mut clause = (i + 2..i + STATE).take_while(|&k| r.is_word(k) || r.joins(k));
                clause.any(|k| r.among(k, &en::LEFT_STATES))
            }
            // "Provided their cargo has been inspected" sets a condition.
            "provided" => i > 0 && r.mark(i - 1) == ',',
            "back" => matches!(next, "then" | "when" | "in" | "home") || en::BEFORE_BACK.has(before(1)),
            _ => false,
        },
    }
}

/// The event that the word at `i` tells of, if any. `before` has the events found before it, each with the token of its
/// word.
fn read(r: &Reading<'_>, i: usize, before: &[(usize, Event)]) -> Option<Event> {
    let mut candidates = candidates(r, i);
    let parts = candidates.iter().fold(0, |all, c| all | c.parts);
    let group = match r.lang {
        _ if candidates.is_empty() => return None,
        Lang::Fr => super::fr::verb_group::group(r, i, parts),
        Lang::En => super::en::verb_group::group(r, i, parts),
    };
    let is_verb_form = |c: &Candidate<'_>| c.parts & !part::WORD != 0;
    match group {
        Some(group) if candidates.iter().any(is_verb_form) => {
            let possible = classes(&candidates);
            candidates.retain(is_verb_form);
            Some(clause(r, i, group, &candidates, possible, before))
        }
        _ => {
            // A phrase such as « feu vert » takes precedence over its first word by itself.
            let longest = candidates.iter().map(|c| c.sense.tail.len()).max()?;
            candidates.retain(|c| c.sense.tail.len() == longest);
            word(r, i, &candidates)
        }
    }
}

/// An event told by a noun or adjective; none if no candidate is a noun or adjective.
fn word(r: &Reading<'_>, i: usize, candidates: &[Candidate<'_>]) -> Option<Event> {
    let is_noun_or_adjective = |c: &&Candidate<'_>| c.parts & part::WORD != 0;
    let end = candidates.iter().map(|c| c.end).max()?;
    Some(Event {
        classes: classes(candidates.iter().filter(is_noun_or_adjective)),
        possible: classes(candidates),
        lemma: candidates.iter().find(is_noun_or_adjective)?.lemma,
        form: EventForm::Word,
        passive: false,
        negated: false,
        word: r.span(i, i + 1),
        group: r.span(i, end),
        agent: None,
        patient: None,
        oblique: None,
    })
}

/// An event told by a verb.
fn clause(
    r: &Reading<'_>,
    i: usize,
    group: VerbGroup,
    candidates: &[Candidate<'_>],
    possible: Classes,
    before: &[(usize, Event)],
) -> Event {
    let subject = if group.attributive { None } else { subject(r, group.from) };
    let meaning = meaning(r, i, group, candidates, subject, possible);
    let classes = classes(&meaning.chosen);
    let parties = parties(r, group, &meaning, subject, classes);
    let span = |range: Option<Range>| range.filter(|(a, b)| a < b).map(|(a, b)| r.span(a, b));
    let event = Event {
        classes,
        possible: meaning.possible,
        lemma: meaning.chosen.first().unwrap_or(&candidates[0]).lemma,
        form: group.form,
        passive: group.passive,
        negated: negated(r, group.from, meaning.end),
        word: r.span(i, i + 1),
        group: r.span(group.from, meaning.end),
        agent: span(parties.agent),
        patient: span(parties.patient),
        oblique: span(parties.oblique),
    };
    // In « ont été tués et blessés » the second participle has no auxiliary of its own. It is passive, it is negated if
    // the first one is, and both have the same patient. If it has no agent, it gets the agent of the first one.
    match before.last() {
        Some((at, first)) if group.from == i && first.passive && coordinated(r, *at, i) => Event {
            form: first.form,
            passive: true,
            negated: first.negated,
            agent: event.agent.or(first.agent),
            patient: first.patient,
            oblique: None,
            ..event
        },
        _ => event,
    }
}

/// Who takes part in an event.
struct Parties {
    /// Who acts.
    agent: Option<Range>,
    /// To whom or what it happens.
    patient: Option<Range>,
    /// From whom something is captured, or to whom something is delivered, sold or paid (see [`Event::oblique`]).
    oblique: Option<Range>,
}

/// Finds who takes part, by the voice of the verb and by its class.
fn parties(
    r: &Reading<'_>,
    group: VerbGroup,
    meaning: &Meaning<'_>,
    subject: Option<Range>,
    classes: Classes,
) -> Parties {
    let is = |name: &str| Events::get().class(name).is_some_and(|c| classes >> c & 1 == 1);
    let (end, object) = (meaning.end, meaning.object);
    let (mut agent, mut patient) = if meaning.chosen.iter().any(|c| c.sense.unaccusative) {
        (None, subject)
    } else if group.passive {
        (phrase_after(r, end, opens_agent), if group.attributive { object } else { subject })
    } else {
        (subject, object)
    };
    let mut oblique = None;
    // « La ville est tombée aux mains des rebelles »: the words after the verb say who took the town.
    if is("fall") {
        agent = noun_phrase(r, end, true);
    } else if is("capture") {
        oblique = phrase_after(r, end, opens_loser);
    } else if is("deliver") || is("sell") || is("pay") {
        oblique = phrase_after(r, end, opens_recipient);
        // In "passed on to the ministry" the phrase after the preposition is who gets it, not what is given.
        if object.is_some_and(|(first, _)| first > 0 && opens_recipient(r, first - 1)) {
            oblique = oblique.or(object);
            patient = patient.filter(|_| patient != object);
        }
    }
    Parties { agent, patient, oblique }
}

/// Whether two participles stand side by side, with at most two adverbs, commas or conjunctions between them: "killed
/// and wounded".
fn coordinated(r: &Reading<'_>, first: usize, second: usize) -> bool {
    second > first
        && second <= first + 3
        && (first + 1..second).all(|k| {
            r.is(k, class::ADV)
                || r.mark(k) == ','
                || matches!(r.lower(k), "et" | "ou" | "and" | "or" | "puis" | "then")
        })
}

/// Whether the group from `from` to `end` is negated: « n'a pas … », « sans être … », "without …". In French a
/// negation such as « pas » counts only with « ne ».
fn negated(r: &Reading<'_>, from: usize, end: usize) -> bool {
    if from > 0 && matches!(r.lower(from - 1), "sans" | "without") {
        return true;
    }
    // French has its negation within the group, up to four tokens before it or two after it (« ne signera pas »),
    // English within the group or right before it.
    let (before, behind) = if r.lang == Lang::Fr { (4, 2) } else { (1, 0) };
    (from.saturating_sub(before)..(end + behind).min(r.len())).any(|k| {
        if r.lang == Lang::Fr {
            r.is(k, class::NEG) && (from.saturating_sub(4)..end.min(r.len())).any(|n| matches!(r.lower(n), "ne" | "n'"))
        } else {
            matches!(r.lower(k), "not" | "never" | "cannot") || r.lower(k).ends_with("n't")
        }
    })
}
