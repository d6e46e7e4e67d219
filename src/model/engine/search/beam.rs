//! Beam search.
//!
//! Where the answer must contain certain strings, the places of the beam are shared out among the
//! hypotheses that contain none, one, two … of them (dynamic beam allocation: Post & Vilar, "Fast
//! Lexically Constrained Decoding with Dynamic Beam Allocation for Neural Machine Translation",
//! NAACL 2018), and only answers that contain all of them count.

use super::needs::{Needs, NeedsMet};
use super::{Prediction, completion, mean};
use crate::model::decoder::{AdapterId, Decoder, SequenceId, StepInput};
use crate::model::kernels::attention::BLOCK;
use crate::model::tokenizer::Vocabulary;
use crate::model::{Completion, ModelError, Stop};

/// How far the log probability of a hypothesis (of all its tokens together) may be below that of the likeliest one of
/// its bank ([`NeedsMet::bank`]), or of an answer that is finished. A hypothesis that is less likely hardly ever wins,
/// and is dropped (relative threshold pruning: Freitag & Al-Onaizan, "Beam Search Strategies for Neural Machine
/// Translation", NMT 2017). On 100 news sentences, 2 instead of 1 gave the same chrF within 0.02, and took 1.2 times as
/// long.
const BEHIND: f64 = 1.;

/// As [`BEHIND`], for an answer that must contain certain strings or must not contain them. It is larger, since the
/// demanded words may make a hypothesis much less likely at once.
const BEHIND_WITH_NEEDS: f64 = 2.;

/// A beam search over one answer.
pub struct Beam {
    /// How many hypotheses may be live together.
    width: usize,
    needs: Needs,
    max_tokens: usize,
    /// Hypotheses that can still grow.
    live: Vec<Hypothesis>,
    /// Sequences that only reserve memory in the decoder for hypotheses to come.
    spare: Vec<SequenceId>,
    /// Answers that have come to their end, or were cut off.
    finished: Vec<Finished>,
}

/// The beginning of an answer.
struct Hypothesis {
    /// The sequence that holds the prompt and all of `tokens` but the last.
    id: SequenceId,
    tokens: Vec<u32>,
    /// Log probability of all its tokens together.
    log_prob: f64,
    met: NeedsMet,
}

/// An answer that has come to its end, or was cut off.
struct Finished {
    tokens: Vec<u32>,
    /// Log probability of all its tokens together, the one that ends it included, if there is one.
    log_prob: f64,
    stop: Stop,
}

impl Finished {
    /// Mean log probability of the tokens; the one that ends the answer is included, unless it was cut off.
    fn score(&self) -> f64 {
        mean(self.log_prob, self.tokens.len(), self.stop)
    }
}

/// One way for a hypothesis to go on.
struct Step {
    /// Index of the hypothesis among the live ones.
    parent: usize,
    token: u32,
    /// Log probability of the whole hypothesis, this token included.
    log_prob: f64,
    met: NeedsMet,
}

impl Beam {
    /// A beam that begins after the prompt in the sequence `id`.
    ///
    /// # Errors
    /// When there is no memory for `width` sequences.
    pub fn new(
        id: SequenceId,
        width: usize,
        needs: Needs,
        max_tokens: usize,
        decoder: &mut dyn Decoder,
    ) -> Result<Beam, ModelError> {
        let first = Hypothesis { id, tokens: Vec::new(), log_prob: 0., met: needs.start() };
        let mut beam =
            Beam { width: width.max(1), needs, max_tokens, live: vec![first], spare: Vec::new(), finished: Vec::new() };
        for _ in 1..beam.width {
            beam.keep_place(decoder)?;
        }
        Ok(beam)
    }

    /// Reserves memory for one hypothesis to come: otherwise another sequence might take it.
    fn keep_place(&mut self, decoder: &mut dyn Decoder) -> Result<(), ModelError> {
        self.spare.push(decoder.open(None, self.max_tokens + BLOCK)?);
        Ok(())
    }

    /// How many sequences the beam is likely to need in the next steps. A beam begins with one
    /// hypothesis and soon has more, so in its first four steps it counts with its full width;
    /// later the number of live hypotheses counts.
    pub fn live(&self) -> usize {
        let young = self.live.first().is_none_or(|h| h.tokens.len() < 4);
        if young { self.width } else { self.live.len() }
    }

    /// Adds to `inputs` the latest token of each live hypothesis.
    pub fn inputs<'a>(&'a self, adapter: Option<AdapterId>, inputs: &mut Vec<StepInput<'a>>) {
        inputs.extend(self.live.iter().map(|h| {
            let tokens = h.tokens.last().map(std::slice::from_ref).unwrap_or_default();
            StepInput { sequence: h.id, tokens, adapter, logits: 1 }
        }));
    }

    /// Takes in the predictions, one for each live hypothesis. Returns the best answer, with the others in it, once the
    /// search is over. If no hypothesis could contain all that is needed, the answer is empty and has a log probability
    /// of minus infinity.
    ///
    /// # Errors
    /// When memory runs out or the tokens are not text.
    pub fn take(
        &mut self,
        rows: &[Prediction<'_>],
        vocabulary: &Vocabulary,
        decoder: &mut dyn Decoder,
    ) -> Result<Option<Completion>, ModelError> {
        let steps = self.steps(rows, vocabulary);
        let steps = share_out(self.pruned(steps), self.width);
        self.go_on(steps, decoder)?;
        let cut = self.live.first().is_some_and(|h| h.tokens.len() >= self.max_tokens);
        if cut {
            let complete = self.live.iter().filter(|h| h.met.is_complete());
            let unfinished =
                complete.map(|h| Finished { tokens: h.tokens.clone(), log_prob: h.log_prob, stop: Stop::Length });
            // Hypotheses that were cut off count only if none has come to its end.
            if self.finished.is_empty() {
                self.finished.extend(unfinished.collect::<Vec<_>>());
            }
        }
        if !cut && !self.live.is_empty() && self.finished.len() < self.width {
            return Ok(None);
        }
        self.finished.sort_by(|a, b| b.score().total_cmp(&a.score()));
        let answers = self.finished.iter().map(|f| completion(&f.tokens, f.log_prob, f.stop, vocabulary));
        let mut answers = answers.collect::<Result<Vec<_>, _>>()?.into_iter();
        let none = || completion(&[], f64::NEG_INFINITY, Stop::Length, vocabulary);
        let mut best = answers.next().map_or_else(none, Ok)?;
        best.others = answers.collect();
        Ok(Some(best))
    }

    /// The steps with which the live hypotheses may go on, likeliest first: those to their
    /// likeliest tokens and to tokens that are needed. Steps that end an answer are not returned;
    /// they become finished answers, if they are among the `width` likeliest steps of hypotheses
    /// that may end.
    fn steps(&mut self, rows: &[Prediction<'_>], vocabulary: &Vocabulary) -> Vec<Step> {
        let mut steps = Vec::new();
        for (parent, (hypothesis, row)) in self.live.iter().zip(rows).enumerate() {
            let mut tokens = likeliest(row.logits, 2 * self.width);
            let wanted = self.needs.wanted(&hypothesis.met);
            tokens.extend(wanted.into_iter().filter(|w| !tokens.contains(w)).collect::<Vec<_>>());
            for token in tokens {
                let log_prob = hypothesis.log_prob + f64::from(row.log_prob(token));
                if log_prob == f64::NEG_INFINITY || self.needs.forbids(&hypothesis.tokens, token) {
                    continue;
                }
                let met = self.needs.advance(&hypothesis.met, token);
                steps.push(Step { parent, token, log_prob, met });
            }
        }
        steps.sort_by(|a, b| b.log_prob.total_cmp(&a.log_prob).then(a.parent.cmp(&b.parent)));
        let ends = |step: &Step| vocabulary.stops.contains(&step.token);
        // Only hypotheses that contain all that is needed may end.
        let complete = steps.iter().filter(|s| self.live[s.parent].met.is_complete());
        for step in complete.take(self.width) {
            if ends(step) {
                let tokens = self.live[step.parent].tokens.clone();
                self.finished.push(Finished { tokens, log_prob: step.log_prob, stop: Stop::End });
            }
        }
        steps.retain(|s| !ends(s));
        steps
    }

    /// Leaves out the steps that are much less likely than the likeliest of their bank (see [`NeedsMet::bank`]), or
    /// than an answer that is finished.
    fn pruned(&self, mut steps: Vec<Step>) -> Vec<Step> {
        let best_finished = self.finished.iter().map(|f| f.log_prob).fold(f64::NEG_INFINITY, f64::max);
        let mut best: Vec<f64> = Vec::new();
        for step in &steps {
            let bank = step.met.bank();
            best.resize(best.len().max(bank + 1), best_finished);
            best[bank] = best[bank].max(step.log_prob);
        }
        let behind = if self.needs.is_empty() { BEHIND } else { BEHIND_WITH_NEEDS };
        steps.retain(|s| s.log_prob >= best[s.met.bank()] - behind);
        steps
    }

    /// Makes the live hypotheses of the next step out of the chosen steps.
    fn go_on(&mut self, steps: Vec<Step>, decoder: &mut dyn Decoder) -> Result<(), ModelError> {
        let mut parents: Vec<Option<Hypothesis>> = std::mem::take(&mut self.live).into_iter().map(Some).collect();
        // Hypotheses from which no step goes on are closed first, and their memory is reserved for new ones.
        for (i, parent) in parents.iter_mut().enumerate() {
            if !steps.iter().any(|s| s.parent == i)
                && let Some(parent) = parent.take()
            {
                decoder.close(parent.id);
                self.keep_place(decoder)?;
            }
        }
        let ids: Vec<Option<SequenceId>> = parents.iter().map(|p| p.as_ref().map(|p| p.id)).collect();
        let texts: Vec<Vec<u32>> = parents.into_iter().map(|p| p.map(|p| p.tokens).unwrap_or_default()).collect();
        // The last step that goes on from a hypothesis takes over its sequence, the others fork it.
        for (i, step) in steps.iter().enumerate() {
            let Some(parent) = ids[step.parent] else { continue };
            let mut tokens = texts[step.parent].clone();
            let is_last = !steps[i + 1..].iter().any(|s| s.parent == step.parent);
            let id = if is_last {
                parent
            } else {
                if let Some(spare) = self.spare.pop() {
                    decoder.close(spare);
                }
                decoder.open(Some(parent), self.max_tokens - tokens.len())?
            };
            tokens.push(step.token);
            self.live.push(Hypothesis { id, tokens, log_prob: step.log_prob, met: step.met.clone() });
        }
        Ok(())
    }

    /// Closes all sequences of the beam.
    pub fn close(&mut self, decoder: &mut dyn Decoder) {
        for id in self.live.drain(..).map(|h| h.id).chain(self.spare.drain(..)) {
            decoder.close(id);
        }
    }
}

/// Chooses at most `width` of the steps, which must be sorted with the likeliest first. The banks
/// (see [`NeedsMet::bank`]) take turns, the one that contains most of what is needed first, and
/// each gives its likeliest step; a bank that has none left is passed over. So steps that contain
/// what is needed are not crowded out by likelier ones that don't.
fn share_out(steps: Vec<Step>, width: usize) -> Vec<Step> {
    let banks = steps.iter().map(|s| s.met.bank()).max().map_or(1, |b| b + 1);
    let mut queues: Vec<std::collections::VecDeque<Step>> = (0..banks).map(|_| Default::default()).collect();
    for step in steps {
        let bank = step.met.bank();
        queues[bank].push_back(step);
    }
    let mut chosen = Vec::with_capacity(width);
    while chosen.len() < width && queues.iter().any(|q| !q.is_empty()) {
        for queue in queues.iter_mut().rev() {
            if chosen.len() < width {
                chosen.extend(queue.pop_front());
            }
        }
    }
    chosen
}

/// The `count` likeliest tokens, likeliest first; of equally likely ones, the one with the lower id comes first.
fn likeliest(logits: &[f32], count: usize) -> Vec<u32> {
    let mut best: Vec<(f32, u32)> = Vec::with_capacity(count + 1);
    let mut least = f32::NEG_INFINITY;
    let mut start = 0;
    for chunk in logits.chunks(256) {
        // Most chunks hold none of the likeliest tokens. The maximum of a chunk shows this, and vector instructions
        // find the maximum fast.
        let mut tops = [f32::NEG_INFINITY; 16];
        let (rows, rest) = chunk.as_chunks::<16>();
        for row in rows {
            for (top, value) in tops.iter_mut().zip(row) {
                *top = top.max(*value);
            }
        }
        if tops.iter().chain(rest).any(|t| *t > least) {
            for (value, token) in chunk.iter().zip(start..) {
                if *value > least {
                    let at = best.partition_point(|(v, _)| v >= value);
                    best.insert(at, (*value, token));
                    best.truncate(count);
                    if best.len() == count {
                        least = best[count - 1].0;
                    }
                }
            }
        }
        start += chunk.len() as u32;
    }
    best.into_iter().map(|(_, token)| token).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_likeliest_tokens_are_those_of_a_full_sort(
            logits in proptest::collection::vec(-3i8..4, 1..700), count in 1usize..12
        ) {
            let logits: Vec<f32> = logits.into_iter().map(f32::from).collect();
            let mut all: Vec<u32> = (0..logits.len() as u32).collect();
            all.sort_by(|a, b| logits[*b as usize].total_cmp(&logits[*a as usize]).then(a.cmp(b)));
            all.truncate(count);
            prop_assert_eq!(likeliest(&logits, count), all);
        }
    }

    #[test]
    fn steps_that_meet_a_need_are_not_crowded_out() {
        let needs = Needs { needs: vec![vec![vec![1]]], bans: Vec::new() };
        let met = needs.advance(&needs.start(), 1);
        let step = |token, log_prob, met: &NeedsMet| Step { parent: 0, token, log_prob, met: met.clone() };
        let open = needs.start();
        let steps = vec![step(5, -1., &open), step(6, -2., &open), step(7, -3., &open), step(1, -30., &met)];
        let tokens: Vec<u32> = share_out(steps, 2).iter().map(|s| s.token).collect();
        assert_eq!(tokens, [1, 5]);
    }
}
