//! Finds words that say how many of a group a text speaks of: « la plupart des habitants », "all residents", « l'un des
//! premiers ».

use super::reading::Reading;
use crate::lang::Lang;
pub use crate::lexicon::extents::Extent;
use crate::lexicon::{Lexicon, fr};
use crate::span::Span;

/// Words that say how many of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExtentWords {
    pub span: Span,
    pub extent: Extent,
    /// Whether the words certainly say how many. Others, such as "whole", only may say so: they give no reason for
    /// a finding, but a text with them counts as having the extent.
    pub certain: bool,
}

/// The words of a text that say, or may say, how many of a group, in the order of the text. A phrase with several
/// meanings comes once for each.
pub fn extents(r: &Reading<'_>) -> Vec<ExtentWords> {
    let phrases = &Lexicon::get().extents.0;
    let mut out = Vec::new();
    for i in 0..r.len() {
        for ((extent, certain), end) in phrases.at(r, i) {
            let certain = certain && !counts_time(r, extent, end);
            out.push(ExtentWords { span: r.span(i, end), extent, certain });
        }
        if is_most_of_several(r, i) {
            out.push(ExtentWords { span: r.span(i, i + 2), extent: Extent::Most, certain: true });
        }
    }
    out
}

/// Whether a French phrase for "all" that ends before token `end` says how often, because a number or a unit of time
/// follows: « tous les deux jours », « toutes les heures ».
fn counts_time(r: &Reading<'_>, extent: Extent, end: usize) -> bool {
    if r.lang != Lang::Fr || extent != Extent::All || end >= r.len() {
        return false;
    }
    let word = r.lower(end);
    word.starts_with(|c: char| c.is_ascii_digit()) || fr::BEHIND_EVERY.has(word)
}

/// Whether "most" at `i` stands before a plural and does not make a superlative: true of "most residents", false of
/// "the most famous".
fn is_most_of_several(r: &Reading<'_>, i: usize) -> bool {
    let is_superlative = i > 0 && matches!(r.lower(i - 1), "the" | "his" | "her" | "its" | "their" | "a" | "at");
    let is_plural =
        |word: &str| word.len() > 3 && word.ends_with('s') && !word.ends_with("us") && !word.ends_with("ss");
    r.lang == Lang::En && r.lower(i) == "most" && !is_superlative && i + 1 < r.len() && is_plural(r.lower(i + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str, lang: Lang) -> Vec<Extent> {
        extents(&Reading::new(text, lang)).into_iter().filter(|e| e.certain).map(|e| e.extent).collect()
    }

    #[test]
    fn how_often_is_no_extent() {
        assert_eq!(said("Tous les ponts ont sauté.", Lang::Fr), [Extent::All]);
        assert_eq!(said("Un pont saute tous les deux jours, toutes les 48 heures.", Lang::Fr), []);
    }

    #[test]
    fn a_superlative_is_not_most_of_them() {
        assert_eq!(said("Most bridges were blown up.", Lang::En), [Extent::Most]);
        assert_eq!(said("It is the most dangerous road, and most famous.", Lang::En), [Extent::Alone]);
    }
}
