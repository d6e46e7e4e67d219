//! The article as users see it in JSON: what was read, and what was removed and why. Spans count
//! characters.

use super::{Article, BlockKind, DateSource};
use crate::span::{CharIndex, CharSpan, Span};
use schemars::JsonSchema;
use serde::Serialize;

/// An [`Article`] written out. Spans are 0-based, half-open, in Unicode scalar values of the text as given.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ArticleView {
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<serde_json::Value>,
    /// Language of the article, as an ISO 639-1 code.
    pub lang: &'static str,
    pub encoding: &'static str,
    pub sha256: String,
    pub title: Option<String>,
    /// Day of publication, ISO 8601.
    pub date: Option<String>,
    /// Where the date was found.
    pub date_source: Option<DateSource>,
    pub blocks: Vec<BlockView>,
    /// Photo and agency credits, which are not among the sentences.
    pub credits: Vec<CharSpan>,
    pub removed: Vec<RemovedView>,
    /// What the user should know about how the input was read, such as bytes that were not UTF-8.
    pub warnings: Vec<String>,
}

/// A headline, a heading, a paragraph …
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct BlockView {
    pub kind: BlockKind,
    pub sentences: Vec<SentenceView>,
}

/// A sentence: cleaned, and as it stands in the original.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SentenceView {
    /// Counted from 1 through the article.
    pub number: usize,
    pub text: String,
    pub original: CharSpan,
}

/// A part of the original that is not the article, and why it was taken out.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct RemovedView {
    pub reason: &'static str,
    #[serde(flatten)]
    pub original: CharSpan,
}

/// Writes out an article; sentences are numbered here.
pub(super) fn of(article: &Article) -> ArticleView {
    let index = CharIndex::new(&article.original.text);
    let at = |span: Span| index.char_span(span);
    let mut numbers = 1..;
    ArticleView {
        name: article.original.name.clone(),
        id: article.id.clone(),
        lang: article.lang.code(),
        encoding: article.original.encoding,
        sha256: article.original.sha256.clone(),
        title: article.title(),
        date: article.date.map(|d| d.to_string()),
        date_source: article.date_source,
        blocks: article
            .blocks
            .iter()
            .map(|block| BlockView {
                kind: block.kind,
                sentences: block
                    .sentences
                    .iter()
                    .zip(numbers.by_ref())
                    .map(|(s, number)| SentenceView { number, text: s.text.clone(), original: at(s.span) })
                    .collect(),
            })
            .collect(),
        credits: article.credits.iter().map(|&span| at(span)).collect(),
        removed: article.removed.iter().map(|r| RemovedView { reason: r.reason, original: at(r.span) }).collect(),
        warnings: article.original.warnings.clone(),
    }
}
