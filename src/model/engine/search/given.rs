//! How likely given answers to one prompt are.
//!
//! The prompt is read once for all answers, and so is a beginning that several answers share: where
//! an answer begins to differ from an earlier one, it branches off in a sequence of its own. The
//! answers are read one after the other. If rivals of the first one are asked for, they are found
//! once it is read, and then read like further answers.

use super::{Prediction, Rivals, scored};
use crate::model::decoder::{AdapterId, Decoder, SequenceId, StepInput};
use crate::model::kernels::attention::BLOCK;
use crate::model::tokenizer::Vocabulary;
use crate::model::{Completion, ModelError, Stop};

/// Several answers, the first of which begins right after the prompt.
pub struct Given {
    answers: Vec<Answer>,
    /// Index of the answer that is being read.
    current: usize,
    /// How many answers were given; those behind them are rivals of the first.
    asked: usize,
    /// Finds the rivals of the first answer; `None` if they are not asked for, and once they are
    /// found.
    rivals: Option<Rivals>,
}

struct Answer {
    tokens: Vec<u32>,
    /// The index of the earlier answer whose beginning this one shares for longest, and how many
    /// tokens the two share; `None` for the first answer and for rivals.
    branch: Option<(usize, usize)>,
    /// The sequence that holds the prompt and the tokens read. Before the answer branches off, an empty sequence that
    /// only reserves memory; `None` once the answer is read.
    id: Option<SequenceId>,
    /// The log probabilities of the tokens for which there is a prediction so far, and finally that
    /// of the answer's end.
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
    /// Answers to the prompt in the sequence `id`; there must be at least one. `rivals` says whether those of the first
    /// answer are to be found.
    ///
    /// # Errors
    /// When there is no memory for a sequence of each answer.
    pub fn new(
        id: SequenceId,
        answers: Vec<Vec<u32>>,
        rivals: bool,
        decoder: &mut dyn Decoder,
    ) -> Result<Given, ModelError> {
        let rivals = if rivals { Some(Rivals::new(&answers[0], decoder)?) } else { None };
        let mut all: Vec<Answer> = Vec::with_capacity(answers.len());
        for tokens in answers {
            let earlier = all.iter().map(|a| shared(&a.tokens, &tokens)).enumerate();
            // Of several earlier answers that share equally much, the first is taken: a later one
            // itself branches off there or further on, so its own reading does not pass this place.
            let branch = earlier.reduce(|best, next| if next.1 > best.1 { next } else { best });
            let id = match branch {
                None => id,
                Some(_) => decoder.open(None, tokens.len() + BLOCK)?,
            };
            all.push(Answer { tokens, branch, id: Some(id), log_probs: Vec::new() });
        }
        Ok(Given { asked: all.len(), answers: all, current: 0, rivals })
    }

    /// How many sequences the next step reads.
    pub fn width(&self) -> usize {
        self.rivals.as_ref().map_or(1, |rivals| rivals.width().max(1))
    }

    /// Adds what the next step reads: a token of each rival that is being found, or else the next tokens of the answer
    /// that is being read, at most `most` of them but at least one, so that no answer waits
    /// forever. They end where another answer branches off.
    ///
    /// # Panics
    /// When all answers are read.
    pub fn inputs<'a>(&'a self, adapter: Option<AdapterId>, most: usize, inputs: &mut Vec<StepInput<'a>>) {
        if let Some(rivals) = self.rivals.as_ref().filter(|r| r.width() > 0) {
            return rivals.inputs(adapter, inputs);
        }
        let answer = &self.answers[self.current];
        let read = answer.read();
        let branches = self.answers.iter().filter_map(|a| a.branch).filter(|(from, _)| *from == self.current);
        let end = branches.map(|(_, at)| at).filter(|&at| at > read).min().unwrap_or(answer.tokens.len());
        let sequence = answer.id.expect("an answer that is not read to its end");
        let tokens = &answer.tokens[read..end.min(read + most.max(1))];
        inputs.push(StepInput { sequence, tokens, adapter, logits: tokens.len() });
    }

    /// Takes in the predictions after the tokens of the last step (in the first call, after the prompt). Returns the
    /// answers in the order in which they were given, the rivals in the first one, once all are read.
    ///
    /// # Errors
    /// When memory runs out or the tokens are not text.
    pub fn take(
        &mut self,
        rows: &[Prediction<'_>],
        vocabulary: &Vocabulary,
        decoder: &mut dyn Decoder,
    ) -> Result<Option<Vec<Completion>>, ModelError> {
        if let Some(rivals) = self.rivals.as_mut().filter(|r| r.width() > 0) {
            rivals.take(rows, vocabulary, decoder);
            return self.go_on(vocabulary, decoder);
        }
        for row in rows {
            let at = self.answers[self.current].log_probs.len();
            for other in self.current + 1..self.answers.len() {
                if self.answers[other].branch == Some((self.current, at)) {
                    self.branch_off(other, at, row, vocabulary, decoder)?;
                }
            }
            let answer = &mut self.answers[self.current];
            let log_prob = answer.log_prob(at, row, vocabulary);
            answer.log_probs.push(log_prob);
            if let Some(rivals) = self.rivals.as_mut().filter(|_| self.current == 0) {
                rivals.doubt(at, log_prob, row.best, vocabulary);
            }
        }
        self.go_on(vocabulary, decoder)
    }

    /// Goes on to the next answer where the current one is read, and at last to the result. The rivals of the first
    /// answer are found before its sequence is closed.
    fn go_on(
        &mut self,
        vocabulary: &Vocabulary,
        decoder: &mut dyn Decoder,
    ) -> Result<Option<Vec<Completion>>, ModelError> {
        while self.answers[self.current].is_complete() {
            if let (Some(rivals), Some(id)) = (&mut self.rivals, self.answers[0].id) {
                rivals.branch_off(id, vocabulary, decoder)?;
                if rivals.width() > 0 {
                    return Ok(None);
                }
            }
            if let Some(rivals) = self.rivals.take() {
                let found = rivals.found(&self.answers[0].log_probs, decoder).into_iter();
                let answer = |(tokens, log_probs, id)| Answer { tokens, branch: None, id: Some(id), log_probs };
                self.answers.extend(found.map(answer).collect::<Vec<_>>());
            }
            if let Some(id) = self.answers[self.current].id.take() {
                decoder.close(id);
            }
            if self.current + 1 == self.answers.len() {
                return self.completions(vocabulary).map(Some);
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

    /// The given answers with their log probabilities, and the rivals as the others of the first.
    fn completions(&mut self, vocabulary: &Vocabulary) -> Result<Vec<Completion>, ModelError> {
        let all = self.answers.iter_mut();
        let all = all.map(|a| scored(&a.tokens, std::mem::take(&mut a.log_probs), Stop::End, vocabulary));
        let mut all = all.collect::<Result<Vec<_>, _>>()?;
        all[0].others = all.split_off(self.asked);
        Ok(all)
    }

    /// Closes the sequences of the answers that are not read to their end.
    pub fn close(&mut self, decoder: &mut dyn Decoder) {
        for id in self.answers.iter_mut().filter_map(|a| a.id.take()) {
            decoder.close(id);
        }
        if let Some(rivals) = &mut self.rivals {
            rivals.close(decoder);
        }
    }
}
