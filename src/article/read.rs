//! Files, standard input and strings → [`Document`]s: the text as given, and where its blocks stand in it.

mod html;
mod jsonl;
mod markdown;
mod plain;

use super::decode::{Decoded, decode};
use super::error::{ReadError, ReadErrorKind};
use super::{BlockKind, Original, Removed};
use crate::span::Span;
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use std::fmt;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Largest file with one article. The longest press articles have 100 kB; ten times a novel is a mistake.
pub const MAX_FILE: u64 = 16 << 20;
/// Largest JSON lines file. It holds many articles, each of them at most [`MAX_FILE`].
pub const MAX_JSONL: u64 = 512 << 20;
/// Longest line or paragraph of a text.
pub const MAX_LINE: u64 = 1 << 20;

/// File format of an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Format {
    /// Plain text.
    #[cfg_attr(feature = "cli", value(name = "txt"))]
    Text,
    #[cfg_attr(feature = "cli", value(name = "md"))]
    Markdown,
    Html,
    /// One JSON object a line: `{"id","title","date","text"}`, all but `text` optional.
    #[cfg_attr(feature = "cli", value(name = "jsonl"))]
    JsonLines,
}

impl Format {
    /// By the extension of the file name; everything unknown is plain text.
    pub fn of_path(path: &Path) -> Format {
        let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
        match extension.as_str() {
            "md" | "markdown" => Format::Markdown,
            "html" | "htm" | "xhtml" => Format::Html,
            "jsonl" | "ndjson" => Format::JsonLines,
            _ => Format::Text,
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Format::Text => "text",
            Format::Markdown => "Markdown",
            Format::Html => "HTML",
            Format::JsonLines => "JSON lines",
        })
    }
}

/// A stretch of the original that belongs to a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub span: Span,
    /// What the markup stands for, where that is not what is written (`&eacute;`).
    pub text: Option<String>,
}

impl Piece {
    pub fn verbatim(span: Span) -> Piece {
        Piece { span, text: None }
    }
}

/// A block as the format gives it, before cleaning.
#[derive(Debug, Clone)]
pub struct RawBlock {
    /// What the markup says it is; plain text says nothing.
    pub kind: Option<BlockKind>,
    /// The text of the block in order, without its markup.
    pub pieces: Vec<Piece>,
}

impl RawBlock {
    /// Smallest span of the original that covers the block.
    pub fn span(&self) -> Span {
        self.pieces.iter().map(|p| p.span).reduce(Span::cover).unwrap_or_default()
    }
}

/// One article as it was read, nothing removed yet.
#[derive(Debug, Clone)]
pub struct Document {
    pub original: Original,
    /// Identifier given by the input (JSON lines), as it stood there.
    pub id: Option<serde_json::Value>,
    /// Day of publication that the format itself states: a JSON field, the metadata of a web page.
    pub date: Option<Date>,
    pub blocks: Vec<RawBlock>,
    /// Markup that holds letters or digits and is no text, such as the address of a link.
    pub removed: Vec<Removed>,
}

/// Reads a file. A file of JSON lines gives one result a line, every other format exactly one.
///
/// # Errors
/// The outer error is one for the whole file (it does not exist, is too long, is no text); the inner ones concern one
/// line of a JSON lines file.
pub fn read_path(path: &Path, format: Option<Format>) -> Result<Vec<Result<Document, ReadError>>, ReadError> {
    let name = path.display().to_string();
    let format = format.unwrap_or_else(|| Format::of_path(path));
    let file = File::open(path).map_err(|e| ReadErrorKind::from(e).at(&name))?;
    let metadata = file.metadata().map_err(|e| ReadErrorKind::from(e).at(&name))?;
    if metadata.is_dir() {
        let error = std::io::Error::new(std::io::ErrorKind::IsADirectory, "it is a folder");
        return Err(ReadErrorKind::from(error).at(&name));
    }
    // Before reading: a gigabyte given by mistake costs nothing.
    check_size("the file", metadata.len(), limit(format)).map_err(|e| e.at(&name))?;
    read_stream(&name, file, format)
}

/// Reads an article from a stream such as standard input; `name` is how the user knows it. At most the limit of the
/// format, plus one byte, is taken from the stream.
///
/// # Errors
/// As for [`read_path`].
pub fn read_stream(
    name: &str,
    stream: impl Read,
    format: Format,
) -> Result<Vec<Result<Document, ReadError>>, ReadError> {
    let mut bytes = Vec::new();
    stream.take(limit(format) + 1).read_to_end(&mut bytes).map_err(|e| ReadErrorKind::from(e).at(name))?;
    read_bytes(name, &bytes, format)
}

/// Reads an article from the bytes of a file.
///
/// # Errors
/// As for [`read_path`].
pub fn read_bytes(name: &str, bytes: &[u8], format: Format) -> Result<Vec<Result<Document, ReadError>>, ReadError> {
    check_size("the file", bytes.len() as u64, limit(format)).map_err(|e| e.at(name))?;
    let sha256 = Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect::<String>();
    let Decoded { text, encoding, warnings } = decode(bytes).map_err(|e| e.at(name))?;
    if text.trim().is_empty() {
        return Err(ReadErrorKind::Empty.at(name));
    }
    let original = Original { name: name.to_string(), text, encoding, sha256, warnings };
    match format {
        Format::JsonLines => Ok(jsonl::read(&original)),
        Format::Text => check_lines(&original.text).map(|()| vec![Ok(plain::read(original))]),
        Format::Markdown => check_lines(&original.text).map(|()| vec![Ok(markdown::read(original))]),
        Format::Html => html::read(original).map(|document| vec![Ok(document)]),
    }
    .map_err(|e| e.at(name))
}

fn limit(format: Format) -> u64 {
    if format == Format::JsonLines { MAX_JSONL } else { MAX_FILE }
}

fn check_size(what: &str, bytes: u64, limit: u64) -> Result<(), ReadErrorKind> {
    if bytes <= limit {
        return Ok(());
    }
    let bytes = format!("{:.1} MB", bytes as f64 / 1e6);
    Err(ReadErrorKind::TooLong { what: what.to_string(), bytes, limit })
}

fn check_lines(text: &str) -> Result<(), ReadErrorKind> {
    let long = text.split('\n').zip(1..).find(|(line, _)| line.len() as u64 > MAX_LINE);
    long.map_or(Ok(()), |(line, number)| check_size(&format!("line {number}"), line.len() as u64, MAX_LINE))
}

impl Document {
    /// The document of a plain text that stands in memory.
    pub fn from_text(name: &str, text: &str) -> Document {
        plain::read(Original::from_text(name, text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(bytes: &[u8], format: Format) -> ReadError {
        match read_bytes("a.txt", bytes, format) {
            Err(error) => error,
            Ok(_) => panic!("no error"),
        }
    }

    #[test]
    fn white_space_is_an_empty_input() {
        for bytes in ["", " \n\t\n", "\u{FEFF}\n", "\u{A0}"] {
            for format in [Format::Text, Format::Markdown, Format::JsonLines] {
                assert!(error(bytes.as_bytes(), format).is_empty_input(), "{bytes:?} {format}");
            }
        }
    }

    #[test]
    fn one_endless_line_is_refused_in_one_clear_line() {
        let line = vec![b'a'; MAX_LINE as usize + 1];
        let message = error(&line, Format::Text).to_string();
        assert_eq!(message, "a.txt: line 1 is too long: 1.0 MB, the limit is 1 MiB");
    }

    #[test]
    fn a_stream_is_not_read_beyond_the_limit() {
        let endless = std::io::repeat(b'a');
        let message = read_stream("-", endless, Format::Text).unwrap_err().to_string();
        assert_eq!(message, "-: the file is too long: 16.8 MB, the limit is 16 MiB");
    }

    #[test]
    fn a_missing_file_and_a_folder_are_named() {
        let missing = read_path(Path::new("no/such/file.txt"), None).unwrap_err();
        assert!(missing.to_string().starts_with("no/such/file.txt: cannot be read: "), "{missing}");
        assert!(!missing.is_empty_input());
        let folder = read_path(Path::new("src"), None).unwrap_err();
        assert_eq!(folder.to_string(), "src: cannot be read: it is a folder");
    }

    #[test]
    fn the_extension_gives_the_format() {
        for (name, format) in [
            ("a.fr.txt", Format::Text),
            ("a.MD", Format::Markdown),
            ("a.html", Format::Html),
            ("a.jsonl", Format::JsonLines),
            ("a", Format::Text),
        ] {
            assert_eq!(Format::of_path(Path::new(name)), format);
        }
    }
}
