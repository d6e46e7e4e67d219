//! What a model would far rather write in one place of a given answer.
//!
//! While an answer is read, the model predicts each of its tokens. Where it finds another token far likelier, it goes
//! on from there with words of its own until it comes to a word that stands a little further on in the answer. The
//! answer with these words in place of its own is a rival. Other differences between an answer and what a model would
//! write (another order of clauses) have no such end, and make no rival.

use super::Prediction;
use crate::model::ModelError;
use crate::model::decoder::{AdapterId, Choice, Decoder, SequenceId, StepInput};
use crate::model::kernels::attention::BLOCK;
use crate::model::tokenizer::Vocabulary;

/// Rivals are looked for at no more than this many places of an answer, those where the model
/// differs most.
const PLACES: usize = 4;
/// By how many nats another token must be likelier than the answer's own for its place to count.
const LEAST: f32 = 3.5;
/// How many tokens of its own a rival may have at most.
const OWN: usize = 8;
/// How many tokens of the answer a rival's own tokens may replace at most.
const REPLACED: usize = 10;
/// By how many nats a rival's own tokens, and the one with which the answer goes on, must be
/// likelier than those that they replace. The rest of the answer is read only for a rival that
/// reaches this.
const WORTH: f32 = 4.;

/// A place where the model would rather write something else.
struct Place {
    /// Index of the answer's token there.
    at: usize,
    /// What the model would write.
    choice: Choice,
    /// By how many nats this is likelier than the answer's token.
    gap: f32,
}

/// A rival in the making.
struct Rival {
    /// How many tokens it shares with the beginning of the answer.
    at: usize,
    /// Its own tokens, which come after these.
    own: Vec<u32>,
    /// The log probability of each of its own tokens and, as the last one, of the token with which
    /// the answer goes on.
    log_probs: Vec<f32>,
    /// The sequence that has read all these tokens. While the model writes, the last one is not
    /// read yet.
    id: SequenceId,
    state: State,
}

#[derive(PartialEq)]
enum State {
    /// The model still writes the rival's own tokens.
    Writing,
    /// The rival has come back to the answer, and goes on with the answer's token of this index.
    Back(usize),
    /// The model has ended its text, or written [`OWN`] tokens, without coming back to the answer.
    Lost,
}

/// Finds the rivals of one answer: first the places where the model differs, then what it writes
/// there.
pub struct Rivals {
    answer: Vec<u32>,
    /// The places, most different first.
    places: Vec<Place>,
    /// Empty sequences that only reserve memory, one for each place that may be found.
    reserved: Vec<SequenceId>,
    rivals: Vec<Rival>,
}

impl Rivals {
    /// How many tokens of memory the rivals of an answer of `answer` tokens need.
    pub fn tokens(answer: usize) -> usize {
        PLACES * (answer + OWN + BLOCK)
    }

    /// Reserves the memory for the rivals of an answer.
    ///
    /// # Errors
    /// When there is too little memory.
    pub fn new(answer: &[u32], decoder: &mut dyn Decoder) -> Result<Rivals, ModelError> {
        let mut rivals =
            Rivals { answer: answer.to_vec(), places: Vec::new(), reserved: Vec::new(), rivals: Vec::new() };
        for _ in 0..PLACES {
            rivals.reserved.push(decoder.open(None, answer.len() + OWN + BLOCK)?);
        }
        Ok(rivals)
    }

    /// Takes in how likely the answer's token number `at` is, and which token is likeliest there.
    pub fn doubt(&mut self, at: usize, log_prob: f32, choice: Choice, vocabulary: &Vocabulary) {
        let gap = choice.log_prob - log_prob;
        let Some(&token) = self.answer.get(at).filter(|_| gap >= LEAST) else { return };
        // The same word with another quotation mark, or with a capital, makes no rival.
        let word = |token| {
            vocabulary.decode(&[token]).map(|text| text.to_lowercase().replace(|c: char| !c.is_alphanumeric(), ""))
        };
        if matches!((word(token), word(choice.token)), (Ok(a), Ok(b)) if a == b) {
            return;
        }
        let before = self.places.partition_point(|place| place.gap >= gap);
        self.places.insert(before, Place { at, choice, gap });
        self.places.truncate(PLACES);
    }

    /// Begins the rivals at the places that were found. The sequence `id` must have read the whole
    /// answer. Later calls do nothing.
    ///
    /// # Errors
    /// When there is no memory.
    pub fn branch_off(
        &mut self,
        id: SequenceId,
        vocabulary: &Vocabulary,
        decoder: &mut dyn Decoder,
    ) -> Result<(), ModelError> {
        for reserved in self.reserved.drain(..) {
            decoder.close(reserved);
        }
        for Place { at, choice, .. } in std::mem::take(&mut self.places) {
            let id = decoder.branch(id, self.answer.len() - at, self.answer.len() - at + OWN)?;
            let mut rival = Rival { at, own: Vec::new(), log_probs: Vec::new(), id, state: State::Writing };
            rival.write(choice, &self.answer, vocabulary);
            self.rivals.push(rival);
        }
        self.drop_lost(decoder);
        Ok(())
    }

    /// How many rivals the model is still writing.
    pub fn width(&self) -> usize {
        self.writing().count()
    }

    fn writing(&self) -> impl Iterator<Item = &Rival> {
        self.rivals.iter().filter(|r| r.state == State::Writing)
    }

    /// Adds to `inputs` the last token of each rival that the model is still writing.
    pub fn inputs<'a>(&'a self, adapter: Option<AdapterId>, inputs: &mut Vec<StepInput<'a>>) {
        let input = |r: &'a Rival| StepInput { sequence: r.id, tokens: &r.own[r.own.len() - 1..], adapter, logits: 1 };
        inputs.extend(self.writing().map(input));
    }

    /// Takes in the predictions after the tokens that [`Rivals::inputs`] gave to the last step.
    pub fn take(&mut self, rows: &[Prediction<'_>], vocabulary: &Vocabulary, decoder: &mut dyn Decoder) {
        let writing = self.rivals.iter_mut().filter(|r| r.state == State::Writing);
        for (rival, row) in writing.zip(rows) {
            rival.write(row.best, &self.answer, vocabulary);
        }
        self.drop_lost(decoder);
    }

    /// Drops the rivals that have not come back to the answer.
    fn drop_lost(&mut self, decoder: &mut dyn Decoder) {
        let lost = self.rivals.extract_if(.., |r| r.state == State::Lost);
        lost.for_each(|r| decoder.close(r.id));
    }

    /// The rivals that are worth reading to their end; of those that overlap, only the best. Each
    /// comes with its tokens, with the log probabilities of the tokens up to the one with which the
    /// answer goes on, and with the sequence that has read all tokens before that one. `known` are
    /// the log probabilities of the answer's tokens and of its end.
    pub fn found(self, known: &[f32], decoder: &mut dyn Decoder) -> Vec<(Vec<u32>, Vec<f32>, SequenceId)> {
        let ends = |r: &Rival| if let State::Back(rest) = r.state { rest } else { self.answer.len() };
        let gain = |r: &Rival| r.log_probs.iter().sum::<f32>() - known[r.at..=ends(r)].iter().sum::<f32>();
        let mut all: Vec<(f32, Rival)> = self.rivals.into_iter().map(|r| (gain(&r), r)).collect();
        all.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut best: Vec<Rival> = Vec::new();
        for (gain, rival) in all {
            // A rival that only inserts words counts as if it replaced the token before which they
            // stand.
            let overlaps = |b: &Rival| rival.at < ends(b).max(b.at + 1) && b.at < ends(&rival).max(rival.at + 1);
            if gain < WORTH || best.iter().any(overlaps) {
                decoder.close(rival.id);
            } else {
                best.push(rival);
            }
        }
        let with_log_probs = |r: Rival| {
            let tokens = [&self.answer[..r.at], &r.own, &self.answer[ends(&r)..]].concat();
            (tokens, [&known[..r.at], &r.log_probs].concat(), r.id)
        };
        best.into_iter().map(with_log_probs).collect()
    }

    /// Closes all sequences.
    pub fn close(&mut self, decoder: &mut dyn Decoder) {
        let all = self.reserved.drain(..).chain(self.rivals.drain(..).map(|r| r.id));
        all.for_each(|id| decoder.close(id));
    }
}

impl Rival {
    /// Takes in the next token: one of its own, or the one with which the answer goes on.
    fn write(&mut self, next: Choice, answer: &[u32], vocabulary: &Vocabulary) {
        self.log_probs.push(next.log_prob);
        // After tokens of its own, a rival may go on with the very token at which it left the
        // answer: then its own tokens are inserted before that one.
        let first = self.at + usize::from(self.own.is_empty());
        let last = (self.at + REPLACED).min(answer.len());
        let is_stop = vocabulary.stops.contains(&next.token);
        let end = is_stop && last == answer.len();
        let again = answer.get(first..last).and_then(|part| part.iter().position(|&token| token == next.token));
        // Only a token that begins a word, or punctuation, brings a rival back to the answer.
        match again.filter(|_| vocabulary.opens(next.token)) {
            Some(further) => self.state = State::Back(first + further),
            None if end => self.state = State::Back(answer.len()),
            None if is_stop || self.own.len() == OWN => self.state = State::Lost,
            None => self.own.push(next.token),
        }
    }
}
