//! The facts of one text, as `depeche facts` shows them.

use super::position::Lines;
use super::text::one_line;
use crate::facts::{Fact, FactValue};
use crate::span::CharIndex;
use serde::Serialize;
use serde_json::value::RawValue;

/// One fact as JSON: its kind and normalised value stand beside its place.
#[derive(Serialize)]
struct FactJson<'a> {
    id: Option<&'a RawValue>,
    #[serde(flatten)]
    value: &'a FactValue,
    /// 0-based, half-open, in Unicode scalar values of the text as given.
    start: usize,
    end: usize,
    text: &'a str,
}

/// One line a fact; `id` is the text's.
pub fn jsonl(id: Option<&RawValue>, text: &str, facts: &[Fact]) -> Vec<u8> {
    let index = CharIndex::new(text);
    let mut out = Vec::new();
    for Fact { span, value } in facts {
        let (start, end) = (index.chars_before(span.start), index.chars_before(span.end));
        let fact = FactJson { id, value, start, end, text: span.of(text) };
        super::jsonl::push(&fact, &mut out);
        out.push(b'\n');
    }
    out
}

/// For people: where, which kind, what the text says, what it was read as.
pub fn human(name: &str, text: &str, facts: &[Fact]) -> Vec<u8> {
    let lines = Lines::new(text);
    let mut out = String::new();
    for Fact { span, value } in facts {
        let at = lines.position(span.start);
        let (kind, value) = kind_and_value(value);
        let place = format!("{}:{}:{}", one_line(name), at.line, at.column);
        out += &format!("{place}  {kind:<11}  {}  {}\n", one_line(span.of(text)), one_line(&value));
    }
    out.into_bytes()
}

fn kind_and_value(value: &FactValue) -> (String, String) {
    let mut json = serde_json::to_value(value).unwrap_or_default();
    let kind = json.as_object_mut().and_then(|o| o.remove("kind"));
    (kind.as_ref().and_then(|k| k.as_str()).unwrap_or_default().to_string(), json.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{Context, extract};
    use crate::lang::Lang;

    #[test]
    fn spans_count_characters_of_the_text_as_given() {
        let text = "À Alep, l’armée a tué 12 civils.";
        let facts = extract(text, &Context { lang: Lang::Fr, date: None });
        let id = serde_json::value::to_raw_value("a").unwrap();
        let out = String::from_utf8(jsonl(Some(&id), text, &facts)).unwrap();
        let quantity: serde_json::Value = out
            .lines()
            .map(|l| serde_json::from_str(l).unwrap())
            .find(|f: &serde_json::Value| f["kind"] == "quantity")
            .unwrap();
        let (start, end) = (quantity["start"].as_u64().unwrap() as usize, quantity["end"].as_u64().unwrap() as usize);
        let covered: String = text.chars().skip(start).take(end - start).collect();
        assert_eq!((quantity["id"].as_str(), quantity["value"].as_f64()), (Some("a"), Some(12.0)));
        assert_eq!(quantity["text"], covered.as_str());
        assert!(covered.contains("12"), "{covered}");
    }
}
