//! Finds the day of publication, by which « jeudi » gets its date and « 29 novembre » its year.
//!
//! These places are searched in this order, and the first that has a date decides:
//!
//! 1. the user's `--date`;
//! 2. what the format states: a JSON field, a page's metadata;
//! 3. a date line (« Publié le 29 novembre 2024 à 14h30 »; the first publication wins over « mis à
//!    jour »), or a date before the first sentence of a paragraph (« 4 janvier 2025. – Les deux
//!    camps … »);
//! 4. the dateline of an agency (« KABOUL, 12 mars 2025 (AFP) – »);
//! 5. a day that the text calls its own (« ce vendredi 29 novembre »).
//!
//! The year of a date with a weekday but without a year is the latest one in which the date falls
//! on that weekday and is not after today.

use super::floor_boundary;
use crate::lexicon::fr;
use jiff::civil::{Date, Weekday};
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// Where the day of publication was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DateSource {
    /// The user gave it.
    Given,
    /// The format states it: in a JSON field, the front matter of a Markdown file, or a web page.
    Metadata,
    /// It stands in a date line, before the first sentence of a paragraph, or in an agency's
    /// dateline.
    DateLine,
    /// The text calls a day its own: « ce vendredi 29 novembre », with or without the year.
    Inferred,
}

/// How many years back the year of a date with a weekday is looked for. A date falls on the same
/// weekday again after 5, 6 or 11 years (after more years for 29 February, and around some turns of
/// a century), so that the last 12 years usually have one that fits. Texts that are older state
/// their year.
const YEARS_BACK: i16 = 12;

/// French months with their abbreviations, and English months, as alternatives of a pattern.
const MONTHS: &str = "janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|décembre|\
    decembre|january|february|march|april|may|june|july|august|september|october|november|december|janv\\.?|févr?\\.?|fevr?\\.?|avr\\.?|juil\\.?|sept\\.?|oct\\.?|nov\\.?|déc\\.?|dec\\.?";
/// English months with their abbreviations, for target texts and for sites whose menus and date lines are in English.
const ENGLISH: &str = "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|\
    oct(?:ober)?|nov(?:ember)?|dec(?:ember)?";

/// Compiles a pattern without regard to case. In it, WEEKDAYS stands for the French weekdays, and
/// MONTHS and ENGLISH for the names in these two constants.
fn regex(pattern: &str) -> Regex {
    let weekdays = fr::WEEKDAYS.words().collect::<Vec<_>>().join("|");
    let pattern = pattern.replace("WEEKDAYS", &weekdays).replace("MONTHS", MONTHS).replace("ENGLISH", ENGLISH);
    Regex::new(&format!("(?i){pattern}")).expect("a pattern of this file")
}

/// A date with its month in words: « vendredi 29 novembre 2024 », « 29 nov. 2024 », « 1er mars 2025 », « vendredi 29
/// novembre ».
static WRITTEN: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?:\b(?P<weekday>WEEKDAYS),?\s+)?\b(?P<day>[0-3]?\d)(?:er)?\s+(?P<month>MONTHS)(?:\s+(?P<year>(?:19|20)\d\d)\b)?",
    )
});
/// A date in figures: "2024-11-29", "29/11/2024", "29.11.24". Where the year does not come first, the day does, as is
/// usual in French.
static NUMERIC: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"\b(?:(?P<day>[0-3]?\d)[/.-](?P<month>[01]?\d)[/.-](?P<year>(?:20)?\d\d)|(?P<y>(?:19|20)\d\d)-(?P<m>[01]\d)-(?P<d>[0-3]\d))(?:\b|T)",
    )
});

/// A date as Americans write it: "November 29, 2024", "Nov. 29, 2024".
static AMERICAN: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"\b(?P<month>ENGLISH)\.?\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)\b")
});

/// The first date with a year in a field of metadata: in ISO 8601, as `29/11/2024`, or with the
/// month as a French or English word. Anything else in the field, such as a time, is ignored.
pub(crate) fn parse_field(field: &str) -> Option<Date> {
    let field = field.trim();
    full_dates(field).next().map(|(_, date)| date)
}

/// All dates with a year in `text`, in order, with the bytes where they stand.
fn full_dates(text: &str) -> impl Iterator<Item = (std::ops::Range<usize>, Date)> + '_ {
    let written = WRITTEN.captures_iter(text).filter_map(|c| Some((c.get(0)?.range(), of_written(&c, None)?)));
    let english = AMERICAN.captures_iter(text).filter_map(|c| Some((c.get(0)?.range(), of_written(&c, None)?)));
    let numeric = NUMERIC.captures_iter(text).filter_map(|c| Some((c.get(0)?.range(), of_numeric(&c)?)));
    let mut all: Vec<_> = written.chain(english).chain(numeric).collect();
    all.sort_by_key(|(range, _)| range.start);
    all.into_iter()
}

/// The date of a match of [`NUMERIC`].
fn of_numeric(c: &Captures<'_>) -> Option<Date> {
    let number = |name: &str| c.name(name).and_then(|m| m.as_str().parse::<i16>().ok());
    if let Some(year) = number("y") {
        return Date::new(year, number("m")? as i8, number("d")? as i8).ok();
    }
    let year = number("year")?;
    Date::new(if year < 100 { 2000 + year } else { year }, number("month")? as i8, number("day")? as i8).ok()
}

/// The date of a match of [`WRITTEN`] or [`AMERICAN`]. A missing year is inferred from the weekday
/// and `today`; `None` if that is not possible, or the calendar has no such date.
fn of_written(c: &Captures<'_>, today: Option<Date>) -> Option<Date> {
    let day: i8 = c["day"].parse().ok()?;
    let month = month(&c["month"])?;
    match c.name("year") {
        Some(year) => Date::new(year.as_str().parse().ok()?, month, day).ok(),
        None => infer_year(c.name("weekday").and_then(|w| weekday(w.as_str()))?, day, month, today?),
    }
}

/// The latest date, not after `today`, that is this day of this month and falls on this weekday. Only this year and the
/// [`YEARS_BACK`] before it are looked at.
fn infer_year(weekday: Weekday, day: i8, month: i8, today: Date) -> Option<Date> {
    (0..=YEARS_BACK)
        .filter_map(|back| Date::new(today.year() - back, month, day).ok())
        .find(|date| *date <= today && date.weekday() == weekday)
}

/// Number of a month, from 1, by the beginning of its French or English name.
fn month(name: &str) -> Option<i8> {
    let name = name.to_lowercase();
    const STARTS: [(&str, i8); 20] = [
        ("jan", 1),
        ("fév", 2),
        ("fev", 2),
        ("mar", 3),
        ("avr", 4),
        ("mai", 5),
        ("juin", 6),
        ("juil", 7),
        ("ao", 8),
        ("sep", 9),
        ("oct", 10),
        ("nov", 11),
        ("déc", 12),
        ("dec", 12),
        ("feb", 2),
        ("apr", 4),
        ("may", 5),
        ("jun", 6),
        ("jul", 7),
        ("aug", 8),
    ];
    STARTS.iter().find(|(start, _)| name.starts_with(start)).map(|&(_, n)| n)
}

/// The weekday that a French name in capital or small letters means. The word list begins with Monday.
fn weekday(name: &str) -> Option<Weekday> {
    use Weekday::*;
    let days = [Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday];
    let name = name.to_lowercase();
    fr::WEEKDAYS.words().position(|day| day == name).map(|i| days[i])
}

/// A line that says when the article appeared, and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DateLine {
    /// `None` if the line has only a time of day, if the year is missing and cannot be inferred, or
    /// if the calendar has no such date.
    pub date: Option<Date>,
    /// Whether the line only says when the article was last changed, or has a time and no date.
    pub updated: bool,
}

/// The words and signs that may stand around the dates of a date line.
static FILLER: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?x) \b(?: publi[ée]e?s? | publication | parue? | post[ée]e?s? | rédig[ée]e? | diffus[ée]e? | créée? | modifi[ée]e?
        | mise?s?\s+(?:à|a)\s+jour | actualis[ée]e?s? | dernière | modification | mise\s+(?:à|a)\s+jour | maj | date | le | à | a | et | de
        | lecture | temps | \d{1,2}\s?min(?:utes?|\.)? | article | WEEKDAYS | hier | aujourd['’]hui
        | \d{1,2}\s?(?:h|:)\s?(?:\d\d)?(?::\d\d)?\s?(?:min|z)? | published | posted | updated | last | on | at | by | read | [ap]\.?m\.? | (?:mon|tues|wednes|thurs|fri|satur|sun)day
        | est | edt | gmt | utc | cet | cest | heures? | locales? | paris | afp | reuters | ap
        )\b | [\s.,;:|()\[\]·•–—/+-] | \u{200B}",
    )
});
/// A time of day: « 14h30 », "14:30".
static TIME: LazyLock<Regex> = LazyLock::new(|| regex(r"\b\d{1,2}\s?(?:h|:)\s?\d\d\b"));
/// Words by which a line says that the article was changed.
static UPDATED: LazyLock<Regex> = LazyLock::new(|| regex(r"mise?s?\s+(?:à|a)\s+jour|modifi|actualis|\bmaj\b|updated"));
/// Words by which a line says that the article was published.
static PUBLISHED: LazyLock<Regex> = LazyLock::new(|| regex(r"publi|posted|parue?\b|post[ée]|diffus|créé"));

/// Reads `line` as a date line; `None` when it says anything else, when it has neither a date nor a time with a word
/// such as « publié », or when it is longer than 200 bytes. A date without a year counts only with its weekday or with
/// such a word.
pub(crate) fn date_line(line: &str, today: Option<Date>) -> Option<DateLine> {
    if line.len() > 200 {
        return None;
    }
    let mut rest = String::new();
    let mut from = 0;
    let mut dates = Vec::new();
    let mut found: Vec<_> = full_dates(line).map(|(range, date)| (range, Some(date))).collect();
    if found.is_empty() {
        found = WRITTEN
            .captures_iter(line)
            .filter(|c| c.name("weekday").is_some() || PUBLISHED.is_match(line))
            .map(|c| (c.get(0).expect("the match").range(), of_written(&c, today)))
            .collect();
    }
    if found.is_empty() {
        // « Publié à 14h30 » is a date line too, but without a date.
        let clock = (PUBLISHED.is_match(line) || UPDATED.is_match(line)) && TIME.is_match(line);
        let nothing_else = FILLER.replace_all(line, " ").trim().is_empty();
        return (clock && nothing_else).then_some(DateLine { date: None, updated: true });
    }
    for (range, date) in found {
        if range.start < from {
            continue;
        }
        rest.push_str(&line[from..range.start]);
        from = range.end;
        dates.push((line[..range.start].to_string(), date));
    }
    rest.push_str(&line[from..]);
    if !FILLER.replace_all(&rest, " ").trim().is_empty() {
        return None;
    }
    // In « Mis à jour le 30 … publié le 29 … », the last such word before a date tells what happened
    // then.
    let published = dates.iter().find(|(before, _)| {
        let last = |r: &Regex| r.find_iter(before).last().map(|m| m.start());
        last(&PUBLISHED) > last(&UPDATED)
    });
    let (_, date) = published.or(dates.first())?;
    Some(DateLine { date: *date, updated: published.is_none() && UPDATED.is_match(line) })
}

/// Finds a date with its year before the first sentence of a paragraph, set off by a dash:
/// « 4 janvier 2025. – Les deux camps … ». Returns the byte at which the sentence begins, and the
/// date.
pub(crate) fn date_prefix(paragraph: &str) -> Option<(usize, Date)> {
    static DASH: LazyLock<Regex> =
        LazyLock::new(|| regex(r"^(?:,? à)?(?:,? \d{1,2} ?[h:] ?(?:\d\d)?)?(?: UTC| GMT)? ?[.,:]? ?[–—-] ?"));
    let head = &paragraph[..floor_boundary(paragraph, 60)];
    let (range, date) = full_dates(head).next()?;
    let lead = FILLER.replace_all(&head[..range.start], " ");
    let dash = DASH.find(&paragraph[range.end..])?;
    let end = range.end + dash.end();
    (lead.trim().is_empty() && paragraph[end..].contains(char::is_alphanumeric)).then_some((end, date))
}

/// The date in an agency's dateline at the start of a paragraph: « KABOUL, 12 mars 2025 (AFP) – »,
/// « (AFP) - 12 mars 2025 ».
pub(crate) fn agency_dateline(paragraph: &str) -> Option<Date> {
    static AGENCY: LazyLock<Regex> = LazyLock::new(|| {
        regex(r"\b(?:AFP|Reuters|AP|Xinhua|APS|MAP|TAP|ANP|AIP|APANEWS|Belga|ATS|EFE|dpa|Anadolu|AA)\b")
    });
    let head = &paragraph[..floor_boundary(paragraph, 90)];
    let (range, date) = full_dates(head).next()?;
    let agency = AGENCY.find(head)?;
    let between =
        if agency.end() <= range.start { &head[agency.end()..range.start] } else { &head[range.end..agency.start()] };
    // Only punctuation may stand between the agency and the date. Before both of them, at most five
    // words may stand, which name a town.
    let close = !between.contains(char::is_alphanumeric);
    let town = head[..agency.start().min(range.start)].split_whitespace().count() <= 5;
    (close && town).then_some(date)
}

/// The first day that the text gives as its own day of publication, « ce vendredi 29 novembre » or « aujourd’hui, jeudi
/// 5 décembre 2024 », and whose year is stated or can be inferred.
pub(crate) fn own_day(text: &str, today: Option<Date>) -> Option<Date> {
    static OWN: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"\b(?:en\s+)?(?:ce|aujourd['’]hui,?)\s+(?P<weekday>WEEKDAYS),?\s+(?P<day>[0-3]?\d)(?:er)?\s+(?P<month>MONTHS)(?:\s+(?P<year>(?:19|20)\d\d)\b)?",
        )
    });
    OWN.captures_iter(text).find_map(|c| of_written(&c, today))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2025, 6, 1);

    #[track_caller]
    fn line(text: &str, expected: Date) {
        assert_eq!(date_line(text, Some(TODAY)).and_then(|l| l.date), Some(expected), "{text}");
    }

    #[test]
    fn date_lines_of_french_sites() {
        let day = date(2024, 11, 29);
        for text in [
            "Publié le 29 novembre 2024 à 14h30",
            "Publié le 29/11/2024 à 14:30",
            "vendredi 29 novembre 2024",
            "29 nov. 2024, 08h05",
            "Mis à jour le 29 novembre 2024 à 14 h 30",
            "Publié le : 29/11/2024 - 14:30 Modifié le : 30/11/2024 - 08:12",
            "Mis à jour le 30/11/2024 - Publié le 29/11/2024",
            "29.11.24",
            "(AFP) – 29 novembre 2024",
            "Publié vendredi 29 novembre à 14h",
            "29 novembre 2024 | Temps de lecture : 3 min",
            "2024-11-29T14:30",
            "Published November 29, 2024 at 2:30 p.m.",
            "Friday, 29 November 2024",
        ] {
            line(text, day);
        }
        line("1er mars 2025", date(2025, 3, 1));
    }

    #[test]
    fn a_sentence_with_a_date_is_no_date_line() {
        for text in [
            "Le 29 novembre 2024, Alep est tombée.",
            "Il est né le 3 mai 1950 à Paris avec son frère.",
            "Attentats du 13 novembre 2015",
        ] {
            assert_eq!(date_line(text, Some(TODAY)), None, "{text}");
        }
    }

    #[test]
    fn a_line_that_only_tells_of_an_update_is_marked() {
        assert!(date_line("Mis à jour le 29 novembre 2024", None).unwrap().updated);
        assert!(!date_line("Publié le 29 novembre 2024, mis à jour à 15h", None).unwrap().updated);
    }

    #[test]
    fn the_year_is_the_latest_in_which_the_weekday_fits() {
        assert_eq!(own_day("entrés à Alep, ce vendredi 29 novembre.", Some(TODAY)), Some(date(2024, 11, 29)));
        assert_eq!(own_day("ce vendredi 29 novembre", Some(date(2024, 11, 28))), Some(date(2019, 11, 29)));
        assert_eq!(own_day("ce lundi 29 février", Some(TODAY)), Some(date(2016, 2, 29)));
        assert_eq!(own_day("ce vendredi 29 novembre", None), None);
        assert_eq!(own_day("ce jeudi 5 décembre 2024", None), Some(date(2024, 12, 5)));
        assert_eq!(own_day("attendu vendredi 29 novembre", Some(TODAY)), None);
    }

    #[test]
    fn agency_datelines() {
        assert_eq!(agency_dateline("KABOUL, 12 mars 2025 (AFP) – Une bombe a explosé."), Some(date(2025, 3, 12)));
        assert_eq!(agency_dateline("(AFP) - 12 mars 2025 - Une bombe a explosé."), Some(date(2025, 3, 12)));
        assert_eq!(agency_dateline("Le 12 mars 2025, a dit l’AFP, une bombe a explosé."), None);
    }

    #[test]
    fn a_date_is_found_in_a_field_of_metadata() {
        for text in ["2024-11-29", "2024-11-29T14:30:00Z", "29/11/2024", "29 novembre 2024"] {
            assert_eq!(parse_field(text), Some(date(2024, 11, 29)), "{text}");
        }
        assert_eq!(parse_field("hier"), None);
        assert_eq!(parse_field("2024-13-45"), None);
    }
}
