//! Events: who did what to whom, as far as the order of words shows it.
//!
//! « Les rebelles ont repris Kelba à l'armée » is a capture: the rebels do it, Kelba undergoes it, the army loses by
//! it. Passives, « aux mains de », "fell to" and relative clauses are read the right way round. What the grammar does
//! not see is left out: an event without an agent says nothing of who did it.

use super::reading::Reading;
use crate::lexicon::events::{Classes, LemmaId};
use crate::span::Span;

/// How an event is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventForm {
    /// A finite verb, or a participle with its auxiliary.
    Clause,
    /// An infinitive, a gerund, a participle beside a noun.
    Phrase,
    /// A noun or adjective: "the release", "dead".
    Word,
}

/// An event and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// What happens, as the object and the words beside the verb show.
    pub classes: Classes,
    /// Everything that the word may tell, whatever stands beside it: a translation may render any of these.
    pub possible: Classes,
    pub lemma: LemmaId,
    pub form: EventForm,
    /// The subject undergoes it: « a été repris », "was retaken".
    pub passive: bool,
    /// It is said not to happen: « n'a pas repris », "never retook".
    pub negated: bool,
    /// The verb or noun itself, without auxiliaries.
    pub word: Span,
    /// The verb with its auxiliaries and what belongs to it ("was shot down").
    pub group: Span,
    /// Who does it.
    pub agent: Option<Span>,
    /// Who or what undergoes it.
    pub patient: Option<Span>,
    /// From whom something is taken: « à l'armée », "from the army".
    pub from: Option<Span>,
}

/// Finds the events of a text, in its order.
pub fn extract(r: &Reading<'_>) -> Vec<Event> {
    crate::language::clause::events(r)
}
