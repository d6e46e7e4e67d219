//! `depeche run`: French articles in, checked English dispatches out.

mod output;
mod progress;

use super::model_args::{Located, ModelArgs};
use super::{Streams, exit};
use crate::article::read::Format as ArticleFormat;
use crate::article::{self, Article, ReadError, ReadOptions};
use crate::checks::engine::Settings as CheckSettings;
use crate::config::FailOn;
use crate::dispatch::{Dispatch, SettingsRecord};
use crate::inputs::{self, Input};
use crate::journal::Entry;
use crate::model::ModelError;
use crate::model::engine::Engine;
use crate::pipeline::{self, Job, Prompts};
use jiff::civil::Date;
use output::Output;
use progress::Progress;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Translate French articles into English, summarise and check them
///
/// Prints the dispatches, or writes NAME.en.md and NAME.json for each article into a folder. A dispatch that stands there
/// already, made from the same article with the same model and settings, is not made again: an interrupted batch goes on
/// where it stopped when the same command is given again.
#[derive(Debug, clap::Args)]
pub struct Args {
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
    /// Write no summary
    #[arg(long)]
    no_summary: bool,
    /// The lowest severity that makes the exit code 1
    #[arg(long, value_enum, value_name = "SEVERITY", default_value = "never")]
    fail_on: FailOn,
    #[command(flatten)]
    model: ModelArgs,
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

pub fn run(args: &Args, streams: &mut Streams) -> anyhow::Result<u8> {
    let (inputs, errors) = inputs::expand(&args.inputs);
    let mut tally = Tally::default();
    for e in errors {
        streams.error(&e.to_string());
        tally.failed += 1;
    }
    // The output folder is opened before the long work starts: what cannot be written should not be computed.
    let mut output = Output::open(args.output.as_deref(), args.format)?;
    let mut work = Work::new(args);
    let mut progress = Progress::new(inputs.len());
    for input in &inputs {
        if let Err(e) = work.input(input, streams, &mut output, &mut progress, &mut tally) {
            progress.finish();
            output.close(streams)?;
            return Err(e);
        }
    }
    progress.finish();
    output.close(streams)?;
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

/// The model and settings of a run; the model is located at the first article that can be read, and loaded at the first
/// one that is not finished yet.
struct Work<'a> {
    args: &'a Args,
    read: ReadOptions,
    located: Option<Located>,
    engine: Option<Engine>,
    cancelled: Arc<AtomicBool>,
}

impl<'a> Work<'a> {
    fn new(args: &'a Args) -> Self {
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
        Work { args, read, located: None, engine: None, cancelled }
    }

    /// All articles of one input. An error ends the run; what only concerns an article is reported and counted.
    fn input(
        &mut self,
        input: &Input,
        streams: &mut Streams,
        output: &mut Output,
        progress: &mut Progress,
        tally: &mut Tally,
    ) -> anyhow::Result<()> {
        let articles = if input.is_stdin() {
            article::load_stream("-", &mut streams.input, &self.read)
        } else {
            article::load(&input.path, &self.read)
        };
        let articles = articles.unwrap_or_else(|e| vec![Err(e)]);
        let several = articles.len() > 1;
        progress.article_count(articles.len());
        for (i, article) in articles.into_iter().enumerate() {
            let name = match &article {
                Ok(Article { id: Some(id), .. }) => {
                    let id = id.as_str().map_or_else(|| id.to_string(), str::to_string);
                    inputs::article_name(&input.name, &id)
                }
                _ if several => format!("{}-{}", input.name, i + 1),
                _ => input.name.clone(),
            };
            let result = match article {
                Ok(article) => self.article(&article, &name, streams, output, progress, tally)?,
                Err(e) => Err(e),
            };
            match result {
                Ok(()) => tally.done += 1,
                Err(e) => {
                    tally.failed += 1;
                    tally.empty += usize::from(e.is_empty_input());
                    let message = e.to_string();
                    progress.suspend(|| streams.error(&message));
                    output.failed(Entry::failed(&input.path.display().to_string(), &message))?;
                }
            }
            progress.article_done();
        }
        Ok(())
    }

    fn article(
        &mut self,
        article: &Article,
        name: &str,
        streams: &mut Streams,
        output: &mut Output,
        progress: &mut Progress,
        tally: &mut Tally,
    ) -> anyhow::Result<Result<(), ReadError>> {
        for warning in &article.original.warnings {
            progress.suspend(|| streams.warning(&format!("{}: {warning}", article.original.name)));
        }
        if self.located.is_none() {
            self.located = Some(self.args.model.locate(self.cancelled.clone())?);
        }
        let located = self.located.as_ref().expect("located above");
        let settings = SettingsRecord {
            seed: 0,
            decoding: "greedy".into(),
            batch: located.options.batch,
            context: located.options.context,
            keep_boilerplate: self.args.keep_boilerplate,
            date: self.args.date.map(|d| d.to_string()),
            summary: !self.args.no_summary,
        };
        let checks = CheckSettings { date: article.date, ..CheckSettings::default() };
        let job = Job { model: &located.record, settings: &settings, checks: &checks };
        let prompts = Prompts::standard();
        if let Some(entry) = output.finished(name, &pipeline::fingerprint(article, &job, &prompts)) {
            tally.findings |= self.fails(entry.errors, entry.warnings, 0);
            progress.skipped(&article.original.name);
            return Ok(Ok(()));
        }
        if self.engine.is_none() {
            progress.loading();
            let engine = located.load(&mut |done, all| progress.layers(done, all))?;
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
        let engine = self.engine.as_mut().expect("loaded above");
        progress.article(&article.original.name, article.sentences().count());
        let cancelled = self.cancelled.clone();
        let made = pipeline::dispatch(article, engine, &job, prompts, &mut |done| {
            progress.sentences(done);
            !cancelled.load(Ordering::Relaxed)
        });
        let dispatch: Dispatch = match made {
            Ok(dispatch) => dispatch,
            Err(ModelError::Cancelled) => {
                anyhow::bail!("interrupted; finished dispatches are kept, give the same command again to go on")
            }
            Err(e) => return Err(anyhow::Error::from(e).context(article.original.name.clone())),
        };
        let count = |severity| dispatch.findings.iter().filter(|f| f.severity == severity).count();
        use crate::checks::Severity::{Error, Note, Warning};
        tally.findings |= self.fails(count(Error), count(Warning), count(Note));
        progress.suspend(|| output.done(name, &dispatch, streams))?;
        Ok(Ok(()))
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
