//! Reads files, standard input and strings into [`Document`]s. A document has the text as given,
//! and says where its blocks stand in it.

mod html;
mod jsonl;
pub(crate) mod lines;
mod markdown;
mod plain;

use super::decode::{Decoded, decode, is_utf16};
use super::error::{ReadError, ReadErrorKind};
use super::{BlockKind, Original, Removed};
use crate::span::Span;
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use std::fmt;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// Largest file with one article, in bytes. The longest press articles have 100 kB: a file larger than this limit was
/// given by mistake.
pub const MAX_FILE: u64 = 16 << 20;
/// Largest JSON lines file that is read as a whole, in bytes. It holds many articles, each on a line of at most
/// [`MAX_FILE`] bytes.
pub const MAX_JSONL: u64 = 512 << 20;
/// Longest line of a text, in bytes.
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
    /// The format that the extension of the file name stands for; with any unknown extension, plain
    /// text.
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
    /// Where the stretch stands in [`Original::text`].
    pub span: Span,
    /// The text that the markup stands for, where it differs from what is written (`&eacute;`).
    pub text: Option<String>,
}

impl Piece {
    /// A piece whose text is exactly what is written at `span`.
    pub fn verbatim(span: Span) -> Piece {
        Piece { span, text: None }
    }
}

/// A block as the format gives it, before cleaning.
#[derive(Debug, Clone)]
pub struct RawBlock {
    /// The kind that the markup gives the block; `None` in plain text, except for the title of a
    /// JSON line.
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

/// One article as it was read, before cleaning.
#[derive(Debug, Clone)]
pub struct Document {
    pub original: Original,
    /// Identifier given by the input (JSON lines), as it stood there.
    pub id: Option<serde_json::Value>,
    /// Day of publication, as a JSON field, the front matter of a Markdown file, or the metadata or
    /// body of a web page states it.
    pub date: Option<Date>,
    /// The blocks, in the order of the original.
    pub blocks: Vec<RawBlock>,
    /// Parts of a Markdown file that stand in no block and hold letters or digits, such as the address of a link.
    pub removed: Vec<Removed>,
}

/// Reads a file. A file of JSON lines gives one result for each line that is not blank, every other format exactly one.
///
/// # Errors
/// The outer error concerns the whole file (it does not exist, is too long, or is no text); an
/// inner one concerns one line of a JSON lines file.
pub fn read_path(path: &Path, format: Option<Format>) -> Result<Vec<Result<Document, ReadError>>, ReadError> {
    let name = path.display().to_string();
    let format = format.unwrap_or_else(|| Format::of_path(path));
    let bytes = bytes_of(path, limit(format)).map_err(|e| e.at(&name))?;
    read_bytes(&name, &bytes, format)
}

/// Opens a file. A file larger than `limit` bytes is refused before any of it is read.
///
/// # Errors
/// When there is no such file, or it may not be read, is a folder, or is too large.
pub(crate) fn open(path: &Path, limit: u64) -> Result<File, ReadErrorKind> {
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    if metadata.is_dir() {
        return Err(std::io::Error::new(std::io::ErrorKind::IsADirectory, "it is a folder").into());
    }
    check_size("the file", metadata.len(), limit)?;
    Ok(file)
}

/// The bytes of a file, which is opened once (it may be a pipe) and read up to `limit`.
///
/// # Errors
/// The same as for [`open`], and when reading the file fails.
pub(crate) fn bytes_of(path: &Path, limit: u64) -> Result<Vec<u8>, ReadErrorKind> {
    bytes_of_stream(open(path, limit)?, limit)
}

/// The bytes of a stream, of which no more than `limit` and one byte are taken.
///
/// # Errors
/// When reading fails, or the stream holds more than `limit` bytes.
pub(crate) fn bytes_of_stream(stream: impl Read, limit: u64) -> Result<Vec<u8>, ReadErrorKind> {
    let mut bytes = Vec::new();
    stream.take(limit + 1).read_to_end(&mut bytes)?;
    check_size("the file", bytes.len() as u64, limit)?;
    Ok(bytes)
}

/// The text of one of depeche's own small files: settings, a baseline, a list of words.
///
/// # Errors
/// When it cannot be read or is not UTF-8; the message is one line, without the file's name.
#[cfg(feature = "cli")]
pub(crate) fn settings_file(path: &Path) -> Result<String, ReadErrorKind> {
    let bytes = bytes_of(path, MAX_FILE)?;
    String::from_utf8(bytes).map_err(|e| {
        let line = e.as_bytes()[..e.utf8_error().valid_up_to()].iter().filter(|&&b| b == b'\n').count() + 1;
        ReadErrorKind::Binary(format!("line {line} is not UTF-8"))
    })
}

/// Does what [`read_path`] does for a stream such as standard input, which the user knows as
/// `name`. At most the limit of the format, plus one byte, is taken from the stream.
///
/// # Errors
/// The same as for [`read_path`].
pub fn read_stream(
    name: &str,
    stream: impl Read,
    format: Format,
) -> Result<Vec<Result<Document, ReadError>>, ReadError> {
    let bytes = bytes_of_stream(stream, limit(format)).map_err(|e| e.at(name))?;
    read_bytes(name, &bytes, format)
}

/// Does what [`read_path`] does for the bytes of a file, which the user knows as `name`.
///
/// # Errors
/// The same as for [`read_path`].
pub fn read_bytes(name: &str, bytes: &[u8], format: Format) -> Result<Vec<Result<Document, ReadError>>, ReadError> {
    check_size("the file", bytes.len() as u64, limit(format)).map_err(|e| e.at(name))?;
    if format == Format::JsonLines {
        let mut documents = Vec::new();
        each_json_line(name, bytes, &mut |line| {
            documents.push(line.document);
            true
        })?;
        return Ok(documents);
    }
    let sha256 = hex(bytes);
    let Decoded { text, encoding, warnings } = decode(bytes).map_err(|e| e.at(name))?;
    if text.trim().is_empty() {
        return Err(ReadErrorKind::Empty.at(name));
    }
    let original = Original { name: name.to_string(), text, encoding, sha256, warnings };
    match format {
        Format::JsonLines | Format::Text => check_lines(&original.text).map(|()| vec![Ok(plain::read(original))]),
        Format::Markdown => check_lines(&original.text).map(|()| vec![Ok(markdown::read(original))]),
        Format::Html => html::read(original).map(|document| vec![Ok(document)]),
    }
    .map_err(|e| e.at(name))
}

/// The SHA-256 of `bytes`, in hexadecimal.
fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

/// Size of the largest input that a format may have, in bytes.
pub(crate) fn limit(format: Format) -> u64 {
    if format == Format::JsonLines { MAX_JSONL } else { MAX_FILE }
}

/// A line of JSON lines, as it was read.
pub(crate) struct JsonLine {
    /// Counted from 1.
    pub number: usize,
    /// Identifier of the article, where that much of the line could be read.
    pub id: Option<serde_json::Value>,
    /// SHA-256 of the line, decoded to UTF-8; empty where it could not be decoded.
    pub sha256: String,
    pub document: Result<Document, ReadError>,
}

/// Reads JSON lines one by one; `visit` returns whether to go on. An input in UTF-16 is decoded as
/// a whole first, so it may be no larger than [`MAX_FILE`].
///
/// # Errors
/// When the stream cannot be read, has only blank lines, has a first line (blank ones aside) that is binary, or is in
/// UTF-16 and too large or no text. Anything else that is wrong with a line is passed to `visit`.
pub(crate) fn each_json_line(
    name: &str,
    stream: impl Read,
    visit: &mut dyn FnMut(JsonLine) -> bool,
) -> Result<(), ReadError> {
    let fail = |e: std::io::Error| ReadErrorKind::from(e).at(name);
    let mut stream = BufReader::new(stream);
    let start = stream.fill_buf().map_err(fail)?;
    // The buffer may end within a character, but UTF-16 is only recognised in an even number of
    // bytes.
    if is_utf16(&start[..start.len() & !1]) {
        let bytes = bytes_of_stream(stream, MAX_FILE).map_err(|e| e.at(name))?;
        let text = decode(&bytes).map_err(|e| e.at(name))?.text;
        return each_json_line(name, text.as_bytes(), visit);
    }
    let (mut lines, mut any) = (lines::JsonLines::new(stream, MAX_FILE), false);
    while let Some(line) = lines.next_line().map_err(fail)? {
        let line = jsonl::read(name, line.number, line.bytes);
        // A picture or an archive has thousands of "lines" with the same error. So if the first
        // line is binary, the error is given once, for the whole file.
        if let (false, Err(ReadError { kind: ReadErrorKind::Binary(what), .. })) = (any, &line.document) {
            return Err(ReadErrorKind::Binary(what.clone()).at(name));
        }
        any = true;
        if !visit(line) {
            return Ok(());
        }
    }
    if any { Ok(()) } else { Err(ReadErrorKind::Empty.at(name)) }
}

/// Reads one JSON object as [`each_json_line`] reads a line. The caller has cut the object out of
/// its input; `number` is its place there, from 1.
pub(crate) fn json_value(name: &str, number: usize, json: &[u8]) -> JsonLine {
    jsonl::read(name, number, check_size("the line", json.len() as u64, MAX_FILE).map(|()| json))
}

/// Refuses an input of more bytes than `limit`; `what` is how the error names the input.
fn check_size(what: &str, bytes: u64, limit: u64) -> Result<(), ReadErrorKind> {
    if bytes <= limit {
        return Ok(());
    }
    let size = format!("{:.1} MiB", bytes as f64 / f64::from(1 << 20));
    Err(ReadErrorKind::TooLong { what: what.to_string(), size, limit })
}

/// Refuses a text with a line that is too long.
fn check_lines(text: &str) -> Result<(), ReadErrorKind> {
    let long = text.split('\n').zip(1..).find(|(line, _)| line.len() as u64 > MAX_LINE);
    long.map_or(Ok(()), |(line, number)| check_size(&format!("line {number}"), line.len() as u64, MAX_LINE))
}

impl Document {
    /// The document of a plain text in memory, which the user knows as `name`.
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
    fn a_line_that_is_too_long_is_refused_and_its_number_is_given() {
        let line = vec![b'a'; MAX_LINE as usize + 1];
        let message = error(&line, Format::Text).to_string();
        assert_eq!(message, "a.txt: line 1 is too long: 1.0 MiB, the limit is 1 MiB");
    }

    #[test]
    fn a_stream_is_not_read_beyond_the_limit() {
        let endless = std::io::repeat(b'a');
        let message = read_stream("-", endless, Format::Text).unwrap_err().to_string();
        assert_eq!(message, "-: the file is too long: 16.0 MiB, the limit is 16 MiB");
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
