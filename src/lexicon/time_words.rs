//! Phrases that say when an event happened besides its date, such as « avant », "late" and "evening", in both
//! languages.

use super::phrases::Phrases;
use super::table;
use crate::facts::reading::Reading;
use crate::lang::Lang;
use serde::Serialize;

/// What a phrase says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimeWord {
    /// Stands right before a date, an hour or a length of time: « avant le ».
    Link(Link),
    /// Stands right after a date, an hour or a length of time: « plus tard ».
    Trail(Link),
    /// Opens a clause or a phrase with an event that came later or earlier than that of the other clause: « avant de ».
    Clause(Link),
    /// A part of a month, year, week or day: « début », "late".
    Part(Part),
    /// A part of a day: « matin », "evening".
    DayPart(DayPart),
    /// The day before or after another day: « la veille », "the next day".
    Side(Side),
    /// May mean the day before (or the day after), or something else.
    Near(Side),
    /// How often something happens: every day, every week.
    Often(Period),
    /// A feast, by its number in the order of the table.
    Feast(u8),
}

/// How a moment stands to the date, hour or length of time beside the phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Link {
    Before,
    After,
    Since,
    Until,
    /// « il y a onze jours », "eleven days ago".
    Ago,
    /// Within the time that follows: « dans les deux jours ».
    Ahead,
}

/// A part of a month, a year, a week or a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    Early,
    Mid,
    Late,
}

/// A part of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DayPart {
    Dawn,
    Morning,
    Afternoon,
    Dusk,
    Evening,
    Night,
}

/// The day before, or the day after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    Eve,
    Next,
}

/// The length of time after which something happens again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Period {
    Hour,
    Day,
    Week,
    Month,
    Year,
}

/// The phrases of both languages.
pub struct TimeWords(Phrases<TimeWord>);

impl TimeWords {
    pub(super) fn load() -> Self {
        let mut out = Phrases::new();
        let mut feasts: Vec<&'static str> = Vec::new();
        for row in table::TIME_WORDS.rows() {
            let lang = if row.cell(0) == "fr" { Lang::Fr } else { Lang::En };
            let means = match meaning(row.cell(1), row.cell(2), &mut feasts) {
                Some(means) => means,
                None => row.fail("no such kind, or no such value of it"),
            };
            for phrase in row.forms(3) {
                out.add(lang, phrase, matches!(means, TimeWord::Feast(_)), means);
            }
        }
        TimeWords(out)
    }

    /// The meanings of all phrases that begin at token `i`, those of the longest first, each with the number of the
    /// token after the phrase.
    pub fn at<'s>(&'s self, r: &'s Reading<'_>, i: usize) -> impl Iterator<Item = (TimeWord, usize)> + 's {
        self.0.at(r, i)
    }
}

/// What a row with this kind and value means; `None` if there is no such kind or value. `feasts` has the feasts of
/// earlier rows, and a new one is added to it.
fn meaning(kind: &str, value: &'static str, feasts: &mut Vec<&'static str>) -> Option<TimeWord> {
    let link = || {
        Some(match value {
            "before" => Link::Before,
            "after" => Link::After,
            "since" => Link::Since,
            "until" => Link::Until,
            "ago" => Link::Ago,
            "ahead" => Link::Ahead,
            _ => return None,
        })
    };
    Some(match (kind, value) {
        ("link", _) => TimeWord::Link(link()?),
        ("trail", _) => TimeWord::Trail(link()?),
        ("clause", "before" | "after") => TimeWord::Clause(link()?),
        ("part", "early") => TimeWord::Part(Part::Early),
        ("part", "mid") => TimeWord::Part(Part::Mid),
        ("part", "late") => TimeWord::Part(Part::Late),
        ("daypart", "dawn") => TimeWord::DayPart(DayPart::Dawn),
        ("daypart", "morning") => TimeWord::DayPart(DayPart::Morning),
        ("daypart", "afternoon") => TimeWord::DayPart(DayPart::Afternoon),
        ("daypart", "dusk") => TimeWord::DayPart(DayPart::Dusk),
        ("daypart", "evening") => TimeWord::DayPart(DayPart::Evening),
        ("daypart", "night") => TimeWord::DayPart(DayPart::Night),
        ("side", "eve") => TimeWord::Side(Side::Eve),
        ("side", "next") => TimeWord::Side(Side::Next),
        ("near", "eve") => TimeWord::Near(Side::Eve),
        ("near", "next") => TimeWord::Near(Side::Next),
        ("often", "hour") => TimeWord::Often(Period::Hour),
        ("often", "day") => TimeWord::Often(Period::Day),
        ("often", "week") => TimeWord::Often(Period::Week),
        ("often", "month") => TimeWord::Often(Period::Month),
        ("often", "year") => TimeWord::Often(Period::Year),
        ("feast", _) => {
            let known = feasts.iter().position(|f| *f == value);
            TimeWord::Feast(known.unwrap_or_else(|| {
                feasts.push(value);
                feasts.len() - 1
            }) as u8)
        }
        _ => return None,
    })
}
