//! The command line: parse, run, exit code. Everything else is the library.

use std::process::ExitCode;

#[cfg(feature = "cli")]
fn main() -> ExitCode {
    ExitCode::from(depeche::cli::main(std::env::args_os()))
}

/// Without it, a build for the library would leave an older command in its place, and nobody would notice.
#[cfg(not(feature = "cli"))]
#[expect(clippy::print_stderr)]
fn main() -> ExitCode {
    eprintln!("error: this depeche was built without its command line; build it with `--features cli`");
    ExitCode::from(2)
}
