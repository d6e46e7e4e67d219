//! Finds the noun phrases before and after a verb: its subject, its object and others.

use crate::facts::reading::Reading;
use crate::lang::Lang;
use crate::lexicon::class;

/// The most tokens that a noun phrase may have.
const LONGEST: usize = 12;

/// Indices of tokens: the first one of a phrase, and the one after its last.
pub(super) type Range = (usize, usize);

/// Whether the token ends a noun phrase. Marks, conjunctions, relative pronouns, auxiliaries and modals do. But marks
/// that may stand inside a phrase don't (a hyphen, an apostrophe, a percent or currency sign, a stop inside a word),
/// nor do a few auxiliaries that may be other words, such as « été » (summer).
fn ends_phrase(r: &Reading<'_>, k: usize) -> bool {
    let mark = r.mark(k);
    let is_inside = mark == '.' && !r.spaced(k + 1);
    !is_inside && !matches!(mark, '\0' | '-' | '\'' | '’' | '%' | '€' | '$' | '£')
        || r.is(k, class::REL | class::CONJ)
        || r.is(k, class::AUX) && r.lower(k) != "'s" && !matches!(r.lower(k), "été" | "will" | "may" | "might" | "as")
}

/// The subject of the verb group that begins at `at`; none where no word before it can be one.
pub(super) fn subject(r: &Reading<'_>, at: usize) -> Option<Range> {
    let mut to = at;
    while to > 0 && r.is(to - 1, class::ADV) {
        to -= 1;
    }
    // « les rebelles qui ont repris »: the subject is the phrase before the pronoun, so the pronoun is stepped over.
    if to > 0 && matches!(r.lower(to - 1), "qui" | "who" | "which" | "that") {
        to -= 1;
    }
    // « L'armée, qui …, a repris »: what stands between the two commas is stepped over. If there is no other comma in
    // the twenty tokens before the second one, only the second is stepped over.
    if to > 0 && r.mark(to - 1) == ',' {
        let close = to - 1;
        let open = (close.saturating_sub(20)..close).rev().find(|&k| r.mark(k) == ',');
        to = open.unwrap_or(close);
    }
    let mut from = to;
    while from > 0 && from + LONGEST > to && !ends_phrase(r, from - 1) {
        from -= 1;
    }
    // In "the doctors kidnapped by the gang were released" the gang is no subject.
    if r.lang == Lang::En && (from + 1..to).any(|k| r.lower(k) == "by") {
        return None;
    }
    // A preposition or adverb at the beginning is left out, as is the word after a preposition, but never the last
    // word.
    while from < to
        && (r.is(from, class::PREP | class::ADV) || from > 0 && r.is(from - 1, class::PREP))
        && to - from > 1
    {
        from += 1;
    }
    (from < to).then_some((from, to))
}

/// The noun phrase from `at` on, after any adverbs. With `may_follow_preposition`, a preposition at the beginning is
/// not part of the phrase, unless the preposition is « par » or "by". A preposition further on ends the phrase, except
/// « de », "of" and words that may be determiners as well.
pub(super) fn noun_phrase(r: &Reading<'_>, at: usize, may_follow_preposition: bool) -> Option<Range> {
    let mut from = at;
    while from < r.len() && r.is(from, class::ADV) {
        from += 1;
    }
    if may_follow_preposition && r.is(from, class::PREP) && !matches!(r.lower(from), "par" | "by") {
        from += 1;
    }
    let mut to = from;
    while to < r.len() && to < from + LONGEST && !ends_phrase(r, to) {
        let of = matches!(r.lower(to), "de" | "d'" | "of") || r.is(to, class::DET);
        if r.is(to, class::PREP) && !of && to > from {
            break;
        }
        to += 1;
    }
    (from < to).then_some((from, to))
}

/// The noun phrase after the first word for which `opens` is true. The word must stand among the [`LONGEST`] tokens
/// from `at` on, before anything that ends a phrase.
pub(super) fn phrase_after(r: &Reading<'_>, at: usize, opens: fn(&Reading<'_>, usize) -> bool) -> Option<Range> {
    let open = (at..(at + LONGEST).min(r.len())).take_while(|&k| !ends_phrase(r, k)).find(|&k| opens(r, k))?;
    noun_phrase(r, open + 1, false)
}

/// Whether the word at `k` opens the agent of a passive.
pub(super) fn opens_agent(r: &Reading<'_>, k: usize) -> bool {
    matches!(r.lower(k), "par" | "by")
}

/// Whether the word at `k` opens the phrase that says to whom something is given.
pub(super) fn opens_recipient(r: &Reading<'_>, k: usize) -> bool {
    matches!(r.lower(k), "à" | "au" | "aux" | "to")
}

/// Whether the word at `k` opens the phrase that says from whom something is taken: « reprise aux rebelles ».
pub(super) fn opens_loser(r: &Reading<'_>, k: usize) -> bool {
    matches!(r.lower(k), "à" | "au" | "aux" | "from")
}
