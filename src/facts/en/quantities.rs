//! English qualifiers, units and the numbers that hide in words: "in excess of", "square miles", "dozens".

use crate::facts::class::{Class, Reader};
use crate::facts::figures::Found;
use crate::facts::quantity::{Bound, Currency, Duty, Form, Measure, Quantity, Unit};
use crate::lexicon::en;

/// The qualifier that ends right before token `start`, and where it begins.
pub fn bound_before(r: &Reader, start: usize) -> Option<(Bound, usize)> {
    let mut at = start;
    if at > 0 && r.among(at - 1, &en::BEFORE_FIGURES) {
        at -= 1;
    }
    // "below the age of 31"
    if r.precedes(start, &["the", "age", "of"]) || r.precedes(start, &["the", "ages", "of"]) {
        at = start - 3;
    }
    let word = r.lower(at.checked_sub(1)?);
    let prior = if at >= 2 { r.lower(at - 2) } else { "" };
    let third = if at >= 3 { r.lower(at - 3) } else { "" };
    let found = match (prior, word) {
        (w, "than") if en::GREATER.has(w) => match third {
            "no" | "not" => (Bound::AtMost, at - 3),
            "much" | "far" | "well" => (Bound::MoreThan, at - 3),
            _ => (Bound::MoreThan, at - 2),
        },
        ("less" | "fewer" | "lower" | "smaller" | "younger" | "shorter", "than") => match third {
            "no" | "not" => (Bound::AtLeast, at - 3),
            _ => (Bound::LessThan, at - 2),
        },
        ("very", "least") if third == "the" => (Bound::AtLeast, at - 3),
        ("the", "least" | "minimum") if third == "at" => (Bound::AtLeast, at - 3),
        ("the", "most") if third == "at" => (Bound::AtMost, at - 3),
        ("a", "minimum") if third == "at" => (Bound::AtLeast, at - 3),
        ("at", "least") => (Bound::AtLeast, at - 2),
        ("at", "most") => (Bound::AtMost, at - 2),
        ("up", "to") => (Bound::AtMost, at - 2),
        ("many" | "much" | "long" | "high", "as") if third == "as" => (Bound::AtMost, at - 3),
        ("excess", "of") => (Bound::MoreThan, at - 2),
        ("upwards" | "upward", "of") => (Bound::MoreThan, at - 2),
        ("close", "to") => (Bound::Nearly, at - 2),
        ("order" | "region" | "vicinity", "of") => (Bound::About, at - 2),
        ("minimum" | "low", "of") => (Bound::AtLeast, at - 2),
        ("maximum" | "high" | "peak", "of") => (Bound::AtMost, at - 2),
        // "will not exceed 12"
        (_, "exceed" | "exceeding" | "surpass") if (at.saturating_sub(5)..at).any(|j| negation(r.lower(j))) => {
            (Bound::AtMost, at - 1)
        }
        (_, w) if en::EXCEEDING.has(w) => (Bound::MoreThan, at - 1),
        // "above the 60% limit" compares something else with it.
        (_, "over" | "above" | "under" | "below") if r.is(start - 1, "the") => return None,
        // "hand over half of it", "took over two towns": the verb's.
        (w, "over") if en::BEFORE_OVER.has(w) => return None,
        (_, "over" | "above") => (Bound::MoreThan, at - 1),
        (_, "under" | "below") => (Bound::LessThan, at - 1),
        (_, "barely" | "scarcely" | "hardly") => (Bound::Barely, at - 1),
        ("few" | "little", "as") if third == "as" => (Bound::Barely, at - 3),
        (_, w) if en::APPROACHING.has(w) => (Bound::Nearly, at - 1),
        (_, w) if en::ABOUT.has(w) => (Bound::About, at - 1),
        (_, "minimum") => (Bound::AtLeast, at - 1),
        (_, "maximum" | "maximally") => (Bound::AtMost, at - 1),
        (_, "~") => (Bound::About, at - 1),
        (_, ">") => (Bound::MoreThan, at - 1),
        (_, "<") => (Bound::LessThan, at - 1),
        _ => return None,
    };
    Some(found)
}

fn negation(word: &str) -> bool {
    matches!(word, "not" | "never" | "cannot" | "without") || word.ends_with("n't")
}

/// A qualifier behind the number: "200 or more", "12 dead at least", "a week or so".
pub fn bound_after(r: &Reader, end: usize) -> Option<Bound> {
    for at in end..end + 2 {
        let found = match r.lower(at) {
            "or" | "and"
                if r.is_any(at + 1, &["more", "above", "over", "older", "up", "upwards"]) && !r.is(at + 2, "than") =>
            {
                Bound::AtLeast
            }
            "or" if r.is_any(at + 1, &["so", "thereabouts"]) => Bound::About,
            "or" if r.is_any(at + 1, &["less", "fewer", "under", "younger"]) => Bound::AtMost,
            "at" if r.is(at + 1, "least") && !numeral_follows(r, at + 2) => Bound::AtLeast,
            "at" if r.is(at + 1, "most") && !numeral_follows(r, at + 2) => Bound::AtMost,
            "approximately" | "approx" if !numeral_follows(r, at + 1) => Bound::About,
            "minimum" => Bound::AtLeast,
            "maximum" => Bound::AtMost,
            "+" if r.glued(at) => Bound::AtLeast,
            // "the studio's 140-plus creditors"
            "-" if r.glued(at) && r.is(at + 1, "plus") => Bound::MoreThan,
            _ if r.is_word(at) => continue,
            _ => return None,
        };
        return Some(found);
    }
    None
}

fn numeral_follows(r: &Reader, i: usize) -> bool {
    matches!(r.class(i), Class::Digits | Class::Small(_) | Class::Tens(_) | Class::One)
}

/// The currency sign or code before figures: "$5", "US$ 5", "EUR 11.2 billion".
pub fn currency_before(r: &Reader, start: usize) -> Option<(Currency, usize)> {
    match (start > 0).then(|| r.class(start - 1))? {
        Class::Unit(Unit::Money(c)) if !r.is_word(start - 1) || r.tokens.all()[start - 1].upper => {
            let from = if start >= 2 && r.glued(start - 1) && r.is_any(start - 2, &["us", "s"]) {
                start - 2
            } else {
                start - 1
            };
            Some((c, from))
        }
        Class::Unit(Unit::Money(c)) if matches!(c, Currency::Euro | Currency::Pound) => Some((c, start - 1)),
        _ => None,
    }
}

/// The unit that begins at `end`, and the index after it.
pub fn unit_at(r: &Reader, end: usize, in_words: bool) -> Option<(Unit, usize)> {
    let mut at = r.skip_hyphen(end);
    let hyphen = at > end;
    if r.among(at, &en::BEFORE_UNITS) && matches!(r.class(at + 1), Class::Unit(Unit::Measure(_) | Unit::Money(_))) {
        at += 1;
    }
    if r.is(at, "euro") && r.class(at + 1) == Class::Unit(Unit::Money(Currency::Cent)) {
        at += 1;
    }
    // "12,000 Lebanese pounds", "CFA francs"
    if r.is_word(at)
        && (r.capital(at) || r.among(at, &en::BEFORE_CURRENCIES))
        && matches!(r.class(at + 1), Class::Unit(Unit::Money(_)))
    {
        at += 1;
    }
    if r.follows(at, &["u", ".", "s", "."]) && matches!(r.class(at + 4), Class::Unit(Unit::Money(_))) {
        at += 4;
    }
    if r.follows(at, &["per", "cent"]) {
        return Some((Unit::Percent, at + 2));
    }
    if r.follows(at, &["percentage", "points"])
        || r.follows(at, &["percentage", "point"])
        || r.follows(at, &["percent", "points"])
    {
        return Some((Unit::Point, at + 2));
    }
    let metric = |measure, length: usize| Some((Unit::Measure(measure), at + length));
    let next = |k: usize, words: &[&str]| r.is_any(at + k, words);
    if let Some(degrees) = crate::facts::degrees::unit_at(r, at) {
        return Some(degrees);
    }
    match r.lower(at) {
        "square" | "sq" => {
            let k = if next(1, &["."]) { 2 } else { 1 };
            return match r.class(at + k) {
                Class::Unit(Unit::Measure(Measure::Kilometre)) => metric(Measure::SquareKilometre, k + 1),
                Class::Unit(Unit::Measure(Measure::Metre)) => metric(Measure::SquareMetre, k + 1),
                Class::Unit(Unit::Measure(Measure::Mile)) => metric(Measure::SquareMile, k + 1),
                Class::Unit(Unit::Measure(Measure::Foot)) => metric(Measure::SquareFoot, k + 1),
                _ => None,
            };
        }
        "cubic" if matches!(r.class(at + 1), Class::Unit(Unit::Measure(Measure::Metre))) => {
            return metric(Measure::CubicMetre, 2);
        }
        "nautical" if next(1, &["miles", "mile"]) => return metric(Measure::NauticalMile, 2),
        "second" if in_words || hyphen => return hyphen.then_some((Unit::Measure(Measure::Second), at + 1)),
        "quid" => return Some((Unit::Money(Currency::Pound), at + 1)),
        "bucks" => return Some((Unit::Money(Currency::Dollar), at + 1)),
        _ => {}
    }
    match r.class(at) {
        Class::Unit(Unit::Measure(Measure::Year)) => {
            let k = r.skip_hyphen(at + 1);
            if r.is_any(k, &["old", "olds"]) {
                return Some((Unit::Age, k + 1));
            }
            if r.follows(k, &["of", "age"]) {
                return Some((Unit::Age, k + 2));
            }
            metric(Measure::Year, 1)
        }
        Class::Unit(Unit::Measure(m @ (Measure::Kilometre | Measure::Mile))) => {
            let speed = if m == Measure::Mile { Measure::MilePerHour } else { Measure::KilometrePerHour };
            match () {
                _ if next(1, &["2", "²"]) => metric(Measure::SquareKilometre, 2),
                _ if next(1, &["/"]) && next(2, &["h"]) => metric(speed, 3),
                _ if next(1, &["per", "an"]) && next(2, &["hour"]) => metric(speed, 3),
                _ => metric(m, 1),
            }
        }
        Class::Unit(Unit::Measure(Measure::Metre)) if next(1, &["2", "²"]) => metric(Measure::SquareMetre, 2),
        Class::Unit(Unit::Point) if in_words => None,
        Class::Unit(_) if in_words && r.lower(at).len() < 3 => None,
        Class::Unit(unit) => Some((unit, at + 1)),
        _ => None,
    }
}

/// Whether "29" at `start` is an age: "aged 29", "age 29", "29, was".
pub fn is_age(r: &Reader, start: usize, _end: usize) -> bool {
    start > 0 && (r.is_any(start - 1, &["aged", "age"]) || r.precedes(start, &["age", "of"]))
}

/// How surely a number in words has a counterpart in the French.
pub fn duty(r: &Reader, q: &Quantity, start: usize, end: usize) -> Duty {
    if !q.in_words {
        return Duty::Must;
    }
    let before = r.lower(start.wrapping_sub(1));
    // "a fifty-something concierge"
    if r.lower(r.skip_hyphen(end)).starts_with("something") {
        return Duty::May;
    }
    match q.form {
        Form::Ordinal if q.value < 3.0 => Duty::May,
        Form::Ordinal if q.other_reading.is_some() => Duty::Should,
        Form::Multiple if q.value == 2.0 => Duty::Should,
        _ if q.value == 0.0 => Duty::May,
        _ if q.value == 2.0 && matches!(before, "the" | "these" | "those" | "of" | "or" | "between") => Duty::Should,
        _ => Duty::Must,
    }
}

/// Numbers without a numeral: "dozens", "half", "a third", "twice", "both", "a fortnight".
pub fn special(r: &Reader, i: usize) -> Option<Found> {
    let make = |value, form, duty, end| {
        let mut q = Quantity::new(value, form);
        q.in_words = true;
        q.duty = duty;
        Some(Found { quantity: q, start: i, end })
    };
    match r.class(i) {
        // "test scores" count nothing.
        Class::Collective(20) if r.is(i, "scores") && !r.is(i + 1, "of") => {
            let mut found = magnitude(r, i, 20.0)?;
            found.quantity.duty = Duty::May;
            Some(found)
        }
        Class::Collective(n) if n != 12 || r.is(i, "dozens") => magnitude(r, i, f64::from(n)),
        // "several dozen", "the hundred or so", "several million"
        Class::Collective(12) if !r.is_any(i.wrapping_sub(1), &["several", "few", "many", "some"]) => {
            let mut found = make(12.0, Form::Cardinal, Duty::Must, i + 1)?;
            found.quantity.rounded = true;
            Some(found)
        }
        Class::Collective(n) => magnitude(r, i, f64::from(n)),
        // "a hundred-million turnover"
        Class::Hundred if r.is_hyphen(i + 1) && matches!(r.class(i + 2), Class::Scale(_)) => {
            let Class::Scale(e) = r.class(i + 2) else { return None };
            make(100.0 * 10f64.powi(i32::from(e)), Form::Cardinal, Duty::Must, i + 3)
        }
        Class::Hundred => magnitude(r, i, 100.0),
        Class::Thousand => magnitude(r, i, 1000.0),
        Class::Scale(e) if r.is_word(i) && r.lower(i).len() > 3 => magnitude(r, i, 10f64.powi(i32::from(e))),
        // "half a million", "half a dozen"
        Class::Half => {
            let mut k = r.skip_hyphen(i + 1);
            if r.is_any(k, &["a", "an"]) {
                k += 1;
            }
            let scale = match r.class(k) {
                Class::Scale(e) => 10f64.powi(i32::from(e)),
                Class::Thousand => 1000.0,
                Class::Collective(12) => 12.0,
                _ => return make(0.5, Form::Fraction, Duty::May, i + 1),
            };
            make(scale / 2.0, Form::Cardinal, Duty::Must, k + 1)
        }
        Class::One | Class::Part(4) if part_of_century(r, i).is_some() => {
            let mut found = make(25.0, Form::Cardinal, Duty::Should, part_of_century(r, i)?)?;
            found.quantity.unit = Unit::Measure(Measure::Year);
            Some(found)
        }
        Class::One | Class::Part(_) if part_of_scale(r, i).is_some() => {
            let (value, end) = part_of_scale(r, i)?;
            make(value, Form::Cardinal, Duty::Must, end)
        }
        Class::One => one(r, i),
        // "year-on-year": over twelve months
        Class::Unit(Unit::Measure(Measure::Year))
            if r.is_any(i + 2, &["on", "over"]) && r.skip_hyphen(i + 1) == i + 2 =>
        {
            let mut found = make(1.0, Form::Cardinal, Duty::May, i + 3)?;
            found.quantity.unit = Unit::Measure(Measure::Year);
            Some(found)
        }
        Class::Part(n) => make(1.0 / f64::from(n), Form::Fraction, Duty::May, i + 1),
        Class::Factor(n) => make(f64::from(n), Form::Multiple, Duty::May, i + 1),
        // "the past decade"
        Class::Unit(Unit::Measure(measure @ (Measure::Decade | Measure::Century))) => {
            let mut found = make(1.0, Form::Cardinal, Duty::May, i + 1)?;
            found.quantity.unit = Unit::Measure(measure);
            Some(found)
        }
        Class::MayCount(n) => make(f64::from(n), Form::Cardinal, Duty::May, i + 1),
        Class::MayMeasure(n, measure) => {
            let mut found = make(f64::from(n), Form::Cardinal, Duty::May, i + 1)?;
            found.quantity.unit = Unit::Measure(measure);
            Some(found)
        }
        _ => None,
    }
}

/// "a third", "one quarter", "a mile and a half", "a decade"
fn one(r: &Reader, i: usize) -> Option<Found> {
    let at = r.skip_hyphen(i + 1);
    let make = |value, form, duty, end| {
        let mut q = Quantity::new(value, form);
        q.in_words = true;
        q.duty = duty;
        Found { quantity: q, start: i, end }
    };
    match r.class(at) {
        // "a third of the men" and "a third man": both readings are kept.
        Class::Ordinal(n @ 3..=20) => {
            let mut found = make(f64::from(n), Form::Ordinal, Duty::Should, at + 1);
            found.quantity.other_reading = Some(1.0 / f64::from(n));
            Some(found)
        }
        Class::Part(n) => Some(make(1.0 / f64::from(n), Form::Fraction, Duty::May, at + 1)),
        // "a T-72" is no tonne.
        Class::Unit(Unit::Measure(measure)) if r.lower(at).len() > 2 => {
            let (value, duty, end) = match crate::facts::numeral::and_a_half(r, at + 1) {
                Some(end) => (1.5, Duty::Should, end),
                None => (1.0, Duty::May, at + 1),
            };
            let mut found = make(value, Form::Cardinal, duty, end);
            found.quantity.unit = Unit::Measure(measure);
            Some(found)
        }
        Class::Collective(12) => None,
        _ => None,
    }
}

/// "a quarter of a billion", "a quarter million": its value, and the index after it.
fn part_of_scale(r: &Reader, i: usize) -> Option<(f64, usize)> {
    let at = i + usize::from(r.class(i) == Class::One);
    let Class::Part(n) = r.class(at) else { return None };
    let next = at + 1 + usize::from(r.is(at + 1, "of"));
    let next = next + usize::from(r.is(next, "a"));
    match r.class(next) {
        Class::Scale(e) => Some((10f64.powi(i32::from(e)) / f64::from(n), next + 1)),
        _ => None,
    }
}

/// "(a) quarter of a century", "a quarter century": the index after it.
fn part_of_century(r: &Reader, i: usize) -> Option<usize> {
    let at = i + usize::from(r.class(i) == Class::One);
    let at = r.skip_hyphen(at + 1);
    let noun = if r.follows(at, &["of", "a"]) { at + 2 } else { at };
    (matches!(r.class(i + usize::from(r.class(i) == Class::One)), Class::Part(4)) && r.is(noun, "century"))
        .then(|| noun + 1)
}

/// "dozens", "tens of thousands", "several hundred", "millions": an order of magnitude.
fn magnitude(r: &Reader, i: usize, unit: f64) -> Option<Found> {
    let mut value = if unit < 100.0 { 10.0 } else { unit };
    let mut end = i + 1;
    if r.is(end, "of") {
        match r.class(end + 1) {
            Class::Collective(1000) => (value, end) = (value * 1000.0, end + 2),
            Class::Scale(e) => (value, end) = (value * 10f64.powi(i32::from(e)), end + 2),
            _ => {}
        }
    } else if unit == 100.0 && r.class(end) == Class::Thousand {
        // "several hundred thousand"
        (value, end) = (value * 1000.0, end + 1);
    }
    let mut q = Quantity::new(value, Form::Magnitude);
    q.in_words = true;
    q.duty = Duty::Should;
    Some(Found { quantity: q, start: i, end })
}
