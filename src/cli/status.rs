//! `depeche status DIR`: how far a batch is.

use super::{Streams, exit};
use crate::journal::{self, RecordedRun};
use anyhow::Context;
use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;

/// Say how far the batch of an output folder is
///
/// Articles done, failed and open, and how long the rest takes at the pace so far. It may be asked while the batch
/// runs.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The output folder
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
enum Format {
    /// For people
    #[default]
    Human,
    /// One JSON object on a line
    Json,
}

/// Runs the command; returns the exit code.
pub fn run(args: &Args, streams: &mut Streams) -> anyhow::Result<u8> {
    let status = journal::status(&args.folder);
    let status = status.with_context(|| format!("cannot read {}", args.folder.display()))?;
    let (done, failed) = (status.articles.done, status.articles.failed);
    let remaining =
        status.runs.iter().map(|r| r.state.remaining()).sum::<Option<usize>>().filter(|_| !status.runs.is_empty());
    // Parts run side by side, so the time left is that of the slowest part. If it is unknown for one part, it is
    // unknown for the whole.
    let going_on: Vec<&RecordedRun> = status.runs.iter().filter(|r| r.going_on).collect();
    let time_left =
        going_on.iter().map(|r| r.state.time_left()).collect::<Option<Vec<_>>>().and_then(|l| l.into_iter().max());
    let out = &mut streams.out;
    match args.format {
        Format::Human => {
            let remaining = remaining.map_or("an unknown number".into(), |n| n.to_string());
            write!(out, "{done} done, {failed} failed, {remaining} open")?;
            match (going_on.len(), time_left) {
                (0, _) => writeln!(out, "; no run is going on")?,
                (n, Some(left)) => writeln!(out, "; {} left, {n} going on", people(left))?,
                (n, None) => writeln!(out, "; {n} going on")?,
            }
        }
        Format::Json => {
            let seconds_left = time_left.map(|l| l.as_secs());
            let runs = going_on.len();
            let json = serde_json::json!({
                "done": done, "failed": failed, "open": remaining, "running": runs, "seconds_left": seconds_left,
            });
            writeln!(out, "{json}")?;
        }
    }
    Ok(if done + failed == 0 { exit::NO_INPUT } else { exit::OK })
}

/// A duration for people, such as "2 h 10 min", "5 min" or "40 s"; minutes below an hour are rounded up.
fn people(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3600 => format!("{} min", seconds.div_ceil(60)),
        _ => format!("{} h {} min", seconds / 3600, seconds % 3600 / 60),
    }
}
