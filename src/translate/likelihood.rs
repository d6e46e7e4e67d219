//! The probability that the model assigns to a source sentence given its translation, or to a translation given its
//! source sentence.
//!
//! The likelihood of the French given the English reveals errors that the likelihood of the English given the French
//! does not: a model may be sure of a wrong English word, but it would hardly translate that word back to the French
//! one. On 61 summary sentences that a reader compared with the French, this reverse likelihood separated wrong
//! sentences from right ones far better than the forward likelihood did (area under the ROC curve 0.82 against 0.65).
//! This is the noisy channel of Yee, Dauphin & Auli, "Simple and Effective Noisy Channel Modeling for Neural Machine
//! Translation", EMNLP 2019.

use crate::model::{Generator, Job, ModelError, Search};
use crate::prompt::Prompt;

/// The text of the built-in prompt file for translating English back into French. Variable: `sentence`.
pub const REVERSE: &str = include_str!("../../prompts/reverse.md");

/// One question to the model: the sentence to put into the prompt, and the answer whose likelihood is wanted.
#[derive(Debug, Clone, Copy)]
pub struct Pair<'a> {
    pub sentence: &'a str,
    /// The sentence that precedes `sentence` in the text, for a prompt with the variable `before`; empty for none.
    pub before: &'a str,
    pub answer: &'a str,
    /// Whether to return rivals as well: variants of the answer with other words in one place, where the model finds
    /// those words far likelier; see [`Search::Rivals`].
    pub rivals: bool,
}

impl<'a> Pair<'a> {
    /// A pair with no preceding sentence, and without asking for rivals.
    pub fn alone(sentence: &'a str, answer: &'a str) -> Self {
        Pair { sentence, before: "", answer, rivals: false }
    }
}

/// How likely an answer is, as log probabilities (natural logarithm) of its tokens.
#[derive(Debug, Clone, PartialEq)]
pub struct Likelihood {
    /// The mean over all of [`Self::tokens`], the end token included.
    pub mean: f32,
    /// For each token its log probability; the last token is the one that ends the answer.
    pub tokens: Vec<f32>,
    /// The byte offset in the answer at which each token ends. There is one entry fewer than in `tokens`, because the
    /// end token has no text.
    pub ends: Vec<usize>,
    /// The rivals, if they were asked for: the full text of each, and its total log probability (the sum over its
    /// tokens). They are in no particular order.
    pub rivals: Vec<(String, f32)>,
}

impl Likelihood {
    /// The log probability of the whole answer.
    pub fn sum(&self) -> f32 {
        self.tokens.iter().sum()
    }

    /// The largest drop in log probability (natural logarithm) of any single token, compared with `baseline`; 0 if no
    /// token has dropped. `baseline` must be the likelihood of the same answer given another sentence.
    ///
    /// Two translations may make the French equally likely as a whole although one of them omits a word. The token of
    /// that word then shows a large drop.
    pub fn greatest_loss(&self, baseline: &Likelihood) -> f32 {
        self.tokens.iter().zip(&baseline.tokens).map(|(now, then)| then - now).fold(0., f32::max)
    }
}

/// How likely each answer is, in the pairs' order; `None` where a pair is too long for the model.
///
/// # Errors
/// If the prompt uses a variable other than `sentence` and `before`, if the model fails, or with
/// [`ModelError::Cancelled`] after `go_on` has returned false.
pub fn likelihoods<G: Generator>(
    generator: &mut G,
    prompt: &Prompt,
    pairs: &[Pair<'_>],
    go_on: &mut dyn FnMut() -> bool,
) -> Result<Vec<Option<Likelihood>>, ModelError> {
    let mut jobs = Vec::new();
    let mut owners = Vec::new();
    for (i, pair) in pairs.iter().enumerate() {
        let tokens = generator.count_tokens(pair.answer) + 1;
        let job = prompt.job(&[("sentence", pair.sentence), ("before", pair.before)], tokens)?;
        if generator.count_prompt(&job.messages) + tokens <= generator.context_length() {
            let search = if pair.rivals { Search::Rivals } else { Search::Given };
            jobs.push(Job { search: search(pair.answer.to_string()), ..job });
            owners.push(i);
        }
    }
    let mut out = vec![None; pairs.len()];
    if !jobs.is_empty() {
        let answers = generator.generate(&jobs, &mut |_, _| go_on())?;
        for (i, answer) in owners.into_iter().zip(answers) {
            out[i] = Some(Likelihood {
                mean: answer.mean_log_prob,
                tokens: answer.token_log_probs,
                ends: answer.token_ends,
                rivals: answer.others.into_iter().map(|o| (o.text, o.token_log_probs.iter().sum())).collect(),
            });
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::Likelihood;

    #[test]
    fn greatest_loss_ignores_tokens_that_became_likelier() {
        let of =
            |tokens: &[f32]| Likelihood { mean: 0., tokens: tokens.to_vec(), ends: Vec::new(), rivals: Vec::new() };
        assert_eq!(of(&[-0.5, -6., -0.1]).greatest_loss(&of(&[-4., -1., -4.])), 5.);
        assert_eq!(of(&[-0.5, -1.]).greatest_loss(&of(&[-4., -1.])), 0.);
    }
}
