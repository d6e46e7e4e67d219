//! Translates a fixed sample of sentences from tab-separated files with one prompt, for scoring with sacrebleu.
//!
//! ```text
//! cargo bench --bench translate -- MODEL.gguf PROMPT.md COUNT SEED FILE.tsv… >out.jsonl
//! python3 benches/chrf.py out.jsonl
//! ```
//!
//! The files have a header with the columns `id`, `fr` and `ref` and hold documents in order; the line before a sentence
//! is its context. Headlines (no final stop) are not sampled.

use depeche::article::BlockKind;
use depeche::model::device::DeviceChoice;
use depeche::model::engine::{Engine, EngineOptions};
use depeche::prompt::Prompt;
use depeche::translate::{Translator, Unit, chat::ChatTranslator};

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let [model, prompt, count, seed, files @ ..] = args.as_slice() else {
        println!("needs: MODEL.gguf PROMPT.md COUNT SEED FILE.tsv…; nothing measured");
        return Ok(());
    };
    let prompt = Prompt::parse(&std::fs::read_to_string(prompt)?)?;
    let mut rows: Vec<(String, Unit, String)> = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(file)?;
        let mut lines = text.lines().map(|l| l.split('\t').collect::<Vec<_>>());
        let header = lines.next().unwrap_or_default();
        let column = |name: &str| {
            header.iter().position(|c| *c == name).ok_or_else(|| anyhow::anyhow!("{file}: no column {name}"))
        };
        let (id, fr, reference) = (column("id")?, column("fr")?, column("ref")?);
        let mut before = None;
        for row in lines {
            let text = row[fr].to_string();
            let unit = Unit { text: text.clone(), before: before.replace(text), kind: BlockKind::Paragraph };
            if unit.text.ends_with(['.', '!', '?', '…', '»']) {
                rows.push((row[id].to_string(), unit, row[reference].to_string()));
            }
        }
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
    let units: Vec<Unit> = rows.iter().map(|(_, unit, _)| unit.clone()).collect();
    let start = std::time::Instant::now();
    let done = ChatTranslator::new(&mut engine, &prompt).translate(&units, &mut |_| true)?;
    let (seconds, tokens) = (start.elapsed().as_secs_f64(), done.iter().map(|t| t.tokens).sum::<usize>());
    eprintln!("{} sentences, {tokens} tokens, {seconds:.1} s, {:.1} tok/s", done.len(), tokens as f64 / seconds);
    for ((id, unit, reference), t) in rows.iter().zip(&done) {
        println!(
            "{}",
            serde_json::json!({"id": id, "source": unit.text, "target": t.text, "ref": reference, "log_prob": t.mean_log_prob})
        );
    }
    Ok(())
}
