//! Finds the answer to one prompt, step by step: greedily or by beam search. Answers may also be
//! given; then their likelihood is found, and perhaps rivals of the first one.

mod beam;
mod given;
mod guess;
mod needs;
mod rivals;

use crate::model::decoder::{AdapterId, Choice, Decoder, SequenceId, StepInput};
use crate::model::tokenizer::Vocabulary;
use crate::model::{Completion, ModelError, Stop};
use beam::Beam;
use given::Given;
use guess::Guess;
pub use needs::Needs;
pub use rivals::Rivals;

/// What a job's [`Search`](crate::model::Search) asks for, with its texts as tokens.
pub enum Task {
    /// The likeliest token is taken each time. `near` has the tokens of a text that the answer may repeat in parts; it
    /// is empty if there is no such text.
    Greedy { near: Vec<u32> },
    /// A beam search with `width` hypotheses.
    Beam { width: usize, needs: Needs },
    /// Each list of tokens is an answer to the same prompt, and its likelihood is found. There is
    /// at least one. If `rivals` is set, the rivals of the first answer are found as well (see
    /// [`Rivals`]).
    Given { answers: Vec<Vec<u32>>, rivals: bool },
}

impl Task {
    /// How many sequences are decoded together for this task: the hypotheses of a beam, otherwise
    /// one. Rivals, which are written together for a short while, are not counted.
    pub fn width(&self) -> usize {
        match self {
            Task::Beam { width, .. } => *width,
            _ => 1,
        }
    }
}

/// What the model predicts for the next token after one position.
#[derive(Clone, Copy)]
pub struct Prediction<'a> {
    /// A number for each token of the vocabulary: the higher, the likelier. Tokens that no answer may hold have
    /// negative infinity.
    pub logits: &'a [f32],
    /// The likeliest of the tokens that are allowed.
    pub best: Choice,
}

impl Prediction<'_> {
    /// Log probability of a token.
    fn log_prob(&self, token: u32) -> f32 {
        let logit = |token: u32| self.logits.get(token as usize).copied().unwrap_or(f32::NEG_INFINITY);
        logit(token) - logit(self.best.token) + self.best.log_prob
    }

    /// Log probability of the likeliest token that ends an answer.
    fn end(&self, vocabulary: &Vocabulary) -> f32 {
        vocabulary.stops.iter().map(|&s| self.log_prob(s)).fold(f32::NEG_INFINITY, f32::max)
    }
}

/// How much more may be read in the step that is being put together.
pub struct Room {
    /// Tokens, not counting the one that every sequence may read in any case.
    pub tokens: usize,
    /// Rows of logits, one for each guessed token and each token of a given answer. Each is as wide as the vocabulary.
    pub rows: usize,
    /// Guessed tokens, which are read ahead in the hope that the model will write them. They count among `tokens` as
    /// well.
    pub guesses: usize,
}

/// An answer in the making. The sequence `id` held the prompt when the search began. A greedy
/// search goes on in it; the other searches keep track of their sequences themselves.
pub struct Search {
    id: SequenceId,
    adapter: Option<AdapterId>,
    max_tokens: usize,
    state: State,
}

enum State {
    Greedy {
        generated: Vec<u32>,
        /// The log probability of each of these tokens and, as the last one, of the token that ends
        /// the answer.
        log_probs: Vec<f32>,
        guess: Guess,
    },
    Beam(Beam),
    Given(Given),
}

impl Search {
    /// A search that begins after the prompt in the sequence `id`.
    ///
    /// # Errors
    /// When there is no memory for the sequences of a beam or of given answers.
    pub fn new(
        id: SequenceId,
        adapter: Option<AdapterId>,
        task: Task,
        max_tokens: usize,
        decoder: &mut dyn Decoder,
    ) -> Result<Search, ModelError> {
        let state = match task {
            Task::Greedy { near } => {
                State::Greedy { generated: Vec::new(), log_probs: Vec::new(), guess: Guess::new(near) }
            }
            Task::Beam { width, needs } => State::Beam(Beam::new(id, width, needs, max_tokens, decoder)?),
            Task::Given { answers, rivals } => State::Given(Given::new(id, answers, rivals, decoder)?),
        };
        Ok(Search { id, adapter, max_tokens, state })
    }

    /// How many sequences the next steps are likely to read. In its first steps, a beam counts with
    /// its full width (see [`Beam::live`]).
    pub fn width(&self) -> usize {
        match &self.state {
            State::Beam(beam) => beam.live(),
            State::Given(given) => given.width(),
            State::Greedy { .. } => 1,
        }
    }

    /// Adds to `inputs` what the next step reads. Each sequence may read one token in any case; further tokens are
    /// taken from the `room`, and so are the rows that [`Room::rows`] counts.
    pub fn inputs<'a>(&'a self, room: &mut Room, inputs: &mut Vec<StepInput<'a>>) {
        let (sequence, adapter) = (self.id, self.adapter);
        match &self.state {
            State::Greedy { generated, guess, .. } => {
                let most = (self.max_tokens - generated.len()).min(room.guesses).min(room.tokens).min(room.rows);
                let tokens = guess.next(most);
                let guessed = tokens.len().saturating_sub(1);
                (room.guesses, room.tokens, room.rows) =
                    (room.guesses - guessed, room.tokens - guessed, room.rows - guessed);
                inputs.push(StepInput { sequence, tokens, adapter, logits: tokens.len() });
            }
            State::Beam(beam) => beam.inputs(adapter, inputs),
            State::Given(given) => {
                let before = inputs.len();
                given.inputs(adapter, room.rows.min(room.tokens), inputs);
                for input in &inputs[before..] {
                    room.rows = room.rows.saturating_sub(input.tokens.len());
                    room.tokens = room.tokens.saturating_sub(input.tokens.len() - 1);
                }
            }
        }
    }

    /// Takes in what the model predicts after the tokens of the last step whose logits were asked for (in the first
    /// call, after the prompt). Returns the answers, one for each job of the request, once the search is over.
    ///
    /// # Errors
    /// When memory runs out or the tokens are not text.
    pub fn take(
        &mut self,
        rows: &[Prediction<'_>],
        vocabulary: &Vocabulary,
        decoder: &mut dyn Decoder,
    ) -> Result<Option<Vec<Completion>>, ModelError> {
        match &mut self.state {
            State::Greedy { generated, log_probs, guess } => {
                for (i, row) in rows.iter().enumerate() {
                    let token = row.best.token;
                    log_probs.push(row.best.log_prob);
                    let end = vocabulary.stops.contains(&token);
                    if !end {
                        generated.push(token);
                    }
                    if end || generated.len() >= self.max_tokens {
                        let stop = if end { Stop::End } else { Stop::Length };
                        return Ok(Some(vec![scored(generated, std::mem::take(log_probs), stop, vocabulary)?]));
                    }
                    let was_right = guess.wrote(token, i + 1 < rows.len());
                    if !was_right {
                        // The wrong guess has been read, and so have those after it.
                        decoder.forget(self.id, rows.len() - i - 1);
                        break;
                    }
                }
                Ok(None)
            }
            State::Beam(beam) => Ok(beam.take(rows, vocabulary, decoder)?.map(|answer| vec![answer])),
            State::Given(given) => given.take(rows, vocabulary, decoder),
        }
    }

    /// Closes the sequences of the search.
    pub fn close(&mut self, decoder: &mut dyn Decoder) {
        match &mut self.state {
            State::Beam(beam) => beam.close(decoder),
            State::Given(given) => given.close(decoder),
            State::Greedy { .. } => decoder.close(self.id),
        }
    }
}

/// The mean log probability of an answer's tokens. `log_prob` is the sum of their log probabilities. `tokens` is their
/// number without the token that ends the answer; if the answer was not cut off, that token counts as well.
fn mean(log_prob: f64, tokens: usize, stop: Stop) -> f64 {
    log_prob / (tokens + usize::from(stop == Stop::End)).max(1) as f64
}

/// An answer with the log probability of each token, and with the place in the text where each token ends.
fn scored(tokens: &[u32], log_probs: Vec<f32>, stop: Stop, vocabulary: &Vocabulary) -> Result<Completion, ModelError> {
    let log_prob = log_probs.iter().map(|&p| f64::from(p)).sum();
    let token_ends = vocabulary.ends(tokens)?;
    Ok(Completion { token_log_probs: log_probs, token_ends, ..completion(tokens, log_prob, stop, vocabulary)? })
}

/// An answer without the log probabilities of its tokens; `log_prob` is their sum.
fn completion(tokens: &[u32], log_prob: f64, stop: Stop, vocabulary: &Vocabulary) -> Result<Completion, ModelError> {
    Ok(Completion {
        text: vocabulary.decode(tokens)?,
        stop,
        tokens: tokens.len(),
        mean_log_prob: mean(log_prob, tokens.len(), stop) as f32,
        token_log_probs: Vec::new(),
        token_ends: Vec::new(),
        others: Vec::new(),
    })
}
