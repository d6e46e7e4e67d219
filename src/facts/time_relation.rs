//! What a text says, besides a date, about when an event happened: before or after that date, early or late in the
//! month, in the morning or the evening, how often, on which feast. A translation may keep the date and still be wrong:
//! « avant le 15 mars » may have become "after March 15".

use super::quantity::{Dimension, Unit};
use super::reading::Reading;
use super::{Fact, FactValue};
use crate::lang::Lang;
use crate::lexicon::time_words::{DayPart, Link, Part, Period, Side, TimeWord};
use crate::lexicon::{Lexicon, class, en, fr};
use crate::span::Span;
use serde::Serialize;

/// What is said about the time of an event besides its date.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimeRelation {
    /// « avant », "since" and the like, beside the date, hour or length of time at `of`.
    Link {
        link: Link,
        #[serde(skip)]
        of: Span,
        /// A negation or « jusqu' » stands before it and may reverse it: « n'est pas parti avant lundi », "did not
        /// leave until Monday".
        #[serde(skip)]
        denied: bool,
    },
    /// Early, in the middle of or late in a month, a year, a week or a day of the week.
    Part { part: Part, of: Whole },
    /// Morning, evening and so on, unless the words belong to an hour (« 8 heures du matin »).
    DayPart(DayPart),
    /// The day before or after: « la veille », "the next day".
    Side(Side),
    /// A word that may mean the day before or after, and other things as well: « avant », "later".
    #[serde(skip)]
    Near(Side),
    /// How often something happens: « hebdomadaire », "every year".
    Often(Period),
    /// A feast, by its number in the lexicon.
    Feast(u8),
    /// A quarter or half of a year, by its length in months and its number in the year: « troisième trimestre »,
    /// "second half".
    #[serde(rename = "turn")]
    PartOfYear { months: u8, number: u8 },
}

/// What an early or late part belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Whole {
    /// A month by its number.
    Month(u8),
    /// A year by its number.
    Year(i16),
    /// A day of the week, from 1 for Monday to 7 for Sunday.
    Weekday(u8),
    /// A month, week or year that is not named: « du mois », "of the week".
    Unit(Period),
}

/// How many tokens after a phrase are searched for the whole to which it belongs. So at most two tokens stand between
/// the two: « le milieu [de l'] année », "late [that] month".
const WHOLE_REACH: usize = 3;

/// All time relations of a text; `facts` has the dates, hours and quantities of that text.
pub fn extract(r: &Reading<'_>, facts: &[Fact]) -> Vec<Fact> {
    let words = &Lexicon::get().time_words;
    let mut out = Vec::new();
    let times = Times { r, facts };
    // Where the last phrase of each kind ends. A phrase of the same kind that begins inside it is passed over; of those
    // that begin at one token, only the longest that makes a relation counts.
    let mut until = [0usize; 4];
    for i in 0..r.len() {
        let begun = until;
        for (word, end) in words.at(r, i) {
            let kind = kind(word);
            if i < begun[kind] || end <= until[kind] {
                continue;
            }
            if let Some(relation) = times.relation(word, i, end) {
                until[kind] = end;
                out.push(Fact { span: r.span(i, end), value: FactValue::TimeRelation(relation) });
            }
        }
        if let Some((relation, end)) = quarter_or_half(r, i) {
            out.push(Fact { span: r.span(i, end), value: FactValue::TimeRelation(relation) });
        }
    }
    out
}

/// The number of the kind to which a phrase belongs (see `until` in [`extract`]).
fn kind(word: TimeWord) -> usize {
    match word {
        TimeWord::Link(_) | TimeWord::Trail(_) | TimeWord::Clause(_) => 0,
        TimeWord::Part(_) => 1,
        TimeWord::Side(_) | TimeWord::Near(_) | TimeWord::Feast(_) => 2,
        TimeWord::DayPart(_) | TimeWord::Often(_) => 3,
    }
}

/// A text with its dates, hours and quantities.
struct Times<'t, 'a> {
    r: &'t Reading<'a>,
    facts: &'t [Fact],
}

impl Times<'_, '_> {
    /// The relation that the phrase from `start` to `end` makes with the facts around it. None for a link without a
    /// date, hour or length of time beside it, for a part without a whole, and for a part of the day inside an hour.
    fn relation(&self, word: TimeWord, start: usize, end: usize) -> Option<TimeRelation> {
        Some(match word {
            TimeWord::Link(link) => {
                let fact = self.fact_from(end, link)?;
                TimeRelation::Link { link, of: fact.span, denied: self.is_denied(start) }
            }
            TimeWord::Trail(link) => {
                let fact = self.fact_until(start, link)?;
                TimeRelation::Link { link, of: fact.span, denied: self.is_denied(start) }
            }
            // No relation to a date: which of two events came first is compared clause by clause.
            TimeWord::Clause(_) => return None,
            TimeWord::Part(part) => TimeRelation::Part { part, of: self.whole(start, end)? },
            TimeWord::DayPart(part) => {
                let at = self.r.span(start, end);
                let of_hour = self.facts.iter().any(|f| matches!(f.value, FactValue::Time(_)) && f.span.contains(at));
                (!of_hour).then_some(TimeRelation::DayPart(part))?
            }
            TimeWord::Side(side) => TimeRelation::Side(side),
            TimeWord::Near(side) => TimeRelation::Near(side),
            TimeWord::Often(period) => TimeRelation::Often(period),
            TimeWord::Feast(feast) => TimeRelation::Feast(feast),
        })
    }

    /// The date, hour or length of time to which the token at `end` belongs, if `link` can stand before it.
    fn fact_from(&self, end: usize, link: Link) -> Option<&Fact> {
        let at = self.r.tokens.get(end)?.span;
        self.facts.iter().find(|f| f.span.start <= at.start && at.start < f.span.end && is_anchor(f, link, false))
    }

    /// The date, hour or length of time that ends right before `start`, if `link` can follow it.
    fn fact_until(&self, start: usize, link: Link) -> Option<&Fact> {
        let before = self.r.tokens.get(start.checked_sub(1)?)?.span;
        self.facts.iter().find(|f| f.span.end == before.end && is_anchor(f, link, true))
    }

    /// Whether a negation or « jusqu' » is among the eight tokens before `at`.
    fn is_denied(&self, at: usize) -> bool {
        (at.saturating_sub(8)..at).any(|i| {
            let word = self.r.lower(i);
            self.r.is(i, class::NEG | class::NEG_SOFT) || word.ends_with("n't") || word == "jusqu'"
        })
    }

    /// The whole of which the phrase from `start` to `end` names a part. The whole stands right after the phrase, or
    /// after up to two small words, hyphens or commas: « le milieu [de l'] année », "late [that] month". None where no
    /// whole stands there, or where a word that compares or lists stands before the phrase.
    fn whole(&self, start: usize, end: usize) -> Option<Whole> {
        // In « plus tôt », "too late" and "or late" the words compare or list, and name no part of anything.
        let compared = |i: usize| matches!(self.r.lower(i), "plus" | "trop" | "ou" | "too" | "as" | "so" | "or");
        if start > 0 && compared(start - 1) {
            return None;
        }
        for at in end..(end + WHOLE_REACH).min(self.r.len()) {
            if let Some(whole) = self.whole_at(at) {
                return Some(whole);
            }
            let filler = match self.r.lang {
                Lang::Fr => fr::TIME_FILLERS.has(self.r.lower(at)),
                Lang::En => en::TIME_FILLERS.has(self.r.lower(at)),
            };
            if !filler && !matches!(self.r.mark(at), '-' | ',') {
                return None;
            }
        }
        None
    }

    /// The month, year, weekday or period that stands at `at`. A date is a whole if it has a weekday, or if it has a
    /// month or a year but no day.
    fn whole_at(&self, at: usize) -> Option<Whole> {
        let span = self.r.tokens.get(at)?.span;
        let date = self.facts.iter().find_map(|f| match f.value {
            FactValue::Date(d) if f.span.contains(span) => Some(d),
            _ => None,
        });
        if let Some(d) = date {
            return match (d.day, d.month, d.weekday, d.year) {
                (None, Some(month), None, _) => Some(Whole::Month(month)),
                (None, None, None, Some(year)) => Some(Whole::Year(year)),
                (_, _, Some(weekday), _) => Some(Whole::Weekday(weekday)),
                _ => None,
            };
        }
        Some(Whole::Unit(match self.r.lower(at) {
            "an" | "année" | "year" => Period::Year,
            "mois" | "month" => Period::Month,
            "semaine" | "week" => Period::Week,
            _ => return None,
        }))
    }
}

/// Whether a word such as "before" or "ago" can belong to the fact; `behind` says that the word follows the fact.
/// Before a date or an hour, every link but "ago" may stand; after it, only "until" and "since". Before a length of
/// time, every link but "until" and "since" may stand; after it, any link. Doubtful dates and all other facts have no
/// link.
fn is_anchor(fact: &Fact, link: Link, behind: bool) -> bool {
    match &fact.value {
        FactValue::Date(d) => {
            !d.doubtful && link != Link::Ago && (!behind || matches!(link, Link::Until | Link::Since))
        }
        FactValue::Time(_) => link != Link::Ago && (!behind || matches!(link, Link::Until | Link::Since)),
        FactValue::Quantity(q) => {
            let duration = matches!(q.unit, Unit::Measure(m) if m.size().0 == Dimension::Duration);
            duration && (behind || !matches!(link, Link::Until | Link::Since))
        }
        _ => false,
    }
}

/// The quarter or half of a year that begins at `i` (« premier semestre », "third quarter"), and the token after it.
/// "half" counts only before a preposition, a mark or the end of the text, so that "first half hour" doesn't count.
fn quarter_or_half(r: &Reading<'_>, i: usize) -> Option<(TimeRelation, usize)> {
    let number = match r.lower(i) {
        "premier" | "première" | "first" | "1er" => 1,
        "deuxième" | "second" | "seconde" => 2,
        "troisième" | "third" => 3,
        "quatrième" | "fourth" => 4,
        _ => return None,
    };
    let months = match r.lower(i + 1) {
        "trimestre" | "quarter" => 3,
        "semestre" => 6,
        "half" if r.is(i + 2, class::PREP) || r.mark(i + 2) != '\0' || i + 2 >= r.len() => 6,
        _ => return None,
    };
    Some((TimeRelation::PartOfYear { months, number }, i + 2))
}
