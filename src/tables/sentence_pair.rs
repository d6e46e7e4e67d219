//! The sentences that the tables are made from.

use super::rows::Rendering;
use crate::article::BlockKind;
use crate::facts::negation::full_negations;
use crate::facts::quantity::{Quantity, quantities};
use crate::facts::quote::Quote;
use crate::facts::{Fact, FactValue};
use crate::span::{CharIndex, Span};

/// A sentence and its translation, with the facts of both. In the facts of the French, sources that
/// are pronouns or the like have their antecedents, if these are known (see `facts::discourse`).
#[derive(Debug, Clone, Copy)]
pub struct SentencePair<'a> {
    /// The number of the sentence in the article, from 1.
    pub number: usize,
    /// The kind of block in which the sentence stands.
    pub kind: BlockKind,
    /// Number of that block: sentences of one paragraph share it.
    pub block: usize,
    pub source: &'a str,
    /// Empty if the article is not translated.
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

    /// Turns pairs of spans into renderings. A pair has a span of the French, and the span of the
    /// translation that is equal to it, if any.
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

    /// The place of every quotation of the French with that of its counterpart in the translation,
    /// both without their marks: the first goes with the first, the second with the second, and so
    /// on. If the two texts do not have equally many quotations, every counterpart is `None`.
    pub fn paired_quotes(&self) -> Vec<(Span, Option<Span>)> {
        let (french, english): (Vec<_>, Vec<_>) = (quotes(self.source_facts), quotes(self.target_facts));
        let as_many = french.len() == english.len();
        french.iter().enumerate().map(|(i, q)| (q.inner, as_many.then(|| english[i].inner))).collect()
    }

    /// The places of the full negations of the French: « n'ont pas », « jamais ».
    pub fn negations(&self) -> impl Iterator<Item = Span> {
        full_negations(self.source_facts)
    }
}

/// The quotations among the facts, without empty ones.
fn quotes(facts: &[Fact]) -> Vec<&Quote> {
    facts
        .iter()
        .filter_map(|f| match &f.value {
            FactValue::Quote(q) if !q.inner.is_empty() => Some(q),
            _ => None,
        })
        .collect()
}
