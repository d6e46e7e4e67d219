//! `depeche check`: pairs of texts, two documents, or the pairs of `depeche.toml`.

mod deep;
mod documents;
mod project;

use super::config_args::ConfigArgs;
#[cfg(feature = "model")]
use super::model_args::ModelArgs;
use super::{Streams, exit};
use crate::article::read::settings_file;
use crate::article::{Format as InputFormat, ReadError};
use crate::baseline::{self, Baseline, BaselineEntry};
use crate::checks::Finding;
use crate::checks::engine::{self, Settings};
use crate::config::{Config, FailOn};
use crate::contrasts::SecondLook;
use crate::files;
use crate::pairs;
use crate::report::github::Github;
use crate::report::human::{self, Human};
use crate::report::json::Json;
use crate::report::jsonl::Jsonl;
use crate::report::junit::Junit;
use crate::report::sarif::Sarif;
use crate::report::{Checked, Counts, Failed, Format, Message, PairOrigin, Sink, Text};
use anyhow::Context;
use documents::ReadSettings;
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Compare French texts with their English translations, by rules
///
/// With SOURCE and TARGET, compares two documents; with --pairs, every line of a file; with neither, the pairs of files
/// that depeche.toml names.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The French document
    #[arg(requires = "target")]
    source: Option<PathBuf>,
    /// Its English translation; of a dispatch that depeche wrote, only the translation is read
    target: Option<PathBuf>,
    /// JSON lines of {"id","source","target"}, with the day of publication as "date" if known; `-` for standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["source", "target"])]
    pairs: Option<PathBuf>,
    /// How to write the findings
    #[arg(long, value_enum, default_value_t = FormatName::Human)]
    format: FormatName,
    /// Read every document in this format [default: by the extension of its name]
    #[arg(long, value_enum, value_name = "FORMAT")]
    input_format: Option<InputFormat>,
    /// The lowest severity that makes the exit code 1 [default: error]
    #[arg(long, value_enum, value_name = "SEVERITY", hide_default_value = true)]
    fail_on: Option<FailOn>,
    /// The translation may be cut or adapted: what it lacks is a note
    #[arg(long)]
    partial: bool,
    /// Take nothing out of the documents: site frames and notices are sentences like any other
    #[arg(long)]
    keep_boilerplate: bool,
    /// Day of publication, from which "jeudi" and "29 novembre" are counted
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<Date>,
    #[command(flatten)]
    config: ConfigArgs,
    /// Leave out the findings of this file, and name those of them that are gone
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write all findings to this file, for a later --baseline
    #[arg(long, value_name = "FILE", conflicts_with = "baseline")]
    write_baseline: Option<PathBuf>,
    /// Ask the model as well, where a word of the French gives reason to doubt one of the English
    #[arg(long)]
    deep: bool,
    #[cfg(feature = "model")]
    #[command(flatten)]
    model: ModelArgs,
    /// Threads for --pairs [default: one a core]
    #[cfg(not(feature = "model"))]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: Option<u16>,
}

impl Args {
    /// The threads that the user asked for, if any. In a build with the model, `--threads` is the model's flag, and
    /// sets the threads of the rules as well, 256 at most.
    fn threads(&self) -> Option<usize> {
        #[cfg(feature = "model")]
        return self.model.threads.map(|n| usize::from(n.get()).min(256));
        #[cfg(not(feature = "model"))]
        return self.threads.map(usize::from);
    }

    /// The model's second look at each pair, if `--deep` asks for it.
    fn look(&self) -> anyhow::Result<Option<SecondLook<'static>>> {
        if !self.deep {
            return Ok(None);
        }
        #[cfg(feature = "model")]
        return deep::open(&self.model).map(Some);
        #[cfg(not(feature = "model"))]
        return deep::open().map(Some);
    }
}

/// How findings are written.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum FormatName {
    /// For people, with the texts
    Human,
    /// One object for the whole run
    Json,
    /// One object a pair
    Jsonl,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// JUnit XML, for CI servers
    Junit,
    /// Annotations of GitHub Actions
    Github,
}

/// Runs the command; returns the exit code.
pub fn run(args: &Args, streams: &mut Streams) -> anyhow::Result<u8> {
    let config = args.config.load()?;
    let fail_on = args.fail_on.or(config.fail_on).unwrap_or(FailOn::Error);
    let settings = config.settings(args.partial, args.date);
    let baseline = load_baseline(args, &config)?;
    let format = args.format.build(fail_on, streams);
    let look = args.look()?;
    let mut run = CheckRun {
        settings: &settings,
        baseline: baseline.as_ref(),
        collect: args.write_baseline.is_some(),
        entries: BTreeSet::new(),
        empty: 0,
        look,
        warnings: Vec::new(),
        sink: Sink::new(format.as_ref(), &mut streams.out)?,
    };
    let checked = check_inputs(args, &config, format.as_ref(), &mut streams.input, &mut run);
    let found = run.sink.counts.clone();
    let CheckRun { entries, empty, sink, warnings, .. } = run;
    let counts = match checked.and_then(|()| Ok(sink.finish()?)) {
        Ok(counts) => counts,
        // The program that reads the output has closed it. The findings up to then decide the exit
        // code. If they do not make the run fail, the code is still that of an error, because the
        // rest was not checked.
        Err(e) if super::is_broken_pipe(&e) => {
            let code = exit_code(&found, fail_on, args.write_baseline.is_some());
            return Ok(if code == exit::OK { exit::ERROR } else { code });
        }
        Err(e) => return Err(e),
    };
    for warning in warnings {
        streams.warning(&warning);
    }
    finish(args, &settings, baseline.as_ref(), entries, &counts, format.as_ref(), streams)?;
    let only_empty = counts.checked == 0 && counts.failed == empty;
    Ok(if only_empty { exit::NO_INPUT } else { exit_code(&counts, fail_on, args.write_baseline.is_some()) })
}

/// Checks what the arguments name: the pairs of a file, two documents, or else the pairs of `depeche.toml`.
fn check_inputs(
    args: &Args,
    config: &Config,
    format: &dyn Format,
    stdin: &mut Box<dyn Read + Send>,
    run: &mut CheckRun,
) -> anyhow::Result<()> {
    let reading = ReadSettings { format: args.input_format, keep_boilerplate: args.keep_boilerplate };
    if let Some(file) = &args.pairs {
        let input = open_pairs(file, std::mem::replace(stdin, Box::new(std::io::empty())))?;
        let name = file.display().to_string();
        let available = || std::thread::available_parallelism().map_or(1, |n| n.get());
        let job = pairs::PairSettings {
            settings: run.settings,
            baseline: run.baseline,
            format,
            file: &name,
            collect: run.collect,
            threads: args.threads().unwrap_or_else(available),
        };
        let checked = match &mut run.look {
            Some(look) => pairs::deep::check(input, &job, look, &mut run.sink),
            None => pairs::check(input, &job, &mut run.sink),
        };
        run.entries = checked.map_err(|error| {
            let done = if error.kind() == std::io::ErrorKind::Other { "check" } else { "read" };
            anyhow::Error::new(error).context(format!("cannot {done} {name}"))
        })?;
        return Ok(());
    }
    let (Some(source), Some(target)) = (&args.source, &args.target) else {
        return project::check(config, &reading, run);
    };
    if let Some(folder) = [source, target].into_iter().find(|f| f.is_dir()) {
        anyhow::bail!(
            "{} is a folder: give two files, or name the pairs of both folders in depeche.toml and run `depeche \
             check` alone:\n  [[pairs]]\n  source = \"{}/{{name}}.fr.txt\"\n  target = \"{}/{{name}}.en.txt\"",
            folder.display(),
            source.display(),
            target.display()
        );
    }
    documents::check(source, target, stdin, &reading, run)
}

/// The exit code of a run. With `all_known` the findings go into a new baseline, so they do not make the run fail.
fn exit_code(counts: &Counts, fail_on: FailOn, all_known: bool) -> u8 {
    let fails = fail_on.severity().map_or(0, |severity| counts.at_least(severity));
    match counts {
        Counts { failed: 1.., .. } => exit::ERROR,
        _ if fails > 0 && !all_known => exit::FINDINGS,
        _ => exit::OK,
    }
}

/// How many baseline entries that no longer have a finding are reported one by one; the others are only counted. There
/// are many if the baseline of another project was given by mistake.
const MAX_STALE: usize = 20;

/// Reports on stderr what is not a result, and writes the new baseline if one is asked for. It reports failures that
/// the format does not tell, and a run in which there was nothing to check. Unless two documents were named, it also
/// reports the ignores that hid nothing and the baseline entries that no longer have a finding.
fn finish(
    args: &Args,
    settings: &Settings,
    baseline: Option<&Baseline>,
    entries: BTreeSet<BaselineEntry>,
    counts: &Counts,
    format: &dyn Format,
    streams: &mut Streams,
) -> anyhow::Result<()> {
    if !format.tells_failures() {
        for failure in &counts.failures {
            streams.error(failure);
        }
        if counts.failed > counts.failures.len() {
            streams.error(&format!("and {} more", counts.failed - counts.failures.len()));
        }
    }
    if counts.checked == 0 && counts.failed == 0 {
        streams.warning("there was nothing to check");
    }
    // An ignore that hides nothing in these two documents may hide something in other documents of the project.
    let whole = args.source.is_none();
    for ignore in settings.ignores.iter().filter(|i| whole && !i.is_used()) {
        let words = ignore.source.as_ref().or(ignore.target.as_ref()).map_or("", String::as_str);
        streams.warning(&format!("no {} finding fits the [[ignore]] of \"{words}\" any more", ignore.rule));
    }
    if let Some(baseline) = baseline.filter(|_| whole) {
        let mut stale = baseline.stale();
        for entry in stale.by_ref().take(MAX_STALE) {
            let words = if entry.source.is_empty() { &entry.target } else { &entry.source };
            streams.warning(&format!("the baseline's {} finding at \"{words}\" is gone: take it out", entry.rule));
        }
        match stale.count() {
            0 => {}
            more => streams.warning(&format!("and {more} more of the baseline: --write-baseline writes it anew")),
        }
    }
    if let Some(file) = &args.write_baseline {
        let n = entries.len();
        files::write_result(file, baseline::write(entries).as_bytes())
            .with_context(|| format!("cannot write {}", file.display()))?;
        streams.note(&format!("{n} findings written to {}", file.display()));
    }
    Ok(())
}

/// The baseline whose findings are left out: that of `--baseline`, or else that of `depeche.toml`, unless a new one is
/// being written.
fn load_baseline(args: &Args, config: &Config) -> anyhow::Result<Option<Baseline>> {
    let configured = config.baseline.as_ref().filter(|_| args.write_baseline.is_none()).map(|f| config.folder.join(f));
    let Some(file) = args.baseline.clone().or(configured) else { return Ok(None) };
    let json = settings_file(&file)
        .with_context(|| format!("cannot read the baseline {} (--write-baseline makes one)", file.display()))?;
    Baseline::parse(&json).map(Some).map_err(|e| anyhow::anyhow!("{} is no baseline: {e}", file.display()))
}

/// Opens the file of pairs; `-` is standard input.
fn open_pairs(file: &Path, stdin: Box<dyn Read + Send>) -> anyhow::Result<Box<dyn Read + Send>> {
    if file == Path::new("-") {
        return Ok(stdin);
    }
    Ok(Box::new(File::open(file).with_context(|| format!("cannot read {}", file.display()))?))
}

impl FormatName {
    /// The format with its settings.
    fn build(self, fail_on: FailOn, streams: &Streams) -> Box<dyn Format> {
        match self {
            FormatName::Human => {
                Box::new(Human { color: streams.color_out, width: streams.width.unwrap_or(human::WIDTH) })
            }
            FormatName::Json => Box::new(Json),
            FormatName::Jsonl => Box::new(Jsonl),
            FormatName::Sarif => Box::new(Sarif),
            FormatName::Junit => Box::new(Junit { fail_on: fail_on.severity() }),
            FormatName::Github => Box::new(Github),
        }
    }
}

/// What a run checks with and writes to.
struct CheckRun<'a> {
    settings: &'a Settings,
    baseline: Option<&'a Baseline>,
    /// Whether findings are collected in `entries`, for a new baseline.
    collect: bool,
    entries: BTreeSet<BaselineEntry>,
    /// How many of the failed inputs failed because there was no text in them.
    empty: usize,
    /// With `--deep`, asks the model about each pair, after the rules.
    look: Option<SecondLook<'static>>,
    /// What the user should know about how the documents were read.
    warnings: Vec<String>,
    sink: Sink<'a>,
}

impl CheckRun<'_> {
    /// Writes the findings of two documents without those that the baseline knows, and collects all of them for a new
    /// baseline if one is asked for.
    fn checked(
        &mut self,
        origin: PairOrigin,
        source: &str,
        target: &str,
        mut findings: Vec<Finding>,
    ) -> anyhow::Result<()> {
        if self.collect {
            self.entries.extend(findings.iter().map(|f| BaselineEntry::of(f, source, target)));
        }
        if let Some(baseline) = self.baseline {
            let found = findings.len();
            findings.retain(|f| !baseline.knows(&BaselineEntry::of(f, source, target)));
            self.sink.counts.baseline += found - findings.len();
        }
        let (source, target) = (Text { text: source }, Text { text: target });
        self.sink.message(&Message::Checked(Checked { origin, source, target, findings: &findings }))?;
        Ok(())
    }

    /// Writes the finding that a file has no counterpart, unless the user's settings or the baseline hide it.
    fn unpaired(&mut self, origin: PairOrigin, finding: Finding) -> anyhow::Result<()> {
        let mut findings = vec![finding];
        engine::settle(&mut findings, "", "", self.settings);
        self.checked(origin, "", "", findings)
    }

    /// Writes that an input could not be read, and counts it if there was no text in it.
    fn unreadable(&mut self, origin: PairOrigin, error: &ReadError) -> anyhow::Result<()> {
        self.empty += usize::from(error.is_empty_input());
        self.failed(origin, &error.to_string())
    }

    /// Writes that an input was not checked, and why.
    fn failed(&mut self, origin: PairOrigin, error: &str) -> anyhow::Result<()> {
        self.sink.message(&Message::Failed(Failed { origin, error }))?;
        Ok(())
    }
}
