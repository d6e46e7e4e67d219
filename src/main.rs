//! The program `depeche`: it hands its arguments to the library's command line and returns the exit
//! code.

use std::process::ExitCode;

#[cfg(feature = "cli")]
fn main() -> ExitCode {
    ExitCode::from(depeche::cli::main(std::env::args_os()))
}

/// Tells the user that this build has no command line. If such a build made no program at all, an
/// older `depeche` in the target folder would be taken for the new one.
#[cfg(not(feature = "cli"))]
#[expect(clippy::print_stderr)]
fn main() -> ExitCode {
    eprintln!("error: this depeche was built without its command line; build it with `--features cli`");
    ExitCode::from(2)
}
