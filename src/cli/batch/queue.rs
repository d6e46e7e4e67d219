//! Articles that are being made: a few at a time, each on a thread of its own, so that the model has a full batch of
//! sentences from all of them. They are handed on in the order in which they came.

use super::dispatches::WorkText;
use super::progress::Sentences;
use super::reader::Refused;
use crate::checks::engine::Settings as CheckSettings;
use crate::config::Config;
use crate::dispatch::{Dispatch, ModelRecord, SettingsRecord};
use crate::model::ModelError;
use crate::model::engine::Engine;
use crate::pipeline::{self, Prompts, RunSettings};
use jiff::civil::Date;
use serde_json::Value;
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

/// How many articles are being made at a time at most, counting those that are finished and wait for an earlier one.
/// The later articles fill the batch while the last sentences of the first, and its summary, are still being written;
/// more articles would only take memory.
const AT_A_TIME: usize = 4;

/// How many articles the queue holds at most, counting finished ones and ones that could not be read.
const IN_LINE: usize = 64;

/// Bytes of stack for an article's thread: twice the usual size. Only addresses are reserved; memory is taken when it
/// is used.
const STACK: usize = 4 << 20;

/// What is the same for all articles of a run.
#[derive(Clone)]
pub struct Common {
    pub model: Arc<ModelRecord>,
    pub settings: Arc<SettingsRecord>,
    pub prompts: Arc<Prompts>,
    /// What `depeche.toml` wants of the checks.
    pub config: Arc<Config>,
}

impl Common {
    /// Calls `act` with the settings that `pipeline` needs for a text published on `date`.
    fn with<T>(&self, date: Option<Date>, act: impl FnOnce(&RunSettings<'_>) -> T) -> T {
        // The user's `partial` is about translations by others, which may leave out parts of their articles; one by
        // depeche may not.
        let checks = CheckSettings { partial: false, ..self.config.settings(false, date) };
        act(&RunSettings { model: &self.model, settings: &self.settings, checks: &checks })
    }

    /// Hash of all that decides what becomes of a source.
    pub fn fingerprint(&self, source: &WorkText) -> String {
        self.with(source.date(), |job| match source {
            WorkText::Article(article) => pipeline::fingerprint(article, job, &self.prompts),
            WorkText::Translated(dispatch) => pipeline::resummary_fingerprint(dispatch, job, &self.prompts),
        })
    }

    /// Makes the dispatch. While it translates, `progress` is told how many sentences are done, and returns whether to
    /// go on.
    fn make(
        &self,
        source: &WorkText,
        engine: &mut Engine,
        progress: &mut dyn FnMut(usize) -> bool,
    ) -> Result<Dispatch, ModelError> {
        self.with(source.date(), |job| match source {
            WorkText::Article(article) => pipeline::dispatch(article, engine, job, &self.prompts, progress),
            WorkText::Translated(dispatch) => pipeline::resummarise(dispatch, engine, job, &self.prompts),
        })
    }
}

/// An article in the queue: being made, finished, or one that cannot be made.
pub struct QueuedArticle {
    /// Name of its files.
    pub name: String,
    /// Name of the input, for messages.
    pub label: String,
    /// The identifier that the input gave it.
    pub id: Option<Value>,
    /// See [`Common::fingerprint`]; `None` where the article could not be read.
    pub fingerprint: Option<String>,
    work: Making,
}

/// How far the work on an article is.
enum Making {
    /// The thread that makes the dispatch.
    Running(JoinHandle<Result<Dispatch, ModelError>>),
    /// Why no dispatch can be made.
    Refused(Refused),
}

/// How an article ended.
pub enum Made {
    Dispatch(Box<Dispatch>),
    Refused(Refused),
    Failed(ModelError),
    /// Its thread panicked, which is a bug in depeche.
    Fault,
}

impl QueuedArticle {
    /// An article that cannot be made. It waits in the queue, so that errors are reported in the order of the articles.
    pub fn refused(
        name: String,
        label: String,
        id: Option<Value>,
        fingerprint: Option<String>,
        why: Refused,
    ) -> QueuedArticle {
        QueuedArticle { name, label, id, fingerprint, work: Making::Refused(why) }
    }

    /// Whether [`QueuedArticle::wait`] would return at once.
    fn is_finished(&self) -> bool {
        match &self.work {
            Making::Running(thread) => thread.is_finished(),
            Making::Refused(_) => true,
        }
    }

    /// Waits until the article is finished, and returns it with what became of it.
    pub fn wait(self) -> (QueuedArticle, Made) {
        let made = match self.work {
            Making::Refused(why) => Made::Refused(why),
            Making::Running(thread) => match thread.join() {
                Ok(Ok(dispatch)) => Made::Dispatch(Box::new(dispatch)),
                Ok(Err(e)) => Made::Failed(e),
                Err(_) => Made::Fault,
            },
        };
        // The thread was consumed by joining it, so a placeholder stands for it.
        let over = Making::Refused(Refused { message: String::new(), is_empty: false });
        (QueuedArticle { work: over, ..self }, made)
    }
}

/// An article to be made.
pub struct Article {
    pub source: WorkText,
    /// Name of its files.
    pub name: String,
    /// Name of the input, for messages.
    pub label: String,
    pub fingerprint: String,
}

/// Articles in the order in which they came.
#[derive(Default)]
pub struct Queue {
    entries: VecDeque<QueuedArticle>,
}

impl Queue {
    /// Starts an article. The queue must not be [full](Queue::is_full).
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(
        &mut self,
        article: Article,
        mut engine: Engine,
        common: &Common,
        mut sentences: Sentences,
        cancelled: Arc<AtomicBool>,
    ) -> std::io::Result<()> {
        let Article { source, name, label, fingerprint } = article;
        let id = source.id().cloned();
        let common = common.clone();
        let work = move || {
            common.make(&source, &mut engine, &mut |done| {
                sentences.done(done);
                !cancelled.load(Ordering::Relaxed)
            })
        };
        let work = std::thread::Builder::new().name("depeche-article".into()).stack_size(STACK).spawn(work)?;
        let (fingerprint, work) = (Some(fingerprint), Making::Running(work));
        self.entries.push_back(QueuedArticle { name, label, id, fingerprint, work });
        Ok(())
    }

    /// Puts an article that needs no work into the queue.
    pub fn push(&mut self, entry: QueuedArticle) {
        self.entries.push_back(entry);
    }

    /// Whether an article must be taken out before the next one is started or put in.
    pub fn is_full(&self) -> bool {
        let running = self.entries.iter().filter(|e| matches!(e.work, Making::Running(_))).count();
        running >= AT_A_TIME || self.entries.len() >= IN_LINE
    }

    /// Whether no article is left to be taken out.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Takes out the oldest article, finished or not.
    pub fn pop(&mut self) -> Option<QueuedArticle> {
        self.entries.pop_front()
    }

    /// Takes out the oldest article, if it is finished.
    pub fn pop_finished(&mut self) -> Option<QueuedArticle> {
        if self.entries.front()?.is_finished() { self.pop() } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::engine::Level;
    use crate::dispatch::Decoding;
    use std::path::Path;

    #[test]
    fn articles_are_checked_as_depeche_toml_says() {
        let text = "partial = true\n[rules]\nrepetition = \"off\"\n[[glossary]]\nfr = \"Tsahal\"\nen = \"IDF\"\n\
                    [[ignore]]\nrule = \"name-missing\"\nsource = \"Brenne\"\nreason = \"ours\"\n";
        let model = ModelRecord {
            id: "none".into(),
            sha256: String::new(),
            architecture: String::new(),
            device: "cpu".into(),
            adapter: None,
        };
        let settings = SettingsRecord {
            seed: 0,
            decoding: Decoding::Greedy,
            batch: 1,
            context: 4096,
            keep_boilerplate: false,
            date: None,
            summary: false,
            summarize: None,
            checks: None,
        };
        let common = Common {
            model: model.into(),
            settings: settings.into(),
            prompts: Prompts::standard().into(),
            config: Config::parse(text, Path::new(".")).unwrap().into(),
        };
        common.with(None, |job| {
            assert_eq!(job.checks.levels, [("repetition", Level::Off)]);
            assert_eq!((job.checks.glossary.len(), job.checks.ignores.len()), (1, 1));
            assert!(!job.checks.partial, "what depeche translates is whole");
        });
    }
}
