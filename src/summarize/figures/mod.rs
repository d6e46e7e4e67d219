//! The figures of an article: what each counts, its bounds, whose it is, and when.

mod counted;
pub mod groups;

use super::tables::Line;
use crate::dispatch::{Bounds, FigureRow, SourceRow};
use crate::facts::FactValue;
use crate::facts::date::DateFact;
use crate::facts::quantity::{Bound, Duty, Form, Outcome, Quantity, Whom};
use crate::facts::reading::Reading;
use crate::span::{CharIndex, Span};
use std::collections::BTreeSet;

/// A figure while groups are made: the row, and what tells figures for the same thing from others.
pub struct Counted {
    pub row: FigureRow,
    /// Index of the source in the who-says-what table.
    pub speaker: Option<usize>,
    /// What is counted, whatever the words: two figures for the same thing have the same.
    pub key: Option<Key>,
    /// Stems of the words that say which event or place it is for.
    pub event: BTreeSet<String>,
    /// Places in its clause.
    pub places: BTreeSet<String>,
    /// An earlier state of the same count: « un précédent bilan », « s'alourdit à ».
    pub passing: bool,
    /// Others besides those counted before: « trois autres ».
    pub others: bool,
}

/// What a figure counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    /// Somebody's fate. Everybody is a person, so nobody in particular is `People`.
    Fate(Outcome, Whom),
    /// The stem of the French noun.
    Noun(String),
}

/// One row for each quantity that must survive, with what is needed to compare them.
pub fn table(lines: &[Line<'_>], readings: &[Reading<'_>], rows: &[SourceRow]) -> Vec<Counted> {
    let mut out: Vec<Counted> = Vec::new();
    for (line, r) in lines.iter().zip(readings) {
        let first = out.len();
        for (span, q, english) in line.paired_quantities() {
            if counts(q) {
                let part_of = part(r, span).then(|| out.len().checked_sub(1).filter(|&i| i >= first)).flatten();
                let whole = part_of.map(|i| (out[i].key.clone(), out[i].row.what.clone()));
                let figure = counted::figure(line, r, span, q, english, whole);
                out.push(finish(figure, line, span, part_of, rows));
            }
        }
    }
    out
}

/// Adds what the sentence says of a figure: whose it is, and when.
fn finish(mut c: Counted, line: &Line<'_>, span: Span, part_of: Option<usize>, rows: &[SourceRow]) -> Counted {
    c.speaker = rows.iter().position(|row| {
        row.claims.iter().any(|claim| {
            claim.sentence == line.number
                && !claim.negated
                && claim.figures.iter().any(|f| f.french.start == c.row.span.start)
        })
    });
    c.row.source = c.speaker.map(|at| rows[at].source.clone());
    c.row.date = date(line, span);
    c.row.part_of = part_of;
    c
}

/// Ranks and orders of magnitude are no figures that a reader looks up.
fn counts(q: &Quantity) -> bool {
    q.duty == Duty::Must && matches!(q.form, Form::Cardinal | Form::Fraction)
}

/// « dont 19 », « parmi lesquels deux enfants », « y compris quatre policiers ».
fn part(r: &Reading<'_>, span: Span) -> bool {
    let at = r.tokens.all().partition_point(|t| t.span.start < span.start);
    let before = |n: usize| at.checked_sub(n).map_or("", |k| r.lower(k));
    let opens = |n: usize| {
        before(n) == "dont"
            || before(n) == "compris" && before(n + 1) == "y"
            || matches!(before(n), "lesquels" | "lesquelles" | "eux" | "elles") && before(n + 1) == "parmi"
    };
    // « dont au moins 19 »
    opens(1) || opens(2) || opens(3)
}

/// The date of the clause that a figure stands in: the nearest one of its sentence.
fn date(line: &Line<'_>, span: Span) -> Option<String> {
    let day = |d: &DateFact| d.day.is_some() || d.weekday.is_some() || d.relative.is_some() || d.month.is_some();
    let dates = line.source_facts.iter().filter_map(|f| match &f.value {
        FactValue::Date(d) if !d.doubtful && day(d) && !f.span.overlaps(span) => Some((f.span, d)),
        _ => None,
    });
    let distance = |s: Span| if s.start >= span.end { s.start - span.end } else { span.start.saturating_sub(s.end) };
    let (at, date) = dates.min_by_key(|(s, _)| distance(*s))?;
    Some(date.resolved.map_or_else(|| at.of(line.source).to_string(), |d| d.to_string()))
}

/// What the true value can be. A rounded number and « environ » leave a tenth to both sides, « une dizaine » and its like
/// three tenths: nobody who writes them means more precision than that.
fn bounds(q: &Quantity) -> Bounds {
    let high = q.high.unwrap_or(q.value);
    let (low, high) = match q.bound {
        Bound::MoreThan | Bound::AtLeast => return Bounds { low: Some(q.value), high: None },
        Bound::LessThan | Bound::AtMost => return Bounds { low: None, high: Some(high) },
        Bound::Nearly => (q.value * 0.9, high),
        Bound::About => (q.value * 0.9, high * 1.1),
        Bound::Exact => (q.value, high),
    };
    let slack = if q.rounded { 0.3 } else { 0.0 };
    Bounds { low: Some(low * (1.0 - slack)), high: Some(high * (1.0 + slack)) }
}

fn qualifier(bound: Bound) -> Option<String> {
    let name = match bound {
        Bound::Exact => return None,
        Bound::MoreThan => "more-than",
        Bound::AtLeast => "at-least",
        Bound::LessThan => "less-than",
        Bound::AtMost => "at-most",
        Bound::About => "about",
        Bound::Nearly => "nearly",
    };
    Some(name.to_string())
}

fn row(line: &Line<'_>, span: Span, q: &Quantity, english: Option<Span>, what: Option<String>) -> FigureRow {
    FigureRow {
        sentence: line.number,
        french: span.of(line.source).to_string(),
        english: english.map(|e| e.of(line.target).to_string()),
        span: CharIndex::new(line.source).char_span(span),
        what,
        value: q.value,
        high: q.high,
        qualifier: qualifier(q.bound),
        bounds: bounds(q),
        source: None,
        date: None,
        part_of: None,
    }
}
