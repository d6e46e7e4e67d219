//! Articles on their way: a few at a time, each on a thread of its own, so that the model's batch is full of the sentences
//! of all of them; they are handed on in the order in which they came.

use super::progress::Sentences;
use crate::article::Article;
use crate::checks::engine::Settings as CheckSettings;
use crate::dispatch::{Dispatch, ModelRecord, SettingsRecord};
use crate::model::ModelError;
use crate::model::engine::Engine;
use crate::pipeline::{self, Job, Prompts};
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
}

impl Common {
    /// What `pipeline` is told of an article.
    pub fn with<T>(&self, article: &Article, act: impl FnOnce(&Job<'_>) -> T) -> T {
        let checks = CheckSettings { date: article.date, ..CheckSettings::default() };
        act(&Job { model: &self.model, settings: &self.settings, checks: &checks })
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
        article: Article,
        name: &str,
        mut engine: Engine,
        common: &Common,
        mut sentences: Sentences,
        cancelled: Arc<AtomicBool>,
    ) -> std::io::Result<()> {
        let label = article.original.name.clone();
        let common = common.clone();
        let work = move || {
            common.with(&article, |job| {
                pipeline::dispatch(&article, &mut engine, job, &common.prompts, &mut |done| {
                    sentences.done(done);
                    !cancelled.load(Ordering::Relaxed)
                })
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
