//! How far the batch of an output folder has got, for `depeche status`.

use super::{Folded, fold, indexes};
use crate::files;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// How far a run is. The run keeps this record in a file beside its index.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunState {
    /// The part of the batch that the run does, such as `2/8`; none for the whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shard: Option<String>,
    /// How many articles the run has; none as long as it doesn't know.
    pub articles: Option<usize>,
    /// Articles that this run has finished, and those that failed in it.
    pub made: usize,
    /// Articles that an earlier run had finished.
    pub skipped: usize,
    /// When the run began, in seconds since 1970.
    pub started: u64,
    /// When this was last written, in seconds since 1970.
    pub updated: u64,
    /// Whether the run closed its journal, as it also does when the user interrupts it or an error ends it. A run that was
    /// killed outright did not.
    pub ended: bool,
}

/// Seconds since 1970; 0 if the clock says that it is earlier.
fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs())
}

impl RunState {
    pub(super) fn new(shard: Option<String>) -> RunState {
        let started = now();
        RunState { shard, articles: None, made: 0, skipped: 0, started, updated: started, ended: false }
    }

    /// Writes the record to a file; an error is passed over.
    pub(super) fn write(&mut self, path: &Path) {
        self.updated = now();
        let _ = files::write_whole(path, &serde_json::to_vec(self).unwrap_or_default());
    }

    /// Articles that are still to be done; none if the run doesn't know how many it has.
    pub fn open(&self) -> Option<usize> {
        self.articles.map(|all| all.saturating_sub(self.made.saturating_add(self.skipped)))
    }

    /// Time until the run ends, at the pace that it had until the record was last written. None if no article was
    /// finished or failed yet, or if the run doesn't know how many articles it has.
    pub fn left(&self) -> Option<Duration> {
        let seconds = self.updated.saturating_sub(self.started) as f64;
        (self.made > 0).then_some(())?;
        // A record that was damaged may have any numbers.
        Duration::try_from_secs_f64(seconds / self.made as f64 * self.open()? as f64).ok()
    }
}

/// An output folder as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Status {
    pub articles: Folded,
    pub runs: Vec<RecordedRun>,
}

/// A run that wrote, or writes, into the folder.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordedRun {
    pub state: RunState,
    /// Whether a process holds its lock. Always false where the file system has no locks.
    pub going_on: bool,
}

/// Reads an output folder, into which another process may be writing. A run whose record cannot be read is left out.
///
/// # Errors
/// When the folder or an index in it cannot be read.
pub fn status(folder: &Path) -> io::Result<Status> {
    let articles = fold(&indexes(folder)?, &mut |_| Ok(()))?;
    let mut runs = Vec::new();
    let mut names: Vec<String> =
        std::fs::read_dir(folder)?.flatten().map(|e| e.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    for name in names {
        let Some(suffix) = name.strip_prefix(".depeche-run").and_then(|n| n.strip_suffix(".json")) else { continue };
        let Ok(bytes) = std::fs::read(folder.join(&name)) else { continue };
        let Ok(state) = serde_json::from_slice::<RunState>(&bytes) else { continue };
        let lock = File::open(folder.join(format!(".depeche{suffix}.lock")));
        let going_on = lock.is_ok_and(|l| matches!(l.try_lock_shared(), Err(std::fs::TryLockError::WouldBlock)));
        runs.push(RecordedRun { state, going_on });
    }
    Ok(Status { articles, runs })
}
