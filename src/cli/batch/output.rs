//! Where dispatches go: standard output, or a folder with its index.

use super::Format;
use crate::cli::Streams;
use crate::dispatch::Dispatch;
use crate::journal::{self, Entry, Journal};
use crate::report::markdown;
use anyhow::Context;
use std::io::Write;
use std::path::{Path, PathBuf};

pub struct Output {
    folder: Option<(PathBuf, Journal)>,
    format: Format,
    /// For people, only the summary and the tables are printed.
    summary_only: bool,
    printed: usize,
}

impl Output {
    pub fn open(folder: Option<&Path>, format: Format, summary_only: bool) -> anyhow::Result<Output> {
        let folder = match folder {
            Some(folder) => {
                let journal = Journal::open(folder);
                let journal = journal.with_context(|| format!("cannot write into --output {}", folder.display()))?;
                Some((folder.to_path_buf(), journal))
            }
            None => None,
        };
        Ok(Output { folder, format, summary_only, printed: 0 })
    }

    /// The entry of a dispatch that is already there; it counts for this run, too.
    pub fn finished(&mut self, name: &str, fingerprint: &str) -> Option<Entry> {
        let (_, journal) = self.folder.as_mut()?;
        let entry = journal.finished(name, fingerprint)?.clone();
        journal.add(entry.clone()).ok()?;
        Some(entry)
    }

    pub fn done(&mut self, name: &str, dispatch: &Dispatch, streams: &mut Streams) -> anyhow::Result<()> {
        match &mut self.folder {
            Some((folder, journal)) => {
                let [md, json] = journal::paths(folder, name);
                let write = |path: &Path, text: &str| {
                    journal::write_whole(path, text.as_bytes())
                        .with_context(|| format!("cannot write {}", path.display()))
                };
                write(&json, &(serde_json::to_string_pretty(dispatch)? + "\n"))?;
                write(&md, &markdown::render(dispatch))?;
                let entry = Entry::done(&dispatch.source.file, name, dispatch);
                journal.add(entry).with_context(|| format!("cannot write {}", folder.join(journal::INDEX).display()))
            }
            None => {
                let out = &mut streams.out;
                let render = if self.summary_only { markdown::render_summary } else { markdown::render };
                match self.format {
                    Format::Md if self.printed > 0 => write!(out, "\n{}", render(dispatch))?,
                    Format::Md => write!(out, "{}", render(dispatch))?,
                    Format::Json => writeln!(out, "{}", serde_json::to_string_pretty(dispatch)?)?,
                    Format::Jsonl => writeln!(out, "{}", serde_json::to_string(dispatch)?)?,
                }
                self.printed += 1;
                Ok(out.flush()?)
            }
        }
    }

    pub fn failed(&mut self, entry: Entry) -> anyhow::Result<()> {
        match &mut self.folder {
            Some((_, journal)) => Ok(journal.add(entry)?),
            None => Ok(()),
        }
    }

    /// Puts the index in order.
    pub fn close(&mut self, streams: &mut Streams) -> anyhow::Result<()> {
        streams.out.flush()?;
        match self.folder.take() {
            Some((folder, journal)) => {
                journal.close().with_context(|| format!("cannot write {}", folder.join(journal::INDEX).display()))
            }
            None => Ok(()),
        }
    }
}
