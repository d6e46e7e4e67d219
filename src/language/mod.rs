//! The grammars that read facts out of a text, a folder a language, and what they share.

pub mod clause;
pub mod en;
pub mod fr;
mod noun_phrase;
pub(crate) mod sense;
mod verb_group;
