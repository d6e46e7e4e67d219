//! The summary's part of a dispatch.

use super::ModelRecord;
use crate::lexicon::neutral::LoadedWord;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a summary came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SummaryKind {
    /// The model put every sentence right, and the rules passed it; or, in older dispatches, shortened it.
    Written,
    /// Some sentences are the model's or composed from figures, some stand as in the translation.
    Mixed,
    /// Sentences of the translation, whole or without their asides.
    Extractive,
}

/// What a summary looks like.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
#[serde(rename_all = "lowercase")]
pub enum SummaryStyle {
    /// A headline and up to six sentences of running text
    #[default]
    Wire,
    /// A headline and one or two sentences, 60 words unless a length is given
    Brief,
    /// A headline and up to six points
    Bullets,
}

/// Where a sentence of a summary comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// The model put the translation right; in older dispatches it shortened it, too.
    Written,
    /// Rules left out asides.
    Trimmed,
    /// Rules wrote it from the figures of the French.
    Composed,
    /// It stands as in the translation, but for neutral words and names in place of pronouns.
    Translation,
}

/// A summary of the article.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct SummaryRecord {
    pub kind: SummaryKind,
    #[serde(default)]
    pub style: SummaryStyle,
    #[serde(default)]
    pub headline: Option<String>,
    /// The sentences as one text, without the headline.
    pub text: String,
    #[serde(default)]
    pub sentences: Vec<SummarySentence>,
    /// Words that it may have, the headline not counted.
    pub limit: usize,
    /// What the summary should tell, and where it does.
    #[serde(default)]
    pub plan: Vec<Planned>,
    /// What was left out because the rules did not pass it.
    pub rejected: Vec<Rejected>,
}

/// What a summary should tell, in the order in which it is planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Slot {
    /// What happened, where and when.
    Lead,
    /// How many were killed, wounded, arrested …, by the newest figures.
    Toll,
    /// What two sources tell in ways that exclude each other.
    Contested,
    /// Who says that they did it, or is said to have.
    Responsibility,
    /// What became of those who did it: shot, arrested, on the run.
    Perpetrators,
    /// What else matters.
    Report,
}

/// An item of the plan: told in a sentence of the summary, or left out for a reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Planned {
    pub slot: Slot,
    /// In a few words: the figures of a toll, the two sources of what is contested.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub what: Option<String>,
    /// Numbers of the article's sentences that tell it.
    pub sentences: Vec<usize>,
    /// Places of the summary's sentences that tell it, from 1; empty where it is left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub told: Vec<usize>,
    /// Why it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// One sentence of a summary, and what it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SummarySentence {
    pub text: String,
    pub origin: Origin,
    /// Numbers of the article's sentences that say it.
    pub sentences: Vec<usize>,
    /// The rules found errors in the translation of one of them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub needs_review: bool,
}

/// A text that the rules did not pass.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Rejected {
    pub text: String,
    pub reason: String,
}

/// What the user wants of a summary.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SummarySettings {
    pub style: SummaryStyle,
    /// Words that it may have; by the article's length when not given.
    pub length: Option<usize>,
    /// The user's own rows of loaded words.
    #[serde(default)]
    pub loaded_words: Vec<LoadedWord>,
    /// The model that summarised, where it is not the one that translated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<ModelRecord>,
}
