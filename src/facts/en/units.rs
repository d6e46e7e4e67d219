//! Reads English units ("square miles", "per cent", "Lebanese pounds") and ages.

use crate::facts::class::{Class, ClassedTokens};
use crate::facts::degrees;
use crate::facts::quantity::{Currency, Measure, Unit};
use crate::lexicon::en;

/// The currency whose sign, code or name stands right before the figures at token `start`, and where it begins: "$5",
/// "US$ 5", "EUR 11.2 billion". Of words that are not all in capitals, only those for euros and pounds count.
pub fn currency_before(r: &ClassedTokens, start: usize) -> Option<(Currency, usize)> {
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

/// The unit of the number that ends right before token `end`, and the index after the unit. `in_words` says that the
/// number is written in words.
pub fn unit_at(r: &ClassedTokens, end: usize, in_words: bool) -> Option<(Unit, usize)> {
    let joined = r.skip_hyphen(end) > end;
    let at = unit_start(r, r.skip_hyphen(end));
    percent(r, at).or_else(|| degrees::unit_at(r, at)).or_else(|| match r.lower(at) {
        // After a number in words, "second" is the unit only with a hyphen before it ("a ten-second pause");
        // otherwise it is an ordinal. After figures without a hyphen it is read as any other unit.
        "second" if in_words || joined => joined.then_some((Unit::Measure(Measure::Second), at + 1)),
        "square" | "sq" => area(r, at),
        _ => named(r, at).or_else(|| of_class(r, at, in_words)),
    })
}

/// The first token of the unit itself, after words that may stand between the number and it: "12,000 Lebanese pounds",
/// "five U.S. dollars".
fn unit_start(r: &ClassedTokens, mut at: usize) -> usize {
    let is_money = |k: usize| matches!(r.class(k), Class::Unit(Unit::Money(_)));
    if r.among(at, &en::BEFORE_UNITS) && matches!(r.class(at + 1), Class::Unit(Unit::Measure(_) | Unit::Money(_))) {
        at += 1;
    }
    if r.is(at, "euro") && r.class(at + 1) == Class::Unit(Unit::Money(Currency::Cent)) {
        at += 1;
    }
    // As in "12,000 Lebanese pounds" and "CFA francs".
    if r.is_word(at) && (r.capital(at) || r.among(at, &en::BEFORE_CURRENCIES)) && is_money(at + 1) {
        at += 1;
    }
    if r.follows(at, &["u", ".", "s", "."]) && is_money(at + 4) {
        at += 4;
    }
    at
}

/// Percent or percentage points in two words at `at`, and the index after them.
fn percent(r: &ClassedTokens, at: usize) -> Option<(Unit, usize)> {
    if r.follows(at, &["per", "cent"]) {
        return Some((Unit::Percent, at + 2));
    }
    let points = r.follows(at, &["percentage", "points"])
        || r.follows(at, &["percentage", "point"])
        || r.follows(at, &["percent", "points"]);
    points.then_some((Unit::Point, at + 2))
}

/// The unit of area that begins with "square" or "sq" at `at`, and the index after it: "square kilometres", "sq. m".
fn area(r: &ClassedTokens, at: usize) -> Option<(Unit, usize)> {
    let length = at + if r.is(at + 1, ".") { 2 } else { 1 };
    let measure = match r.class(length) {
        Class::Unit(Unit::Measure(Measure::Kilometre)) => Measure::SquareKilometre,
        Class::Unit(Unit::Measure(Measure::Metre)) => Measure::SquareMetre,
        Class::Unit(Unit::Measure(Measure::Mile)) => Measure::SquareMile,
        Class::Unit(Unit::Measure(Measure::Foot)) => Measure::SquareFoot,
        _ => return None,
    };
    Some((Unit::Measure(measure), length + 1))
}

/// The unit at `at`, if its first word is no unit by itself ("cubic metres", "nautical miles") or it is a colloquial
/// name for money; and the index after it.
fn named(r: &ClassedTokens, at: usize) -> Option<(Unit, usize)> {
    match r.lower(at) {
        "cubic" if matches!(r.class(at + 1), Class::Unit(Unit::Measure(Measure::Metre))) => {
            Some((Unit::Measure(Measure::CubicMetre), at + 2))
        }
        "nautical" if r.is_any(at + 1, &["miles", "mile"]) => Some((Unit::Measure(Measure::NauticalMile), at + 2)),
        "quid" => Some((Unit::Money(Currency::Pound), at + 1)),
        "bucks" => Some((Unit::Money(Currency::Dollar), at + 1)),
        _ => None,
    }
}

/// The unit that the word at `at` names, or the age, area or speed that it makes with the words after it; and the index
/// after them. After a number in words, "points" and most words of one or two letters are no unit.
fn of_class(r: &ClassedTokens, at: usize, in_words: bool) -> Option<(Unit, usize)> {
    match r.class(at) {
        Class::Unit(Unit::Measure(Measure::Year)) => {
            let k = r.skip_hyphen(at + 1);
            if r.is_any(k, &["old", "olds"]) {
                return Some((Unit::Age, k + 1));
            }
            if r.follows(k, &["of", "age"]) {
                return Some((Unit::Age, k + 2));
            }
            Some((Unit::Measure(Measure::Year), at + 1))
        }
        Class::Unit(Unit::Measure(measure @ (Measure::Kilometre | Measure::Mile))) => Some(distance(r, at, measure)),
        Class::Unit(Unit::Measure(Measure::Metre)) if r.is_any(at + 1, &["2", "²"]) => {
            Some((Unit::Measure(Measure::SquareMetre), at + 2))
        }
        Class::Unit(Unit::Point) if in_words => None,
        Class::Unit(_) if in_words && r.lower(at).len() < 3 => None,
        Class::Unit(unit) => Some((unit, at + 1)),
        _ => None,
    }
}

/// Kilometres or miles at `at`, or the speed or area that they make with the words after them; and the index after it.
fn distance(r: &ClassedTokens, at: usize, measure: Measure) -> (Unit, usize) {
    let speed = if measure == Measure::Mile { Measure::MilePerHour } else { Measure::KilometrePerHour };
    let per_hour = r.is(at + 1, "/") && r.is(at + 2, "h") || r.is_any(at + 1, &["per", "an"]) && r.is(at + 2, "hour");
    if measure == Measure::Kilometre && r.is_any(at + 1, &["2", "²"]) && r.glued(at + 1) {
        (Unit::Measure(Measure::SquareKilometre), at + 2)
    } else if per_hour {
        (Unit::Measure(speed), at + 3)
    } else {
        (Unit::Measure(measure), at + 1)
    }
}

/// Whether the words before the number at `start` show that it is an age: "aged 29", "age 29", "at the age of 29".
pub fn is_age(r: &ClassedTokens, start: usize) -> bool {
    start > 0 && (r.is_any(start - 1, &["aged", "age"]) || r.precedes(start, &["age", "of"]))
}
