//! Finds events that took place in the English, where in the French somebody only attempted them or escaped them:
//! « a échappé à un attentat » as "was killed in an attack", « une tentative d'enlèvement » as "was abducted".

use super::events::{EventChange, EventDifference, Sides};
use crate::facts::event::{Event, EventForm};
use crate::facts::reading::Reading;
use crate::lexicon::events::{Classes, Events};
use crate::lexicon::{en, fr};
use crate::span::Span;

/// How many tokens before an event a word such as « tentative », « échappé » or "tried" is looked for.
const NEAR: usize = 4;

impl Sides<'_, '_> {
    /// Reports the first deed that an English clause tells, where the French tells only that it was attempted or
    /// survived. Nothing is reported if another difference was found before. Deeds that may render another French event
    /// are passed over.
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

/// Where the French tells this event as attempted or escaped, and the classes of events that therefore did not come
/// about; `None` where neither is seen. For an attempt (« tentative de ») these are the classes of the event. For an
/// attack or a killing that somebody escaped, which a noun or adjective must name, it is the class of killings.
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

/// Whether the English also tells that the event did not quite take place: "tried to kill him", "was nearly killed".
fn is_tried(r: &Reading<'_>, event: &Event) -> bool {
    let at = r.tokens.first_at(event.word.start);
    (at.saturating_sub(NEAR)..at).any(|k| r.among(k, &en::ATTEMPTING))
}
