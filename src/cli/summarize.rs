//! `depeche summarize`: French articles or translated dispatches in, summaries and tables out.

use super::Streams;
use super::batch::{self, BatchArgs, Plan};
use super::summary_args::SummaryArgs;

/// Summarise French articles in English, and say who says what
///
/// Inputs are French articles, which are translated first, or the JSON of dispatches that `depeche run` or `depeche
/// translate` wrote, whose translation is used as it is. For people, the summary and the tables are printed; JSON, and
/// what is written into a folder, is the whole dispatch.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    batch: BatchArgs,
    #[command(flatten)]
    summary: SummaryArgs,
}

/// Runs the command; returns the exit code.
pub fn run(args: &Args, streams: &mut Streams) -> anyhow::Result<u8> {
    let config = args.batch.config.load()?;
    let summary = Some(args.summary.settings(&config)?);
    batch::run(&args.batch, &Plan { summary, summarize: true, config: config.into() }, streams)
}
