//! Measures how long it takes to put a flagged translation right for a summary, when the answer is generated token by
//! token, and when tokens are guessed from the draft ([`Search::GreedyNear`]). The answers must be the same.
//!
//! ```text
//! cargo bench --bench repair -- MODEL.gguf DRAFTS.jsonl
//! ```
//!
//! A line of `DRAFTS.jsonl` is `{"source": "…", "greedy": "…", "greedy_findings": ["…"]}`, as the bench `steer` writes
//! it; lines without findings and other keys are ignored. For each sentence the share of the answer's words that stand
//! in the draft as well is printed: the more the answer changes, the less a guess gains.

// A measurement is printed.
#![allow(clippy::print_stdout)]

use depeche::model::engine::{Engine, EngineOptions};
use depeche::model::{Generator, Job, Search};
use depeche::prompt::Prompt;
use std::collections::HashSet;
use std::path::Path;
use std::time::Instant;

/// A line of `DRAFTS.jsonl`.
#[derive(serde::Deserialize)]
struct Drafted {
    source: String,
    greedy: String,
    greedy_findings: Vec<String>,
}

/// How often each answer is generated. The fastest run counts, because another process on the
/// machine may slow one down.
const RUNS: usize = 3;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    let [model, drafts] = args.as_slice() else {
        println!("needs: MODEL.gguf DRAFTS.jsonl; nothing done");
        return;
    };
    let (device, options) = (candle_core::Device::Cpu, EngineOptions::default());
    let mut engine = Engine::load(Path::new(model), &[], &device, options, &mut |_, _| ()).expect("a model");
    let prompt = Prompt::parse(include_str!("../prompts/summary-repair.md")).expect("a prompt of the project");
    let drafts = std::fs::read_to_string(drafts).expect("a file of drafts");
    let mut ratios = Vec::new();
    let (mut plain_total, mut near_total) = (0., 0.);
    for line in drafts.lines() {
        let drafted: Drafted = serde_json::from_str(line).expect("a line of drafts");
        let Drafted { source, greedy, greedy_findings: findings } = drafted;
        if findings.is_empty() {
            continue;
        }
        let notes = findings.iter().map(|f| format!("- {f}")).collect::<Vec<_>>().join("\n");
        let job =
            prompt.job(&[("sentence", &source), ("draft", &greedy), ("notes", &notes)], 200).expect("all variables");
        let mut time = |search: Search| {
            let started = Instant::now();
            let answer = engine.generate(&[Job { search, ..job.clone() }], &mut |_, _| true).expect("an answer");
            (answer, started.elapsed().as_secs_f64())
        };
        // The first run may also have to read the messages that all sentences share, so it is not
        // measured.
        let (written, _) = time(Search::Greedy);
        let (mut without, mut with) = (f64::INFINITY, f64::INFINITY);
        for _ in 0..RUNS {
            let (plain, seconds) = time(Search::Greedy);
            without = without.min(seconds);
            let (near, seconds) = time(Search::GreedyNear(greedy.clone()));
            with = with.min(seconds);
            assert_eq!(plain, near);
        }
        let known: HashSet<&str> = greedy.split_whitespace().collect();
        let words: Vec<&str> = written[0].text.split_whitespace().collect();
        let kept = words.iter().filter(|word| known.contains(*word)).count() as f64 / words.len().max(1) as f64;
        println!("{without:.2} s, with the draft {with:.2} s: {:.2}; {:.0} % kept", with / without, 100. * kept);
        ratios.push(with / without);
        (plain_total, near_total) = (plain_total + without, near_total + with);
    }
    ratios.sort_by(f64::total_cmp);
    if let Some(median) = ratios.get(ratios.len() / 2) {
        println!("{} sentences: median {median:.2}, in all {:.2}", ratios.len(), near_total / plain_total);
    }
}
