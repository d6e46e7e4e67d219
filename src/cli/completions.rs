//! `depeche completions SHELL`

use super::{Streams, exit};
use clap_complete::Shell;

/// Print a completion script for your shell
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Where the script will be loaded
    #[arg(value_enum)]
    shell: Shell,
}

/// Runs the command; returns the exit code.
pub fn run(args: &Args, command: &mut clap::Command, streams: &mut Streams) -> anyhow::Result<u8> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, command, "depeche", &mut script);
    std::io::Write::write_all(&mut streams.out, &script)?;
    Ok(exit::OK)
}
