//! "More" for « moins », and the other way round: « moins violente que la veille » as "more violent than the day
//! before".

use crate::checks::{Pair, Side};
use crate::facts::FactValue;
use crate::facts::negation::full_negations;
use crate::facts::reading::Reading;
use crate::lang::Lang;
use crate::lexicon::answers::Answers;
use crate::lexicon::fr;
use crate::span::Span;
use std::cell::LazyCell;

/// How many tokens after "more" or "less" are searched for what is more or less.
const REACH: usize = 4;

/// A comparison with less or more.
struct Comparison {
    is_less: bool,
    /// The token of « moins », "more" or the like.
    at: usize,
    /// « de moins en moins », "fewer and fewer"
    is_growing: bool,
}

/// The place of a French comparison, and of the English one that says the opposite of the same thing.
pub fn turned(pair: &Pair<'_>) -> Option<(Span, Span)> {
    let (r, e) = (&pair.source.reading, &pair.target.reading);
    let french = comparisons(&pair.source);
    let denies = |side: &Side<'_>| full_negations(&side.facts).next().is_some();
    if french.is_empty() || denies(&pair.source) || denies(&pair.target) {
        return None;
    }
    let english = comparisons(&pair.target);
    // Only what renders the French word itself: "safer" may answer to « dangereux » with a negation.
    let links: LazyCell<Vec<_>, _> = LazyCell::new(|| Answers::french().pairs(r, e).collect());
    for f in &french {
        // Somewhere the English says it the same way.
        if english.iter().any(|x| x.is_less == f.is_less) {
            continue;
        }
        let same = |x: &&Comparison| {
            let goes_on = |r: &Reading<'_>, at: usize| matches!(r.lower(at + 1), "que" | "qu'" | "than");
            f.is_growing && x.is_growing
                || goes_on(r, f.at) && goes_on(e, x.at)
                || links
                    .iter()
                    .any(|(i, k)| (f.at + 1..=f.at + REACH).contains(i) && (x.at + 1..=x.at + REACH).contains(k))
        };
        if let Some(x) = english.iter().find(same) {
            return Some((r.span(f.at, f.at + 1), e.span(x.at, x.at + 1)));
        }
    }
    None
}

/// The comparisons with « moins », « de plus en plus », "more", "less" or "fewer". « Moins de dix » and "more than ten"
/// qualify a number and are none.
fn comparisons(side: &Side<'_>) -> Vec<Comparison> {
    let r = &side.reading;
    let qualifies_number = |i: usize| {
        side.facts.iter().any(|f| matches!(f.value, FactValue::Quantity(_)) && f.span.overlaps(r.span(i, i + 1)))
    };
    let at = |i: usize| if r.lang == Lang::Fr { french_at(r, i) } else { english_at(r, i) };
    (0..r.len()).filter_map(at).filter(|c| !qualifies_number(c.at)).collect()
}

fn french_at(r: &Reading<'_>, i: usize) -> Option<Comparison> {
    let before = |n: usize| i.checked_sub(n).map_or("", |k| r.lower(k));
    let is_less = match r.lower(i) {
        "moins" => true,
        "plus" => false,
        _ => return None,
    };
    // « De moins en moins » counts once, at its last word.
    let is_growing = before(1) == "en" && before(2) == r.lower(i) && matches!(before(3), "de" | "d'");
    // « Plus » is also "no longer" and "most", so that it counts only here.
    if !is_less && !is_growing {
        return None;
    }
    let in_locution = fr::BEFORE_NO_COMPARISON.has(before(1));
    let doubles = r.lower(i + 1) == "en" && r.lower(i + 2) == r.lower(i);
    (!in_locution && !doubles).then_some(Comparison { is_less, at: i, is_growing })
}

fn english_at(r: &Reading<'_>, i: usize) -> Option<Comparison> {
    let before = |n: usize| i.checked_sub(n).map_or("", |k| r.lower(k));
    let is_less = match r.lower(i) {
        "less" | "fewer" => true,
        "more" => false,
        "increasingly" => return Some(Comparison { is_less: false, at: i, is_growing: true }),
        _ => return None,
    };
    let is_growing = before(1) == "and" && before(2) == r.lower(i);
    let in_locution = matches!(before(1), "no" | "any" | "once" | "or" | "the" | "not") || r.lower(i + 1) == "or";
    let doubles = r.lower(i + 1) == "and" && r.lower(i + 2) == r.lower(i);
    (!in_locution && !doubles).then_some(Comparison { is_less, at: i, is_growing })
}
