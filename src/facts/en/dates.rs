//! Finds English dates: "Friday, November 29", "16 and 17 October 2016", "the 1970s", "21st century", "yesterday".

use crate::facts::class::{Class, ClassedTokens, roman};
use crate::facts::date::{DateFact, Relative, Season};
use crate::facts::dates::{Day, Sink, is_year, numeric, push_days, years};
use crate::facts::en::number_words;
use crate::lexicon::en;

/// Adds the date (or the list of dates) that begins at token `i`, and returns the index after it.
pub fn read(r: &ClassedTokens, i: usize, out: &mut Sink) -> Option<usize> {
    match r.class(i) {
        Class::Weekday(w) => weekday(r, i, w, out),
        Class::Month(m) if month_is_meant(r, i) => {
            if let Some(end) = month_days(r, i, i, m, None, out) {
                return Some(end);
            }
            month(r, i, m, out)
        }
        // "the nineteen seventies"
        Class::Small(n @ (18 | 19)) if matches!(r.class(i + 1), Class::Decade(_)) => {
            let Class::Decade(d) = r.class(i + 1) else { return None };
            let decade = Some(i16::from(n) * 100 + i16::from(d));
            out.push(r, DateFact { decade, ..DateFact::default() }, i, i + 2);
            Some(i + 2)
        }
        // "the XXth century", "XXI Century"
        Class::Other if r.capital(i) && roman_century(r, i).is_some() => {
            let (century, end) = roman_century(r, i)?;
            out.push(r, DateFact { century: Some(century), ..DateFact::default() }, i, end);
            Some(end)
        }
        Class::Digits | Class::Small(_) | Class::Tens(_) | Class::Ordinal(_) => {
            if let Some(end) = days_month(r, i, out) {
                return Some(end);
            }
            century(r, i, out)
                .or_else(|| decade(r, i, out))
                .or_else(|| numeric(r, i, out))
                .or_else(|| years(r, i, year_at, out))
        }
        Class::Decade(d) => {
            out.push(r, DateFact { decade: Some(d.into()), ..DateFact::default() }, i, i + 1);
            Some(i + 1)
        }
        Class::Season(season) => {
            // "Spring" is marked as doubtful, because it may also be a verb or mean a source of water.
            let year = is_year(r, i + 1).or_else(|| r.is(i + 1, "of").then(|| is_year(r, i + 2)).flatten());
            let end = i + 1 + if year.is_none() { 0 } else { 1 + usize::from(r.is(i + 1, "of")) };
            out.push(
                r,
                DateFact { season: Some(season), year, doubtful: season == Season::Spring, ..DateFact::default() },
                i,
                end,
            );
            Some(end)
        }
        Class::Relative(relative) => {
            let day_before = r.precedes(i, &["day", "before"]);
            let day_after = r.precedes(i, &["day", "after"]);
            let relative = match relative {
                Relative::Yesterday if day_before => Relative::DayBeforeYesterday,
                Relative::Tomorrow if day_after => Relative::DayAfterTomorrow,
                other => other,
            };
            out.push(r, DateFact { relative: Some(relative), ..DateFact::default() }, i, i + 1);
            Some(i + 1)
        }
        Class::Other if r.is_any(i, &["last", "next", "previous"]) => {
            let relative = relative_period(r.is(i, "next"), r.lower(i + 1))?;
            out.push(r, DateFact { relative: Some(relative), ..DateFact::default() }, i, i + 2);
            Some(i + 2)
        }
        _ => None,
    }
}

/// Adds the weekday at `i`, with its day or its month and days if they follow, and returns the index after them.
fn weekday(r: &ClassedTokens, i: usize, w: u8, out: &mut Sink) -> Option<usize> {
    let at = i + 1 + usize::from(r.is(i + 1, ","));
    let at = at + usize::from(r.is(at, "the"));
    if let Class::Month(m) = r.class(at)
        && month_is_meant(r, at)
        && let Some(end) = month_days(r, i, at, m, Some(w), out)
    {
        return Some(end);
    }
    if let Some(end) = days_month(r, i, out) {
        return Some(end);
    }
    if let Some(day) = ordinal_day(r, at) {
        out.push(r, DateFact { weekday: Some(w), day: Some(day), ..DateFact::default() }, i, at + 2);
        return Some(at + 2);
    }
    out.push(r, DateFact { weekday: Some(w), ..DateFact::default() }, i, i + 1);
    Some(i + 1)
}

/// The period that "last", "previous" or "next" makes of a year, month or week: "next month".
fn relative_period(next: bool, noun: &str) -> Option<Relative> {
    match (noun, next) {
        ("year", false) => Some(Relative::LastYear),
        ("year", true) => Some(Relative::NextYear),
        ("month", false) => Some(Relative::LastMonth),
        ("month", true) => Some(Relative::NextMonth),
        ("week", false) => Some(Relative::LastWeek),
        ("week", true) => Some(Relative::NextWeek),
        _ => None,
    }
}

/// Whether the word at `i` is meant as a month. "May" and "March", which may be other words, need a capital and a
/// number, preposition or other month beside them, "as early as", "mid-" or the like before them, or a noun behind them
/// ("the May riots"); short forms ("Jan") need a capital and a number; "August" needs a capital.
fn month_is_meant(r: &ClassedTokens, i: usize) -> bool {
    let number_next = r.is_digits(i + 1) || r.is_digits(i + 2) && r.is_any(i + 1, &[",", "."]);
    let number_before = i > 0
        && (r.is_digits(i - 1)
            || matches!(r.class(i - 1), Class::Ordinal(_))
            || i > 1 && ordinal_day(r, i - 2).is_some()
            || r.is(i - 1, "of") && (ordinal_day(r, i.wrapping_sub(3)).is_some()));
    let preposition =
        r.among(i.wrapping_sub(1), &en::BEFORE_MONTHS) || r.is(i, "march") && r.is(i.wrapping_sub(1), "to");
    // "as early as May"
    let as_early = i > 1 && r.is(i - 1, "as") && r.is_any(i - 2, &["early", "late", "recently", "soon"]);
    // "April and May", "March to May"
    let listed = r.is_any(i.wrapping_sub(1), &["to", "and", "or", "-", ","])
        && matches!(r.class(i.wrapping_sub(2)), Class::Month(_))
        || r.is_any(i + 1, &["to", "and", "or", "-"]) && matches!(r.class(i + 2), Class::Month(_));
    let mid = r.is_hyphen(i.wrapping_sub(1)) && r.is(i.wrapping_sub(2), "mid");
    // "the May riots", "this March election"
    let attributive = r.is_any(i.wrapping_sub(1), &["the", "this", "that", "last", "next"])
        && r.is_word(i + 1)
        && !r.capital(i + 1)
        && !en::BEFORE_MONTHS.has(r.lower(i + 1))
        && !r.is_any(i + 1, &["be", "have", "not"]);
    let beside = number_next || number_before || preposition || as_early || listed || mid || attributive;
    match r.lower(i) {
        "may" | "march" => r.capital(i) && beside,
        "august" => r.capital(i),
        w if en::SHORT_MONTHS.has(w) => r.capital(i) && (number_next || number_before),
        _ => true,
    }
}

/// The day at `i`, written as an ordinal in figures: "12th".
fn ordinal_day(r: &ClassedTokens, i: usize) -> Option<u8> {
    let day = r.digits(i, 2).filter(|d| (1..=31).contains(d))?;
    (r.glued(i + 1) && r.is_any(i + 1, &["st", "nd", "rd", "th"])).then_some(day as u8)
}

/// One day of a list, with its weekday if that stands before it: "Monday 5", "1st", "fourteenth".
fn day(r: &ClassedTokens, i: usize) -> Option<Day> {
    let (weekday, mut at) = match r.class(i) {
        Class::Weekday(w) => (Some(w), i + 1),
        _ => (None, i),
    };
    if weekday.is_some() {
        at += usize::from(r.is(at, ","));
        at += usize::from(r.is(at, "the"));
    }
    let (day, end) = match r.class(at) {
        Class::Digits => {
            let end = at + 1 + usize::from(ordinal_day(r, at).is_some());
            // "5,000", "5.5" and "5%" are not days.
            if r.glued(end)
                && (r.is_any(end, &[".", ",", ":"]) && r.is_digits(end + 1) && r.glued(end + 1)
                    || r.is_any(end, &["%", "€"]))
            {
                return None;
            }
            (r.digits(at, 2)?, end)
        }
        Class::Small(_) | Class::Tens(_) | Class::Ordinal(_) => {
            let words = number_words::read(r, at)?;
            (words.value as u32, words.end)
        }
        _ => return None,
    };
    (1..=31).contains(&day).then_some(Day { weekday, day: day as u8, start: i, end })
}

/// Where the next day of a list begins, if the list goes on at `at` with a word such as "and", a comma, a dash or a
/// stroke.
fn next_day(r: &ClassedTokens, at: usize) -> Option<usize> {
    if !(r.among(at, &en::BETWEEN_DAYS) || matches!(r.lower(at), "-" | "–" | "," | "/")) {
        return None;
    }
    let mut next = at + 1;
    next += usize::from(r.is(at, ",") && r.is_any(next, &["and", "or"]));
    next += usize::from(r.is(next, "the"));
    Some(next)
}

/// Adds the days (five at most) that stand before their month, and returns the index after month and year: "29
/// November", "16 and 17 October 2016", "the 5th to the 6th of September".
fn days_month(r: &ClassedTokens, i: usize, out: &mut Sink) -> Option<usize> {
    let mut list = [Day::default(); 5];
    let mut n = 0;
    let mut at = i;
    loop {
        list[n] = day(r, at)?;
        at = list[n].end;
        n += 1;
        let month_at = at + usize::from(r.is(at, "of"));
        let month_at = r.skip_hyphen(month_at);
        if let Class::Month(m) = r.class(month_at)
            && r.capital(month_at)
            // Before "be", "have" and the like, "May" is the verb.
            && !(r.is(month_at, "may")
                && r.is_word(month_at + 1)
                && r.is_any(month_at + 1, &["be", "have", "not", "also", "well"]))
        {
            let mut end = month_at + 1;
            end += usize::from(r.is(end, ".") && r.lower(month_at).len() <= 4 && is_year(r, end + 1).is_some());
            let comma = usize::from(r.is_any(end, &[",", "of"]));
            let year = is_year(r, end + comma);
            if year.is_some() {
                end += 1 + comma;
            }
            push_days(r, &list[..n], m, year, end, out);
            return Some(end);
        }
        if n == list.len() {
            return None;
        }
        at = next_day(r, at)?;
    }
}

/// Adds the days (five at most) that stand after their month at `at`, and returns the index after days and year:
/// "November 29, 2024", "May 3-5", "October 16 and 17". `start` is the first token of the first date: the month, or the
/// weekday before it.
fn month_days(
    r: &ClassedTokens,
    start: usize,
    at: usize,
    month: u8,
    weekday: Option<u8>,
    out: &mut Sink,
) -> Option<usize> {
    let mut list = [Day::default(); 5];
    let first = at + 1 + usize::from(r.is(at + 1, "."));
    let first = first + usize::from(r.is(first, "the"));
    let first = r.skip_hyphen(first);
    // After a month, only figures, ordinals and tens are days. Words such as "two" are not, because "May" may begin a
    // question: "May two people …".
    let is_day = |k: usize| {
        (r.is_digits(k) && r.tokens.raw(k).len() <= 2
            || matches!(r.class(k), Class::Ordinal(_))
            || matches!(r.class(k), Class::Tens(_)))
            && !matches!(r.class(k + 1), Class::Month(_))
    };
    if !is_day(first) {
        return None;
    }
    list[0] = Day { start, weekday, ..day(r, first)? };
    let mut n = 1;
    let mut end = list[0].end;
    while n < list.len()
        && let Some(next) = next_day(r, end)
        && is_day(next)
        && let Some(d) = day(r, next)
        && d.day > list[n - 1].day
        && !r.is_any(d.end, &["people", "%", "million", "years", "percent"])
        && !counts(r, end, d.end)
    {
        list[n] = d;
        n += 1;
        end = d.end;
    }
    let comma = usize::from(r.is_any(end, &[",", "of"]));
    let year = is_year(r, end + comma);
    if year.is_some() {
        end += 1 + comma;
    }
    // The month stands with the first day here and the year with the last, so the other days share them.
    for (k, d) in list[..n].iter().enumerate() {
        let fact = DateFact {
            year,
            month: Some(month),
            day: Some(d.day),
            weekday: d.weekday,
            shared_month: k > 0,
            shared_year: k + 1 < n,
            ..DateFact::default()
        };
        out.push(r, fact, d.start, if k + 1 == n { end } else { d.end });
    }
    Some(end)
}

/// Whether the number between the comma or "and" at `link` and the token `end` is a count and not a day, because a noun
/// follows it: "May 3, 12 people died".
fn counts(r: &ClassedTokens, link: usize, end: usize) -> bool {
    let noun = r.is_word(end) && !r.glued(end) && !r.is_any(end, &["in", "at", "on", "of", "and", "to"]);
    r.is_any(link, &[",", "and"]) && noun
}

/// Adds a month without a day, and returns the index after it: "in January 2015", "late February", "mid-May".
fn month(r: &ClassedTokens, i: usize, month: u8, out: &mut Sink) -> Option<usize> {
    let dot = usize::from(r.is(i + 1, ".") && r.lower(i).len() <= 4 || r.is_any(i + 1, &[",", "of"]));
    let year = is_year(r, i + 1).map(|y| (y, i + 2)).or_else(|| is_year(r, i + 1 + dot).map(|y| (y, i + 2 + dot)));
    let end = year.map_or(i + 1, |(_, end)| end);
    let mut start = i;
    if r.is_any(i.wrapping_sub(1), &["late", "early"]) {
        start = i - 1;
    } else if r.is_hyphen(i.wrapping_sub(1)) && r.is(i.wrapping_sub(2), "mid") {
        start = i - 2;
    }
    out.push(r, DateFact { month: Some(month), year: year.map(|(y, _)| y), ..DateFact::default() }, start, end);
    Some(end)
}

/// Adds a decade written in figures, and returns the index after it: "the 1970s", "1970's", "'70s".
fn decade(r: &ClassedTokens, i: usize, out: &mut Sink) -> Option<usize> {
    let value = r.digits(i, 4).filter(|v| v % 10 == 0 && ((10..100).contains(v) || (1000..2100).contains(v)))?;
    let suffix = r.glued(i + 1) && r.is_any(i + 1, &["s", "'s", "ies"]);
    // In "1960 to 1970s" the ending stands only with the second decade.
    let shared = r.is_any(i + 1, &["and", "to", "-", "–", "or"])
        && r.is_digits(i + 2)
        && r.glued(i + 3)
        && r.is_any(i + 3, &["s", "'s"]);
    if !suffix && !shared {
        return None;
    }
    let end = if suffix { i + 2 } else { i + 1 };
    out.push(r, DateFact { decade: Some(value as i16), ..DateFact::default() }, i, end);
    Some(end)
}

/// Adds a century, and returns the index after it: "21st century", "twentieth-century". Of "the 19th and 20th
/// centuries", the 19th is read here, and the 20th at a later call.
fn century(r: &ClassedTokens, i: usize, out: &mut Sink) -> Option<usize> {
    let (value, end) = century_number(r, i)?;
    let noun = r.skip_hyphen(end);
    if r.is_any(noun, &["century", "centuries"]) {
        out.push(r, DateFact { century: Some(value), ..DateFact::default() }, i, noun + 1);
        return Some(noun + 1);
    }
    if r.is_any(end, &["and", "or", "to", "-", "–"]) {
        let (_, after) = century_number(r, end + 1 + usize::from(r.is(end + 1, "the")))?;
        if r.is_any(r.skip_hyphen(after), &["century", "centuries"]) {
            out.push(r, DateFact { century: Some(value), ..DateFact::default() }, i, end);
            return Some(end);
        }
    }
    None
}

/// The century that is written in Roman numerals at `i`, and the index after its noun: "XXth century".
fn roman_century(r: &ClassedTokens, i: usize) -> Option<(u8, usize)> {
    let raw = r.tokens.raw(i);
    let numeral = ["th", "st", "nd", "rd"].iter().find_map(|s| raw.strip_suffix(s)).unwrap_or(raw);
    let noun = r.skip_hyphen(i + 1);
    let value = roman(numeral).filter(|v| (1..=30).contains(v) && r.is_any(noun, &["century", "centuries"]))?;
    Some((value as u8, noun + 1))
}

/// The number of a century, "21st" or "twentieth", and the index after it.
fn century_number(r: &ClassedTokens, i: usize) -> Option<(u8, usize)> {
    let (value, end) = match ordinal_day(r, i) {
        Some(d) => (u64::from(d), i + 2),
        None => number_words::read(r, i).filter(|w| w.ordinal).map(|w| (w.value, w.end))?,
    };
    (1..=30).contains(&value).then_some((value as u8, end))
}

/// Whether the words around the four digits at `i` show that they are a year and not a count. They are a year after a
/// word such as "in", where no word follows, and, if they begin with 19 or 20, before a word that looks like no plural.
fn year_at(r: &ClassedTokens, i: usize) -> bool {
    let before = r.lower(i.wrapping_sub(1));
    let marked = en::BEFORE_YEARS.has(before) || matches!(before, "(");
    let counted = r.is_word(i + 1) && r.lower(i + 1).ends_with('s') && !r.among(i + 1, &en::NO_PLURALS);
    marked || !counted && (!r.is_word(i + 1) || r.tokens.raw(i).starts_with("20") || r.tokens.raw(i).starts_with("19"))
}
