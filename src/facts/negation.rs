//! Negation: where a text denies, and where it only limits.

use super::reading::Reading;
use crate::lang::Lang;
use crate::span::Span;

/// How a text denies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strength {
    /// « ne … pas », "not": the clause says the contrary without it.
    Full,
    /// Negation inside a word or by a verb ("sans", "failed to", "unlikely"), or a limit ("only"): it can render a full
    /// one, and be rendered by one.
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
