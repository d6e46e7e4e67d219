//! depeche translates French conflict coverage into English on the user's own machine and proves by rules that the
//! figures, dates, named sources and quotations of the French survive into the English.
//!
//! The path of an article is one-directional, and every arrow is a plain value that can be printed as JSON:
//!
//! ```text
//! read → clean → segment → extract facts → translate → check → select or repair → summarise → check → report
//! ```
//!
//! Only [`model`] knows tensors, only [`report`] knows output formats, and nothing below [`cli`] prints or exits.

pub mod article;
pub mod baseline;
pub mod checks;
pub mod cli;
pub mod config;
pub mod cpu;
pub mod dispatch;
pub mod facts;
pub mod inputs;
pub mod journal;
pub mod lang;
pub mod lexicon;
pub mod model;
pub mod pairs;
#[cfg(feature = "model")]
pub mod pipeline;
pub mod project;
#[cfg(feature = "model")]
pub mod prompt;
pub mod report;
pub mod span;
#[cfg(feature = "model")]
pub mod summarize;
pub mod tables;
#[cfg(feature = "model")]
pub mod translate;

use checks::engine::{self, Settings};
use report::Report;

/// Compares a French text with its English translation, without a model and with the default settings.
///
/// The texts may be a sentence or a paragraph each; for whole documents, which have to be aligned first, see
/// [`checks::documents`].
pub fn check<'a>(source: &'a str, target: &'a str) -> Report<'a> {
    Report { source, target, findings: engine::check_pair(source, target, &Settings::default()) }
}
