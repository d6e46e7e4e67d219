//! Asks the model to correct translations that the rules refuse or that are not whole sentences.
//! All questions go to the model in one batch.

use super::desk::Broken;
use crate::english;
use crate::lexicon::english_hints;
use crate::model::{Generator, Job, ModelError, Search, Stop};
use crate::prompt::Prompt;

/// For each broken translation the model's correction; empty where the model has no room for the question, or its
/// answer cannot be used.
///
/// # Errors
/// When the model fails.
pub fn repaired<G: Generator>(
    broken: &[Broken],
    generator: &mut G,
    prompt: &Prompt,
) -> Result<Vec<String>, ModelError> {
    let notes: Vec<String> = broken.iter().map(notes).collect();
    let questions = broken.iter().zip(&notes).map(|(b, notes)| {
        let variables = vec![("sentence", b.french.as_str()), ("draft", b.english.as_str()), ("notes", notes.as_str())];
        Question { variables, french: &b.french, draft: &b.english }
    });
    ask(questions, generator, prompt)
}

/// What the prompt says about a broken translation: why it is refused, and the English forms of the names that the
/// lexicon knows.
fn notes(broken: &Broken) -> String {
    let mut lines = vec![format!("- {}", broken.reason)];
    lines.extend(english_hints(&broken.french).iter().map(|h| format!("- « {} » is “{}”", h.french, h.english)));
    lines.join("\n")
}

/// What the model is asked about one broken translation.
struct Question<'q> {
    /// Names and values for the prompt.
    variables: Vec<(&'q str, &'q str)>,
    french: &'q str,
    /// The broken translation. The search is faster for knowing it, since the answer will repeat most of it.
    draft: &'q str,
}

/// The answers to all questions; empty where the model has no room for a question, or its answer cannot be used.
fn ask<'q, G: Generator>(
    questions: impl Iterator<Item = Question<'q>>,
    generator: &mut G,
    prompt: &Prompt,
) -> Result<Vec<String>, ModelError> {
    let (mut jobs, mut owners, mut count) = (Vec::new(), Vec::new(), 0);
    for (i, Question { variables, french, draft }) in questions.enumerate() {
        count = i + 1;
        let max_tokens = generator.count_tokens(french) + 32;
        let job = Job { search: Search::GreedyNear(draft.into()), ..prompt.job(&variables, max_tokens)? };
        let length = generator.count_prompt(&job.messages);
        // If question and answer do not fit into the model's context, the model is not asked.
        if length + max_tokens <= generator.context_length() {
            jobs.push(job);
            owners.push((i, french));
        }
    }
    let mut answers = vec![String::new(); count];
    if jobs.is_empty() {
        return Ok(answers);
    }
    let done = generator.generate(&jobs, &mut |_, _| true)?;
    for ((i, text), completion) in owners.into_iter().zip(done) {
        // An answer that was cut off at `max_tokens` is not used, nor one of several lines, which has more than was
        // asked for.
        let answer = completion.text.trim();
        if completion.stop == Stop::End && !answer.contains('\n') {
            answers[i] = english::edited(answer, text);
        }
    }
    Ok(answers)
}
