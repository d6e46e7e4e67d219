//! Numbers that met by value: whether qualifier, unit and what they count are the same too.

use super::atoms::{Atom, Part, equal};
use super::matching::{Matching, units};
use super::{FigureChange, FigureDifference, Figures, Texts};
use crate::checks::{Confidence, Severity, Side};
use crate::facts::FactValue;
use crate::facts::quantity::{Bound, Direction, Duty, Outcome, Unit};
use crate::lexicon::Lexicon;
use crate::lexicon::dictionary::Dictionary;

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
        if let Some((change, severity)) = bounds(s, t)
            && !(s.bound == Bound::AtMost && change == FigureChange::QualifierDropped && reaches(texts, m.target))
            && !(matches!(s.bound, Bound::LessThan | Bound::AtMost)
                && change == FigureChange::QualifierDropped
                && is_within(texts, m.target))
            && !(change == FigureChange::QualifierDropped && are_ranges(texts, s, t))
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
        if let Some((severity, confidence)) = unit(s, t).filter(|_| !is_rate(texts, m.target, t)) {
            out.add(difference(FigureChange::UnitChanged, severity, confidence));
        }
        // « 12.078 » that stays "12.078" is twelve and a bit in English.
        if !equal(s.value, t.value) && s.separators && t.separators && !s.ambiguous {
            out.add(difference(FigureChange::NumberChanged, Severity::Warning, Confidence::Medium));
        }
        // « une dizaine » as "a dozen": an approximation that drifts.
        if s.rounded && t.rounded && !equal(s.value, t.value) {
            out.add(difference(FigureChange::NumberChanged, Severity::Note, Confidence::Low));
        }
    }
}

/// Whether somebody is held or let go: « 14 otages libérés » are hostages and freed, and a figure has one of both.
fn is_custody(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Abducted | Outcome::Freed | Outcome::Detained)
}

fn tells(side: &Side, outcome: Outcome) -> bool {
    side.facts.iter().any(|f| match &f.value {
        FactValue::Casualty(c) => c.outcome == outcome,
        FactValue::Quantity(q) => q.outcome == Some(outcome),
        _ => false,
    })
}

/// "to 35 hours": « jusqu'à » of a level that is reached, not of a limit.
fn reaches(texts: &Texts, target: usize) -> bool {
    let tokens = &texts.target.reading.tokens;
    let span = texts.target_span(target);
    let at = tokens.all().partition_point(|t| t.span.end <= span.start);
    at > 0 && matches!(tokens.lower(at - 1), "to" | "until" | "till" | "through" | "into")
}

/// "a day" that renders « par jour » and no « un an » that stands in the sentence as well.
fn is_rate(texts: &Texts, target: usize, t: &Atom) -> bool {
    let one = t.in_words && equal(t.value, 1.0);
    let english = texts.target_span(target).of(texts.target.text);
    let r = &texts.source.reading;
    let Some(word) = english.split_whitespace().last().filter(|_| one) else { return false };
    (0..r.len()).any(|i| r.lower(i) == "par" && Dictionary::get().pairs(r.lower(i + 1), &word.to_lowercase()))
}

/// « trois à cinq ans environ », "three to five years": a range is no exact figure without its qualifier either.
fn are_ranges(texts: &Texts, s: &Atom, t: &Atom) -> bool {
    let is_range =
        |side: &Side, atom: &Atom| matches!(&side.facts[atom.fact].value, FactValue::Quantity(q) if q.high.is_some());
    let vague = matches!(s.bound, Bound::AtMost | Bound::About | Bound::Nearly);
    vague && is_range(texts.source, s) && is_range(texts.target, t)
}

/// "within a hundred metres": not as far as that.
fn is_within(texts: &Texts, target: usize) -> bool {
    let r = &texts.target.reading;
    let start = texts.target_span(target).start;
    let at = r.tokens.all().partition_point(|t| t.span.end <= start);
    at > 0 && r.lower(at - 1) == "within"
}

fn bounds(s: &Atom, t: &Atom) -> Option<(FigureChange, Severity)> {
    if !matches!(s.part, Part::Number | Part::Magnitude | Part::Fraction | Part::Multiple) {
        return None;
    }
    if s.duty == Duty::May || t.duty == Duty::May {
        // « la moitié », "most"
        let grown = s.part == Part::Fraction && t.part == Part::Fraction && equal(s.value, 0.5);
        if grown && s.bound == Bound::Exact && t.bound == Bound::MoreThan {
            return Some((FigureChange::QualifierChanged, Severity::Warning));
        }
        return may_contradict(s, t).then_some((FigureChange::QualifierChanged, Severity::Error));
    }
    // « supérieur à 2009 »: higher than in that year.
    if t.part == Part::Year || s.part == Part::Year {
        return None;
    }
    use Direction::*;
    // « quelques millions », "several million"
    if s.part == Part::Magnitude && s.bound.direction() == Around {
        return None;
    }
    match (s.bound.direction(), t.bound.direction()) {
        (a, b) if a == b => None,
        (Open, _) => None,
        (Down, Open | Around) if s.bound == Bound::Barely => None,
        // « une dizaine » is "ten" for everyone; « environ » dropped is not.
        (_, Open) => Some((FigureChange::QualifierDropped, Severity::Warning)),
        (Up, Down) | (Down, Up) => Some((FigureChange::QualifierChanged, Severity::Error)),
        // « près de 300 » is just under 300.
        (Around, Down) if s.bound == Bound::Nearly => None,
        (Down, Around) if t.bound == Bound::Nearly => None,
        _ => Some((FigureChange::QualifierChanged, Severity::Warning)),
    }
}

/// « plus de la moitié », "less than half"; « en moins d'une heure », "in over an hour": words that need no counterpart
/// and yet say the opposite of the one that they have.
fn may_contradict(s: &Atom, t: &Atom) -> bool {
    use Direction::{Down, Up};
    let alike = s.part == Part::Fraction && t.part == Part::Fraction || s.unit.is_some() && s.unit == t.unit;
    alike && matches!((s.bound.direction(), t.bound.direction()), (Up, Down) | (Down, Up))
}

fn unit(s: &Atom, t: &Atom) -> Option<(Severity, Confidence)> {
    if units(s.unit, t.unit) < 5 || !equal(s.value, t.value) {
        return None;
    }
    // « à des centaines de lieues », "hundreds of miles": nobody measured.
    if s.part == Part::Magnitude && t.part == Part::Magnitude && !matches!(s.unit, Unit::Money(_)) {
        return Some((Severity::Note, Confidence::Low));
    }
    match (s.unit, t.unit) {
        (Unit::Money(_), Unit::Money(_)) => Some((Severity::Error, Confidence::High)),
        (Unit::Measure(a), Unit::Measure(b)) if a.size().0 == b.size().0 => Some((Severity::Error, Confidence::High)),
        _ => Some((Severity::Warning, Confidence::Medium)),
    }
}
