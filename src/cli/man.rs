//! `depeche man`

use super::{Streams, exit};
use anyhow::Context;
use clap::Command;
use std::path::PathBuf;

/// Print the man page, or write one for each command
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Write depeche.1 and a page for each command into this folder
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
}

/// Runs the command; returns the exit code.
pub fn run(args: &Args, command: Command, streams: &mut Streams) -> anyhow::Result<u8> {
    match &args.output {
        None => clap_mangen::Man::new(command).render(&mut streams.out)?,
        Some(folder) => {
            let failed = || format!("cannot write the pages into {}", folder.display());
            std::fs::create_dir_all(folder).with_context(failed)?;
            clap_mangen::generate_to(command, folder).with_context(failed)?;
        }
    }
    Ok(exit::OK)
}

#[cfg(test)]
mod tests {
    use super::super::Cli;
    use clap::CommandFactory;

    #[test]
    fn every_command_has_a_page_that_says_what_its_help_says() {
        let folder = tempfile::tempdir().unwrap();
        clap_mangen::generate_to(Cli::command(), folder.path()).unwrap();
        for command in ["check", "facts", "read", "tables", "explain"] {
            let page = std::fs::read_to_string(folder.path().join(format!("depeche-{command}.1"))).unwrap();
            assert!(page.contains(".SH OPTIONS"), "{page}");
        }
        let check = std::fs::read_to_string(folder.path().join("depeche-check.1")).unwrap();
        assert!(check.contains("pairs of files that depeche.toml names"), "{check}");
    }
}
