//! From a file to sentences: [`read`] (formats, encodings), [`clean`] (what is not the article), [`segment`]
//! (sentences), [`align`] (source against target).

pub mod align;

use crate::lang::Lang;
use crate::span::Span;
use jiff::civil::Date;

/// The text as given: decoded, not yet normalised or cleaned. Every span of an [`Article`] points into [`Self::text`].
#[derive(Debug, Clone)]
pub struct Original {
    /// How the user named the input: a path, or `-`; with an item number where one file holds several articles.
    pub name: String,
    /// The decoded text, without byte order mark; spans are byte ranges of it.
    pub text: String,
    /// WHATWG name of the encoding it was decoded from, e.g. `UTF-8`, `windows-1252`.
    pub encoding: &'static str,
    /// SHA-256 of the file's bytes, in hexadecimal.
    pub sha256: String,
}

/// What a block of text is to the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// The headline.
    Title,
    /// Heading inside the article.
    Heading,
    Paragraph,
    /// An item of a list.
    ListItem,
    /// Caption of a picture, kept once.
    Caption,
}

/// One sentence, ready to be translated or compared.
#[derive(Debug, Clone)]
pub struct Sentence {
    /// Cleaned text: NFC, whitespace single, broken quotation marks mended.
    pub text: String,
    /// Where it stands in [`Original::text`].
    pub span: Span,
    /// Byte offset in `text` → byte offset in [`Original::text`], sorted: (clean, original) pairs at which the
    /// difference between the two changes. Use [`Sentence::to_original`].
    pub map: Vec<(usize, usize)>,
}

impl Sentence {
    /// Span of `self.text` → span of [`Original::text`].
    pub fn to_original(&self, span: Span) -> Span {
        let at = |clean: usize| {
            let i = self.map.partition_point(|&(c, _)| c <= clean);
            match i.checked_sub(1).map(|i| self.map[i]) {
                Some((c, o)) => (o + (clean - c)).min(self.span.end),
                None => self.span.start + clean,
            }
        };
        let start = at(span.start);
        Span::new(start, at(span.end).max(start))
    }
}

/// A title, a heading, a paragraph.
#[derive(Debug, Clone)]
pub struct Block {
    pub kind: BlockKind,
    pub sentences: Vec<Sentence>,
}

/// A part of the original that is not the article, and why it was taken out.
#[derive(Debug, Clone)]
pub struct Removed {
    pub span: Span,
    /// Short and for the user: "cookie notice", "caption stands twice".
    pub reason: &'static str,
}

/// An article, read, cleaned and cut into sentences.
#[derive(Debug, Clone)]
pub struct Article {
    pub original: Original,
    /// Identifier given by the input (JSON lines), as it stood there.
    pub id: Option<serde_json::Value>,
    pub lang: Lang,
    /// Day of publication: what "jeudi" and "29 novembre" are counted from.
    pub date: Option<Date>,
    pub blocks: Vec<Block>,
    /// Photo and agency credits, which are not sentences.
    pub credits: Vec<Span>,
    pub removed: Vec<Removed>,
}

impl Article {
    pub fn sentences(&self) -> impl Iterator<Item = &Sentence> {
        self.blocks.iter().flat_map(|b| &b.sentences)
    }

    /// The headline's text, when the article has one.
    pub fn title(&self) -> Option<String> {
        let block = self.blocks.iter().find(|b| b.kind == BlockKind::Title)?;
        Some(block.sentences.iter().map(|s| s.text.as_str()).collect::<Vec<_>>().join(" "))
    }
}
