//! What a fetch tells of itself while it runs. The library does not print: the command line shows it as a bar.

use super::FetchError;

/// What the bytes being counted are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Bytes come over the network.
    Download,
    /// Bytes on the disk are read to compute their hash.
    Verify,
}

/// Receiver of progress. Calls come from one thread at a time, many times a second.
pub trait Progress: Sync {
    /// A stage begins: `label` is what it is about, `done` the bytes that an earlier run left behind, `total` all of
    /// them where that is known.
    fn start(&self, stage: Stage, label: &str, done: u64, total: Option<u64>);
    /// Bytes that are done now, those of earlier runs included.
    fn position(&self, done: u64);
    /// The stage is over, well or not.
    fn finish(&self);
    /// One sentence that a user should read: a way that was given up, a lock that is waited for.
    fn note(&self, message: &str);
    /// Whether the user wants to stop. Asked several times a second; what has come so far is kept for the next run.
    fn cancelled(&self) -> bool {
        false
    }
}

/// Says nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {
    fn start(&self, _: Stage, _: &str, _: u64, _: Option<u64>) {}
    fn position(&self, _: u64) {}
    fn finish(&self) {}
    fn note(&self, _: &str) {}
}

/// Ends the stage when it goes out of scope, so that an early return leaves no bar behind.
pub(super) struct Running<'a>(&'a dyn Progress);

impl<'a> Running<'a> {
    pub(super) fn start(
        progress: &'a dyn Progress,
        stage: Stage,
        label: &str,
        done: u64,
        total: Option<u64>,
    ) -> Running<'a> {
        progress.start(stage, label, done, total);
        Running(progress)
    }

    /// Tells how far it has come; an error when the user wants to stop.
    ///
    /// # Errors
    /// When the user wants to stop.
    pub(super) fn position(&self, done: u64) -> Result<(), FetchError> {
        self.0.position(done);
        if self.0.cancelled() { Err(FetchError::Cancelled) } else { Ok(()) }
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.finish();
    }
}
