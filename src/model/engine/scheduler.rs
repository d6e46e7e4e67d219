//! Continuous batching: one thread owns the model and keeps its batch full with the requests of all callers.
//!
//! Each step reads the latest token of every sequence that is being generated. Besides, it may read
//! further tokens of prompts and of given answers, and guesses. Requests are taken in the order in
//! which they came; of those that came together, the one with the longest prompt is taken first,
//! because the batch stays full longer if short ones are left for the end. On the CPU, an answer
//! does not depend on which sequences are decoded together: the kernels guarantee that.

use super::search::{Prediction, Rivals, Room, Search, Task};
use super::{EngineOptions, Reply};
use crate::model::decoder::{AdapterId, Decoder, SequenceId, StepInput};
use crate::model::kernels::attention::BLOCK;
use crate::model::tokenizer::Vocabulary;
use crate::model::{Completion, ModelError};
use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, TryRecvError};
use std::sync::{Arc, Weak};

/// What an [`Engine`](super::Engine) sends to the scheduler.
pub enum Command {
    /// Requests that come together, from one call.
    Jobs(Vec<Request>),
    /// Ends the scheduler's thread.
    Stop,
}

/// A prompt to be continued.
pub struct Request {
    /// The caller's numbers for it: one for each answer of [`Task::Given`], and one for any other task.
    pub jobs: Vec<usize>,
    /// Tokens that stand before the prompt, and before those of many other requests.
    pub prefix: Arc<[u32]>,
    /// The tokens after the prefix.
    pub prompt: Vec<u32>,
    /// The adapter with which prefix and prompt are read and continued.
    pub adapter: Option<AdapterId>,
    /// How many tokens the answer may have, unless it is given.
    pub max_tokens: usize,
    pub task: Task,
    /// Where the answer is sent.
    pub reply: Sender<Reply>,
    /// Cannot be upgraded any more once the caller has stopped waiting.
    pub caller: Weak<()>,
}

impl Task {
    /// How many tokens of memory the answer needs, if one that is not given may have `most` tokens: those of the first
    /// sequence, and those of the further ones, which are the other hypotheses of a beam, the other given answers, and
    /// rivals.
    pub fn tokens(&self, most: usize) -> (usize, usize) {
        match self {
            Task::Greedy { .. } => (most, 0),
            Task::Beam { width, .. } => (most, (width - 1) * tokens_of_a_branch(most)),
            Task::Given { answers, rivals } => {
                let rivals = if *rivals { Rivals::tokens(answers[0].len()) } else { 0 };
                let others: usize = answers[1..].iter().map(|a| tokens_of_a_branch(a.len())).sum();
                (answers[0].len(), others + rivals)
            }
        }
    }
}

/// How many tokens of memory a branch needs for an answer of `tokens` tokens. A branch is a sequence
/// that goes on from another one of the same request. It takes up to two blocks more, since it may
/// begin and end in the middle of a block.
pub fn tokens_of_a_branch(tokens: usize) -> usize {
    tokens + 2 * BLOCK
}

/// How many prefixes are kept in memory: one for each kind of prompt that an article needs (translation, translation
/// back, correction of a summary), and some to spare.
const PREFIXES: usize = 5;

/// How many rows of logits one step may have for guessed tokens and given answers. (Each given answer gets one row in
/// any case.) Each row is as wide as the vocabulary, and [`Task::Given`] needs one for every token of its answer.
const ROWS: usize = 64;

/// Up to this many tokens in a step, one more costs next to nothing, since all weights are read for the first one
/// anyway: on two cores, a step of one token takes 24 ms, one of eight 30, one of sixteen 55. If the sequences need
/// fewer tokens, the rest are guesses (see [`Room::guesses`]).
const GUESSES: usize = 8;

/// What many prompts begin with (the system command and the examples), read with one adapter or with none.
struct Prefix {
    tokens: Arc<[u32]>,
    adapter: Option<AdapterId>,
    id: SequenceId,
}

/// A request that is being answered.
struct ActiveRequest {
    jobs: Vec<usize>,
    reply: Sender<Reply>,
    caller: Weak<()>,
    /// The sequence that reads the prompt.
    id: SequenceId,
    prompt: Vec<u32>,
    adapter: Option<AdapterId>,
    /// Tokens of the prompt that were read.
    read: usize,
    search: Search,
}

impl ActiveRequest {
    /// Adds to `inputs` what the next step reads for this request, and takes it from the `room`.
    fn inputs<'a>(&'a self, room: &mut Room, inputs: &mut Vec<StepInput<'a>>) {
        if self.read == self.prompt.len() {
            return self.search.inputs(room, inputs);
        }
        // One token of every sequence always finds room, so that none waits for another's long prompt.
        let end = (self.read + room.tokens + 1).min(self.prompt.len());
        let tokens = &self.prompt[self.read..end];
        room.tokens = room.tokens.saturating_sub(tokens.len() - 1);
        let (sequence, adapter) = (self.id, self.adapter);
        inputs.push(StepInput { sequence, tokens, adapter, logits: usize::from(end == self.prompt.len()) });
    }
}

/// Sends the caller of a request the answer to each of its jobs, or the reason why there are none.
/// An error is sent once, since it ends all jobs of the caller. If the caller is gone, nothing is
/// sent.
fn answer(reply: &Sender<Reply>, jobs: &[usize], answers: Result<Vec<Completion>, ModelError>) {
    match answers {
        Ok(answers) => jobs.iter().zip(answers).for_each(|(&job, answer)| drop(reply.send((job, Ok(answer))))),
        Err(e) => drop(reply.send((jobs[0], Err(e)))),
    }
}

/// Owns the model, and answers the requests of all callers.
pub struct Scheduler {
    decoder: Box<dyn Decoder>,
    vocabulary: Arc<Vocabulary>,
    /// Tokens that no answer may hold.
    banned: Vec<u32>,
    options: EngineOptions,
    /// Set from outside to end all requests with [`ModelError::Cancelled`].
    cancel: Arc<AtomicBool>,
    /// The prefixes that are kept, at most [`PREFIXES`], in the order of their last use.
    prefixes: Vec<Prefix>,
    /// Requests that have not been begun.
    waiting: VecDeque<Request>,
    /// Requests that are being answered.
    active: Vec<ActiveRequest>,
}

impl Scheduler {
    /// A scheduler without requests. While `cancel` is set, it answers all requests with
    /// [`ModelError::Cancelled`].
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

    /// Answers the requests that come through `inbox`, until [`Command::Stop`] comes or all senders are gone.
    pub fn run(mut self, inbox: &Receiver<Command>) {
        loop {
            let idle = self.waiting.is_empty() && self.active.is_empty();
            let command = match (idle, inbox.try_recv()) {
                (_, Ok(command)) => Some(command),
                (true, Err(TryRecvError::Empty)) => inbox.recv().ok(),
                (false, Err(TryRecvError::Empty)) => {
                    if let Err(e) = self.work() {
                        self.give_up(&e);
                    }
                    continue;
                }
                (_, Err(TryRecvError::Disconnected)) => None,
            };
            match command {
                Some(Command::Jobs(mut requests)) => {
                    requests.sort_by_key(|r| std::cmp::Reverse(r.prompt.len()));
                    self.waiting.extend(requests);
                }
                Some(Command::Stop) | None => return,
            }
        }
    }

    /// Answers all requests, waiting and active, with an error, and closes all sequences.
    fn give_up(&mut self, error: &ModelError) {
        // An error cannot be cloned, and each request needs one of its own.
        let copy = || match error {
            ModelError::Cancelled => ModelError::Cancelled,
            e => ModelError::Run(e.to_string()),
        };
        for mut request in self.active.drain(..) {
            request.search.close(self.decoder.as_mut());
            answer(&request.reply, &request.jobs, Err(copy()));
        }
        for request in self.waiting.drain(..) {
            answer(&request.reply, &request.jobs, Err(copy()));
        }
        // A failed step may have left wrong keys and values in the prefixes.
        while let Some(prefix) = self.prefixes.pop() {
            self.decoder.close(prefix.id);
        }
    }

    fn check_cancelled(&self) -> Result<(), ModelError> {
        if self.cancel.load(Ordering::Relaxed) { Err(ModelError::Cancelled) } else { Ok(()) }
    }

    /// The sequence that holds a prefix; none for an empty prefix. A prefix that is not among the kept ones is read
    /// now. If there are too many, the kept prefix whose last use is longest ago is dropped.
    fn prefix(&mut self, tokens: &Arc<[u32]>, adapter: Option<AdapterId>) -> Result<Option<SequenceId>, ModelError> {
        if tokens.is_empty() {
            return Ok(None);
        }
        if let Some(at) = self.prefixes.iter().position(|p| p.tokens == *tokens && p.adapter == adapter) {
            let found = self.prefixes.remove(at);
            self.prefixes.push(found);
        } else {
            if self.prefixes.len() == PREFIXES {
                self.decoder.close(self.prefixes.remove(0).id);
            }
            let id = self.decoder.open(None, tokens.len())?;
            self.prefixes.push(Prefix { tokens: tokens.clone(), adapter, id });
            for tokens in tokens.chunks(self.options.chunk) {
                self.check_cancelled()?;
                self.decoder.step(&[StepInput { sequence: id, tokens, adapter, logits: 0 }])?;
            }
        }
        Ok(self.prefixes.last().map(|p| p.id))
    }

    /// Begins as many waiting requests as the batch, the memory and `room` tokens of this step
    /// allow. If none is active, the first one is begun even if it is wider than the batch.
    fn admit(&mut self, mut room: usize) -> Result<(), ModelError> {
        while room > 0 {
            // The request stays in the queue until its sequence is open: if something fails before, `give_up` answers
            // it as well.
            let Some(request) = self.waiting.front() else { return Ok(()) };
            let width = request.task.width();
            if !self.active.is_empty() && self.width() + width > self.options.batch {
                return Ok(());
            }
            let (first, others) = request.task.tokens(request.max_tokens);
            let tokens = request.prompt.len() + first;
            let (prefix, adapter) = (request.prefix.clone(), request.adapter);
            let prefix = self.prefix(&prefix, adapter)?;
            if !self.decoder.has_room(prefix, tokens + others) {
                if !self.active.is_empty() {
                    return Ok(());
                }
                // No request is active, so the memory is taken by kept prefixes only: all but the latest, which this
                // request may need, are dropped.
                let keep = self.prefixes.pop();
                for prefix in self.prefixes.drain(..) {
                    self.decoder.close(prefix.id);
                }
                self.prefixes.extend(keep);
            }
            let id = self.decoder.open(prefix, tokens)?;
            let Some(request) = self.waiting.pop_front() else { return Ok(()) };
            let Request { jobs, prompt, task, max_tokens, reply, caller, .. } = request;
            let search = match Search::new(id, adapter, task, max_tokens, self.decoder.as_mut()) {
                Ok(search) => search,
                Err(e) => {
                    answer(&reply, &jobs, Err(ModelError::Run(e.to_string())));
                    return Err(e);
                }
            };
            room = room.saturating_sub(prompt.len());
            self.active.push(ActiveRequest { jobs, reply, caller, id, prompt, adapter, read: 0, search });
        }
        Ok(())
    }

    /// How many sequences the next steps are likely to read for the active requests.
    fn width(&self) -> usize {
        self.active.iter().map(|r| r.search.width()).sum()
    }

    /// Drops the requests, waiting or active, whose callers have stopped waiting.
    fn drop_abandoned(&mut self) {
        let wanted = |caller: &Weak<()>| caller.strong_count() > 0;
        self.waiting.retain(|r| wanted(&r.caller));
        let decoder = self.decoder.as_mut();
        self.active.retain_mut(|r| {
            let wanted = wanted(&r.caller);
            if !wanted {
                r.search.close(decoder);
            }
            wanted
        });
    }

    /// Runs one step of the model: begins waiting requests, reads, and sends the answers that are
    /// complete. Fails if the model does, if one of the answers could not be made, or if the user
    /// has cancelled.
    fn work(&mut self) -> Result<(), ModelError> {
        self.check_cancelled()?;
        self.drop_abandoned();
        let unread: usize = self.active.iter().map(|r| r.prompt.len() - r.read).sum();
        self.admit(self.options.chunk.saturating_sub(self.width() + unread))?;
        if self.active.is_empty() {
            return Ok(());
        }
        let mut room = Room {
            tokens: self.options.chunk.saturating_sub(self.width()),
            rows: ROWS,
            guesses: if self.decoder.can_forget() { GUESSES.saturating_sub(self.width()) } else { 0 },
        };
        let mut inputs = Vec::with_capacity(self.active.len());
        // For every active request: how many tokens are read, and how many rows of logits are asked
        // for.
        let mut counts = Vec::with_capacity(self.active.len());
        for request in &self.active {
            let before = inputs.len();
            request.inputs(&mut room, &mut inputs);
            let new = &inputs[before..];
            counts
                .push((new.iter().map(|p| p.tokens.len()).sum::<usize>(), new.iter().map(|p| p.logits).sum::<usize>()));
        }
        let mut logits = self.decoder.step(&inputs)?;
        let choices = self.decoder.choose(&mut logits, &self.banned);
        let rows: Vec<Prediction<'_>> =
            logits.rows().zip(choices).map(|(logits, best)| Prediction { logits, best }).collect();
        let mut rows = rows.as_slice();
        let mut kept = Vec::with_capacity(self.active.len());
        let mut failed = None;
        for (mut request, (tokens, wanted)) in self.active.drain(..).zip(counts) {
            if request.read < request.prompt.len() {
                request.read += tokens;
            }
            let (own, others) = rows.split_at(wanted);
            rows = others;
            let answers = match own {
                [] => Ok(None),
                own => request.search.take(own, &self.vocabulary, self.decoder.as_mut()),
            };
            match answers.transpose() {
                None => kept.push(request),
                Some(answers) => {
                    request.search.close(self.decoder.as_mut());
                    failed = answers.as_ref().err().map(ToString::to_string).or(failed);
                    answer(&request.reply, &request.jobs, answers);
                }
            }
        }
        self.active = kept;
        match failed {
            Some(reason) => Err(ModelError::Run(reason)),
            None => Ok(()),
        }
    }
}
