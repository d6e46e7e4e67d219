//! Names made of words that the language has: « Pierre Blanc », "Human Rights First". Word by word nothing is asked of
//! them; that both texts write a row of capitals, and share no word of the two, says that they are not one name.

use super::fates::Fate;
use super::gaps::Judged;
use crate::checks::Side;
use crate::lexicon::class;
use crate::lexicon::similar::{Likeness, compare};
use crate::span::Span;

/// Names of two words or more of which `other` has nothing: neither the words nor words of their roots.
pub(super) fn strange<'j, 'n>(
    list: &'j [Judged<'n>],
    own: &'j Side<'_>,
    other: &'j Side<'_>,
) -> impl Iterator<Item = &'j Judged<'n>> {
    list.iter().filter(move |j| {
        let name = j.name;
        let free = j.fates.iter().all(|f| matches!(f, Fate::Idle | Fate::Lost));
        free && !name.unsure
            && !name.demonym
            && !name.term
            && capitals(own, name.span) >= 2
            && !explained(own, name.span, other)
    })
}

/// Capitalised words in `span` that stand in no other place of a word class than a name's.
fn capitals(side: &Side<'_>, span: Span) -> usize {
    let r = &side.reading;
    let word = |&i: &usize| r.is_word(i) && r.capital(i) && !r.is(i, class::FUNCTION | class::TITLE);
    (0..r.len()).filter(|&i| span.contains(r.span(i, i + 1))).filter(word).count()
}

/// Whether the other text has a word that may be, or may render, one of these.
fn explained(own: &Side<'_>, span: Span, other: &Side<'_>) -> bool {
    let (a, b) = (&own.reading, &other.reading);
    let french = a.lang == crate::lang::Lang::Fr;
    let inside = |&i: &usize| a.is_word(i) && span.contains(a.span(i, i + 1)) && !a.is(i, class::FUNCTION);
    (0..a.len()).filter(inside).any(|i| {
        (0..b.len()).filter(|&k| b.is_word(k) && !b.is(k, class::FUNCTION)).any(|k| {
            let (f, e) = if french { (a.lower(i), b.lower(k)) } else { (b.lower(k), a.lower(i)) };
            compare(f, e) != Likeness::Different || super::dictionary(f, e)
        })
    })
}
