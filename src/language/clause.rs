//! Reads events: finds the words that tell of one, the verb group around each, and who stands before and behind it.

use crate::facts::event::{Event, Kind};
use crate::facts::reading::Reading;
use crate::lang::Lang;
use crate::lexicon::events::{Classes, Events, LemmaId, Sense, part};
use crate::lexicon::key::{Key, exact};
use crate::lexicon::{class, fr};

/// Words of a subject or an object at most.
const LONGEST: usize = 12;
/// Words between a verb and what belongs to it: "shot three more drones down".
const GAP: usize = 4;

/// A verb with its auxiliaries, as the grammar of a language finds it.
#[derive(Debug, Clone, Copy)]
pub struct Group {
    /// First token: an auxiliary, a clitic, or the verb itself.
    pub from: usize,
    pub kind: Kind,
    pub passive: bool,
    pub reflexive: bool,
    /// The noun that a participle stands before: "the captured soldiers".
    pub attributive: bool,
}

/// Tokens from a first to before a last one.
type Range = (usize, usize);

/// All events of a text.
pub fn events(r: &Reading<'_>) -> Vec<Event> {
    let mut out: Vec<(usize, Event)> = Vec::new();
    for i in 0..r.len() {
        let is_name = r.capital(i) && !r.opens(i);
        // « cessez-le-feu » tells of no fire.
        let in_compound = i > 0 && r.joins(i - 1) || r.joins(i) || r.joins(i + 1) && r.mark(i + 1) == '-';
        let start = r.span(i, i + 1).start;
        let is_told = out.last().is_some_and(|(_, e)| e.kind != Kind::Word && start < e.group.end);
        if !r.is_word(i) || is_name || in_compound || r.lang == Lang::Fr && fr::NO_EVENT.has(r.lower(i)) {
            continue;
        }
        // « vise à » aims at no target.
        let aims = r.lang == Lang::Fr && r.lower(i).starts_with("vis") && r.lower(i + 1) == "à";
        if aims {
            continue;
        }
        if let Some(event) = read(r, i, &out).filter(|e| e.kind != Kind::Word || !is_told) {
            out.push((i, event));
        }
    }
    out.into_iter().map(|(_, event)| event).collect()
}

/// The event that the word at `i` tells, if any.
fn read(r: &Reading<'_>, i: usize, before: &[(usize, Event)]) -> Option<Event> {
    let events = Events::get();
    let mut readings = events.readings(r.lang, r.words[i].exact).peekable();
    readings.peek()?;
    let (mut parts, mut senses): (u8, Vec<(LemmaId, u8, &Sense, usize)>) = (0, Vec::new());
    for (lemma, p) in readings {
        for sense in &events.lemmas[lemma as usize].senses {
            if let Some(end) = tail(r, i, sense) {
                senses.push((lemma, p, sense, end));
                parts |= p;
            }
        }
    }
    let possible = senses.iter().fold(0, |all, (_, _, s, _)| all | 1 << s.class);
    let group = match r.lang {
        Lang::Fr => super::fr::verb_group::group(r, i, parts),
        Lang::En => super::en::verb_group::group(r, i, parts),
    };
    match group {
        Some(group) if senses.iter().any(|(_, p, _, _)| p & !part::WORD != 0) => {
            senses.retain(|(_, p, _, _)| p & !part::WORD != 0);
            Some(clause(r, i, group, &senses, possible, before))
        }
        _ => {
            let longest = senses.iter().map(|(_, _, s, _)| s.tail.len()).max()?;
            senses.retain(|(_, _, s, _)| s.tail.len() == longest);
            let possible = senses.iter().fold(0, |all, (_, _, s, _)| all | 1 << s.class);
            let end = senses.iter().map(|&(_, _, _, end)| end).max()?;
            word(r, i, end, &senses, possible)
        }
    }
}

/// An event told by a noun or adjective.
fn word(
    r: &Reading<'_>,
    i: usize,
    end: usize,
    senses: &[(LemmaId, u8, &Sense, usize)],
    possible: Classes,
) -> Option<Event> {
    let of_word = |s: &&(LemmaId, u8, &Sense, usize)| s.1 & part::WORD != 0;
    let classes = senses.iter().filter(of_word).fold(0, |all, (_, _, s, _)| all | 1 << s.class);
    let lemma = senses.iter().find(of_word)?.0;
    Some(Event {
        classes,
        possible,
        lemma,
        kind: Kind::Word,
        passive: false,
        negated: false,
        word: r.span(i, i + 1),
        group: r.span(i, end),
        agent: None,
        patient: None,
        from: None,
    })
}

/// An event told by a verb.
fn clause(
    r: &Reading<'_>,
    i: usize,
    group: Group,
    senses: &[(LemmaId, u8, &Sense, usize)],
    possible: Classes,
    before: &[(usize, Event)],
) -> Event {
    let subject = if group.attributive { None } else { subject(r, group.from) };
    let mut chosen = Vec::new();
    let (mut end, mut object, mut possible) = (i + 1, None, possible);
    // What more words point to goes first: "shoot down" before "shoot".
    let mut lengths: Vec<usize> = senses.iter().map(|(_, _, s, _)| s.tail.len()).collect();
    lengths.sort_unstable_by(|a, b| b.cmp(a));
    lengths.dedup();
    for length in lengths {
        let these: Vec<_> = senses.iter().filter(|(_, _, s, _)| s.tail.len() == length).copied().collect();
        end = these.iter().map(|&(_, _, _, end)| end).max().unwrap_or(i + 1);
        object = noun_phrase(r, end, true);
        let direct = object.filter(|&(from, _)| length > 0 || from == 0 || !r.is(from - 1, class::PREP));
        let undergoing = if group.passive && !group.attributive { subject } else { direct };
        (chosen, possible) = choose(r, &these, group, undergoing, subject, possible);
        if !chosen.is_empty() {
            break;
        }
    }
    let undergoing = if group.passive && !group.attributive { subject } else { object };
    let classes = chosen.iter().fold(0, |all, (_, s)| all | 1 << s.class);
    let unaccusative = chosen.iter().any(|(_, s)| s.unaccusative);
    let lemma = chosen.first().map_or(senses[0].0, |c| c.0);
    let (mut agent, mut patient) = if group.passive && !unaccusative {
        (behind(r, end, by), undergoing)
    } else if unaccusative {
        (None, subject)
    } else {
        (subject, object)
    };
    let events = Events::get();
    let is = |name: &str| events.class(name).is_some_and(|c| classes >> c & 1 == 1);
    let mut from = None;
    if is("fall") {
        agent = noun_phrase(r, end, true);
    } else if is("capture") {
        from = behind(r, end, from_whom);
    } else if is("deliver") || is("sell") || is("pay") {
        from = behind(r, end, to_whom);
    }
    // « ont été tués et blessés »: the second participle shares what the first has.
    if group.from == i
        && let Some((_, first)) = before.last().filter(|(at, _)| coordinated(r, *at, i))
        && first.passive
    {
        (agent, patient) = (agent.or(None), None);
        return Event {
            classes,
            possible,
            lemma,
            kind: first.kind,
            passive: true,
            negated: first.negated,
            word: r.span(i, i + 1),
            group: r.span(i, end),
            agent: agent.map(|(a, b)| r.span(a, b)).or(first.agent),
            patient: patient.map(|(a, b): Range| r.span(a, b)).or(first.patient),
            from: None,
        };
    }
    let span = |range: Option<Range>| range.filter(|(a, b)| a < b).map(|(a, b)| r.span(a, b));
    Event {
        classes,
        possible,
        lemma,
        kind: group.kind,
        passive: group.passive,
        negated: negated(r, group.from, end),
        word: r.span(i, i + 1),
        group: r.span(group.from, end),
        agent: span(agent),
        patient: span(patient),
        from: span(from),
    }
}

/// The senses that the words around a verb leave: those whose object stands there, or those that ask for none.
fn choose<'s>(
    r: &Reading<'_>,
    senses: &[(LemmaId, u8, &'s Sense, usize)],
    group: Group,
    undergoing: Option<Range>,
    subject: Option<Range>,
    possible: Classes,
) -> (Vec<(LemmaId, &'s Sense)>, Classes) {
    let mut kept: Vec<(LemmaId, &Sense)> =
        senses.iter().filter(|(_, _, s, _)| !s.reflexive || group.reflexive).map(|&(l, _, s, _)| (l, s)).collect();
    if group.reflexive && kept.iter().any(|(_, s)| s.reflexive) {
        kept.retain(|(_, s)| s.reflexive);
    }
    let of = |range: Option<Range>| range.map_or(0, |range| sets(r, range));
    let (theirs, own) = (of(undergoing), of(subject));
    let fits = |s: &Sense| s.object & if s.unaccusative { own } else { theirs } != 0;
    let classes = |kept: &[(LemmaId, &Sense)]| kept.iter().fold(0, |all, (_, s)| all | 1 << s.class);
    if kept.iter().any(|(_, s)| s.object != 0 && fits(s)) {
        kept.retain(|(_, s)| s.object != 0 && fits(s));
        let possible = classes(&kept);
        return (kept, possible);
    }
    // An object that the tables don't know may be anything.
    let is_known = theirs != 0 || undergoing.is_none() && own != 0;
    kept.retain(|(_, s)| s.object == 0);
    let possible = if is_known { classes(&kept) } else { possible };
    (kept, possible)
}

/// The sets that the nouns of a phrase belong to; a name may be a place or a person.
fn sets(r: &Reading<'_>, (from, to): Range) -> u32 {
    let events = Events::get();
    let mut all = 0;
    for i in from..to {
        let phrase = events.phrases(r.lang, r.words[i].exact).iter().find(|(tail, _)| follows(r, i, tail));
        let nouns = phrase.map_or(events.nouns(r.lang, r.words[i].exact), |(_, c)| std::slice::from_ref(c));
        // The head comes first in French, last in English: "the town's police" are police.
        if !nouns.is_empty() {
            let here = nouns.iter().fold(0, |all, n| all | n.set);
            if r.lang == Lang::Fr && all != 0 {
                break;
            }
            all = here;
        } else if r.lang == Lang::En && r.is(i, class::PREP) && all != 0 {
            break;
        }
        if all == 0 && r.capital(i) && r.is(i, class::CITY) {
            all = events.noun_set("place");
        } else if all == 0 && (r.is(i, class::GIVEN | class::TITLE) || r.is(i, class::ROLE)) {
            all = events.noun_set("person");
        }
    }
    if all == 0 && (from..to).any(|i| r.capital(i)) {
        all = events.noun_set("place");
    }
    all
}

/// Where the words end that a sense asks for behind the verb at `i`; `i + 1` where it asks for none.
fn tail(r: &Reading<'_>, i: usize, sense: &Sense) -> Option<usize> {
    let mut at = i + 1;
    for (n, &key) in sense.tail.iter().enumerate() {
        // « rompre avec » is not « rompre ses relations avec ».
        let reach = if n == 0 && !sense.unaccusative { at + GAP } else { at + 2 };
        at = (at..reach.min(r.len()))
            .take_while(|&k| r.is_word(k) || r.joins(k) || r.tokens.get(k).is_some_and(|t| t.span.len() > 1))
            .find(|&k| {
                r.words[k].exact == key || r.words[k].fold == key && r.lower(k).ends_with('\'') || contracts(r, k, key)
            })?
            + 1;
    }
    Some(at)
}

/// « du », « des » for « de », « au », « aux » for « à ».
fn contracts(r: &Reading<'_>, k: usize, key: Key) -> bool {
    match r.lower(k) {
        "du" | "des" | "d'" => key == exact("de"),
        "au" | "aux" => key == exact("à"),
        _ => false,
    }
}

/// Whether the words with these keys follow the one at `i`, hyphens between them or not.
pub(crate) fn follows(r: &Reading<'_>, i: usize, tail: &[Key]) -> bool {
    let mut at = i + 1;
    tail.iter().all(|&key| {
        if r.joins(at) {
            at += 1;
        }
        at += 1;
        r.words.get(at - 1).is_some_and(|w| w.exact == key || w.fold == key)
    })
}

/// Whether two participles stand side by side: "killed and wounded".
fn coordinated(r: &Reading<'_>, first: usize, second: usize) -> bool {
    second > first
        && second <= first + 3
        && (first + 1..second).all(|k| {
            r.is(k, class::ADV)
                || r.mark(k) == ','
                || matches!(r.lower(k), "et" | "ou" | "and" | "or" | "puis" | "then")
        })
}

/// Whether the group from `from` to `end` denies: « n'a pas … », « sans être … », "without …".
fn negated(r: &Reading<'_>, from: usize, end: usize) -> bool {
    if from > 0 && matches!(r.lower(from - 1), "sans" | "without") {
        return true;
    }
    (from.saturating_sub(if r.lang == Lang::Fr { 4 } else { 1 })..end.min(r.len())).any(|k| {
        if r.lang == Lang::Fr {
            r.is(k, class::NEG) && (from.saturating_sub(4)..end.min(r.len())).any(|n| matches!(r.lower(n), "ne" | "n'"))
        } else {
            matches!(r.lower(k), "not" | "never" | "cannot") || r.lower(k).ends_with("n't")
        }
    })
}

/// What ends a noun phrase: a mark, a verb, a conjunction.
fn ends_phrase(r: &Reading<'_>, k: usize) -> bool {
    let mark = r.mark(k);
    let is_inside = mark == '.' && !r.spaced(k + 1);
    !is_inside && !matches!(mark, '\0' | '-' | '\'' | '’' | '%' | '€' | '$' | '£')
        || r.is(k, class::REL | class::CONJ)
        || r.is(k, class::AUX) && r.lower(k) != "'s" && !matches!(r.lower(k), "été" | "will" | "may" | "might" | "as")
}

/// The subject of the verb group that begins at `at`.
fn subject(r: &Reading<'_>, at: usize) -> Option<Range> {
    let mut to = at;
    while to > 0 && r.is(to - 1, class::ADV) {
        to -= 1;
    }
    // « les rebelles qui ont repris »: whom the pronoun stands for.
    if to > 0 && matches!(r.lower(to - 1), "qui" | "who" | "which" | "that") {
        to -= 1;
    }
    // « L'armée, qui …, a repris »: what stands between commas is stepped over.
    if to > 0 && r.mark(to - 1) == ',' {
        let close = to - 1;
        let open = (close.saturating_sub(20)..close).rev().find(|&k| r.mark(k) == ',');
        to = open.unwrap_or(close);
    }
    let mut from = to;
    while from > 0 && from + LONGEST > to && !ends_phrase(r, from - 1) {
        from -= 1;
    }
    while from < to
        && (r.is(from, class::PREP | class::ADV) || from > 0 && r.is(from - 1, class::PREP))
        && to - from > 1
    {
        from += 1;
    }
    (from < to).then_some((from, to))
}

/// The noun phrase from `at` on; `any` lets a preposition open it.
fn noun_phrase(r: &Reading<'_>, at: usize, any: bool) -> Option<Range> {
    let mut from = at;
    while from < r.len() && r.is(from, class::ADV) {
        from += 1;
    }
    if any && r.is(from, class::PREP) && !matches!(r.lower(from), "par" | "by") {
        from += 1;
    }
    let mut to = from;
    while to < r.len() && to < from + LONGEST && !ends_phrase(r, to) {
        let of = matches!(r.lower(to), "de" | "d'" | "of") || r.is(to, class::DET);
        if r.is(to, class::PREP) && !of && to > from {
            break;
        }
        to += 1;
    }
    (from < to).then_some((from, to))
}

/// The phrase behind the first word that `opens` it, in the clause from `at` on.
fn behind(r: &Reading<'_>, at: usize, opens: fn(&Reading<'_>, usize) -> bool) -> Option<Range> {
    let open = (at..(at + LONGEST).min(r.len())).take_while(|&k| !ends_phrase(r, k)).find(|&k| opens(r, k))?;
    noun_phrase(r, open + 1, false)
}

fn by(r: &Reading<'_>, k: usize) -> bool {
    matches!(r.lower(k), "par" | "by")
}

fn to_whom(r: &Reading<'_>, k: usize) -> bool {
    matches!(r.lower(k), "à" | "au" | "aux" | "to")
}

fn from_whom(r: &Reading<'_>, k: usize) -> bool {
    matches!(r.lower(k), "à" | "au" | "aux" | "from") && !matches!(r.lower(k + 1), "l'aube")
}
