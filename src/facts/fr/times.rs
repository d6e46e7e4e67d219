//! Reads French times of day: « 14h30 », « 22 heures 30 », « 2 heures du matin », « minuit ».

use crate::facts::class::{Class, ClassedTokens};
use crate::facts::quantity::{Measure, Unit};
use crate::facts::time::{TimeFact, zone_name};
use crate::lexicon::fr;

/// The time that begins at token `i`, and the index after it.
pub fn read(r: &ClassedTokens, i: usize) -> Option<(TimeFact, usize)> {
    let exact = |hour, minute| TimeFact { hour, minute, half_day_known: true, zone: None, in_words: false };
    let plain = |hour: u32, minute: u32, end| Some(zoned(r, exact(hour as u8, minute as u8), end));
    match r.class(i) {
        // « Le Midi » is the south of France, and « après-midi » the afternoon.
        Class::Other if r.is(i, "midi") && !r.capital(i) && !r.is_any(i.wrapping_sub(1), &["-", "du", "le"]) => {
            Some(with_minutes(r, i, TimeFact { in_words: true, ..exact(12, 0) }))
        }
        Class::Other if r.is(i, "minuit") => Some(with_minutes(r, i, TimeFact { in_words: true, ..exact(0, 0) })),
        Class::Digits => {
            let hour = r.digits(i, 2).filter(|&h| h <= 24)?;
            let minutes = |k: usize| r.digits(k, 2).filter(|&m| m < 60 && r.tokens.raw(k).len() == 2);
            if r.is(i + 1, ":") && r.glued(i + 1) && r.glued(i + 2) {
                return plain(hour, minutes(i + 2)?, i + 3);
            }
            if r.is(i + 1, "h") {
                // As in « 22 h 30 », « 14h » and « 9h-12h ».
                return match minutes(i + 2).filter(|_| !numbered_noun(r, i + 3)) {
                    Some(m) => plain(hour, m, i + 3),
                    None if let Some((later, end)) = half_of_day(r, i + 2) => {
                        plain(if later && hour < 12 { hour + 12 } else { hour }, 0, end)
                    }
                    None => plain(hour, 0, i + 2),
                };
            }
            if let Some(end) = range_of_hours(r, i) {
                let time = TimeFact { half_day_known: hour > 12, ..exact(hour as u8, 0) };
                return Some((time, end));
            }
            heures(r, i, i + 1, hour)
        }
        Class::Small(n) => heures(r, i, i + 1, u32::from(n)),
        // « Une heure » is a length of time, « une heure du matin » a time of day.
        Class::One if half_of_day(r, i + 2).is_some() => heures(r, i, i + 1, 1),
        _ => None,
    }
}

/// Whether the « du matin », « du soir » or « de l'après-midi » at token `at` means the second half of the day, and the
/// index after it; `None` where none of them stands there.
fn half_of_day(r: &ClassedTokens, at: usize) -> Option<(bool, usize)> {
    if r.follows(at, &["du", "matin"]) {
        Some((false, at + 2))
    } else if r.follows(at, &["du", "soir"]) {
        Some((true, at + 2))
    } else if r.follows(at, &["de", "l'", "après"]) {
        Some((true, at + if r.is_hyphen(at + 3) { 5 } else { 4 }))
    } else {
        None
    }
}

/// The time with the minutes that follow the « midi » or « minuit » at `i`, if any do (« minuit et demi », « midi
/// vingt »); and the index after it.
fn with_minutes(r: &ClassedTokens, i: usize, time: TimeFact) -> (TimeFact, usize) {
    if r.is(i + 1, "et") && r.is_any(i + 2, &["demi", "demie", "quart"]) {
        let minute = if r.is(i + 2, "quart") { 15 } else { 30 };
        return (TimeFact { minute, ..time }, i + 3);
    }
    match minutes_in_words(r, i + 1) {
        Some((minute, end)) => (TimeFact { minute: minute as u8, ..time }, end),
        None => (time, i + 1),
    }
}

/// The minutes in words at `at`, and the index after them: « sept heures trente », « midi vingt-cinq ». `None` where
/// none stand there, or where a word follows, which the number might count.
fn minutes_in_words(r: &ClassedTokens, at: usize) -> Option<(u32, usize)> {
    let unit = |k: usize| if let Class::Small(n) = r.class(k) { Some(u32::from(n)) } else { None };
    let (minute, end) = match r.class(at) {
        Class::Tens(tens) => match unit(at + 2).filter(|n| *n < 10 && r.is_hyphen(at + 1)) {
            Some(n) => (u32::from(tens) + n, at + 3),
            None => (u32::from(tens), at + 1),
        },
        _ => (unit(at)?, at + 1),
    };
    (minute < 60 && !r.is_word(end)).then_some((minute, end))
}

/// The index after the first hour of « entre 15 et 17 heures » or « de 9 à 11 heures », if that hour stands at `i`.
fn range_of_hours(r: &ClassedTokens, i: usize) -> Option<usize> {
    let first = r.digits(i, 2).filter(|&h| h <= 24)?;
    let second = r.digits(i + 2, 2).filter(|&h| h <= 24)?;
    let between = r.is(i.wrapping_sub(1), "entre") && r.is(i + 1, "et");
    let from = r.is(i.wrapping_sub(1), "de") && r.is_any(i + 1, &["à", "-"]);
    let hours = r.is_any(i + 3, &["heures", "h"]) && !r.is_any(i + 4, &["de", "d'", "par"]);
    ((between || from) && hours && first != second).then_some(i + 1)
}

/// Whether the hour at `i` is the second hour of a range such as « entre 15 et 17 heures ».
fn range_before(r: &ClassedTokens, i: usize) -> bool {
    i >= 3 && range_of_hours(r, i - 2).is_some()
}

/// Whether « jusqu'à » before the hour at `start` bounds a length of time: « des retards allant jusqu'à deux heures ».
fn is_extent(r: &ClassedTokens, start: usize) -> bool {
    let lasting = ["allant", "aller", "va", "vont", "allait", "allaient", "durer"];
    r.is(start.wrapping_sub(2), "jusqu'") && r.is_any(start.wrapping_sub(3), &lasting)
}

/// The time of day that « 22 heures » gives, and the index after it; `None` where no « heures » stands there, or where
/// the words around it do not show that it is no length of time. `start` is the token of the hour, `at` that of
/// « heures ».
fn heures(r: &ClassedTokens, start: usize, at: usize, hour: u32) -> Option<(TimeFact, usize)> {
    if r.class(at) != Class::Unit(Unit::Measure(Measure::Hour)) || r.is(at, "h") {
        return None;
    }
    let minute =
        r.digits(at + 1, 2).filter(|&m| m < 60 && r.tokens.raw(at + 1).len() == 2 && !numbered_noun(r, at + 2));
    let told = r.is_any(start.wrapping_sub(1), &["était", "est", "sera"]) && r.is(start.wrapping_sub(2), "il");
    // « 2 heures 40 minutes » is a length of time, but « il était 2 heures 40 minutes » gives a time of day, of which
    // only the hour is read.
    if !told && r.is_any(at + 2, &["minutes", "minute"])
        || r.is(at + 1, "et") && r.is_any(at + 3, &["minutes", "minute"])
    {
        return None;
    }
    let words = minutes_in_words(r, at + 1).filter(|_| minute.is_none());
    let minute = minute.or(words.map(|(m, _)| m));
    let end = words.map_or(at + 1 + usize::from(minute.is_some()), |(_, end)| end);
    let end = end + usize::from(r.is_any(end, &["minutes", "minute"]));
    let pm = r.follows(end, &["du", "soir"]) || r.follows(end, &["de", "l'", "après"]);
    let am = r.follows(end, &["du", "matin"]);
    let zone = r.is_any(end, &["locales", "locale", "gmt", "utc", "tu", "heure", "précises"])
        || r.follows(end, &["(", "heure"])
        || r.follows(end, &["(", "heures"]);
    let half = r.is(end, "et") && r.is_any(end + 1, &["demie", "demi", "quart"]);
    // As in « aux alentours de 16 heures » and « à partir de 6 heures ».
    let about = r.is(start.wrapping_sub(1), "de") && r.among(start.wrapping_sub(2), &fr::ABOUT_CLOCK_TIMES);
    let clock = !is_extent(r, start)
        && (told || about || r.among(start.wrapping_sub(1), &fr::BEFORE_CLOCK_TIMES) || range_before(r, start))
        && (pm || !r.is_any(end, &["de", "d'", "par", "sur"]))
        && !r.lower(start.wrapping_sub(2)).starts_with("supérieur")
        && !r.lower(start.wrapping_sub(2)).starts_with("inférieur");
    if r.is(at + 1, "moins") {
        return short_of(r, at, hour);
    }
    if !(minute.is_some() || pm || am || zone || clock) || half && !clock {
        return None;
    }
    let hour = if pm && hour < 12 { hour + 12 } else { hour };
    let mut time = TimeFact {
        hour: hour as u8,
        minute: minute.unwrap_or(0) as u8,
        // Whoever writes the hour in figures and adds minutes counts twenty-four hours: « 10 heures 32 » is in the
        // morning.
        half_day_known: hour > 12 || am || pm || minute.is_some() && r.is_digits(start),
        zone: None,
        in_words: !r.is_digits(start),
    };
    let mut end = end;
    if half {
        time.minute = if r.is(end + 1, "quart") { 15 } else { 30 };
        end += 2;
    }
    if am || r.follows(end, &["du", "soir"]) {
        end += 2;
    } else if pm {
        end += if r.is_hyphen(end + 3) { 5 } else { 3 };
    }
    Some(zoned(r, time, end.min(r.len())))
}

/// The time of « neuf heures moins vingt », and the index after it. `hour` is the hour, `at` the token of « heures ».
fn short_of(r: &ClassedTokens, at: usize, hour: u32) -> Option<(TimeFact, usize)> {
    let minus = match r.class(at + 2) {
        Class::Small(n) => u32::from(n),
        Class::Tens(20) => 20,
        Class::Other if r.is(at + 2, "le") && r.is(at + 3, "quart") => 15,
        Class::Part(4) => 15,
        _ => return None,
    };
    let minutes = (hour * 60 + 24 * 60 - minus) % (24 * 60);
    let time = TimeFact {
        hour: (minutes / 60) as u8,
        minute: (minutes % 60) as u8,
        half_day_known: hour > 12,
        zone: None,
        in_words: true,
    };
    Some((time, at + 3 + usize::from(r.is(at + 2, "le"))))
}

/// The time with the zone that stands at `end`, and the index after it: « GMT », or « heure locale » and « (heure de
/// Paris) », which are stepped over. Without one, `time` and `end` as they are.
fn zoned(r: &ClassedTokens, mut time: TimeFact, end: usize) -> (TimeFact, usize) {
    let open = usize::from(r.is(end, "("));
    let at = end + open;
    let zone = if r.is(at, "tu") { Some("UTC") } else { zone_name(r.lower(at)) };
    let mut close = match r.lower(at) {
        _ if zone.is_some() && r.tokens.all()[at].upper => {
            time.zone = zone;
            at + 1
        }
        "heure" | "heures" if r.is_any(at + 1, &["locale", "locales"]) => at + 2,
        "heure" | "heures" if r.is_any(at + 1, &["de", "d'"]) && r.capital(at + 2) => at + 3,
        "locales" | "locale" => at + 1,
        _ => return (time, end),
    };
    if open == 1 {
        if !r.is(close, ")") {
            return (time, end);
        }
        close += 1;
    }
    (time, close)
}

/// Whether the word at `i` is one that the figures before it count, so that they are no minutes: « à 9 h 12
/// personnes ».
fn numbered_noun(r: &ClassedTokens, i: usize) -> bool {
    r.is_any(i, &["%", "personnes", "morts", "km", "minutes"])
}
