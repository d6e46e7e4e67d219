//! Turns a file into sentences: [`read`] decodes the file and finds its blocks of text, [`clean`]
//! takes out what is not the article, and [`segment`] cuts the rest into sentences.
//!
//! [`load`] does all of this for a file, and [`Article::from_text`] for a string.

mod clean;
mod date;
mod decode;
mod error;
mod language;
mod mapped;
mod mend;
pub(crate) mod plain;
pub mod read;
pub mod segment;
mod view;

pub use date::DateSource;
pub use error::{ReadError, ReadErrorKind};
pub use read::{Document, Format};
pub use view::ArticleView;

pub mod align;

use crate::lang::Lang;
use crate::span::Span;
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use std::path::Path;

/// The text as given: decoded, not yet normalised or cleaned. Every span of an [`Article`] points into [`Self::text`].
#[derive(Debug, Clone)]
pub struct Original {
    /// How the user named the input: a path, or `-`. For an article of JSON lines, the number of
    /// its line follows (`press.jsonl:12`).
    pub name: String,
    /// The decoded text, without byte order mark; spans are byte ranges of it. For a web page, this
    /// is the text that was extracted from the page. For a JSON line, it is the `text` of the line;
    /// if the line has a `title` that does not begin the text, the title stands before the text,
    /// with a blank line between them.
    pub text: String,
    /// WHATWG name of the encoding it was decoded from, e.g. `UTF-8`, `windows-1252`.
    pub encoding: &'static str,
    /// SHA-256, in hexadecimal, of the bytes of the file or text. For a JSON line, it is that of
    /// the line after it was decoded to UTF-8.
    pub sha256: String,
    /// What the user should know about how the input was read, for example that some bytes were not
    /// UTF-8. Each warning is one line.
    pub warnings: Vec<String>,
}

impl Original {
    /// The original of a text in memory, which the user knows as `name`.
    pub fn from_text(name: &str, text: &str) -> Original {
        Original {
            name: name.to_string(),
            text: text.to_string(),
            encoding: "UTF-8",
            sha256: Sha256::digest(text.as_bytes()).iter().map(|b| format!("{b:02x}")).collect(),
            warnings: Vec::new(),
        }
    }
}

/// What a block of text is to the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BlockKind {
    /// The headline.
    Title,
    /// Heading inside the article.
    Heading,
    Paragraph,
    /// An item of a list.
    ListItem,
    /// Caption of a picture; one that stands twice on the page is kept once.
    Caption,
}

/// One sentence, ready to be translated or compared.
#[derive(Debug, Clone)]
pub struct Sentence {
    /// The cleaned text: composed (Unicode NFC), with single spaces and, in French, mended
    /// typography.
    pub text: String,
    /// Where it stands in [`Original::text`].
    pub span: Span,
    /// Byte offset in `text` → byte offset in [`Original::text`]: (clean, original) pairs, sorted, at which the
    /// difference between the two changes. Where something was dropped, one clean offset has two pairs: the end of what
    /// stands before and the start of what follows. Use [`Sentence::to_original`].
    pub map: Vec<(usize, usize)>,
}

impl Sentence {
    /// Span of `self.text` → span of [`Original::text`].
    pub fn to_original(&self, span: Span) -> Span {
        // Where a clean offset has two pairs, something was dropped between them. A start takes the
        // second pair and an end the first, so that the span does not reach into what was dropped.
        let after = self.map.partition_point(|&(c, _)| c <= span.start);
        let start = self.at(after.checked_sub(1), span.start);
        let before = self.map.partition_point(|&(c, _)| c < span.end);
        let exact = self.map.get(before).is_some_and(|&(c, _)| c == span.end);
        let end = self.at(if exact { Some(before) } else { before.checked_sub(1) }, span.end);
        Span::new(start, end.max(start))
    }

    /// The original offset of `clean`, counted from a pair of the map, or from the beginning of the sentence.
    fn at(&self, pair: Option<usize>, clean: usize) -> usize {
        let (c, o) = pair.map_or((0, self.span.start), |i| self.map[i]);
        (o + (clean - c)).min(self.span.end)
    }
}

/// A title, heading, paragraph, list item or caption, cut into sentences.
#[derive(Debug, Clone)]
pub struct Block {
    pub kind: BlockKind,
    pub sentences: Vec<Sentence>,
}

/// A part of the original that is not the article, and why it was taken out.
#[derive(Debug, Clone)]
pub struct Removed {
    /// Where it stands in [`Original::text`].
    pub span: Span,
    /// A few words for the user, such as "cookie notice" or "caption stands twice".
    pub reason: &'static str,
}

/// An article, read, cleaned and cut into sentences.
#[derive(Debug, Clone)]
pub struct Article {
    pub original: Original,
    /// Identifier given by the input (JSON lines), as it stood there.
    pub id: Option<serde_json::Value>,
    /// The language that the article was read as: [`ReadOptions::lang`].
    pub lang: Lang,
    /// Day of publication, by which « jeudi » gets its date and « 29 novembre » its year.
    pub date: Option<Date>,
    /// Where [`Self::date`] was found.
    pub date_source: Option<DateSource>,
    /// The blocks of the article, in the order of the original.
    pub blocks: Vec<Block>,
    /// Photo and agency credits, which are not sentences, as spans of [`Original::text`].
    pub credits: Vec<Span>,
    /// What was taken out, in the order of the original; credits are not repeated here.
    pub removed: Vec<Removed>,
}

/// How to read an article.
#[derive(Debug, Clone)]
pub struct ReadOptions {
    /// Format of the input. If none is given, the extension of the input's name decides.
    pub format: Option<Format>,
    /// The language that the text should be in.
    pub lang: Lang,
    /// Refuse a text that is clearly in another language.
    pub check_language: bool,
    /// Day of publication, which takes precedence over whatever the text says.
    pub date: Option<Date>,
    /// The current day, by which the year of « ce vendredi 29 novembre » is found; without it the year stays unknown.
    pub today: Option<Date>,
    /// Keep every line that has a letter or digit: menus of the site, notices and credits become
    /// sentences like any other. Footnote marks, bullets and markup are taken out all the same, and
    /// only the article of a web page is read.
    pub keep_boilerplate: bool,
}

impl Default for ReadOptions {
    fn default() -> Self {
        ReadOptions {
            format: None,
            lang: Lang::Fr,
            check_language: true,
            date: None,
            today: None,
            keep_boilerplate: false,
        }
    }
}

/// Reads, cleans and segments a file: one result for every article in it, which is exactly one in every format but JSON
/// lines.
///
/// # Errors
/// The outer error concerns the whole file, an inner one a single article of it.
pub fn load(path: &Path, options: &ReadOptions) -> Result<Vec<Result<Article, ReadError>>, ReadError> {
    let documents = read::read_path(path, options.format)?;
    Ok(documents.into_iter().map(|d| Article::from_document(d?, options)).collect())
}

/// Does what [`load`] does for a stream such as standard input, which the user knows as `name`.
///
/// # Errors
/// The same as for [`load`].
pub fn load_stream(
    name: &str,
    stream: impl std::io::Read,
    options: &ReadOptions,
) -> Result<Vec<Result<Article, ReadError>>, ReadError> {
    let format = options.format.unwrap_or_else(|| Format::of_path(Path::new(name)));
    let documents = read::read_stream(name, stream, format)?;
    Ok(documents.into_iter().map(|d| Article::from_document(d?, options)).collect())
}

/// One article of an input that may hold several, or what is wrong with the article.
pub struct ReadArticle {
    /// Number of the article's line in JSON lines, or its place among JSON objects that were cut
    /// out of an input (see [`of_json`]), from 1; `None` in other formats.
    pub line: Option<usize>,
    /// Identifier that the input gave the article, where that much could be read.
    pub id: Option<serde_json::Value>,
    /// SHA-256 of the line, by which an article without identifier is known; empty in other
    /// formats, and where the line could not be decoded.
    pub sha256: String,
    /// The article, or why it could not be read.
    pub article: Result<Article, ReadError>,
}

/// Reads, cleans and segments one article after the other, and gives each to `visit`, which returns
/// whether to go on. No more than one line of JSON lines is in memory, unless they are in UTF-16.
/// If cleaning or segmenting an article panics, that article gets an error, and the others are
/// still read.
///
/// # Errors
/// When something is wrong with the input as a whole, for example that it is empty or binary.
pub fn each(
    name: &str,
    stream: impl std::io::Read,
    options: &ReadOptions,
    visit: &mut dyn FnMut(ReadArticle) -> bool,
) -> Result<(), ReadError> {
    let format = options.format.unwrap_or_else(|| Format::of_path(Path::new(name)));
    if format != Format::JsonLines {
        let bytes = read::bytes_of_stream(stream, read::limit(format)).map_err(|e| e.at(name))?;
        let read = || read::read_bytes(name, &bytes, format);
        let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(read));
        for document in caught.unwrap_or_else(|_| Err(ReadErrorKind::Fault.at(name)))? {
            let article = finish(name, document, options);
            visit(ReadArticle { line: None, id: None, sha256: String::new(), article });
        }
        return Ok(());
    }
    read::each_json_line(name, stream, &mut |line| visit(read_article(name, line, options)))
}

/// Reads one JSON object as [`each`] reads a JSON line. The caller has cut the object out of its
/// input; `number` is its place there, from 1.
pub fn of_json(name: &str, number: usize, json: &str, options: &ReadOptions) -> ReadArticle {
    read_article(name, read::json_value(name, number, json.as_bytes()), options)
}

fn read_article(name: &str, line: read::JsonLine, options: &ReadOptions) -> ReadArticle {
    let article = finish(name, line.document, options);
    ReadArticle { line: Some(line.number), id: line.id, sha256: line.sha256, article }
}

/// Cleans and segments a document. If this panics, the article gets an error instead.
fn finish(name: &str, document: Result<Document, ReadError>, options: &ReadOptions) -> Result<Article, ReadError> {
    let read = || document.and_then(|d| Article::from_document(d, options));
    let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(read));
    caught.unwrap_or_else(|_| Err(ReadErrorKind::Fault.at(name)))
}

impl Article {
    /// Cleans and segments a plain text in memory, which the user knows as `name`.
    ///
    /// # Errors
    /// When nothing is left of the text, or, with `check_language`, when it is clearly in another
    /// language.
    pub fn from_text(name: &str, text: &str, options: &ReadOptions) -> Result<Article, ReadError> {
        Article::from_document(Document::from_text(name, text), options)
    }

    /// Cleans and segments a document.
    ///
    /// # Errors
    /// The same as for [`Article::from_text`].
    pub fn from_document(document: Document, options: &ReadOptions) -> Result<Article, ReadError> {
        let text = &document.original.text;
        let error = |kind: ReadErrorKind| kind.at(&document.original.name);
        if !text.contains(char::is_alphanumeric) {
            return Err(error(ReadErrorKind::Empty));
        }
        let cleaned = clean::clean(&document, options);
        if cleaned.blocks.is_empty() {
            return Err(error(ReadErrorKind::OnlyBoilerplate));
        }
        let blocks: Vec<Block> = cleaned.blocks.iter().filter_map(|b| b.cut(options.lang)).collect();
        if options.check_language {
            let prose: String = blocks.iter().flat_map(|b| &b.sentences).flat_map(|s| [&s.text, " "]).collect();
            if let Some(found) = language::other_than(options.lang, &prose) {
                return Err(error(ReadErrorKind::WrongLanguage { expected: options.lang, found }));
            }
        }
        let (date, date_source) = cleaned.date.unzip();
        Ok(Article {
            id: document.id,
            lang: options.lang,
            date,
            date_source,
            blocks,
            credits: cleaned.credits,
            removed: cleaned.removed,
            original: document.original,
        })
    }

    /// All sentences in the order of the text, those of titles, headings and captions included.
    pub fn sentences(&self) -> impl Iterator<Item = &Sentence> {
        self.blocks.iter().flat_map(|b| &b.sentences)
    }

    /// The headline's text, when the article has one.
    pub fn title(&self) -> Option<String> {
        let block = self.blocks.iter().find(|b| b.kind == BlockKind::Title)?;
        Some(block.sentences.iter().map(|s| s.text.as_str()).collect::<Vec<_>>().join(" "))
    }

    /// The article as it is shown to users, in JSON.
    pub fn view(&self) -> ArticleView {
        view::of(self)
    }
}

/// The last character boundary of `text` at or before byte `at`.
fn floor_boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0)
}

#[cfg(test)]
mod tests;
