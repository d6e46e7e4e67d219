//! JSON lines: one object for each pair, in the order of the input. Other programs rely on this format.

use super::position::Lines;
use super::{Checked, Format, Message, PairOrigin};
use crate::checks::{By, Confidence, Finding, Severity};
use crate::span::{CharIndex, Span};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::value::RawValue;

/// The format of JSON lines.
pub struct Jsonl;

/// What is written about one pair.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum JsonlRecord<'a> {
    /// A pair of the input's JSON lines.
    Pair {
        /// As it stood in the input; null where there was none.
        #[schemars(with = "serde_json::Value")]
        id: Option<&'a RawValue>,
        findings: Vec<FindingJson<'a>>,
    },
    /// Two documents; a file without a counterpart has null for the other one.
    Files { source_file: Option<&'a str>, target_file: Option<&'a str>, findings: Vec<FindingJson<'a>> },
    /// A pair that could not be read.
    FailedPair {
        #[schemars(with = "serde_json::Value")]
        id: Option<&'a RawValue>,
        error: &'a str,
    },
    /// Documents that could not be read.
    FailedFiles { source_file: Option<&'a str>, target_file: Option<&'a str>, error: &'a str },
}

/// One finding as JSON.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FindingJson<'a> {
    pub rule: &'static str,
    pub severity: Severity,
    pub confidence: Confidence,
    pub message: &'a str,
    /// Where it is in the source text; null where the source holds nothing like it.
    pub source: Option<Place<'a>>,
    /// Where it is in the target text; null where the target holds nothing like it.
    pub target: Option<Place<'a>>,
    /// What the model answered, if it was asked (`--deep`); left out of a finding that the rules
    /// made alone.
    #[serde(flatten)]
    pub by: Option<Answered<'a>>,
}

/// What a model answered.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Answered<'a> {
    /// "contrast" where it was given two English texts, "support" where it looked for what the English leaves out.
    pub by: &'static str,
    /// In nats. For a contrast: by how much the preferred English is likelier than the English of
    /// the translation. For support: by how much the support of the French words is less than what
    /// is expected of translated words.
    pub margin: f64,
    /// For a contrast: the whole English text that the model prefers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preferred: Option<&'a str>,
}

impl<'a> Answered<'a> {
    fn of(by: &'a By) -> Option<Self> {
        match by {
            By::Rule => None,
            By::Contrast(p) => Some(Answered { by: "contrast", margin: p.margin(), preferred: Some(&p.text) }),
            By::Support(s) => Some(Answered { by: "support", margin: s.nats(), preferred: None }),
        }
    }
}

/// A part of a text: 0-based, half-open, in Unicode scalar values.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Place<'a> {
    pub start: usize,
    pub end: usize,
    pub text: &'a str,
    /// In documents: the line on which it begins, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// In documents: the column at which it begins, from 1, in Unicode scalar values.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
}

/// The findings of one message with spans in characters, and with lines and columns as well if it is about documents.
pub fn findings<'a>(checked: &Checked<'a>) -> Vec<FindingJson<'a>> {
    if checked.findings.is_empty() {
        return Vec::new();
    }
    let source = Places::new(checked.source.text, checked.origin);
    let target = Places::new(checked.target.text, checked.origin);
    let json = |f: &'a Finding| FindingJson {
        rule: f.rule,
        severity: f.severity,
        confidence: f.confidence,
        message: &f.message,
        source: f.source.map(|s| source.place(s)),
        target: f.target.map(|s| target.place(s)),
        by: Answered::of(&f.by),
    };
    checked.findings.iter().map(json).collect()
}

/// Turns spans of one text into places.
struct Places<'a> {
    text: &'a str,
    index: CharIndex<'a>,
    /// `None` for a text inside a line of JSON, which has no lines and columns of its own.
    lines: Option<Lines<'a>>,
}

impl<'a> Places<'a> {
    fn new(text: &'a str, origin: PairOrigin) -> Self {
        let lines = matches!(origin, PairOrigin::Files { .. }).then(|| Lines::new(text));
        Places { text, index: CharIndex::new(text), lines }
    }

    fn place(&self, span: Span) -> Place<'a> {
        let position = self.lines.as_ref().map(|l| l.position(span.start));
        Place {
            start: self.index.chars_before(span.start),
            end: self.index.chars_before(span.end),
            text: span.of(self.text),
            line: position.map(|p| p.line),
            column: position.map(|p| p.column),
        }
    }
}

impl Format for Jsonl {
    fn message(&self, message: &Message, buffer: &mut Vec<u8>) {
        let line = match message {
            Message::Checked(checked) => match checked.origin {
                PairOrigin::Line { id, .. } => JsonlRecord::Pair { id, findings: findings(checked) },
                PairOrigin::Files { source, target } => {
                    JsonlRecord::Files { source_file: source, target_file: target, findings: findings(checked) }
                }
            },
            Message::Failed(failed) => match failed.origin {
                PairOrigin::Line { id, .. } => JsonlRecord::FailedPair { id, error: failed.error },
                PairOrigin::Files { source, target } => {
                    JsonlRecord::FailedFiles { source_file: source, target_file: target, error: failed.error }
                }
            },
        };
        push(&line, buffer);
        buffer.push(b'\n');
    }
}

/// Appends a value as JSON. "##", which JSON can have only in strings, is written with an escape, since some CI servers
/// take "##[…]" for a command wherever it stands in a log (see [`super::text::harmless`]).
pub fn push(value: &impl Serialize, buffer: &mut Vec<u8>) {
    let mut from = buffer.len();
    serde_json::to_writer(&mut *buffer, value).expect("writing plain values to memory cannot fail");
    while let Some(at) = buffer[from..].windows(2).position(|pair| pair == b"##") {
        from += at + 1;
        buffer.splice(from..=from, *b"\\u0023");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_a_ci_server_would_obey_is_escaped_and_reads_back_the_same() {
        let text = "mort ##[error]x ###[a] ####";
        let mut json = b"[".to_vec();
        push(&text, &mut json);
        let json = std::str::from_utf8(&json[1..]).unwrap();
        assert!(!json.contains("##"), "{json}");
        assert_eq!(serde_json::from_str::<String>(json).unwrap(), text);
    }
}
