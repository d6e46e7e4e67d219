//! depeche translates French conflict coverage into English on the user's own machine and proves by rules that the
//! figures, dates, named sources and quotations of the French survive into the English.
//!
//! As a library it checks translations; this needs no model:
//!
//! ```
//! let report = depeche::check(
//!     "Au moins 47 combattants ont été tués, selon l’armée.",
//!     "At least 74 fighters were killed, according to the army.",
//! );
//! let found = "error number-changed: French says “Au moins 47 combattants”; English says “At least 74 fighters”";
//! assert_eq!(report.findings[0].to_string(), found);
//! ```
//!
//! [`Checker`] takes settings and whole documents; [`Rule`] tells what each rule does and why. All
//! modules are the program's own: their code is there to be read, and changes without notice. An
//! article takes one path through them, and every arrow is a plain value that can be printed as
//! JSON:
//!
//! ```text
//! read → clean → segment → extract facts → draft → check → mend → tables → summary → check → report
//! ```
//!
//! Only `model` knows tensors, `report` knows the output formats, and nothing below `cli` prints or exits.
//!
//! # Features
//!
//! `model` (default) translates and summarises, `html` (default) reads web pages, `cli` (default) is the command line,
//! and `fetch` (part of `model`) downloads models. `cuda` and `metal` run models on a GPU. With
//! `default-features = false`, only the checker is left.

#[doc(hidden)]
pub mod article;
#[doc(hidden)]
pub mod baseline;
mod checker;
#[doc(hidden)]
pub mod checks;
#[cfg(feature = "cli")]
#[doc(hidden)]
#[allow(clippy::print_stderr, clippy::missing_errors_doc)]
pub mod cli;
#[doc(hidden)]
pub mod config;
#[doc(hidden)]
pub mod contrasts;
#[doc(hidden)]
pub mod cpu;
#[doc(hidden)]
pub mod dispatch;
#[doc(hidden)]
pub mod english;
#[doc(hidden)]
pub mod facts;
mod files;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod inputs;
#[doc(hidden)]
pub mod journal;
#[doc(hidden)]
pub mod lang;
mod language;
#[doc(hidden)]
pub mod lexicon;
#[doc(hidden)]
pub mod model;
#[doc(hidden)]
pub mod pairs;
#[cfg(feature = "model")]
#[doc(hidden)]
pub mod pipeline;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod project;
#[cfg(feature = "model")]
#[doc(hidden)]
pub mod prompt;
#[doc(hidden)]
pub mod report;
#[doc(hidden)]
pub mod shard;
#[doc(hidden)]
pub mod span;
#[cfg(feature = "model")]
#[doc(hidden)]
pub mod summarize;
#[doc(hidden)]
pub mod tables;
#[cfg(feature = "model")]
#[doc(hidden)]
pub mod translate;

pub use article::{ReadError, ReadErrorKind};
pub use checker::{Checker, check};
pub use checks::catalogue::Rule;
pub use checks::{By, Confidence, Finding, Preferred, Severity, Shortfall};
/// A calendar day, from the crate `jiff`.
pub use jiff::civil::Date;
pub use report::Report;
pub use span::Span;

pub(crate) use checks::rule;

/// Compiles the README's example of the library when the documentation is tested.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
