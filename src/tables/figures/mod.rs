//! The figures of an article: what each counts, its bounds, who gives it, and for which day it is
//! given.

mod counted;
pub mod groups;

use crate::facts::FactValue;
use crate::facts::date::DateFact;
use crate::facts::quantity::{Bound, Duty, NumberForm, Outcome, Quantity, Whom};
use crate::facts::reading::Reading;
use crate::lexicon::class;
use crate::span::{CharIndex, Span};
use crate::tables::rows::{Bounds, FigureRow, SourceRow};
use crate::tables::sentence_pair::SentencePair;
use std::collections::BTreeSet;

/// A figure while figures are grouped: its row, and what shows whether another figure is for the
/// same thing.
pub struct Counted {
    pub row: FigureRow,
    /// Index of its source in the who-says-what table; `None` if the figure is in no claim, or only
    /// in negated claims.
    pub speaker: Option<usize>,
    /// What is counted, in a form that is the same for all figures that count the same; `None` if that is not known,
    /// and mostly for measures and sums of money.
    pub key: Option<Key>,
    /// Stems of the words that show to which event the figure belongs.
    pub event: BTreeSet<String>,
    /// Stems of the places that its sentence names.
    pub places: BTreeSet<String>,
    /// Whether its sentence tells how a count changed (« un précédent bilan », « s'alourdit à »).
    /// Such a figure may differ from another one without excluding it.
    pub passing: bool,
    /// Whether the figure counts others than a figure before it does: « trois autres ».
    pub others: bool,
}

/// What a figure counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    /// What became of people, and which people; [`Whom::People`] where the text does not say.
    Fate(Outcome, Whom),
    /// The stem of the French noun.
    Noun(String),
}

/// One row for each figure of the French that a reader looks up (see [`counts`]), with what is needed to compare
/// figures.
pub fn table(sentences: &[SentencePair<'_>], readings: &[Reading<'_>], rows: &[SourceRow]) -> Vec<Counted> {
    let mut out: Vec<Counted> = Vec::new();
    for (sentence, r) in sentences.iter().zip(readings) {
        let first = out.len();
        for (span, q, english) in sentence.paired_quantities() {
            if counts(r, span, q) {
                let part_of = part(r, span).then(|| out.len().checked_sub(1).filter(|&i| i >= first)).flatten();
                let whole = part_of.map(|i| (out[i].key.clone(), out[i].row.what.clone()));
                let figure = counted::figure(sentence, r, span, q, english, whole);
                out.push(finish(figure, !q.unit.is_none(), sentence, span, part_of, rows));
            }
        }
    }
    out
}

/// Adds the source and the day of a figure, and which figure it is a part of. `measured` says whether it has a unit.
fn finish(
    mut c: Counted,
    measured: bool,
    sentence: &SentencePair<'_>,
    span: Span,
    part_of: Option<usize>,
    rows: &[SourceRow],
) -> Counted {
    c.speaker = rows.iter().position(|row| {
        row.claims.iter().any(|claim| {
            claim.sentence == sentence.number
                && !claim.negated
                && claim.figures.iter().any(|f| f.french.start == c.row.span.start)
        })
    });
    c.row.source = c.speaker.map(|at| rows[at].source.clone());
    // Distances, spans of time and other measures have no day.
    c.row.date = if measured { None } else { date(sentence, span) };
    c.row.part_of = part_of;
    c
}

/// Whether a quantity is a figure that a reader looks up: a translation must keep it, it is a
/// cardinal number or a fraction, and it is neither an ordinal nor a part of a name (« la 173 e »,
/// « les accords de Selm 2 », « le numéro d'urgence 911 »).
pub fn counts(r: &Reading<'_>, span: Span, q: &Quantity) -> bool {
    let at = r.tokens.first_at(span.start);
    let next = r.tokens.first_at(span.end);
    let before = |n: usize| at.checked_sub(n).map_or("", |k| r.lower(k));
    let bare = q.unit.is_none() && q.outcome.is_none() && q.whom.is_none() && q.bound == Bound::Exact && !q.in_words;
    let ends = next >= r.len() || !r.is_word(next) || r.is(next, class::FUNCTION);
    let named = at > 0 && r.capital(at - 1) && !r.opens(at - 1) && (ends || q.value < 20.0)
        || matches!(before(1), "le" | "la" | "au" | "du") && ends
        || (1..5).any(|n| matches!(before(n), "numéro" | "article" | "n°" | "résolution" | "vol")) && ends
        || matches!(r.lower(next), "e" | "ème" | "er" | "re" | "ère");
    q.duty == Duty::Must && matches!(q.form, NumberForm::Cardinal | NumberForm::Fraction) && !(bare && named)
}

/// Whether a figure is a part of the one before it: « dont douze », « parmi lesquels deux enfants », « y compris quatre
/// policiers ».
fn part(r: &Reading<'_>, span: Span) -> bool {
    let at = r.tokens.first_at(span.start);
    let before = |n: usize| at.checked_sub(n).map_or("", |k| r.lower(k));
    let opens = |n: usize| {
        before(n) == "dont"
            || before(n) == "compris" && before(n + 1) == "y"
            || matches!(before(n), "lesquels" | "lesquelles" | "eux" | "elles") && before(n + 1) == "parmi"
    };
    // Up to two words of a qualifier may stand between: « dont au moins 19 ».
    opens(1) || opens(2) || opens(3)
}

/// The date of the clause in which a figure stands: the nearest date of the sentence that no comma
/// separates from the figure. One comma may separate them if the date opens the sentence. Years
/// alone do not count. The date is in ISO 8601 if its day is known, else as the French writes it;
/// `None` if there is none.
fn date(sentence: &SentencePair<'_>, span: Span) -> Option<String> {
    let day = |d: &DateFact| d.day.is_some() || d.weekday.is_some() || d.relative.is_some() || d.month.is_some();
    // In « 146 morts, selon l'ONG, les secours sont arrivés lundi » the day belongs to another clause, so that no comma
    // may stand between. After a date that opens the sentence one comma may, since it holds for all of the sentence.
    let near = |d: Span| {
        let (from, to) = if d.start >= span.end { (span.end, d.start) } else { (d.end, span.start.max(d.end)) };
        let commas = sentence.source[from..to].matches([',', ';', '(']).count();
        commas == 0 || commas == 1 && d.start < 12
    };
    let dates = sentence.source_facts.iter().filter_map(|f| match &f.value {
        FactValue::Date(d) if !d.doubtful && day(d) && !f.span.overlaps(span) && near(f.span) => Some((f.span, d)),
        _ => None,
    });
    let distance = |s: Span| if s.start >= span.end { s.start - span.end } else { span.start.saturating_sub(s.end) };
    let (at, date) = dates.min_by_key(|(s, _)| distance(*s))?;
    Some(date.resolved.map_or_else(|| at.of(sentence.source).to_string(), |d| d.to_string()))
}

/// Between which bounds the true value can be. « plus de » and « moins de » and the like leave one
/// side open, and the other bound is the number itself. « environ » allows a tenth more or less,
/// « près de » and « à peine » a tenth less. If no side is open, words such as « une dizaine »
/// allow a further three tenths more or less, since nobody who writes them means to be more precise
/// than that.
fn bounds(q: &Quantity) -> Bounds {
    let high = q.high.unwrap_or(q.value);
    let (low, high) = match q.bound {
        Bound::MoreThan | Bound::AtLeast => return Bounds { low: Some(q.value), high: None },
        Bound::LessThan | Bound::AtMost => return Bounds { low: None, high: Some(high) },
        Bound::Nearly | Bound::Barely => (q.value * 0.9, high),
        Bound::About => (q.value * 0.9, high * 1.1),
        Bound::Exact => (q.value, high),
    };
    let slack = if q.rounded { 0.3 } else { 0.0 };
    Bounds { low: Some(low * (1.0 - slack)), high: Some(high * (1.0 + slack)) }
}

/// The name of a bound in the JSON; `None` for an exact figure.
fn qualifier(bound: Bound) -> Option<String> {
    let name = match bound {
        Bound::Exact => return None,
        Bound::MoreThan => "more-than",
        Bound::AtLeast => "at-least",
        Bound::LessThan => "less-than",
        Bound::AtMost => "at-most",
        Bound::About => "about",
        Bound::Nearly => "nearly",
        Bound::Barely => "barely",
    };
    Some(name.to_string())
}

/// The row of a figure, without its source, its day and its whole.
fn row(
    sentence: &SentencePair<'_>,
    span: Span,
    q: &Quantity,
    english: Option<Span>,
    what: Option<String>,
) -> FigureRow {
    FigureRow {
        sentence: sentence.number,
        french: span.of(sentence.source).to_string(),
        english: english.map(|e| e.of(sentence.target).to_string()),
        span: CharIndex::new(sentence.source).char_span(span),
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

#[cfg(test)]
mod tests {
    use crate::tables::of_pairs;
    use crate::tables::rows::{FigureRow, Verdict};

    fn figures(pairs: &[(&str, &str)]) -> Vec<FigureRow> {
        of_pairs(pairs).figures
    }

    #[test]
    fn a_figure_knows_what_it_counts_whose_it_is_and_its_whole() {
        let rows = figures(&[(
            "L'ONG Rivages a fait état de 37 soldats tués, dont 12 dans l'assaut du pont.",
            "The NGO Rivages reported 37 soldiers killed, including 12 in the assault on the bridge.",
        )]);
        let shown: Vec<_> = rows.iter().map(|r| (r.french.as_str(), r.what.as_deref(), r.part_of)).collect();
        assert_eq!(shown, [("37 soldats", Some("soldiers killed"), None), ("12", Some("soldiers killed"), Some(0))]);
        assert!(rows.iter().all(|r| r.source.is_some()), "{rows:?}");
    }

    #[test]
    fn bounds_hold_the_qualifier() {
        let rows = figures(&[("Plus de 60 villages sont évacués.", "More than 60 villages are evacuated.")]);
        assert_eq!((rows[0].bounds.low, rows[0].bounds.high), (Some(60.0), None));
        assert_eq!((rows[0].qualifier.as_deref(), rows[0].what.as_deref()), (Some("more-than"), Some("villages")));
    }

    #[test]
    fn more_than_140_and_more_than_146_are_compatible() {
        let tables = of_pairs(&[
            ("Un séisme a fait plus de 140 morts.", "An earthquake has killed more than 140 people."),
            (
                "Le séisme a fait plus de 146 morts, selon l'ONG Rivages.",
                "The earthquake has killed more than 146 people, according to the NGO Rivages.",
            ),
        ]);
        let groups: Vec<_> = tables.figure_groups.iter().map(|g| (g.verdict, g.figures.clone())).collect();
        assert_eq!(groups, [(Verdict::Compatible, vec![0, 1])]);
    }

    #[test]
    fn a_day_belongs_to_its_own_clause() {
        let rows = figures(&[
            (
                "Le séisme a fait 146 morts, selon l'ONG, et les secours, venus du nord, sont arrivés le 3 mars 2020.",
                "The earthquake has killed 146 people, according to the NGO, and rescuers arrived on March 3, 2020.",
            ),
            ("Le 3 mars 2020, douze soldats ont été tués.", "On March 3, 2020, twelve soldiers were killed."),
        ]);
        assert_eq!(rows[0].date, None);
        assert_eq!(rows[1].date.as_deref(), Some("2020-03-03"));
    }

    #[test]
    fn numbers_that_are_names_are_no_figures() {
        for text in
            ["Les accords de Selm 2 tiennent.", "Il a appelé le numéro d'urgence 911.", "C'est la 173 e fusillade."]
        {
            assert!(figures(&[(text, text)]).is_empty(), "{text}");
        }
    }
}
