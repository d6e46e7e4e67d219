//! `depeche read ARTICLE`

use super::Streams;
use super::articles::ArticleArgs;
use crate::report::article as report;
use std::io::Write;

/// Show what of French articles would be translated, and what was left out and why
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    articles: ArticleArgs,
    /// How to write the articles
    #[arg(long, value_enum, default_value_t = FormatName::Text)]
    format: FormatName,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum FormatName {
    /// For people: numbered sentences
    Text,
    /// Markdown
    Md,
    /// One object an article, a line each
    Jsonl,
}

/// Runs the command; returns the exit code.
pub fn run(args: &Args, streams: &mut Streams) -> anyhow::Result<u8> {
    args.articles.each(streams, |before, article, streams| {
        let shown = match args.format {
            FormatName::Text => report::text(article).into_bytes(),
            FormatName::Md => report::markdown(article).into_bytes(),
            FormatName::Jsonl => report::jsonl(article),
        };
        if before > 0 && !matches!(args.format, FormatName::Jsonl) {
            streams.out.write_all(b"\n")?;
        }
        streams.out.write_all(&shown)?;
        Ok(())
    })
}
