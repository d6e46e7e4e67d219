//! Events: who did what to whom, as far as the order of the words shows it.
//!
//! « Les rebelles ont repris Kelba à l'armée » is a capture: the rebels do it, Kelba undergoes it, and the army loses
//! by it. In passives and with « tombé aux mains de » or "fell to" the agent is not the subject, and they are read
//! accordingly. The subject of a relative clause is the noun for which « qui » or "who" stands. What the grammar does
//! not see is left out: an event without an agent does not say that nobody did it.

use super::reading::Reading;
use crate::lexicon::events::{Classes, LemmaId};
use crate::span::Span;

/// How an event is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventForm {
    /// A finite verb, or a participle, infinitive or gerund with its auxiliary or modal: « a repris », « va
    /// reprendre », "were attacking".
    Clause,
    /// An infinitive or gerund without an auxiliary or modal, or a participle beside a noun.
    Phrase,
    /// A noun or adjective: "the release", "dead".
    Word,
}

/// An event and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// The kinds of event that the word tells here, as its object and the words beside it show; none where that is not
    /// clear.
    pub classes: Classes,
    /// `classes`, and the other kinds of event that the word may tell: for a verb only where its object is unknown, for
    /// a noun or adjective those of a verb that is written like it. A translation may render any of them.
    pub possible: Classes,
    /// The word that tells of it, by the entry of its base form in the tables of events.
    pub lemma: LemmaId,
    pub form: EventForm,
    /// Whether the verb is a passive, whose subject undergoes the event: « a été repris », "was retaken".
    pub passive: bool,
    /// Whether the text says that it does not happen: « n'a pas repris », "never retook".
    pub negated: bool,
    /// The verb or noun itself, without auxiliaries.
    pub word: Span,
    /// The verb with its auxiliaries and what belongs to it ("was shot down").
    pub group: Span,
    /// Who does it.
    pub agent: Option<Span>,
    /// Who or what undergoes it.
    pub patient: Option<Span>,
    /// The party that a preposition brings in: from whom something is captured (« à l'armée », "from the army"), or to
    /// whom it is delivered, sold or paid.
    pub oblique: Option<Span>,
}

/// Finds the events of a text, in the order of the text.
pub fn extract(r: &Reading<'_>) -> Vec<Event> {
    crate::language::clause::events(r)
}
