//! How likely given answers to one prompt are.
//!
//! The prompt is read once for all answers, and so is what answers begin with alike: where an answer goes on otherwise
//! than an earlier one, it branches off in a sequence of its own. The answers are read one after the other.

use super::{Prediction, scored};
use crate::model::decoder::{Decoder, SequenceId};
use crate::model::kernels::attention::BLOCK;
use crate::model::tokenizer::Vocabulary;
use crate::model::{Completion, ModelError, Stop};

/// Several answers, the first of which begins right after the prompt.
pub struct Given {
    answers: Vec<Answer>,
    /// Index of the answer that is being read.
    current: usize,
}

struct Answer {
    tokens: Vec<u32>,
    /// The earlier answer with which this one begins alike for longest, and how many tokens the two share; `None` for the
    /// first answer.
    branch: Option<(usize, usize)>,
    /// The sequence that holds the prompt and the tokens read. Before the answer branches off, an empty sequence that
    /// only reserves memory; `None` once the answer is read.
    id: Option<SequenceId>,
    /// The log probabilities of the tokens that were predicted so far, and at last that of the answer's end.
    log_probs: Vec<f32>,
}

impl Answer {
    /// How many tokens of the answer its sequence has read: the prediction after these tokens is the last one known.
    fn read(&self) -> usize {
        self.log_probs.len().saturating_sub(1)
    }

    fn is_complete(&self) -> bool {
        self.log_probs.len() > self.tokens.len()
    }

    /// What a prediction says of the answer's token number `at`, or of its end.
    fn log_prob(&self, at: usize, row: &Prediction<'_>, vocabulary: &Vocabulary) -> f32 {
        self.tokens.get(at).map_or_else(|| row.end(vocabulary), |&token| row.log_prob(token))
    }
}

/// How many tokens two answers begin with alike.
fn shared(a: &[u32], b: &[u32]) -> usize {
    a.iter().zip(b).take_while(|(a, b)| a == b).count()
}

impl Given {
    /// Answers to the prompt in the sequence `id`; there must be at least one.
    ///
    /// # Errors
    /// When there is no memory for a sequence of each answer.
    pub fn new(id: SequenceId, answers: Vec<Vec<u32>>, decoder: &mut dyn Decoder) -> Result<Given, ModelError> {
        let mut all: Vec<Answer> = Vec::with_capacity(answers.len());
        for tokens in answers {
            let earlier = all.iter().map(|a| shared(&a.tokens, &tokens)).enumerate();
            // Of earlier answers that share as much, the first counts: the others branch off from it themselves.
            let branch = earlier.reduce(|best, next| if next.1 > best.1 { next } else { best });
            let id = match branch {
                None => id,
                Some(_) => decoder.open(None, tokens.len() + BLOCK)?,
            };
            all.push(Answer { tokens, branch, id: Some(id), log_probs: Vec::new() });
        }
        Ok(Given { answers: all, current: 0 })
    }

    /// The sequence to be read in the next step, and its next tokens, at most `most` of them but at least one. They end
    /// where another answer branches off.
    ///
    /// # Panics
    /// When all answers are read.
    pub fn next(&self, most: usize) -> (SequenceId, &[u32]) {
        let answer = &self.answers[self.current];
        let read = answer.read();
        let branches = self.answers.iter().filter_map(|a| a.branch).filter(|(from, _)| *from == self.current);
        let end = branches.map(|(_, at)| at).filter(|&at| at > read).min().unwrap_or(answer.tokens.len());
        let id = answer.id.expect("an answer that is not read to its end");
        (id, &answer.tokens[read..end.min(read + most.max(1))])
    }

    /// Takes in the predictions after the tokens of the last step (in the first call, after the prompt). Returns the
    /// first answer, with the others in it in the order in which they were given, once all are read.
    ///
    /// # Errors
    /// When memory runs out or the tokens are not text.
    pub fn take(
        &mut self,
        rows: &[Prediction<'_>],
        vocabulary: &Vocabulary,
        decoder: &mut dyn Decoder,
    ) -> Result<Option<Completion>, ModelError> {
        for row in rows {
            let at = self.answers[self.current].log_probs.len();
            for other in self.current + 1..self.answers.len() {
                if self.answers[other].branch == Some((self.current, at)) {
                    self.branch_off(other, at, row, vocabulary, decoder)?;
                }
            }
            let answer = &mut self.answers[self.current];
            answer.log_probs.push(answer.log_prob(at, row, vocabulary));
        }
        while self.answers[self.current].is_complete() {
            if let Some(id) = self.answers[self.current].id.take() {
                decoder.close(id);
            }
            if self.current + 1 == self.answers.len() {
                return self.completion(vocabulary).map(Some);
            }
            self.current += 1;
        }
        Ok(None)
    }

    /// Lets an answer branch off from the current one, whose sequence has read the `at` tokens that both share.
    fn branch_off(
        &mut self,
        other: usize,
        at: usize,
        row: &Prediction<'_>,
        vocabulary: &Vocabulary,
        decoder: &mut dyn Decoder,
    ) -> Result<(), ModelError> {
        let (from, known) = (self.answers[self.current].id, self.answers[self.current].log_probs.clone());
        let answer = &mut self.answers[other];
        answer.log_probs = known;
        answer.log_probs.push(answer.log_prob(at, row, vocabulary));
        if let Some(reserved) = answer.id.take() {
            decoder.close(reserved);
        }
        if !answer.is_complete() {
            answer.id = Some(decoder.open(from, answer.tokens.len() - at)?);
        }
        Ok(())
    }

    fn completion(&mut self, vocabulary: &Vocabulary) -> Result<Completion, ModelError> {
        let all = self.answers.iter_mut();
        let mut all = all.map(|a| scored(&a.tokens, std::mem::take(&mut a.log_probs), Stop::End, vocabulary));
        let first = all.next().expect("at least one answer")?;
        Ok(Completion { others: all.collect::<Result<_, _>>()?, ..first })
    }

    /// Closes the sequences of the answers that are not read to their end.
    pub fn close(&mut self, decoder: &mut dyn Decoder) {
        for id in self.answers.iter_mut().filter_map(|a| a.id.take()) {
            decoder.close(id);
        }
    }
}
