//! The grammars that read facts in English.

pub mod attribution;
pub mod casualties;
pub mod dates;
pub mod hedge;
pub mod negation;
pub mod number_words;
pub mod qualifiers;
pub mod quantities;
pub mod signals;
pub mod times;
pub mod units;
