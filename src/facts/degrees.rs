//! Temperatures: their scale, and whether they are below zero. « Moins 15 degrés » is "minus 15 degrees" and not "less
//! than 15 degrees".

use super::class::ClassedTokens;
use super::found::FoundQuantity;
use super::quantity::{Bound, Measure, Unit};

/// The unit of temperature that begins at token `at` (« °C », « degrés », "degrees Fahrenheit"), and the index after
/// it.
pub(super) fn unit_at(r: &ClassedTokens, at: usize) -> Option<(Unit, usize)> {
    let sign = r.is_any(at, &["°", "º", "℃", "℉"]);
    let word = r.is_any(at, &["degré", "degrés", "degree", "degrees"]);
    if !sign && !word {
        return None;
    }
    let after = at + 1;
    let scale = |measure, end| Some((Unit::Measure(measure), end));
    match r.tokens.raw(after) {
        _ if r.is(at, "℃") => scale(Measure::Celsius, after),
        _ if r.is(at, "℉") => scale(Measure::Fahrenheit, after),
        "C" => scale(Measure::Celsius, after + 1),
        "F" => scale(Measure::Fahrenheit, after + 1),
        _ if r.is_any(after, &["celsius", "centigrade", "centigrades"]) => scale(Measure::Celsius, after + 1),
        _ if r.is(after, "fahrenheit") => scale(Measure::Fahrenheit, after + 1),
        // Without a scale, the word means Celsius. The sign alone is not read, because it may be that of a latitude
        // ("40° north").
        _ if word => scale(Measure::Celsius, after),
        _ => None,
    }
}

/// Makes the value of a temperature negative where « moins », "minus" or a minus sign without a space after it stands
/// before the number that begins at token `core`, or a phrase such as « sous zéro » after its unit.
pub(super) fn sign(r: &ClassedTokens, found: &mut FoundQuantity, core: usize) {
    if !matches!(found.quantity.unit, Unit::Measure(Measure::Celsius | Measure::Fahrenheit))
        || found.quantity.value < 0.0
    {
        return;
    }
    let before = core.wrapping_sub(1);
    let spaced = r.is_any(before, &["-", "–"]) && !r.glued(core) && !r.glued(before);
    // The sign in « indiquent - 7 degrés » may be a dash or a minus sign, so the negative value is kept as the other
    // reading.
    if spaced && found.quantity.other_reading.is_none() {
        found.quantity.other_reading = Some(-found.quantity.value);
    }
    let dash = r.is_any(before, &["-", "–"]) && r.glued(core) && !r.glued(before);
    let word = r.is(before, "minus") || r.is(before, "moins") && !r.is_any(core.wrapping_sub(2), &["au", "du"]);
    let below = ["sous", "below", "under"].iter().any(|w| r.is(found.end, w))
        && r.is_any(found.end + 1, &["zéro", "zero", "freezing"]);
    let beneath = r.follows(found.end, &["au", "-", "dessous", "de", "zéro"])
        || r.follows(found.end, &["en", "dessous", "de", "zéro"]);
    if dash || word || below || beneath {
        found.quantity.value = -found.quantity.value;
        found.quantity.high = found.quantity.high.map(|high| -high);
        found.quantity.bound = Bound::Exact;
        found.start = if dash || word { found.start.min(before) } else { found.start };
    }
}
