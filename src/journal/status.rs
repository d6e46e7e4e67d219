//! Tells how far the batch of an output folder has got, for `depeche status`.

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
    /// The part of the batch on which the run works, such as `2/8`; `None` for the whole batch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shard: Option<String>,
    /// How many articles the run has; `None` if it does not know.
    pub articles: Option<usize>,
    /// How many articles this run has dealt with, including those that failed.
    #[serde(rename = "made")]
    pub handled: usize,
    /// How many articles this run has skipped, because an earlier run had finished them.
    pub skipped: usize,
    /// When the run began, in seconds since 1970.
    pub started: u64,
    /// When this record was last written, in seconds since 1970.
    pub updated: u64,
    /// Whether the run closed its journal. It also does so when the user interrupts it or an error
    /// ends it, but not when it is killed outright.
    pub ended: bool,
}

/// Seconds since 1970; 0 if the clock shows an earlier time.
fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs())
}

impl RunState {
    /// The record of a run that begins now.
    pub(super) fn new(shard: Option<String>) -> RunState {
        let started = now();
        RunState { shard, articles: None, handled: 0, skipped: 0, started, updated: started, ended: false }
    }

    /// Writes the record to a file. An error is ignored, since only the display of `depeche status`
    /// is lost.
    pub(super) fn write(&mut self, path: &Path) {
        self.updated = now();
        let _ = files::write_whole(path, &serde_json::to_vec(self).unwrap_or_default());
    }

    /// How many articles are still to be done; `None` if the run does not know how many it has.
    pub fn remaining(&self) -> Option<usize> {
        self.articles.map(|all| all.saturating_sub(self.handled.saturating_add(self.skipped)))
    }

    /// Time until the run ends, at the pace that it had until the record was last written. `None`
    /// if no article is finished or has failed yet, or if the run does not know how many articles
    /// it has.
    pub fn time_left(&self) -> Option<Duration> {
        let seconds = self.updated.saturating_sub(self.started) as f64;
        (self.handled > 0).then_some(())?;
        // A damaged record may hold numbers of which no duration can be made.
        Duration::try_from_secs_f64(seconds / self.handled as f64 * self.remaining()? as f64).ok()
    }
}

/// The present state of an output folder.
#[derive(Debug, Clone, PartialEq)]
pub struct Status {
    /// How many articles are done and how many failed, by all indexes of the folder.
    pub articles: Folded,
    /// The runs that have left a record in the folder, by the name of the record.
    pub runs: Vec<RecordedRun>,
}

/// A run that wrote, or is writing, into the folder.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordedRun {
    /// How far the run is, by its record.
    pub state: RunState,
    /// Whether a process holds the run's lock. This is always false if the file system has no
    /// locks.
    pub going_on: bool,
}

/// Reads the state of an output folder, into which another process may be writing. A run whose
/// record cannot be read is left out.
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
