//! Corrections in place, without asking the model. Most of them replace what the rules found
//! changed by what the French has. Such a correction stays only if the rules find less in the new
//! text; a correction of wording stays if they find no more. Each file has one correction.

mod conditionals;
mod days;
mod directions;
mod figures;
mod marks;
mod names;
mod titles;

use super::Judged;
use super::draft::Draft;
use crate::checks::Finding;
use crate::facts::{self, Fact};
use crate::lang::Lang;
use crate::span::Span;

/// A correction. It is given the French sentence, its translation, and a function that judges a text that is to take
/// the translation's place. It returns the translation with one thing put right, or `None` if there is nothing to put
/// right or the rules object to the new text.
pub type Correction = fn(&str, &Judged, &dyn Fn(&str) -> Judged) -> Option<Judged>;

/// Names, days, months and points of the compass. The model need not be asked for them, since the
/// right word is known.
pub const KNOWN: &[Correction] = &[names::put_right, days::put_right, directions::put_right];

/// Quotation marks. They are put right without the model, since a search would have to find both marks of a pair.
pub const MARKS: &[Correction] = &[marks::put_right];

/// Figures. They are corrected before the model is asked for other texts, and again at the end, since another text may
/// have replaced the draft by then.
pub const FIGURES: &[Correction] = &[figures::put_right];

/// Wording, which is corrected even if no rule objects to it. This is done at the end, since the
/// model would use the same wording in any other text.
pub const WORDING: &[Correction] = &[titles::put_right, conditionals::put_right];

/// How many corrections a sentence may have. The limit ends the work if two corrections undo each
/// other again and again.
const MOST: usize = 20;

/// Puts drafts right, correction by correction, until there is nothing left to put right.
pub fn put_right(drafts: &mut [Draft<'_>], corrections: &[Correction], judge: &dyn Fn(usize, &str) -> Judged) {
    for (i, draft) in drafts.iter_mut().enumerate() {
        put_one_right(draft, corrections, &|text: &str| judge(i, text));
    }
}

/// Does the same as [`put_right`], but only for drafts that were translated in one piece and to the
/// end and are not empty, since quotation marks around a part, or around nothing, would be wrong.
pub fn put_wholes_right(drafts: &mut [Draft<'_>], corrections: &[Correction], judge: &dyn Fn(usize, &str) -> Judged) {
    for (i, draft) in drafts.iter_mut().enumerate().filter(|(_, d)| d.is_whole) {
        put_one_right(draft, corrections, &|text: &str| judge(i, text));
    }
}

/// Puts one draft right until there is nothing left to put right, or [`MOST`] corrections were made.
fn put_one_right(draft: &mut Draft<'_>, corrections: &[Correction], judge: &dyn Fn(&str) -> Judged) {
    for _ in 0..MOST {
        let better = corrections.iter().find_map(|correct| correct(draft.sentence, &draft.best, judge));
        let Some(better) = better else { break };
        draft.take(better);
    }
}

/// The facts of the French words that a finding points to; none if it points to none.
fn facts_of(sentence: &str, finding: &Finding) -> Vec<Fact> {
    let french = finding.source.map_or("", |source| source.of(sentence));
    facts::extract(french, &facts::Context { lang: Lang::Fr, date: None })
}

/// The translation with `piece` in place of the words at `target`, if the rules find less in the
/// new text.
fn replaced(now: &Judged, target: Span, piece: &str, judge: &dyn Fn(&str) -> Judged) -> Option<Judged> {
    let mut text = now.text.clone();
    text.replace_range(target.start..target.end, piece);
    lighter(now, &text, judge)
}

/// The new text with what the rules find in it, if that is less than in the present one.
fn lighter(now: &Judged, text: &str, judge: &dyn Fn(&str) -> Judged) -> Option<Judged> {
    Some(judge(text)).filter(|judged| judged.verdict() < now.verdict())
}

/// The new text with what the rules find in it, if that is no more than in the present one.
fn no_heavier(now: &Judged, text: &str, judge: &dyn Fn(&str) -> Judged) -> Option<Judged> {
    Some(judge(text)).filter(|judged| judged.verdict() <= now.verdict())
}

/// The only item, if there is exactly one.
fn only<T>(mut all: impl Iterator<Item = T>) -> Option<T> {
    all.next().filter(|_| all.next().is_none())
}
