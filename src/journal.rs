//! What a batch has finished: `index.jsonl` in the output folder, one line an article, appended as articles are done, so
//! that a killed run loses nothing and goes on where it stopped.

use crate::checks::Severity;
use crate::dispatch::Dispatch;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// File name of the index in an output folder.
pub const INDEX: &str = "index.jsonl";

/// How an article ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Its dispatch is written.
    Done,
    /// It could not be read or translated; `error` says why.
    Failed,
}

/// One line of the index, for triage.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Entry {
    /// The article, as the user named it.
    pub file: String,
    pub status: Status,
    /// Name of the dispatch in the output folder, without `.en.md` and `.json`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<String>,
    pub errors: usize,
    pub warnings: usize,
    /// Sentences that an editor must look at.
    pub needs_review: usize,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

impl Entry {
    pub fn done(file: &str, output: &str, dispatch: &Dispatch) -> Self {
        let errors = dispatch.count(Severity::Error);
        Entry {
            file: file.to_string(),
            status: Status::Done,
            output: Some(output.to_string()),
            fingerprint: Some(dispatch.fingerprint.clone()),
            errors,
            warnings: dispatch.count(Severity::Warning) - errors,
            needs_review: dispatch.needs_review.len(),
            error: None,
        }
    }

    pub fn failed(file: &str, error: &str) -> Self {
        Entry {
            file: file.to_string(),
            status: Status::Failed,
            output: None,
            fingerprint: None,
            errors: 0,
            warnings: 0,
            needs_review: 0,
            error: Some(error.to_string()),
        }
    }
}

/// The index of one output folder.
pub struct Journal {
    folder: PathBuf,
    file: File,
    /// By output name: what earlier runs finished.
    finished: HashMap<String, Entry>,
    /// This run's entries, in the order of its articles once it is over.
    entries: Vec<Entry>,
    /// Entries of earlier runs about articles that this run does not concern.
    others: Vec<Entry>,
}

impl Journal {
    /// Opens the index of `folder`, which is made where it does not exist. A last line that a kill cut off is dropped.
    pub fn open(folder: &Path) -> io::Result<Journal> {
        std::fs::create_dir_all(folder)?;
        let path = folder.join(INDEX);
        let text = match std::fs::read(&path) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(e) if e.kind() == io::ErrorKind::NotFound => String::new(),
            Err(e) => return Err(e),
        };
        let others: Vec<Entry> = text.lines().filter_map(|l| serde_json::from_str(l).ok()).collect();
        let finished = others.iter().filter_map(|e| Some((e.output.clone()?, e.clone()))).collect();
        let mut file = OpenOptions::new().create(true).append(true).open(&path)?;
        if !text.is_empty() && !text.ends_with('\n') {
            file.write_all(b"\n")?;
        }
        Ok(Journal { folder: folder.to_path_buf(), file, finished, entries: Vec::new(), others })
    }

    /// The entry of a dispatch that stands there complete and was made from the same input with the same settings.
    pub fn finished(&self, output: &str, fingerprint: &str) -> Option<&Entry> {
        let entry = self.finished.get(output).filter(|e| e.fingerprint.as_deref() == Some(fingerprint))?;
        paths(&self.folder, output).iter().all(|p| p.is_file()).then_some(entry)
    }

    /// Notes an article, at once and for good.
    pub fn add(&mut self, entry: Entry) -> io::Result<()> {
        // One write call a line: a kill leaves whole lines, or a cut one at the end, which the next run drops.
        self.file.write_all(line(&entry)?.as_bytes())?;
        self.entries.push(entry);
        Ok(())
    }

    /// Rewrites the index with one line an article: earlier runs' first, then this run's.
    pub fn close(self) -> io::Result<()> {
        let files: HashSet<&str> = self.entries.iter().map(|e| e.file.as_str()).collect();
        let outputs: HashSet<&str> = self.entries.iter().filter_map(|e| e.output.as_deref()).collect();
        let is_anew = |old: &Entry| {
            files.contains(old.file.as_str()) || old.output.as_deref().is_some_and(|o| outputs.contains(o))
        };
        let mut text = String::new();
        for old in self.others.iter().filter(|old| !is_anew(old)) {
            text.push_str(&line(old)?);
        }
        for entry in &self.entries {
            text.push_str(&line(entry)?);
        }
        write_whole(&self.folder.join(INDEX), text.as_bytes())
    }
}

fn line(entry: &Entry) -> io::Result<String> {
    Ok(serde_json::to_string(entry)? + "\n")
}

/// The files of a dispatch: Markdown and JSON.
pub fn paths(folder: &Path, output: &str) -> [PathBuf; 2] {
    [folder.join(format!("{output}.en.md")), folder.join(format!("{output}.json"))]
}

/// Writes a file whole or not at all: beside its place first, then renamed into it.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_data()?;
    // A temporary file is private; a dispatch is as readable as any other new file.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        file.as_file().set_permissions(std::fs::Permissions::from_mode(0o644))?;
    }
    file.persist(path)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(file: &str, output: &str) -> Entry {
        Entry {
            status: Status::Done,
            output: Some(output.into()),
            fingerprint: Some("f".into()),
            error: None,
            ..Entry::failed(file, "")
        }
    }

    #[test]
    fn a_killed_run_is_remembered_up_to_its_last_whole_line() {
        let dir = tempfile::tempdir().unwrap();
        let mut journal = Journal::open(dir.path()).unwrap();
        journal.add(entry("a.txt", "a")).unwrap();
        drop(journal);
        let mut file = OpenOptions::new().append(true).open(dir.path().join(INDEX)).unwrap();
        file.write_all(b"{\"file\":\"b.txt\",\"stat").unwrap();
        paths(dir.path(), "a").iter().for_each(|p| std::fs::write(p, "x").unwrap());

        let mut journal = Journal::open(dir.path()).unwrap();
        assert!(journal.finished("a", "f").is_some());
        assert!(journal.finished("a", "other settings").is_none());
        assert!(journal.finished("b", "f").is_none());
        let old = journal.finished("a", "f").unwrap().clone();
        journal.add(old).unwrap();
        journal.add(entry("b.txt", "b")).unwrap();
        journal.close().unwrap();
        let index = std::fs::read_to_string(dir.path().join(INDEX)).unwrap();
        let files: Vec<Entry> = index.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
        assert_eq!(files.iter().map(|e| e.file.as_str()).collect::<Vec<_>>(), ["a.txt", "b.txt"]);
    }

    #[test]
    fn a_dispatch_whose_files_were_deleted_is_not_finished() {
        let dir = tempfile::tempdir().unwrap();
        let mut journal = Journal::open(dir.path()).unwrap();
        journal.add(entry("a.txt", "a")).unwrap();
        drop(journal);
        assert!(Journal::open(dir.path()).unwrap().finished("a", "f").is_none());
    }
}
