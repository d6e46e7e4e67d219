//! The [`Generator`] that runs a GGUF model on this machine.
//!
//! One thread owns the model and decodes for all callers (see [`scheduler`]). An [`Engine`] is a
//! handle to this thread.

mod scheduler;
mod search;

use super::adapter::Adapter;
use super::chat::Template;
use super::decoder::{self, AdapterId, Resources};
use super::gguf::{Config, Gguf};
use super::kernels::isa::Isa;
use super::tokenizer::Vocabulary;
use super::{Completion, Generator, Job, ModelError, Progress, Search};
use candle_core::Device;
use scheduler::{Command, Request, Scheduler, tokens_of_a_branch};
use search::{Needs, Task};
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};

/// How the engine runs.
#[derive(Debug, Clone)]
pub struct EngineOptions {
    /// How many sequences may be decoded together. A beam search that is wider than this begins
    /// only when no other request is being answered.
    pub batch: usize,
    /// How many tokens one step of the model may read. This bounds the memory that long prompts take, and how long
    /// other sequences wait for them. One token of each sequence is read in any case.
    pub chunk: usize,
    /// How many tokens a prompt and its answer may have together; the model's own context counts if it is smaller. In a
    /// beam search, every hypothesis counts as an answer.
    pub context: usize,
    /// Threads on the CPU.
    pub threads: usize,
    /// How many bytes the attention's keys and values may take. If this is too little for one sequence of full length
    /// and a kept prefix, they may take more.
    pub kv_bytes: usize,
    /// The instruction set for which the CPU's kernels are chosen.
    pub isa: Isa,
}

impl Default for EngineOptions {
    fn default() -> Self {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        EngineOptions { batch: 16, chunk: 512, context: 8192, threads, kv_bytes: 1 << 30, isa: Isa::best() }
    }
}

impl EngineOptions {
    /// What the decoder of a model of this shape may use.
    pub fn resources(&self, config: &Config) -> Resources {
        // One sequence of full length must fit in any case, beside a prefix that was kept from earlier requests and may
        // be nearly as long. The tokens of one step are added as a reserve.
        let least = 2 * self.context.min(config.context_length) + self.chunk;
        Resources { threads: self.threads, tokens: least.max(self.kv_bytes / config.token_bytes()), isa: self.isa }
    }
}

/// A loaded model, to be cloned for each thread that generates with it. The requests of all clones are decoded
/// together.
#[derive(Clone)]
pub struct Engine {
    vocabulary: Arc<Vocabulary>,
    template: Arc<Template>,
    /// Names of the adapters, in the decoder's order.
    adapters: Arc<[String]>,
    /// How many tokens a prompt and its answer may have together.
    context: usize,
    /// Sends commands to the scheduler.
    commands: Sender<Command>,
    /// See [`Engine::cancel_flag`].
    cancel: Arc<AtomicBool>,
    _thread: Arc<Thread>,
}

/// Ends the scheduler's thread when the last [`Engine`] of the model is dropped.
struct Thread {
    commands: Sender<Command>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Drop for Thread {
    fn drop(&mut self) {
        let _ = self.commands.send(Command::Stop);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Engine {
    /// Loads a GGUF file and adapters for it. `progress` is told how many layers are loaded, and how many there are.
    ///
    /// # Errors
    /// When the file cannot be read, is unsound, has an unknown architecture or no chat template;
    /// when an adapter was made for another model; when the device fails or the thread cannot be
    /// started.
    pub fn load(
        path: &Path,
        adapters: &[Adapter],
        device: &Device,
        options: EngineOptions,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<Engine, ModelError> {
        let file = Gguf::open(path)?;
        let config = file.config()?;
        let template = file
            .text("tokenizer.chat_template")
            .ok_or_else(|| file.fail("has no chat template; depeche needs an instruct model"))?;
        let template = Arc::new(Template::new(template)?);
        let vocabulary = Arc::new(Vocabulary::load(&file)?);
        let decoder = decoder::load(&file, adapters, device, options.resources(&config), progress)?;
        let cancel = Arc::<AtomicBool>::default();
        let context = options.context.min(config.context_length);
        let (commands, inbox) = channel();
        let scheduler = Scheduler::new(decoder, vocabulary.clone(), options, cancel.clone());
        let thread = std::thread::Builder::new()
            .name("depeche-engine".into())
            .spawn(move || scheduler.run(&inbox))
            .map_err(|e| ModelError::Run(format!("no thread for the engine: {e}")))?;
        let adapters = adapters.iter().map(|a| a.name().to_string()).collect();
        let _thread = Arc::new(Thread { commands: commands.clone(), thread: Some(thread) });
        Ok(Engine { vocabulary, template, adapters, context, commands, cancel, _thread })
    }

    /// A flag that may be set at any time, as by a signal handler. While it is set, every generation ends with
    /// [`ModelError::Cancelled`], whether it is running, waiting or new.
    pub fn cancel_flag(&self) -> Arc<AtomicBool> {
        self.cancel.clone()
    }

    /// The model's tokenizer.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The tokens of all messages but the last one (system message and examples), if these messages
    /// are the same in all jobs; none otherwise. The last messages may begin alike as well, but how
    /// far they do depends on which jobs come together, so no prefix is made of it.
    fn prefix(&self, jobs: &[Job]) -> Result<Vec<u32>, ModelError> {
        let first = &jobs[0].messages;
        let head = &first[..first.len().saturating_sub(1)];
        if head.is_empty() || !jobs.iter().all(|j| j.messages.len() == first.len() && j.messages.starts_with(head)) {
            return Ok(Vec::new());
        }
        self.template.tokens(head, false, &self.vocabulary)
    }

    /// A request for each job; jobs that ask how likely given answers to the same prompt are share
    /// one. Each prompt is cut in two: the prefix that all `jobs` share, and the rest.
    fn requests(&self, jobs: &[Job], reply: &Sender<Reply>, caller: &Arc<()>) -> Result<Vec<Request>, ModelError> {
        let mut prompts = Vec::with_capacity(jobs.len());
        let mut tasks = Vec::with_capacity(jobs.len());
        let adapters = jobs.iter().map(|job| self.adapter(job)).collect::<Result<Vec<_>, _>>()?;
        for job in jobs {
            let prompt = self.template.tokens(&job.messages, true, &self.vocabulary)?;
            let task = self.task(&job.search)?;
            let (answer, others) = task.tokens(job.max_tokens);
            if prompt.len() + answer + others > self.context {
                let (prompt, wanted) = (prompt.len(), answer + others);
                return Err(ModelError::TooLong { prompt, wanted, context: self.context });
            }
            prompts.push(prompt);
            tasks.push(task);
        }
        let mut prefix = self.prefix(jobs)?;
        // A template may render a message differently when it is the last one. So the prefix is used only if every
        // prompt begins with it and goes on after it.
        if !prompts.iter().all(|p| p.len() > prefix.len() && p.starts_with(&prefix)) {
            prefix.clear();
        }
        let prefix: Arc<[u32]> = prefix.into();
        let mut requests: Vec<Request> = Vec::with_capacity(jobs.len());
        // The index of the latest request for given answers, by its prompt and adapter.
        let mut by_prompt: HashMap<(Vec<u32>, Option<AdapterId>), usize> = HashMap::new();
        for (job, (mut prompt, task)) in prompts.into_iter().zip(tasks).enumerate() {
            if let Task::Given { answers: new, rivals } = &task {
                let latest = by_prompt.entry((prompt.clone(), adapters[job])).or_insert(requests.len());
                if let Some(Request { task: Task::Given { answers, .. }, jobs, .. }) = requests.get_mut(*latest) {
                    let all = answers.iter().chain(new).map(|answer| tokens_of_a_branch(answer.len())).sum::<usize>();
                    // Together they must fit into the memory that one request can always have (see
                    // `EngineOptions::resources`). Rivals are found for the first answer of a
                    // request only, so a job that wants them begins a request.
                    if !rivals && prompt.len() + all <= self.context {
                        answers.extend_from_slice(new);
                        jobs.push(job);
                        continue;
                    }
                    *latest = requests.len();
                }
            }
            requests.push(Request {
                jobs: vec![job],
                prompt: prompt.split_off(prefix.len()),
                adapter: adapters[job],
                prefix: prefix.clone(),
                max_tokens: jobs[job].max_tokens,
                task,
                reply: reply.clone(),
                caller: Arc::downgrade(caller),
            });
        }
        Ok(requests)
    }

    /// The adapter that a job asks for; `None` if it asks for none. Fails if it is not loaded.
    fn adapter(&self, job: &Job) -> Result<Option<AdapterId>, ModelError> {
        let Some(name) = &job.adapter else { return Ok(None) };
        let found = self.adapters.iter().position(|a| a == name).map(|at| Some(AdapterId(at)));
        found.ok_or_else(|| ModelError::Run(format!("a prompt asks for the adapter {name:?}, which is not loaded")))
    }

    /// What a job's search asks for, with its texts as tokens.
    fn task(&self, search: &Search) -> Result<Task, ModelError> {
        let encode = |text: &str| self.vocabulary.encode_data(text);
        Ok(match search {
            Search::Greedy => Task::Greedy { near: Vec::new() },
            Search::GreedyNear(text) => Task::Greedy { near: encode(text)? },
            Search::Given(answer) => Task::Given { answers: vec![encode(answer)?], rivals: false },
            Search::Rivals(answer) => Task::Given { answers: vec![encode(answer)?], rivals: true },
            Search::Beam { width, needs, bans } => {
                // A string is cut into other tokens when a space stands before it, and may stand in
                // the answer either way. So both are alternatives.
                let alternatives = |texts: &Vec<String>| -> Result<Vec<Vec<u32>>, ModelError> {
                    texts.iter().flat_map(|t| [encode(t), encode(&format!(" {t}"))]).collect()
                };
                let needs = needs.iter().map(alternatives).collect::<Result<_, _>>()?;
                Task::Beam { width: (*width).max(1), needs: Needs { needs, bans: alternatives(bans)? } }
            }
        })
    }
}

/// What the scheduler answers: the number of the job, and its answer or why there is none.
type Reply = (usize, Result<Completion, ModelError>);

impl Generator for Engine {
    fn generate(&mut self, jobs: &[Job], progress: Progress<'_>) -> Result<Vec<Completion>, ModelError> {
        if jobs.is_empty() {
            return Ok(Vec::new());
        }
        let gone = |_| ModelError::Run("the engine has stopped".into());
        let (reply, replies) = channel();
        // The scheduler drops requests whose `caller` is gone. So when this function returns early, the requests that
        // are left are not answered any more.
        let caller = Arc::new(());
        let requests = self.requests(jobs, &reply, &caller)?;
        drop(reply);
        self.commands.send(Command::Jobs(requests)).map_err(|_| gone(()))?;
        let mut done: Vec<Option<Completion>> = vec![None; jobs.len()];
        for _ in 0..jobs.len() {
            let (job, completion) = receive(&replies, &self.cancel)?;
            let completion = completion?;
            if !progress(job, &completion) {
                return Err(ModelError::Cancelled);
            }
            done[job] = Some(completion);
        }
        Ok(done.into_iter().flatten().collect())
    }

    fn count_tokens(&self, text: &str) -> usize {
        self.vocabulary.encode_data(text).map_or(text.len(), |t| t.len())
    }

    fn context_length(&self) -> usize {
        self.context
    }
}

/// Waits for the next reply. Fails once the scheduler has ended: with [`ModelError::Cancelled`] if the flag `cancel` is
/// set, otherwise with [`ModelError::Run`].
fn receive(replies: &Receiver<Reply>, cancel: &AtomicBool) -> Result<Reply, ModelError> {
    replies.recv().map_err(|_| {
        if cancel.load(Ordering::Relaxed) {
            ModelError::Cancelled
        } else {
            ModelError::Run("the engine has stopped".into())
        }
    })
}
