//! The facts of one text, as `depeche facts` shows them.

use super::jsonl::push;
use super::position::Lines;
use super::text::one_line;
use crate::facts::Fact;
use crate::span::CharIndex;
use serde::Serialize;
use serde_json::Value;
use serde_json::value::RawValue;

/// One line of JSON for each fact; `id` is the identifier of the text.
pub fn jsonl(id: Option<&RawValue>, text: &str, facts: &[Fact]) -> Vec<u8> {
    #[derive(Serialize)]
    struct FactLine<'a> {
        id: Option<&'a RawValue>,
        #[serde(flatten)]
        fact: Value,
    }
    let index = CharIndex::new(text);
    let mut out = Vec::new();
    for fact in facts {
        push(&FactLine { id, fact: fact.to_json(&index) }, &mut out);
        out.push(b'\n');
    }
    out
}

/// For people, one line for each fact: where it stands, its kind, the words of the text, and what they were read as.
pub fn human(name: &str, text: &str, facts: &[Fact]) -> Vec<u8> {
    let (lines, index) = (Lines::new(text), CharIndex::new(text));
    let mut out = String::new();
    for fact in facts {
        let at = lines.position(fact.span.start);
        let mut value = fact.to_json(&index);
        // The place, the kind and the words have columns of their own, so they are taken out of the value.
        let kind = value.as_object_mut().and_then(|o| {
            ["start", "end", "text"].iter().for_each(|key| drop(o.remove(*key)));
            o.remove("kind")
        });
        let kind = kind.as_ref().and_then(Value::as_str).unwrap_or_default();
        let (words, value) = (one_line(fact.span.of(text)), one_line(&value.to_string()));
        out += &format!("{}:{}:{}  {kind:<11}  {words}  {value}\n", one_line(name), at.line, at.column);
    }
    out.into_bytes()
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
