//! Corrections in place, without asking the model: what the rules found changed is replaced by what the French has, if they
//! find less then. One correction a file.

mod calques;
mod conditionals;
mod days;
mod directions;
mod dozens;
mod extents;
mod figures;
mod marks;
mod names;
mod possessives;
mod tenses;
mod titles;

use super::Judged;
use super::draft::Draft;
use crate::checks::Finding;
use crate::facts::{self, Fact};
use crate::lang::Lang;
use crate::span::Span;

/// A correction: of a French sentence and its translation, with what judges another text in its place, the translation
/// with one thing put right; none where there is nothing to put right, or the rules would not find less.
pub type Correction = fn(&str, &Judged, &dyn Fn(&str) -> Judged) -> Option<Judged>;

/// What the model is not asked for, since the right word is known.
pub const KNOWN: &[Correction] = &[names::put_right, days::put_right, directions::put_right, extents::put_right];

/// Quotation marks: a search would have to look for both of them.
pub const MARKS: &[Correction] = &[marks::put_right];

/// Figures. Before anything is asked, and again when nothing that was asked has put them right.
pub const FIGURES: &[Correction] = &[figures::put_right, dozens::put_right];

/// What the rules need not find, and what would be said again in every other text.
pub const WORDING: &[Correction] =
    &[titles::put_right, conditionals::put_right, possessives::put_right, calques::put_right, tenses::put_right];

/// A sentence has less to put right than that; no two corrections may undo each other for ever.
const MOST: usize = 20;

/// Puts drafts right, correction by correction, until there is nothing left to put right.
pub fn put_right(drafts: &mut [Draft<'_>], corrections: &[Correction], judge: &dyn Fn(usize, &str) -> Judged) {
    for (i, draft) in drafts.iter_mut().enumerate() {
        put_one_right(draft, corrections, &|text: &str| judge(i, text));
    }
}

/// The same for those that were translated in one piece: around a part, or nothing at all, stand no quotation marks.
pub fn put_wholes_right(drafts: &mut [Draft<'_>], corrections: &[Correction], judge: &dyn Fn(usize, &str) -> Judged) {
    for (i, draft) in drafts.iter_mut().enumerate().filter(|(_, d)| d.is_whole) {
        put_one_right(draft, corrections, &|text: &str| judge(i, text));
    }
}

fn put_one_right(draft: &mut Draft<'_>, corrections: &[Correction], judge: &dyn Fn(&str) -> Judged) {
    for _ in 0..MOST {
        let better = corrections.iter().find_map(|correct| correct(draft.sentence, &draft.best, judge));
        let Some(better) = better else { break };
        draft.take(better);
    }
}

/// What the French says where a finding points to.
fn facts_of(sentence: &str, finding: &Finding) -> Vec<Fact> {
    let french = finding.source.map_or("", |source| source.of(sentence));
    facts::extract(french, &facts::Context { lang: Lang::Fr, date: None })
}

/// The translation with another piece of English at `target`, if the rules find less in it then.
fn replaced(now: &Judged, target: Span, piece: &str, judge: &dyn Fn(&str) -> Judged) -> Option<Judged> {
    let mut text = now.text.clone();
    text.replace_range(target.start..target.end, piece);
    lighter(now, &text, judge)
}

/// A text, if the rules find less in it.
fn lighter(now: &Judged, text: &str, judge: &dyn Fn(&str) -> Judged) -> Option<Judged> {
    Some(judge(text)).filter(|judged| judged.verdict() < now.verdict())
}

/// A text, if the rules find no more in it.
fn no_heavier(now: &Judged, text: &str, judge: &dyn Fn(&str) -> Judged) -> Option<Judged> {
    Some(judge(text)).filter(|judged| judged.verdict() <= now.verdict())
}

/// The only one, if there is one.
fn only<T>(mut all: impl Iterator<Item = T>) -> Option<T> {
    all.next().filter(|_| all.next().is_none())
}
