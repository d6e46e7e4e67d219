//! The command line, with a file for each subcommand. Of the library, only this module and those below it print or
//! exit. Stdout is for results, stderr for progress and diagnostics. An error that a command returns is written to
//! stderr, and the exit code is 2. The exception is a broken pipe, which means that the program reading stdout has
//! stopped reading.

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

/// Exit codes, the same in every command and format. Two codes have no constant here: a run ended by a signal exits
/// with 128 plus the number of the signal, and a panic that nothing catches exits with 101.
pub mod exit {
    /// Success, without findings at or above `--fail-on`.
    pub const OK: u8 = 0;
    /// Findings at or above `--fail-on`.
    pub const FINDINGS: u8 = 1;
    /// An error in the arguments, the configuration or the run. Where there are findings as well, this code is returned
    /// and not [`FINDINGS`].
    pub const ERROR: u8 = 2;
    /// There was no input, or none of the inputs contained any text.
    pub const NO_INPUT: u8 = 3;
    /// The run failed because of the machine (its disk, its memory, its network, or another depeche process that is
    /// running) and not because of the articles: the same command may work later or elsewhere. The number is
    /// `EX_TEMPFAIL` of sysexits.h.
    pub const TRY_AGAIN: u8 = 75;
}

/// Translates French conflict coverage into English on your own machine, and checks by rules that the figures, dates,
/// sources and quotations are the same in the translation.
#[derive(Debug, Parser)]
#[command(name = "depeche", version, max_term_width = 100)]
pub struct Cli {
    /// When to use colours in the output
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
    /// List the known models, download them, or verify their files
    #[cfg(feature = "fetch")]
    Models(models::ModelsArgs),
    /// Check whether this machine has everything that depeche needs
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
        eprintln!("{}", diagnostic(&format!("error: this is a bug in depeche, please report it: {info}")));
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
            // The message quotes arguments. They may be file names from an expanded shell glob, and control characters
            // in such a name must not reach the terminal.
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

/// Whether the error comes from a broken pipe. It is taken to mean that the program reading stdout has stopped, as in
/// `depeche facts … | head`; [`main`] then exits with 0 and prints nothing. `check` and the batch commands handle this
/// error themselves, because for them an early end means that the work is incomplete.
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
