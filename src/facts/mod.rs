//! What must survive a translation, as typed values with spans: quantities, dates, times, sources, quotations, names.
//!
//! [`extract`] reads one text (a sentence, a pair's side or a whole document) in one language. The grammars of the two
//! languages stand side by side in [`fr`] and [`en`]; both make the same types, so that checks compare values and never
//! parse text.

pub mod casualties;
pub mod class;
pub mod date;
pub mod dates;
pub mod designator;
pub mod designators;
pub mod en;
pub mod figures;
pub mod fr;
pub mod numeral;
pub mod quantity;
pub mod time;
pub mod token;
pub mod write;

use crate::lang::Lang;
use crate::span::Span;
use jiff::civil::Date;
use serde::Serialize;

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
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum FactValue {
    // Each kind's type lives in its own file of this folder.
    Quantity(quantity::Quantity),
    Date(date::DateFact),
    Time(time::TimeFact),
    Designator(designator::Designator),
    Casualty(quantity::Casualty),
}

/// All facts of a text, in its order.
pub fn extract(text: &str, context: &Context) -> Vec<Fact> {
    extract_from(&token::Tokens::new(text, context.lang), context)
}

/// All facts of a text that is cut into tokens already.
pub fn extract_from(tokens: &token::Tokens, context: &Context) -> Vec<Fact> {
    let mut facts = Vec::new();
    figures::extract(&class::Reader::new(tokens, context.lang), context, &mut facts);
    facts.sort_by_key(|f| f.span.start);
    facts
}
