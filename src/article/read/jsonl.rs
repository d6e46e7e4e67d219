//! JSON lines: one article a line.

use super::{Document, JsonLine, hex, plain};
use crate::article::date;
use crate::article::decode::{Decoded, decode};
use crate::article::error::{ReadError, ReadErrorKind};
use crate::article::{BlockKind, Original};
use serde::Deserialize;
use serde_json::Value;

/// The keys of a line that are read; all others are ignored.
#[derive(Deserialize)]
struct ArticleLine {
    id: Option<Value>,
    title: Option<String>,
    date: Option<String>,
    text: String,
}

/// Reads one line. The original of its article is the `text`. If the line has a `title` that does
/// not begin the text, the original is the title, a blank line and the text.
pub(super) fn read(name: &str, number: usize, bytes: Result<&[u8], ReadErrorKind>) -> JsonLine {
    let failed = |kind| ReadError { name: name.to_string(), line: Some(number), kind };
    let refused = |kind| JsonLine { number, id: None, sha256: String::new(), document: Err(failed(kind)) };
    let Decoded { text: json, encoding, warnings } = match bytes.and_then(decode) {
        Ok(decoded) => decoded,
        Err(kind) => return refused(kind),
    };
    let sha256 = hex(json.as_bytes());
    let line: ArticleLine = match serde_json::from_str(&json) {
        Ok(line) => line,
        Err(e) => {
            // serde_json was given a single line, so it always says "line 1"; the error that is
            // returned has the number of the line in the file.
            let message = e.to_string().replace(" at line 1 column ", " at column ");
            // The identifier is read all the same, so that the sender of the article knows which one is wrong.
            let id = serde_json::from_str::<Value>(&json).ok().and_then(|v| v.get("id").cloned());
            return JsonLine { id, sha256, ..refused(ReadErrorKind::Json(message)) };
        }
    };
    let id = line.id.clone();
    let original =
        Original { name: format!("{name}:{number}"), text: String::new(), encoding, sha256: sha256.clone(), warnings };
    JsonLine { number, id, sha256, document: article(line, original).map_err(failed) }
}

/// Makes the document of a line. `original` has everything but the text.
fn article(line: ArticleLine, original: Original) -> Result<Document, ReadErrorKind> {
    let ArticleLine { id, title, date, text } = line;
    let date = match date.as_deref().map(str::trim) {
        None | Some("") => None,
        Some(date) => Some(date::parse_field(date).ok_or_else(|| ReadErrorKind::Date(date.to_string()))?),
    };
    let title = title.as_deref().map(str::trim).filter(|t| !t.is_empty());
    let missing_title = title.filter(|t| !text.trim_start().starts_with(t));
    let text = missing_title.map(|t| format!("{t}\n\n{text}")).unwrap_or(text);
    if text.trim().is_empty() {
        return Err(ReadErrorKind::Empty);
    }
    if text.contains('\0') {
        return Err(ReadErrorKind::Json("a NUL character in \"text\"".to_string()));
    }
    super::check_lines(&text)?;
    let mut document = plain::read(Original { text, ..original });
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
