//! Events that both texts tell, with parties that changed places or became others.

use super::events::{EventChange, EventDifference, Sides};
use super::parties::{Party, head, parties_of, people, shares};
use crate::checks::Side;
use crate::facts::event::{Event, EventForm};
use crate::lexicon::events::Events;
use crate::span::Span;

impl Sides<'_, '_> {
    /// Reports the first event that both sides tell with its parties exchanged, or with another party.
    pub(super) fn roles(&self, out: &mut Vec<EventDifference>) {
        let tables = Events::get();
        for f in self.fr.iter().filter(|f| f.form != EventForm::Word && f.classes != 0) {
            for e in self.en.iter().filter(|e| e.form != EventForm::Word && e.classes != 0) {
                if tables.near(f.classes) & e.classes == 0 {
                    continue;
                }
                let (fr_agent, fr_patient) = (parties_of(self.source, f.agent), parties_of(self.source, f.patient));
                let (en_agent, en_patient) = (parties_of(self.target, e.agent), parties_of(self.target, e.patient));
                let oblique = parties_of(self.source, f.oblique);
                // An event of a related class counts only where the English has none of the same class.
                let is_near = f.classes & e.classes == 0;
                if is_near && self.en.iter().any(|other| other.classes & f.classes != 0) {
                    continue;
                }
                let exchanged = shares(&fr_agent, &en_patient)
                    && shares(&fr_patient, &en_agent)
                    && !shares(&fr_agent, &en_agent)
                    && !shares(&fr_patient, &en_patient)
                    || f.classes & e.classes != 0 && shares(&oblique, &en_agent) && !shares(&fr_agent, &en_agent);
                let mut add = |change, source: Option<Span>, target: Option<Span>| {
                    let sure = f.form == EventForm::Clause && e.form == EventForm::Clause && f.classes & e.classes != 0;
                    let (source, target) = (source.unwrap_or(f.group), target.unwrap_or(e.group));
                    out.push(EventDifference { change, source, target, sure });
                };
                // Where both parties may be the same, as when a bank lends to banks, the words for them do not show
                // which is which.
                let is_clear =
                    !shares(&fr_agent, &fr_patient) && !shares(&en_agent, &en_patient) && !self.are_many(&oblique);
                // Whoever meets somebody is met: « a été reçu par » may be "met".
                let is_mutual = tables.lemmas[usize::from(e.lemma)].text == "meet";
                if exchanged && is_clear && !is_mutual {
                    // « A accuse B ; B accuse A »: where both texts say this, another clause tells the event the right
                    // way round.
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

    /// Whether a party is known only by what kind of people it is, and both texts have more than one noun for that
    /// kind.
    fn are_many(&self, party: &[Party]) -> bool {
        let [Party::Family(family)] = party else { return false };
        let several = |side: &Side<'_>| {
            let whole = Span::new(0, side.text.len());
            people(side, whole).iter().filter(|(_, f)| f & family != 0).count() > 1
        };
        several(self.source) && several(self.target)
    }

    /// Whether another English clause tells the French event with its parties in their places, or another French clause
    /// the English event.
    fn is_told_straight(&self, f: &Event, e: &Event) -> bool {
        let straight = |f: &Event, e: &Event| {
            let same = |s: Option<Span>, t: Option<Span>| {
                let (a, b) = (parties_of(self.source, s), parties_of(self.target, t));
                shares(&a, &b)
            };
            f.classes & e.classes != 0
                && same(f.agent, e.agent)
                && (same(f.patient, e.patient) || same(f.oblique, e.oblique))
        };
        self.en.iter().any(|other| other.group != e.group && straight(f, other))
            || self.fr.iter().any(|other| other.group != f.group && straight(other, e))
    }

    /// Whether two phrases are about different kinds of people, neither of which the other side names anywhere.
    fn is_other_party(&self, french: Option<Span>, english: Option<Span>) -> bool {
        let (Some(french), Some(english)) = (french, english) else { return false };
        let (f, e) = (head(self.source, french), head(self.target, english));
        f != 0 && e != 0 && f & e == 0 && f & self.families(self.target) == 0 && e & self.families(self.source) == 0
    }

    /// The kinds of people that a side names anywhere, as the bits of [`Party::Family`].
    fn families(&self, side: &Side<'_>) -> u32 {
        let whole = parties_of(side, Some(Span::new(0, side.text.len())));
        whole.iter().fold(0, |all, p| if let Party::Family(f) = p { all | f } else { all })
    }
}

/// Whether a phrase has the verb of an event in it, as "the army bombed worshippers" has. Then it is a clause, and
/// those whom it names are not one party.
fn holds_event(events: &[Event], phrase: Option<Span>) -> bool {
    phrase.is_some_and(|span| events.iter().any(|e| e.form != EventForm::Word && span.contains(e.word)))
}
