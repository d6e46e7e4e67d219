//! Designators: names that hold a number and count nothing (M23, S-300, G7, flight MH17, resolution 1701).

use crate::span::Span;
use serde::Serialize;

/// A name with a number in it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Designator {
    /// The number in it, 300 in S-300. It is compared without the letters, since the other text may write "S 300".
    pub number: f64,
    /// The letters in front (« S », « MH », « résolution »).
    #[serde(skip)]
    pub letters: Span,
    /// The letters stay the same in translation, as in M23; « résolution » and « vol » do not.
    #[serde(skip)]
    pub fixed: bool,
    /// The number is written in Roman numerals, which a translation may write as figures or leave out.
    #[serde(skip)]
    pub roman: bool,
}
