//! Rules that compare the facts of a source text with those of its target, one rule a file, and their registry.
//!
//! A rule never parses text: it reads typed [`Fact`]s and answers [`Finding`]s with spans on both sides. It never formats
//! or prints either; that is the work of `report`.

mod attribution_changed;
mod attribution_dropped;
pub mod compare;
mod hedge_added;
mod hedge_dropped;
mod loaded_term;
mod name_added;
mod name_changed;
mod name_missing;
mod negation_changed;
mod quote_lost;
mod repetition;
mod source_added;
mod source_changed;
mod source_missing;
mod speaker_changed;
mod untranslated;

use crate::facts::Fact;
use crate::facts::reading::Reading;
use crate::span::Span;
use serde::{Deserialize, Serialize};

/// How bad a finding is. An editor trusts that an error is one; what is doubtful is a warning; style is a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Note,
    Warning,
    Error,
}

/// How sure the rule is that what it reports is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    Low,
    Medium,
    High,
}

/// One place where source and target disagree. Spans are byte spans of the two texts of the [`Pair`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Name of the rule, e.g. `number-changed`.
    pub rule: &'static str,
    pub severity: Severity,
    pub confidence: Confidence,
    /// One sentence that an editor understands, without the rule's name.
    pub message: String,
    pub source: Option<Span>,
    pub target: Option<Span>,
}

/// One side of a pair: a text and its facts.
#[derive(Debug)]
pub struct Side<'a> {
    pub text: &'a str,
    /// The words, to ask whether one of the other side's stands here at all.
    pub reading: Reading<'a>,
    pub facts: Vec<Fact>,
}

/// A source text and its translation, with their facts: what rules compare.
#[derive(Debug)]
pub struct Pair<'a> {
    pub source: Side<'a>,
    pub target: Side<'a>,
    /// What several rules need and one of them works out.
    pub shared: compare::Shared,
}

/// A rule: its name, its documentation and its function.
pub struct Rule {
    /// As written in findings, configuration and `depeche explain`; reads well after "allow".
    pub name: &'static str,
    /// The text of the rule's file; its leading `//!` lines are the documentation that `depeche explain` prints.
    pub file: &'static str,
    pub check: fn(&Pair<'_>, &mut Vec<Finding>),
}

/// Declares a rule in its own file: `rule!("number-changed", "number_changed.rs", check);`
#[macro_export]
macro_rules! rule {
    ($name:literal, $file:literal, $check:path) => {
        pub const RULE: $crate::checks::Rule =
            $crate::checks::Rule { name: $name, file: include_str!($file), check: $check };
    };
}

impl Rule {
    /// The rule's documentation: the leading `//!` lines of its file, as Markdown.
    pub fn doc(&self) -> String {
        let lines = self.file.lines().map_while(|l| l.strip_prefix("//!"));
        lines.map(|l| l.strip_prefix(' ').unwrap_or(l)).collect::<Vec<_>>().join("\n")
    }
}

/// All rules, in the order of the documentation.
pub const RULES: &[Rule] = &[
    source_missing::RULE,
    source_changed::RULE,
    source_added::RULE,
    attribution_dropped::RULE,
    attribution_changed::RULE,
    speaker_changed::RULE,
    quote_lost::RULE,
    name_missing::RULE,
    name_changed::RULE,
    name_added::RULE,
    negation_changed::RULE,
    hedge_dropped::RULE,
    hedge_added::RULE,
    untranslated::RULE,
    repetition::RULE,
    loaded_term::RULE,
];
