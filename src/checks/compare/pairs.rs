//! Checks the numbers that were paired between the two texts: whether their qualifiers, their units and what they count
//! agree, and whether a number that was paired with one of another value was changed.

use super::atoms::{Atom, Part, equal};
use super::matching::{Matching, units};
use super::{FigureChange, FigureDifference, Figures, Texts};
use crate::checks::{Confidence, Severity, Side};
use crate::facts::FactValue;
use crate::facts::quantity::{Bound, Direction, Duty, Outcome, Unit};
use crate::lexicon::Lexicon;
use crate::lexicon::dictionary::Dictionary;

/// Reports what differs within the pairs of numbers that [`matching`](super::matching) made.
pub fn compare(texts: &Texts, matching: &Matching, out: &mut Figures) {
    for m in &matching.pairs {
        let (s, t) = (&texts.s[m.source], &texts.t[m.target]);
        if !s.is_number() || !t.is_number() {
            continue;
        }
        let difference = |change, severity, confidence| FigureDifference {
            change,
            source: Some(s.fact),
            target: Some(t.fact),
            severity,
            confidence,
        };
        if let Some((change, severity)) = qualifier_change(s, t)
            && !(s.bound == Bound::AtMost
                && change == FigureChange::QualifierDropped
                && follows_to_or_until(texts, m.target))
            && !(matches!(s.bound, Bound::LessThan | Bound::AtMost)
                && change == FigureChange::QualifierDropped
                && is_within(texts, m.target))
            && !(change == FigureChange::QualifierDropped && range_needs_no_qualifier(texts, s, t))
        {
            out.add(difference(change, severity, Confidence::High));
        }
        if let (Some(a), Some(b)) = (s.outcome, t.outcome)
            && a != b
            && !(is_custody(a) && is_custody(b) && (tells(texts.source, b) || tells(texts.target, a)))
        {
            let grave = |o| matches!(o, Outcome::Killed | Outcome::Wounded | Outcome::Missing);
            let (severity, confidence) = match grave(a) && grave(b) {
                true => (Severity::Error, Confidence::High),
                false => (Severity::Warning, Confidence::Medium),
            };
            out.add(difference(FigureChange::CasualtyChanged, severity, confidence));
        } else if let (Some(a), Some(b)) = (s.whom, t.whom)
            && !a.agrees(b)
        {
            out.add(difference(FigureChange::CasualtyChanged, Severity::Warning, Confidence::Medium));
        }
        if let (Some(a), Some(b)) = (s.issuer, t.issuer)
            && !Lexicon::get().entries.agree(a, b)
        {
            out.add(difference(FigureChange::UnitChanged, Severity::Error, Confidence::High));
        }
        if let Some((severity, confidence)) = unit_conflict(s, t).filter(|_| !is_rate(texts, m.target, t)) {
            out.add(difference(FigureChange::UnitChanged, severity, confidence));
        }
        // French « 12.078 » is twelve thousand and more; copied as "12.078", it is twelve and a bit.
        if !equal(s.value, t.value) && s.foreign_separators && t.foreign_separators && !s.ambiguous {
            out.add(difference(FigureChange::NumberChanged, Severity::Warning, Confidence::Medium));
        }
        // « une dizaine » as "a dozen" is nearly the same, but not quite.
        if s.rounded && t.rounded && !equal(s.value, t.value) {
            out.add(difference(FigureChange::NumberChanged, Severity::Note, Confidence::Low));
        }
    }
}

/// Whether the outcome is that somebody is held or let go. The same people may be said to be both (« 14 otages
/// libérés »), while a figure has only one outcome.
fn is_custody(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Abducted | Outcome::Freed | Outcome::Detained)
}

/// Whether the text tells of this outcome anywhere.
fn tells(side: &Side, outcome: Outcome) -> bool {
    let r = &side.reading;
    let is_release = |i: usize| matches!(r.lower(i), "libération" | "release");
    outcome == Outcome::Freed && (0..r.len()).any(is_release)
        || side.facts.iter().any(|f| match &f.value {
            FactValue::Casualty(c) => c.outcome == outcome,
            FactValue::Quantity(q) => q.outcome == Some(outcome),
            _ => false,
        })
}

/// Whether "to", "until" or the like stands right before the English figure. They are right for « jusqu'à » where it
/// means a level that is reached ("to 35 hours") and not a limit ("up to 35 hours").
fn follows_to_or_until(texts: &Texts, target: usize) -> bool {
    let tokens = &texts.target.reading.tokens;
    let span = texts.target_span(target);
    let at = tokens.all().partition_point(|t| t.span.end <= span.start);
    at > 0 && matches!(tokens.lower(at - 1), "to" | "until" | "till" | "through" | "into")
}

/// Whether an English "a day" renders « par jour », and not the French number with which it was paired.
fn is_rate(texts: &Texts, target: usize, t: &Atom) -> bool {
    let one = t.in_words && equal(t.value, 1.0);
    let english = texts.target_span(target).of(texts.target.text);
    let r = &texts.source.reading;
    let Some(word) = english.split_whitespace().last().filter(|_| one) else { return false };
    (0..r.len()).any(|i| r.lower(i) == "par" && Dictionary::get().pairs(r.lower(i + 1), &word.to_lowercase()))
}

/// Whether both are ranges and the French has a qualifier that English may leave out of a range (about, nearly, up to),
/// since a range is not exact anyway: « trois à cinq ans environ », "three to five years".
fn range_needs_no_qualifier(texts: &Texts, s: &Atom, t: &Atom) -> bool {
    let is_range =
        |side: &Side, atom: &Atom| matches!(&side.facts[atom.fact].value, FactValue::Quantity(q) if q.high.is_some());
    let vague = matches!(s.bound, Bound::AtMost | Bound::About | Bound::Nearly);
    vague && is_range(texts.source, s) && is_range(texts.target, t)
}

/// Whether "within" stands before the English figure, with at most two words such as "the previous"
/// between them. It means "less than" or "at most": "within a hundred metres".
fn is_within(texts: &Texts, target: usize) -> bool {
    let r = &texts.target.reading;
    let start = texts.target_span(target).start;
    let at = r.tokens.all().partition_point(|t| t.span.end <= start);
    (at.saturating_sub(3)..at).any(|k| r.lower(k) == "within")
}

/// How the qualifier was changed, and how grave that is; `None` where that is not reported, for example because both
/// bound the value in the same direction, because only the English has a qualifier, or because one of the two is a
/// year.
fn qualifier_change(s: &Atom, t: &Atom) -> Option<(FigureChange, Severity)> {
    if !matches!(s.part, Part::Number | Part::Magnitude | Part::Fraction | Part::Multiple) {
        return None;
    }
    if s.duty == Duty::May || t.duty == Duty::May {
        // « la moitié » was translated as "most", that is, more than half.
        let grown = s.part == Part::Fraction && t.part == Part::Fraction && equal(s.value, 0.5);
        if grown && s.bound == Bound::Exact && t.bound == Bound::MoreThan {
            return Some((FigureChange::QualifierChanged, Severity::Warning));
        }
        return opposite_bounds(s, t).then_some((FigureChange::QualifierChanged, Severity::Error));
    }
    // The English figure is a year, which has no qualifier: « supérieur à 2009 » is "higher than in 2009".
    if t.part == Part::Year || s.part == Part::Year {
        return None;
    }
    use Direction::*;
    // « quelques millions » needs no qualifier in English: "several million", "millions".
    if s.part == Part::Magnitude && s.bound.direction() == Around {
        return None;
    }
    match (s.bound.direction(), t.bound.direction()) {
        (a, b) if a == b => None,
        // Nothing to lose: « une dizaine » rounds by itself and has no qualifier. A qualifier that the English adds is
        // not reported.
        (Open, _) => None,
        (Down, Open | Around) if s.bound == Bound::Barely => None,
        // « environ dix » as "ten" lost its qualifier.
        (_, Open) => Some((FigureChange::QualifierDropped, Severity::Warning)),
        (Up, Down) | (Down, Up) => Some((FigureChange::QualifierChanged, Severity::Error)),
        // « près de 300 » means just under 300, so "less than 300" doesn't change it.
        (Around, Down) if s.bound == Bound::Nearly => None,
        (Down, Around) if t.bound == Bound::Nearly => None,
        _ => Some((FigureChange::QualifierChanged, Severity::Warning)),
    }
}

/// Whether the two are fractions, multiples or have the same unit, and bound the value in opposite directions. This
/// matters where one of them need not have a counterpart: « plus de la moitié » and "less than half", « en moins d'une
/// heure » and "in over an hour".
fn opposite_bounds(s: &Atom, t: &Atom) -> bool {
    use Direction::{Down, Up};
    let are_both = |part: Part| s.part == part && t.part == part;
    let are_fractions = are_both(Part::Fraction) || are_both(Part::Multiple);
    // "Nearly half" is less than half, and "nearly doubled" less than doubled. Other numbers are rounded now and then,
    // so that "nearly" is no bound for them.
    let direction = |bound: Bound| if are_fractions && bound == Bound::Nearly { Down } else { bound.direction() };
    let alike = are_fractions || s.unit.is_some() && s.unit == t.unit;
    alike && matches!((direction(s.bound), direction(t.bound)), (Up, Down) | (Down, Up))
}

/// If the units of two equal numbers contradict each other, how grave that is and how sure.
fn unit_conflict(s: &Atom, t: &Atom) -> Option<(Severity, Confidence)> {
    if units(s.unit, t.unit) < 5 || !equal(s.value, t.value) {
        return None;
    }
    // « à des centaines de kilomètres » as "hundreds of miles" is a way of speaking, and no measurement.
    if s.part == Part::Magnitude && t.part == Part::Magnitude && !matches!(s.unit, Unit::Money(_)) {
        return Some((Severity::Note, Confidence::Low));
    }
    match (s.unit, t.unit) {
        (Unit::Money(_), Unit::Money(_)) => Some((Severity::Error, Confidence::High)),
        (Unit::Measure(a), Unit::Measure(b)) if a.size().0 == b.size().0 => Some((Severity::Error, Confidence::High)),
        _ => Some((Severity::Warning, Confidence::Medium)),
    }
}
