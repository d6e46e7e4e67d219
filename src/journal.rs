//! Records what a batch has finished: `index.jsonl` in the output folder has a line for each
//! article, appended when the article is done or has failed. A run that is killed loses no article
//! that was finished, and the next run goes on from there.
//!
//! If several lines are about the same article, the last one counts; the others are removed when
//! the run ends. Each shard of a batch has an index of its own. While a run is going on, a lock
//! keeps other runs of the same shard (or of the whole batch) from writing to the same index,
//! unless the file system has no locks. Only a few bytes are kept in memory for each article.

mod fold;
mod status;

pub use fold::{Folded, fold, merge};
pub use status::{RecordedRun, RunState, Status as FolderStatus, status};

use crate::checks::Severity;
use crate::dispatch::Dispatch;
use crate::files;
use crate::shard::Shard;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

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

/// One line of the index, by which an editor can see which articles need attention.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct IndexEntry {
    /// The article, as the user named it.
    pub file: String,
    /// How the article ended.
    pub status: Status,
    /// Name of the dispatch in the output folder, without `.en.md` and `.json`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output: Option<String>,
    /// The fingerprint of the dispatch: a hash of everything that decides what it says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<String>,
    /// Number of findings of severity error.
    pub errors: usize,
    /// Number of findings of severity warning.
    pub warnings: usize,
    /// Number of sentences that an editor must look at.
    pub needs_review: usize,
    /// Why the article failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

impl IndexEntry {
    /// The entry of an article whose dispatch is written, under the name `output`.
    pub fn done(file: &str, output: &str, dispatch: &Dispatch) -> Self {
        let errors = dispatch.count(Severity::Error);
        IndexEntry {
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

    /// The entry of an article that failed. `fingerprint` is that of the dispatch that could not be
    /// made, or `None` if the article could not even be read.
    pub fn failed(file: &str, error: &str, fingerprint: Option<String>) -> Self {
        IndexEntry {
            file: file.to_string(),
            status: Status::Failed,
            output: None,
            fingerprint,
            errors: 0,
            warnings: 0,
            needs_review: 0,
            error: Some(error.to_string()),
        }
    }
}

/// What a run keeps of an entry in memory: of the file and the fingerprint, only hashes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    file: u64,
    fingerprint: u64,
    /// Number of findings of severity error.
    pub errors: usize,
    /// Number of findings of severity warning.
    pub warnings: usize,
}

impl Known {
    fn of(entry: &IndexEntry) -> Known {
        let fingerprint = hash(entry.fingerprint.as_deref().unwrap_or_default());
        Known { file: hash(&entry.file), fingerprint, errors: entry.errors, warnings: entry.warnings }
    }
}

/// Hash of a name. The chance that any two of a million names have the same hash is less than one
/// in thirty million.
fn hash(name: &str) -> u64 {
    let digest = Sha256::digest(name);
    u64::from_le_bytes(std::array::from_fn(|i| digest[i]))
}

/// The index that one run writes in an output folder. Keeps in memory what all indexes of the folder held when the run
/// began, and what the run has added since.
#[derive(Debug)]
pub struct Journal {
    folder: PathBuf,
    index: PathBuf,
    file: File,
    /// Finished dispatches, by the hash of their output name.
    done: HashMap<u64, Known>,
    /// Articles that failed, by the hash of their file, with the hash of the fingerprint at the
    /// last attempt.
    failed: HashMap<u64, u64>,
    /// How far the run is, for `depeche status`.
    state: RunState,
    state_file: PathBuf,
    /// When `state` was last written.
    written: Instant,
    /// The locked file, which keeps other runs out until the journal is dropped; `None` if the file
    /// system has no locks.
    _lock: Option<File>,
}

/// Why an output folder cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error(transparent)]
    Io(#[from] io::Error),
    #[error("another depeche is writing into it: wait for its end, or give another folder")]
    Locked,
}

impl Journal {
    /// Opens the index of `folder` for the whole batch or for `shard`; the folder is made if it
    /// does not exist. A last line that a killed run left unfinished gets a line break, and is
    /// passed over when the index is read.
    ///
    /// # Errors
    /// When the folder cannot be made or read, when an index cannot be opened or read, or when another run holds the
    /// lock of this index.
    pub fn open(folder: &Path, shard: Option<Shard>) -> Result<Journal, OpenError> {
        std::fs::create_dir_all(folder)?;
        let suffix = shard.map(|s| s.suffix()).unwrap_or_default();
        let lock = lock(&folder.join(format!(".depeche{suffix}.lock")))?;
        let index = folder.join(format!("index{suffix}.jsonl"));
        let mut file = open_own(&index)?;
        if ends_in_line_break(&index)? == Some(false) {
            file.write_all(b"\n")?;
        }
        let (mut done, mut failed) = (HashMap::new(), HashMap::new());
        for path in indexes(folder)? {
            fold::each(&path, &mut |entry| match (entry.status, &entry.output) {
                (Status::Done, Some(output)) => {
                    done.insert(hash(output), Known::of(&entry));
                    failed.remove(&hash(&entry.file));
                }
                _ => {
                    let known = Known::of(&entry);
                    failed.insert(known.file, known.fingerprint);
                }
            })?;
        }
        let state = RunState::new(shard.map(|s| s.to_string()));
        let state_file = folder.join(format!(".depeche-run{suffix}.json"));
        let folder = folder.to_path_buf();
        Ok(Journal { folder, index, file, done, failed, state, state_file, written: Instant::now(), _lock: lock })
    }

    /// The entry of the dispatch `output`, if all its files are there and it was made from the same input with the same
    /// settings (those of `fingerprint`).
    pub fn finished(&self, output: &str, fingerprint: &str) -> Option<Known> {
        let known = self.done.get(&hash(output)).filter(|k| k.fingerprint == hash(fingerprint))?;
        paths(&self.folder, output).iter().all(|p| p.is_file()).then_some(*known)
    }

    /// Whether the last attempt at an article failed and was made with the same settings (those of `fingerprint`).
    pub fn has_failed(&self, file: &str, fingerprint: &str) -> bool {
        self.failed.get(&hash(file)) == Some(&hash(fingerprint))
    }

    /// Whether there is a finished dispatch of the name `output`, and it was made from another
    /// article than `file`.
    pub fn belongs_to_other_article(&self, output: &str, file: &str) -> bool {
        self.done.get(&hash(output)).is_some_and(|known| known.file != hash(file))
    }

    /// Appends an entry to the index; it is written at once.
    ///
    /// # Errors
    /// When the index cannot be written, or was removed or replaced ([`Self::is_there`]).
    pub fn add(&mut self, entry: &IndexEntry) -> io::Result<()> {
        self.is_there()?;
        // Each line is written by one call. So a killed run leaves whole lines, with at most one
        // cut line at the end (see [`Journal::open`]).
        self.file.write_all(line(entry)?.as_bytes())?;
        match (entry.status, &entry.output) {
            (Status::Done, Some(output)) => {
                self.done.insert(hash(output), Known::of(entry));
                self.failed.remove(&hash(&entry.file));
            }
            _ => {
                let known = Known::of(entry);
                self.failed.insert(known.file, known.fingerprint);
            }
        }
        self.state.handled += 1;
        self.note(false);
        Ok(())
    }

    /// Counts an article for which nothing is done, because an earlier run has finished it.
    pub fn skip(&mut self) {
        self.state.skipped += 1;
        self.note(false);
    }

    /// Sets how many articles the run has; `None` if that is not known.
    pub fn expect(&mut self, articles: Option<usize>) {
        self.state.articles = articles;
        self.note(true);
    }

    /// Writes how far the run is, for `depeche status`. Unless `now` is set, this is done at most
    /// once a second. An error is ignored, since only that display is lost.
    fn note(&mut self, now: bool) {
        if now || self.written.elapsed().as_secs() >= 1 {
            self.written = Instant::now();
            self.state.write(&self.state_file);
        }
    }

    /// Checks that the index is still where it was opened. On systems other than Unix, any file in
    /// its place will do.
    ///
    /// # Errors
    /// When the folder, or the index in it, is not the one that was opened: whatever the run writes
    /// would be lost.
    pub fn is_there(&self) -> io::Result<()> {
        let gone = || io::Error::new(io::ErrorKind::NotFound, GONE);
        let found = std::fs::symlink_metadata(&self.index).map_err(|_| gone())?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            let own = self.file.metadata()?;
            if (found.dev(), found.ino()) != (own.dev(), own.ino()) {
                return Err(gone());
            }
        }
        if found.is_file() { Ok(()) } else { Err(gone()) }
    }

    /// Ends the run: removes lines from the index that later ones have replaced, and lines that are
    /// no entry.
    ///
    /// # Errors
    /// When the index cannot be read or replaced, or is no longer the one that was opened.
    pub fn close(mut self) -> io::Result<()> {
        self.state.ended = true;
        self.note(true);
        self.is_there()?;
        let own = std::slice::from_ref(&self.index);
        if fold(own, &mut |_| Ok(()))?.replaced == 0 {
            return self.file.sync_data();
        }
        files::write_whole_with(&self.index, |file| fold(own, &mut |line| file.write_all(line)).map(drop))
    }
}

/// The message of the error that the output folder or its index was removed or replaced during a
/// run.
pub const GONE: &str = "the output folder, or its index, was removed or replaced while depeche was at work";

/// Opens the index or the lock for appending. A link in its place is refused: somebody may have put it there to have
/// another file written to.
fn open_own(path: &Path) -> io::Result<File> {
    if std::fs::symlink_metadata(path).is_ok_and(|m| !m.is_file()) {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, format!("{} is no file of its own", path.display())));
    }
    OpenOptions::new().create(true).append(true).open(path)
}

/// Takes a lock of an output folder, which the system releases however this process ends. Returns
/// `None` if the file system has no locks.
///
/// # Errors
/// When the lock is held already, or the file cannot be opened or locked.
fn lock(path: &Path) -> Result<Option<File>, OpenError> {
    let file = open_own(path)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Err(OpenError::Locked),
        // Some network file systems have no locks.
        Err(TryLockError::Error(e)) if e.kind() == io::ErrorKind::Unsupported => Ok(None),
        Err(TryLockError::Error(e)) => Err(e.into()),
    }
}

/// Whether a file ends with a line break; `None` for an empty file.
fn ends_in_line_break(path: &Path) -> io::Result<Option<bool>> {
    use std::io::{Read, Seek, SeekFrom};
    let mut file = File::open(path)?;
    if file.seek(SeekFrom::End(0))? == 0 {
        return Ok(None);
    }
    file.seek(SeekFrom::End(-1))?;
    let mut last = [0];
    file.read_exact(&mut last)?;
    Ok(Some(last == *b"\n"))
}

/// Whether a file of this name is an index: that of a whole batch, or that of a shard (`index-2-of-8.jsonl`).
pub fn is_index(name: &str) -> bool {
    let middle = name.strip_prefix("index").and_then(|n| n.strip_suffix(".jsonl"));
    middle.is_some_and(|m| m.is_empty() || Shard::of_suffix(m).is_some())
}

/// Paths of the indexes of a folder: first that of the whole batch, then those of shards, sorted by
/// name.
///
/// # Errors
/// When the folder cannot be read.
pub fn indexes(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if is_index(&entry.file_name().to_string_lossy()) {
            found.push(entry.path());
        }
    }
    found.sort_by_key(|p| (p.file_name() != Some(INDEX.as_ref()), p.clone()));
    Ok(found)
}

/// An entry as a line of the index.
fn line(entry: &IndexEntry) -> io::Result<String> {
    Ok(serde_json::to_string(entry)? + "\n")
}

/// The two files of the dispatch `output` in an output folder: Markdown, then JSON.
pub fn paths(folder: &Path, output: &str) -> [PathBuf; 2] {
    [folder.join(format!("{output}.en.md")), folder.join(format!("{output}.json"))]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(file: &str, output: &str) -> IndexEntry {
        IndexEntry {
            status: Status::Done,
            output: Some(output.into()),
            fingerprint: Some("f".into()),
            error: None,
            ..IndexEntry::failed(file, "", None)
        }
    }

    fn files(folder: &Path) -> Vec<String> {
        let index = std::fs::read_to_string(folder.join(INDEX)).unwrap();
        index.lines().map(|l| serde_json::from_str::<IndexEntry>(l).unwrap().file).collect()
    }

    #[test]
    fn a_killed_run_is_continued_and_the_index_has_one_line_for_each_article() {
        let dir = tempfile::tempdir().unwrap();
        let mut journal = Journal::open(dir.path(), None).unwrap();
        journal.add(&entry("a.txt", "a")).unwrap();
        drop(journal);
        let mut file = OpenOptions::new().append(true).open(dir.path().join(INDEX)).unwrap();
        file.write_all(b"{\"file\":\"b.txt\",\"stat").unwrap();
        paths(dir.path(), "a").iter().for_each(|p| std::fs::write(p, "x").unwrap());

        let mut journal = Journal::open(dir.path(), None).unwrap();
        assert!(journal.finished("a", "f").is_some());
        assert!(journal.finished("a", "other settings").is_none());
        assert!(journal.finished("b", "f").is_none());
        journal.add(&IndexEntry::failed("b.txt", "no text", Some("f".into()))).unwrap();
        assert!(journal.has_failed("b.txt", "f") && !journal.has_failed("b.txt", "g"));
        journal.add(&entry("b.txt", "b")).unwrap();
        assert!(!journal.has_failed("b.txt", "f"));
        journal.close().unwrap();
        assert_eq!(files(dir.path()), ["a.txt", "b.txt"]);
    }

    #[test]
    fn a_dispatch_whose_files_were_deleted_is_not_finished() {
        let dir = tempfile::tempdir().unwrap();
        let mut journal = Journal::open(dir.path(), None).unwrap();
        journal.add(&entry("a.txt", "a")).unwrap();
        drop(journal);
        assert!(Journal::open(dir.path(), None).unwrap().finished("a", "f").is_none());
    }

    #[test]
    fn a_second_run_in_the_folder_is_refused_and_loses_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let mut first = Journal::open(dir.path(), None).unwrap();
        assert!(matches!(Journal::open(dir.path(), None), Err(OpenError::Locked)));
        first.add(&entry("a.txt", "a")).unwrap();
        first.close().unwrap();
        Journal::open(dir.path(), None).unwrap().close().unwrap();
        assert_eq!(files(dir.path()), ["a.txt"]);
    }

    #[test]
    fn shards_write_side_by_side() {
        let dir = tempfile::tempdir().unwrap();
        let shard = |n| Some(Shard::new(n, 2).unwrap());
        let mut one = Journal::open(dir.path(), shard(1)).unwrap();
        let mut two = Journal::open(dir.path(), shard(2)).unwrap();
        one.add(&entry("a.txt", "a")).unwrap();
        two.add(&entry("b.txt", "b")).unwrap();
        one.close().unwrap();
        two.close().unwrap();
        assert_eq!(indexes(dir.path()).unwrap().len(), 2);
    }

    #[test]
    fn a_folder_that_vanishes_is_an_error() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("out");
        let mut journal = Journal::open(&folder, None).unwrap();
        std::fs::remove_dir_all(&folder).unwrap();
        assert!(journal.add(&entry("a.txt", "a")).unwrap_err().to_string().contains("removed"));
        std::fs::create_dir(&folder).unwrap();
        std::fs::write(folder.join(INDEX), "").unwrap();
        assert!(journal.add(&entry("a.txt", "a")).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_planted_link_is_no_index() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("victim"), "mine").unwrap();
        std::os::unix::fs::symlink("victim", dir.path().join(INDEX)).unwrap();
        assert!(Journal::open(dir.path(), None).is_err());
        assert_eq!(std::fs::read_to_string(dir.path().join("victim")).unwrap(), "mine");
    }
}
