//! What a command reads from and writes to, as values, so that a test can run a command with streams of its own.

use crate::report::text::diagnostic;
use std::io::{BufWriter, IsTerminal, Read, Write};

/// When output is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum ColorWhen {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    Always,
    Never,
}

/// Standard input, output and error of a command.
pub struct Streams {
    pub input: Box<dyn Read + Send>,
    /// For results only. It may be buffered: flush it where a result must be seen at once.
    pub out: Box<dyn Write>,
    /// Progress and diagnostics.
    pub err: Box<dyn Write>,
    /// Whether results may hold colours.
    pub color_out: bool,
    /// Whether diagnostics may hold colours.
    pub color_err: bool,
    /// Columns that results may take: the value of the variable `COLUMNS`, if it is set and a number.
    pub width: Option<usize>,
}

impl Streams {
    /// The process's own streams.
    pub fn standard(color: ColorWhen) -> Self {
        let (out, err) = (std::io::stdout(), std::io::stderr());
        let wanted = |terminal: bool| match color {
            ColorWhen::Always => true,
            ColorWhen::Never => false,
            // As https://no-color.org wants it, any value of NO_COLOR that is not empty switches colours off. A
            // terminal that calls itself "dumb" gets none either.
            ColorWhen::Auto => {
                let set = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty());
                terminal && set("NO_COLOR").is_none() && set("TERM").is_none_or(|t| t != "dumb")
            }
        };
        let columns = || std::env::var("COLUMNS").ok()?.parse().ok();
        Streams {
            color_out: wanted(out.is_terminal()),
            color_err: wanted(err.is_terminal()),
            width: columns(),
            input: Box::new(std::io::stdin()),
            out: Box::new(BufWriter::with_capacity(64 * 1024, out)),
            err: Box::new(err),
        }
    }

    /// Writes to stderr what went wrong. A message may quote a file's name or a piece of an article, so [`diagnostic`]
    /// makes its control characters harmless, here and in the functions below.
    pub fn error(&mut self, message: &str) {
        self.labelled("error", anstyle::AnsiColor::Red, message);
    }

    /// Writes to stderr what deserves attention but is not a failure.
    pub fn warning(&mut self, message: &str) {
        self.labelled("warning", anstyle::AnsiColor::Yellow, message);
    }

    /// Writes to stderr what is neither an error nor a warning, without a label.
    pub fn note(&mut self, message: &str) {
        let _ = writeln!(self.err, "{}", diagnostic(message));
    }

    fn labelled(&mut self, label: &str, color: anstyle::AnsiColor, message: &str) {
        let style = if self.color_err { color.on_default().bold() } else { anstyle::Style::new() };
        // Writing fails if stderr is closed, and then the failure cannot be reported anywhere.
        let _ = writeln!(self.err, "{style}{label}{style:#}: {}", diagnostic(message));
    }
}
