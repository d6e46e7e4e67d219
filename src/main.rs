//! The command line: parse, run, exit code. Everything else is the library.

use std::process::ExitCode;

#[cfg(feature = "cli")]
fn main() -> ExitCode {
    ExitCode::from(depeche::cli::main(std::env::args_os()))
}

/// Says that this build has no command line. If such a build made no program at all, an older `depeche` would stay in
/// the target folder and be taken for the new one.
#[cfg(not(feature = "cli"))]
#[expect(clippy::print_stderr)]
fn main() -> ExitCode {
    eprintln!("error: this depeche was built without its command line; build it with `--features cli`");
    ExitCode::from(2)
}
