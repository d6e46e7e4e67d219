//! English grammars.

pub mod attribution;
pub mod hedge;
pub mod negation;
