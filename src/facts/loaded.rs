//! Finds loaded words, that is, words that judge: "terrorists", "regime", "martyrs".

use super::reading::Reading;
use crate::lang::Lang;
use crate::lexicon::Lexicon;
use crate::span::Span;

/// A loaded English word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loaded {
    pub span: Span,
    /// Its row in `lexicon/data/loaded.tsv`, which also has the French words that justify it.
    pub group: u32,
}

/// Finds the loaded words of an English text, and none in a French one: rules look up in the French only the words that
/// justify a loaded English one.
pub fn extract(r: &Reading<'_>) -> Vec<Loaded> {
    if r.lang == Lang::Fr {
        return Vec::new();
    }
    let table = &Lexicon::get().loaded;
    let loaded = |i: usize| Some(Loaded { span: r.span(i, i + 1), group: table.english(r.words[i].exact)? });
    (0..r.len()).filter(|&i| r.is_word(i)).filter_map(loaded).collect()
}
