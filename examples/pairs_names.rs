//! Temporary: the rules of names and statements over JSON lines, to measure them.
use depeche::checks::{Pair, RULES, Side};
use depeche::facts::{extract_statements, reading::Reading};
use depeche::lang::Lang;
use depeche::span::{CharIndex, Span};
use std::io::{BufRead, Write};

fn main() {
    let stdin = std::io::stdin().lock();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in stdin.lines() {
        let line = line.unwrap();
        let v: serde_json::Value = serde_json::from_str(&line).unwrap();
        let (s, t) = (v["source"].as_str().unwrap(), v["target"].as_str().unwrap());
        let side = |text, lang| {
            let reading = Reading::new(text, lang);
            let mut facts = Vec::new();
            extract_statements(&reading, &mut facts);
            Side { text, reading, facts }
        };
        let pair = Pair { source: side(s, Lang::Fr), target: side(t, Lang::En), shared: Default::default() };
        let mut findings = Vec::new();
        for rule in RULES {
            (rule.check)(&pair, &mut findings);
        }
        if findings.is_empty() {
            writeln!(out, "{{\"id\":{},\"findings\":[]}}", v["id"]).unwrap();
            continue;
        }
        let (ci, cj) = (CharIndex::new(s), CharIndex::new(t));
        let sp = |i: &CharIndex, s: Option<Span>| s.map(|s| i.char_span(s));
        let list: Vec<_> = findings
            .iter()
            .map(|f| serde_json::json!({"rule": f.rule, "severity": f.severity, "confidence": f.confidence, "message": f.message, "source": sp(&ci, f.source), "target": sp(&cj, f.target)}))
            .collect();
        writeln!(out, "{}", serde_json::json!({"id": v["id"], "findings": list})).unwrap();
    }
}
