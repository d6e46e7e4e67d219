//! Measures how long the correction of a flagged sentence takes when it is generated token by token, and when tokens
//! are guessed from the draft ([`Search::GreedyNear`]). The answers must be the same.
//!
//!     cargo bench --bench repair -- MODEL.gguf

// A measurement is printed.
#![allow(clippy::print_stdout)]

use depeche::model::engine::{Engine, EngineOptions};
use depeche::model::{Generator, Job, Search};
use depeche::prompt::Prompt;
use std::path::Path;
use std::time::Instant;

/// The French sentence, its draft, and the note that says what is wrong with it.
const CASES: [[&str; 3]; 3] = [
    [
        "Au moins 34 habitants de Sarcy, dont neuf enfants, ont été blessés mardi dans l’effondrement d’un marché couvert, \
         selon la mairie.",
        "At least 43 residents of Sarcy, including nine children, were wounded on Tuesday in the collapse of a covered \
         market, according to the town hall.",
        "- French says « 34 »; English says “43”",
    ],
    [
        "Le porte-parole du ministère a démenti jeudi que des soldats aient franchi le pont de Belan pendant la nuit.",
        "The spokesman for the ministry denied on Thursday that soldiers had crossed the bridge during the night.",
        "- French names « Belan »; English does not",
    ],
    [
        "« Nous avons entendu trois explosions, puis plus rien », a raconté une habitante jointe par téléphone.",
        "We heard three explosions, then nothing, said a resident reached by telephone.",
        "- the quotation marks of the French are lost",
    ],
];

fn main() {
    let path = std::env::args().skip(1).find(|a| !a.starts_with("--")).expect("a GGUF file");
    let (device, options) = (candle_core::Device::Cpu, EngineOptions::default());
    let mut engine = Engine::load(Path::new(&path), &[], &device, options, &mut |_, _| ()).expect("a model");
    let prompt = Prompt::parse(include_str!("../prompts/repair.md")).expect("a prompt of the project");
    for [sentence, draft, notes] in CASES {
        let variables = [("sentence", sentence), ("draft", draft), ("notes", notes)];
        let job = prompt.job(&variables, 80).expect("all variables");
        let mut time = |search: Search| {
            let started = Instant::now();
            let answer = engine.generate(&[Job { search, ..job.clone() }], &mut |_, _| true).expect("an answer");
            (answer, started.elapsed().as_secs_f64())
        };
        // This also reads the messages that all corrections share, so it is not measured.
        let (written, _) = time(Search::Greedy);
        println!("{} tokens: {}", written[0].tokens, written[0].text);
        for _ in 0..5 {
            let (plain, without) = time(Search::Greedy);
            let (near, with) = time(Search::GreedyNear(draft.into()));
            assert_eq!(plain, near);
            println!("  {without:.2} s, with the draft {with:.2} s: {:.2}", with / without);
        }
    }
}
