//! A file of known findings, so that a check can be introduced where there are findings already: only new ones count.
//!
//! Findings are keyed by rule and the words around them (those about whole files by their message), never by line: they
//! stay known when the text moves.

use crate::checks::Finding;
use crate::checks::context::{Context, NARROW};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};

/// What a finding is recognised by in a later run.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BaselineEntry {
    /// Name of the rule.
    pub rule: String,
    /// Normalised words around the finding in the source text; empty if it points to no place
    /// there. For a finding that points to no place in either text, this is the message instead.
    pub source: String,
    /// Normalised words around the finding in the target text; empty if it points to no place
    /// there.
    pub target: String,
}

impl BaselineEntry {
    /// The entry of a finding about these two texts.
    pub fn of(finding: &Finding, source: &str, target: &str) -> Self {
        let context = Context::of(finding, source, target, NARROW);
        let mut entry =
            BaselineEntry { rule: finding.rule.to_string(), source: context.source, target: context.target };
        // A finding about files as a whole has no words around it; its message names the file.
        if finding.source.is_none() && finding.target.is_none() {
            entry.source.clone_from(&finding.message);
        }
        entry
    }
}

/// A baseline file's JSON.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    schema_version: u32,
    findings: BTreeSet<BaselineEntry>,
}

/// Version of the JSON of a baseline file. A file of another version is refused.
const SCHEMA_VERSION: u32 = 1;

/// The findings of a baseline file, and for each whether this run has found it again (met it).
#[derive(Debug, Default)]
pub struct Baseline {
    entries: BTreeMap<BaselineEntry, AtomicBool>,
}

impl Baseline {
    /// Reads the text of a baseline file.
    ///
    /// # Errors
    /// When the text is no baseline. The error is a text for the user, which does not name the
    /// file.
    pub fn parse(json: &str) -> Result<Self, String> {
        let file: File = serde_json::from_str(json).map_err(|e| e.to_string())?;
        if file.schema_version != SCHEMA_VERSION {
            return Err(format!("schema_version {} is not known to this version of depeche", file.schema_version));
        }
        Ok(Baseline { entries: file.findings.into_iter().map(|e| (e, AtomicBool::new(false))).collect() })
    }

    /// Whether the baseline has this finding; if so, the finding counts as met from now on.
    pub fn knows(&self, entry: &BaselineEntry) -> bool {
        let met = self.entries.get(entry);
        if let Some(met) = met {
            met.store(true, Ordering::Relaxed);
        }
        met.is_some()
    }

    /// Entries that were not met: this run has not found what they report again, so they can be
    /// taken out of the file.
    pub fn stale(&self) -> impl Iterator<Item = &BaselineEntry> {
        self.entries.iter().filter(|(_, met)| !met.load(Ordering::Relaxed)).map(|(entry, _)| entry)
    }
}

/// The text of a baseline file: sorted and with a line for each field, so that a version control system shows what
/// changed.
pub fn write(findings: BTreeSet<BaselineEntry>) -> String {
    let file = File { schema_version: SCHEMA_VERSION, findings };
    serde_json::to_string_pretty(&file).expect("plain strings always serialise") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::{Confidence, Severity};
    use crate::span::Span;

    fn entry(source: &str, part: &str) -> BaselineEntry {
        let start = source.find(part).unwrap();
        let finding = Finding {
            rule: "number-missing",
            severity: Severity::Error,
            confidence: Confidence::High,
            message: String::new(),
            source: Some(Span::new(start, start + part.len())),
            target: None,
            by: crate::checks::By::Rule,
        };
        BaselineEntry::of(&finding, source, "")
    }

    #[test]
    fn a_finding_is_known_wherever_it_moves() {
        let old = entry("L’attaque a fait 12 morts et 30 blessés.", "12");
        let baseline = Baseline::parse(&write([old].into())).unwrap();
        assert!(baseline.knows(&entry("Titre\n\nSelon lui, l'attaque a  fait 12 morts et 30 blessés.", "12")));
        assert!(!baseline.knows(&entry("L’attaque a fait 12 morts et 30 blessés.", "30")));
        assert_eq!(baseline.stale().count(), 0);
    }

    #[test]
    fn what_was_mended_is_stale() {
        let baseline = Baseline::parse(&write([entry("12 morts", "12"), entry("30 blessés", "30")].into())).unwrap();
        baseline.knows(&entry("12 morts", "12"));
        assert_eq!(baseline.stale().map(|e| e.source.as_str()).collect::<Vec<_>>(), ["30 blessés"]);
    }

    #[test]
    fn a_file_of_another_kind_is_refused() {
        assert!(Baseline::parse("{}").unwrap_err().contains("schema_version"));
        assert!(Baseline::parse(r#"{"schema_version":9,"findings":[]}"#).unwrap_err().contains("9"));
    }
}
