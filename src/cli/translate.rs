//! `depeche translate`: French articles in, checked English translations out.

use super::Streams;
use super::batch::{self, BatchArgs, Plan};

/// Translate French articles into English and check them, without a summary
///
/// As `depeche run --no-summary`. `depeche summarize` adds summaries to the dispatches later.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    batch: BatchArgs,
}

/// Runs the command; returns the exit code.
pub fn run(args: &Args, streams: &mut Streams) -> anyhow::Result<u8> {
    let config = args.batch.config.load()?.into();
    batch::run(&args.batch, &Plan { summary: None, summarize: false, config }, streams)
}
