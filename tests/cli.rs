//! The command line as its users meet it: `tests/cli/*.trycmd` are commands, what they print, and their exit codes.
//! `TRYCMD=overwrite cargo test --test cli` writes what is printed now into them.

#[test]
fn commands() {
    trycmd::TestCases::new().case("tests/cli/*.trycmd").env("NO_COLOR", "1").env("COLUMNS", "100");
}

/// Commands that only a build with the model has.
#[cfg(feature = "model")]
#[test]
fn commands_of_the_model() {
    trycmd::TestCases::new().case("tests/cli/model/*.trycmd").env("NO_COLOR", "1").env("COLUMNS", "100");
}

/// What a build without the model prints for commands that need it.
#[cfg(not(feature = "model"))]
#[test]
fn commands_that_need_the_model() {
    trycmd::TestCases::new().case("tests/cli/no-model/*.trycmd").env("NO_COLOR", "1").env("COLUMNS", "100");
}
