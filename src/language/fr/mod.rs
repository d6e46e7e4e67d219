//! The part of the clause grammar that is French: how its verb groups are recognised. The grammars of other facts are in
//! `facts/fr`.

pub mod verb_group;
