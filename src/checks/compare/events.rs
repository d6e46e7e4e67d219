//! Compares the events of a source text with those of its target. Reports an event told as its opposite, a mere attempt
//! told as a deed, a negation that was lost, parties that changed places and a party that became another.

use super::parties::{parties_of, shares};
use crate::checks::{Pair, Side};
use crate::facts::event::{Event, EventForm, extract};
use crate::lexicon::any;
use crate::lexicon::events::{Classes, Events, bits};
use crate::span::Span;

/// How the two sides disagree about an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventChange {
    /// The English has another event, which the French excludes, or tells as done what the French says was only
    /// attempted.
    Changed,
    /// The same event, or a related one, with its parties in each other's place.
    Exchanged,
    /// The same event, done by or to another party.
    Party,
    /// The same event: the French says that it did not happen, the English that it did.
    Denied,
}

/// One disagreement, with the places to show: the events, or for [`EventChange::Party`] the two parties.
#[derive(Debug, Clone, Copy)]
pub struct EventDifference {
    pub change: EventChange,
    pub source: Span,
    pub target: Span,
    /// Whether the reading of both sides is reliable; for most differences, whether both tell the event by the verb of
    /// a clause, and not by a noun or participle, which are more easily misread.
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

/// If neither side has more events than this, any two events without a counterpart may render each other, wherever they
/// stand.
const FEW: usize = 3;
/// How far apart an event and its rendering may stand, as a share of the length of their texts.
const REACH: f64 = 0.3;

/// Both sides with their events.
pub(super) struct Sides<'s, 'a> {
    pub(super) source: &'s Side<'a>,
    pub(super) target: &'s Side<'a>,
    pub(super) fr: &'s [Event],
    pub(super) en: &'s [Event],
}

/// All classes that the events may belong to.
fn all_possible(events: &[Event]) -> Classes {
    events.iter().fold(0, |all, e| all | e.possible)
}

impl Sides<'_, '_> {
    /// Reports the first French event without an English counterpart for which the English has an opposite event.
    fn changed(&self, out: &mut Vec<EventDifference>) {
        let tables = Events::get();
        let (paired_fr, paired_en) = self.same();
        // An event that has a counterpart of its own class cannot be the counterpart of another event.
        let rest = |events: &[Event], paired: &[bool]| {
            events.iter().zip(paired).filter(|(_, p)| !**p).fold(0, |all, (e, _)| all | e.possible)
        };
        let (french, english) = (rest(self.fr, &paired_fr), rest(self.en, &paired_en));
        let (all_french, all_english) = (all_possible(self.fr), all_possible(self.en));
        // Whether no event of its class stands on the other side, and no unpaired event of a related class.
        let is_unmatched = |e: &Event, rest: Classes, all: Classes| {
            e.classes != 0 && tables.near(e.classes) & rest == 0 && e.classes & all == 0
        };
        // « ne » alone doesn't tell whether the verb is negated: in « craint que le plan ne réussisse » it is not, in
        // « n'ose partir » it is.
        let is_doubtful = |e: &Event| {
            let words = e.group.of(self.source.text);
            !e.negated && (words.starts_with("ne ") || words.starts_with("n'") || words.starts_with("n’"))
        };
        for f in self.fr.iter().filter(|f| is_unmatched(f, english, all_english) && !is_doubtful(f)) {
            let excluded = tables.opposites(f.classes);
            let other = self.en.iter().find(|e| {
                e.classes & excluded != 0
                    && is_unmatched(e, french, all_french)
                    && e.negated == f.negated
                    && is_degree(f.classes) == is_degree(e.classes)
                    && (f.form != EventForm::Word && e.form != EventForm::Word || is_degree(f.classes))
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

    /// For each event of the French and of the English whether it was paired with one of a common class. Nouns and
    /// adjectives are paired with each other first, and so are verbs with verbs.
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

    /// Reports the first event of which the French says that it did not happen and the English that it did, where the
    /// English has no negation at all.
    fn denied(&self, out: &mut Vec<EventDifference>) {
        for f in self.fr.iter().filter(|f| f.negated && f.form != EventForm::Word && f.classes != 0) {
            let told = self.en.iter().find(|e| e.form != EventForm::Word && e.classes & f.classes != 0 && !e.negated);
            if let Some(e) = told.filter(|_| !self.target.denies()) {
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

    /// Whether the English event may render the French one: always where both texts have few events; otherwise only if
    /// they stand at about the same place and both are told by clauses.
    fn may_render(&self, f: &Event, e: &Event) -> bool {
        let (n, m) = (self.source.text.len().max(1) as f64, self.target.text.len().max(1) as f64);
        let apart = (f.group.start as f64 / n - e.group.start as f64 / m).abs();
        let has_few = self.fr.len() <= FEW && self.en.len() <= FEW;
        has_few || apart < REACH && f.form == EventForm::Clause && e.form == EventForm::Clause
    }

    /// Whether two opposite events are the same one, told from the two sides: « L'armée a perdu Kelba », "the rebels
    /// took Kelba"; « l'un a vendu », "the other bought". They are not if the agents may be the same party. Unless both
    /// events are trades, both agents must be known.
    fn is_converse(&self, f: &Event, e: &Event) -> bool {
        let (a, b) = (parties_of(self.source, f.agent), parties_of(self.target, e.agent));
        let trade = Events::get().set_of(&["deliver", "sell", "pay", "receive", "buy"]);
        let is_trade = f.classes & trade != 0 && e.classes & trade != 0;
        // Whoever is sold to and bought from is not on both sides of a trade.
        let oblique = |side: &Side<'_>, event: &Event| parties_of(side, event.oblique);
        let is_same_partner = shares(&oblique(self.source, f), &oblique(self.target, e));
        !shares(&a, &b) && (is_trade && !is_same_partner || !a.is_empty() && !b.is_empty())
    }
}

/// Whether one of the classes is a degree or a multiple (doubled, halved), which nouns and adjectives tell as surely as
/// verbs do.
fn is_degree(classes: Classes) -> bool {
    let tables = Events::get();
    bits(classes).any(|c| any::MEASURES.has(tables.name(c)))
}
