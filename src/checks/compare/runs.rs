//! Rows of capitalised words, which may all be ordinary ones: « Pierre Blanc », "Human Rights First". Such words may be
//! translated, so that a single one needs no counterpart. But if each text has a row of capitalised words of which
//! nothing in the other text may be the rendering, the two are not the same name.

use super::fates::Fate;
use super::gaps::Judged;
use crate::checks::Side;
use crate::lexicon::class;
use crate::lexicon::dictionary::Dictionary;
use crate::lexicon::similar::{Likeness, compare};
use crate::span::Span;
use std::collections::{BTreeSet, HashMap};

/// Names with two capitalised words or more that have no counterpart in `other`: neither one of their words, nor a word
/// of the same root, nor a translation by the dictionary. Demonyms, terms and names that are unsure are left out.
pub(super) fn strange<'j, 'n>(
    list: &'j [Judged<'n>],
    own: &'j Side<'_>,
    other: &'j Side<'_>,
) -> impl Iterator<Item = &'j Judged<'n>> {
    let words = content_words(other);
    let mut known = HashMap::new();
    list.iter().filter(move |j| {
        let name = j.name;
        let free = j.fates.iter().all(|f| matches!(f, Fate::Idle | Fate::Lost));
        free && !name.unsure
            && !name.demonym
            && !name.term
            && capitals(own, name.span) >= 2
            && !*known.entry(name.span.of(own.text)).or_insert_with(|| explained(own, name.span, &words))
    })
}

/// How many capitalised words in `span` are neither function words nor titles.
fn capitals(side: &Side<'_>, span: Span) -> usize {
    let r = &side.reading;
    let word = |&i: &usize| r.is_word(i) && r.capital(i) && !r.is(i, class::FUNCTION | class::TITLE);
    (0..r.len()).filter(|&i| span.contains(r.span(i, i + 1))).filter(word).count()
}

/// The different words of a text that are no function words.
fn content_words<'s>(side: &'s Side<'_>) -> Vec<&'s str> {
    let r = &side.reading;
    let words = (0..r.len()).filter(|&k| r.is_word(k) && !r.is(k, class::FUNCTION)).map(|k| r.lower(k));
    words.collect::<BTreeSet<_>>().into_iter().collect()
}

/// Whether one of the other text's `words` may be, or may render, one of the words in `span`.
fn explained(own: &Side<'_>, span: Span, words: &[&str]) -> bool {
    let r = &own.reading;
    let french = r.lang == crate::lang::Lang::Fr;
    let inside = |&i: &usize| r.is_word(i) && span.contains(r.span(i, i + 1)) && !r.is(i, class::FUNCTION);
    (0..r.len()).filter(inside).any(|i| {
        words.iter().any(|&word| {
            let (f, e) = if french { (r.lower(i), word) } else { (word, r.lower(i)) };
            compare(f, e) != Likeness::Different || Dictionary::get().pairs(f, e)
        })
    })
}
