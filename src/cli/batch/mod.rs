//! French articles in, dispatches out: what `run`, `translate` and `summarize` share.

mod dispatches;
mod output;
mod progress;
mod queue;
mod reader;
mod work;

use crate::article::ReadOptions;
use crate::article::read::Format as ArticleFormat;
use crate::cli::config_args::ConfigArgs;
use crate::cli::model_args::ModelArgs;
use crate::cli::signals::Stop;
use crate::cli::{Streams, exit, is_broken_pipe};
use crate::config::{Config, FailOn};
use crate::dispatch::SummarySettings;
use crate::inputs;
use crate::journal::OpenError;
use crate::model::fetch::FetchError;
use crate::shard::Shard;
use jiff::civil::Date;
use output::Output;
use progress::Progress;
use reader::InputSettings;
use std::path::PathBuf;
use std::sync::Arc;
use work::{BatchRun, RunOutput, Tally};

/// Inputs, outputs and the model of a command that makes dispatches.
#[derive(Debug, clap::Args)]
pub struct BatchArgs {
    /// Articles: files, folders, patterns such as 'fr/*.txt', or - for standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<String>,
    /// Write the dispatches, and index.jsonl, into this folder
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// What is printed without --output
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    /// Day of publication, from which "jeudi" and "29 novembre" are counted [default: found in the text]
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<Date>,
    /// Read every article in this format [default: by the extension of its name]
    #[arg(long, value_enum, value_name = "FORMAT")]
    input_format: Option<ArticleFormat>,
    /// Keep lines that are not the article, such as cookie notices, links and credits
    #[arg(long)]
    keep_boilerplate: bool,
    /// Take the model's first text as it comes: more than twice as fast, and the checks only report
    #[arg(long)]
    greedy: bool,
    /// Do one of N equal parts of the articles, by their identifiers; auto: as the Slurm array or the Kubernetes job
    /// says
    #[arg(long, value_name = "I/N")]
    shard: Option<Shard>,
    /// Try again what an earlier run with the same settings could not make
    #[arg(long, requires = "output")]
    retry_failed: bool,
    /// The lowest severity that makes the exit code 1
    #[arg(long, value_enum, value_name = "SEVERITY", default_value = "never")]
    fail_on: FailOn,
    #[command(flatten)]
    model: ModelArgs,
    #[command(flatten)]
    pub config: ConfigArgs,
}

/// What a command makes of its inputs.
#[derive(Debug)]
pub struct Plan {
    /// The summary to write; `None` for none.
    pub summary: Option<SummarySettings>,
    /// Whether this is `depeche summarize`: dispatches are inputs as well, and what is printed for people is the
    /// summary and the tables.
    pub summarize: bool,
    /// How translations are checked.
    pub config: Arc<Config>,
}

/// What is printed without `--output`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people
    #[default]
    Md,
    /// One JSON object an article, indented
    Json,
    /// One JSON object an article, a line each
    Jsonl,
}

/// Makes the dispatches of all inputs, and returns the exit code. What is wrong with one article is reported, and the
/// others are made.
pub fn run(args: &BatchArgs, plan: &Plan, streams: &mut Streams) -> anyhow::Result<u8> {
    let stop = Stop::listen();
    let also: &[&str] = if plan.summarize { &["json"] } else { &[] };
    let (inputs, errors) = inputs::expand_also(&args.inputs, also);
    let mut tally = Tally::default();
    for e in errors {
        streams.error(&e.to_string());
        tally.failed += 1;
        tally.empty += usize::from(e.is_empty_input());
    }
    // The output folder is opened before the long work starts: what cannot be written should not be computed.
    let output = Output::open(args.output.as_deref(), args.shard, args.format, plan.summarize);
    let mut output = match output {
        Err(e) if can_be_tried_again(&e) => return Ok(try_again(&e, streams)),
        output => output?,
    };
    let options = ReadOptions {
        format: args.input_format,
        date: args.date,
        today: Some(jiff::Zoned::now().date()),
        keep_boilerplate: args.keep_boilerplate,
        ..ReadOptions::default()
    };
    let reading = InputSettings { inputs, options, summarize: plan.summarize, shard: args.shard };
    let articles = reading.count();
    output.expect(articles);
    let stdin = std::mem::replace(&mut streams.input, Box::new(std::io::empty()));
    let items = reader::start(reading, stdin)?;
    let mut work = BatchRun::new(args, plan, stop.clone());
    let mut progress = Progress::new(articles);
    let mut state = RunOutput { streams, output: &mut output, progress: &mut progress, tally: &mut tally };
    let result = work.all(&items, &mut state);
    if result.is_err() || stop.is_asked() {
        work.stop(&mut state);
    }
    progress.finish();
    let closed = output.close(streams);
    if let Some(code) = stop.exit_code() {
        let kept = if args.output.is_some() {
            "; finished dispatches are kept, give the same command again to go on"
        } else {
            ""
        };
        streams.error(&format!("interrupted{kept}"));
        return Ok(code);
    }
    match result.and(closed) {
        Ok(()) => Ok(tally.exit_code(args.shard.is_some())),
        // The program that reads stdout has closed it, so not everything was made.
        Err(e) if is_broken_pipe(&e) => Ok(exit::ERROR),
        Err(e) if can_be_tried_again(&e) => Ok(try_again(&e, streams)),
        Err(e) => Err(e),
    }
}

/// Reports the error, and returns the exit code that says that the command may be tried again.
fn try_again(e: &anyhow::Error, streams: &mut Streams) -> u8 {
    streams.error(&format!("{e:#}"));
    exit::TRY_AGAIN
}

/// Whether the machine, the network or another run is the cause, and not the articles or the command: the same command
/// may work later or elsewhere.
fn can_be_tried_again(e: &anyhow::Error) -> bool {
    e.chain().any(|cause| {
        cause.is::<work::ModelIsGone>()
            || cause.downcast_ref::<OpenError>().is_some_and(|e| matches!(e, OpenError::Locked))
            || cause.downcast_ref::<FetchError>().is_some_and(FetchError::is_passing)
            || cause.downcast_ref::<std::io::Error>().is_some_and(output::is_for_all)
    })
}
