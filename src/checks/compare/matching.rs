//! Pairs the atoms of the source with those of the target: equal values, and values that idiom makes equal, such as
//! « quinze jours » and "two weeks".

use super::atoms::{Atom, Part, converts, equal};
use crate::facts::quantity::{Duty, Measure, Unit};

/// A source atom and a target atom that say the same, by their indices.
#[derive(Debug, Clone, Copy)]
pub struct Match {
    pub source: usize,
    pub target: usize,
}

/// Pairs of equal atoms, those that agree best first, and the atoms that are left over on both sides.
#[derive(Debug, Default)]
pub struct Matching {
    pub pairs: Vec<Match>,
    pub source_left: Vec<usize>,
    pub target_left: Vec<usize>,
}

/// Pairs the atoms of two texts. Two atoms that may be the same have a cost, and the cheapest pairs are taken first; of
/// pairs with the same cost, those come first whose atoms stand at about the same place of their texts.
pub fn pair(source: &[Atom], target: &[Atom]) -> Matching {
    let mut candidates: Vec<(u32, usize, usize)> = Vec::with_capacity(source.len() + target.len());
    for (i, s) in source.iter().enumerate() {
        for (j, t) in target.iter().enumerate() {
            if let Some(cost) = cost(s, t) {
                candidates.push((u32::from(cost) * 1000 + distance(i, source.len(), j, target.len()), i, j));
            }
        }
    }
    let (pairs, mut source_left, mut target_left) = take(candidates, source.len(), target.len());
    let (straight, reversed) = (|m: &Match| (m.source, m.target), |m: &Match| (m.target, m.source));
    shares(source, target, &mut source_left, &mut target_left, || pairs.iter().map(straight));
    shares(target, source, &mut target_left, &mut source_left, || pairs.iter().map(reversed));
    // « jeudi » and "November 28" may be the same day: then no part of either date is left over.
    let told =
        |atom: &Atom, others: &[Atom]| atom.resolved.is_some() && others.iter().any(|o| o.resolved == atom.resolved);
    source_left.retain(|&i| !told(&source[i], target));
    target_left.retain(|&j| !told(&target[j], source));
    Matching { pairs, source_left, target_left }
}

/// Removes the two numbers of a share from what is left over, where a percentage, a fraction or another share that is
/// left over in the other text says the same, and removes that as well: « quatre habitants sur cinq », "80% of
/// residents". Of « quarante sur cent » and "40%" the forties are in `pairs` already, and only the hundred is left.
fn shares<P: Iterator<Item = (usize, usize)>>(
    own: &[Atom],
    other: &[Atom],
    left: &mut Vec<usize>,
    other_left: &mut Vec<usize>,
    pairs: impl Fn() -> P,
) {
    let same = |share: f64, o: &Atom| match (o.share, o.part, o.unit) {
        (Some(s), _, _) => (s - share).abs() < 1e-6,
        (_, Part::Fraction, _) => (o.value - share).abs() < 0.01,
        (_, _, Unit::Percent) => (o.value - share * 100.0).abs() < 0.7,
        _ => false,
    };
    let is_beside = |a: &Atom, b: &Atom| a.share.is_some() && a.share == b.share && a.fact.abs_diff(b.fact) <= 1;
    let is_told =
        |a: &Atom| a.share.is_some_and(|share| pairs().any(|(i, j)| is_beside(a, &own[i]) && same(share, &other[j])));
    left.retain(|&i| !is_told(&own[i]));
    let mut at = 0;
    while at < left.len() {
        let atom = &own[left[at]];
        let found = atom.share.and_then(|share| other_left.iter().position(|&j| same(share, &other[j])));
        let Some(place) = found else {
            at += 1;
            continue;
        };
        let (mine, theirs) = (*atom, other[other_left[place]]);
        left.retain(|&i| !is_beside(&own[i], &mine));
        other_left.retain(|&j| other[j].fact != theirs.fact && !is_beside(&other[j], &theirs));
    }
}

/// Takes the cheapest candidates (cost, source index, target index) one after the other, each index once. Returns the
/// pairs, and the indices below `n` and `m` that are left over on the two sides.
pub fn take(mut candidates: Vec<(u32, usize, usize)>, n: usize, m: usize) -> (Vec<Match>, Vec<usize>, Vec<usize>) {
    candidates.sort_unstable();
    let (mut used_s, mut used_t) = (vec![false; n], vec![false; m]);
    let mut pairs = Vec::with_capacity(n.min(m));
    for (_, i, j) in candidates {
        if !used_s[i] && !used_t[j] {
            used_s[i] = true;
            used_t[j] = true;
            pairs.push(Match { source: i, target: j });
        }
    }
    let free = |used: &[bool]| (0..used.len()).filter(|&i| !used[i]).collect();
    let left = (free(&used_s), free(&used_t));
    (pairs, left.0, left.1)
}

/// How far two atoms stand from each other in the order of their texts: 0 to less than 999.
pub fn distance(i: usize, n: usize, j: usize, m: usize) -> u32 {
    let at = |i: usize, n: usize| (2 * i + 1) as f64 / (2 * n) as f64;
    ((at(i, n) - at(j, m)).abs() * 999.0) as u32
}

/// What it costs to take the two for the same, 0 if nothing speaks against it; `None` when they are not.
fn cost(s: &Atom, t: &Atom) -> Option<u8> {
    let base = kinds(s, t)?;
    let bound = u8::from(s.bound.direction() != t.bound.direction());
    let outcome = if matches!((s.outcome, t.outcome), (Some(a), Some(b)) if a != b) { 4 } else { 0 };
    // A word that need not be matched costs more, so that a number that must be matched gets the partner.
    let may = u8::from(s.duty == Duty::May) + u8::from(t.duty == Duty::May);
    Some(base * 4 + bound + outcome + may)
}

/// The part of the cost that comes from kinds and values; `None` where the two cannot be the same.
fn kinds(s: &Atom, t: &Atom) -> Option<u8> {
    use Part::*;
    match (s.part, t.part) {
        (Month, Month) | (Weekday, Weekday) => equal(s.value, t.value).then_some(0),
        (Month, Day) | (Day, Month) if s.may_be_swapped || t.may_be_swapped => equal(s.value, t.value).then_some(2),
        (Month, Weekday) | (Weekday, Month) => None,
        (Weekday, Day) | (Day, Weekday) => (s.resolved.is_some() && s.resolved == t.resolved).then_some(3),
        // « ce mercredi » and "today" are one day if the day of publication was a Wednesday. The date of the weekday is
        // not compared: a weekday without a date is taken for the last one, while « demain » may be the Saturday to
        // come.
        (Weekday, Relative(_)) => is_weekday_of(s, t).then_some(1),
        (Relative(_), Weekday) => is_weekday_of(t, s).then_some(1),
        // A relative year or month may be told by its date: « l'an prochain », "in 2026"; « le mois passé », "in
        // November".
        (Relative(_), Year | Month) => is_period_of(t, s).then_some(2),
        (Year | Month, Relative(_)) => is_period_of(s, t).then_some(2),
        (Relative(a), Relative(b)) => (a == b).then_some(0),
        (Season(a), Season(b)) => (a == b).then_some(0),
        (Month | Weekday | Season(_) | Relative(_), _) | (_, Month | Weekday | Season(_) | Relative(_)) => None,
        (Time(a), Time(b)) => a.agrees(b).then_some(0),
        (Time(a), _) => clock(a, t).then_some(3),
        (_, Time(b)) => clock(b, s).then_some(3),
        (Decade, Decade) => decades(s.value, t.value).then_some(0),
        (Decade, _) | (_, Decade) => decades(s.value, t.value).then_some(2),
        (Century, Century) => equal(s.value, t.value).then_some(0),
        _ => numbers(s, t),
    }
}

/// Whether the day that the relative date means falls on this weekday.
fn is_weekday_of(weekday: &Atom, relative: &Atom) -> bool {
    relative.resolved.is_some_and(|d| equal(f64::from(d.weekday().to_monday_one_offset()), weekday.value))
}

/// Whether the year or month is the one that the relative date means, counted from the day of publication.
fn is_period_of(named: &Atom, relative: &Atom) -> bool {
    relative.period.is_some_and(|(year, month)| match (named.part, month) {
        (Part::Year, _) => equal(f64::from(year), named.value),
        (Part::Month, Some(month)) => equal(f64::from(month), named.value),
        _ => false,
    })
}

/// Whether two decades are the same; one of them may lack its century: « années 70 » and "1970s".
fn decades(a: f64, b: f64) -> bool {
    equal(a, b) || (a < 100.0 || b < 100.0) && equal(a % 100.0, b % 100.0) && a.max(b) < 2100.0
}

/// Whether a number is the time of day, but was not read as one: « 20 heures » as a length of time, "at 8", "11.30".
fn clock(time: crate::facts::time::TimeFact, n: &Atom) -> bool {
    let (hour, minute) = (f64::from(time.hour), f64::from(time.minute) / 100.0);
    let fits = |h: f64| equal(h + minute, n.value) || time.minute == 30 && equal(h + 0.5, n.value);
    let open = matches!(n.unit, Unit::None | Unit::Measure(Measure::Hour));
    open && (fits(hour) || fits(hour % 12.0) || fits(hour % 12.0 + 12.0))
        || equal(n.value, f64::from(time.hour) * 100.0 + f64::from(time.minute))
}

/// The part of the cost that comes from the kinds, values and units of two numbers; `None` where
/// they cannot be the same.
fn numbers(s: &Atom, t: &Atom) -> Option<u8> {
    use Part::*;
    let is_equal = equal(s.value, t.value);
    if is_equal || other_reading(s, t) {
        let part = match (s.part, t.part) {
            (a, b) if a == b => 0,
            (Magnitude, _) | (_, Magnitude) => 3,
            (Ordinal, Day) | (Day, Ordinal) | (Number, Year) | (Year, Number) => 1,
            _ => 2,
        };
        return Some(part + units(s.unit, t.unit) + u8::from(!is_equal));
    }
    // Words that round are not taken literally: many render « une dizaine » by "a dozen", and « une vingtaine » by "two
    // dozen".
    if s.rounded && t.rounded && (s.value - t.value).abs() <= 0.21 * s.value.max(t.value) {
        return Some(4);
    }
    if short_year(s, t) {
        return Some(4);
    }
    if is_multiple_of(s, t) || is_multiple_of(t, s) {
        return Some(4);
    }
    if is_fraction_of(s, t) || is_fraction_of(t, s) {
        return Some(3);
    }
    // The same in another unit: « trente-six heures » is a day and a half, « dix ans » a decade. Lengths and weights
    // are rounded when they are converted, spans of time are not.
    let duration = matches!(s.unit, Unit::Measure(m) if m.size().0 == crate::facts::quantity::Dimension::Duration);
    // A month is a little more than four weeks: « un mois et demi » is six weeks.
    let (month, week) = (Unit::Measure(Measure::Month), Unit::Measure(Measure::Week));
    let tolerance = match (s.unit, t.unit) {
        units if units == (month, week) || units == (week, month) => 0.09,
        _ if duration => 0.005,
        _ => 0.06,
    };
    if converts(s.value, s.unit, t.value, t.unit, tolerance) {
        return Some(3);
    }
    by_habit(s, t)
}

/// Whether a fraction is the same as a number of smaller units: « une demi-heure » is thirty minutes, « un demi-an »
/// six months, « la moitié » fifty percent.
fn is_fraction_of(f: &Atom, n: &Atom) -> bool {
    f.part == Part::Fraction
        && match n.unit {
            Unit::Measure(Measure::Minute) => equal(f.value * 60.0, n.value),
            Unit::Measure(Measure::Month) => equal(f.value * 12.0, n.value),
            Unit::Percent => (f.value * 100.0 - n.value).abs() < 0.51,
            _ => false,
        }
}

/// Whether a multiple and a percentage may say the same: « deux fois moins cher » and "fifty percent less".
fn is_multiple_of(f: &Atom, n: &Atom) -> bool {
    f.part == Part::Multiple
        && n.unit == Unit::Percent
        && (equal(n.value * f.value, 100.0)
            || equal(n.value, f.value * 100.0)
            || equal(n.value, (f.value - 1.0) * 100.0))
}

/// The cost of spans of time that the two languages count differently by habit; `None` for any other two.
fn by_habit(s: &Atom, t: &Atom) -> Option<u8> {
    // « huit jours » means a week, and « quinze jours » a fortnight.
    if s.in_words && s.unit == Unit::Measure(Measure::Day) {
        let week = if equal(s.value, 8.0) {
            7.0
        } else if equal(s.value, 15.0) {
            14.0
        } else {
            return None;
        };
        if converts(week, s.unit, t.value, t.unit, 0.001) || t.unit == s.unit && equal(t.value, week) {
            return Some(3);
        }
    }
    // « une quinzaine » without a noun may be a fortnight.
    if equal(s.value, 15.0)
        && s.in_words
        && matches!(t.unit, Unit::Measure(_))
        && converts(14.0, Unit::Measure(Measure::Day), t.value, t.unit, 0.001)
    {
        return Some(4);
    }
    None
}

/// Whether the two agree in the other reading of one of them. A reading by the other language's separators counts where
/// both texts write the same digits and separators, or where the French does not show which reading is right, as in
/// « 3,158 ».
fn other_reading(s: &Atom, t: &Atom) -> bool {
    let is = |a: Option<f64>, b: f64| a.is_some_and(|a| equal(a, b));
    match (s.foreign_separators, t.foreign_separators) {
        (true, true) => is(s.other_reading, t.value) && is(t.other_reading, s.value),
        (true, false) => s.ambiguous && is(s.other_reading, t.value),
        (false, true) => is(s.other_reading, t.value),
        (false, false) => is(s.other_reading, t.value) || is(t.other_reading, s.value),
    }
}

/// Whether one is a year and the other its last two figures: « JO-92 » and "the 1992 Games", « 50 et 51 » and
/// "1950-51".
fn short_year(s: &Atom, t: &Atom) -> bool {
    let short = |a: &Atom, b: &Atom| {
        matches!(a.part, Part::Label | Part::Number)
            && a.unit.is_none()
            && b.part == Part::Year
            && (10.0..100.0).contains(&a.value)
            && equal(b.value % 100.0, a.value)
    };
    short(s, t) || short(t, s)
}

/// How far two units disagree: 0 if they agree, 1 if one text leaves its unit out or the news uses one unit for the
/// other (miles and nautical miles, percent and points), 5 if they contradict each other.
pub fn units(a: Unit, b: Unit) -> u8 {
    match (a, b) {
        _ if a == b => 0,
        (Unit::None, _) | (_, Unit::None) => 1,
        (Unit::Age, Unit::Measure(Measure::Year)) | (Unit::Measure(Measure::Year), Unit::Age) => 0,
        (Unit::Measure(Measure::Mile), Unit::Measure(Measure::NauticalMile))
        | (Unit::Measure(Measure::NauticalMile), Unit::Measure(Measure::Mile)) => 1,
        (Unit::Percent, Unit::Point) | (Unit::Point, Unit::Percent) => 1,
        _ => 5,
    }
}
