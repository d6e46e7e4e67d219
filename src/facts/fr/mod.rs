//! The grammars that read facts in French.

pub mod attribution;
mod auxiliary;
pub mod casualties;
mod claim;
pub mod dates;
pub mod hedge;
pub mod locutions;
pub mod negation;
pub mod number_words;
mod phrase;
pub mod qualifiers;
pub mod quantities;
mod saying;
pub mod times;
pub mod units;
