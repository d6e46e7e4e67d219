//! The command line, with a file for each subcommand. Of the library, only this module and those below it print or
//! exit. Stdout is for results, stderr for progress and diagnostics. An error that a command returns is written to
//! stderr and makes the exit code 2, unless it only says that the reader of the output has closed it.

pub(crate) mod articles;
#[cfg(feature = "model")]
pub(crate) mod batch;
#[cfg(feature = "model")]
pub mod bench;
pub mod check;
pub mod completions;
pub(crate) mod config_args;
#[cfg(feature = "fetch")]
pub mod doctor;
pub mod explain;
pub mod facts;
#[cfg(feature = "fetch")]
pub(crate) mod fetch_progress;
pub mod man;
#[cfg(feature = "model")]
pub mod merge;
#[cfg(feature = "model")]
pub(crate) mod model_args;
#[cfg(feature = "fetch")]
pub mod models;
pub mod read;
#[cfg(feature = "model")]
pub mod run;
#[cfg(feature = "model")]
pub(crate) mod signals;
#[cfg(feature = "model")]
pub mod status;
mod streams;
#[cfg(feature = "model")]
pub mod summarize;
#[cfg(feature = "model")]
pub(crate) mod summary_args;
pub mod tables;
#[cfg(feature = "model")]
pub mod translate;

pub use streams::{ColorWhen, Streams};

use crate::report::text::{diagnostic, harmless};
use clap::{CommandFactory, Parser, Subcommand};
use std::ffi::OsString;
use std::io::Write;

/// Exit codes, the same in every command and format. The exit code of a run that a signal has ended is not among them:
/// 128 plus the number of the signal.
pub mod exit {
    /// Success, without findings at or above `--fail-on`.
    pub const OK: u8 = 0;
    /// Findings at or above `--fail-on`.
    pub const FINDINGS: u8 = 1;
    /// An error in the arguments, the configuration or the run. Where there are findings as well, this code is returned
    /// and not [`FINDINGS`].
    pub const ERROR: u8 = 2;
    /// There was no input, or no text in any.
    pub const NO_INPUT: u8 = 3;
    /// The run failed because of the machine (its disk, its memory, its network, another depeche at work) and not
    /// because of the articles: the same command may work later or elsewhere. The number is `EX_TEMPFAIL` of
    /// sysexits.h.
    pub const TRY_AGAIN: u8 = 75;
}

/// Translates French conflict coverage into English on your own machine, and proves by rules that figures, dates,
/// sources and quotations survive.
#[derive(Debug, Parser)]
#[command(name = "depeche", version, max_term_width = 100)]
pub struct Cli {
    /// Colours in what goes to a terminal
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = ColorWhen::Auto)]
    color: ColorWhen,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    #[cfg(feature = "model")]
    Run(run::Args),
    #[cfg(feature = "model")]
    Translate(translate::Args),
    #[cfg(feature = "model")]
    Summarize(summarize::Args),
    Check(check::Args),
    Read(read::Args),
    Facts(facts::Args),
    Tables(tables::Args),
    Explain(explain::Args),
    /// List the models that depeche knows, fetch them, verify their files
    #[cfg(feature = "fetch")]
    Models(models::ModelsArgs),
    /// Say what this machine has of what depeche needs
    #[cfg(feature = "fetch")]
    Doctor(doctor::DoctorArgs),
    #[cfg(feature = "model")]
    Status(status::Args),
    #[cfg(feature = "model")]
    Merge(merge::Args),
    #[cfg(feature = "model")]
    Bench(bench::Args),
    Completions(completions::Args),
    Man(man::Args),
}

/// Parses the arguments, runs the command, writes to stderr what went wrong, and returns the exit code.
pub fn main(args: impl IntoIterator<Item = OsString>) -> u8 {
    std::panic::set_hook(Box::new(|info| {
        // A panic's message may quote an article, so it is made harmless to terminals and logs.
        eprintln!("{}", diagnostic(&format!("error: depeche has a fault: {info}")));
    }));
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        // For clap, a request for help or the version is an error as well. The answer goes to stdout and the exit code
        // is 0, even if stdout is closed.
        Err(e) if !e.use_stderr() => {
            let _ = e.print();
            return exit::OK;
        }
        Err(e) => {
            // The message quotes arguments, which may be file names that a shell's pattern has found. Control
            // characters in such a name must not reach the terminal.
            let plain = e.render().to_string();
            let _ = if harmless(&plain) == plain {
                e.print()
            } else {
                writeln!(std::io::stderr(), "{}", diagnostic(&plain))
            };
            return exit::ERROR;
        }
    };
    let mut streams = Streams::standard(cli.color);
    let result = run(cli.command, &mut streams).and_then(|code| match streams.out.flush() {
        Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => Err(e.into()),
        _ => Ok(code),
    });
    match result {
        Ok(code) => code,
        Err(e) if is_broken_pipe(&e) => exit::OK,
        Err(e) => {
            streams.error(&format!("{e:#}"));
            exit::ERROR
        }
    }
}

/// Runs the command, and returns the exit code.
fn run(command: Command, streams: &mut Streams) -> anyhow::Result<u8> {
    match command {
        Command::Check(args) => check::run(&args, streams),
        #[cfg(feature = "model")]
        Command::Run(args) => run::run(&args, streams),
        #[cfg(feature = "model")]
        Command::Translate(args) => translate::run(&args, streams),
        #[cfg(feature = "model")]
        Command::Summarize(args) => summarize::run(&args, streams),
        #[cfg(feature = "fetch")]
        Command::Models(args) => models::run(&args, streams),
        #[cfg(feature = "fetch")]
        Command::Doctor(args) => doctor::run(&args, &mut streams.out),
        Command::Read(args) => read::run(&args, streams),
        Command::Tables(args) => tables::run(&args, streams),
        Command::Facts(args) => facts::run(&args, streams),
        Command::Explain(args) => explain::run(&args, streams),
        #[cfg(feature = "model")]
        Command::Status(args) => status::run(&args, streams),
        #[cfg(feature = "model")]
        Command::Merge(args) => merge::run(&args, streams),
        #[cfg(feature = "model")]
        Command::Bench(args) => bench::run(&args, streams),
        Command::Completions(args) => completions::run(&args, &mut Cli::command(), streams),
        Command::Man(args) => man::run(&args, Cli::command(), streams),
    }
}

/// Whether the error is that the program that reads the output has closed it (`depeche facts … | head`). The exit code
/// is 0 then, without a message. Commands whose exit code says what was found handle this error themselves.
pub(crate) fn is_broken_pipe(e: &anyhow::Error) -> bool {
    e.chain().any(|e| e.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        Cli::command().debug_assert();
    }
}
