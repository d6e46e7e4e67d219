//! Rules that compare the facts of a source text with those of its target, one rule a file, and their registry.
//!
//! A rule leaves parsing to `facts`: it reads typed [`Fact`]s, the words of a [`Reading`] or the text itself, and
//! returns [`Finding`]s, with spans on the sides that they concern. It prints nothing; that is the work of `report` and
//! `cli`.

pub mod attribution_changed;
pub mod attribution_dropped;
mod by;
pub mod casualty_changed;
pub mod catalogue;
pub mod compare;
pub mod content_missing;
pub mod context;
pub mod date_added;
pub mod date_changed;
pub mod date_missing;
pub mod direction_changed;
pub mod documents;
pub mod engine;
pub mod event_changed;
pub mod extent_changed;
pub mod false_friend;
pub mod garbled_encoding;
pub mod glossary_form;
pub mod hedge_added;
pub mod hedge_dropped;
mod list_shortened;
pub mod loaded_term;
pub mod meaning_changed;
mod modality_changed;
pub mod name_added;
pub mod name_changed;
pub mod name_missing;
pub mod name_untranslated;
pub mod negation_changed;
pub mod not_a_translation;
pub mod number_added;
pub mod number_changed;
pub mod number_missing;
pub mod party_changed;
pub mod qualifier_changed;
pub mod qualifier_dropped;
pub mod quote_added;
pub mod quote_changed;
pub mod quote_lost;
pub mod repetition;
mod restriction_dropped;
pub mod roles_exchanged;
mod sentence_added;
mod sentence_dropped;
pub mod source_added;
pub mod source_changed;
pub mod source_missing;
pub mod speaker_changed;
pub mod time_relation_changed;
pub mod unit_changed;
pub mod unpaired_file;
pub mod untranslated;
pub mod word_added;
mod word_lost;

use crate::facts::negation::full_negations;
use crate::facts::reading::Reading;
use crate::facts::{self, Context, Fact, FactValue};
use crate::lang::Lang;
use crate::span::Span;
pub use by::{By, Preferred, Shortfall};
use compare::Figures;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;

/// How bad a finding is. What is reported as an error should be one for certain; what is doubtful is a warning, and a
/// matter of style is a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Note,
    Warning,
    Error,
}

/// How sure the rule is that the texts really disagree as it reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    Low,
    Medium,
    High,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        })
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Confidence::Low => "low",
            Confidence::Medium => "medium",
            Confidence::High => "high",
        })
    }
}

/// One place where source and target disagree. Spans are byte ranges of the two texts.
///
/// A [`Report`](crate::report::Report), which has the texts, writes it as JSON, with spans in characters.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// Name of the rule, e.g. `number-changed`.
    pub rule: &'static str,
    pub severity: Severity,
    pub confidence: Confidence,
    /// One sentence that an editor understands, without the rule's name.
    pub message: String,
    /// The place in the source text; `None` where only the target has what is reported, and where a file has no
    /// counterpart.
    pub source: Option<Span>,
    /// The place in the target text; `None` where only the source has what is reported, and where a file has no
    /// counterpart.
    pub target: Option<Span>,
    /// Whether a rule or a model made the finding.
    pub by: By,
}

impl Finding {
    /// The finding of a rule about one place in each text. `message` is given the words at the two
    /// places, first the French ones.
    fn between(
        rule: &'static str,
        (severity, confidence): (Severity, Confidence),
        pair: &Pair<'_>,
        (source, target): (Span, Span),
        message: impl FnOnce(&str, &str) -> String,
    ) -> Finding {
        let message = message(source.of(pair.source.text), target.of(pair.target.text));
        Finding { rule, severity, confidence, message, source: Some(source), target: Some(target), by: By::Rule }
    }
}

/// The finding on one line, as `error number-changed: …`.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.severity, self.rule, self.message)
    }
}

/// One side of a pair: a text and its facts.
#[derive(Debug)]
pub struct Side<'a> {
    pub text: &'a str,
    /// Its tokens, with what the lexicon knows of each word.
    pub reading: Reading<'a>,
    pub facts: Vec<Fact>,
}

impl<'a> Side<'a> {
    /// Reads a text.
    pub fn read(text: &'a str, context: &Context) -> Self {
        let reading = Reading::new(text, context.lang);
        let facts = facts::extract_from(&reading, context);
        Side { text, reading, facts }
    }

    /// Whether the text has a negation anywhere.
    pub fn denies(&self) -> bool {
        self.facts.iter().any(|f| matches!(f.value, FactValue::Negation(_)))
    }

    /// Whether a full negation stands near a place.
    pub(crate) fn denies_near(&self, place: Span) -> bool {
        /// How far a negation may stand from what it denies, in bytes.
        const NEAR: usize = 25;
        full_negations(&self.facts).any(|negation| negation.is_within(NEAR, place))
    }

    /// The words of the fact with this index.
    pub fn fact_text(&self, fact: usize) -> &'a str {
        self.facts[fact].span.of(self.text)
    }
}

/// A source text and its translation, with their facts: what rules compare.
#[derive(Debug)]
pub struct Pair<'a> {
    pub source: Side<'a>,
    pub target: Side<'a>,
    /// The comparisons that several rules need. Each is made once, by the first rule that asks for it.
    pub shared: compare::Shared,
}

impl<'a> Pair<'a> {
    /// Reads a French text and its English translation; `date` is the day of publication, if known.
    pub fn new(source: &'a str, target: &'a str, date: Option<Date>) -> Self {
        Pair {
            source: Side::read(source, &Context { lang: Lang::Fr, date }),
            target: Side::read(target, &Context { lang: Lang::En, date }),
            shared: compare::Shared::default(),
        }
    }

    /// The comparison of quantities, dates and times, made on the first call.
    pub fn figures(&self) -> &Figures {
        self.shared.figures.get_or_init(|| Figures::compare(&self.source, &self.target))
    }

    /// All findings of the rules about pairs of sentences ([`RULES`]), in the order of the rules.
    pub fn check(&self) -> Vec<Finding> {
        let mut out = Vec::new();
        for rule in RULES {
            (rule.check)(self, &mut out);
        }
        out
    }
}

/// A rule about pairs of sentences: its name, its documentation and its function.
pub struct PairRule {
    /// The name as it is written in findings, in the configuration and after `depeche explain`, such as
    /// `number-changed`.
    pub name: &'static str,
    /// The gravest severity of its findings.
    pub severity: Severity,
    /// The text of the rule's file; its leading `//!` lines are the documentation that `depeche explain` prints.
    pub file: &'static str,
    /// Appends the rule's findings to the list.
    pub check: fn(&Pair<'_>, &mut Vec<Finding>),
}

/// Declares a rule in its own file: `rule!("number-changed", "number_changed.rs", check);`, with the gravest severity
/// of its findings after the name where that is not `Error`.
macro_rules! rule {
    ($name:literal, $file:literal, $check:path) => {
        crate::rule!($name, Error, $file, $check);
    };
    ($name:literal, $severity:ident, $file:literal, $check:path) => {
        pub const RULE: crate::checks::PairRule = crate::checks::PairRule {
            name: $name,
            severity: crate::checks::Severity::$severity,
            file: include_str!($file),
            check: $check,
        };
    };
}
pub(crate) use rule;

/// All rules about pairs of sentences, in the order of the documentation.
pub const RULES: &[PairRule] = &[
    number_changed::RULE,
    number_missing::RULE,
    number_added::RULE,
    qualifier_dropped::RULE,
    qualifier_changed::RULE,
    casualty_changed::RULE,
    event_changed::RULE,
    roles_exchanged::RULE,
    party_changed::RULE,
    extent_changed::RULE,
    unit_changed::RULE,
    date_changed::RULE,
    date_missing::RULE,
    date_added::RULE,
    time_relation_changed::RULE,
    direction_changed::RULE,
    source_missing::RULE,
    source_changed::RULE,
    source_added::RULE,
    attribution_dropped::RULE,
    attribution_changed::RULE,
    speaker_changed::RULE,
    quote_lost::RULE,
    quote_changed::RULE,
    quote_added::RULE,
    name_missing::RULE,
    name_changed::RULE,
    name_added::RULE,
    name_untranslated::RULE,
    negation_changed::RULE,
    hedge_dropped::RULE,
    hedge_added::RULE,
    untranslated::RULE,
    not_a_translation::RULE,
    garbled_encoding::RULE,
    repetition::RULE,
    loaded_term::RULE,
    false_friend::RULE,
    modality_changed::RULE,
    restriction_dropped::RULE,
    list_shortened::RULE,
    meaning_changed::RULE,
    word_lost::RULE,
    word_added::RULE,
];

/// A rule about whole documents: it looks at which sentences correspond to each other. The spans of its findings are of
/// the original texts.
pub struct DocumentRule {
    /// As [`PairRule::name`].
    pub name: &'static str,
    /// As [`PairRule::severity`].
    pub severity: Severity,
    /// As [`PairRule::file`].
    pub file: &'static str,
    /// Appends the rule's findings to the list.
    pub check: fn(&documents::Aligned<'_>, &mut Vec<Finding>),
}

/// Declares a [`DocumentRule`] in its own file, as [`rule!`] does a [`PairRule`].
macro_rules! document_rule {
    ($name:literal, $file:literal, $check:path) => {
        pub const RULE: crate::checks::DocumentRule = crate::checks::DocumentRule {
            name: $name,
            severity: crate::checks::Severity::Error,
            file: include_str!($file),
            check: $check,
        };
    };
}
pub(crate) use document_rule;

/// All rules about documents, in the order of the documentation.
pub const DOCUMENT_RULES: &[DocumentRule] = &[sentence_dropped::RULE, sentence_added::RULE];
