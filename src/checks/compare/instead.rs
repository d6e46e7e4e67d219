//! Who did it and who did not: « c'est la gendarmerie, et non la police, qui … » as "it was the police, not the
//! gendarmerie, that …".

use super::agents::Named;
use crate::checks::{Pair, Side};
use crate::facts::reading::Reading;
use crate::lang::Lang;
use crate::lexicon::class;
use crate::span::Span;

/// The most tokens of a phrase that are looked at on either side of the negation.
const REACH: usize = 6;

/// Where the French names one party instead of another, and where the English names the other one instead.
pub fn exchanged(pair: &Pair<'_>) -> Option<(Span, Span)> {
    let (french, english) = (contrast(pair, &pair.source)?, contrast(pair, &pair.target)?);
    let is_turned = french.denied.shares(&english.affirmed) && !french.denied.shares(&english.denied);
    is_turned.then_some((french.span, english.span))
}

/// Two parties of which the text names one instead of the other.
struct Contrast {
    affirmed: Named,
    denied: Named,
    /// From the first to the last word of both.
    span: Span,
}

/// The first such pair of a text.
fn contrast(pair: &Pair<'_>, side: &Side<'_>) -> Option<Contrast> {
    let r = &side.reading;
    let not = (1..r.len()).find(|&i| is_instead(r, i))?;
    let last = (0..not).rev().find(|&k| r.is_word(k) && !is_and(r, k))?;
    let from = (last.saturating_sub(REACH)..=last).rev().take_while(|&k| is_inside(r, k)).last()?;
    let to = (not + 1..(not + 1 + REACH).min(r.len())).take_while(|&k| is_inside(r, k)).last()? + 1;
    let of = |from, to| Named::of(side, &[r.span(from, to)], pair.parties(side));
    Some(Contrast { affirmed: of(from, last + 1), denied: of(not + 1, to), span: r.span(from, to) })
}

/// Whether « non » or "not" stands at `i` between two phrases: « et non », ", not", "and not".
fn is_instead(r: &Reading<'_>, i: usize) -> bool {
    let word = if r.lang == Lang::Fr { "non" } else { "not" };
    r.lower(i) == word && (r.mark(i - 1) == ',' || is_and(r, i - 1)) && !r.joins(i)
}

/// Whether token `i` is « et » or "and".
fn is_and(r: &Reading<'_>, i: usize) -> bool {
    matches!(r.lower(i), "et" | "and")
}

/// Whether the token may stand in a phrase that names a party.
fn is_inside(r: &Reading<'_>, k: usize) -> bool {
    r.is_word(k) && !r.is(k, class::AUX | class::REL) || r.joins(k) || k > 0 && r.joins(k - 1)
}
