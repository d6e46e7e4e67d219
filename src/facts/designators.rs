//! Finds designators in both languages: « M23 », « S-300 », « MH17 », « résolution 1701 », « CAC 40 ».

use super::class::{Class, ClassedTokens};
use super::designator::Designator;
use super::quantity::Unit;
use super::token::TokenKind;
use crate::lexicon::any;

/// The designator that begins at token `i`, and the index after it.
pub fn read(r: &ClassedTokens, i: usize) -> Option<(Designator, usize)> {
    let token = r.tokens.get(i)?;
    let glued_before = r.glued(i) && i > 0 && r.is_word(i - 1);
    if token.kind == TokenKind::Word && !glued_before {
        // M23, F-16, Su-35, Covid-19: letters with a capital, then at most six digits without a space. Without a hyphen
        // the letters must be two at most, or all capitals.
        let hyphen = r.is_hyphen(i + 1) && r.glued(i + 1) && r.glued(i + 2);
        let at = if hyphen { i + 2 } else { i + 1 };
        let currency = matches!(r.class(i), Class::Unit(Unit::Money(_)));
        let month = matches!(r.class(i), Class::Month(_) | Class::Weekday(_));
        let short = token.upper || token.span.len() <= 2 || hyphen;
        if token.capital
            && short
            && !currency
            && !month
            && r.is_digits(at)
            && r.glued(at)
            && r.tokens.raw(at).len() <= 6
        {
            let mut end = at + 1;
            // Letters and digits that follow without a space belong to the designator: « C-295M », « H1N1 ».
            while r.glued(end) && (r.is_word(end) || r.is_digits(end)) && !r.tokens.raw(end).starts_with(['\'', '’'])
            {
                end += 1;
            }
            return Some((Designator { number: value(r, at)?, roman: false }, end));
        }
        if let Some((number, at)) = roman_after(r, i) {
            return Some((Designator { number, roman: true }, at + 1));
        }
        if r.among(i, &any::NUMBERED) && r.is_digits(i + 1) && !r.glued(i + 1) && r.tokens.raw(i + 1).len() <= 5 {
            let unit = matches!(r.class(i + 2), Class::Unit(_) | Class::Scale(_) | Class::Thousand);
            let more = r.is_any(i + 2, &[",", "."]) && r.is_digits(i + 3);
            if !unit && !more && !r.is_digits(i + 2) {
                return Some((Designator { number: value(r, i + 1)?, roman: false }, i + 2));
            }
        }
    }
    // 4x4, 3D, 5G
    if r.is_digits(i) && r.glued(i + 1) && r.tokens.raw(i).len() <= 2 && !r.glued(i) {
        if r.is(i + 1, "x") && r.is_digits(i + 2) && r.glued(i + 2) {
            return Some((Designator { number: value(r, i)?, roman: false }, i + 3));
        }
        if matches!(r.tokens.raw(i + 1), "D" | "G") {
            return Some((Designator { number: value(r, i)?, roman: false }, i + 2));
        }
    }
    None
}

/// The number of the Roman numeral after the word at `i`, and the index of the numeral: « chapitre VII », « Léon XIV »,
/// "Part III". A numeral of several letters counts after any capitalised word. A single letter counts only after words
/// that take numbers, after a name with a title such as « pape », and after known given names, because "I" is a pronoun
/// as well.
fn roman_after(r: &ClassedTokens, i: usize) -> Option<(f64, usize)> {
    let raw = r.tokens.raw(i + 1);
    if raw.is_empty() || r.glued(i + 1) || !raw.bytes().all(|b| matches!(b, b'I' | b'V' | b'X')) {
        return None;
    }
    let number = super::class::roman(raw)?;
    let lead = r.among(i, &any::NUMBERED) || r.among(i, &any::NUMBERED_IN_ROMAN);
    let titled = i > 0 && r.among(i - 1, &any::NUMBERED_IN_ROMAN) && r.capital(i);
    let named = titled || r.capital(i) && !r.tokens.all()[i].upper && is_given(r, i);
    let long = raw.len() > 1 && r.capital(i) && !r.tokens.all()[i].upper;
    (lead || named || long).then_some((f64::from(number), i + 1))
}

/// Whether the word at `i` is a known given name.
fn is_given(r: &ClassedTokens, i: usize) -> bool {
    use crate::lexicon::{Lexicon, class, key::exact};
    Lexicon::get().vocabulary(r.lang).get(exact(r.lower(i))).is(class::GIVEN)
}

/// The value of the digits at `i`.
fn value(r: &ClassedTokens, i: usize) -> Option<f64> {
    r.tokens.raw(i).parse().ok()
}

/// The version or race time that begins at token `i` ("3.0.1", "2:03:59", "3:32.77"), and the index after it: three
/// parts or more, none of which has more than two digits. (Groups of three would be the thousands of one number.)
pub fn version(r: &ClassedTokens, i: usize) -> Option<(Designator, usize)> {
    let mut end = i;
    let mut number = 0.0;
    let mut parts = 0;
    let mut colon = false;
    while r.is_digits(end) && (end == i || r.glued(end)) {
        if r.tokens.raw(end).len() > 2 {
            return None;
        }
        number = number * 100.0 + value(r, end)?;
        parts += 1;
        end += 1;
        // French has a space before a colon, and some writers put one even here: « 2 :03 :59 ».
        let sign = r.is(end, ".") && r.glued(end) || r.is(end, ":");
        colon |= r.is(end, ":");
        if !(sign && r.is_digits(end + 1) && r.glued(end + 1)) {
            break;
        }
        end += 1;
    }
    let race = parts == 3 && colon;
    (parts >= 3 && (race || !r.glued(i))).then_some((Designator { number, roman: false }, end))
}
