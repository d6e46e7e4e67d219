//! The part of the clause grammar that is English: how its verb groups are recognised. The grammars of other facts are in
//! `facts/en`.

pub mod verb_group;
