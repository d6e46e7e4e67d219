//! What the commands write. This module only shows what was found, and decides nothing.
//!
//! Each [`Format`] of `check` has a file of its own, and all of them write the same [`Message`]s. A format turns
//! messages into bytes and keeps no state, so that several threads can do it at once. [`Sink`] writes the bytes in
//! order, with a beginning before them and an end after them. Other files write articles, facts, tables and dispatches.

pub mod article;
pub mod facts;
pub mod github;
pub mod human;
pub mod json;
pub mod jsonl;
pub mod junit;
pub mod markdown;
pub mod position;
pub mod sarif;
pub mod tables;
pub mod text;

use crate::checks::{Finding, Severity};
use serde::ser::{Serialize, SerializeStruct, Serializer};
use serde_json::value::RawValue;
use std::fmt;
use std::io::{self, Write};

/// The findings of one pair of texts, with the texts: what [`crate::check`] returns.
///
/// As JSON it is `{"findings": […]}`, with spans in Unicode scalar values; for people, one line for each finding.
///
/// ```
/// let report = depeche::check("« Été » : 255 morts.", "“Summer”: 225 dead.");
/// let json = serde_json::to_value(&report).unwrap();
/// assert_eq!(json["findings"][0]["source"]["text"], "255 morts");
/// assert!(report.to_string().starts_with("error number-changed: "));
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Report<'a> {
    /// The French text.
    pub source: &'a str,
    /// The English text.
    pub target: &'a str,
    /// What the rules found; spans are byte places in these two texts.
    pub findings: Vec<Finding>,
    /// Why the texts could not be checked; `None` if they were. Texts that were not checked have no findings, which
    /// says nothing about the translation.
    pub unchecked: Option<String>,
}

impl Report<'_> {
    /// The findings of at least this severity.
    pub fn at_least(&self, severity: Severity) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(move |f| f.severity >= severity)
    }
}

impl Serialize for Report<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let origin = PairOrigin::Line { file: "", line: 0, id: None };
        let (source, target) = (Text { text: self.source }, Text { text: self.target });
        let findings = jsonl::findings(&Checked { origin, source, target, findings: &self.findings });
        let mut report = serializer.serialize_struct("Report", 1)?;
        report.serialize_field("findings", &findings)?;
        report.end()
    }
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.findings.iter().try_for_each(|finding| writeln!(f, "{finding}"))
    }
}

/// What a check reports about one pair of texts.
#[derive(Debug, Clone, Copy)]
pub enum Message<'a> {
    Checked(Checked<'a>),
    Failed(Failed<'a>),
}

/// A pair of texts was checked, with or without findings.
#[derive(Debug, Clone, Copy)]
pub struct Checked<'a> {
    pub origin: PairOrigin<'a>,
    pub source: Text<'a>,
    pub target: Text<'a>,
    /// The spans of these are byte places in the two texts.
    pub findings: &'a [Finding],
}

/// A pair of texts could not be checked.
#[derive(Debug, Clone, Copy)]
pub struct Failed<'a> {
    pub origin: PairOrigin<'a>,
    /// What is wrong. The text names the line of a file of JSON lines, or the document.
    pub error: &'a str,
}

/// Where a pair comes from.
#[derive(Debug, Clone, Copy)]
pub enum PairOrigin<'a> {
    /// A line of a file of JSON lines, with the pair's `id` as it was written.
    Line { file: &'a str, line: usize, id: Option<&'a RawValue> },
    /// Two documents; one of them is missing where a file has no counterpart.
    Files { source: Option<&'a str>, target: Option<&'a str> },
}

/// One side of what was checked.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a> {
    pub text: &'a str,
}

/// Which side of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SideName {
    Source,
    Target,
}

impl Failed<'_> {
    /// For people: which input, and what is wrong with it.
    pub fn describe(&self) -> String {
        match self.origin {
            PairOrigin::Line { file, .. } => format!("{file}: {}", self.error),
            PairOrigin::Files { .. } => self.error.to_string(),
        }
    }
}

impl PairOrigin<'_> {
    /// The file that a side stands in: its own, which may be missing, or the file of JSON lines.
    pub fn file(&self, side: SideName) -> Option<&str> {
        match (self, side) {
            (PairOrigin::Line { file, .. }, _) => Some(file),
            (PairOrigin::Files { source, .. }, SideName::Source) => *source,
            (PairOrigin::Files { target, .. }, SideName::Target) => *target,
        }
    }
}

impl<'a> Checked<'a> {
    /// The text of a side.
    pub fn text(&self, side: SideName) -> &'a str {
        match side {
            SideName::Source => self.source.text,
            SideName::Target => self.target.text,
        }
    }
}

/// What was counted while checking.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Pairs of texts that were checked.
    pub checked: usize,
    /// Pairs of texts that could not be checked.
    pub failed: usize,
    pub errors: usize,
    pub warnings: usize,
    pub notes: usize,
    /// Findings that the baseline knows; they are not among the counts above.
    pub baseline: usize,
    /// What went wrong with the first [`MAX_FAILURES`] of the `failed` pairs, for formats that report it at their end.
    pub failures: Vec<String>,
}

/// How many failures are kept with their messages; all of them are counted. A file of the wrong kind may have a
/// million.
pub const MAX_FAILURES: usize = 100;

impl Counts {
    /// Counts a message: a pair that was checked, with its findings, or one that could not be checked.
    pub fn count(&mut self, message: &Message) {
        match message {
            Message::Checked(checked) => {
                self.checked += 1;
                for finding in checked.findings {
                    match finding.severity {
                        Severity::Error => self.errors += 1,
                        Severity::Warning => self.warnings += 1,
                        Severity::Note => self.notes += 1,
                    }
                }
            }
            Message::Failed(failed) => {
                self.failed += 1;
                if self.failures.len() < MAX_FAILURES {
                    self.failures.push(failed.describe());
                }
            }
        }
    }

    /// Adds the counts of another part of the run. At most [`MAX_FAILURES`] failures are kept.
    pub fn add(&mut self, other: Counts) {
        self.checked += other.checked;
        self.failed += other.failed;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.notes += other.notes;
        self.baseline += other.baseline;
        let room = MAX_FAILURES - self.failures.len().min(MAX_FAILURES);
        self.failures.extend(other.failures.into_iter().take(room));
    }

    /// How many findings are at or above a severity.
    pub fn at_least(&self, severity: Severity) -> usize {
        match severity {
            Severity::Error => self.errors,
            Severity::Warning => self.errors + self.warnings,
            Severity::Note => self.errors + self.warnings + self.notes,
        }
    }
}

/// A way to write messages.
pub trait Format: Sync {
    /// Appends what is to be written about a message: nothing, one item, or several. Each item has
    /// [`Format::separator`] before it, the first one too.
    fn message(&self, message: &Message, buffer: &mut Vec<u8>);

    /// Stands between two items.
    fn separator(&self) -> &'static str {
        ""
    }

    /// Whether the beginning of the output has the counts of the whole run, so that nothing can be written before the
    /// run ends.
    fn begins_with_counts(&self) -> bool {
        false
    }

    /// Writes what stands before all items. The counts are all 0 unless [`Format::begins_with_counts`] is true.
    ///
    /// # Errors
    /// When the output cannot be written.
    fn begin(&self, _counts: &Counts, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// Writes what stands after all items.
    ///
    /// # Errors
    /// When the output cannot be written.
    fn end(&self, _counts: &Counts, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// Whether the format itself reports failures, so that they need not be written to stderr.
    fn tells_failures(&self) -> bool {
        true
    }
}

/// Writes the items of a format one after the other, and counts what they report.
pub struct Sink<'a> {
    format: &'a dyn Format,
    out: &'a mut dyn Write,
    /// Items that wait for the counts, where the format begins with these.
    held: Vec<u8>,
    /// Whether no item has come yet.
    first: bool,
    /// What was counted so far.
    pub counts: Counts,
}

impl<'a> Sink<'a> {
    /// Begins a report.
    ///
    /// # Errors
    /// When the output cannot be written.
    pub fn new(format: &'a dyn Format, out: &'a mut dyn Write) -> io::Result<Self> {
        if !format.begins_with_counts() {
            format.begin(&Counts::default(), out)?;
        }
        Ok(Sink { format, out, held: Vec::new(), first: true, counts: Counts::default() })
    }

    /// Formats and writes one message.
    ///
    /// # Errors
    /// When the output cannot be written.
    pub fn message(&mut self, message: &Message) -> io::Result<()> {
        let mut counts = Counts::default();
        counts.count(message);
        let mut items = Vec::new();
        self.format.message(message, &mut items);
        self.items(&items, counts)
    }

    /// Writes items that the format has made, and what was counted on the way.
    ///
    /// # Errors
    /// When the output cannot be written.
    pub fn items(&mut self, items: &[u8], counts: Counts) -> io::Result<()> {
        self.counts.add(counts);
        let mut items = items;
        if self.first && !items.is_empty() {
            self.first = false;
            items = items.strip_prefix(self.format.separator().as_bytes()).unwrap_or(items);
        }
        if self.format.begins_with_counts() {
            self.held.extend_from_slice(items);
            return Ok(());
        }
        self.out.write_all(items)
    }

    /// Flushes the output, so that a program that waits for answers gets those that were written.
    ///
    /// # Errors
    /// When the output cannot be written.
    pub fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// Ends the report, and returns what was counted in it.
    ///
    /// # Errors
    /// When the output cannot be written.
    pub fn finish(self) -> io::Result<Counts> {
        if self.format.begins_with_counts() {
            self.format.begin(&self.counts, self.out)?;
            self.out.write_all(&self.held)?;
        }
        self.format.end(&self.counts, self.out)?;
        self.out.flush()?;
        Ok(self.counts)
    }
}
