//! Lists, « des tentes, des vivres et des médicaments », of which the English has fewer items.

use crate::checks::Pair;
use crate::facts::reading::Reading;
use crate::lexicon::{class, en, fr};
use crate::span::Span;

/// The most tokens of an item, without the comma or conjunction after it. Longer stretches are
/// clauses as often as not.
const ITEM: usize = 5;
/// The same in English, where an item may need more words than in French. The limit may be
/// generous, since an English list that is taken for a longer one can only hide a fault.
const ENGLISH_ITEM: usize = 8;
/// The fewest items of a list.
const LEAST: usize = 3;

/// The first French list and the longest English one, if the English one has exactly one item
/// fewer.
pub fn shortened(pair: &Pair<'_>) -> Option<(Span, Span)> {
    let (r, e) = (&pair.source.reading, &pair.target.reading);
    let (from, to, items) = (0..r.len()).find_map(|i| french(r, i))?;
    let longest = (0..e.len()).filter_map(|i| english(e, i)).max_by_key(|(_, items)| *items)?;
    (longest.1 + 1 == items).then(|| (r.span(from, to), longest.0))
}

/// The French list whose last item follows the conjunction at `i`: its first token, the token after
/// its end, and how many items it has. Of the last item, whose end nothing marks, only the first
/// two tokens are taken. All items begin with the same kind of word.
fn french(r: &Reading<'_>, i: usize) -> Option<(usize, usize, usize)> {
    let kinds = openings(r, i + 1);
    if !matches!(r.lower(i), "et" | "ou") || kinds == 0 {
        return None;
    }
    let begins = |k: &usize| openings(r, *k) & kinds != 0;
    let (mut end, mut items) = (i, 1);
    loop {
        let words = (end.saturating_sub(ITEM)..end).rev().take_while(|&k| r.is_word(k));
        let start = words.clone().last()?;
        items += 1;
        let follows_comma = start > 0 && r.mark(start - 1) == ',';
        // Words between commas that begin with another kind of word are an insertion, and no item:
        // « …, les jours de pluie, des pierres et des … ».
        if follows_comma && !begins(&start) {
            return None;
        }
        let start = if follows_comma { start } else { words.clone().find(begins)? };
        // Two clauses are no list: « les renforts sont partis et la garnison ».
        if (start..end).any(|k| r.is(k, class::AUX | class::PRON)) {
            return None;
        }
        if follows_comma {
            end = start - 1;
            continue;
        }
        return (items >= LEAST).then_some((start, (i + 3).min(r.len()), items));
    }
}

/// The kinds of words with which an item may begin (« des », « les », « trois » …) to which token
/// `i` belongs, one bit for each kind; 0 for none.
fn openings(r: &Reading<'_>, i: usize) -> u8 {
    let sets = [&fr::OF_AN_ITEM, &fr::THE_ITEM, &fr::AN_ITEM, &fr::TO_AN_ITEM, &fr::OWN_ITEM];
    sets.iter().enumerate().filter(|(_, set)| i < r.len() && r.among(i, set)).map(|(k, _)| 1 << k).sum()
}

/// The English list whose last item follows the conjunction at `i`, and how many items it has.
fn english(e: &Reading<'_>, i: usize) -> Option<(Span, usize)> {
    let joins = |k: usize| en::LIST_JOINTS.has(e.lower(k)) || matches!(e.mark(k), ',' | ';');
    if !en::LIST_JOINTS.has(e.lower(i)) {
        return None;
    }
    let (mut at, mut items) = (i, 2);
    while let Some(before) = (at.saturating_sub(ENGLISH_ITEM)..at).rev().find(|&k| joins(k)) {
        // A comma right before "and" does not end another item.
        items += usize::from(before + 1 < at);
        at = before;
    }
    let last = if e.is(i + 1, class::DET) { i + 2 } else { i + 1 };
    Some((e.span(at.saturating_sub(1), (last + 1).min(e.len())), items))
}
