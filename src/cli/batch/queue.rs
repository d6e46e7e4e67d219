//! Articles on their way: a few at a time, each on a thread of its own, so that the model's batch is full of the sentences
//! of all of them; they are handed on in the order in which they came.

use super::dispatches::Source;
use super::progress::Sentences;
use crate::checks::engine::Settings as CheckSettings;
use crate::config::Config;
use crate::dispatch::{Dispatch, ModelRecord, SettingsRecord};
use crate::model::ModelError;
use crate::model::engine::Engine;
use crate::pipeline::{self, Job, Prompts};
use jiff::civil::Date;
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

/// Articles in work at a time. The next ones fill the batch while the last sentences of the first, and its summary, are
/// still being written; more would only take memory.
const AT_A_TIME: usize = 4;

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
    /// What `pipeline` is told of a text published on that day.
    fn with<T>(&self, date: Option<Date>, act: impl FnOnce(&Job<'_>) -> T) -> T {
        // Only a translation by somebody else may be a part of its article.
        let checks = CheckSettings { partial: false, ..self.config.settings(false, date) };
        act(&Job { model: &self.model, settings: &self.settings, checks: &checks })
    }

    /// Hash of all that decides what becomes of a source.
    pub fn fingerprint(&self, source: &Source) -> String {
        self.with(source.date(), |job| match source {
            Source::Article(article) => pipeline::fingerprint(article, job, &self.prompts),
            Source::Translated(dispatch) => pipeline::resummary_fingerprint(dispatch, job, &self.prompts),
        })
    }

    fn make(
        &self,
        source: &Source,
        engine: &mut Engine,
        progress: &mut dyn FnMut(usize) -> bool,
    ) -> Result<Dispatch, ModelError> {
        self.with(source.date(), |job| match source {
            Source::Article(article) => pipeline::dispatch(article, engine, job, &self.prompts, progress),
            Source::Translated(dispatch) => pipeline::resummarise(dispatch, engine, job, &self.prompts),
        })
    }
}

/// An article that is being made, or was.
pub struct Entry {
    /// Name of its files.
    pub name: String,
    /// Name of the input, for messages.
    pub label: String,
    work: JoinHandle<Result<Dispatch, ModelError>>,
}

impl Entry {
    /// Waits for the dispatch.
    pub fn wait(self) -> (String, String, Result<Dispatch, ModelError>) {
        let made = self.work.join().unwrap_or_else(|_| Err(ModelError::Run("a thread panicked".into())));
        (self.name, self.label, made)
    }
}

#[derive(Default)]
pub struct Queue {
    entries: VecDeque<Entry>,
}

impl Queue {
    /// Starts an article. The queue must not be [full](Queue::is_full).
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(
        &mut self,
        source: Source,
        name: &str,
        mut engine: Engine,
        common: &Common,
        mut sentences: Sentences,
        cancelled: Arc<AtomicBool>,
    ) -> std::io::Result<()> {
        let label = source.name().to_string();
        let common = common.clone();
        let work = move || {
            common.make(&source, &mut engine, &mut |done| {
                sentences.done(done);
                !cancelled.load(Ordering::Relaxed)
            })
        };
        let work = std::thread::Builder::new().name("depeche-article".into()).spawn(work)?;
        self.entries.push_back(Entry { name: name.into(), label, work });
        Ok(())
    }

    pub fn is_full(&self) -> bool {
        self.entries.len() >= AT_A_TIME
    }

    /// The oldest article.
    pub fn pop(&mut self) -> Option<Entry> {
        self.entries.pop_front()
    }

    /// The oldest article, if it is finished.
    pub fn pop_finished(&mut self) -> Option<Entry> {
        if self.entries.front()?.work.is_finished() { self.pop() } else { None }
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
