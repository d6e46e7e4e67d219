//! Asks the model for shorter sentences, all in one batch.

use crate::model::{Generator, Job, ModelError, Stop};
use crate::prompt::Prompt;
use crate::translate::typography;

/// A shorter form of each sentence, in their order; empty where the model gave none.
///
/// # Errors
/// What the model fails with.
pub fn ask<G: Generator>(
    sentences: &[(usize, String)],
    generator: &mut G,
    prompt: &Prompt,
) -> Result<Vec<String>, ModelError> {
    let mut answers = vec![String::new(); sentences.len()];
    let (mut jobs, mut owners) = (Vec::new(), Vec::new());
    for (i, (_, sentence)) in sentences.iter().enumerate() {
        let messages = prompt.messages(&[("sentence", sentence)]).map_err(|e| ModelError::Template(e.to_string()))?;
        let max_tokens = generator.count_tokens(sentence) + 16;
        let length: usize = messages.iter().map(|m| generator.count_tokens(&m.content) + 8).sum();
        // A sentence longer than the model's context stays as it is.
        if length + max_tokens <= generator.context_length() {
            jobs.push(Job::new(messages, max_tokens));
            owners.push(i);
        }
    }
    let done = generator.generate(&jobs, &mut |_, _| true)?;
    for (i, completion) in owners.into_iter().zip(done) {
        if completion.stop == Stop::End {
            answers[i] = typography::english(completion.text.trim(), "«» .");
        }
    }
    Ok(answers)
}
