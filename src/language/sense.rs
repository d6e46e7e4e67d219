//! Which of its senses a word has in a text, judged by the words that must follow it and by its subject and object.

use super::noun_phrase::{Range, noun_phrase};
use super::verb_group::VerbGroup;
use crate::facts::reading::Reading;
use crate::lang::Lang;
use crate::lexicon::class;
use crate::lexicon::events::{Classes, Events, LemmaId, Sense};
use crate::lexicon::key::{Key, exact};

/// Within how many tokens after the verb the first word that a sense asks for must stand: in "shot three more drones
/// down", "down" is the fourth token after the verb.
const GAP: usize = 4;

/// A sense that a word may have in the text, because all words that the sense asks for follow there.
#[derive(Clone, Copy)]
pub(super) struct Candidate<'s> {
    pub(super) lemma: LemmaId,
    /// Which forms of this lemma the word can be, as bits of [`crate::lexicon::events::part`].
    pub(super) parts: u8,
    pub(super) sense: &'s Sense,
    /// The token after the words that the sense asks for.
    pub(super) end: usize,
}

/// The classes of all candidates together.
pub(super) fn classes<'s>(candidates: impl IntoIterator<Item = &'s Candidate<'s>>) -> Classes {
    candidates.into_iter().fold(0, |all, c| all | c.sense.bit())
}

/// The senses that the word at `i` may have.
pub(super) fn candidates(r: &Reading<'_>, i: usize) -> Vec<Candidate<'static>> {
    let events = Events::get();
    let mut out = Vec::new();
    for (lemma, parts) in events.readings(r.lang, r.words[i].exact) {
        for sense in &events.lemmas[lemma as usize].senses {
            out.extend(tail(r, i, sense).map(|end| Candidate { lemma, parts, sense, end }));
        }
    }
    out
}

/// What a verb means, judged by the words around it.
pub(super) struct Meaning<'s> {
    /// The senses that fit the words around it; there may be several or none.
    pub(super) chosen: Vec<Candidate<'s>>,
    /// The classes of `chosen`; if the tables don't know the object, there may be others.
    pub(super) possible: Classes,
    /// The token after the verb and the words that its sense asks for.
    pub(super) end: usize,
    /// The noun phrase that follows at `end`.
    pub(super) object: Option<Range>,
}

/// What the verb at `i` means. The senses that ask for the most words are tried first: "shoot down" before "shoot".
/// Those that ask for fewer are tried only if none of the longer ones fits.
pub(super) fn meaning<'s>(
    r: &Reading<'_>,
    i: usize,
    group: VerbGroup,
    candidates: &[Candidate<'s>],
    subject: Option<Range>,
    possible: Classes,
) -> Meaning<'s> {
    let mut lengths: Vec<usize> = candidates.iter().map(|c| c.sense.tail.len()).collect();
    lengths.sort_unstable_by(|a, b| b.cmp(a));
    lengths.dedup();
    let mut meaning = Meaning { chosen: Vec::new(), possible, end: i + 1, object: None };
    for length in lengths {
        let these: Vec<_> = candidates.iter().filter(|c| c.sense.tail.len() == length).copied().collect();
        meaning.end = these.iter().map(|c| c.end).max().unwrap_or(i + 1);
        meaning.object = noun_phrase(r, meaning.end, true);
        let direct = meaning.object.filter(|&(from, _)| length > 0 || from == 0 || !r.is(from - 1, class::PREP));
        let undergoing = if group.passive && !group.attributive { subject } else { direct };
        (meaning.chosen, meaning.possible) = choose(r, these, group, undergoing, subject, meaning.possible);
        if !meaning.chosen.is_empty() {
            break;
        }
    }
    meaning
}

/// The senses in `kept` that fit the words around a verb, and the classes that the verb may have. The senses whose
/// object is there fit; if there are none, those that ask for no object do. `undergoing` is the phrase that says to
/// whom or what the event happens. A reflexive sense fits only a reflexive group, and rules out all other senses
/// there.
fn choose<'s>(
    r: &Reading<'_>,
    mut kept: Vec<Candidate<'s>>,
    group: VerbGroup,
    undergoing: Option<Range>,
    subject: Option<Range>,
    possible: Classes,
) -> (Vec<Candidate<'s>>, Classes) {
    kept.retain(|c| !c.sense.reflexive || group.reflexive);
    if group.reflexive && kept.iter().any(|c| c.sense.reflexive) {
        kept.retain(|c| c.sense.reflexive);
    }
    let sets_of = |range: Option<Range>| range.map_or(0, |range| sets(r, range));
    let (undergoing_sets, subject_sets) = (sets_of(undergoing), sets_of(subject));
    let fits = |c: &Candidate<'_>| {
        let sets = if c.sense.unaccusative { subject_sets } else { undergoing_sets };
        c.sense.object & sets != 0
    };
    if kept.iter().any(fits) {
        kept.retain(fits);
        let possible = classes(&kept);
        return (kept, possible);
    }
    // If the tables don't know the object, it may be any, and all of `possible` stays.
    let is_known = undergoing_sets != 0 || undergoing.is_none() && subject_sets != 0;
    kept.retain(|c| c.sense.object == 0);
    let possible = if is_known { classes(&kept) } else { possible };
    (kept, possible)
}

/// The sets of nouns to which the head of a phrase belongs. Where no known noun stands before it, a city is a place,
/// and a given name, a title or a role is a person. In a phrase with none of these, a capitalised word is taken for a
/// place.
fn sets(r: &Reading<'_>, (from, to): Range) -> u32 {
    let events = Events::get();
    let mut all = 0;
    for i in from..to {
        let phrase = events.phrases(r.lang, r.words[i].exact).iter().find(|(tail, _)| follows(r, i, tail));
        let nouns = phrase.map_or(events.nouns(r.lang, r.words[i].exact), |(_, c)| std::slice::from_ref(c));
        // The head is the first noun in French, and in English the last one before a preposition: "the town's police"
        // are police.
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

/// The token after the words that a sense asks for after the verb at `i`: `i + 1` where it asks for no words, none
/// where they are not all there.
fn tail(r: &Reading<'_>, i: usize, sense: &Sense) -> Option<usize> {
    let mut at = i + 1;
    for (n, &key) in sense.tail.iter().enumerate() {
        // The words of an intransitive sense follow closely: « rompre ses relations avec » is no « rompre avec ». A
        // token of one byte that is no word and joins no words, such as a comma or a full stop, ends the search.
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

/// Whether the word at `k` is the word with this key, contracted or elided: « du », « des », « d' » for « de », « au »,
/// « aux » for « à », « qu' » for « que ».
fn contracts(r: &Reading<'_>, k: usize, key: Key) -> bool {
    match r.lower(k) {
        "du" | "des" | "d'" => key == exact("de"),
        "au" | "aux" => key == exact("à"),
        "qu'" => key == exact("que"),
        _ => false,
    }
}

/// Whether the words with these keys follow the one at `i`, with or without hyphens or apostrophes between them.
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
