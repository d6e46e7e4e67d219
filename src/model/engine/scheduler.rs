//! Continuous batching: one thread owns the model and keeps its batch full with the requests of all callers.
//!
//! Each step reads the latest token of every sequence that is being generated. The other tokens that a step may have
//! belong to prompts that have not been read to their end and to answers that are given, or are guesses. Requests are
//! taken in the order in which they came; of those that came together, the one with the longest prompt first, because
//! the batch stays full longer if short ones are left for the end. On the CPU, which sequences are decoded together
//! does not change what they give: the kernels guarantee that.

use super::search::{Prediction, Rivals, Room, Search, Task};
use super::{EngineOptions, Reply};
use crate::model::decoder::{AdapterId, Decoder, Piece, SequenceId};
use crate::model::kernels::attention::BLOCK;
use crate::model::tokenizer::Vocabulary;
use crate::model::{Completion, ModelError};
use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, TryRecvError};
use std::sync::{Arc, Weak};

/// What an [`Engine`](super::Engine) sends to the scheduler.
pub enum Message {
    Jobs(Vec<Request>),
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

impl Request {
    /// How many tokens its first sequence may have after the prefix: the prompt and the answer.
    fn tokens(&self) -> usize {
        let answer = if let Task::Given { answers, .. } = &self.task { answers[0].len() } else { self.max_tokens };
        self.prompt.len() + answer
    }

    /// How many tokens of memory its further sequences need, those of a beam and of further given answers.
    fn tokens_of_forks(&self) -> usize {
        match &self.task {
            Task::Greedy { .. } => 0,
            Task::Beam { width, .. } => (width - 1) * tokens_of_a_fork(self.max_tokens),
            Task::Given { answers, rivals } => {
                let rivals = if *rivals { Rivals::tokens(answers[0].len()) } else { 0 };
                answers[1..].iter().map(|a| tokens_of_a_fork(a.len())).sum::<usize>() + rivals
            }
        }
    }
}

/// How many tokens of memory a further sequence needs for an answer of `tokens` tokens: two blocks more, since it may
/// begin and end in the middle of a block.
pub fn tokens_of_a_fork(tokens: usize) -> usize {
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

/// What many prompts begin with (the system message and the examples), read with one adapter or with none.
struct Prefix {
    tokens: Arc<[u32]>,
    adapter: Option<AdapterId>,
    id: SequenceId,
}

/// A request that is being answered.
struct Sequence {
    jobs: Vec<usize>,
    reply: Sender<Reply>,
    caller: Weak<()>,
    id: SequenceId,
    prompt: Vec<u32>,
    adapter: Option<AdapterId>,
    /// Tokens of the prompt that were read.
    read: usize,
    search: Search,
}

impl Sequence {
    /// Adds to `pieces` what the next step reads for this request, and takes it from the `room`.
    fn pieces<'a>(&'a self, room: &mut Room, pieces: &mut Vec<Piece<'a>>) {
        if self.read == self.prompt.len() {
            return self.search.pieces(room, pieces);
        }
        // One token of every sequence always finds room, so that none waits for another's long prompt.
        let end = (self.read + room.tokens + 1).min(self.prompt.len());
        let tokens = &self.prompt[self.read..end];
        room.tokens = room.tokens.saturating_sub(tokens.len() - 1);
        let (sequence, adapter) = (self.id, self.adapter);
        pieces.push(Piece { sequence, tokens, adapter, logits: usize::from(end == self.prompt.len()) });
    }
}

/// Sends the answers of a request to its jobs, or why there are none. An error is sent once, since it ends all jobs of
/// its caller. If the caller is gone, nothing is sent.
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
    /// The prefixes that were used last, latest last.
    prefixes: Vec<Prefix>,
    /// Requests that have not been taken in yet.
    waiting: VecDeque<Request>,
    /// Requests that are being answered.
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

    /// Answers all requests, waiting and active, with an error, and closes all sequences.
    fn give_up(&mut self, error: &ModelError) {
        let of = || match error {
            ModelError::Cancelled => ModelError::Cancelled,
            e => ModelError::Run(e.to_string()),
        };
        for mut sequence in self.active.drain(..) {
            sequence.search.close(self.decoder.as_mut());
            answer(&sequence.reply, &sequence.jobs, Err(of()));
        }
        for request in self.waiting.drain(..) {
            answer(&request.reply, &request.jobs, Err(of()));
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
                self.decoder.step(&[Piece { sequence: id, tokens, adapter, logits: 0 }])?;
            }
        }
        Ok(self.prefixes.last().map(|p| p.id))
    }

    /// Takes in as many waiting requests as the batch, the memory and `room` tokens of this step allow. If none is
    /// active, the first one is taken even if it is wider than the batch.
    fn admit(&mut self, mut room: usize) -> Result<(), ModelError> {
        while room > 0 {
            // The request stays in the queue until its sequence is open: if something fails before, `give_up` answers
            // it as well.
            let Some(request) = self.waiting.front() else { return Ok(()) };
            let width = request.task.width();
            if !self.active.is_empty() && self.width() + width > self.options.batch {
                return Ok(());
            }
            let (tokens, forks) = (request.tokens(), request.tokens_of_forks());
            let (prefix, adapter) = (request.prefix.clone(), request.adapter);
            let prefix = self.prefix(&prefix, adapter)?;
            if !self.decoder.has_room(prefix, tokens + forks) {
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
            self.active.push(Sequence { jobs, reply, caller, id, prompt, adapter, read: 0, search });
        }
        Ok(())
    }

    /// How many sequences the next steps are likely to read for the active requests.
    fn width(&self) -> usize {
        self.active.iter().map(|s| s.search.width()).sum()
    }

    /// Drops the requests, waiting or active, whose callers have stopped waiting.
    fn drop_abandoned(&mut self) {
        let wanted = |caller: &Weak<()>| caller.strong_count() > 0;
        self.waiting.retain(|r| wanted(&r.caller));
        let decoder = self.decoder.as_mut();
        self.active.retain_mut(|s| {
            let wanted = wanted(&s.caller);
            if !wanted {
                s.search.close(decoder);
            }
            wanted
        });
    }

    /// Runs one step of the model: takes waiting requests in, reads, and sends the answers that are complete. Fails if
    /// the model does, if one of the answers could not be made, or if all is cancelled.
    fn work(&mut self) -> Result<(), ModelError> {
        self.check_cancelled()?;
        self.drop_abandoned();
        let left: usize = self.active.iter().map(|s| s.prompt.len() - s.read).sum();
        self.admit(self.options.chunk.saturating_sub(self.width() + left))?;
        if self.active.is_empty() {
            return Ok(());
        }
        let mut room = Room {
            tokens: self.options.chunk.saturating_sub(self.width()),
            rows: ROWS,
            guesses: if self.decoder.can_forget() { GUESSES.saturating_sub(self.width()) } else { 0 },
        };
        let mut pieces = Vec::with_capacity(self.active.len());
        // For every request: how many tokens are read, and how many rows of logits are asked for.
        let mut counts = Vec::with_capacity(self.active.len());
        for sequence in &self.active {
            let before = pieces.len();
            sequence.pieces(&mut room, &mut pieces);
            let new = &pieces[before..];
            counts
                .push((new.iter().map(|p| p.tokens.len()).sum::<usize>(), new.iter().map(|p| p.logits).sum::<usize>()));
        }
        let mut logits = self.decoder.step(&pieces)?;
        let choices = self.decoder.choose(&mut logits, &self.banned);
        let rows: Vec<Prediction<'_>> =
            logits.rows().zip(choices).map(|(logits, best)| Prediction { logits, best }).collect();
        let mut rows = rows.as_slice();
        let mut kept = Vec::with_capacity(self.active.len());
        let mut failed = None;
        for (mut sequence, (tokens, wanted)) in self.active.drain(..).zip(counts) {
            if sequence.read < sequence.prompt.len() {
                sequence.read += tokens;
            }
            let (own, others) = rows.split_at(wanted);
            rows = others;
            let answers = match own {
                [] => Ok(None),
                own => sequence.search.take(own, &self.vocabulary, self.decoder.as_mut()),
            };
            match answers.transpose() {
                None => kept.push(sequence),
                Some(answers) => {
                    sequence.search.close(self.decoder.as_mut());
                    failed = answers.as_ref().err().map(ToString::to_string).or(failed);
                    answer(&sequence.reply, &sequence.jobs, answers);
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
