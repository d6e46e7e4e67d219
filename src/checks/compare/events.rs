//! The events of a source text against those of its target: one told as its opposite, parties that changed places, a
//! party that became another.

use crate::checks::{Pair, Side};
use crate::facts::FactValue;
use crate::facts::event::{Event, EventForm, extract};
use crate::facts::name::names;
use crate::facts::reading::Reading;
use crate::lang::Lang;
use crate::language::sense::follows;
use crate::lexicon::events::{Classes, Events, bits};
use crate::lexicon::{EntryId, Key, any, class};
use crate::span::Span;

/// How the two sides disagree about an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventChange {
    /// Another event, which the French one excludes.
    Changed,
    /// The same event, with its parties in each other's place.
    Exchanged,
    /// The same event, done by or to another party.
    Party,
    /// The same event, denied in the French only.
    Denied,
}

/// One disagreement, by the numbers of the events.
#[derive(Debug, Clone, Copy)]
pub struct EventDifference {
    pub change: EventChange,
    pub source: Span,
    pub target: Span,
    /// Both sides tell it in a clause of their own, by a verb that means nothing else.
    pub sure: bool,
}

/// The events of both sides, and in what they differ.
#[derive(Debug, Default)]
pub struct EventComparison {
    pub source: Vec<Event>,
    pub target: Vec<Event>,
    pub differences: Vec<EventDifference>,
}

impl Pair<'_> {
    /// The events of both sides, compared.
    pub fn events(&self) -> &EventComparison {
        self.shared.events.get_or_init(|| EventComparison::new(&self.source, &self.target))
    }
}

impl EventComparison {
    fn new(source: &Side<'_>, target: &Side<'_>) -> Self {
        let (fr, en) = (extract(&source.reading), extract(&target.reading));
        let mut out = EventComparison::default();
        if !fr.is_empty() && !en.is_empty() {
            let sides = Sides { source, target, fr: &fr, en: &en };
            sides.changed(&mut out.differences);
            sides.denied(&mut out.differences);
            sides.roles(&mut out.differences);
        }
        (out.source, out.target) = (fr, en);
        out
    }
}

/// With no more events than this on either side, what is left over on both belongs together.
const FEW: usize = 3;
/// How far apart an event and its rendering may stand, as a share of the length of their sentences.
const REACH: f64 = 0.3;

struct Sides<'s, 'a> {
    source: &'s Side<'a>,
    target: &'s Side<'a>,
    fr: &'s [Event],
    en: &'s [Event],
}

/// Everything that a side may tell.
fn told(events: &[Event]) -> Classes {
    events.iter().fold(0, |all, e| all | e.possible)
}

impl Sides<'_, '_> {
    /// Events of the French that nothing English tells, where the English tells what they exclude.
    fn changed(&self, out: &mut Vec<EventDifference>) {
        let tables = Events::get();
        let (paired_fr, paired_en) = self.same();
        // What has its counterpart renders nothing else.
        let rest = |events: &[Event], paired: &[bool]| {
            events.iter().zip(paired).filter(|(_, p)| !**p).fold(0, |all, (e, _)| all | e.possible)
        };
        let (french, english) = (rest(self.fr, &paired_fr), rest(self.en, &paired_en));
        let (all_french, all_english) = (told(self.fr), told(self.en));
        let is_open = |e: &Event, rest: Classes, all: Classes| {
            e.classes != 0 && tables.near(e.classes) & rest == 0 && e.classes & all == 0
        };
        // « craint que le plan ne réussisse »: « ne » alone may deny and may not.
        let is_doubtful = |e: &Event| {
            let words = e.group.of(self.source.text);
            !e.negated && (words.starts_with("ne ") || words.starts_with("n'") || words.starts_with("n’"))
        };
        for f in self.fr.iter().filter(|f| is_open(f, english, all_english) && !is_doubtful(f)) {
            let excluded = tables.opposites(f.classes);
            let other = self.en.iter().find(|e| {
                e.classes & excluded != 0
                    && is_open(e, french, all_french)
                    && e.negated == f.negated
                    && is_measure(f.classes) == is_measure(e.classes)
                    && (f.form != EventForm::Word && e.form != EventForm::Word || is_measure(f.classes))
                    && self.may_render(f, e)
                    && !self.is_converse(f, e)
            });
            if let Some(e) = other {
                let sure = f.form == EventForm::Clause && e.form == EventForm::Clause;
                out.push(EventDifference { change: EventChange::Changed, source: f.group, target: e.group, sure });
                return;
            }
        }
    }

    /// Which events have one of the same class on the other side, each taken once.
    fn same(&self) -> (Vec<bool>, Vec<bool>) {
        let (mut fr, mut en) = (vec![false; self.fr.len()], vec![false; self.en.len()]);
        for strict in [true, false] {
            for (i, f) in self.fr.iter().enumerate() {
                if fr[i] || f.classes == 0 {
                    continue;
                }
                let fits = |e: &Event| {
                    f.classes & e.classes != 0
                        && (!strict || (f.form == EventForm::Word) == (e.form == EventForm::Word))
                };
                if let Some(k) = (0..self.en.len()).find(|&k| !en[k] && fits(&self.en[k])) {
                    (fr[i], en[k]) = (true, true);
                }
            }
        }
        (fr, en)
    }

    /// Events that one side denies and the other tells, where the other denies nothing at all.
    fn denied(&self, out: &mut Vec<EventDifference>) {
        let denies = |side: &Side<'_>| side.facts.iter().any(|f| matches!(f.value, FactValue::Negation(_)));
        for f in self.fr.iter().filter(|f| f.negated && f.form != EventForm::Word && f.classes != 0) {
            let told = self.en.iter().find(|e| e.form != EventForm::Word && e.classes & f.classes != 0 && !e.negated);
            if let Some(e) = told.filter(|_| !denies(self.target)) {
                out.push(EventDifference {
                    change: EventChange::Denied,
                    source: f.group,
                    target: e.group,
                    sure: false,
                });
                return;
            }
        }
    }

    /// Whether the English event stands where the French one does, and both in clauses of their own where there are many.
    fn may_render(&self, f: &Event, e: &Event) -> bool {
        let (n, m) = (self.source.text.len().max(1) as f64, self.target.text.len().max(1) as f64);
        let apart = (f.group.start as f64 / n - e.group.start as f64 / m).abs();
        let is_short = self.fr.len() <= FEW && self.en.len() <= FEW;
        is_short || apart < REACH && f.form == EventForm::Clause && e.form == EventForm::Clause
    }

    /// « L'armée a perdu Kelba » is "the rebels took Kelba": the other party does the opposite. Who gives and who gets tell
    /// one event, unless the same party does both.
    fn is_converse(&self, f: &Event, e: &Event) -> bool {
        let (a, b) = (self.keys(self.source, f.agent), self.keys(self.target, e.agent));
        let trade = Events::get().set_of(&["deliver", "sell", "pay", "receive", "buy"]);
        let is_trade = f.classes & trade != 0 && e.classes & trade != 0;
        !shares(&a, &b) && (is_trade || !a.is_empty() && !b.is_empty())
    }

    /// Events that both sides tell, with other parties.
    fn roles(&self, out: &mut Vec<EventDifference>) {
        let tables = Events::get();
        for f in self.fr.iter().filter(|f| f.form != EventForm::Word && f.classes != 0) {
            for e in self.en.iter().filter(|e| e.form != EventForm::Word && e.classes != 0) {
                if tables.near(f.classes) & e.classes == 0 {
                    continue;
                }
                let (a, p) = (self.keys(self.source, f.agent), self.keys(self.source, f.patient));
                let (b, q) = (self.keys(self.target, e.agent), self.keys(self.target, e.patient));
                let loser = self.keys(self.source, f.from);
                // What English tells by the same event elsewhere is not told by one that is only near.
                let is_near = f.classes & e.classes == 0;
                if is_near && self.en.iter().any(|other| other.classes & f.classes != 0) {
                    continue;
                }
                let exchanged = shares(&a, &q) && shares(&p, &b) && !shares(&a, &b) && !shares(&p, &q)
                    || f.classes & e.classes != 0 && shares(&loser, &b) && !shares(&a, &b);
                let mut add = |change, source: Option<Span>, target: Option<Span>| {
                    let sure = f.form == EventForm::Clause && e.form == EventForm::Clause && f.classes & e.classes != 0;
                    let (source, target) = (source.unwrap_or(f.group), target.unwrap_or(e.group));
                    out.push(EventDifference { change, source, target, sure });
                };
                // A bank that lends to banks: who is who, the names do not show.
                let is_clear = !shares(&a, &p) && !shares(&b, &q) && !self.are_many(&loser);
                if exchanged && is_clear {
                    // « A accuse B ; B accuse A » stands in both texts: another clause tells it the right way round.
                    if self.is_told_straight(f, e) {
                        continue;
                    }
                    add(EventChange::Exchanged, None, None);
                    return;
                }
                if is_near {
                    continue;
                }
                for (s, t) in [(f.agent, e.agent), (f.patient, e.patient)] {
                    let is_clause = holds_event(self.fr, s) || holds_event(self.en, t);
                    if !is_clause && self.is_other_party(s, t) {
                        add(EventChange::Party, s, t);
                        return;
                    }
                }
            }
        }
    }

    /// Whether a party is only known by what it is, and both texts name several such.
    fn are_many(&self, party: &[Party]) -> bool {
        let [Party::Family(family)] = party else { return false };
        let several = |side: &Side<'_>| {
            let whole = Span::new(0, side.text.len());
            people(side, whole).iter().filter(|(_, f)| f & family != 0).count() > 1
        };
        several(self.source) && several(self.target)
    }

    /// Whether the English tells the French event elsewhere with its parties in their places, or the French the English
    /// one.
    fn is_told_straight(&self, f: &Event, e: &Event) -> bool {
        let straight = |f: &Event, e: &Event| {
            let same = |s: Option<Span>, t: Option<Span>| {
                let (a, b) = (self.keys(self.source, s), self.keys(self.target, t));
                shares(&a, &b)
            };
            f.classes & e.classes != 0 && same(f.agent, e.agent) && (same(f.patient, e.patient) || same(f.from, e.from))
        };
        self.en.iter().any(|other| other.group != e.group && straight(f, other))
            || self.fr.iter().any(|other| other.group != f.group && straight(other, e))
    }

    /// Whether two phrases are about other kinds of people, neither of which the other side knows.
    fn is_other_party(&self, french: Option<Span>, english: Option<Span>) -> bool {
        let (Some(french), Some(english)) = (french, english) else { return false };
        let (f, e) = (head(self.source, french), head(self.target, english));
        f != 0 && e != 0 && f & e == 0 && f & self.families(self.target) == 0 && e & self.families(self.source) == 0
    }

    /// The families of people that a side names anywhere.
    fn families(&self, side: &Side<'_>) -> u32 {
        let whole = self.keys(side, Some(Span::new(0, side.text.len())));
        whole.iter().fold(0, |all, p| if let Party::Family(f) = p { all | f } else { all })
    }

    /// Whom a phrase names.
    fn keys(&self, side: &Side<'_>, span: Option<Span>) -> Vec<Party> {
        let Some(span) = span else { return Vec::new() };
        let mut out = Vec::new();
        for unit in names(&side.facts).filter(|n| n.span.overlaps(span)).flat_map(|n| &n.units) {
            if !unit.span.overlaps(span) {
                continue;
            }
            if unit.entries.is_empty() {
                if unit.proper && unit.fold != 0 {
                    out.push(Party::Name(unit.fold));
                }
            } else {
                out.extend(unit.entries.iter().map(|&e| Party::Entry(e)));
            }
        }
        out.extend(people(side, span).into_iter().map(|(_, family)| family).filter(|f| *f != 0).map(Party::Family));
        out
    }
}

/// The nouns of a phrase that are people, each with the bits of its families: none for "people", which may be anybody.
fn people(side: &Side<'_>, span: Span) -> Vec<(usize, u32)> {
    let (tables, r) = (Events::get(), &side.reading);
    let people = tables.noun_set("person") | tables.noun_set("party");
    let mut i = r.tokens.all().partition_point(|t| t.span.start < span.start);
    let mut out = Vec::new();
    while i < r.len() && r.span(i, i + 1).end <= span.end {
        let phrase = tables.phrases(r.lang, r.words[i].exact).iter().find(|(tail, _)| follows(r, i, tail));
        let nouns = tables.nouns(r.lang, r.words[i].exact);
        let found: &[_] = phrase.map_or(nouns, |(_, concept)| std::slice::from_ref(concept));
        let theirs = || found.iter().filter(|c| c.set & people != 0);
        let last = i + phrase.map_or(0, |(tail, _)| tail.len());
        if theirs().next().is_some() && !is_faculty(r, i) {
            out.push((last, theirs().filter(|c| c.family != 0).fold(0, |all, c| all | 1 << c.family)));
        }
        i += 1 + phrase.map_or(0, |(tail, _)| tail.len());
    }
    out
}

/// « le pouvoir de leurs chefs », « fondé de pouvoir », « l'opposition des maires » are faculties and acts, and « unité
/// anti-terroriste » is against whom it names.
fn is_faculty(r: &Reading<'_>, i: usize) -> bool {
    let before = i.checked_sub(1).map_or("", |k| r.lower(k));
    let of = matches!(r.lower(i + 1), "de" | "d'" | "des" | "à");
    let abstracted = match r.lower(i) {
        "pouvoir" => of || before == "de",
        "opposition" => r.lang == Lang::Fr && of,
        _ => false,
    };
    abstracted || i > 1 && r.joins(i - 1) && matches!(r.lower(i - 2), "anti" | "contre" | "counter" | "pro" | "non")
}

/// The families of the noun that a phrase is about: the first in French, in English the last word before a preposition:
/// "a senior manager of the port" is about a manager.
fn head(side: &Side<'_>, span: Span) -> u32 {
    let r = &side.reading;
    let of = |i: usize| match r.lang {
        Lang::Fr => matches!(r.lower(i), "du" | "des"),
        Lang::En => r.is(i, class::PREP | class::REL),
    };
    let first = r.tokens.all().partition_point(|t| t.span.start < span.start);
    let end = (first + 1..r.len()).find(|&i| r.span(i, i + 1).end > span.end || of(i)).unwrap_or(r.len());
    let mut found = people(side, span).into_iter().filter(|(i, _)| *i < end);
    let head = match r.lang {
        Lang::Fr => found.next(),
        Lang::En => found.next_back().filter(|(i, _)| (i + 1..end).all(|k| !r.is_word(k))),
    };
    head.map_or(0, |(_, family)| family)
}

/// Whether a phrase reaches over a verb: "the army bombed worshippers" is a clause, and all whom it names are no one party.
fn holds_event(events: &[Event], phrase: Option<Span>) -> bool {
    phrase.is_some_and(|span| events.iter().any(|e| e.form != EventForm::Word && span.contains(e.word)))
}

/// Degrees and multiples, which words tell as well as verbs.
fn is_measure(classes: Classes) -> bool {
    let tables = Events::get();
    bits(classes).any(|c| any::MEASURES.has(tables.name(c)))
}

/// One party, as a phrase names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Party {
    Entry(EntryId),
    Name(Key),
    /// Bits of families of nouns: "army", "civilian".
    Family(u32),
}

fn shares(a: &[Party], b: &[Party]) -> bool {
    a.iter().any(|x| {
        b.iter().any(|y| match (x, y) {
            (Party::Family(f), Party::Family(e)) => f & e != 0,
            _ => x == y,
        })
    })
}
