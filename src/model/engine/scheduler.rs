//! Continuous batching: one thread that owns the model and keeps its batch full from everything that is asked.
//!
//! Each step reads the latest token of every sequence that is being generated, and fills what the step may hold with the
//! prompts of those that wait. Requests that came together are taken longest first (what is left at the end is short, and
//! the batch stays full longer), earlier ones before later ones. A sequence gives the same tokens in whatever company it
//! is decoded: the kernels see to that.

use super::{EngineOptions, Reply};
use crate::model::decoder::{Choice, Decoder, Piece, SequenceId};
use crate::model::tokenizer::Vocabulary;
use crate::model::{Completion, ModelError, Stop};
use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, TryRecvError};
use std::sync::{Arc, Weak};

/// What handles send.
pub enum Message {
    Jobs(Vec<Request>),
    Stop,
}

/// A prompt to be continued.
pub struct Request {
    /// The caller's number for it.
    pub job: usize,
    /// What stands before the prompt, and before many others.
    pub prefix: Arc<[u32]>,
    pub prompt: Vec<u32>,
    pub max_tokens: usize,
    pub reply: Sender<Reply>,
    /// Gone once the caller does not wait any more.
    pub caller: Weak<()>,
}

/// Prefixes kept: one for each prompt that an article needs (translation, two that correct it, summary), and one to spare.
const PREFIXES: usize = 5;

/// A sequence that is being generated.
struct Sequence {
    id: SequenceId,
    request: Request,
    /// Tokens of the prompt that were read.
    read: usize,
    generated: Vec<u32>,
    log_prob: f64,
}

impl Sequence {
    /// What the next step reads, `room` tokens at most.
    fn next(&self, room: usize) -> &[u32] {
        let left = &self.request.prompt[self.read..];
        match self.generated.last() {
            Some(last) => std::slice::from_ref(last),
            None => &left[..left.len().min(room)],
        }
    }
}

pub struct Scheduler {
    decoder: Box<dyn Decoder>,
    vocabulary: Arc<Vocabulary>,
    banned: Vec<u32>,
    options: EngineOptions,
    cancel: Arc<AtomicBool>,
    /// Recent prefixes (the system message and the examples of a prompt), latest last.
    prefixes: Vec<(Arc<[u32]>, SequenceId)>,
    waiting: VecDeque<Request>,
    active: Vec<Sequence>,
}

impl Scheduler {
    pub fn new(
        decoder: Box<dyn Decoder>,
        vocabulary: Arc<Vocabulary>,
        options: EngineOptions,
        cancel: Arc<AtomicBool>,
    ) -> Self {
        Scheduler {
            banned: vocabulary.banned(),
            decoder,
            vocabulary,
            options,
            cancel,
            prefixes: Vec::new(),
            waiting: VecDeque::new(),
            active: Vec::new(),
        }
    }

    /// Works until told to stop, or until nobody can ask any more.
    pub fn run(mut self, inbox: &Receiver<Message>) {
        loop {
            let idle = self.waiting.is_empty() && self.active.is_empty();
            let message = match (idle, inbox.try_recv()) {
                (_, Ok(message)) => Some(message),
                (true, Err(TryRecvError::Empty)) => inbox.recv().ok(),
                (false, Err(TryRecvError::Empty)) => {
                    if let Err(e) = self.work() {
                        self.give_up(&e);
                    }
                    continue;
                }
                (_, Err(TryRecvError::Disconnected)) => None,
            };
            match message {
                Some(Message::Jobs(mut requests)) => {
                    requests.sort_by_key(|r| std::cmp::Reverse(r.prompt.len()));
                    self.waiting.extend(requests);
                }
                Some(Message::Stop) | None => return,
            }
        }
    }

    /// Ends everything that was asked with an error.
    fn give_up(&mut self, error: &ModelError) {
        let of = || match error {
            ModelError::Cancelled => ModelError::Cancelled,
            e => ModelError::Run(e.to_string()),
        };
        for sequence in self.active.drain(..) {
            self.decoder.close(sequence.id);
            let _ = sequence.request.reply.send((sequence.request.job, Err(of())));
        }
        for request in self.waiting.drain(..) {
            let _ = request.reply.send((request.job, Err(of())));
        }
        // What a failed step left in the prefixes is not to be trusted.
        while let Some((_, id)) = self.prefixes.pop() {
            self.decoder.close(id);
        }
    }

    fn check_cancelled(&self) -> Result<(), ModelError> {
        if self.cancel.load(Ordering::Relaxed) { Err(ModelError::Cancelled) } else { Ok(()) }
    }

    /// The sequence of a prefix, read now where it is not kept.
    fn prefix(&mut self, tokens: &Arc<[u32]>) -> Result<Option<SequenceId>, ModelError> {
        if tokens.is_empty() {
            return Ok(None);
        }
        if let Some(at) = self.prefixes.iter().position(|(t, _)| t == tokens) {
            let found = self.prefixes.remove(at);
            self.prefixes.push(found);
        } else {
            if self.prefixes.len() == PREFIXES {
                self.decoder.close(self.prefixes.remove(0).1);
            }
            let id = self.decoder.open(None, tokens.len())?;
            self.prefixes.push((tokens.clone(), id));
            for tokens in tokens.chunks(self.options.chunk) {
                self.check_cancelled()?;
                self.decoder.step(&[Piece { sequence: id, tokens, logits: false }])?;
            }
        }
        Ok(self.prefixes.last().map(|(_, id)| *id))
    }

    /// Takes in as many waiting requests as the batch, the memory and `room` tokens of this step allow.
    fn admit(&mut self, mut room: usize) -> Result<(), ModelError> {
        while room > 0 && self.active.len() < self.options.batch {
            // It leaves the queue once nothing can fail any more: whoever waits is told of an error.
            let Some(request) = self.waiting.front() else { return Ok(()) };
            let tokens = request.prompt.len() + request.max_tokens;
            let prefix = request.prefix.clone();
            let prefix = self.prefix(&prefix)?;
            if !self.decoder.has_room(prefix, tokens) {
                if !self.active.is_empty() {
                    return Ok(());
                }
                // Nothing runs: only kept prefixes are in the way.
                let keep = self.prefixes.pop();
                for (_, id) in self.prefixes.drain(..) {
                    self.decoder.close(id);
                }
                self.prefixes.extend(keep);
            }
            let id = self.decoder.open(prefix, tokens)?;
            let Some(request) = self.waiting.pop_front() else { return Ok(()) };
            room = room.saturating_sub(request.prompt.len());
            self.active.push(Sequence { id, request, read: 0, generated: Vec::new(), log_prob: 0. });
        }
        Ok(())
    }

    /// Drops what nobody waits for any more.
    fn drop_abandoned(&mut self) {
        let wanted = |r: &Request| r.caller.strong_count() > 0;
        self.waiting.retain(wanted);
        let decoder = &mut self.decoder;
        self.active.retain(|s| {
            let wanted = wanted(&s.request);
            if !wanted {
                decoder.close(s.id);
            }
            wanted
        });
    }

    /// One step.
    fn work(&mut self) -> Result<(), ModelError> {
        self.check_cancelled()?;
        self.drop_abandoned();
        let prompts = self.active.iter().filter(|s| s.generated.is_empty());
        let busy = self.active.len() + prompts.map(|s| s.request.prompt.len() - s.read).sum::<usize>();
        self.admit(self.options.chunk.saturating_sub(busy))?;
        if self.active.is_empty() {
            return Ok(());
        }
        let mut room = self.options.chunk.saturating_sub(self.active.len());
        let mut pieces = Vec::with_capacity(self.active.len());
        for sequence in &self.active {
            // One token of every sequence always finds room, so that none waits for another's long prompt.
            let tokens = sequence.next(room + 1);
            room = room.saturating_sub(tokens.len() - 1);
            let logits =
                !sequence.generated.is_empty() || sequence.read + tokens.len() == sequence.request.prompt.len();
            pieces.push(Piece { sequence: sequence.id, tokens, logits });
        }
        let read: Vec<(usize, bool)> = pieces.iter().map(|p| (p.tokens.len(), p.logits)).collect();
        let mut logits = self.decoder.step(&pieces)?;
        let mut choices = self.decoder.choose(&mut logits, &self.banned).into_iter();
        let mut kept = Vec::with_capacity(self.active.len());
        for (mut sequence, (tokens, logits)) in self.active.drain(..).zip(read) {
            if sequence.generated.is_empty() {
                sequence.read += tokens;
            }
            let finished = match logits.then(|| choices.next()).flatten() {
                Some(choice) => take(&mut sequence, choice, &self.vocabulary),
                None => None,
            };
            let open = match finished {
                Some(stop) => {
                    let completion = completion(&sequence, stop, &self.vocabulary);
                    let _ = sequence.request.reply.send((sequence.request.job, completion));
                    false
                }
                None => true,
            };
            if open {
                kept.push(sequence);
            } else {
                self.decoder.close(sequence.id);
            }
        }
        self.active = kept;
        Ok(())
    }
}

/// Takes in a token; says whether and why the sequence ends with it.
fn take(sequence: &mut Sequence, choice: Choice, vocabulary: &Vocabulary) -> Option<Stop> {
    sequence.log_prob += f64::from(choice.log_prob);
    if vocabulary.stops.contains(&choice.token) {
        return Some(Stop::End);
    }
    sequence.generated.push(choice.token);
    (sequence.generated.len() >= sequence.request.max_tokens).then_some(Stop::Length)
}

fn completion(sequence: &Sequence, stop: Stop, vocabulary: &Vocabulary) -> Result<Completion, ModelError> {
    let steps = sequence.generated.len() + usize::from(stop == Stop::End);
    Ok(Completion {
        text: vocabulary.decode(&sequence.generated)?,
        stop,
        tokens: sequence.generated.len(),
        mean_log_prob: (sequence.log_prob / steps.max(1) as f64) as f32,
    })
}
