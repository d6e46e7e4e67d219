//! Why an input could not become an article.

use super::Format;
use crate::lang::Lang;
use thiserror::Error;

/// An input that could not be read, with the name and, for JSON lines, the line that the user must look at.
///
/// Its text is one line, ready to be shown: `press.jsonl:12: malformed JSON: …`.
#[derive(Debug, Error)]
#[non_exhaustive]
#[error("{name}{}: {kind}", line.map(|n| format!(":{n}")).unwrap_or_default())]
pub struct ReadError {
    /// How the user named the input: a path, or `-`. Where a line of a JSON lines file could be read but its article
    /// was refused, the name also has the number of the line (`press.jsonl:12`).
    pub name: String,
    /// 1-based line of a JSON lines file, where `name` does not have its number.
    pub line: Option<usize>,
    pub kind: ReadErrorKind,
}

/// What is wrong with an input.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadErrorKind {
    #[error("empty: there is no text in it")]
    Empty,
    #[error(
        "nothing is left after cleaning: every line looks like a menu, a notice or a credit (--keep-boilerplate keeps them)"
    )]
    OnlyBoilerplate,
    #[error("not a text: {0}")]
    Binary(String),
    #[error("{what} is too long: {size}, the limit is {} MiB", limit >> 20)]
    TooLong {
        /// "the file", "the line", "line 3".
        what: String,
        /// The size found, as text for people: "100.1 MiB".
        size: String,
        /// Limit in bytes.
        limit: u64,
    },
    #[error("the text is in {found}, not in {}", language_name(*expected))]
    WrongLanguage { expected: Lang, found: &'static str },
    #[error("cannot be read: {0}")]
    Unreadable(#[from] std::io::Error),
    #[error("malformed JSON: {0}")]
    Json(String),
    #[error("{0:?} is no date: write it as 2024-11-29")]
    Date(String),
    #[error("no article was found in the web page: {0}")]
    NoArticle(String),
    #[error("cannot be checked: {0}")]
    TooMuch(String),
    #[error("reading it failed, which is a bug in depeche: please report it")]
    Fault,
    #[error("this build of depeche reads no {0}: build it with the Cargo feature `html`, or save the page as text")]
    FormatNotBuilt(Format),
}

impl ReadErrorKind {
    /// As an error of the input that the user called `name`.
    pub(crate) fn at(self, name: &str) -> ReadError {
        ReadError { name: name.to_string(), line: None, kind: self }
    }
}

impl ReadError {
    /// Whether there was nothing to work on, rather than something wrong. If no input had anything to work on, the exit
    /// code is 3; for any other failure it is 2.
    pub fn is_empty_input(&self) -> bool {
        matches!(self.kind, ReadErrorKind::Empty | ReadErrorKind::OnlyBoilerplate)
    }
}

fn language_name(lang: Lang) -> &'static str {
    match lang {
        Lang::Fr => "French",
        Lang::En => "English",
    }
}
