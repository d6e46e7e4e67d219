//! Measures what steering changes: a fixed sample of sentences with a figure, a quotation, an attribution or the
//! vocabulary of conflict is translated greedily, and the translations are then steered.
//!
//! ```text
//! cargo bench --bench steer -- MODEL.gguf[+ADAPTER.gguf] COUNT SEED FILE.tsv… >out.jsonl
//! ```
//!
//! The files have a header with the columns `id`, `fr` and `ref`. `out.jsonl` has both texts (`greedy`, and `target`,
//! the final one, for `benches/chrf.py`); the last lines on stderr count sentences with findings and seconds.

#![allow(clippy::print_stdout, clippy::print_stderr)]

mod sample;

use depeche::checks::Severity;
use depeche::checks::engine::{Settings, check_pair};
use depeche::model::adapter::{Adapter, TRANSLATION};
use depeche::model::device::DeviceChoice;
use depeche::model::engine::{Engine, EngineOptions};
use depeche::translate::steer::{Judged, Prompts, Verdict, steer};
use depeche::translate::{SentenceTask, Translator, chat};
use sample::sample;
use std::time::Instant;

/// A sentence with one of these words may be drawn into the sample.
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

/// Whether a sentence has a figure, a quotation or one of [`WORDS`].
fn wanted(text: &str) -> bool {
    let lower = text.to_lowercase();
    text.contains(|c: char| c.is_ascii_digit() || "«\"“".contains(c)) || WORDS.iter().any(|w| lower.contains(w))
}

/// A model with the prompts for its own weights, or a model and an adapter with those for the adapter.
fn load(model: &str) -> anyhow::Result<(Engine, Prompts)> {
    let (model, adapter) = model.split_once('+').map_or((model, None), |(m, a)| (m, Some(a)));
    let adapters = adapter.map(|a| Adapter::open(TRANSLATION, a.as_ref())).transpose()?;
    let adapters = adapters.as_slice();
    let device = DeviceChoice::Cpu.open()?;
    let engine = Engine::load(model.as_ref(), adapters, &device, EngineOptions::default(), &mut |_, _| ())?;
    Ok((engine, if adapters.is_empty() { Prompts::standard() } else { Prompts::adapted(false) }))
}

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let [model, count, seed, files @ ..] = args.as_slice() else {
        println!("needs: MODEL.gguf COUNT SEED FILE.tsv…; nothing measured");
        return Ok(());
    };
    let rows = sample(files, wanted, count.parse()?, seed.parse()?)?;
    let (mut engine, prompts) = load(model)?;
    let units: Vec<SentenceTask> = rows.iter().map(|r| SentenceTask::alone(&r.french)).collect();
    let start = Instant::now();
    let greedy = chat::ChatTranslator::new(&mut engine, &prompts.translate).translate(&units, &mut |_| true)?;
    let greedy_seconds = start.elapsed().as_secs_f64();
    let mut done = greedy.clone();
    let settings = Settings::default();
    let judge =
        |i: usize, text: &str| Judged { text: text.into(), findings: check_pair(&rows[i].french, text, &settings) };
    let changed = steer(&mut engine, &prompts, &units, &mut done, &judge, &mut || true)?;
    let seconds = start.elapsed().as_secs_f64();
    let verdicts = |texts: &[depeche::translate::Translation]| {
        let all: Vec<Verdict> =
            texts.iter().enumerate().map(|(i, t)| Verdict::of(&judge(i, &t.text).findings)).collect();
        let errors = all.iter().filter(|v| v.errors > 0).count();
        (errors, all.iter().filter(|v| v.errors + v.warnings > 0).count())
    };
    eprintln!("{} sentences, {} changed by steering", rows.len(), changed.len());
    eprintln!("             with errors   or warnings   seconds   × greedy");
    for (name, texts, seconds) in [("greedy", &greedy, greedy_seconds), ("steered", &done, seconds)] {
        let (errors, warnings) = verdicts(texts);
        eprintln!("{name:10} {errors:13} {warnings:13} {seconds:9.1} {:10.2}", seconds / greedy_seconds);
    }
    for (i, r) in rows.iter().enumerate() {
        let findings = |t: &str| {
            judge(i, t)
                .findings
                .iter()
                .filter(|f| f.severity != Severity::Note)
                .map(|f| format!("{:?} {}: {}", f.severity, f.rule, f.message))
                .collect::<Vec<_>>()
        };
        let row = serde_json::json!({
            "id": r.id, "source": r.french, "greedy": greedy[i].text, "target": done[i].text,
            "ref": r.reference, "greedy_findings": findings(&greedy[i].text), "findings": findings(&done[i].text),
        });
        println!("{row}");
    }
    Ok(())
}
