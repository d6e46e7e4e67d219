//! What must survive a translation, as typed values with spans: quantities, dates, times, sources, quotations, names.
//!
//! [`extract`] reads one text (a sentence, a pair's side or a whole document) in one language. The grammars of the two
//! languages stand side by side in [`fr`] and [`en`]; both make the same types, so that checks compare values and never
//! parse text.

pub mod token;

use crate::lang::Lang;
use crate::span::Span;
use jiff::civil::Date;

/// What a text is read with.
#[derive(Debug, Clone, Copy)]
pub struct Context {
    pub lang: Lang,
    /// Day of publication, if known: "jeudi" and "29 novembre" are counted from it.
    pub date: Option<Date>,
}

/// One fact and where it stands in the text (byte span).
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    pub span: Span,
    pub value: FactValue,
}

/// The kinds of facts, each with its normalised value.
#[derive(Debug, Clone, PartialEq)]
pub enum FactValue {
    // Each kind's type lives in its own file of this folder.
}
