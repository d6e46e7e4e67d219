//! JSON lines: one article a line.

use super::{Document, MAX_FILE, check_size, plain};
use crate::article::date;
use crate::article::error::{ReadError, ReadErrorKind};
use crate::article::{BlockKind, Original};
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// A line; other keys are ignored.
#[derive(Deserialize)]
struct Line {
    id: Option<serde_json::Value>,
    title: Option<String>,
    date: Option<String>,
    text: String,
}

/// The original of an article is its `text`; where a `title` is given apart, the title, a blank line and the text.
pub(super) fn read(file: &Original) -> Vec<Result<Document, ReadError>> {
    file.text
        .lines()
        .zip(1..)
        .filter(|(line, _)| !line.trim().is_empty())
        .map(|(line, number)| {
            article(file, line, number).map_err(|kind| ReadError { name: file.name.clone(), line: Some(number), kind })
        })
        .collect()
}

fn article(file: &Original, line: &str, number: usize) -> Result<Document, ReadErrorKind> {
    check_size("the line", line.len() as u64, MAX_FILE)?;
    let Line { id, title, date, text } = serde_json::from_str(line).map_err(|e| {
        // serde_json counts lines of this one line; the line of the file is in the error's name already.
        let message = e.to_string().replace(" at line 1 column ", " at column ");
        ReadErrorKind::Json(message)
    })?;
    let date = match date.as_deref().map(str::trim) {
        None | Some("") => None,
        Some(date) => Some(date::parse_field(date).ok_or_else(|| ReadErrorKind::Date(date.to_string()))?),
    };
    let title = title.as_deref().map(str::trim).filter(|t| !t.is_empty());
    let own_title = title.filter(|t| !text.trim_start().starts_with(t));
    let text = own_title.map(|t| format!("{t}\n\n{text}")).unwrap_or(text);
    if text.trim().is_empty() {
        return Err(ReadErrorKind::Empty);
    }
    if text.contains('\0') {
        return Err(ReadErrorKind::Binary("a NUL character in \"text\"".to_string()));
    }
    super::check_lines(&text)?;
    let mut document = plain::read(Original {
        name: format!("{}:{number}", file.name),
        text,
        encoding: file.encoding,
        sha256: Sha256::digest(line.as_bytes()).iter().map(|b| format!("{b:02x}")).collect(),
        warnings: if number == 1 { file.warnings.clone() } else { Vec::new() },
    });
    if let (Some(_), Some(first)) = (title, document.blocks.first_mut()) {
        first.kind = Some(BlockKind::Title);
    }
    Ok(Document { id, date, ..document })
}

#[cfg(test)]
mod tests {
    use crate::article::read::{Format, read_bytes};
    use jiff::civil::date;

    #[test]
    fn every_line_is_an_article_and_a_bad_one_stops_no_other() {
        let lines = r#"{"id": 7, "title": "Trêve", "date": "2024-11-29T08:00:00Z", "text": "La trêve tient.", "url": "x"}

{"text": "Sans titre."
{"id": "c", "text": "Encore un."}
{"id": "d", "text": "Jour faux.", "date": "hier"}
{"id": "e"}"#;
        let articles = read_bytes("b.jsonl", lines.as_bytes(), Format::JsonLines).unwrap();
        assert_eq!(articles.len(), 5);
        let first = articles[0].as_ref().unwrap();
        assert_eq!(first.original.text, "Trêve\n\nLa trêve tient.");
        assert_eq!(first.original.name, "b.jsonl:1");
        assert_eq!((first.id.clone(), first.date), (Some(7.into()), Some(date(2024, 11, 29))));
        let messages: Vec<String> = articles.iter().filter_map(|a| a.as_ref().err().map(|e| e.to_string())).collect();
        assert!(messages[0].starts_with("b.jsonl:3: malformed JSON: EOF"), "{messages:?}");
        assert_eq!(messages[1], "b.jsonl:5: \"hier\" is no date: write it as 2024-11-29");
        assert!(messages[2].contains("b.jsonl:6: malformed JSON: missing field `text`"), "{messages:?}");
    }

    #[test]
    fn a_title_that_opens_the_text_is_not_doubled() {
        let line = r#"{"title": "Trêve", "text": "Trêve\n\nElle tient."}"#;
        let articles = read_bytes("-", line.as_bytes(), Format::JsonLines).unwrap();
        assert_eq!(articles[0].as_ref().unwrap().blocks.len(), 2);
    }
}
