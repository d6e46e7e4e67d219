//! An article as it would be translated, and what was left out of it and why, as `depeche read` shows it.

use super::jsonl::push;
use super::markdown::escape;
use super::position::Lines;
use super::text::one_line;
use crate::article::{Article, BlockKind, DateSource};
use crate::span::Span;
use std::fmt::Write;

/// For programs: the whole article as one line of JSON.
pub fn jsonl(article: &Article) -> Vec<u8> {
    let mut out = Vec::new();
    push(&article.view(), &mut out);
    out.push(b'\n');
    out
}

/// For people, on a terminal: numbered sentences, and what was left out with its line and column.
pub fn text(article: &Article) -> String {
    let mut out = format!("{}: {}\n", one_line(&article.original.name), about(article));
    let mut number = 0;
    for block in &article.blocks {
        let mut kind = name(block.kind);
        out.push('\n');
        for sentence in &block.sentences {
            number += 1;
            out += &format!("{kind:<9} {number:>3}  {}\n", one_line(&sentence.text));
            kind = "";
        }
    }
    let left_out = left_out(article);
    if !left_out.is_empty() {
        out.push_str("\nleft out\n");
    }
    let lines = Lines::new(&article.original.text);
    for (span, reason) in left_out {
        let at = lines.position(span.start);
        let place = format!("{}:{}", at.line, at.column);
        out += &format!("  {place:<7} {reason}: {}\n", short(span.of(&article.original.text)));
    }
    out
}

/// The article as Markdown, with a list of what was left out.
pub fn markdown(article: &Article) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write_markdown(&mut out, article);
    out
}

fn write_markdown(out: &mut String, article: &Article) -> std::fmt::Result {
    let mut previous = None;
    for block in &article.blocks {
        let sentences: Vec<String> = block.sentences.iter().map(|s| escape(&s.text)).collect();
        let text = sentences.join(" ");
        // An empty line separates blocks, but not the points of a list from each other.
        if previous.is_some_and(|p| p != BlockKind::ListItem || block.kind != BlockKind::ListItem) {
            writeln!(out)?;
        }
        match block.kind {
            BlockKind::Title => writeln!(out, "# {text}")?,
            BlockKind::Heading => writeln!(out, "## {text}")?,
            BlockKind::ListItem => writeln!(out, "- {text}")?,
            BlockKind::Caption => writeln!(out, "*{text}*")?,
            BlockKind::Paragraph => writeln!(out, "{text}")?,
        }
        previous = Some(block.kind);
    }
    let left_out = left_out(article);
    writeln!(out, "\n---\n\n{}\n", escape(&about(article)))?;
    if !left_out.is_empty() {
        writeln!(out, "Left out:\n")?;
    }
    for (span, reason) in left_out {
        writeln!(out, "- {reason}: {}", escape(&short(span.of(&article.original.text))))?;
    }
    Ok(())
}

/// One line about the article: how many sentences it has, when it was published, and its encoding.
fn about(article: &Article) -> String {
    let date = match (article.date, article.date_source) {
        (Some(date), Some(source)) => format!("published {date} ({})", found(source)),
        (Some(date), None) => format!("published {date}"),
        (None, _) => "day of publication unknown".to_string(),
    };
    let sentences = article.sentences().count();
    let plural = if sentences == 1 { "" } else { "s" };
    format!("{sentences} sentence{plural}; {date}; {}", article.original.encoding)
}

/// Where the day of publication was found, in words.
fn found(source: DateSource) -> &'static str {
    match source {
        DateSource::Given => "as given",
        DateSource::Metadata => "from the file's metadata",
        DateSource::DateLine => "from its date line",
        DateSource::Inferred => "inferred from a day in the text",
    }
}

/// The kind of a block, in words.
fn name(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Title => "title",
        BlockKind::Heading => "heading",
        BlockKind::Paragraph => "paragraph",
        BlockKind::ListItem => "point",
        BlockKind::Caption => "caption",
    }
}

/// Everything that is not translated, in the order of the article: what was removed, and the credits.
fn left_out(article: &Article) -> Vec<(Span, &'static str)> {
    let removed = article.removed.iter().map(|r| (r.span, r.reason));
    let mut all: Vec<(Span, &str)> = removed.chain(article.credits.iter().map(|&span| (span, "credit"))).collect();
    all.sort_by_key(|(span, _)| span.start);
    all
}

/// The text in one line. A text of more than 60 characters is cut there and ends with "…".
fn short(text: &str) -> String {
    const LENGTH: usize = 60;
    let line = one_line(text);
    match line.char_indices().nth(LENGTH) {
        Some((at, _)) => format!("{}…", line[..at].trim_end()),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::ReadOptions;

    #[test]
    fn what_is_left_out_is_named_with_its_reason() {
        let text = "Trêve à Selm\n\nPublié le 3 mars 2025\n\nLa trêve tient depuis lundi. L’armée se retire.\n\nCRÉDIT : Archives\n";
        let article = Article::from_text("selm.txt", text, &ReadOptions::default()).unwrap();
        let shown = super::text(&article);
        assert!(shown.starts_with("selm.txt: 3 sentences; published 2025-03-03 (from its date line)"), "{shown}");
        assert!(shown.contains("title       1  Trêve à Selm"), "{shown}");
        assert!(shown.contains("3:1     date line: Publié le 3 mars 2025"), "{shown}");
        assert!(shown.contains("credit: "), "{shown}");
        let page = markdown(&article);
        assert!(page.starts_with("# Trêve à Selm\n\nLa trêve tient depuis lundi. L’armée se retire.\n\n---"), "{page}");
    }
}
