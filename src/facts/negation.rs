//! Negations: where a text denies, and where it only limits.

use super::reading::Reading;
use super::{Fact, FactValue};
use crate::lang::Lang;
use crate::span::Span;

/// How a text denies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strength {
    /// A negation such as « ne … pas » or "not", without which the clause would say the contrary.
    Full,
    /// A negation inside a word, a verb or preposition that denies ("unlikely", "failed to", « sans »), a limit
    /// ("only"), or a negation that denies nothing here ("not only") or of which, in French, only one word is there. It
    /// may translate a full negation, or be translated by one.
    Soft,
}

/// A negation and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Negation {
    pub span: Span,
    pub strength: Strength,
    /// Whether it is a part of a word or of a set phrase: "unhurt", « impossible », "out of the question".
    pub inside: bool,
}

/// Where the full negations among the facts stand.
pub fn full_negations(facts: &[Fact]) -> impl Iterator<Item = Span> {
    facts.iter().filter_map(|f| match &f.value {
        FactValue::Negation(n) if n.strength == Strength::Full => Some(n.span),
        _ => None,
    })
}

/// Finds the negations of a text.
pub fn extract(r: &Reading<'_>) -> Vec<Negation> {
    match r.lang {
        Lang::Fr => super::fr::negation::extract(r),
        Lang::En => super::en::negation::extract(r),
    }
}
