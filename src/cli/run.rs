//! `depeche run`: French articles in, checked English dispatches with summaries out.

use super::Streams;
use super::batch::{self, BatchArgs, Plan};
use super::summary_args::SummaryArgs;

/// Translate French articles into English, summarise and check them
///
/// Prints the dispatches, or writes NAME.en.md and NAME.json for each article into a folder. A dispatch that is already
/// there, made from the same article with the same model and settings, is not made again: to resume an interrupted
/// batch, give the same command again.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    batch: BatchArgs,
    /// Write no summary
    #[arg(long, conflicts_with_all = ["style", "length", "loaded_words"])]
    no_summary: bool,
    #[command(flatten)]
    summary: SummaryArgs,
}

/// Runs the command; returns the exit code.
pub fn run(args: &Args, streams: &mut Streams) -> anyhow::Result<u8> {
    let config = args.batch.config.load()?;
    let summary = if args.no_summary { None } else { Some(args.summary.settings(&config)?) };
    batch::run(&args.batch, &Plan { summary, summarize: false, config: config.into() }, streams)
}
