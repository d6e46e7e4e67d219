//! The French part of the grammar of clauses: how verb groups are recognised. The grammars of other facts are in
//! `facts/fr`.

pub mod verb_group;
