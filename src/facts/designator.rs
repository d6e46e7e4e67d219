//! Designators: names that hold a number and count nothing (M23, S-300, G7, flight MH17, resolution 1701).

use crate::span::Span;
use serde::Serialize;

/// A name with a number in it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Designator {
    /// The number in it: 300 of S-300. A text that writes it apart ("S 300") still has it.
    pub number: f64,
    /// The letters in front (« S », « MH », « résolution »).
    #[serde(skip)]
    pub letters: Span,
    /// The letters are the same in both languages; not so « résolution » or « vol ».
    #[serde(skip)]
    pub fixed: bool,
    /// The number is written in Roman numerals, which a translation may put otherwise.
    #[serde(skip)]
    pub roman: bool,
}
