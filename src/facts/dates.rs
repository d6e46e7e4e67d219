//! Date grammar that both languages share: lists of days, years, dates in figures.

use super::class::{Class, ClassedTokens};
use super::date::DateFact;
use super::quantity::Unit;
use super::{Fact, FactValue};
use jiff::civil::Date;

/// One day of a list, and the tokens that name it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Day {
    /// Monday is 1; `None` where it is not named.
    pub weekday: Option<u8>,
    pub day: u8,
    /// Its first token.
    pub start: usize,
    /// The token after its last one.
    pub end: usize,
}

/// Where the date grammars put what they find.
pub struct Sink<'s> {
    pub facts: &'s mut Vec<Fact>,
    /// Day of publication, from which dates are resolved.
    pub published: Option<Date>,
}

impl Sink<'_> {
    /// Adds the date that the tokens from `start` to `end` name.
    pub fn push(&mut self, r: &ClassedTokens, mut fact: DateFact, start: usize, end: usize) {
        fact.resolve(self.published);
        self.facts.push(Fact { span: r.tokens.span(start, end), value: FactValue::Date(fact) });
    }
}

/// Adds the days of a list in which the month, and perhaps a year, follows the last day: « les 16 et 17 octobre 2016 ».
/// Each day becomes a date of its own. The span of the last date goes on to `end`, and so includes month and year.
pub fn push_days(r: &ClassedTokens, list: &[Day], month: u8, year: Option<i16>, end: usize, out: &mut Sink) {
    for (k, d) in list.iter().enumerate() {
        let last = k + 1 == list.len();
        let fact = DateFact {
            year,
            month: Some(month),
            day: Some(d.day),
            weekday: d.weekday,
            shared_month: !last,
            shared_year: !last,
            ..DateFact::default()
        };
        out.push(r, fact, d.start, if last { end } else { d.end });
    }
}

/// The year at token `i`: four digits from 1000 to 2100 that are not followed by a scale, a unit such as « euros » or
/// "%", more digits after a comma or stop, or letters without a space ("1990s").
pub fn is_year(r: &ClassedTokens, i: usize) -> Option<i16> {
    let raw = r.tokens.raw(i);
    let year = r.digits(i, 4).filter(|&y| raw.len() == 4 && (1000..=2100).contains(&y))?;
    let grouped = r.is_any(i + 1, &[",", "."]) && r.glued(i + 1) && r.glued(i + 2) && r.is_digits(i + 2);
    let unit =
        matches!(r.class(i + 1), Class::Unit(Unit::Percent | Unit::Money(_)) | Class::Scale(_) | Class::Thousand)
            || matches!(r.class(i + 1), Class::Unit(Unit::Measure(_))) && r.is_word(i + 1);
    let glued = r.glued(i + 1) && r.is_word(i + 1) && !r.is(i + 1, "'s");
    (!grouped && !unit && !glued).then_some(year as i16)
}

/// Adds one year, or the two of a span ("2008", "2007-2008", "2007/08"), and returns the index after it. One year is
/// added only if `meant` says that the words around it show a year and not a count, and no qualifier shows a count; a
/// span needs neither.
pub fn years(r: &ClassedTokens, i: usize, meant: fn(&ClassedTokens, usize) -> bool, out: &mut Sink) -> Option<usize> {
    // Digits right after such a sign belong to another figure or to a sum: "€2000".
    let after_sign = r.glued(i) && i > 1 && r.is_any(i - 1, &[".", ":", "€", "$", "£", "+"]);
    let year = is_year(r, i).filter(|_| !after_sign)?;
    // After a qualifier the digits are a count, as in « plus de 2000 » and "more than 2000". But French upper limits
    // (« jusqu'en 2008 ») may stand before years, and so may English qualifiers of one word other than "nearly" and the
    // like ("about 2008").
    let qualified = match r.lang {
        crate::lang::Lang::Fr => {
            super::fr::qualifiers::bound_before(r, i).is_some_and(|(b, _)| b != super::quantity::Bound::AtMost)
        }
        crate::lang::Lang::En => {
            let qualifier = super::en::qualifiers::bound_before(r, i);
            qualifier.is_some_and(|(b, s)| i - s > 1 || matches!(b, super::quantity::Bound::Nearly))
        }
    };
    let span = (r.is_hyphen(i + 1) || r.is(i + 1, "/")) && r.glued(i + 1) && r.glued(i + 2);
    let second = span.then(|| is_year(r, i + 2).or_else(|| short_year(r, i + 2, year))).flatten();
    if second.is_none() && (qualified || !meant(r, i)) {
        return None;
    }
    let mut end = i + 1;
    out.push(r, DateFact { year: Some(year), ..DateFact::default() }, i, end);
    if let Some(second) = second {
        end = i + 3;
        out.push(r, DateFact { year: Some(second), ..DateFact::default() }, i + 2, end);
    }
    Some(end)
}

/// The second year of "2007-08" or "1999-00", if the token at `i` has two digits that can be a later year.
fn short_year(r: &ClassedTokens, i: usize, first: i16) -> Option<i16> {
    let short = r.digits(i, 2).filter(|_| r.tokens.raw(i).len() == 2)? as i16;
    (short > first % 100)
        .then_some(first - first % 100 + short)
        .or_else(|| (first % 100 == 99 && short == 0).then_some(first + 1))
}

/// Adds the date in figures that begins at token `i`, and returns the index after it: « 29/11/2024 », « 29.11.2024 »,
/// "2024-11-29", « 11/9 ». [`DateFact::may_be_swapped`] is set for English dates that do not begin with the year, and
/// in both languages for « 11/9 » and « 9/11 », because day and month may be the other way round.
pub fn numeric(r: &ClassedTokens, i: usize, out: &mut Sink) -> Option<usize> {
    let joined = |k: usize, sign: &str| r.is(k, sign) && r.glued(k) && r.glued(k + 1) && r.is_digits(k + 1);
    if r.glued(i) && r.is_any(i.wrapping_sub(1), &["/", "-", "."]) {
        return None;
    }
    for sign in ["/", ".", "-"] {
        if !(joined(i + 1, sign) && joined(i + 3, sign)) {
            continue;
        }
        let (a, b, c) = (r.digits(i, 4)?, r.digits(i + 2, 2)?, r.digits(i + 4, 4)?);
        // A first figure above 31 can only be the year.
        let (day, month, year) = if a > 31 { (c, b, a) } else { (a, b, c) };
        // The day comes first in French, and may come first in English. A second figure above 12 must be the day.
        let (day, month) = if month > 12 { (month, day) } else { (day, month) };
        let year = match r.tokens.raw(if a > 31 { i } else { i + 4 }).len() {
            4 => year,
            2 if sign != "-" && r.tokens.raw(i + 4).len() == 2 => 2000 + year,
            _ => return None,
        };
        if !(1..=31).contains(&day) || !(1..=12).contains(&month) || !(1000..=2100).contains(&year) {
            return None;
        }
        let fact = DateFact {
            year: Some(year as i16),
            month: Some(month as u8),
            day: Some(day as u8),
            may_be_swapped: a <= 31 && r.lang == crate::lang::Lang::En,
            ..DateFact::default()
        };
        out.push(r, fact, i, i + 5);
        return Some(i + 5);
    }
    // Of two figures without a year only « 9/11 » and « 11/9 » are certainly a date; other pairs may be fractions or
    // scores.
    let pair = (r.digits(i, 2)?, r.digits(i + 2, 2));
    if joined(i + 1, "/") && matches!(pair, (9, Some(11)) | (11, Some(9))) && !r.is(i + 3, "/") {
        let fact = DateFact { month: Some(9), day: Some(11), may_be_swapped: true, ..DateFact::default() };
        out.push(r, fact, i, i + 3);
        return Some(i + 3);
    }
    day_and_month(r, i, out)
}

/// Adds a day and month in figures without a year, if the word before them shows that they are a date: « le 12/11 »,
/// "on 12/11", « lundi 12/11 ». Returns the index after them.
fn day_and_month(r: &ClassedTokens, i: usize, out: &mut Sink) -> Option<usize> {
    let french = r.lang == crate::lang::Lang::Fr;
    let before = if french { &["le", "du", "au", "dès"][..] } else { &["on"] };
    let dated = r.is_any(i.wrapping_sub(1), before) || matches!(r.class(i.wrapping_sub(1)), Class::Weekday(_));
    let stroke = r.is(i + 1, "/") && r.glued(i + 1) && r.glued(i + 2) && r.is_digits(i + 2);
    let goes_on = r.is_any(i + 3, &["/", "%", "e"]) || matches!(r.class(i + 3), Class::Unit(_));
    if !dated || !stroke || goes_on {
        return None;
    }
    let (a, b) = (r.digits(i, 2)?, r.digits(i + 2, 2)?);
    let (day, month) = if b > 12 && !french { (b, a) } else { (a, b) };
    if !(1..=31).contains(&day) || !(1..=12).contains(&month) {
        return None;
    }
    let fact =
        DateFact { month: Some(month as u8), day: Some(day as u8), may_be_swapped: !french, ..DateFact::default() };
    out.push(r, fact, i, i + 3);
    Some(i + 3)
}
