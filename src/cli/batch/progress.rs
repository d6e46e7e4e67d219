//! Shows on stderr how far a batch is: by a bar on a terminal, elsewhere by a plain line for each article.

use crate::report::text::one_line;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::time::{Duration, Instant};

/// Shows how far a batch is.
pub struct Progress {
    bar: Option<ProgressBar>,
    /// How many articles there are, if that is known.
    articles: Option<usize>,
    /// Articles that were begun or skipped.
    started: usize,
    /// Articles that are dealt with: finished, failed or skipped.
    done: usize,
    /// Sentences of all articles that were begun; counted only if there is a bar.
    sentences: u64,
    /// When the model began to load; until then, when the run began.
    loading: Instant,
}

/// Counts the sentences of one article.
pub struct Sentences {
    bar: Option<ProgressBar>,
    /// How many sentences of the article the bar has counted.
    counted: usize,
}

impl Sentences {
    /// Notes that `done` sentences of the article are translated so far.
    pub fn done(&mut self, done: usize) {
        if let Some(bar) = &self.bar {
            bar.inc(done.saturating_sub(self.counted) as u64);
            self.counted = done;
        }
    }
}

impl Progress {
    /// Shows the bar if stderr is a terminal. `articles` is how many there are, if that is known.
    pub fn new(articles: Option<usize>) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::new(0);
            let style = ProgressStyle::with_template("{prefix} {wide_bar:.green} {pos}/{len} {msg}");
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("━━╌"));
            bar.enable_steady_tick(Duration::from_millis(200));
            bar
        });
        Progress { bar, articles, started: 0, done: 0, sentences: 0, loading: Instant::now() }
    }

    /// "article 3/40", or "article 3" where nobody knows how many there are.
    fn at(&self, article: usize) -> String {
        let of = self.articles.map(|all| format!("/{}", all.max(article))).unwrap_or_default();
        format!("article {article}{of}")
    }

    /// Notes that the model begins to load.
    pub fn loading(&mut self) {
        self.loading = Instant::now();
    }

    /// Shows how many layers of the model are loaded, if loading takes longer than a second.
    pub fn layers(&mut self, done: usize, all: usize) {
        if let Some(bar) = self.bar.as_ref().filter(|_| self.loading.elapsed() > Duration::from_secs(1)) {
            bar.set_prefix("loading the model");
            bar.set_message("layers");
            bar.set_length(all as u64);
            bar.set_position(done as u64);
        }
    }

    /// Notes that an article is begun. Several articles are being made at a time; the bar counts the sentences of all.
    pub fn article(&mut self, name: &str, sentences: usize) -> Sentences {
        self.started += 1;
        let at = self.at(self.started);
        match &self.bar {
            Some(bar) => {
                if self.sentences == 0 {
                    bar.set_position(0);
                }
                self.sentences += sentences as u64;
                bar.set_length(self.sentences);
                bar.set_prefix(format!("{at} {}", one_line(name)));
                bar.set_message("sentences");
            }
            None => eprintln!("{at}: {}, {sentences} sentences", one_line(name)),
        }
        Sentences { bar: self.bar.clone(), counted: 0 }
    }

    /// Notes that no more articles come. The bar then says "summary" as well, because a summary may be all that is
    /// still missing.
    pub fn last(&mut self) {
        if let Some(bar) = &self.bar {
            bar.set_prefix(self.at(self.done + 1));
            bar.set_message("sentences; summary");
        }
    }

    /// Notes that an article is passed over, since an earlier run has finished it.
    pub fn skipped(&mut self, name: &str) {
        self.started += 1;
        if self.bar.is_none() {
            eprintln!("{}: {}, already finished", self.at(self.started), one_line(name));
        }
    }

    /// Notes that an article is dealt with: finished, failed or skipped.
    pub fn article_done(&mut self) {
        self.done += 1;
    }

    /// Calls `act`, which may write to the terminal without disturbing the bar.
    pub fn suspend<T>(&self, act: impl FnOnce() -> T) -> T {
        match &self.bar {
            Some(bar) => bar.suspend(act),
            None => act(),
        }
    }

    /// Takes the bar off the terminal.
    pub fn finish(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}
