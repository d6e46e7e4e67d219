//! Words that judge: "terrorists", "regime", "martyrs".

use super::reading::Reading;
use crate::lang::Lang;
use crate::lexicon::Lexicon;
use crate::span::Span;

/// A loaded English word; `group` is its row in `lexicon/data/loaded.tsv`, which names the French that justifies it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loaded {
    pub span: Span,
    pub group: u32,
}

/// Finds the loaded words of an English text. None are looked for in French, by whose words the English is judged.
pub fn extract(r: &Reading<'_>) -> Vec<Loaded> {
    if r.lang == Lang::Fr {
        return Vec::new();
    }
    let table = &Lexicon::get().loaded;
    let loaded = |i: usize| Some(Loaded { span: r.span(i, i + 1), group: table.english(r.words[i].exact)? });
    (0..r.len()).filter(|&i| r.is_word(i)).filter_map(loaded).collect()
}
