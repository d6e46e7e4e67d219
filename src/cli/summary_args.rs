//! The flags for the style, length and words of summaries. Where a flag is not given, `depeche.toml` decides, and where
//! that says nothing, the default.

use crate::article::read::settings_file;
use crate::config::Config;
use crate::dispatch::{SummarySettings, SummaryStyle};
use crate::lexicon::neutral::{self, LoadedWord};
use anyhow::Context;
use std::path::{Path, PathBuf};

/// Flags of the summary.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Summary")]
pub struct SummaryArgs {
    /// What the summary looks like [default: wire]
    #[arg(long, value_enum, value_name = "STYLE")]
    style: Option<SummaryStyle>,
    /// Words that it may have, the headline not counted [default: a quarter of the article's, or 60]
    #[arg(long, value_name = "WORDS", value_parser = clap::value_parser!(u16).range(10..))]
    length: Option<u16>,
    /// Words that it does not use in its own voice, and what it says instead: a line each, with a tab between; they go
    /// before the built-in ones
    #[arg(long, value_name = "FILE")]
    loaded_words: Option<PathBuf>,
}

impl SummaryArgs {
    /// The settings from the flags and `depeche.toml`. Where both say something, the flag counts.
    pub fn settings(&self, config: &Config) -> anyhow::Result<SummarySettings> {
        let table = &config.summary;
        let loaded_words = match (&self.loaded_words, &table.loaded_words) {
            (Some(file), _) => read(file, "--loaded-words")?,
            (None, Some(file)) => read(&config.folder.join(file), "loaded-words under [summary]")?,
            (None, None) => Vec::new(),
        };
        Ok(SummarySettings {
            style: self.style.or(table.style).unwrap_or_default(),
            length: self.length.or(table.length.map(|l| l.0)).map(usize::from),
            loaded_words,
            model: None,
        })
    }
}

/// Reads a file of loaded words; `option` says in error messages where the file was named.
fn read(file: &Path, option: &str) -> anyhow::Result<Vec<LoadedWord>> {
    let text = settings_file(file).with_context(|| format!("{option}: cannot read {}", file.display()))?;
    neutral::parse(&text).map_err(|(line, reason)| anyhow::anyhow!("{option}: {}:{line}: {reason}", file.display()))
}
