//! `depeche explain [RULE]`

use super::{Streams, exit};
use crate::checks::catalogue;
use anyhow::bail;
use std::io::Write;

/// Explain a rule: what it does, why it matters, an example
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Name of the rule, as findings give it; without one, all rules are listed
    rule: Option<String>,
    /// List the rules as a Markdown table
    #[arg(long, conflicts_with = "rule")]
    markdown_table: bool,
}

/// Runs the command; returns the exit code.
pub fn run(args: &Args, streams: &mut Streams) -> anyhow::Result<u8> {
    let Some(name) = &args.rule else {
        if args.markdown_table {
            write!(streams.out, "{}", markdown_table())?;
        } else {
            let width = catalogue::entries().map(|e| e.name().len()).max().unwrap_or(0);
            for rule in catalogue::entries() {
                writeln!(streams.out, "{rule:width$}  {:7}  {}", rule.severity(), rule.summary())?;
            }
        }
        return Ok(exit::OK);
    };
    let Some(rule) = catalogue::find(name) else {
        match catalogue::nearest(name) {
            Some(near) => bail!("there is no rule `{name}`; did you mean `{near}`?"),
            None => bail!("there is no rule `{name}`; `depeche explain` lists them all"),
        }
    };
    writeln!(streams.out, "{}", rule.docs().trim())?;
    Ok(exit::OK)
}

/// The table of rules in `docs/checks.md`.
pub fn markdown_table() -> String {
    let mut table = String::from("| rule | gravest | what it reports |\n|---|---|---|\n");
    for rule in catalogue::entries() {
        table += &format!("| `{rule}` | {} | {} |\n", rule.severity(), rule.summary().replace('|', "\\|"));
    }
    table
}
