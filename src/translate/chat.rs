//! Translation by a chat model, one sentence a chat.

use super::phrasing::for_model;
use super::word_doubt::written;
use super::{SentenceTask, Translation, Translator, split};
use crate::dispatch::PromptRecord;
use crate::english;
use crate::model::{Completion, Generator, Job, ModelError, Stop};
use crate::prompt::Prompt;

/// The prompt that translates with a model's own weights.
pub const PROMPT: &str = include_str!("../../prompts/translate.md");

/// The prompt that translates with an adapter, which has learned what [`PROMPT`] explains.
pub const ADAPTED_PROMPT: &str = include_str!("../../prompts/translate-adapter.md");

/// The prompt that translates with an adapter which has learned to use the sentence before as well. Where there is no
/// such sentence, the prompt makes the same chat as [`ADAPTED_PROMPT`].
pub const CONTEXT_PROMPT: &str = include_str!("../../prompts/translate-adapter-context.md");

/// How many tokens a translation may have for each token of the French, [`TOKENS_MARGIN`] not
/// counted. English and French of the same sentence mostly differ by less than a third in length.
/// So a limit of twice the tokens leaves room for any faithful translation, and soon ends one that
/// only repeats itself.
const TOKENS_PER_TOKEN: usize = 2;
/// How many tokens a translation may have in addition, which matters for very short sentences.
const TOKENS_MARGIN: usize = 32;

/// A [`Translator`] over a [`Generator`], which takes the likeliest token at each step. Where the model was unsure,
/// [`super::steer`] looks for a text that is likelier as a whole.
pub struct ChatTranslator<'a, G> {
    generator: &'a mut G,
    prompt: &'a Prompt,
}

impl<'a, G: Generator> ChatTranslator<'a, G> {
    /// A translator that asks `generator` with `prompt`, whose variables are `sentence` and
    /// `before`.
    pub fn new(generator: &'a mut G, prompt: &'a Prompt) -> Self {
        ChatTranslator { generator, prompt }
    }

    /// The job that translates a sentence, or a part of one; `before` is the sentence before it.
    fn job(&self, text: &str, before: Option<&str>) -> Result<Job, ModelError> {
        let max_tokens = self.generator.count_tokens(text) * TOKENS_PER_TOKEN + TOKENS_MARGIN;
        self.prompt.job(&[("sentence", &for_model(text)), ("before", &for_model(before.unwrap_or("")))], max_tokens)
    }

    /// How many tokens a sentence may have to fit into the context together with the prompt and its translation.
    fn room(&self) -> Result<usize, ModelError> {
        let empty = self.job("", None)?;
        let prompt = self.generator.count_prompt(&empty.messages);
        let left = self.generator.context_length().saturating_sub(prompt + TOKENS_MARGIN);
        Ok((left / (1 + TOKENS_PER_TOKEN)).max(1))
    }
}

impl<G: Generator> Translator for ChatTranslator<'_, G> {
    fn translate(
        &mut self,
        units: &[SentenceTask],
        progress: &mut dyn FnMut(usize) -> bool,
    ) -> Result<Vec<Translation>, ModelError> {
        let room = self.room()?;
        // A sentence too long for the model becomes several jobs; `owner` is the index of each job's sentence.
        let mut jobs = Vec::new();
        let mut owner = Vec::new();
        for (i, unit) in units.iter().enumerate() {
            for part in split::split(&unit.text, room, &|t| self.generator.count_tokens(t)) {
                // A long sentence before is left out, since it would take the room of the part
                // itself.
                let before = unit.before.as_deref().filter(|b| self.generator.count_tokens(b) < room / 2);
                jobs.push(self.job(part, before)?);
                owner.push(i);
            }
        }
        // How many jobs of each sentence are not finished yet.
        let mut left = vec![0usize; units.len()];
        owner.iter().for_each(|&i| left[i] += 1);
        let done = self.generator.generate(&jobs, &mut |job, _| {
            let unit = owner[job];
            left[unit] -= 1;
            left[unit] > 0 || progress(unit)
        })?;
        let mut parts: Vec<Vec<Completion>> = vec![Vec::new(); units.len()];
        for (completion, unit) in done.into_iter().zip(owner) {
            parts[unit].push(completion);
        }
        Ok(units.iter().zip(parts).map(|(unit, parts)| assemble(unit, &parts)).collect())
    }

    fn prompt(&self) -> Option<PromptRecord> {
        Some(self.prompt.record())
    }
}

/// The translation of a sentence from the model's answers for its parts.
fn assemble(unit: &SentenceTask, parts: &[Completion]) -> Translation {
    let joined = parts.iter().map(|p| p.text.trim()).collect::<Vec<_>>().join(" ");
    let cut = parts.iter().any(|p| p.stop == Stop::Length);
    let text = english::edited(&joined, &unit.text);
    Translation {
        text,
        mean_log_prob: parts.iter().map(|p| p.mean_log_prob).fold(0., f32::min),
        stop: if cut { Stop::Length } else { Stop::End },
        parts: parts.len(),
        tokens: parts.iter().map(|p| p.tokens).sum(),
        words: parts.iter().flat_map(|p| written(&p.text, &p.token_ends, &p.token_log_probs)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::scripted::Scripted;

    #[test]
    fn a_sentence_longer_than_the_context_is_split_and_nothing_is_lost() {
        let words: Vec<String> = (0..2000).map(|i| format!("mot{i}{}", if i % 20 == 19 { "," } else { "" })).collect();
        let mut model = Scripted::new(|job| job.messages.last().unwrap().content.clone()).with_context(1000);
        let prompt = Prompt::parse(PROMPT).unwrap();
        let mut translator = ChatTranslator::new(&mut model, &prompt);
        let done = translator.translate(&[SentenceTask::alone(&words.join(" "))], &mut |_| true).unwrap();
        assert!(done[0].parts > 5);
        for word in &words {
            assert!(done[0].text.contains(word.trim_end_matches(',')), "{word} is missing");
        }
    }

    #[test]
    fn progress_counts_sentences_and_can_stop_the_work() {
        let mut model = Scripted::new(|_| "Text.".to_string());
        let prompt = Prompt::parse(PROMPT).unwrap();
        let mut translator = ChatTranslator::new(&mut model, &prompt);
        let mut seen = Vec::new();
        let stopped = translator.translate(&["Un.", "Deux.", "Trois."].map(SentenceTask::alone), &mut |i| {
            seen.push(i);
            i < 1
        });
        assert!(matches!(stopped, Err(ModelError::Cancelled)));
        assert_eq!(seen, [0, 1]);
    }
}
