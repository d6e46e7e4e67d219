//! The neutral summary: a plan of what must be told, and sentences of the checked translation that tell it, each held
//! against its own French sentence.
//!
//! The plan comes mostly from the French facts and the tables (`plan`, `toll`). A sentence stands as it was translated,
//! or without its asides (`joints`). The model is not asked to shorten sentences, since, when it was asked to, it cut
//! lists of the dead and lost dates and places. It only corrects translations that the rules refuse
//! or that are not whole sentences, and rates how likely French sentences are given their English.
//! So every sentence of a summary can be traced to a sentence of the article, or to figures of the
//! article where a toll was composed from these.

pub mod antecedents;
mod days;
pub mod desk;
pub mod grammar;
pub mod headline;
pub mod joints;
pub mod material;
pub mod names;
mod plan;
mod record;
pub mod repair;
pub mod select;
pub mod statement;
pub mod support;
#[cfg(test)]
mod tests;
pub mod toll;
pub mod vet;
pub mod wording;

use crate::checks::engine::Settings as CheckSettings;
use crate::dispatch::{PromptRecord, SummaryRecord, SummarySettings, SummaryStyle};
use crate::facts::en::signals::signals;
use crate::facts::reading::Reading;
use crate::lang::Lang;
use crate::model::{Generator, ModelError};
use crate::prompt::Prompt;
use crate::translate::likelihood::{self, likelihoods};
use material::Material;
use wording::Wording;

/// The prompts of a summary.
pub struct Prompts {
    /// Puts a translation right that cannot stand in a summary. Variables: `sentence`, `draft`, `notes`.
    pub repair: Prompt,
    /// Translates English back. Variable: `sentence`.
    pub reverse: Prompt,
}

impl Prompts {
    /// The project's own prompts.
    pub fn standard() -> Self {
        // A test parses every prompt of the project.
        let parse = |text| Prompt::parse(text).expect("a prompt of the project");
        Prompts { repair: parse(include_str!("../../prompts/summary-repair.md")), reverse: parse(likelihood::REVERSE) }
    }

    /// The records of these prompts that go into a dispatch.
    pub fn records(&self) -> [PromptRecord; 2] {
        [self.repair.record(), self.reverse.record()]
    }
}

/// How many sentences a summary has at most, except in the style `brief`, which has two at most.
pub const MAX_SENTENCES: usize = 7;

/// What the user wants of a summary.
#[derive(Debug, Clone)]
pub struct Options {
    pub style: SummaryStyle,
    /// The largest number of words. `None` stands for what [`limit`] gives, and at most 60 in the
    /// style `brief`.
    pub length: Option<usize>,
    /// The words that the summary avoids.
    pub wording: Wording,
}

impl Default for Options {
    fn default() -> Self {
        Options { style: SummaryStyle::default(), length: None, wording: Wording::with(&[]) }
    }
}

impl Options {
    /// The options that a dispatch records.
    pub fn of(settings: &SummarySettings) -> Self {
        Options { style: settings.style, length: settings.length, wording: Wording::with(&settings.loaded_words) }
    }

    /// How many words the summary of an article of `words` words may have.
    fn limit(&self, words: usize) -> usize {
        let limit = self.length.unwrap_or_else(|| limit(words));
        if self.style == SummaryStyle::Brief && self.length.is_none() { limit.min(60) } else { limit }
    }

    /// How many sentences the summary may have.
    fn sentences(&self) -> usize {
        if self.style == SummaryStyle::Brief { 2 } else { MAX_SENTENCES }
    }
}

/// How many words the summary of an article of `words` words may have unless the user says otherwise: a quarter as
/// many, but at least 120, since a lead, a toll, both sides of a contested claim and whatever else is weighty take that
/// many in whole sentences. Of a short article it is no more than half, but at least 100 words.
pub fn limit(words: usize) -> usize {
    let least = (words / 2).clamp(100, 120);
    (words / 4).max(least)
}

/// Writes the summary of an article. The model rates the translations of the best sentences and
/// corrects those that cannot stand; rules do the rest. `checks` are the user's settings for the
/// rules.
///
/// # Errors
/// When the model fails.
pub fn summarize<G: Generator>(
    material: &Material<'_>,
    generator: &mut G,
    prompts: &Prompts,
    options: &Options,
    checks: &CheckSettings,
) -> Result<SummaryRecord, ModelError> {
    let statements: Vec<_> = material.lines.iter().map(|l| statement::of(l, material)).collect();
    let scores = select::scores(material, &statements);
    let mut desk = desk::Desk::new(material, statements, scores, options, checks);
    let weighed = desk.to_weigh();
    let weights = likelihoods(generator, &prompts.reverse, &desk.pairs(&weighed), &mut || true)?;
    let weights: Vec<Option<f32>> = weights.into_iter().map(|w| Some(w?.mean)).collect();
    desk.take_weights(&weighed, &weights);
    let broken = desk.to_repair();
    let answers = repair::repaired(&broken, generator, &prompts.repair)?;
    desk.take_repairs(&broken, &answers);
    Ok(desk.compose())
}

/// Whether an English sentence has any sign that it reports what somebody else says.
pub(crate) fn reports_speech(sentence: &str) -> bool {
    signals(&Reading::new(sentence, Lang::En)) > 0
}

/// How many words a text has: stretches between white space with at least one letter or digit.
pub(crate) fn count_words(text: &str) -> usize {
    text.split_whitespace().filter(|w| w.contains(char::is_alphanumeric)).count()
}
