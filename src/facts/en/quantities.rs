//! English quantities without a numeral ("dozens", "half", "a fortnight"), and the duty of every English number:
//! whether the French must, should or may have a counterpart of it.

use super::qualifiers::bound_before;
use crate::facts::class::{Class, ClassedTokens};
use crate::facts::found::FoundQuantity;
use crate::facts::numeral::and_a_half;
use crate::facts::quantity::{Bound, Duty, Measure, NumberForm, Quantity, Unit};

/// Whether the French must, should or may have a counterpart of the number in the tokens `start..end`.
pub fn duty(r: &ClassedTokens, q: &Quantity, start: usize, end: usize) -> Duty {
    if !q.in_words {
        return Duty::Must;
    }
    let before = r.lower(start.wrapping_sub(1));
    // "A fifty-something concierge" gives no exact number.
    if r.lower(r.skip_hyphen(end)).starts_with("something") {
        return Duty::May;
    }
    match q.form {
        NumberForm::Ordinal if q.value < 3.0 => Duty::May,
        NumberForm::Ordinal if q.other_reading.is_some() => Duty::Should,
        NumberForm::Multiple if q.value == 2.0 => Duty::Should,
        _ if q.value == 0.0 => Duty::May,
        // In "the other two" and "the remaining three" French may leave out the number, because it follows from what
        // was said before.
        _ if q.value < 5.0 && matches!(before, "other" | "remaining" | "further") => Duty::Should,
        // For adjectives such as "four-legged", "two-sided" or "two-party", French may have a word without a number.
        _ if r.is_hyphen(end)
            && r.glued(end)
            && (r.lower(end + 1).ends_with("ed") || r.is_any(end + 1, &["party", "way"])) =>
        {
            Duty::Should
        }
        _ if q.value == 2.0 && matches!(before, "the" | "these" | "those" | "of" | "or" | "between") => Duty::Should,
        _ => Duty::Must,
    }
}

/// The quantity that begins at token `i` and has no numeral: "dozens", "half", "a third", "twice", "both", "a
/// fortnight".
pub fn without_numeral(r: &ClassedTokens, i: usize) -> Option<FoundQuantity> {
    let cardinal = |value, duty, end| FoundQuantity::in_words(value, NumberForm::Cardinal, duty, (i, end));
    match r.class(i) {
        Class::Collective(n) => Some(collective(r, i, n)),
        // As in "a good hundred billion".
        Class::Hundred
            if r.is_any(i.wrapping_sub(1), &["good", "full"]) && matches!(r.class(i + 1), Class::Scale(_)) =>
        {
            let Class::Scale(e) = r.class(i + 1) else { return None };
            Some(cardinal(100.0 * 10f64.powi(i32::from(e)), Duty::Must, i + 2).rounded())
        }
        // As in "a hundred-million turnover".
        Class::Hundred if r.is_hyphen(i + 1) && matches!(r.class(i + 2), Class::Scale(_)) => {
            let Class::Scale(e) = r.class(i + 2) else { return None };
            Some(cardinal(100.0 * 10f64.powi(i32::from(e)), Duty::Must, i + 3))
        }
        Class::Hundred => Some(magnitude(r, i, 100.0)),
        Class::Thousand => Some(magnitude(r, i, 1000.0)),
        // Abbreviations such as "bn" and "mln" are no order of magnitude by themselves.
        Class::Scale(e) if r.is_word(i) && r.lower(i).len() > 3 => Some(magnitude(r, i, 10f64.powi(i32::from(e)))),
        Class::Half => Some(half(r, i)),
        Class::One | Class::Part(_) => part_of_century(r, i)
            .map(|end| cardinal(25.0, Duty::Should, end).of_unit(YEAR))
            .or_else(|| part_of_scale(r, i).map(|(value, end)| cardinal(value, Duty::Must, end)))
            .or_else(|| match r.class(i) {
                Class::Part(n) => Some(part(n, (i, i + 1))),
                _ => one(r, i),
            }),
        // "Year-on-year" means over one year.
        Class::Unit(YEAR) if r.is_any(i + 2, &["on", "over"]) && r.skip_hyphen(i + 1) == i + 2 => {
            Some(cardinal(1.0, Duty::May, i + 3).of_unit(YEAR))
        }
        Class::Factor(n) => Some(factor(r, i, n)),
        // As in "the past decade".
        Class::Unit(unit @ Unit::Measure(Measure::Decade | Measure::Century)) => {
            Some(cardinal(1.0, Duty::May, i + 1).of_unit(unit))
        }
        Class::MayCount(n) => Some(cardinal(f64::from(n), Duty::May, i + 1)),
        Class::MayMeasure(n, measure) => Some(cardinal(f64::from(n), Duty::May, i + 1).of_unit(Unit::Measure(measure))),
        _ => None,
    }
}

const YEAR: Unit = Unit::Measure(Measure::Year);

/// The number that a collective noun gives: about twelve for "the dozen", and an order of magnitude for "dozens",
/// "several dozen" and "scores of". `n` is the noun's own number.
fn collective(r: &ClassedTokens, i: usize, n: u16) -> FoundQuantity {
    if n == 12 && !r.is(i, "dozens") && !r.is_any(i.wrapping_sub(1), &["several", "few", "many", "some"]) {
        return FoundQuantity::in_words(12.0, NumberForm::Cardinal, Duty::Must, (i, i + 1)).rounded();
    }
    let mut found = magnitude(r, i, f64::from(n));
    // Without "of", "scores" may count nothing: "test scores".
    if r.is(i, "scores") && !r.is(i + 1, "of") {
        found.quantity.duty = Duty::May;
    }
    found
}

/// The number that "half" makes with the word after it ("half a million", "half a dozen"), or else one half.
fn half(r: &ClassedTokens, i: usize) -> FoundQuantity {
    let halved = r.skip_hyphen(i + 1);
    let halved = halved + usize::from(r.is_any(halved, &["a", "an"]));
    let whole = match r.class(halved) {
        Class::Scale(e) => 10f64.powi(i32::from(e)),
        Class::Thousand => 1000.0,
        Class::Collective(12) => 12.0,
        _ => return FoundQuantity::in_words(0.5, NumberForm::Fraction, Duty::May, (i, i + 1)),
    };
    FoundQuantity::in_words(whole / 2.0, NumberForm::Cardinal, Duty::Must, (i, halved + 1))
}

/// One of `denominator` equal parts: "quarter".
fn part(denominator: u8, range: (usize, usize)) -> FoundQuantity {
    FoundQuantity::in_words(1.0 / f64::from(denominator), NumberForm::Fraction, Duty::May, range)
}

/// What "a" or "one" makes with the next word: a fraction ("one quarter"), a fraction or an ordinal ("a third"), one
/// unit ("a decade"), or one and a half ("a mile and a half"). `None` before any other word.
fn one(r: &ClassedTokens, i: usize) -> Option<FoundQuantity> {
    let at = r.skip_hyphen(i + 1);
    match r.class(at) {
        // "Third" is a fraction in "a third of the men" and an ordinal in "a third man", so both readings are kept.
        Class::Ordinal(n @ 3..=20) => {
            let found = FoundQuantity::in_words(f64::from(n), NumberForm::Ordinal, Duty::Should, (i, at + 1));
            Some(found.or(1.0 / f64::from(n)))
        }
        Class::Part(n) => Some(part(n, (i, at + 1))),
        // One or two letters are no unit here: "a T-72" is no tonne.
        Class::Unit(unit @ Unit::Measure(_)) if r.lower(at).len() > 2 => {
            let (value, duty, end) = match and_a_half(r, at + 1) {
                Some(end) => (1.5, Duty::Should, end),
                None => (1.0, Duty::May, at + 1),
            };
            Some(FoundQuantity::in_words(value, NumberForm::Cardinal, duty, (i, end)).of_unit(unit))
        }
        _ => None,
    }
}

/// The value of a part of a scale ("a quarter of a billion", "a quarter million"), and the index after it.
fn part_of_scale(r: &ClassedTokens, i: usize) -> Option<(f64, usize)> {
    let at = i + usize::from(r.class(i) == Class::One);
    let Class::Part(n) = r.class(at) else { return None };
    let next = at + 1 + usize::from(r.is(at + 1, "of"));
    let next = next + usize::from(r.is(next, "a"));
    match r.class(next) {
        Class::Scale(e) => Some((10f64.powi(i32::from(e)) / f64::from(n), next + 1)),
        _ => None,
    }
}

/// The index after "quarter of a century" or "quarter century", with or without "a" or "one" before it; `None` for
/// anything else.
fn part_of_century(r: &ClassedTokens, i: usize) -> Option<usize> {
    let at = i + usize::from(r.class(i) == Class::One);
    let at = r.skip_hyphen(at + 1);
    let noun = if r.follows(at, &["of", "a"]) { at + 2 } else { at };
    (matches!(r.class(i + usize::from(r.class(i) == Class::One)), Class::Part(4)) && r.is(noun, "century"))
        .then(|| noun + 1)
}

/// The order of magnitude that the word at `i` makes with the words after it; `own` is its own number: "dozens" (10),
/// "tens of thousands" (10,000), "several hundred" (100), "millions".
fn magnitude(r: &ClassedTokens, i: usize, own: f64) -> FoundQuantity {
    let mut value = if own < 100.0 { 10.0 } else { own };
    let mut end = i + 1;
    if r.is(end, "of") {
        match r.class(end + 1) {
            Class::Collective(1000) => (value, end) = (value * 1000.0, end + 2),
            Class::Scale(e) => (value, end) = (value * 10f64.powi(i32::from(e)), end + 2),
            _ => {}
        }
    } else if own == 100.0 && r.class(end) == Class::Thousand {
        // As in "several hundred thousand".
        (value, end) = (value * 1000.0, end + 1);
    }
    FoundQuantity::in_words(value, NumberForm::Magnitude, Duty::Should, (i, end))
}

/// A factor with its limit: "more than doubled", "nearly tripled".
fn factor(r: &ClassedTokens, i: usize, n: u8) -> FoundQuantity {
    let mut found = FoundQuantity::in_words(f64::from(n), NumberForm::Multiple, Duty::May, (i, i + 1));
    if let Some((bound @ (Bound::MoreThan | Bound::Nearly), _)) = bound_before(r, i) {
        found.quantity.bound = bound;
    }
    found
}
