//! Figures that changed places: every value survives, but « 12 morts et 30 blessés » became "30 dead and 12 wounded".
//!
//! Translations reorder freely, and the words around a figure go with it. Only where the figures crossed and the words
//! stayed is it an exchange.

use super::atoms::Part;
use super::context::likeness;
use super::matching::Matching;
use super::{FigureChange, FigureDifference, Figures, Texts};
use crate::checks::{Confidence, Severity};

/// How much better the exchanged places must fit to be worth a warning, and an error.
const WARNING: i32 = 1;
const ERROR: i32 = 3;

pub fn find(texts: &Texts, matching: &Matching, out: &mut Figures) {
    for (k, a) in matching.pairs.iter().enumerate() {
        for b in &matching.pairs[k + 1..] {
            let crossed = (a.source < b.source) != (a.target < b.target);
            let (s, t) = (&texts.s[a.source], &texts.s[b.source]);
            let days = s.part == t.part && matches!(s.part, Part::Weekday | Part::Month);
            let numbers = s.is_number() && t.is_number();
            if !crossed || !(numbers || days) || s.value == t.value || s.fact == t.fact {
                continue;
            }
            if texts.t[a.target].fact == texts.t[b.target].fact {
                continue;
            }
            // What they count or measure was compared already.
            let told = |kind| out.of(kind).any(|d| d.source == Some(s.fact) || d.source == Some(t.fact));
            if told(FigureChange::CasualtyChanged) || told(FigureChange::UnitChanged) {
                continue;
            }
            let straight = likeness(texts, a.source, a.target) + likeness(texts, b.source, b.target);
            let swapped = likeness(texts, a.source, b.target) + likeness(texts, b.source, a.target);
            let gain = swapped - straight;
            if gain < WARNING {
                continue;
            }
            let (severity, confidence) = if gain >= ERROR {
                (Severity::Error, Confidence::Medium)
            } else {
                (Severity::Warning, Confidence::Low)
            };
            let (source, target) = (Some(s.fact), Some(texts.t[b.target].fact));
            out.add(FigureDifference { change: FigureChange::NumbersExchanged, source, target, severity, confidence });
        }
    }
}
