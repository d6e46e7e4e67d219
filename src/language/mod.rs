//! The grammars that read events out of a text: a folder for each language, and what the two share.

pub mod arguments;
pub mod clause;
pub mod en;
pub mod fr;
mod noun_phrase;
pub(crate) mod sense;
mod verb_group;
