//! `depeche tables ARTICLE`

use super::Streams;
use super::articles::ArticleArgs;
use crate::report::{markdown, tables as report};
use crate::tables;
use std::io::Write;

/// Show who says what in French articles, what contradicts what, and which figures stand together
///
/// From the French alone, by rules: no model is loaded and nothing is translated.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    articles: ArticleArgs,
    /// How to write the tables
    #[arg(long, value_enum, default_value_t = FormatName::Text)]
    format: FormatName,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum FormatName {
    /// For people
    Text,
    /// Markdown
    Md,
    /// One object an article, indented
    Json,
    /// One object an article, a line each
    Jsonl,
}

/// Runs the command; returns the exit code.
pub fn run(args: &Args, streams: &mut Streams) -> anyhow::Result<u8> {
    args.articles.each(streams, |before, article, streams| {
        let tables = tables::of_article(article);
        let shown = match args.format {
            FormatName::Text => report::text(article, &tables),
            FormatName::Md => markdown::tables::render(article, &tables),
            FormatName::Json => report::json(article, &tables, true),
            FormatName::Jsonl => report::json(article, &tables, false),
        };
        if before > 0 && matches!(args.format, FormatName::Text | FormatName::Md) {
            streams.out.write_all(b"\n")?;
        }
        streams.out.write_all(shown.as_bytes())?;
        Ok(())
    })
}
