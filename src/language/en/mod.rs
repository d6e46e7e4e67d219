//! What is English about reading facts.

pub mod verb_group;
