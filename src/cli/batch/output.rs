//! Where dispatches go: standard output, or a folder with its index.

use super::Format;
use crate::cli::Streams;
use crate::dispatch::Dispatch;
use crate::files;
use crate::inputs::with_hash_of;
use crate::journal::{self, IndexEntry, Journal, Known, OpenError};
use crate::report::{jsonl, markdown};
use crate::shard::Shard;
use anyhow::Context;
use serde::Serialize;
use serde_json::Value;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Takes the dispatches of a run, and writes them into a folder or prints them.
pub struct Output {
    /// The folder with its index; `None` if dispatches are printed.
    folder: Option<(PathBuf, Journal)>,
    format: Format,
    /// Whether only the summary and the tables are printed for people.
    summary_only: bool,
    /// How many dispatches were printed so far.
    printed: usize,
}

/// What `--format jsonl` prints about an article without a dispatch, so that every article has its
/// line of output.
#[derive(Serialize)]
struct FailedLine<'a> {
    id: Option<&'a Value>,
    file: &'a str,
    error: &'a str,
}

/// Why a dispatch could not be written.
pub enum WriteError {
    /// Only the files of this article cannot be written.
    Article(String),
    /// Nothing can be written any more.
    All(anyhow::Error),
}

impl From<anyhow::Error> for WriteError {
    fn from(e: anyhow::Error) -> Self {
        WriteError::All(e)
    }
}

/// Whether every other file would meet the same error, for example because the disk is full or read-only, the folder is
/// gone, or nobody reads the output any more.
pub fn is_for_all(e: &io::Error) -> bool {
    use ErrorKind::{BrokenPipe, FileTooLarge, OutOfMemory, QuotaExceeded, ReadOnlyFilesystem, StorageFull, WriteZero};
    let kinds = [BrokenPipe, FileTooLarge, OutOfMemory, QuotaExceeded, ReadOnlyFilesystem, StorageFull, WriteZero];
    kinds.contains(&e.kind()) || e.to_string().contains(journal::GONE)
}

impl Output {
    /// Opens the folder and its index; without a folder, dispatches will be printed.
    pub fn open(
        folder: Option<&Path>,
        shard: Option<Shard>,
        format: Format,
        summary_only: bool,
    ) -> anyhow::Result<Output> {
        let folder = match folder {
            Some(folder) => {
                let journal = Journal::open(folder, shard).map_err(|e| match e {
                    OpenError::Io(e) => anyhow::Error::from(e),
                    locked => anyhow::Error::from(locked),
                });
                let journal = journal.with_context(|| format!("cannot write into --output {}", folder.display()))?;
                Some((folder.to_path_buf(), journal))
            }
            None => None,
        };
        Ok(Output { folder, format, summary_only, printed: 0 })
    }

    /// Notes how many articles there are; `None` if that is not known.
    pub fn expect(&mut self, articles: Option<usize>) {
        if let Some((_, journal)) = &mut self.folder {
            journal.expect(articles);
        }
    }

    /// The name of an article's files: `name`, or another one if the folder has a dispatch of that name which was made
    /// from another article and has another fingerprint.
    pub fn name(&self, name: String, file: &str, fingerprint: &str) -> String {
        match &self.folder {
            Some((_, journal))
                if journal.finished(&name, fingerprint).is_none() && journal.belongs_to_other_article(&name, file) =>
            {
                with_hash_of(&name, file)
            }
            _ => name,
        }
    }

    /// What is known of a dispatch that an earlier run has finished. If there is one, its article is counted as
    /// skipped.
    pub fn finished(&mut self, name: &str, fingerprint: &str) -> Option<Known> {
        let (_, journal) = self.folder.as_mut()?;
        let known = journal.finished(name, fingerprint)?;
        journal.skip();
        Some(known)
    }

    /// Whether an earlier run has tried an article with these settings, and failed.
    pub fn has_failed(&self, file: &str, fingerprint: &str) -> bool {
        self.folder.as_ref().is_some_and(|(_, journal)| journal.has_failed(file, fingerprint))
    }

    /// Writes or prints a dispatch.
    pub fn done(&mut self, name: &str, dispatch: &Dispatch, streams: &mut Streams) -> Result<(), WriteError> {
        let Some((folder, journal)) = &mut self.folder else { return Ok(self.print(dispatch, streams)?) };
        journal.is_there().map_err(anyhow::Error::from)?;
        let [md, json] = journal::paths(folder, name);
        let write = |path: &Path, text: &str| {
            files::write_whole(path, text.as_bytes()).map_err(|e| {
                let context = format!("cannot write {}", path.display());
                if is_for_all(&e) {
                    WriteError::All(anyhow::Error::from(e).context(context))
                } else {
                    WriteError::Article(format!("{context}: {e}"))
                }
            })
        };
        let text = serde_json::to_string_pretty(dispatch).map_err(anyhow::Error::from)?;
        write(&json, &(text + "\n"))?;
        write(&md, &markdown::render(dispatch))?;
        let entry = IndexEntry::done(&dispatch.source.file, name, dispatch);
        let index = || format!("cannot write the index in {}", folder.display());
        Ok(journal.add(&entry).with_context(index)?)
    }

    /// Prints a dispatch in the format of the run. In Markdown an empty line separates it from the
    /// one before.
    fn print(&mut self, dispatch: &Dispatch, streams: &mut Streams) -> anyhow::Result<()> {
        let out = &mut streams.out;
        let render = if self.summary_only { markdown::render_summary } else { markdown::render };
        match self.format {
            Format::Md if self.printed > 0 => write!(out, "\n{}", render(dispatch))?,
            Format::Md => write!(out, "{}", render(dispatch))?,
            Format::Json => writeln!(out, "{}", serde_json::to_string_pretty(dispatch)?)?,
            Format::Jsonl => json_line(dispatch, out)?,
        }
        self.printed += 1;
        Ok(out.flush()?)
    }

    /// Notes in the index that an article has no dispatch. Without a folder, `--format jsonl` prints a line about it,
    /// and the other formats print nothing.
    pub fn failed(&mut self, entry: &IndexEntry, id: Option<&Value>, streams: &mut Streams) -> anyhow::Result<()> {
        let error = entry.error.as_deref().unwrap_or_default();
        match &mut self.folder {
            Some((folder, journal)) => {
                let index = || format!("cannot write the index in {}", folder.display());
                journal.add(entry).with_context(index)
            }
            None if self.format == Format::Jsonl => {
                json_line(&FailedLine { id, file: &entry.file, error }, &mut streams.out)?;
                Ok(streams.out.flush()?)
            }
            None => Ok(()),
        }
    }

    /// Ends the output, and removes from the index the lines that later ones have replaced.
    pub fn close(&mut self, streams: &mut Streams) -> anyhow::Result<()> {
        streams.out.flush()?;
        match self.folder.take() {
            Some((folder, journal)) => {
                journal.close().with_context(|| format!("cannot write the index in {}", folder.display()))
            }
            None => Ok(()),
        }
    }
}

/// Writes a value as one line of JSON.
fn json_line(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let mut line = Vec::new();
    jsonl::push(value, &mut line);
    line.push(b'\n');
    out.write_all(&line)
}
