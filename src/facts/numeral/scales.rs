//! Reads the scale words after a number (thousands, millions, dozens), and the halves beside them.

use super::digits::{is_short, parse};
use super::{Numeral, read};
use crate::facts::class::{Class, ClassedTokens};
use crate::facts::quantity::Unit;
use crate::lang::Lang;

/// Applies to a number the scale words and halves that follow it: « 3 millions », "5bn", « 1 million 200 mille », "two
/// and a half million".
pub(super) fn scales(r: &ClassedTokens, n: &mut Numeral) {
    let words = if n.in_words { scale_of_words(r, n.end) } else { 1.0 };
    add_half(r, n, words);
    let mut factor = 1.0;
    while let Some((f, next, rounded)) = scale_at(r, n.end, n.in_words) {
        factor *= f;
        n.end = next;
        n.rounded |= rounded;
    }
    if factor == 1.0 {
        n.scale = words;
        return;
    }
    // « milles » may be miles (« 26,2 milles ») or a misspelt « mille » (« 7 milles »), so both values are kept.
    if r.lang == Lang::Fr && factor == 1000.0 && r.is(n.end - 1, "milles") {
        n.other_reading = Some(n.value);
    }
    n.value = times(n.value, factor);
    // The scale applies to the other reading as well, but not to a number of miles.
    n.other_reading = n.other_reading.map(|v| if v == n.value / factor { v } else { times(v, factor) });
    n.scale = factor;
    // Before a scale, a comma is hardly a sign for thousands in French: « 2,631 millions » are not 2631 millions.
    n.ambiguous = false;
    if is_et_demi(r, n.end) {
        n.value += factor / 2.0;
        n.end += 2;
    }
    if factor >= 1e6 {
        add_smaller_scale(r, n);
    } else if factor == 1000.0 && !n.in_words {
        add_units(r, n);
    }
}

/// Adds the half after a whole number below 1000 ("six and a half thousand", « deux et demi »), or after the scale of a
/// number in words that has been read already (« deux millions et demi »). `words` is that scale, 1 where there is
/// none.
fn add_half(r: &ClassedTokens, n: &mut Numeral, words: f64) {
    let small = n.value < 1000.0 && n.value.fract() == 0.0;
    if r.lang == Lang::En
        && small
        && let Some(end) = and_a_half(r, n.end)
    {
        n.value += 0.5;
        n.end = end;
    }
    if is_et_demi(r, n.end) && (small || words > 1.0) {
        n.value += words / 2.0;
        n.end += 2;
    }
}

/// Whether « et demi » stands at `at`.
fn is_et_demi(r: &ClassedTokens, at: usize) -> bool {
    r.lang == Lang::Fr && r.is(at, "et") && r.class(at + 1) == Class::Half
}

/// Adds the smaller number of 1000 or more that follows: « 1 million 200 mille », « 2 milliards 500 millions ». After
/// « et » or "and" it must have a scale.
fn add_smaller_scale(r: &ClassedTokens, n: &mut Numeral) {
    let and = r.is_any(n.end, &["et", "and"]);
    let next = n.end + usize::from(and);
    let starts = matches!(r.class(next), Class::Digits | Class::Small(_) | Class::Tens(_) | Class::Hundred);
    if starts
        && let Some(rest) = read(r, next)
        && rest.value < n.scale
        && (rest.scale >= 1000.0 || rest.value >= 1000.0 && !and)
        && !rest.ordinal
    {
        n.value += rest.value;
        n.end = rest.end;
    }
}

/// Adds the digits, three at most, that follow figures with « mille »: « 18 mille 969 », « 6 mille 74 ».
fn add_units(r: &ClassedTokens, n: &mut Numeral) {
    if r.is_digits(n.end) && is_short(r, n.end) && !r.glued(n.end) && !(r.glued(n.end + 1) && r.is_digits(n.end + 1)) {
        n.value += parse(r.tokens.raw(n.end));
        n.end += 1;
    }
}

/// The product. Where it is not whole only because binary fractions are inexact, it is rounded: 1.4 million is exactly
/// 1,400,000.
fn times(value: f64, factor: f64) -> f64 {
    let product = value * factor;
    if (product - product.round()).abs() < 1e-6 * product.abs().max(1.0) { product.round() } else { product }
}

/// The index after "and a half", "-and-a-half" or "and half", if it stands at `at`.
pub fn and_a_half(r: &ClassedTokens, at: usize) -> Option<usize> {
    let and = r.skip_hyphen(at);
    let article = r.skip_hyphen(and + 1);
    let half = if r.is(article, "a") { r.skip_hyphen(article + 1) } else { article };
    (r.is(and, "and") && r.class(half) == Class::Half).then_some(half + 1)
}

/// The factor of the scale word right before token `end`, with which number words end (« deux millions »); 1 for any
/// other word.
fn scale_of_words(r: &ClassedTokens, end: usize) -> f64 {
    match r.class(end - 1) {
        Class::Scale(e) => 10f64.powi(i32::from(e)),
        Class::Thousand => 1000.0,
        _ => 1.0,
    }
}

/// The scale word at token `k`, or after a hyphen, « de » or a word such as « autres » there: its factor, the index
/// after it, and whether it rounds. `after_words` says that the number is written in words.
fn scale_at(r: &ClassedTokens, k: usize, after_words: bool) -> Option<(f64, usize, bool)> {
    let mut at = r.skip_hyphen(k);
    // A word or a sign may stand before the scale: « 100 autres milliards », « 440$ millions ».
    let sign = !r.is_word(at) && matches!(r.class(at), Class::Unit(Unit::Money(_)));
    if (r.is_any(at, &["autres", "other", "more"]) || sign) && matches!(r.class(at + 1), Class::Scale(_)) {
        at += 1;
    }
    match r.class(at) {
        Class::Thousand if r.lang == Lang::Fr && nautical(r, at) => None,
        Class::Thousand => Some((1e3, at + 1, false)),
        Class::Scale(e) => Some((10f64.powi(i32::from(e)), at + 1, false)),
        Class::Hundred if r.lang == Lang::En && !after_words => Some((100.0, at + 1, false)),
        Class::Collective(n) => Some((f64::from(n), at + 1, true)),
        _ if r.lang == Lang::Fr && r.is_any(k, &["de", "d'"]) => {
            // As in « une centaine de milliers » and « dizaines de millions ».
            let before = r.class(k.checked_sub(1)?);
            let scale = match r.class(k + 1) {
                Class::Collective(n) if n >= 1000 => f64::from(n),
                Class::Scale(e) => 10f64.powi(i32::from(e)),
                Class::Thousand if r.is(k + 1, "mille") => 1000.0,
                _ => return None,
            };
            matches!(before, Class::Collective(_)).then_some((scale, k + 2, true))
        }
        _ => abbreviated_scale(r, k).map(|f| (f, k + 1, false)),
    }
}

/// The factor that the letters after figures stand for: those of « 5 Mds » and "20k" by themselves, those of « 5 M€ »
/// and "$5m" only beside a currency, and « md » also before « de ».
fn abbreviated_scale(r: &ClassedTokens, k: usize) -> Option<f64> {
    if !r.is_digits(k.checked_sub(1)?) {
        return None;
    }
    // The currency before "m" or "b" is two tokens away, or four where the number has decimals: "$5m", "$1.5m".
    let money = |i: usize| matches!(r.class(i), Class::Unit(Unit::Money(_)));
    match (r.lang, r.lower(k)) {
        (_, "mds" | "mrd" | "mrds") => Some(1e9),
        (Lang::Fr, "md") if money(k + 1) || r.is_any(k + 1, &["de", "d'"]) => Some(1e9),
        (Lang::Fr, "m") if money(k + 1) || (r.is_any(k + 1, &["de", "d'"]) && money(k + 2)) => Some(1e6),
        (Lang::Fr, "m") if r.glued(k) && (k >= 2 && money(k - 2) || k >= 4 && money(k - 4)) => Some(1e6),
        (Lang::En, "m") if r.glued(k) && (k >= 2 && money(k - 2) || k >= 4 && money(k - 4) || money(k + 1)) => {
            Some(1e6)
        }
        (Lang::En, "b") if r.glued(k) && (k >= 2 && money(k - 2) || k >= 4 && money(k - 4)) => Some(1e9),
        (_, "k") if r.glued(k) => Some(1e3),
        _ => None,
    }
}

/// Whether the « mille » or « milles » at `k` means miles: « 12 milles nautiques », « à trois milles des côtes ».
pub fn nautical(r: &ClassedTokens, k: usize) -> bool {
    r.is_any(k + 1, &["nautique", "nautiques", "marin", "marins"])
        || (r.is(k, "milles") && r.is_any(k + 1, &["de", "des", "du", "au", "à", "d'"]))
}
