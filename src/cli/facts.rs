//! `depeche facts FILE`

use super::{Streams, exit};
use crate::article::Format;
use crate::article::read::lines::JsonLines;
use crate::article::read::{MAX_FILE, read_path, read_stream};
use crate::facts::discourse::Discourse;
use crate::facts::reading::Reading;
use crate::facts::{Context, extract_from};
use crate::lang::Lang;
use crate::report::facts::{human, jsonl};
use anyhow::Context as _;
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::value::{RawValue, to_raw_value};
use std::borrow::Cow;
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// Show the facts that a text holds: what `check` compares
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A text, or JSON lines of {"id","text"}; `-` for standard input
    file: PathBuf,
    /// Language of the text
    #[arg(long, value_enum, default_value_t = Lang::Fr)]
    lang: Lang,
    /// How to write the facts
    #[arg(long, value_enum, default_value_t = FormatName::Human)]
    format: FormatName,
    /// How to read the file, where its name doesn't tell
    #[arg(long, value_enum, value_name = "FORMAT")]
    input_format: Option<Format>,
    /// Day of publication, from which "jeudi" and "29 novembre" are counted
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<Date>,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum FormatName {
    /// For people: line, column, kind, text, value
    Human,
    /// One object a fact
    Jsonl,
}

/// One line of a file of JSON lines; other keys are ignored.
#[derive(Deserialize)]
struct TextLine<'a> {
    #[serde(borrow, default)]
    id: Option<&'a RawValue>,
    #[serde(borrow)]
    text: Cow<'a, str>,
}

/// Runs the command; returns the exit code.
pub fn run(args: &Args, streams: &mut Streams) -> anyhow::Result<u8> {
    match args.input_format.unwrap_or_else(|| Format::of_path(&args.file)) {
        Format::JsonLines => json_lines(args, streams),
        format => document(args, format, streams),
    }
}

/// Shows the facts of the whole text of a file, with nothing taken out; their spans are places in that text.
fn document(args: &Args, format: Format, streams: &mut Streams) -> anyhow::Result<u8> {
    let name = args.file.display().to_string();
    let documents = if is_stdin(&args.file) {
        read_stream(&name, &mut streams.input, format)
    } else {
        read_path(&args.file, Some(format))
    };
    let documents = match documents {
        Err(e) if e.is_empty_input() => {
            streams.error(&e.to_string());
            return Ok(exit::NO_INPUT);
        }
        documents => documents?,
    };
    let id = to_raw_value(&name)?;
    for document in documents {
        let original = document?.original;
        for warning in &original.warnings {
            streams.warning(&format!("{name}: {warning}"));
        }
        show(args, Some(&id), &name, &original.text, streams)?;
    }
    Ok(exit::OK)
}

/// Shows the facts of the `text` of every line. A line that cannot be read is an error; the others are shown all the
/// same.
fn json_lines(args: &Args, streams: &mut Streams) -> anyhow::Result<u8> {
    let name = args.file.display().to_string();
    let input: Box<dyn Read + Send> = if is_stdin(&args.file) {
        std::mem::replace(&mut streams.input, Box::new(std::io::empty()))
    } else {
        Box::new(File::open(&args.file).with_context(|| format!("cannot read {name}"))?)
    };
    let mut lines = JsonLines::new(input, MAX_FILE);
    let (mut texts, mut code) = (0, exit::OK);
    while let Some(line) = lines.next_line().with_context(|| format!("cannot read {name}"))? {
        texts += 1;
        let at = format!("{name}:{}", line.number);
        match line.bytes.map_err(|e| e.to_string()).and_then(|l| serde_json::from_slice(l).map_err(|e| e.to_string())) {
            Ok(TextLine { id, text }) => show(args, id, &at, &text, streams)?,
            Err(e) => {
                streams.error(&format!("{at}: {e}"));
                code = exit::ERROR;
            }
        }
    }
    if texts == 0 {
        streams.error(&format!("{name}: empty: there is no text in it"));
        return Ok(exit::NO_INPUT);
    }
    Ok(code)
}

/// Writes the facts of one text. `name` stands before each line for people; `id` stands in each JSON object.
fn show(args: &Args, id: Option<&RawValue>, name: &str, text: &str, streams: &mut Streams) -> anyhow::Result<()> {
    let reading = Reading::new(text, args.lang);
    let mut facts = extract_from(&reading, &Context { lang: args.lang, date: args.date });
    Discourse::default().resolve(&reading, &mut facts);
    let shown = match args.format {
        FormatName::Human => human(name, text, &facts),
        FormatName::Jsonl => jsonl(id, text, &facts),
    };
    streams.out.write_all(&shown)?;
    Ok(())
}

/// Whether the argument means standard input.
fn is_stdin(file: &Path) -> bool {
    file == Path::new("-")
}
