//! Sentences and articles done, on stderr: a bar on a terminal, elsewhere a plain line an article.

use crate::report::text::printable;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::time::{Duration, Instant};

pub struct Progress {
    bar: Option<ProgressBar>,
    articles: usize,
    done: usize,
    name: String,
    sentences: usize,
    started: Instant,
}

impl Progress {
    pub fn new(articles: usize) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::new(0);
            let style = ProgressStyle::with_template("{prefix} {wide_bar:.green} {pos}/{len} {msg}");
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("━━╌"));
            bar.enable_steady_tick(Duration::from_millis(200));
            bar
        });
        Progress { bar, articles, done: 0, name: String::new(), sentences: 0, started: Instant::now() }
    }

    /// An input turned out to hold several articles.
    pub fn article_count(&mut self, of_input: usize) {
        self.articles += of_input.saturating_sub(1);
    }

    pub fn loading(&mut self) {
        if let Some(bar) = &self.bar {
            bar.set_prefix("loading the model");
            bar.set_message("layers");
        }
    }

    pub fn layers(&mut self, done: usize, all: usize) {
        if let Some(bar) = &self.bar {
            bar.set_length(all as u64);
            bar.set_position(done as u64);
        }
    }

    pub fn article(&mut self, name: &str, sentences: usize) {
        self.name = printable(name).into_owned();
        self.sentences = sentences;
        self.started = Instant::now();
        let at = format!("article {}/{}", self.done + 1, self.articles);
        match &self.bar {
            Some(bar) => {
                bar.set_length(sentences as u64);
                bar.set_position(0);
                bar.set_prefix(format!("{at} {}", self.name));
                bar.set_message("sentences");
            }
            None => eprintln!("{at}: {}, {sentences} sentences", self.name),
        }
    }

    pub fn sentences(&mut self, done: usize) {
        if let Some(bar) = &self.bar {
            bar.set_position(done as u64);
            if done == self.sentences {
                bar.set_message("sentences; summary");
            }
        }
    }

    pub fn skipped(&mut self, name: &str) {
        if self.bar.is_none() {
            eprintln!("article {}/{}: {}, already finished", self.done + 1, self.articles, printable(name));
        }
    }

    pub fn article_done(&mut self) {
        self.done += 1;
    }

    /// Does something that writes to the terminal without disturbing the bar.
    pub fn suspend<T>(&self, act: impl FnOnce() -> T) -> T {
        match &self.bar {
            Some(bar) => bar.suspend(act),
            None => act(),
        }
    }

    pub fn finish(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}
