//! How a fetch reports its progress. The library itself prints nothing: it calls a [`Progress`], and that of the
//! command line shows a bar, or plain lines where there is no terminal.

use super::FetchError;

/// Which step of a fetch the counted bytes belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Bytes are being downloaded.
    Download,
    /// A file on the disk is being read to compute its hash.
    Verify,
}

/// Receives the progress of a fetch. Its methods are called from one thread at a time, perhaps many
/// times a second.
pub trait Progress: Sync {
    /// A stage begins. `label` names what is fetched or verified, `done` is the number of bytes that are there already
    /// from an earlier run, and `total` the number of bytes at the end of the stage, if known.
    fn start(&self, stage: Stage, label: &str, done: u64, total: Option<u64>);
    /// Reports how many bytes are done so far, those of earlier runs included. The number falls if the server sends the
    /// file from its beginning again.
    fn position(&self, done: u64);
    /// The stage has ended, with or without success.
    fn finish(&self);
    /// Shows the user a message of one or more lines: for example, that the hub is given up for the Python wheels, or
    /// that another process is fetching the same model and is waited for.
    fn note(&self, message: &str);
    /// Whether the user wants to stop. A fetch calls this repeatedly. Once the answer is `true`,
    /// the fetch fails with [`FetchError::Cancelled`] and keeps its partial file for the next run.
    fn cancelled(&self) -> bool {
        false
    }
}

/// Ignores all progress and all messages, and never stops a fetch.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {
    fn start(&self, _: Stage, _: &str, _: u64, _: Option<u64>) {}
    fn position(&self, _: u64) {}
    fn finish(&self) {}
    fn note(&self, _: &str) {}
}

/// A stage that has begun. It ends when this value is dropped, so that an early return leaves no bar behind.
pub(super) struct RunningStage<'a>(&'a dyn Progress);

impl<'a> RunningStage<'a> {
    /// Begins a stage; the arguments are those of [`Progress::start`].
    pub(super) fn start(
        progress: &'a dyn Progress,
        stage: Stage,
        label: &str,
        done: u64,
        total: Option<u64>,
    ) -> RunningStage<'a> {
        progress.start(stage, label, done, total);
        RunningStage(progress)
    }

    /// Reports how many bytes are done so far, and asks whether the user wants to stop.
    ///
    /// # Errors
    /// [`FetchError::Cancelled`] if the user wants to stop.
    pub(super) fn advance_to(&self, done: u64) -> Result<(), FetchError> {
        self.0.position(done);
        if self.0.cancelled() { Err(FetchError::Cancelled) } else { Ok(()) }
    }
}

impl Drop for RunningStage<'_> {
    fn drop(&mut self) {
        self.0.finish();
    }
}
