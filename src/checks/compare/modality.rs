//! What the French only threatens, plans, promises, suspects or holds possible, where nothing in the English says so.

use crate::checks::Pair;
use crate::facts::reading::Reading;
use crate::lexicon::class;
use crate::lexicon::modality::{Modality, rows};
use crate::span::Span;

/// How many tokens after a word are searched for its « de » or « à », where the table lets other
/// words stand between.
const CLAUSE: usize = 12;

/// For each row of the table of which the French has a word and the English none: the place of the
/// first such French word. Of places that overlap, only the first is given.
pub fn lost(pair: &Pair<'_>) -> Vec<Span> {
    let (r, e) = (&pair.source.reading, &pair.target.reading);
    let said = |m: &Modality| (0..e.len()).any(|i| m.english.iter().any(|form| form.is(e.lower(i))));
    let mut out: Vec<Span> = Vec::new();
    for modality in rows() {
        let Some(at) = (0..r.len()).find(|&i| says(r, i, modality)) else { continue };
        let span = r.span(at, at + 1);
        if !said(modality) && !out.iter().any(|s| s.overlaps(span)) {
            out.push(span);
        }
    }
    out
}

/// Whether the word at `i` is one of the row and no noun (« une menace »). If the row has a link,
/// the link and an infinitive must follow.
fn says(r: &Reading<'_>, i: usize, modality: &Modality) -> bool {
    let is_word = r.is_word(i) && modality.french.iter().any(|form| form.is(r.lower(i)));
    // The « peut » of « peut-être » is not the verb.
    if !is_word || i > 0 && r.is(i - 1, class::DET) && r.lower(i - 1) != "l'" || r.joins(i + 1) {
        return false;
    }
    // « Ne peuvent compter que sur » is "must rely on".
    if i > 0 && matches!(r.lower(i - 1), "ne" | "n'") {
        return false;
    }
    let Some(link) = modality.link else { return true };
    let reach = if modality.far { CLAUSE } else { 2 };
    let mut links = (i + 1..(i + 1 + reach).min(r.len())).take_while(|&k| !matches!(r.mark(k), '.' | ';' | ':' | '«'));
    links.any(|k| {
        let is_link = r.lower(k) == link || link == "de" && r.lower(k) == "d'";
        let is_clitic = r.is(k + 1, class::PRON | class::DET);
        is_link && is_infinitive(r, k + 1 + usize::from(is_clitic))
    })
}

/// Whether a word ends as French infinitives do.
fn is_infinitive(r: &Reading<'_>, i: usize) -> bool {
    i < r.len()
        && r.is_plain(i)
        && !r.is(i, class::PREP)
        && r.lower(i).len() > 3
        && ["er", "ir", "re"].iter().any(|end| r.lower(i).ends_with(end))
}
