//! States that became others, and capitals that became their states, or the reverse. A capital may stand for its
//! government, but not for the country as the place of an event: « à Moscou » is not "in Russia".

use super::names::{NameChange, NameComparison, NameDifference};
use crate::checks::{Confidence, Severity, Side};
use crate::facts::name::{Unit, names};
use crate::facts::reading::Reading;
use crate::lexicon::{EntryId, Lexicon, any};
use crate::span::Span;

impl NameComparison {
    /// Reports a capital that became its country, or a country that became its capital, where each text has the name
    /// right after a preposition of place, and so not as a party to something.
    pub(super) fn places_for_states(&mut self, (source, target): (&Side<'_>, &Side<'_>)) {
        let list = &Lexicon::get().entries;
        let french: Vec<&Unit> = located(source).collect();
        if french.is_empty() {
            return;
        }
        let english: Vec<&Unit> = located(target).collect();
        let shared = |a: &Unit, b: &Unit| a.entries.iter().any(|e| b.entries.contains(e));
        for f in &french {
            let meant = |e: &&&Unit| {
                let stand = |a: EntryId, b: EntryId| {
                    list.stand_for_one(a, b)
                        && (list.is_capital(a) && list.is_state(b) || list.is_state(a) && list.is_capital(b))
                };
                // A capital may have its country's name: « à Guatemala » may mean the town, and "in Guatemala City"
                // renders it.
                let namesake = f.fold != 0 && target.reading.words.iter().any(|w| w.fold == f.fold);
                !shared(f, e) && !namesake && f.entries.iter().any(|&a| e.entries.iter().any(|&b| stand(a, b)))
            };
            let Some(e) = english.iter().find(meant) else { continue };
            let elsewhere = names(&target.facts).flat_map(|n| &n.units).any(|u| shared(f, u))
                || names(&source.facts).flat_map(|n| &n.units).any(|u| shared(u, e));
            if !elsewhere {
                self.push(NameChange::Changed, Some(f.span), Some(e.span), Severity::Warning, Confidence::Medium);
            }
        }
    }
}

impl NameComparison {
    /// Reports a state that is gone where another one came, whether as a name, as an adjective or inside the name of a
    /// body: « l'armée libyenne » as "the Chadian army". Exactly one state must be gone and one have come, and nothing
    /// must have been reported about either yet.
    pub(super) fn states_replaced(&mut self, (source, target): (&Side<'_>, &Side<'_>)) {
        let (french, english) = (states(source), states(target));
        let lost = unshared(&french, &english);
        let added = unshared(&english, &french);
        let ([(from, _)], [(to, _)]) = (&lost[..], &added[..]) else { return };
        let told = |d: &NameDifference| {
            d.source.is_some_and(|s| s.overlaps(*from)) || d.target.is_some_and(|s| s.overlaps(*to))
        };
        if !self.differences.iter().any(told) {
            self.push(NameChange::Changed, Some(*from), Some(*to), Severity::Warning, Confidence::Medium);
        }
    }
}

/// Where a text names a state in any way, and the states that the word may mean.
fn states(side: &Side<'_>) -> Vec<(Span, Vec<EntryId>)> {
    let list = &Lexicon::get().entries;
    let units = names(&side.facts).flat_map(|n| &n.units).filter(|u| !u.entries.is_empty());
    let of = |u: &Unit| -> Vec<EntryId> { u.entries.iter().filter_map(|&e| list.stands_for(e)).collect() };
    units.map(|u| (u.span, of(u))).filter(|(_, states)| !states.is_empty()).collect()
}

/// The first mention of each state that the other text does not name.
fn unshared(own: &[(Span, Vec<EntryId>)], other: &[(Span, Vec<EntryId>)]) -> Vec<(Span, Vec<EntryId>)> {
    let mut out: Vec<(Span, Vec<EntryId>)> = Vec::new();
    let shares = |a: &[EntryId], b: &[EntryId]| a.iter().any(|e| b.contains(e));
    for (span, states) in own {
        let known = other.iter().chain(&out).any(|(_, theirs)| shares(states, theirs));
        if !known {
            out.push((*span, states.clone()));
        }
    }
    out
}

/// Names of the lexicon right after a preposition of place.
fn located<'s>(side: &'s Side<'_>) -> impl Iterator<Item = &'s Unit> {
    let r = &side.reading;
    names(&side.facts).flat_map(|n| &n.units).filter(move |u| !u.entries.is_empty() && is_placed(r, u.span))
}

/// Whether a preposition of place stands right before the span.
fn is_placed(r: &Reading<'_>, span: Span) -> bool {
    let at = r.tokens.first_at(span.start);
    at > 0 && r.among(at - 1, &any::BEFORE_PLACES)
}
