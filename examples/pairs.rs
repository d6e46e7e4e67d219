//! Checks pairs of texts, or lists facts, as JSON lines: a stand-in for measuring.

use depeche::checks::Pair;
use depeche::facts::{Context, extract};
use depeche::lang::Lang;
use depeche::span::CharIndex;
use serde_json::{Value, json};
use std::io::{BufRead, Write};

fn main() -> std::io::Result<()> {
    let args: Vec<String> = std::env::args().collect();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    if args.get(1).is_some_and(|a| a == "facts") {
        let lang = if args.iter().any(|a| a == "en") { Lang::En } else { Lang::Fr };
        for line in std::fs::read_to_string(&args[2])?.lines() {
            let v: Value = serde_json::from_str(line)?;
            let text = v["text"].as_str().unwrap_or("");
            let index = CharIndex::new(text);
            for f in extract(text, &Context { lang, date: None }) {
                let mut o = serde_json::to_value(&f.value)?;
                let span = index.char_span(f.span);
                o["id"] = v["id"].clone();
                o["start"] = span.start.into();
                o["end"] = span.end.into();
                o["text"] = span.text.into();
                writeln!(out, "{o}")?;
            }
        }
        return Ok(());
    }
    let quiet = args.iter().any(|a| a == "--quiet");
    for line in std::io::stdin().lock().lines() {
        let v: Value = serde_json::from_str(&line?)?;
        let (source, target) = (v["source"].as_str().unwrap_or(""), v["target"].as_str().unwrap_or(""));
        let pair = Pair::new(source, target, None);
        let found = pair.check();
        if quiet {
            continue;
        }
        let (si, ti) = (CharIndex::new(source), CharIndex::new(target));
        let findings: Vec<Value> = found
            .iter()
            .map(|f| {
                json!({"rule": f.rule, "severity": f.severity, "confidence": f.confidence, "message": f.message,
                "source": f.source.map(|s| si.char_span(s)), "target": f.target.map(|t| ti.char_span(t))})
            })
            .collect();
        writeln!(out, "{}", json!({"id": v["id"], "findings": findings}))?;
    }
    Ok(())
}
