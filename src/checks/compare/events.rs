//! The events of a source text against those of its target: one told as its opposite, parties that changed places, a
//! party that became another.

use super::parties::{keys, shares};
use crate::checks::{Pair, Side};
use crate::facts::FactValue;
use crate::facts::event::{Event, EventForm, extract};
use crate::lexicon::any;
use crate::lexicon::events::{Classes, Events, bits};
use crate::span::Span;

/// How the two sides disagree about an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventChange {
    /// The English has a different event, which the French one excludes.
    Changed,
    /// The same event, with its parties in each other's place.
    Exchanged,
    /// The same event, done by or to another party.
    Party,
    /// The same event, denied in the French only.
    Denied,
}

/// One disagreement, with the spans of the two events.
#[derive(Debug, Clone, Copy)]
pub struct EventDifference {
    pub change: EventChange,
    pub source: Span,
    pub target: Span,
    /// Whether both sides tell it by the verb of a clause, and not by a noun or participle, which are more easily misread.
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
            sides.attempted(&mut out.differences);
            sides.denied(&mut out.differences);
            sides.roles(&mut out.differences);
        }
        (out.source, out.target) = (fr, en);
        out
    }
}

/// With at most this many events on either side, those without a counterpart are taken to correspond.
const FEW: usize = 3;
/// How far apart an event and its rendering may stand, as a share of the length of their sentences.
const REACH: f64 = 0.3;

/// Both sides with their events.
pub(super) struct Sides<'s, 'a> {
    pub(super) source: &'s Side<'a>,
    pub(super) target: &'s Side<'a>,
    pub(super) fr: &'s [Event],
    pub(super) en: &'s [Event],
}

/// Everything that a side may tell.
fn told(events: &[Event]) -> Classes {
    events.iter().fold(0, |all, e| all | e.possible)
}

impl Sides<'_, '_> {
    /// Reports the first French event without an English counterpart, where the English has one that it excludes.
    fn changed(&self, out: &mut Vec<EventDifference>) {
        let tables = Events::get();
        let (paired_fr, paired_en) = self.same();
        // An event that is paired with one of its own class cannot render another one.
        let rest = |events: &[Event], paired: &[bool]| {
            events.iter().zip(paired).filter(|(_, p)| !**p).fold(0, |all, (e, _)| all | e.possible)
        };
        let (french, english) = (rest(self.fr, &paired_fr), rest(self.en, &paired_en));
        let (all_french, all_english) = (told(self.fr), told(self.en));
        let is_open = |e: &Event, rest: Classes, all: Classes| {
            e.classes != 0 && tables.near(e.classes) & rest == 0 && e.classes & all == 0
        };
        // In « craint que le plan ne réussisse » nothing is denied, in « n'ose partir » it is: « ne » alone does not tell.
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

    /// Reports the first event that the French denies and the English tells, where the English denies nothing at all.
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

    /// Whether two opposite events are one, told from either party's side: « L'armée a perdu Kelba », "the rebels took
    /// Kelba"; « l'un a vendu », "the other bought". They are not where the same party does both. In a trade the parties
    /// need not be known; otherwise both must be.
    fn is_converse(&self, f: &Event, e: &Event) -> bool {
        let (a, b) = (keys(self.source, f.agent), keys(self.target, e.agent));
        let trade = Events::get().set_of(&["deliver", "sell", "pay", "receive", "buy"]);
        let is_trade = f.classes & trade != 0 && e.classes & trade != 0;
        !shares(&a, &b) && (is_trade || !a.is_empty() && !b.is_empty())
    }
}

/// Whether one of the classes is a degree or a multiple (doubled, halved), which nouns and adjectives tell as surely as
/// verbs do.
fn is_measure(classes: Classes) -> bool {
    let tables = Events::get();
    bits(classes).any(|c| any::MEASURES.has(tables.name(c)))
}
