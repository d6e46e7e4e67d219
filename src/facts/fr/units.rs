//! Reads French units (« km carrés », « pour cent », « euros ») and ages.

use crate::facts::class::{Class, ClassedTokens};
use crate::facts::degrees;
use crate::facts::numeral::nautical;
use crate::facts::quantity::{Currency, Measure, Unit};
use crate::lexicon::fr;

/// The currency whose sign or code stands right before the figures at token `start`, and where it begins: « £ 1
/// million », « EUR 5 ».
pub fn currency_before(r: &ClassedTokens, start: usize) -> Option<(Currency, usize)> {
    match (start > 0).then(|| r.class(start - 1))? {
        Class::Unit(Unit::Money(c)) if !r.is_word(start - 1) || r.tokens.all()[start - 1].upper => Some((c, start - 1)),
        _ => None,
    }
}

/// The unit of the number that ends right before token `end`, and the index after the unit. After a number in words
/// (`in_words`), « points » does not count, nor do most units of one or two characters, other than « an ».
pub fn unit_at(r: &ClassedTokens, end: usize, in_words: bool) -> Option<(Unit, usize)> {
    let mut at = end;
    if r.is_any(at, &["de", "d'"]) && matches!(r.class(at + 1), Class::Unit(Unit::Money(_) | Unit::Measure(_))) {
        at += 1;
    }
    if r.among(at, &fr::BEFORE_UNITS) && matches!(r.class(at + 1), Class::Unit(Unit::Measure(_))) {
        at += 1;
    }
    at = r.skip_hyphen(at);
    if r.follows(at, &["pour", "cent"]) || r.follows(at, &["pour", "cents"]) {
        return Some((Unit::Percent, at + 2));
    }
    if r.follows(at, &["pour", "-", "cent"]) {
        return Some((Unit::Percent, at + 3));
    }
    if r.follows(at, &["p", ".", "100"]) {
        return Some((Unit::Percent, at + 3));
    }
    let next = |k: usize, words: &[&str]| r.is_any(at + k, words);
    let metric = |measure, length: usize| Some((Unit::Measure(measure), at + length));
    if let Some(degrees) = degrees::unit_at(r, at) {
        return Some(degrees);
    }
    match r.class(at) {
        Class::Thousand if nautical(r, at) => {
            let length = if next(1, &["nautique", "nautiques", "marin", "marins"]) { 2 } else { 1 };
            metric(Measure::NauticalMile, length)
        }
        // After figures, « cent » and « cents » are money.
        Class::Hundred if !in_words => Some((Unit::Money(Currency::Cent), at + 1)),
        Class::Unit(Unit::Measure(Measure::Kilometre)) if next(1, &["carré", "carrés", "2", "²"]) => {
            metric(Measure::SquareKilometre, 2)
        }
        Class::Unit(Unit::Measure(Measure::Metre)) if next(1, &["carré", "carrés", "2", "²"]) => {
            metric(Measure::SquareMetre, 2)
        }
        Class::Unit(Unit::Measure(Measure::Metre)) if next(1, &["cube", "cubes", "3", "³"]) => {
            metric(Measure::CubicMetre, 2)
        }
        Class::Unit(Unit::Measure(Measure::Kilometre)) if next(1, &["/"]) && next(2, &["h"]) => {
            metric(Measure::KilometrePerHour, 3)
        }
        Class::Unit(Unit::Measure(Measure::Kilometre))
            if r.follows(at + 1, &["à", "l'", "heure"]) || r.follows(at + 1, &["par", "heure"]) =>
        {
            metric(Measure::KilometrePerHour, if next(1, &["par"]) { 3 } else { 4 })
        }
        Class::Unit(Unit::Measure(Measure::Mile)) if next(1, &["nautique", "nautiques"]) => {
            metric(Measure::NauticalMile, 2)
        }
        Class::Unit(Unit::Point) if in_words => None,
        Class::Unit(_) if in_words && r.lower(at).chars().count() < 3 && !r.is(at, "an") => None,
        Class::Unit(unit) => Some((unit, at + 1)),
        _ => None,
    }
}

/// Whether the number at `start`, with « ans » right before `end`, is an age: after « âgé de » or « âge de », or
/// between a comma and another, a closing bracket or a stop (« Karim Sadi, 29 ans, »).
pub fn is_age(r: &ClassedTokens, start: usize, end: usize) -> bool {
    let before = |w: &[&str]| start >= w.len() && r.precedes(start, w);
    let aged = start >= 2 && r.is(start - 1, "de") && r.is_any(start - 2, &["âgé", "âgée", "âgés", "âgées", "âge"]);
    r.is(end - 1, "ans") && (aged || before(&[","]) && r.is_any(end, &[",", ")", "."]))
}
