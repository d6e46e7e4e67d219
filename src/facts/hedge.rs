//! Hedges: words and verb forms by which a writer does not vouch for what is told.

use super::reading::Reading;
use crate::lang::Lang;
use crate::span::Span;

/// How a text leaves open whether what it tells is so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HedgeKind {
    /// The French press conditional: « aurait fait 12 morts ».
    PressConditional,
    /// Words for claims that are somebody else's: "reportedly", "alleged", « présumé ».
    Hearsay,
    /// Modal verbs, words of doubt, and forms such as « serait » and « aurait » that are not the press conditional:
    /// "may", "perhaps", « peut-être ».
    Doubt,
}

/// A hedge and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hedge {
    pub span: Span,
    pub kind: HedgeKind,
}

/// Finds the hedges of a text.
pub fn extract(r: &Reading<'_>) -> Vec<Hedge> {
    match r.lang {
        Lang::Fr => super::fr::hedge::extract(r),
        Lang::En => super::en::hedge::extract(r),
    }
}
