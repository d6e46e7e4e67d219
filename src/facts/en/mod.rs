//! English grammars.

pub mod casualties;
pub mod dates;
pub mod number_words;
pub mod quantities;
pub mod times;
pub mod words;
