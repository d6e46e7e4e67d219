//! A place where the two texts disagree, before a rule has made a finding of it.

use crate::checks::{By, Confidence, Finding, Pair, Severity};
use crate::span::Span;

/// What changed, where it stands on each side, and how grave and how sure that is. Each comparison that finds such
/// differences has a `Change` of its own.
#[derive(Debug, Clone)]
pub struct Difference<Change> {
    pub change: Change,
    pub source: Option<Span>,
    pub target: Option<Span>,
    pub severity: Severity,
    pub confidence: Confidence,
}

impl<Change> Difference<Change> {
    /// The finding that reports it; `message` is given the words of both sides, empty where a side has none.
    pub fn finding(&self, rule: &'static str, pair: &Pair<'_>, message: impl FnOnce(&str, &str) -> String) -> Finding {
        let words = |span: Option<Span>, text| span.map_or("", |s| s.of(text));
        Finding {
            rule,
            severity: self.severity,
            confidence: self.confidence,
            message: message(words(self.source, pair.source.text), words(self.target, pair.target.text)),
            source: self.source,
            target: self.target,
            by: By::Rule,
        }
    }
}
