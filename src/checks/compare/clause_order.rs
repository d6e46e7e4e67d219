//! Which of two events came first, where a clause says so: « avant de se rendre, il avait appelé sa famille ».
//!
//! « Avant » may rightly become "after" where the two clauses change places: "he gave himself up after calling his
//! family". So what counts is which words stand in the clause with the conjunction.

use crate::checks::{Pair, Side};
use crate::facts::reading::Reading;
use crate::facts::time_relation::TimeRelation;
use crate::facts::{Fact, FactValue};
use crate::lexicon::Lexicon;
use crate::lexicon::time_words::{Link, TimeWord};
use crate::span::Span;
use std::ops::Range;

/// A conjunction or preposition that says which of two events came first.
struct Conjunction {
    link: Link,
    span: Span,
    /// The tokens of its clause behind it.
    clause: Range<usize>,
}

/// The places of the two conjunctions, where the English has the order of two events turned around. Each text must have
/// exactly one conjunction.
pub fn turned(pair: &Pair<'_>) -> Option<(Span, Span)> {
    let (french, english) = (only_conjunction(&pair.source)?, only_conjunction(&pair.target)?);
    let links = pair.links();
    let (f, e) = (&french.clause, &english.clause);
    let rest = 0..pair.source.reading.len();
    let (kept, crossed) = (links.only_within(f, e), links.only_outside(f, e));
    // Words of the other French clause in the English clause with the conjunction.
    let swapped = links.only_within(&rest, e) - kept;
    let is_turned = match french.link == english.link {
        true => crossed > 0 && swapped > 0 && crossed + swapped > 2 && kept == 0,
        false => kept > 0 && crossed == 0 && swapped == 0,
    };
    is_turned.then_some((french.span, english.span))
}

/// The conjunction of a text, if there is exactly one. Those that belong to a date, an hour or a length of time are
/// left out: [`super::times`] compares them.
fn only_conjunction(side: &Side<'_>) -> Option<Conjunction> {
    let r = &side.reading;
    let words = &Lexicon::get().time_words;
    let is_of_date =
        |f: &Fact| matches!(f.value, FactValue::TimeRelation(TimeRelation::Link { .. } | TimeRelation::Side(_)));
    let of_date = |span: Span| side.facts.iter().any(|f| is_of_date(f) && f.span.overlaps(span));
    let mut found = None;
    let mut next = 0;
    for i in 0..r.len() {
        let clause = |(word, end)| if let TimeWord::Clause(link) = word { Some((link, end)) } else { None };
        let Some((link, end)) = (i >= next).then(|| words.at(r, i).find_map(clause)).flatten() else { continue };
        next = end;
        let span = r.span(i, end);
        // « D'après » names a source, and "more than once" counts. "Having" says what came first where it opens the
        // sentence.
        let before = if i > 0 { r.lower(i - 1) } else { "" };
        let means_other = match r.lower(i) {
            "once" => before == "than" || matches!(r.lower(end), "a" | "again" | "in" | "every" | "per" | "more"),
            "having" => !r.opens(i),
            _ => before == "d'",
        };
        if of_date(span) || means_other || r.joins(end) || before == "-" {
            continue;
        }
        if found.is_some() {
            return None;
        }
        found = Some(Conjunction { link, span, clause: end..end_of_clause(r, end) });
    }
    found
}

/// Where the clause that begins at token `from` ends: at the next comma, colon or full stop.
fn end_of_clause(r: &Reading<'_>, from: usize) -> usize {
    (from..r.len()).find(|&k| matches!(r.mark(k), ',' | ';' | ':' | '.' | '–' | '—')).unwrap_or(r.len())
}
