//! The command line: parse, run, exit code. Everything else is the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(depeche::cli::main(std::env::args_os()))
}
