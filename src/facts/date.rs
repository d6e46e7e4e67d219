//! Dates, whole or in part: as the text has them, and as a day of the calendar where that is known.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A date or a part of one. Of the fields from `year` to `relative`, those that the text does not name are `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct DateFact {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<i16>,
    /// 1–12
    #[serde(skip_serializing_if = "Option::is_none")]
    pub month: Option<u8>,
    /// 1–31
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<u8>,
    /// ISO 8601: Monday is 1, Sunday 7.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weekday: Option<u8>,
    /// First year of a decade: 1970 for « les années 1970 », and 70 where the text leaves out the century (« les années
    /// 70 »).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decade: Option<i16>,
    /// The number of a century: 21 for « XXIe siècle ».
    #[serde(skip_serializing_if = "Option::is_none")]
    pub century: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub season: Option<Season>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relative: Option<Relative>,
    /// The day of the calendar that the date means, if the text, or the text with the day of publication, shows it.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "iso")]
    pub resolved: Option<Date>,
    /// What « le mois dernier » or "next year" means, counted from the day of publication: the year, and for a month
    /// also the month.
    #[serde(skip)]
    pub period: Option<(i16, Option<u8>)>,
    /// Whether the month is written once for several days, and stands with another of them. A written month is compared
    /// once, with the day that it stands with: in « les 16 et 17 octobre » this field is true for the 16th, because the
    /// month stands with the 17th.
    #[serde(skip)]
    pub shared_month: bool,
    /// [`Self::shared_month`] for the year.
    #[serde(skip)]
    pub shared_year: bool,
    /// Whether day and month may be the other way round, because the date is written in figures in a form that may put
    /// either of them first: « 9/11 », and in English also "11/12/2024".
    #[serde(skip)]
    pub may_be_swapped: bool,
    /// Whether it may be no date (« été » also means *been*), or a date that English puts in another way (« la nuit de
    /// lundi à mardi » is "Monday night" or "early Tuesday").
    #[serde(skip)]
    pub doubtful: bool,
}

/// A season that dates something: « au printemps 2024 ».
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

/// Dates that are counted from the day of publication, or from a day that the text names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relative {
    DayBeforeYesterday,
    Yesterday,
    Today,
    Tomorrow,
    DayAfterTomorrow,
    /// la veille, the day before
    Eve,
    /// le lendemain, the next day
    NextDay,
    LastWeek,
    NextWeek,
    LastMonth,
    NextMonth,
    LastYear,
    NextYear,
}

/// Writes a day as YYYY-MM-DD.
fn iso<S: serde::Serializer>(date: &Option<Date>, out: S) -> Result<S::Ok, S::Error> {
    match date {
        Some(d) => out.collect_str(d),
        None => out.serialize_none(),
    }
}

impl Relative {
    /// How many days after the day of publication it is, negative for days before; `None` for periods, and for days
    /// counted from another day.
    pub fn days(self) -> Option<i32> {
        match self {
            Relative::DayBeforeYesterday => Some(-2),
            Relative::Yesterday => Some(-1),
            Relative::Today => Some(0),
            Relative::Tomorrow => Some(1),
            Relative::DayAfterTomorrow => Some(2),
            _ => None,
        }
    }

    /// The year that « l'an dernier » or "next month" means, and for a month also the month; `None` for days and weeks.
    fn period_from(self, published: Date) -> Option<(i16, Option<u8>)> {
        let month = |by: i32| {
            let day = published.first_of_month().checked_add(jiff::Span::new().months(by)).ok()?;
            Some((day.year(), Some(day.month() as u8)))
        };
        match self {
            Relative::LastMonth => month(-1),
            Relative::NextMonth => month(1),
            Relative::LastYear => Some((published.year() - 1, None)),
            Relative::NextYear => Some((published.year() + 1, None)),
            _ => None,
        }
    }
}

impl DateFact {
    /// Fills [`Self::resolved`] and [`Self::period`]. A day with month and year needs no day of publication; other
    /// dates stay unresolved without `published`. A day and month without a year are taken in the year that brings them
    /// nearest to `published`. A weekday alone is the last such day up to and including `published`, because news looks
    /// back. « Hier », « demain » and the like are counted from `published`. A date that names another weekday than
    /// that of its day stays unresolved.
    pub fn resolve(&mut self, published: Option<Date>) {
        let whole = |y: i16, m: u8, d: u8| Date::new(y, m as i8, d as i8).ok();
        self.resolved = match (self.year, self.month, self.day, self.weekday, published) {
            (Some(y), Some(m), Some(d), _, _) => whole(y, m, d),
            (None, Some(m), Some(d), _, Some(at)) => [at.year() - 1, at.year(), at.year() + 1]
                .into_iter()
                .filter_map(|y| whole(y, m, d))
                .min_by_key(|x| (at.duration_until(*x).as_hours() / 24).abs()),
            (None, None, None, Some(w), Some(at)) => {
                let back = (at.weekday().to_monday_one_offset() - w as i8).rem_euclid(7);
                at.checked_sub(jiff::Span::new().days(i64::from(back))).ok()
            }
            (None, None, None, None, Some(at)) => {
                let days = self.relative.and_then(Relative::days);
                days.and_then(|n| at.checked_add(jiff::Span::new().days(i64::from(n))).ok())
            }
            _ => None,
        };
        // "Monday, July 15, 2016" is no day of the calendar, because July 15 was a Friday that year.
        let is_wrong = |day: &Date| self.weekday.is_some_and(|w| day.weekday().to_monday_one_offset() != w as i8);
        self.resolved = self.resolved.filter(|day| !is_wrong(day));
        self.period = published.and_then(|at| self.relative?.period_from(at));
    }
}
