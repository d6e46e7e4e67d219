//! `depeche merge DIR`: makes one index of the indexes of a batch's parts.

use super::{Streams, exit};
use crate::journal;
use anyhow::Context;
use std::io::Write;
use std::path::PathBuf;

/// Make one index of the parts that --shard has written
///
/// Copy the output folders of all parts into one (or let them write into one from the beginning), then run this: the
/// indexes of the parts become index.jsonl, one line an article. What is missing is said, and makes the exit code 2.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The output folder
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

/// Runs the command; returns the exit code.
pub fn run(args: &Args, streams: &mut Streams) -> anyhow::Result<u8> {
    let merged = journal::merge(&args.folder);
    let (articles, problems) = merged.with_context(|| format!("cannot merge {}", args.folder.display()))?;
    for problem in &problems {
        streams.error(problem);
    }
    writeln!(streams.out, "{} done, {} failed", articles.done, articles.failed)?;
    Ok(match () {
        () if !problems.is_empty() => exit::ERROR,
        () if articles.done + articles.failed == 0 => exit::NO_INPUT,
        () => exit::OK,
    })
}
