//! JSON: one object for the whole run, for programs that read a file at once.

use super::jsonl::{FindingJson, findings, push};
use super::{Counts, Format, Message, PairOrigin};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::value::RawValue;
use std::io::{self, Write};

/// The format of one JSON object.
pub struct Json;

/// The whole object. It is written piece by piece; this type only describes it, for the schema.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Run<'a> {
    /// Version of this format; it grows when a change has to be known to programs that read it.
    pub schema_version: u32,
    /// Version of depeche.
    pub tool_version: &'a str,
    pub findings: Vec<Item<'a>>,
    pub summary: SummaryJson<'a>,
}

/// A finding and the pair it belongs to.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Item<'a> {
    #[serde(flatten)]
    pub of: Of<'a>,
    #[serde(flatten)]
    pub finding: FindingJson<'a>,
}

/// Which pair a finding belongs to.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Of<'a> {
    Pair {
        /// Identifier of the pair, as it stood in the input; null where there was none.
        #[schemars(with = "serde_json::Value")]
        id: Option<&'a RawValue>,
        /// Line of the file of pairs, from 1.
        line: usize,
    },
    Files {
        source_file: Option<&'a str>,
        target_file: Option<&'a str>,
    },
}

/// Counts of the whole run.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SummaryJson<'a> {
    /// Pairs that were checked.
    pub checked: usize,
    pub errors: usize,
    pub warnings: usize,
    pub notes: usize,
    /// Findings that the baseline knows, which are not among `findings`.
    pub in_baseline: usize,
    /// Pairs that could not be checked.
    pub failed: usize,
    /// Why the first hundred of these could not be checked.
    pub failures: &'a [String],
}

impl Format for Json {
    fn separator(&self) -> &'static str {
        ",\n"
    }

    fn message(&self, message: &Message, buffer: &mut Vec<u8>) {
        let Message::Checked(checked) = message else { return };
        for finding in findings(checked) {
            let of = match checked.origin {
                PairOrigin::Line { line, id, .. } => Of::Pair { id, line },
                PairOrigin::Files { source, target } => Of::Files { source_file: source, target_file: target },
            };
            buffer.extend_from_slice(self.separator().as_bytes());
            push(&Item { of, finding }, buffer);
        }
    }

    fn begin(&self, _: &Counts, out: &mut dyn Write) -> io::Result<()> {
        let version = env!("CARGO_PKG_VERSION");
        writeln!(out, "{{\"schema_version\":1,\"tool_version\":\"{version}\",\"findings\":[")
    }

    fn end(&self, s: &Counts, out: &mut dyn Write) -> io::Result<()> {
        let summary = SummaryJson {
            checked: s.checked,
            errors: s.errors,
            warnings: s.warnings,
            notes: s.notes,
            in_baseline: s.baseline,
            failed: s.failed,
            failures: &s.failures,
        };
        let mut json = b"\n],\"summary\":".to_vec();
        push(&summary, &mut json);
        json.extend_from_slice(b"}\n");
        out.write_all(&json)
    }
}
