//! The neutral summary: sentences of the checked translation, shortened by the chat model or by rule, each held against
//! its own French sentence.
//!
//! The model only shortens. Which sentences a summary is made of, what each of them may say and in which words is decided
//! by rules, so that every sentence of a summary can be traced to one of the article.

pub mod compose;
pub mod fidelity;
pub mod headline;
pub mod material;
pub mod names;
pub mod select;
pub mod shorten;
pub mod statement;
pub mod support;
#[cfg(test)]
mod tests;
pub mod trim;
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
    /// Shortens a sentence. Variable: `sentence`.
    pub shorten: Prompt,
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
        Prompts {
            shorten: parse(include_str!("../../prompts/summary-shorten.md")),
            repair: parse(include_str!("../../prompts/summary-repair.md")),
            reverse: parse(likelihood::REVERSE),
        }
    }

    /// For the record of a dispatch.
    pub fn records(&self) -> [PromptRecord; 3] {
        [self.repair.record(), self.shorten.record(), self.reverse.record()]
    }
}

/// A summary has at most so many sentences.
pub const MAX_SENTENCES: usize = 6;

/// What the user wants of a summary.
#[derive(Debug, Clone)]
pub struct Options {
    pub style: SummaryStyle,
    /// Words that it may have, instead of [`limit`].
    pub length: Option<usize>,
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

    fn limit(&self, words: usize) -> usize {
        let limit = self.length.unwrap_or_else(|| limit(words));
        if self.style == SummaryStyle::Brief && self.length.is_none() { limit.min(60) } else { limit }
    }

    fn sentences(&self) -> usize {
        if self.style == SummaryStyle::Brief { 2 } else { MAX_SENTENCES }
    }
}

/// Words that the summary of an article of `words` words may have: a quarter of them, or 60.
pub fn limit(words: usize) -> usize {
    (words / 4).max(60)
}

/// Writes the summary.
///
/// # Errors
/// What the model fails with.
pub fn summarize<G: Generator>(
    material: &Material<'_>,
    generator: &mut G,
    prompts: &Prompts,
    options: &Options,
    checks: &CheckSettings,
) -> Result<SummaryRecord, ModelError> {
    let statements: Vec<_> = material.lines.iter().map(|l| statement::of(l, material)).collect();
    let scores = select::scores(material, &statements);
    let mut desk = compose::Desk::new(material, statements, scores, options, checks);
    let weighed = desk.to_weigh();
    let weights = likelihoods(generator, &prompts.reverse, &desk.pairs(&weighed), &mut || true)?;
    let weights: Vec<Option<f32>> = weights.into_iter().map(|w| Some(w?.mean)).collect();
    desk.take_weights(&weighed, &weights);
    let broken = desk.to_repair();
    let answers = shorten::repaired(&broken, generator, &prompts.repair)?;
    desk.take_repairs(&broken, &answers);
    let asked = desk.to_shorten();
    let answers = shorten::shorter(&asked, generator, &prompts.shorten)?;
    desk.take_answers(&asked, &answers);
    Ok(desk.compose())
}

/// Whether an English sentence has any sign that somebody else says what it says.
pub(crate) fn sources_in(sentence: &str) -> bool {
    signals(&Reading::new(sentence, Lang::En)) > 0
}

pub(crate) fn count_words(text: &str) -> usize {
    text.split_whitespace().filter(|w| w.contains(char::is_alphanumeric)).count()
}
