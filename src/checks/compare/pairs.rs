//! Numbers that met by value: whether qualifier, unit and what they count are the same too.

use super::atoms::{Atom, Part, equal};
use super::matching::{Matching, units};
use super::{Difference, Figures, Kind, Texts};
use crate::checks::{Confidence, Severity};
use crate::facts::quantity::{Bound, Direction, Duty, Unit};

pub fn compare(texts: &Texts, matching: &Matching, out: &mut Figures) {
    for m in &matching.pairs {
        let (s, t) = (&texts.s[m.source], &texts.t[m.target]);
        if !s.is_number() || !t.is_number() {
            continue;
        }
        let difference = |kind, severity, confidence| Difference {
            kind,
            source: Some(s.fact),
            target: Some(t.fact),
            severity,
            confidence,
        };
        if let Some((kind, severity)) = bounds(s, t)
            && !(s.bound == Bound::AtMost && kind == Kind::QualifierDropped && reaches(texts, m.target))
        {
            out.add(difference(kind, severity, Confidence::High));
        }
        if let (Some(a), Some(b)) = (s.outcome, t.outcome)
            && a != b
        {
            out.add(difference(Kind::CasualtyChanged, Severity::Error, Confidence::High));
        }
        if let Some((severity, confidence)) = unit(s, t) {
            out.add(difference(Kind::UnitChanged, severity, confidence));
        }
        // « une dizaine » as "a dozen": an approximation that drifts.
        if s.rounded && t.rounded && !equal(s.value, t.value) {
            out.add(difference(Kind::NumberChanged, Severity::Note, Confidence::Low));
        }
        // « 12 078 » came out as "12.078": the same figures, another value.
        if !equal(s.value, t.value)
            && s.other_reading.is_none()
            && t.other_reading.is_some_and(|v| equal(v, s.value))
            && s.part == Part::Number
        {
            out.add(difference(Kind::NumberChanged, Severity::Warning, Confidence::Low));
        }
    }
}

/// "to 35 hours": « jusqu'à » of a level that is reached, not of a limit.
fn reaches(texts: &Texts, target: usize) -> bool {
    let tokens = &texts.target.tokens;
    let span = texts.target_span(target);
    let at = tokens.all().partition_point(|t| t.span.end <= span.start);
    at > 0 && matches!(tokens.lower(at - 1), "to" | "until" | "till" | "through" | "into")
}

fn bounds(s: &Atom, t: &Atom) -> Option<(Kind, Severity)> {
    if !matches!(s.part, Part::Number | Part::Magnitude | Part::Fraction | Part::Multiple)
        || s.duty == Duty::May
        || t.duty == Duty::May
    {
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
        // « une dizaine » is "ten" for everyone; « environ » dropped is not.
        (_, Open) => Some((Kind::QualifierDropped, Severity::Warning)),
        (Up, Down) | (Down, Up) => Some((Kind::QualifierChanged, Severity::Error)),
        // « près de 300 » is just under 300.
        (Around, Down) if s.bound == Bound::Nearly => None,
        (Down, Around) if t.bound == Bound::Nearly => None,
        _ => Some((Kind::QualifierChanged, Severity::Warning)),
    }
}

fn unit(s: &Atom, t: &Atom) -> Option<(Severity, Confidence)> {
    if units(s.unit, t.unit) < 5 || !equal(s.value, t.value) {
        return None;
    }
    match (s.unit, t.unit) {
        (Unit::Money(_), Unit::Money(_)) => Some((Severity::Error, Confidence::High)),
        (Unit::Measure(a), Unit::Measure(b)) if a.size().0 == b.size().0 => Some((Severity::Error, Confidence::High)),
        _ => Some((Severity::Warning, Confidence::Medium)),
    }
}
