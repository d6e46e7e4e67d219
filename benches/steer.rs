//! What the rules' choice changes: a fixed sample of sentences with a figure, a quotation, an attribution or the
//! vocabulary of conflict, translated greedily and then steered.
//!
//! ```text
//! cargo bench --bench steer -- MODEL.gguf COUNT SEED FILE.tsv… >out.jsonl
//! ```
//!
//! The files have a header with the columns `id`, `fr` and `ref`. `out.jsonl` has both texts (`greedy`, and `target`, the
//! final one, for `benches/chrf.py`); the last lines on stderr count sentences with findings and seconds.

use depeche::article::BlockKind;
use depeche::checks::engine::{Settings, check_pair};
use depeche::model::device::DeviceChoice;
use depeche::model::engine::{Engine, EngineOptions};
use depeche::prompt::Prompt;
use depeche::translate::steer::{Judged, Prompts, Verdict, steer};
use depeche::translate::{Translator, Unit, chat};
use std::time::Instant;

const WORDS: [&str; 14] = [
    "selon",
    "déclaré",
    "affirmé",
    "annoncé",
    "armée",
    "guerre",
    "attaque",
    "attentat",
    "tués",
    "blessés",
    "morts",
    "rebelles",
    "police",
    "militaire",
];

fn wanted(text: &str) -> bool {
    let lower = text.to_lowercase();
    text.contains(|c: char| c.is_ascii_digit() || "«\"“".contains(c)) || WORDS.iter().any(|w| lower.contains(w))
}

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let [model, count, seed, files @ ..] = args.as_slice() else {
        println!("needs: MODEL.gguf COUNT SEED FILE.tsv…; nothing measured");
        return Ok(());
    };
    let mut rows: Vec<(String, String, String)> = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(file)?;
        let mut lines = text.lines().map(|l| l.split('\t').collect::<Vec<_>>());
        let header = lines.next().unwrap_or_default();
        let column = |name: &str| {
            header.iter().position(|c| *c == name).ok_or_else(|| anyhow::anyhow!("{file}: no column {name}"))
        };
        let (id, fr, reference) = (column("id")?, column("fr")?, column("ref")?);
        let row = |row: Vec<&str>| (row[id].to_string(), row[fr].to_string(), row[reference].to_string());
        rows.extend(lines.map(row).filter(|(_, fr, _)| wanted(fr)));
    }
    // A linear congruential generator (Knuth's MMIX constants) shuffles the same way everywhere.
    let mut state: u64 = seed.parse()?;
    for i in (1..rows.len()).rev() {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        rows.swap(i, (state >> 33) as usize % (i + 1));
    }
    rows.truncate(count.parse()?);
    let mut engine =
        Engine::load(model.as_ref(), &DeviceChoice::Cpu.open()?, EngineOptions::default(), &mut |_, _| ())?;
    let prompt = Prompt::parse(chat::PROMPT)?;
    let unit = |text: &str| Unit { text: text.into(), before: None, kind: BlockKind::Paragraph };
    let units: Vec<Unit> = rows.iter().map(|(_, fr, _)| unit(fr)).collect();
    let start = Instant::now();
    let mut done = chat::ChatTranslator::new(&mut engine, &prompt).translate(&units, &mut |_| true)?;
    let greedy_seconds = start.elapsed().as_secs_f64();
    let greedy = done.clone();
    let settings = Settings::default();
    let judge = |i: usize, text: &str| Judged { text: text.into(), findings: check_pair(&rows[i].1, text, &settings) };
    let sentences: Vec<&str> = rows.iter().map(|(_, fr, _)| fr.as_str()).collect();
    let changed = steer(&mut engine, &Prompts::standard(), &sentences, &mut done, &judge, &mut || true)?;
    let seconds = start.elapsed().as_secs_f64();
    let verdicts = |texts: &[depeche::translate::Translation]| {
        let all: Vec<Verdict> =
            texts.iter().enumerate().map(|(i, t)| Verdict::of(&judge(i, &t.text).findings)).collect();
        let errors = all.iter().filter(|v| v.errors > 0).count();
        (errors, all.iter().filter(|v| v.errors + v.warnings > 0).count())
    };
    let (before, after) = (verdicts(&greedy), verdicts(&done));
    eprintln!("{} sentences, {} changed", rows.len(), changed.len());
    eprintln!(
        "with errors: {} greedy, {} steered; with errors or warnings: {}, {}",
        before.0, after.0, before.1, after.1
    );
    eprintln!("seconds: {greedy_seconds:.1} greedy, {seconds:.1} with steering ({:.2} ×)", seconds / greedy_seconds);
    for ((id, fr, reference), (g, t)) in rows.iter().zip(greedy.iter().zip(&done)) {
        let row = serde_json::json!({"id": id, "source": fr, "greedy": g.text, "target": t.text, "ref": reference});
        println!("{row}");
    }
    Ok(())
}
