//! Negation: where a text denies, and where it only limits.

use super::reading::Reading;
use crate::lang::Lang;
use crate::span::Span;

/// How a text denies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strength {
    /// « ne … pas », "not": without it the clause would say the contrary.
    Full,
    /// A negation inside a word, by a verb or a preposition ("unlikely", "failed to", « sans »), or a limit ("only"). A
    /// full negation can be translated by it, and it by a full one.
    Soft,
}

/// A negation and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Negation {
    pub span: Span,
    pub strength: Strength,
    /// It is a part of a word or of a set phrase: "unhurt", « impossible », "out of the question".
    pub inside: bool,
}

/// Finds the negations of a text.
pub fn extract(r: &Reading<'_>) -> Vec<Negation> {
    match r.lang {
        Lang::Fr => super::fr::negation::extract(r),
        Lang::En => super::en::negation::extract(r),
    }
}
