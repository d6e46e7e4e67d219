//! French articles as the commands without a model read them.

use super::{Streams, exit};
use crate::article::{self, Article, Format, ReadError, ReadOptions};
use crate::inputs::{self, Input};
use jiff::civil::Date;

/// Which articles, and how to read them.
#[derive(Debug, clap::Args)]
pub struct ArticleArgs {
    /// Articles: files, folders, patterns such as 'fr/*.txt', or - for standard input
    #[arg(required = true, value_name = "ARTICLE")]
    inputs: Vec<String>,
    /// Day of publication, from which "jeudi" and "29 novembre" are counted [default: found in the text]
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<Date>,
    /// Read every article in this format [default: by the extension of its name]
    #[arg(long, value_enum, value_name = "FORMAT")]
    input_format: Option<Format>,
    /// Keep lines that are not the article, such as cookie notices, links and credits
    #[arg(long)]
    keep_boilerplate: bool,
}

impl ArticleArgs {
    /// Shows every article that can be read, reports the others, and returns the exit code. `show` is told how many
    /// articles were shown before. Inputs without text are an error only if another article was shown or another input
    /// failed; otherwise the code says that there was no input.
    pub fn each(
        &self,
        streams: &mut Streams,
        mut show: impl FnMut(usize, &Article, &mut Streams) -> anyhow::Result<()>,
    ) -> anyhow::Result<u8> {
        let (inputs, errors) = inputs::expand(&self.inputs);
        let (mut shown, mut failed) = (0, errors.len());
        let mut empty = errors.iter().filter(|e| e.is_empty_input()).count();
        for e in errors {
            streams.error(&e.to_string());
        }
        for input in &inputs {
            for article in self.load(input, streams).unwrap_or_else(|e| vec![Err(e)]) {
                match article {
                    Ok(article) => {
                        for warning in &article.original.warnings {
                            streams.warning(&format!("{}: {warning}", article.original.name));
                        }
                        show(shown, &article, streams)?;
                        shown += 1;
                    }
                    Err(e) => {
                        streams.error(&e.to_string());
                        failed += 1;
                        empty += usize::from(e.is_empty_input());
                    }
                }
            }
        }
        Ok(if failed > empty || (empty > 0 && shown > 0) {
            exit::ERROR
        } else if shown == 0 {
            exit::NO_INPUT
        } else {
            exit::OK
        })
    }

    /// Reads the articles of one input. An article that cannot be read is an error in the list.
    fn load(&self, input: &Input, streams: &mut Streams) -> Result<Vec<Result<Article, ReadError>>, ReadError> {
        let options = ReadOptions {
            format: self.input_format,
            date: self.date,
            today: Some(jiff::Zoned::now().date()),
            keep_boilerplate: self.keep_boilerplate,
            ..ReadOptions::default()
        };
        match input.is_stdin() {
            true => article::load_stream("-", &mut streams.input, &options),
            false => article::load(&input.path, &options),
        }
    }
}
