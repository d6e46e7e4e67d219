//! Reads what turns a number into something else: the ending of an ordinal, a denominator, a half after the unit, the
//! second number of a range or a score.

use super::class::{Class, ClassedTokens};
use super::found::FoundQuantity;
use super::numeral::{self, Numeral};
use super::quantity::{Duty, Measure, NumberForm, Quantity, Unit};
use crate::lang::Lang;
use crate::lexicon::{en, fr};

/// The index after the ending of an ordinal in figures, if the number has one: « 60e », « 1er », "3rd".
pub fn ordinal_suffix(r: &ClassedTokens, n: &Numeral) -> Option<usize> {
    let suffixes = match r.lang {
        Lang::Fr => &fr::ORDINAL_SUFFIXES,
        Lang::En => &en::ORDINAL_SUFFIXES,
    };
    let plain = !n.in_words && n.value.fract() == 0.0;
    let glued = r.glued(n.end) && r.among(n.end, suffixes);
    // « 5 ème » with a stray space.
    let apart = r.lang == Lang::Fr && r.is_any(n.end, &["ème", "ième"]);
    (plain && (glued || apart)).then_some(n.end + 1)
}

/// Makes `q` a fraction if a denominator follows the number (« deux tiers », "three-quarters", "2/3"), or adds to it a
/// fraction in figures that follows ("2 1/2"). Returns the index after it; `None` where there is no fraction.
pub fn fraction(r: &ClassedTokens, n: &Numeral, q: &mut Quantity) -> Option<usize> {
    let at = r.skip_hyphen(n.end);
    let (parts, end) = match r.class(at) {
        Class::Part(parts) => (f64::from(parts), at + 1),
        // In "2 1/2" the fraction is added to the number, whose form stays what it is.
        Class::Digits
            if at == n.end
                && !r.glued(at)
                && r.is(at + 1, "/")
                && r.glued(at + 1)
                && r.glued(at + 2)
                && !n.in_words =>
        {
            let (a, b) = (r.digits(at, 1)?, r.digits(at + 2, 1)?);
            if a >= b {
                return None;
            }
            q.value = n.value + f64::from(a) / f64::from(b);
            return Some(at + 3);
        }
        // As in « trois cinquièmes ».
        Class::Ordinal(o @ 3..)
            if r.lang == Lang::Fr && n.in_words && r.lower(at).ends_with('s') && n.value < f64::from(o) =>
        {
            (f64::from(o), at + 1)
        }
        // Figures with a stroke are a fraction only if the first is below 10 and the second is larger; others may be a
        // date or a season ("2007/08").
        _ if r.is(n.end, "/")
            && r.glued(n.end)
            && r.glued(n.end + 1)
            && n.value < 10.0
            && !is_range_with_stroke(r, n)
            && !matches!(r.class(n.end + 2 + 1), Class::Unit(_)) =>
        {
            (f64::from(r.digits(n.end + 1, 2).filter(|&d| d > 1 && f64::from(d) > n.value)?), n.end + 2)
        }
        _ => return None,
    };
    if n.value >= 100.0 {
        return None;
    }
    q.form = NumberForm::Fraction;
    q.value = n.value / parts;
    // "The first three quarters" may be three quarters of a year, so the number of quarters is kept as the other
    // reading.
    q.other_reading = (r.lang == Lang::En && parts == 4.0).then_some(n.value);
    q.duty = Duty::Must;
    Some(end)
}

/// Whether the stroke after the number means *to*: the second figure is larger, the first is 2 or more, and a unit in
/// the plural follows (« 8/9 ans », « 3/4 jours ») or "aged" or « âgés » stands before.
fn is_range_with_stroke(r: &ClassedTokens, n: &Numeral) -> bool {
    let at = n.end;
    let has_unit = matches!(r.class(at + 2), Class::Unit(Unit::Measure(_))) && r.lower(at + 2).ends_with('s');
    // As in "children aged 8/9".
    let is_age = ["aged", "ages", "âgé"].iter().any(|word| r.lower(at.saturating_sub(2)).starts_with(word));
    let rises = r.digits(at + 1, 2).is_some_and(|high| f64::from(high) > n.value);
    r.is(at, "/") && r.glued(at) && r.glued(at + 1) && (has_unit || is_age) && rises && n.value >= 2.0
}

/// Adds to the quantity what follows its unit: a half (« deux ans et demi »), or in French the hundredths of a second.
pub fn half(r: &ClassedTokens, found: &mut FoundQuantity) {
    match r.lang {
        Lang::Fr if r.is(found.end, "et") && r.class(found.end + 1) == Class::Half => {
            add_to_last(&mut found.quantity, 0.5);
            found.end += 2;
        }
        Lang::En => {
            if let Some(end) = numeral::and_a_half(r, found.end) {
                add_to_last(&mut found.quantity, 0.5);
                found.end = end;
            }
        }
        // The hundredths in « 20 sec 53 ».
        Lang::Fr
            if found.quantity.unit == Unit::Measure(Measure::Second)
                && r.is_digits(found.end)
                && !r.glued(found.end)
                && r.tokens.raw(found.end).len() == 2
                && !matches!(r.class(found.end + 1), Class::Unit(_)) =>
        {
            add_to_last(&mut found.quantity, f64::from(r.digits(found.end, 2).unwrap_or(0)) / 100.0);
            found.end += 1;
        }
        // As in « 18 miles ½ ».
        Lang::Fr if r.is(found.end, "½") => {
            add_to_last(&mut found.quantity, 0.5);
            found.end += 1;
        }
        Lang::Fr => {}
    }
}

/// Adds to the last number of a quantity: the second one of a range (« deux à trois ans et demi »).
fn add_to_last(quantity: &mut Quantity, part: f64) {
    *quantity.high.as_mut().unwrap_or(&mut quantity.value) += part;
}

/// Whether the stroke after a quantity means *to* (see [`is_range_with_stroke`]).
fn stroke_joins(r: &ClassedTokens, found: &FoundQuantity) -> bool {
    numeral::read(r, found.end - 1).is_some_and(|n| n.end == found.end && is_range_with_stroke(r, &n))
}

/// Joins the two numbers of « entre 10 et 15 », « 10 à 15 » or "10-15" into one quantity with two ends. If the second
/// number is not larger, is an ordinal, is the day of a date or has digits after it, or if only one of the two is in
/// words, nothing is joined. Then two figures with a dash and no unit are read as a score (« 2-1 »), unless the second
/// is an ordinal or has digits after it.
pub fn range(r: &ClassedTokens, found: &mut FoundQuantity) {
    let link = found.end;
    let between = r.is_any(found.start.wrapping_sub(1), &["entre", "between"]);
    let joins = match r.lang {
        Lang::Fr => r.is_any(link, &["à", "ou", "a"]) || between && r.is(link, "et"),
        Lang::En => r.is_any(link, &["to", "or"]) || between && r.is(link, "and"),
    };
    let stroke = r.is(link, "/") && r.glued(link) && r.glued(link + 1);
    let dash = r.is_hyphen(link) && r.glued(link) && r.glued(link + 1) || stroke && stroke_joins(r, found);
    if !(joins || dash) || found.quantity.form != NumberForm::Cardinal {
        return;
    }
    let Some(second) = numeral::read(r, link + 1) else { return };
    let mismatched =
        Class::Digits == r.class(second.end) || second.ordinal || second.in_words != found.quantity.in_words;
    let date = matches!(r.class(second.end), Class::Month(_));
    if mismatched || date || second.value <= found.quantity.value {
        if dash && !second.in_words && found.quantity.unit.is_none() && !mismatched {
            found.quantity.form = NumberForm::Score;
        }
        return;
    }
    // « 300 à 450 000 » probably means 300 000; 300 is kept as the other reading.
    let q = &mut found.quantity;
    if second.scale == 1.0
        && second.value >= 10_000.0
        && q.value < 1000.0
        && q.other_reading.is_none()
        && q.value * 1000.0 < second.value
    {
        q.other_reading = Some(q.value);
        q.value *= 1000.0;
    }
    // In « 2 à 3 millions » the scale belongs to both.
    let low = found.quantity.value;
    if second.scale >= 1000.0 && low < 1000.0 && low < second.value / second.scale {
        // 2.01 × 1000 is not exactly 2010 in binary.
        found.quantity.value = (low * second.scale * 1e6).round() / 1e6;
    }
    // « deux à trois cents » probably means 200 to 300; 2 is kept as the other reading.
    let hundreds = second.value / 100.0;
    if second.in_words && r.class(second.end - 1) == Class::Hundred && low < 10.0 && low < hundreds && hundreds < 10.0 {
        found.quantity.value = low * 100.0;
        found.quantity.other_reading = Some(low);
    }
    found.quantity.high = Some(second.value);
    found.end = second.end;
}
