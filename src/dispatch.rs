//! The dispatch: everything that depeche found out about one article, as one value that can be printed as JSON.
//!
//! Spans are 0-based, half-open, in Unicode scalar values: a sentence's `source` is a span of the article as given,
//! facts and findings have spans of the cleaned sentence (`cleaned`) or of its translation (`target`).

mod checks;
mod facts;
mod summary;

pub use crate::tables::rows::*;
pub use checks::*;
#[cfg(feature = "model")]
pub(crate) use facts::read;
pub use facts::tables_of;
pub use summary::*;

use crate::article::BlockKind;
use crate::checks::{Confidence, Severity};
use crate::span::CharSpan;
use crate::tables::Tables;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Version of the JSON form. It grows when a field changes its meaning or is removed, but not when
/// one is added.
pub const SCHEMA_VERSION: u32 = 1;

/// A prompt that was used, as a dispatch records it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct PromptRecord {
    pub id: String,
    pub version: u32,
}

/// One article, translated, summarised and checked.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Dispatch {
    pub schema_version: u32,
    /// Hash of everything that decides what this dispatch says: source, settings, model, prompts, version.
    pub fingerprint: String,
    pub tool: ToolRecord,
    pub source: SourceRecord,
    pub model: ModelRecord,
    pub prompts: Vec<PromptRecord>,
    pub settings: SettingsRecord,
    /// The English headline, where the article has one.
    pub title: Option<String>,
    pub blocks: Vec<BlockRecord>,
    pub summary: Option<SummaryRecord>,
    #[serde(flatten)]
    pub tables: Tables,
    pub findings: Vec<FindingRecord>,
    /// Sentences that an editor must look at, and why: they have an error, or their translation is cut off or empty.
    pub needs_review: Vec<Review>,
    /// Photo and agency credits, which are not translated.
    pub credits: Vec<CharSpan>,
    pub removed: Vec<RemovedRecord>,
    pub timings: Timings,
}

/// The program that made the dispatch.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct ToolRecord {
    pub name: String,
    pub version: String,
}

/// The French article.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct SourceRecord {
    pub file: String,
    /// The article's own identifier, for JSON lines.
    pub id: Option<Value>,
    pub sha256: String,
    pub encoding: String,
    pub title: Option<String>,
    /// Day of publication, ISO 8601, as given or found in the text.
    pub date: Option<String>,
    /// Words of the cleaned article.
    pub words: usize,
}

/// The model that translated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ModelRecord {
    pub id: String,
    pub sha256: String,
    pub architecture: String,
    /// `cpu`, `cuda` or `metal`.
    pub device: String,
    /// The adapter (LoRA) with which the model translated, if there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adapter: Option<AdapterRecord>,
}

/// An adapter (LoRA) that was added to a model's weights.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AdapterRecord {
    /// Name of its file.
    pub id: String,
    pub sha256: String,
}

/// How translations are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Decoding {
    /// The likeliest token at each step: the fastest way, and the rules only report.
    Greedy,
    /// Sentences in which the rules find something are translated in several ways, and the rules choose among them.
    #[default]
    Steered,
}

impl Decoding {
    /// The name that stands for it in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Decoding::Greedy => "greedy",
            Decoding::Steered => "steered",
        }
    }
}

/// What the user or the defaults decided, as far as it changes what is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SettingsRecord {
    /// Seed for random choices. At present there are none.
    pub seed: u64,
    pub decoding: Decoding,
    /// How many sequences were decoded together: it decides in which order floats are added, and so how they are
    /// rounded.
    pub batch: usize,
    /// Tokens that the model's context holds.
    pub context: usize,
    pub keep_boilerplate: bool,
    pub date: Option<String>,
    pub summary: bool,
    /// How the summary was asked to be; absent where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summarize: Option<SummarySettings>,
    /// Settings of the checks in `depeche.toml`; absent where it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checks: Option<ChecksRecord>,
}

/// A headline, a heading, a paragraph …
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct BlockRecord {
    pub kind: BlockKind,
    pub sentences: Vec<SentenceRecord>,
}

/// A sentence and its translation.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct SentenceRecord {
    /// Counted from 1 through the whole article, the headline included.
    pub number: usize,
    /// Where the sentence stands in the article as given, and its text there.
    pub source: CharSpan,
    /// The sentence as it was translated: typography mended, spaces single.
    pub cleaned: String,
    pub target: String,
    /// Mean log probability that the model gave its tokens.
    pub mean_log_prob: f32,
    /// Estimated probability that the translation misleads by a word that no rule sees: from 0 to 1, by how sure the
    /// model was of its tokens.
    #[serde(default)]
    pub doubt: f32,
    /// How doubtful each word of the translation is; words that the program put right are left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<WordDoubt>,
    /// In how many parts the sentence was translated: more than one where it was too long for the model.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub parts: usize,
    /// The model ran into the length limit: the end may be missing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub cut_off: bool,
    pub source_facts: Vec<Value>,
    pub target_facts: Vec<Value>,
}

/// How doubtful a word of a translation is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WordDoubt {
    /// Where the word stands in `target`, in characters.
    pub start: usize,
    pub end: usize,
    /// From 0 to 1: how many of the words of which the model was as sure are other words in an independent translation.
    pub doubt: f32,
}

/// A reader is told to compare a sentence with the French if its doubt ([`SentenceRecord::doubt`])
/// is this or more. How many sentences this marks, and how many wrong ones among them, is told in
/// `translate::doubt`.
pub const UNSURE: f32 = 0.16;

impl SentenceRecord {
    /// Whether the model was so unsure of the translation that a reader should compare it with the French.
    pub fn is_unsure(&self) -> bool {
        self.doubt >= UNSURE
    }
}

/// Default of [`SentenceRecord::parts`].
fn one() -> usize {
    1
}

fn is_one(n: &usize) -> bool {
    *n == 1
}

/// What a rule found in a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FindingRecord {
    /// Number of the sentence.
    pub sentence: usize,
    pub rule: String,
    pub severity: Severity,
    pub confidence: Confidence,
    pub message: String,
    /// Span of the cleaned sentence.
    pub source: Option<CharSpan>,
    /// Span of the translation.
    pub target: Option<CharSpan>,
}

/// Why an editor must look at a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Review {
    /// Number of the sentence.
    pub sentence: usize,
    pub reasons: Vec<String>,
}

/// A part of the article that was taken out before translating, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RemovedRecord {
    pub reason: String,
    #[serde(flatten)]
    pub source: CharSpan,
}

/// Seconds. The only part of a dispatch that differs between two runs of the same input.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Timings {
    pub translate: f64,
    pub summarize: f64,
    pub check: f64,
    pub total: f64,
    /// Tokens generated for the translation.
    pub tokens: usize,
}

impl Dispatch {
    /// All sentences in the order of the article, those of the headline included.
    pub fn sentences(&self) -> impl Iterator<Item = &SentenceRecord> {
        self.blocks.iter().flat_map(|b| &b.sentences)
    }

    /// The number of findings of at least this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|f| f.severity >= severity).count()
    }

    /// The JSON Schema of a dispatch.
    pub fn schema() -> Value {
        schemars::schema_for!(Dispatch).to_value()
    }
}
