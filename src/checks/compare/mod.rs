//! Comparators that several rules share. Each is worked out once a pair, by the first rule that asks.

mod fates;
pub mod names;
pub mod sources;
mod verbs;

use std::cell::OnceCell;

/// What rules of one pair share.
#[derive(Debug, Default)]
pub struct Shared {
    pub names: OnceCell<names::Comparison>,
    pub sources: OnceCell<sources::Comparison>,
}
