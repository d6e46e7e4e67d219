//! Shows on stderr how far a fetch is: a bar on a terminal, elsewhere (in a log) a plain line every ten seconds.

use indicatif::{DecimalBytes, HumanDuration, ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::model::fetch::{Progress, Stage};
use crate::report::text::diagnostic;

/// The least time between two plain lines, except for those at the start and end of a download.
const PLAIN_EVERY: Duration = Duration::from_secs(10);

/// Shows the progress of a fetch on stderr.
pub struct FetchProgress {
    on_terminal: bool,
    /// Set from outside when the fetch should stop.
    cancelled: Arc<AtomicBool>,
    /// The stage that is being shown; `None` between stages.
    state: Mutex<Option<Shown>>,
}

/// How a stage of the fetch (download or verification) is shown.
enum Shown {
    Bar(ProgressBar),
    Plain(Plain),
}

/// What is known of a stage that is shown by plain lines.
struct Plain {
    stage: Stage,
    /// Name of what is fetched or verified.
    label: String,
    /// Bytes that were there when the stage began, because an earlier run had fetched them.
    began: u64,
    /// Bytes that are there now, those of earlier runs included.
    done: u64,
    /// Bytes of the whole, if known.
    total: Option<u64>,
    /// When the stage began.
    since: Instant,
    /// When its last line was written; before the first line, when the stage began.
    said: Instant,
}

impl FetchProgress {
    /// Progress of a fetch that nothing stops.
    pub fn new() -> Self {
        Self::cancelled_by(Arc::default())
    }

    /// Progress that tells the fetch to stop once the flag is set. Commands that handle Ctrl-C themselves set the flag
    /// on Ctrl-C.
    pub fn cancelled_by(cancelled: Arc<AtomicBool>) -> Self {
        FetchProgress { on_terminal: std::io::stderr().is_terminal(), cancelled, state: Mutex::new(None) }
    }

    /// Locks the stage that is being shown. It is still usable if a thread panicked while it held
    /// the lock.
    fn shown(&self) -> MutexGuard<'_, Option<Shown>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for FetchProgress {
    fn default() -> Self {
        Self::new()
    }
}

/// What is done in a stage, in a word.
fn verb(stage: Stage) -> &'static str {
    match stage {
        Stage::Download => "fetching",
        Stage::Verify => "checking",
    }
}

/// A new bar for a stage of which `done` bytes are there already; it has the length 0 where the total is not known.
fn bar(stage: Stage, done: u64, total: Option<u64>) -> ProgressBar {
    let bar = ProgressBar::new(total.unwrap_or(0)).with_position(done);
    let template = "{msg} {wide_bar:.green} {decimal_bytes}/{decimal_total_bytes} {decimal_bytes_per_sec} {eta} left";
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    bar.set_style(style.progress_chars("━━╌"));
    bar.set_message(verb(stage));
    // Bytes that an earlier run fetched must not count towards the speed.
    bar.reset_eta();
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

impl Plain {
    /// How many bytes are there and, where it is known, the total. With a total, once half a second has passed and
    /// bytes have come in this run, also the speed and, until all are there, the time left.
    fn line(&self, now: Instant) -> String {
        let mut line = format!("{} {}: {}", verb(self.stage), self.label, DecimalBytes(self.done));
        let Some(total) = self.total else { return line };
        line += &format!(" of {}", DecimalBytes(total));
        let (seconds, came) = ((now - self.since).as_secs_f64(), self.done.saturating_sub(self.began) as f64);
        if seconds > 0.5 && came > 0.0 {
            let left = Duration::from_secs_f64(total.saturating_sub(self.done) as f64 * seconds / came);
            line += &format!(", {}/s", DecimalBytes((came / seconds) as u64));
            if self.done < total {
                line += &format!(", {} left", HumanDuration(left));
            }
        }
        line
    }
}

impl Progress for FetchProgress {
    fn start(&self, stage: Stage, label: &str, done: u64, total: Option<u64>) {
        let now = Instant::now();
        *self.shown() = Some(if self.on_terminal {
            // The name gets a line of its own: beside the figures it would leave no room for the bar.
            if stage == Stage::Download {
                eprintln!("{}", diagnostic(&format!("fetching {label}")));
            }
            Shown::Bar(bar(stage, done, total))
        } else {
            let plain = Plain { stage, label: label.into(), began: done, done, total, since: now, said: now };
            if stage == Stage::Download {
                eprintln!("{}", diagnostic(&plain.line(now)));
            }
            Shown::Plain(plain)
        });
    }

    fn position(&self, done: u64) {
        match &mut *self.shown() {
            Some(Shown::Bar(bar)) => bar.set_position(done),
            Some(Shown::Plain(plain)) => {
                plain.done = done;
                let now = Instant::now();
                if now - plain.said >= PLAIN_EVERY {
                    plain.said = now;
                    eprintln!("{}", diagnostic(&plain.line(now)));
                }
            }
            None => {}
        }
    }

    fn finish(&self) {
        match self.shown().take() {
            Some(Shown::Bar(bar)) => bar.finish_and_clear(),
            Some(Shown::Plain(plain)) if plain.stage == Stage::Download => {
                eprintln!("{}", diagnostic(&plain.line(Instant::now())));
            }
            _ => {}
        }
    }

    fn cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    fn note(&self, message: &str) {
        // The message may quote what a hub or pip has said, so control characters in it are made harmless.
        let message = diagnostic(message);
        match &*self.shown() {
            Some(Shown::Bar(bar)) => bar.suspend(|| eprintln!("{message}")),
            _ => eprintln!("{message}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_line_tells_size_speed_and_time_left_without_counting_an_earlier_run() {
        let since = Instant::now();
        let plain = Plain {
            stage: Stage::Download,
            label: "m".into(),
            began: 400_000_000,
            done: 500_000_000,
            total: Some(1_000_000_000),
            since,
            said: since,
        };
        let line = plain.line(since + Duration::from_secs(10));
        assert_eq!(line, "fetching m: 500.00 MB of 1.00 GB, 10.00 MB/s, 50 seconds left");
    }
}
