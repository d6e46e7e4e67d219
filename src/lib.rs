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
pub mod checks;
pub mod cli;
pub mod cpu;
pub mod facts;
pub mod lang;
pub mod lexicon;
#[cfg(feature = "fetch")]
pub mod model;
pub mod span;
