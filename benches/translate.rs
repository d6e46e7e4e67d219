//! Translates a fixed sample of sentences from tab-separated files with one prompt, for scoring with sacrebleu.
//!
//! ```text
//! cargo bench --bench translate -- MODEL.gguf[+ADAPTER.gguf] PROMPT.md COUNT SEED FILE.tsv… >out.jsonl
//! python3 benches/chrf.py out.jsonl
//! ```
//!
//! The files have a header with the columns `id`, `fr` and `ref` and hold documents in order; the line before a
//! sentence is given as its context if a pronoun may lean on it. Lines that end in none of . ! ? … » are not sampled,
//! since most of them are headlines.

#![allow(clippy::print_stdout, clippy::print_stderr)]

mod sample;

use depeche::model::adapter::{Adapter, TRANSLATION};
use depeche::model::device::DeviceChoice;
use depeche::model::engine::{Engine, EngineOptions};
use depeche::prompt::Prompt;
use depeche::translate::{SentenceTask, Translator, antecedent, chat::ChatTranslator};
use sample::{Row, sample};

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let [model, prompt, count, seed, files @ ..] = args.as_slice() else {
        println!("needs: MODEL.gguf[+ADAPTER.gguf] PROMPT.md COUNT SEED FILE.tsv…; nothing measured");
        return Ok(());
    };
    let prompt = Prompt::parse(&std::fs::read_to_string(prompt)?)?;
    let rows = sample(files, |fr| fr.ends_with(['.', '!', '?', '…', '»']), count.parse()?, seed.parse()?)?;
    let (model, adapter) = model.split_once('+').map_or((model.as_str(), None), |(m, a)| (m, Some(a)));
    let adapter = adapter.map(|a| Adapter::open(TRANSLATION, a.as_ref())).transpose()?;
    let device = DeviceChoice::Cpu.open()?;
    let options = EngineOptions::default();
    let mut engine = Engine::load(model.as_ref(), adapter.as_slice(), &device, options, &mut |_, _| ())?;
    let before = |r: &Row| r.before.clone().filter(|before| antecedent::may_stand_in(before, &r.french));
    let unit = |r: &Row| SentenceTask { before: before(r), ..SentenceTask::alone(&r.french) };
    let units: Vec<SentenceTask> = rows.iter().map(unit).collect();
    let start = std::time::Instant::now();
    let done = ChatTranslator::new(&mut engine, &prompt).translate(&units, &mut |_| true)?;
    let (seconds, tokens) = (start.elapsed().as_secs_f64(), done.iter().map(|t| t.tokens).sum::<usize>());
    eprintln!("{} sentences, {tokens} tokens, {seconds:.1} s, {:.1} tok/s", done.len(), tokens as f64 / seconds);
    for (row, t) in rows.iter().zip(&done) {
        println!(
            "{}",
            serde_json::json!({"id": row.id, "source": row.french, "target": t.text, "ref": row.reference, "log_prob": t.mean_log_prob})
        );
    }
    Ok(())
}
