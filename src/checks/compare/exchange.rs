//! Figures that changed places: every value survives, but « 12 % chez les hommes et 18 % chez les femmes » became "18%
//! among men and 12% among women".
//!
//! Translations reorder freely, but then the words around a figure move with it. It is an exchange only where the
//! figures crossed and the words around them stayed.

use super::atoms::{Atom, Part};
use super::context::likeness;
use super::matching::{Match, Matching};
use super::{FigureChange, FigureDifference, Figures, Texts};
use crate::checks::{Confidence, Severity, Side};
use crate::facts::moves::moves;
use crate::lexicon::class;
use std::cell::LazyCell;

/// By how much two figures must fit better into each other's places ([`likeness`]) for a warning.
const WARNING: i32 = 1;
/// The same for an error.
const ERROR: i32 = 3;

/// Whether both texts say how many of how many: « sur les huit otages, cinq », "five of the eight hostages".
fn is_part_of_both(texts: &Texts, a: &Match, b: &Match) -> bool {
    let whole = |index: usize, atoms: &[Atom], side: &Side<'_>| {
        let r = &side.reading;
        let mut at = r.tokens.first_at(side.facts[atoms[index].fact].span.start);
        while at > 0 && r.is(at - 1, class::DET) && !matches!(r.lower(at - 1), "des" | "du") {
            at -= 1;
        }
        at > 0 && matches!(r.lower(at - 1), "sur" | "parmi" | "des" | "of" | "among")
    };
    let of_both = |p: &Match| whole(p.source, texts.s, texts.source) && whole(p.target, texts.t, texts.target);
    of_both(a) || of_both(b)
}

/// Whether the same capitalised word follows the figure in both texts, so that it belongs to a name: « le gang des 400
/// Mawozo », "the 400 Mawozo gang".
fn names_alike(texts: &Texts, m: &Match) -> bool {
    let behind = |side: &Side<'_>, atom: &Atom| {
        let at = side.reading.tokens.first_at(side.facts[atom.fact].span.end);
        side.reading.capital(at).then(|| side.reading.words[at].fold)
    };
    let name = behind(texts.source, &texts.s[m.source]);
    name.is_some() && name == behind(texts.target, &texts.t[m.target])
}

/// Adds the pairs of figures that changed places.
pub fn find(texts: &Texts, matching: &Matching, out: &mut Figures) {
    let moves = LazyCell::new(|| [texts.source, texts.target].map(|side| moves(&side.reading, &side.facts)));
    // The order of words matters not where both texts say from which number to which something changed.
    let is_move_of_both = |a: f64, b: f64| {
        let ([french, english], ends) = (&*moves, [(a, b), (b, a)]);
        french.iter().any(|f| ends.contains(&(f.from, f.to)) && english.iter().any(|e| e.has_ends_of(f)))
    };
    for (k, a) in matching.pairs.iter().enumerate() {
        for b in &matching.pairs[k + 1..] {
            let crossed = (a.source < b.source) != (a.target < b.target);
            let (first, second) = (&texts.s[a.source], &texts.s[b.source]);
            let weekdays_or_months = first.part == second.part && matches!(first.part, Part::Weekday | Part::Month);
            let numbers = first.is_number() && second.is_number();
            if !crossed || !(numbers || weekdays_or_months) || first.value == second.value {
                continue;
            }
            if numbers && is_move_of_both(first.value, second.value) {
                continue;
            }
            if numbers && (is_part_of_both(texts, a, b) || names_alike(texts, a) || names_alike(texts, b)) {
                continue;
            }
            // The two ends of a range are one fact: they cannot change places within it.
            if first.fact == second.fact || texts.t[a.target].fact == texts.t[b.target].fact {
                continue;
            }
            // Figures that count something else, or in another unit, have been reported as that.
            let is_reported = |change| out.of(change).any(|d| [first.fact, second.fact].map(Some).contains(&d.source));
            if is_reported(FigureChange::CasualtyChanged) || is_reported(FigureChange::UnitChanged) {
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
            let (source, target) = (Some(first.fact), Some(texts.t[b.target].fact));
            out.add(FigureDifference { change: FigureChange::NumbersExchanged, source, target, severity, confidence });
        }
    }
}
