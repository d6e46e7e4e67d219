//! What is French about reading facts.

pub mod verb_group;
