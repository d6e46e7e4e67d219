//! French articles in, dispatches out: what `run`, `translate` and `summarize` share.

mod dispatches;
mod output;
mod progress;
mod queue;

use crate::article::ReadOptions;
use crate::article::read::Format as ArticleFormat;
use crate::cli::config_args::ConfigArgs;
use crate::cli::model_args::{Located, ModelArgs};
use crate::cli::{Streams, exit};
use crate::config::{Config, FailOn};
use crate::dispatch::{ChecksRecord, Decoding, Dispatch, SettingsRecord, SummarySettings};
use crate::inputs::{self, Input};
use crate::journal::Entry;
use crate::model::ModelError;
use crate::model::engine::Engine;
use crate::pipeline::Prompts;
use dispatches::Source;
use jiff::civil::Date;
use output::Output;
use progress::Progress;
use queue::{Common, Queue};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

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
    /// How to read the articles, where their names don't tell
    #[arg(long, value_enum, value_name = "FORMAT")]
    input_format: Option<ArticleFormat>,
    /// Keep cookie notices, links, credits and whatever else is not the article
    #[arg(long)]
    keep_boilerplate: bool,
    /// Take the model's first text as it comes: more than twice as fast, and the checks only report
    #[arg(long)]
    greedy: bool,
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
    /// Dispatches are inputs as well, and what is printed for people is the summary and the tables.
    pub summarize: bool,
    /// How translations are checked.
    pub config: Arc<Config>,
}

/// What is printed.
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

/// What became of the articles so far.
#[derive(Default)]
struct Tally {
    done: usize,
    failed: usize,
    /// Of the failed ones, those that held nothing.
    empty: usize,
    /// Findings at or above `--fail-on` were left.
    findings: bool,
}

pub fn run(args: &BatchArgs, plan: &Plan, streams: &mut Streams) -> anyhow::Result<u8> {
    let also: &[&str] = if plan.summarize { &["json"] } else { &[] };
    let (inputs, errors) = inputs::expand_also(&args.inputs, also);
    let mut tally = Tally::default();
    for e in errors {
        streams.error(&e.to_string());
        tally.failed += 1;
    }
    // The output folder is opened before the long work starts: what cannot be written should not be computed.
    let mut output = Output::open(args.output.as_deref(), args.format, plan.summarize)?;
    let mut work = Work::new(args, plan);
    let mut progress = Progress::new(inputs.len());
    let mut state = State { streams, output: &mut output, progress: &mut progress, tally: &mut tally };
    let result = inputs.iter().try_for_each(|input| work.input(input, &mut state)).and_then(|()| work.rest(&mut state));
    if result.is_err() {
        work.stop(&mut state);
    }
    progress.finish();
    output.close(streams)?;
    result?;
    Ok(if tally.failed > tally.empty || (tally.empty > 0 && tally.done > 0) {
        exit::ERROR
    } else if tally.done == 0 {
        exit::NO_INPUT
    } else if tally.findings {
        exit::FINDINGS
    } else {
        exit::OK
    })
}

/// Where the results of a run go.
struct State<'a> {
    streams: &'a mut Streams,
    output: &'a mut Output,
    progress: &'a mut Progress,
    tally: &'a mut Tally,
}

/// The model and settings of a run; the model is located at the first article that can be read, and loaded at the first
/// one that is not finished yet.
struct Work<'a> {
    args: &'a BatchArgs,
    plan: &'a Plan,
    read: ReadOptions,
    located: Option<(Located, Common)>,
    engine: Option<Engine>,
    queue: Queue,
    cancelled: Arc<AtomicBool>,
}

impl<'a> Work<'a> {
    fn new(args: &'a BatchArgs, plan: &'a Plan) -> Self {
        let read = ReadOptions {
            format: args.input_format,
            date: args.date,
            today: Some(jiff::Zoned::now().date()),
            keep_boilerplate: args.keep_boilerplate,
            ..ReadOptions::default()
        };
        let cancelled = Arc::new(AtomicBool::new(false));
        let flag = cancelled.clone();
        // Where no handler can be set, Ctrl-C ends the program at once; finished dispatches are kept all the same.
        let _ = ctrlc::set_handler(move || flag.store(true, Ordering::Relaxed));
        Work { args, plan, read, located: None, engine: None, queue: Queue::default(), cancelled }
    }

    /// All articles of one input. An error ends the run; what only concerns an article is reported and counted.
    fn input(&mut self, input: &Input, state: &mut State<'_>) -> anyhow::Result<()> {
        let sources = match self.plan.summarize {
            true => dispatches::load(&input.path, &mut state.streams.input, &self.read),
            false => dispatches::articles(&input.path, &mut state.streams.input, &self.read),
        };
        let several = sources.len() > 1;
        state.progress.article_count(sources.len());
        for (i, source) in sources.into_iter().enumerate() {
            let id = match &source {
                // The file of a dispatch has the name that the article got.
                Ok(Source::Translated(_)) if !several => None,
                Ok(source) => source.id().map(|id| id.as_str().map_or_else(|| id.to_string(), str::to_string)),
                Err(_) => None,
            };
            let name = match id {
                Some(id) => inputs::article_name(&input.name, &id),
                None if several => format!("{}-{}", input.name, i + 1),
                None => input.name.clone(),
            };
            match source {
                Ok(source) => self.source(source, &name, state)?,
                Err(e) => {
                    state.tally.failed += 1;
                    state.tally.empty += usize::from(e.is_empty);
                    state.progress.suspend(|| state.streams.error(&e.message));
                    state.output.failed(Entry::failed(&input.path.display().to_string(), &e.message))?;
                    state.progress.article_done();
                }
            }
        }
        Ok(())
    }

    /// The model's file and what all articles of the run share, from the first article on.
    fn locate(&mut self) -> anyhow::Result<&(Located, Common)> {
        if self.located.is_none() {
            let located = self.args.model.locate(self.cancelled.clone())?;
            let settings = SettingsRecord {
                seed: 0,
                decoding: if self.args.greedy { Decoding::Greedy } else { Decoding::Steered },
                batch: located.options.batch,
                context: located.options.context,
                keep_boilerplate: self.args.keep_boilerplate,
                date: self.args.date.map(|d| d.to_string()),
                summary: self.plan.summary.is_some(),
                summarize: self.plan.summary.clone(),
                checks: ChecksRecord::of(&self.plan.config.settings(false, None)),
            };
            let common = Common {
                model: Arc::new(located.record.clone()),
                settings: Arc::new(settings),
                prompts: Arc::new(if located.is_adapted() { Prompts::adapted() } else { Prompts::standard() }),
                config: self.plan.config.clone(),
            };
            self.located = Some((located, common));
        }
        Ok(self.located.as_ref().expect("located above"))
    }

    fn engine(&mut self, progress: &mut Progress) -> anyhow::Result<Engine> {
        if self.engine.is_none() {
            progress.loading();
            let engine = self.locate()?.0.load(&mut |done, all| progress.layers(done, all))?;
            let flag = engine.cancel_flag();
            let cancelled = self.cancelled.clone();
            // The engine looks at its own flag between steps; Ctrl-C sets ours.
            std::thread::spawn(move || {
                while !cancelled.load(Ordering::Relaxed) {
                    std::thread::sleep(std::time::Duration::from_millis(100));
                }
                flag.store(true, Ordering::Relaxed);
            });
            self.engine = Some(engine);
        }
        Ok(self.engine.clone().expect("loaded above"))
    }

    /// Starts an article, once there is room for it.
    fn source(&mut self, source: Source, name: &str, state: &mut State<'_>) -> anyhow::Result<()> {
        for warning in source.warnings() {
            let warning = format!("{}: {warning}", source.name());
            state.progress.suspend(|| state.streams.warning(&warning));
        }
        let common = self.locate()?.1.clone();
        let fingerprint = common.fingerprint(&source);
        if let Some(entry) = state.output.finished(name, &fingerprint) {
            state.tally.findings |= self.fails(entry.errors, entry.warnings, 0);
            state.tally.done += 1;
            state.progress.skipped(source.name());
            state.progress.article_done();
            return Ok(());
        }
        let engine = self.engine(state.progress)?;
        if self.queue.is_full()
            && let Some(entry) = self.queue.pop()
        {
            self.hand_on(entry, state)?;
        }
        while let Some(entry) = self.queue.pop_finished() {
            self.hand_on(entry, state)?;
        }
        let sentences = state.progress.article(source.name(), source.sentences());
        self.queue.start(source, name, engine, &common, sentences, self.cancelled.clone())?;
        Ok(())
    }

    /// Waits for what is still in work.
    fn rest(&mut self, state: &mut State<'_>) -> anyhow::Result<()> {
        state.progress.last();
        while let Some(entry) = self.queue.pop() {
            self.hand_on(entry, state)?;
        }
        Ok(())
    }

    /// Ends what is still in work, and keeps what is finished.
    fn stop(&mut self, state: &mut State<'_>) {
        if let Some(engine) = &self.engine {
            engine.cancel_flag().store(true, Ordering::Relaxed);
        }
        while let Some(entry) = self.queue.pop() {
            // The run ends with an error already; a second one would say no more.
            let _ = self.hand_on(entry, state);
        }
    }

    /// Waits for an article and writes its dispatch.
    fn hand_on(&mut self, entry: queue::Entry, state: &mut State<'_>) -> anyhow::Result<()> {
        let (name, label, made) = entry.wait();
        let dispatch: Dispatch = match made {
            Ok(dispatch) => dispatch,
            Err(ModelError::Cancelled) => {
                anyhow::bail!("interrupted; finished dispatches are kept, give the same command again to go on")
            }
            Err(e) => return Err(anyhow::Error::from(e).context(label)),
        };
        let count = |severity| dispatch.findings.iter().filter(|f| f.severity == severity).count();
        use crate::checks::Severity::{Error, Note, Warning};
        state.tally.findings |= self.fails(count(Error), count(Warning), count(Note));
        state.progress.suspend(|| state.output.done(&name, &dispatch, state.streams))?;
        state.tally.done += 1;
        state.progress.article_done();
        Ok(())
    }

    fn fails(&self, errors: usize, warnings: usize, notes: usize) -> bool {
        match self.args.fail_on {
            FailOn::Never => false,
            FailOn::Error => errors > 0,
            FailOn::Warning => errors + warnings > 0,
            FailOn::Note => errors + warnings + notes > 0,
        }
    }
}
