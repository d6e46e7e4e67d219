//! The sentences that the tables are made from.

use super::rows::Rendering;
use crate::article::BlockKind;
use crate::facts::negation::full_negations;
use crate::facts::quantity::{Quantity, quantities};
use crate::facts::quote::Quote;
use crate::facts::{Fact, FactValue};
use crate::span::{CharIndex, Span};

/// A sentence on both sides, with its facts. In those of the French, sources that are pronouns or the like have their
/// antecedents, where these are known (see `facts::discourse`).
#[derive(Debug, Clone, Copy)]
pub struct SentencePair<'a> {
    /// Counted from 1 through the article.
    pub number: usize,
    /// The kind of block that it stands in.
    pub kind: BlockKind,
    /// Number of that block: sentences of one paragraph share it.
    pub block: usize,
    pub source: &'a str,
    pub target: &'a str,
    pub source_facts: &'a [Fact],
    pub target_facts: &'a [Fact],
}

impl<'a> SentencePair<'a> {
    /// The quantities of the French, with their places.
    pub fn quantities(&self) -> impl Iterator<Item = (Span, &'a Quantity)> {
        quantities(self.source_facts)
    }

    /// The bytes of the French sentence that a span in characters covers.
    pub fn bytes(&self, span: &crate::span::CharSpan) -> Span {
        let at = |n: usize| self.source.char_indices().nth(n).map_or(self.source.len(), |(at, _)| at);
        Span::new(at(span.start), at(span.end))
    }

    /// Pairs of a span of the French and the span of the translation that is equal to it, if any, with their texts.
    pub fn render(&self, pairs: impl IntoIterator<Item = (Span, Option<Span>)>) -> Vec<Rendering> {
        let (french, english) = (CharIndex::new(self.source), CharIndex::new(self.target));
        let rendering = |(f, e): (Span, Option<Span>)| Rendering {
            french: french.char_span(f),
            english: e.map(|e| english.char_span(e)),
        };
        pairs.into_iter().map(rendering).collect()
    }

    /// Every quantity of the French with the place of a quantity of the same value in the translation: the first that
    /// is not yet paired with another one of the French. `None` where there is none left.
    pub fn paired_quantities(&self) -> Vec<(Span, &'a Quantity, Option<Span>)> {
        let mut left: Vec<(Span, &Quantity)> = quantities(self.target_facts).collect();
        let pair = |(span, q): (Span, &'a Quantity)| {
            let same = left.iter().position(|(_, e)| e.value == q.value && e.high == q.high);
            (span, q, same.map(|i| left.remove(i).0))
        };
        self.quantities().map(pair).collect()
    }

    /// Every quotation of the French, the first with the first of the translation, the second with the second and so
    /// on, all without their marks. If the two texts do not have equally many quotations, there is `None` beside each.
    pub fn paired_quotes(&self) -> Vec<(Span, Option<Span>)> {
        let (french, english): (Vec<_>, Vec<_>) = (quotes(self.source_facts), quotes(self.target_facts));
        let as_many = french.len() == english.len();
        french.iter().enumerate().map(|(i, q)| (q.inner, as_many.then(|| english[i].inner))).collect()
    }

    /// Full negations of the French: « n'ont pas », « jamais ».
    pub fn negations(&self) -> impl Iterator<Item = Span> {
        full_negations(self.source_facts)
    }
}

/// The quotations among the facts, but for empty ones.
fn quotes(facts: &[Fact]) -> Vec<&Quote> {
    facts
        .iter()
        .filter_map(|f| match &f.value {
            FactValue::Quote(q) if !q.inner.is_empty() => Some(q),
            _ => None,
        })
        .collect()
}
