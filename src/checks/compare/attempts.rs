//! Events that were attempted or escaped in the French and took place in the English: « a échappé à un attentat » as
//! "was killed in an attack", « une tentative d'enlèvement » as "was abducted".

use super::events::{EventChange, EventDifference, Sides};
use crate::facts::event::{Event, EventForm};
use crate::facts::reading::Reading;
use crate::lexicon::events::{Classes, Events};
use crate::lexicon::{en, fr};
use crate::span::Span;

/// How many words there may be between « tentative » and what was attempted, or between "tried to" and the verb.
const NEAR: usize = 4;

impl Sides<'_, '_> {
    /// Reports a deed that the English tells where the French tells only that it was attempted, or survived.
    pub(super) fn attempted(&self, out: &mut Vec<EventDifference>) {
        if !out.is_empty() {
            return;
        }
        let (r, e) = (&self.source.reading, &self.target.reading);
        let attempts: Vec<(Span, Classes)> = self.fr.iter().filter_map(|f| attempt(r, f)).collect();
        if attempts.is_empty() {
            return;
        }
        let only_tried = |f: &Event| attempts.iter().any(|(span, _)| span.contains(f.word));
        let done = self.fr.iter().filter(|f| !only_tried(f)).fold(0, |all, f| all | f.possible);
        for (span, classes) in &attempts {
            let deed = self.en.iter().find(|d| {
                d.form == EventForm::Clause
                    && !d.negated
                    && d.classes & classes != 0
                    && d.classes & done == 0
                    && !is_tried(e, d)
            });
            if let Some(deed) = deed {
                let (source, target) = (*span, deed.group);
                out.push(EventDifference { change: EventChange::Changed, source, target, sure: true });
                return;
            }
        }
    }
}

/// Where the French tells this event as an attempt, or as a danger that somebody came through, and the classes of deeds
/// that did not come about according to it.
fn attempt(r: &Reading<'_>, event: &Event) -> Option<(Span, Classes)> {
    let at = r.tokens.first_at(event.word.start);
    let before = |set: &crate::lexicon::WordSet| (at.saturating_sub(NEAR)..at).rev().find(|&k| r.among(k, set));
    let tables = Events::get();
    if let Some(k) = before(&fr::ATTEMPTS) {
        let linked = at == k + 2 && matches!(r.lower(k + 1), "de" | "d'");
        return linked.then(|| (r.span(k, k + 1).cover(event.word), event.classes | event.possible));
    }
    let k = before(&fr::ESCAPING)?;
    let violent = event.possible & tables.set_of(&["attack", "kill"]) != 0;
    (violent && event.form == EventForm::Word).then(|| (r.span(k, k + 1).cover(event.word), tables.set_of(&["kill"])))
}

/// Whether the English tells the event as an attempt as well: "tried to kill him".
fn is_tried(r: &Reading<'_>, event: &Event) -> bool {
    let at = r.tokens.first_at(event.word.start);
    (at.saturating_sub(NEAR)..at).any(|k| r.among(k, &en::ATTEMPTING))
}
