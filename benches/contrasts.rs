//! Lists the contrasts that are made of pairs, and by how many nats a model finds each likelier
//! than the English.
//!
//! ```text
//! cargo bench --bench contrasts -- PAIRS.jsonl >contrasts.jsonl                        # without asking a model
//! cargo bench --bench contrasts -- PAIRS.jsonl MODEL.gguf[+ADAPTER.gguf] >contrasts.jsonl
//! ```
//!
//! A line of `PAIRS.jsonl` is `{"id","source","target"}`. A line of the output has the id; as
//! `loud` the rules that report an error or a warning without any model; the contrasts with kind,
//! words, text and margin; as `missing` the French words that the English supports least; and as
//! `rivals` what the model would far rather write. `benches/contrasts.py` makes the pairs and reads
//! the margins. The last line on stderr counts pairs, contrasts and seconds.

#![allow(clippy::print_stdout, clippy::print_stderr)]

use depeche::checks::engine::{Settings, check_pair};
use depeche::checks::{Finding, Severity};
use depeche::contrasts::{Answer, Question};
use std::time::Instant;

/// A line of `PAIRS.jsonl`.
#[derive(serde::Deserialize)]
struct Line {
    id: serde_json::Value,
    source: String,
    target: String,
}

/// How many pairs the model is asked about together.
const TOGETHER: usize = 256;

/// Answers each question; the answers are empty where no model is asked.
type Ask = Box<dyn FnMut(&[&Question<'_>]) -> anyhow::Result<Vec<Answer>>>;

/// Loads `MODEL.gguf` or `MODEL.gguf+ADAPTER.gguf`.
#[cfg(feature = "model")]
fn open(model: &str) -> anyhow::Result<Ask> {
    use depeche::contrasts::score::Judge;
    use depeche::model::adapter::{Adapter, TRANSLATION};
    use depeche::model::device::DeviceChoice;
    use depeche::model::engine::{Engine, EngineOptions};
    let (model, adapter) = model.split_once('+').map_or((model, None), |(m, a)| (m, Some(a)));
    let adapters = adapter.map(|a| Adapter::open(TRANSLATION, a.as_ref())).transpose()?;
    let adapters = adapters.as_slice();
    let device = DeviceChoice::Cpu.open()?;
    let engine = Engine::load(model.as_ref(), adapters, &device, EngineOptions::default(), &mut |_, _| ())?;
    let mut judge = Judge::new(engine, !adapters.is_empty());
    Ok(Box::new(move |questions| Ok(judge.answers(questions)?)))
}

#[cfg(not(feature = "model"))]
fn open(_: &str) -> anyhow::Result<Ask> {
    anyhow::bail!("this bench was built without a model")
}

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let (file, mut ask) = match args.as_slice() {
        [file] => (file, Box::new(|q: &[&Question<'_>]| Ok(q.iter().map(|_| Answer::default()).collect())) as Ask),
        [file, model] => (file, open(model)?),
        _ => anyhow::bail!("usage: contrasts PAIRS.jsonl [MODEL.gguf[+ADAPTER.gguf]]"),
    };
    let text = std::fs::read_to_string(file)?;
    let lines: Vec<Line> = text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let settings = Settings::default();
    let (start, mut made) = (Instant::now(), 0);
    for lines in lines.chunks(TOGETHER) {
        let known: Vec<Vec<Finding>> = lines.iter().map(|l| check_pair(&l.source, &l.target, &settings)).collect();
        let questions: Vec<Question<'_>> =
            lines.iter().zip(&known).map(|(l, known)| Question::new(&l.source, &l.target, known)).collect();
        let answers = ask(&questions.iter().collect::<Vec<_>>())?;
        for (((line, known), question), answer) in lines.iter().zip(&known).zip(&questions).zip(&answers) {
            made += question.contrasts.len();
            let loud: Vec<&str> = known.iter().filter(|f| f.severity > Severity::Note).map(|f| f.rule).collect();
            let contrast = |(n, c): (usize, &depeche::contrasts::Contrast)| {
                serde_json::json!({
                    "kind": c.kind.name(), "stands": c.target.of(&line.target), "words": c.words,
                    "text": c.text, "reason": c.source.map(|s| s.of(&line.source)),
                    "margin": answer.margins.get(n).copied().flatten(),
                })
            };
            let contrasts: Vec<_> = question.contrasts.iter().enumerate().map(contrast).collect();
            let missing = answer
                .unsupported
                .map(|part| serde_json::json!({"words": part.span().of(&line.source), "nats": part.nats}));
            println!(
                "{}",
                serde_json::json!({"id": line.id, "loud": loud, "contrasts": contrasts, "missing": missing, "rivals": answer.rivals})
            );
        }
    }
    eprintln!("{} pairs, {made} contrasts, {:.1} s", lines.len(), start.elapsed().as_secs_f64());
    Ok(())
}
