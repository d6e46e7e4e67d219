//! French grammars.

pub mod attribution;
pub mod casualties;
pub mod dates;
pub mod hedge;
pub mod locutions;
pub mod negation;
pub mod number_words;
mod phrase;
pub mod quantities;
pub mod times;
