//! Reads English times of day: "2:30 p.m.", "2.30pm", "14:30", "1430 GMT", "2 o'clock", "noon".

use crate::facts::class::{Class, ClassedTokens};
use crate::facts::time::{TimeFact, zone_name};

/// The time that begins at token `i`, and the index after it.
pub fn read(r: &ClassedTokens, i: usize) -> Option<(TimeFact, usize)> {
    if let Some((minutes, end)) = counted_from_the_hour(r, i) {
        return Some((in_words(minutes / 60, minutes % 60, false), end));
    }
    // In "a quarter to ten" the time begins after "a".
    if r.is(i, "a") && r.class(i + 1) == Class::Part(4) && r.is_any(i + 2, &["past", "to"]) {
        return read(r, i + 1);
    }
    match r.class(i) {
        Class::Other if r.is_any(i, &["noon", "midday"]) => Some((in_words(12, 0, true), i + 1)),
        Class::Other if r.is(i, "midnight") => Some((in_words(0, 0, true), i + 1)),
        Class::Half | Class::Part(4) if r.is_any(i + 1, &["past", "to"]) => half_or_quarter(r, i),
        Class::Small(n @ 2..=12) => {
            let ((hour, known), end) = half_day(r, i + 1, u32::from(n))?;
            Some((in_words(hour, 0, known), end))
        }
        Class::One if r.is(i, "one") => {
            let ((hour, known), end) = half_day(r, i + 1, 1)?;
            Some((in_words(hour, 0, known), end))
        }
        Class::Digits => in_figures(r, i),
        _ => None,
    }
}

/// A time in figures without a zone. `half_day_known` says that it is known whether the hour is before or after noon.
fn time(hour: u32, minute: u32, half_day_known: bool) -> TimeFact {
    TimeFact { hour: hour as u8, minute: minute as u8, half_day_known, zone: None, in_words: false }
}

/// A time in words without a zone.
fn in_words(hour: u32, minute: u32, half_day_known: bool) -> TimeFact {
    TimeFact { in_words: true, ..time(hour, minute, half_day_known) }
}

/// The time that begins with "half" or "quarter" at token `i` ("half past ten", "quarter to nine"), and the index after
/// it.
fn half_or_quarter(r: &ClassedTokens, i: usize) -> Option<(TimeFact, usize)> {
    // In "fell in the third quarter to 11.2 percent", "quarter to 11" is no time.
    if r.is_any(i + 3, &["percent", "%"]) || r.is(i + 3, ".") && r.glued(i + 4) && r.is_digits(i + 4) {
        return None;
    }
    let hour = match r.class(i + 2) {
        Class::Small(n @ 1..=12) => u32::from(n),
        Class::One if r.is(i + 2, "one") => 1,
        _ => r.digits(i + 2, 2).filter(|h| (1..=12).contains(h))?,
    };
    let minutes = match (r.class(i), r.is(i + 1, "past")) {
        (Class::Half, true) => hour * 60 + 30,
        (Class::Half, false) => return None,
        (_, true) => hour * 60 + 15,
        (_, false) => hour * 60 - 15,
    };
    Some((in_words(minutes / 60, minutes % 60, false), i + 3))
}

/// The time that begins with figures at token `i`, and the index after it.
fn in_figures(r: &ClassedTokens, i: usize) -> Option<(TimeFact, usize)> {
    if r.tokens.raw(i).len() == 4 && (zone(r, i + 1).is_some() || r.is(i + 1, "hours") && r.is(i.wrapping_sub(1), "at"))
    {
        // As in "1430 GMT" and "at 1430 hours".
        let n = r.digits(i, 4).filter(|n| n / 100 <= 24 && n % 100 < 60)?;
        return Some(zoned(r, time(n / 100, n % 100, true), i + 1));
    }
    let hour = r.digits(i, 2).filter(|&h| h <= 24)?;
    if let Some(minute) = minute_behind_sign(r, i) {
        return with_minute(r, i, hour, minute);
    }
    if r.is(i + 1, "h") && !r.glued(i + 2) && r.glued(i + 1) {
        return Some((time(hour, 0, true), i + 2));
    }
    if let Some((hour, known)) = first_of_two(r, i, hour) {
        return Some((time(hour, 0, known), i + 1));
    }
    let ((hour, known), end) = half_day(r, i + 1, hour)?;
    Some(zoned(r, time(hour, 0, known), end))
}

/// The minutes of "14:30", "2.30" or "14h30", whose hour stands at token `i`; `None` for anything else, and for
/// "2:03:59", which is a race time.
fn minute_behind_sign(r: &ClassedTokens, i: usize) -> Option<u32> {
    let sign = r.glued(i + 1) && r.glued(i + 2) && r.is_any(i + 1, &[":", ".", "h"]);
    let goes_on = r.is_any(i + 3, &[":", "."]) && r.glued(i + 4) && r.is_digits(i + 4);
    let minute = r.digits(i + 2, 2).filter(|&m| m < 60 && r.tokens.raw(i + 2).len() == 2);
    minute.filter(|_| sign && !goes_on)
}

/// The time of `hour` and `minute`, which stand in figures from token `i` on, with what follows them; and the index
/// after it. `None` for "11.30" without "a.m.", a zone or the like.
fn with_minute(r: &ClassedTokens, i: usize, hour: u32, minute: u32) -> Option<(TimeFact, usize)> {
    let after = i + 3;
    if let Some(((hour, known), end)) = half_day(r, after, hour) {
        return Some(zoned(r, time(hour, minute, known), end));
    }
    // "11.30" alone is taken for a decimal number. "14:30", "14h30" and "11.30 GMT" are times.
    let in_zone = zone(r, after).is_some();
    let is_time = !r.is(i + 1, ".") || in_zone || r.is(after, "hrs");
    is_time.then(|| zoned(r, time(hour, minute, hour > 12 || r.is(i + 1, "h") || in_zone), after))
}

/// The first hour of "between 3 and 5 p.m.", "from 9 to 11 am" or "2-4pm", where only the second hour says which half
/// of the day it is in; and whether the first is certainly in the same half.
fn first_of_two(r: &ClassedTokens, i: usize, hour: u32) -> Option<(u32, bool)> {
    if hour == 0 || hour > 12 || !r.is_any(i + 1, &["and", "to", "-", "–", "or"]) {
        return None;
    }
    let second = r.digits(i + 2, 2).filter(|h| (1..=12).contains(h))?;
    let ((later, known), _) = half_day(r, i + 3, second)?;
    // "11 to 2 p.m." begins in the morning.
    let same_half = hour % 12 < second % 12 || second == 12;
    let first = if later >= 12 && same_half && second != 12 { hour % 12 + 12 } else { hour };
    Some((first, known && same_half))
}

/// The time of "twenty(-five) minutes to nine" or "ten past six", in minutes since midnight, and the index after it.
/// Which half of the day is meant is not known, so the result may be twelve hours from the time that is meant.
fn counted_from_the_hour(r: &ClassedTokens, i: usize) -> Option<(u32, usize)> {
    let (minutes, at) = match r.class(i) {
        Class::Small(n @ (5 | 10)) => (u32::from(n), i + 1),
        Class::Tens(20) if r.is(r.skip_hyphen(i + 1), "five") => (25, r.skip_hyphen(i + 1) + 1),
        Class::Tens(20) => (20, i + 1),
        Class::Digits => (r.digits(i, 2).filter(|m| (1..60).contains(m))?, i + 1),
        _ => return None,
    };
    let has_noun = r.is_any(at, &["minutes", "minute"]);
    let at = at + usize::from(has_noun);
    let hour = match r.class(at + 1) {
        Class::Small(n @ 1..=12) => u32::from(n),
        Class::One if r.is(at + 1, "one") => 1,
        Class::Digits if has_noun => r.digits(at + 1, 2).filter(|h| (1..=12).contains(h))?,
        _ => return None,
    };
    // Without "minutes", a noun after the words shows that they are numbers that count it, and "five to nine" is always
    // taken for a range.
    let counted = !has_noun && r.is_word(at + 2) && !r.is_any(at + 2, &["in", "on", "at", "when"]);
    match r.lower(at) {
        _ if counted => None,
        "past" => Some((hour * 60 + minutes, at + 2)),
        "to" if has_noun => Some(((hour + 12) * 60 - minutes, at + 2)),
        _ => None,
    }
}

/// Reads "a.m.", "pm", "o'clock", "in the morning" or the like at token `at`, after `hour`. Returns the hour of the
/// day, whether its half of the day is certain, and the index after these words; `None` where no such words stand at
/// `at`.
fn half_day(r: &ClassedTokens, at: usize, hour: u32) -> Option<((u32, bool), usize)> {
    let before_noon = |h: u32| if h == 12 { 0 } else { h };
    let after_noon = |h: u32| if h < 12 { h + 12 } else { h };
    // Whether the words at a token mean the second half of the day, and the index after them.
    let half = |at: usize| -> Option<(bool, usize)> {
        let dotted = |letter: &str| r.follows(at, &[letter, ".", "m"]) || r.follows(at, &[letter, ".", "m", "."]);
        match r.lower(at) {
            "am" => Some((false, at + 1)),
            "pm" => Some((true, at + 1)),
            "a" if dotted("a") => Some((false, at + 3 + usize::from(r.is(at + 3, ".")))),
            "p" if dotted("p") => Some((true, at + 3 + usize::from(r.is(at + 3, ".")))),
            "in" if r.follows(at + 1, &["the", "morning"]) => Some((false, at + 3)),
            "in" if r.follows(at + 1, &["the", "afternoon"]) || r.follows(at + 1, &["the", "evening"]) => {
                Some((true, at + 3))
            }
            "at" if r.is(at + 1, "night") => Some((true, at + 2)),
            _ => None,
        }
    };
    if r.follows(at, &["o", "'", "clock"]) {
        return Some(match half(at + 3) {
            Some((pm, end)) => ((if pm { after_noon(hour) } else { before_noon(hour) }, true), end),
            None => ((hour, hour > 12), at + 3),
        });
    }
    let (pm, end) = half(at)?;
    Some(((if pm { after_noon(hour) } else { before_noon(hour) }, true), end))
}

/// The time zone at `at`, if it is written in capitals.
fn zone(r: &ClassedTokens, at: usize) -> Option<&'static str> {
    zone_name(r.lower(at)).filter(|_| r.tokens.all()[at].upper)
}

/// The time with the zone that stands at `end`, in brackets or not, and the index after the zone. Without a zone,
/// `time` as it is, and `end` or the index after "local time".
fn zoned(r: &ClassedTokens, mut time: TimeFact, end: usize) -> (TimeFact, usize) {
    let open = usize::from(r.is(end, "("));
    match zone(r, end + open) {
        Some(z) => {
            time.zone = Some(z);
            (time, end + open + 1 + usize::from(open == 1 && r.is(end + 2, ")")))
        }
        None if r.follows(end, &["local", "time"]) => (time, end + 2),
        None => (time, end),
    }
}
