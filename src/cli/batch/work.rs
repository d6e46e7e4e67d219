//! The run itself: takes articles from the reader to the queue, and from the queue to the output in the same order.

use super::output::{Output, WriteError};
use super::progress::Progress;
use super::queue::{self, Common, Made, Queue};
use super::reader::{InputItem, Refused};
use super::{BatchArgs, Plan};
use crate::checks::Severity;
use crate::cli::model_args::Located;
use crate::cli::signals::Stop;
use crate::cli::{Streams, exit};
use crate::config::FailOn;
use crate::dispatch::{ChecksRecord, Decoding, Dispatch, SettingsRecord};
use crate::journal::IndexEntry;
use crate::model::ModelError;
use crate::model::engine::Engine;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

/// How long the work sleeps, or waits for an article, before it looks again for a signal or a finished article.
const LOOK: Duration = Duration::from_millis(20);

/// When the model has failed on this many articles in a row, the model is taken to be the cause, and the run ends.
const IN_A_ROW: usize = 5;

/// The model has failed on `IN_A_ROW` articles in a row, so it would fail on the others, too.
#[derive(Debug, thiserror::Error)]
#[error("the model failed on {IN_A_ROW} articles in a row, the last error was: {0}")]
pub struct ModelIsGone(String);

/// Counts what became of the articles so far.
#[derive(Default)]
pub struct Tally {
    /// Articles whose dispatch is written, in this run or in an earlier one.
    pub done: usize,
    /// Articles without a dispatch, among them those in which there was no text.
    pub failed: usize,
    /// Of the failed ones, those in which there was no text.
    pub empty: usize,
    /// Whether some dispatch has findings at or above `--fail-on`. Of a dispatch that an earlier run has finished only
    /// errors and warnings count, because the index has no number of notes.
    pub findings: bool,
}

impl Tally {
    /// The exit code. With `part` the run was one shard of a batch; a shard without any article is a success, because
    /// the articles may all belong to other shards.
    pub fn exit_code(&self, part: bool) -> u8 {
        if part && self.failed + self.done == 0 {
            exit::OK
        } else if self.failed > self.empty || (self.empty > 0 && self.done > 0) {
            exit::ERROR
        } else if self.done == 0 {
            exit::NO_INPUT
        } else if self.findings {
            exit::FINDINGS
        } else {
            exit::OK
        }
    }
}

/// Where the results of a run go, and what counts them.
pub struct RunOutput<'a> {
    pub streams: &'a mut Streams,
    pub output: &'a mut Output,
    pub progress: &'a mut Progress,
    pub tally: &'a mut Tally,
}

/// The model and settings of a run. The model's file is located for the first article that can be read. The model is
/// loaded for the first article that is to be made: neither finished by an earlier run nor, without `--retry-failed`,
/// failed in one.
pub struct BatchRun<'a> {
    args: &'a BatchArgs,
    plan: &'a Plan,
    located: Option<(Located, Common)>,
    engine: Option<Engine>,
    queue: Queue,
    stop: Stop,
    /// How many articles the model has failed on since the last dispatch was made.
    in_a_row: usize,
}

impl<'a> BatchRun<'a> {
    /// A run whose model is not located yet.
    pub fn new(args: &'a BatchArgs, plan: &'a Plan, stop: Stop) -> Self {
        BatchRun { args, plan, located: None, engine: None, queue: Queue::default(), stop, in_a_row: 0 }
    }

    /// Works until the articles end or a signal asks to stop. An error that is returned ends the run; an error that
    /// concerns only one article is reported and counted.
    pub fn all(&mut self, items: &Receiver<InputItem>, state: &mut RunOutput<'_>) -> anyhow::Result<()> {
        let mut more = true;
        while (more || !self.queue.is_empty()) && !self.stop.is_asked() {
            while let Some(entry) = self.queue.pop_finished() {
                self.hand_on(entry, state)?;
            }
            if !more || self.queue.is_full() {
                std::thread::sleep(LOOK);
                continue;
            }
            match items.recv_timeout(LOOK) {
                Ok(item) => self.item(item, state)?,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => {
                    more = false;
                    state.progress.last();
                }
            }
        }
        Ok(())
    }

    /// The model's file and what all articles of the run share, worked out at the first call.
    fn locate(&mut self) -> anyhow::Result<&(Located, Common)> {
        if self.located.is_none() {
            let located = self.args.model.locate(self.stop.flag())?;
            let settings = SettingsRecord {
                seed: 0,
                decoding: if self.args.greedy { Decoding::Greedy } else { Decoding::Steered },
                batch: located.options.batch,
                context: located.options.context,
                keep_boilerplate: self.args.keep_boilerplate,
                date: self.args.date.map(|d| d.to_string()),
                summary: self.plan.summary.is_some(),
                summarize: self.plan.summary.clone(),
                checks: ChecksRecord::of(&self.plan.config.settings(false, None)),
            };
            let common = Common {
                model: Arc::new(located.record.clone()),
                settings: Arc::new(settings),
                prompts: Arc::new(located.prompts()),
                config: self.plan.config.clone(),
            };
            self.located = Some((located, common));
        }
        Ok(self.located.as_ref().expect("located above"))
    }

    /// The model, loaded when it is first asked for.
    fn engine(&mut self, progress: &mut Progress) -> anyhow::Result<Engine> {
        if self.engine.is_none() {
            progress.loading();
            let engine = self.locate()?.0.load(&mut |done, all| progress.layers(done, all))?;
            let flag = engine.cancel_flag();
            let stop = self.stop.clone();
            // The engine looks only at a flag of its own, between its steps. This thread sets it once a signal has
            // come.
            std::thread::spawn(move || {
                while !stop.is_asked() {
                    std::thread::sleep(Duration::from_millis(100));
                }
                flag.store(true, Ordering::Relaxed);
            });
            self.engine = Some(engine);
        }
        Ok(self.engine.clone().expect("loaded above"))
    }

    /// Starts an article, unless an earlier run has finished it, or has failed on it with the same
    /// settings and `--retry-failed` is not given. An article that could not be read is queued with
    /// its error.
    fn item(&mut self, item: InputItem, state: &mut RunOutput<'_>) -> anyhow::Result<()> {
        let InputItem { name, label, id, source } = item;
        let source = match source {
            Ok(source) => source,
            Err(why) => {
                self.queue.push(queue::QueuedArticle::refused(name, label, id, None, why));
                return Ok(());
            }
        };
        for warning in source.warnings() {
            let warning = format!("{}: {warning}", source.name());
            state.progress.suspend(|| state.streams.warning(&warning));
        }
        let common = self.locate()?.1.clone();
        let fingerprint = common.fingerprint(&source);
        let name = state.output.name(name, source.name(), &fingerprint);
        if let Some(known) = state.output.finished(&name, &fingerprint) {
            state.tally.findings |= self.fails(known.errors, known.warnings, 0);
            state.tally.done += 1;
            state.progress.skipped(source.name());
            state.progress.article_done();
            return Ok(());
        }
        if !self.args.retry_failed && state.output.has_failed(source.name(), &fingerprint) {
            let message = format!("{label}: failed before with the same settings; --retry-failed tries it again");
            state.progress.suspend(|| state.streams.error(&message));
            state.tally.failed += 1;
            state.progress.article_done();
            return Ok(());
        }
        let engine = self.engine(state.progress)?;
        let sentences = state.progress.article(source.name(), source.sentences());
        let label = source.name().to_string();
        let article = queue::Article { source, name, label, fingerprint };
        self.queue.start(article, engine, &common, sentences, self.stop.flag())?;
        Ok(())
    }

    /// Cancels the articles that are still being made, and writes those that are finished.
    pub fn stop(&mut self, state: &mut RunOutput<'_>) {
        if let Some(engine) = &self.engine {
            engine.cancel_flag().store(true, Ordering::Relaxed);
        }
        while let Some(entry) = self.queue.pop() {
            // The run is ending anyway, by a signal or an error, and a further error would not help the user.
            let _ = self.hand_on(entry, state);
        }
    }

    /// Waits for an article and writes its dispatch, or reports why there is none; a cancelled article is not reported.
    ///
    /// # Errors
    /// What ends the run: the model has failed on `IN_A_ROW` articles in a row, or the output as a whole cannot be
    /// written.
    fn hand_on(&mut self, entry: queue::QueuedArticle, state: &mut RunOutput<'_>) -> anyhow::Result<()> {
        let (entry, made) = entry.wait();
        let why = match made {
            Made::Dispatch(dispatch) => {
                self.in_a_row = 0;
                let wrote = state.progress.suspend(|| state.output.done(&entry.name, &dispatch, state.streams));
                match wrote {
                    Ok(()) => {
                        self.count(&dispatch, state);
                        return Ok(());
                    }
                    Err(WriteError::All(e)) => return Err(e),
                    Err(WriteError::Article(message)) => Refused { message, is_empty: false },
                }
            }
            Made::Failed(ModelError::Cancelled) => return Ok(()),
            Made::Refused(why) => why,
            Made::Failed(e) => {
                if matches!(e, ModelError::Run(_) | ModelError::Device(_)) {
                    self.in_a_row += 1;
                }
                if self.in_a_row >= IN_A_ROW {
                    return Err(ModelIsGone(e.to_string()).into());
                }
                Refused { message: format!("{}: {e}", entry.label), is_empty: false }
            }
            Made::Fault => Refused {
                message: format!(
                    "{}: depeche crashed on this article; this is a bug in depeche, please report it",
                    entry.label
                ),
                is_empty: false,
            },
        };
        state.tally.failed += 1;
        state.tally.empty += usize::from(why.is_empty);
        state.progress.suspend(|| state.streams.error(&why.message));
        state.progress.article_done();
        let failed = IndexEntry::failed(&entry.label, &why.message, entry.fingerprint);
        state.output.failed(&failed, entry.id.as_ref(), state.streams)
    }

    /// Counts an article whose dispatch is written.
    fn count(&self, dispatch: &Dispatch, state: &mut RunOutput<'_>) {
        let count = |severity| dispatch.findings.iter().filter(|f| f.severity == severity).count();
        use Severity::{Error, Note, Warning};
        state.tally.findings |= self.fails(count(Error), count(Warning), count(Note));
        state.tally.done += 1;
        state.progress.article_done();
    }

    /// Whether one of these findings is as grave as `--fail-on` says, or graver.
    fn fails(&self, errors: usize, warnings: usize, notes: usize) -> bool {
        match self.args.fail_on {
            FailOn::Never => false,
            FailOn::Error => errors > 0,
            FailOn::Warning => errors + warnings > 0,
            FailOn::Note => errors + warnings + notes > 0,
        }
    }
}
