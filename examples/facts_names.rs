//! Temporary: facts of JSON lines, to measure them.
use depeche::facts::{FactValue, extract_statements, reading::Reading};
use depeche::lang::Lang;
use depeche::span::CharIndex;

fn main() {
    let file = std::env::args().nth(2).unwrap();
    for line in std::fs::read_to_string(file).unwrap().lines() {
        let v: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = v["text"].as_str().unwrap();
        let index = CharIndex::new(text);
        let r = Reading::new(text, Lang::Fr);
        let mut facts = Vec::new();
        extract_statements(&r, &mut facts);
        for f in facts {
            let kind = match &f.value {
                FactValue::Name(n) if !n.unsure => n.kind(),
                FactValue::Attribution(_) => "attribution",
                _ => continue,
            };
            let s = index.char_span(f.span);
            println!(
                "{}",
                serde_json::json!({"id": v["id"], "kind": kind, "start": s.start, "end": s.end, "text": s.text})
            );
        }
    }
}
