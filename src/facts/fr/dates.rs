//! Finds French dates: « vendredi 29 novembre », « les 16 et 17 octobre 2016 », « les années 70 », « XXIe siècle »,
//! « hier ».

use crate::facts::class::{Class, ClassedTokens, roman, roman_ordinal};
use crate::facts::date::{DateFact, Relative, Season};
use crate::facts::dates::{Day, Sink, is_year, push_days, years};
use crate::facts::fr::number_words;
use crate::lexicon::fr;

/// Adds the date (or the list of dates) that begins at token `i`, and returns the index after it.
pub fn read(r: &ClassedTokens, i: usize, out: &mut Sink) -> Option<usize> {
    match r.class(i) {
        Class::Weekday(w) => weekday(r, i, w, out),
        Class::Digits | Class::Small(_) | Class::Tens(_) | Class::Ordinal(_) => {
            if let Some(end) = named_day(r, i, out) {
                return Some(end);
            }
            if let Some(end) = days(r, i, out) {
                return Some(end);
            }
            if let Some(end) = century(r, i, out) {
                return Some(end);
            }
            crate::facts::dates::numeric(r, i, out).or_else(|| years(r, i, year_at, out))
        }
        Class::Month(m) => month(r, i, m, out),
        Class::Season(season) => in_season(r, i, season, out),
        Class::Relative(relative) => {
            let day_before = r.is_hyphen(i.wrapping_sub(1)) && r.is(i.wrapping_sub(2), "avant");
            let relative =
                if day_before && relative == Relative::Yesterday { Relative::DayBeforeYesterday } else { relative };
            let day_after = r.is_hyphen(i.wrapping_sub(1)) && r.is(i.wrapping_sub(2), "après");
            let relative =
                if day_after && relative == Relative::Tomorrow { Relative::DayAfterTomorrow } else { relative };
            // « La veille » and « le lendemain » may be counted from a day that the text does not give as a date: « la
            // veille de Noël », « à la veille du scrutin ».
            let doubtful = matches!(relative, Relative::Eve | Relative::NextDay);
            out.push(r, DateFact { relative: Some(relative), doubtful, ..DateFact::default() }, i, i + 1);
            Some(i + 1)
        }
        Class::Unit(_) if r.is_any(i, &["années", "an", "année", "mois", "semaine"]) => {
            if r.is(i, "années") {
                return decades(r, i, out);
            }
            let relative = relative_period(r.lower(i), r.lower(i + 1))?;
            out.push(r, DateFact { relative: Some(relative), ..DateFact::default() }, i, i + 2);
            Some(i + 2)
        }
        Class::Other if r.capital(i) => century(r, i, out),
        _ => None,
    }
}

/// Adds the weekday at `i`, with its day and month if they follow, and returns the index after them.
fn weekday(r: &ClassedTokens, i: usize, w: u8, out: &mut Sink) -> Option<usize> {
    if let Some(end) = days(r, i, out) {
        return Some(end);
    }
    let mut at = i + 1;
    at += usize::from(r.is(at, ",") && r.is(at + 1, "le"));
    let article = r.is(at, "le");
    at += usize::from(article);
    // « mardi 12 » is a day, but in « mardi 12 personnes » 12 is a count.
    if let Some(day) = r.digits(at, 2).filter(|d| (1..=31).contains(d))
        && !r.glued(at + 1 + usize::from(r.is_any(at + 1, &[",", "."])))
        && (article || !r.is_word(at + 1) || r.among(at + 1, &fr::BEHIND_DAYS))
    {
        out.push(r, DateFact { weekday: Some(w), day: Some(day as u8), ..DateFact::default() }, i, at + 1);
        return Some(at + 1);
    }
    out.push(r, DateFact { weekday: Some(w), doubtful: of_a_night(r, i), ..DateFact::default() }, i, i + 1);
    Some(i + 1)
}

/// Adds a season, with its year if one follows, and returns the index after it: « l'été 2012 », « en hiver ». « Été »
/// counts only where the words around it show that it is not the participle *been*, and is marked as doubtful even
/// then.
fn in_season(r: &ClassedTokens, i: usize, season: Season, out: &mut Sink) -> Option<usize> {
    let marked = r.is_any(i.wrapping_sub(1), &["l'", "d'", "cet", "en"]) || r.is(i.wrapping_sub(1), "dernier");
    let participle = !marked || r.is_any(i + 1, &["le", "la", "un", "une", "très"]);
    if r.is(i, "été") && participle {
        return None;
    }
    let year = is_year(r, i + 1);
    let end = i + 1 + usize::from(year.is_some());
    out.push(r, DateFact { season: Some(season), year, doubtful: r.is(i, "été"), ..DateFact::default() }, i, end);
    Some(end)
}

/// Whether the weekday at `i` belongs to a night, for which English may name another day: « dans la nuit de lundi à
/// mardi » is "Monday night" or "early Tuesday", « la nuit de jeudi » may be the one before or after Thursday, and
/// « les premières heures de samedi » belong to Friday night.
fn of_a_night(r: &ClassedTokens, i: usize) -> bool {
    let night: [&[&str]; 6] = [
        &["nuit", "de"],
        &["nuit", "du"],
        &["nuit", "menant", "au"],
        &["premières", "heures", "de"],
        &["premières", "heures", "du"],
        &["premières", "heures", "de", "ce"],
    ];
    let begins = |k: usize| matches!(r.class(k), Class::Weekday(_)) && night.iter().any(|words| r.precedes(k, words));
    begins(i) || i >= 2 && r.is_any(i - 1, &["à", "a", "au"]) && begins(i - 2)
}

/// The period that « dernier », « passé » or « prochain » makes of a year, month or week: « le mois dernier ».
fn relative_period(noun: &str, adjective: &str) -> Option<Relative> {
    let past = matches!(adjective, "dernier" | "dernière" | "passé" | "passée");
    let next = matches!(adjective, "prochain" | "prochaine");
    match noun {
        _ if !past && !next => None,
        "an" | "année" => Some(if past { Relative::LastYear } else { Relative::NextYear }),
        "mois" => Some(if past { Relative::LastMonth } else { Relative::NextMonth }),
        _ => Some(if past { Relative::LastWeek } else { Relative::NextWeek }),
    }
}

/// One day of a list, with its weekday if that stands before it: « lundi 5 », « 1er », « quatorze ».
fn day(r: &ClassedTokens, i: usize) -> Option<Day> {
    let (weekday, mut at) = match r.class(i) {
        Class::Weekday(w) => (Some(w), i + 1),
        _ => (None, i),
    };
    if weekday.is_some() {
        at += usize::from(r.is(at, ","));
        at += usize::from(r.is(at, "le"));
    }
    let (day, end) = match r.class(at) {
        Class::Digits => (r.digits(at, 2)?, at + 1 + usize::from(r.glued(at + 1) && r.is_any(at + 1, &["er", "e"]))),
        Class::Ordinal(1) if r.is(at, "premier") => (1, at + 1),
        Class::Small(_) | Class::Tens(_) => {
            let words = number_words::read(r, at).filter(|w| !w.ordinal)?;
            (words.value as u32, words.end)
        }
        _ => return None,
    };
    (1..=31).contains(&day).then_some(Day { weekday, day: day as u8, start: i, end })
}

/// Adds the days (five at most) that stand before their month, and returns the index after month and year: « 29
/// novembre », « les 16 et 17 octobre 2016 », « du lundi 5 au mardi 6 mai ».
fn days(r: &ClassedTokens, i: usize, out: &mut Sink) -> Option<usize> {
    let mut list = [Day::default(); 5];
    let mut n = 0;
    let mut at = i;
    loop {
        list[n] = day(r, at)?;
        at = list[n].end;
        n += 1;
        let month_at = at + usize::from(r.is(at, "de"));
        if let Class::Month(m) = r.class(month_at)
            && month_is_meant(r, month_at, true)
        {
            let mut end = month_at + 1;
            // The stop after a short name is that of an abbreviation: « 5 janv. 2015 ».
            end += usize::from(r.is(end, ".") && r.lower(month_at).len() < 6 && is_year(r, end + 1).is_some());
            let year = is_year(r, end).or_else(|| r.is(end, ",").then(|| is_year(r, end + 1)).flatten());
            if year.is_some() {
                end += 1 + usize::from(r.is(end, ","));
            }
            push_days(r, &list[..n], m, year, end, out);
            return Some(end);
        }
        if n == list.len() || !(r.among(at, &fr::BETWEEN_DAYS) || matches!(r.lower(at), "-" | "–" | "," | "/")) {
            return None;
        }
        at += 1;
        at += usize::from(r.is_any(at, &["le", "les", "du"]));
    }
}

/// Adds a day that is joined to its month by a hyphen, and returns the index after it: « le 14-Juillet », « le 8-Mai ».
/// It is a holiday, for which English may have another name, so it is marked as doubtful.
fn named_day(r: &ClassedTokens, i: usize, out: &mut Sink) -> Option<usize> {
    let first = day(r, i).filter(|d| d.weekday.is_none())?;
    let hyphen = r.is_hyphen(first.end) && r.glued(first.end) && r.glued(first.end + 1);
    let Class::Month(month) = r.class(first.end + 1) else { return None };
    if !hyphen {
        return None;
    }
    let fact = DateFact { day: Some(first.day), month: Some(month), doubtful: true, ..DateFact::default() };
    out.push(r, fact, i, first.end + 2);
    Some(first.end + 2)
}

/// Adds a month without a day, and returns the index after it: « en janvier 2015 », « fin février ».
fn month(r: &ClassedTokens, i: usize, month: u8, out: &mut Sink) -> Option<usize> {
    let dot = usize::from(r.is(i + 1, ".") && r.lower(i).len() < 6);
    let year = is_year(r, i + 1 + dot);
    if !month_is_meant(r, i, year.is_some()) {
        return None;
    }
    let mut start = i;
    if r.is_any(i.wrapping_sub(1), &["fin", "début", "courant"]) {
        start = i - 1;
    } else if r.is_hyphen(i.wrapping_sub(1)) && r.is(i.wrapping_sub(2), "mi") {
        start = i - 2;
    }
    // A year of two digits above 31, as in « mai 68 », but not in « en mai 68 % des voix ».
    let short = r
        .digits(i + 1, 2)
        .filter(|&y| y > 31 && year.is_none() && !r.is_word(i + 2) && !r.is_any(i + 2, &["%", "€", "$", "£"]))
        .map(|y| 1900 + y as i16);
    let end = match (year, short) {
        (Some(_), _) => i + 2 + dot,
        (_, Some(_)) => i + 2,
        _ => i + 1,
    };
    let fact = DateFact {
        month: Some(month),
        year: year.or(short),
        doubtful: month_is_doubtful(r, i) && year.is_none(),
        ..DateFact::default()
    };
    out.push(r, fact, start, end);
    Some(end)
}

/// Whether the word at `i` is meant as a month. `in_date` says that a day or a year stands with it; without them,
/// abbreviations (« oct. », « nov. ») do not count.
fn month_is_meant(r: &ClassedTokens, i: usize, in_date: bool) -> bool {
    in_date || !r.among(i, &fr::SHORT_MONTHS)
}

/// Whether the word at `i` may be no month: with a capital, « Mars » may be the planet and « Avril » a first name.
/// After « en » and the like it is a month.
fn month_is_doubtful(r: &ClassedTokens, i: usize) -> bool {
    r.capital(i)
        && r.is_any(i, &["mars", "avril"])
        && !(r.among(i.wrapping_sub(1), &fr::BEFORE_MONTHS) || matches!(r.lower(i.wrapping_sub(1)), "-"))
}

/// Adds the decades that follow « années » at `i`, and returns the index after them: « les années 70 et 80 », « les
/// années trente », « les années 2000 ».
fn decades(r: &ClassedTokens, i: usize, out: &mut Sink) -> Option<usize> {
    let mut start = i;
    let mut at = i + 1;
    let mut any = None;
    loop {
        let (value, end) = if r.is_digits(at) {
            (r.digits(at, 4)?, at + 1)
        } else {
            match number_words::read(r, at).filter(|w| !w.ordinal) {
                Some(w) => (w.value as u32, w.end),
                None => return any,
            }
        };
        let decade = value % 10 == 0 && ((20..100).contains(&value) || (1000..2100).contains(&value));
        if !decade {
            return any;
        }
        // As in « les années 80 du XIXe siècle ».
        let (value, end) = match century_number(r, end + 1).filter(|_| r.is(end, "du") && value < 100) {
            Some((century, after)) if r.is(after, "siècle") => (value + (u32::from(century) - 1) * 100, after + 1),
            _ => (value, end),
        };
        out.push(r, DateFact { decade: Some(value as i16), ..DateFact::default() }, start, end);
        any = Some(end);
        if !r.is_any(end, &["et", "ou", "-", "–", ",", "à"]) {
            return any;
        }
        at = end + 1;
        start = at;
    }
}

/// Adds a century, and returns the index after it: « XXIe siècle », « 20e siècle », « vingtième siècle ». Of « les XIXe
/// et XXe siècles », the XIXe is read here, and the XXe at the next call.
fn century(r: &ClassedTokens, i: usize, out: &mut Sink) -> Option<usize> {
    let (value, end) = century_number(r, i)?;
    if r.is_any(end, &["siècle", "siècles"]) {
        out.push(r, DateFact { century: Some(value), ..DateFact::default() }, i, end + 1);
        return Some(end + 1);
    }
    // In « les XIXe et XXe siècles » the noun stands with the second of the two.
    if r.is_any(end, &["et", "ou", "au", "-", "–", "à"]) {
        let second = end + 1 + usize::from(r.is(end + 1, "le"));
        let (_, after) = century_number(r, second)?;
        if r.is_any(after, &["siècle", "siècles"]) {
            out.push(r, DateFact { century: Some(value), ..DateFact::default() }, i, end);
            return Some(end);
        }
    }
    None
}

/// The number of a century, « XXIe », « 20e » or « vingtième », and the index after it.
fn century_number(r: &ClassedTokens, i: usize) -> Option<(u8, usize)> {
    let value = |v: u64| (1..=30).contains(&v).then_some(v as u8);
    if r.is_digits(i) {
        let n = r.digits(i, 2)?;
        return (r.glued(i + 1) && r.is_any(i + 1, &["e", "er", "ème", "ième", "eme"]))
            .then_some((value(n.into())?, i + 2));
    }
    if let Some(w) = number_words::read(r, i).filter(|w| w.ordinal) {
        return Some((value(w.value)?, w.end));
    }
    if !r.capital(i) {
        return None;
    }
    let raw = r.tokens.raw(i);
    match roman_ordinal(raw) {
        Some(v) => Some((value(v.into())?, i + 1)),
        // The ending may be missing (« XXI siècle ») or stand apart (« XXI ème »).
        None => {
            let v = value(roman(raw)?.into())?;
            let end = i + 1 + usize::from(r.is_any(i + 1, &["e", "ème", "ième"]));
            Some((v, end))
        }
    }
}

/// Whether the words around the four digits at `i` show that they are a year and not a count.
fn year_at(r: &ClassedTokens, i: usize) -> bool {
    let before = r.lower(i.wrapping_sub(1));
    let marked = fr::BEFORE_YEARS.has(before) || matches!(before, "(" | "," | "-" | "/" | "–");
    // A word in -s or -x after the digits, other than « dans » and the like, is taken for a plural noun, which shows a
    // count (« de 2000 personnes »), unless a word such as « en » stands before them. Before any other word they must
    // follow a word such as « de » or a mark such as a comma, or begin with 19 or 20.
    let counted = r.is_word(i + 1) && r.lower(i + 1).ends_with(['s', 'x']) && !r.among(i + 1, &fr::NO_PLURALS);
    match before {
        b if fr::SURE_BEFORE_YEARS.has(b) => true,
        _ => {
            !counted
                && (marked
                    || !r.is_word(i + 1)
                    || r.tokens.raw(i).starts_with("20")
                    || r.tokens.raw(i).starts_with("19"))
        }
    }
}
