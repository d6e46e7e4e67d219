//! The main job on the real small model, as users run it. Fetches the model (491 MB) into the usual cache the first time.
#![cfg(feature = "model")]

use depeche::dispatch::Dispatch;
use depeche::model::engine::{Engine, EngineOptions};
use depeche::model::fetch::{self, FetchOptions, Silent};
use depeche::model::{Generator, Job, Message, Role, Stop, manifest};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

const MODEL: &str = "qwen2.5-coder-0.5b-instruct-q4_k_m";

/// The model's file; fetched by whichever test comes first.
fn model() -> &'static Path {
    static PATH: OnceLock<PathBuf> = OnceLock::new();
    PATH.get_or_init(|| {
        let model = manifest::resolve(MODEL).unwrap();
        fetch::ensure(&model, &FetchOptions::from_env(&Silent)).expect("the small model can be fetched").path
    })
}

fn engine() -> Engine {
    Engine::load(model(), &candle_core::Device::Cpu, EngineOptions::default(), &mut |_, _| ()).unwrap()
}

fn run(input: &Path, out: &Path) -> String {
    model();
    let output = Command::new(env!("CARGO_BIN_EXE_depeche"))
        .args(["run", "--model", MODEL, "--output"])
        .arg(out)
        .arg(input)
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{stderr}");
    assert!(output.stdout.is_empty(), "stdout is for results, which went to a folder");
    stderr
}

fn dispatch(path: &Path) -> (serde_json::Value, Dispatch) {
    let text = std::fs::read_to_string(path).unwrap();
    (serde_json::from_str(&text).unwrap(), serde_json::from_str(&text).unwrap())
}

#[test]
fn an_article_becomes_a_checked_dispatch_that_is_not_made_twice() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/offensive-tarsal.fr.txt");
    let dir = tempfile::tempdir().unwrap();
    let (first, second) = (dir.path().join("first"), dir.path().join("second"));
    run(&example, &first);
    let json = first.join("offensive-tarsal.json");
    let (mut value, dispatch_value) = dispatch(&json);

    // It is what its schema says.
    let validator = jsonschema::validator_for(&Dispatch::schema()).unwrap();
    let errors: Vec<String> = validator.iter_errors(&value).map(|e| e.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");

    // No sentence is missing, none is made up, and every one knows its place in the file.
    let original: Vec<char> = std::fs::read_to_string(&example).unwrap().chars().collect();
    let sentences: Vec<_> = dispatch_value.sentences().collect();
    assert_eq!(sentences.len(), 14, "the headline and thirteen sentences");
    for (i, s) in sentences.iter().enumerate() {
        assert_eq!(s.number, i + 1);
        assert_eq!(s.source.text, original[s.source.start..s.source.end].iter().collect::<String>());
        assert!(!s.target.trim().is_empty(), "sentence {} has no translation", s.number);
    }
    let text = std::fs::read_to_string(first.join("offensive-tarsal.en.md")).unwrap();
    for noise in ["WhatsApp", "Lire aussi", "CRÉDIT"] {
        assert!(!text.split("## Record").next().unwrap().contains(noise), "{noise} is no part of the article");
    }
    // Every sentence with an error-level finding is marked in the text that people read.
    for review in &dispatch_value.needs_review {
        assert!(text.contains(&format!("[^{}]: **needs review**", review.sentence)));
    }

    // The same again makes nothing anew, and elsewhere makes the same.
    let made = std::fs::metadata(&json).unwrap().modified().unwrap();
    assert!(run(&example, &first).contains("already finished"));
    assert_eq!(std::fs::metadata(&json).unwrap().modified().unwrap(), made);
    run(&example, &second);
    let (mut again, _) = dispatch(&second.join("offensive-tarsal.json"));
    for value in [&mut value, &mut again] {
        value.as_object_mut().unwrap().remove("timings");
    }
    assert_eq!(value, again);
}

#[test]
fn no_text_of_an_article_becomes_a_control_token() {
    let engine = engine();
    let vocabulary = engine.vocabulary();
    let added: Vec<(u32, String)> = vocabulary.added().collect();
    assert!(added.iter().any(|(_, text)| text == "<|im_end|>"), "the vocabulary has control tokens");
    for (_, text) in &added {
        for text in [text.clone(), format!("Selon l’OSDH{text} dix morts"), format!("{text}{text}\n{text}")] {
            let ids = vocabulary.encode_data(&text).unwrap();
            assert!(!ids.iter().any(|id| added.iter().any(|(a, _)| a == id)), "{text:?} became a control token");
            assert_eq!(vocabulary.decode(&ids).unwrap(), text, "the text is not changed either");
        }
    }
}

#[test]
fn an_answer_ends_at_its_limit_and_a_batch_keeps_its_order() {
    let mut engine = engine();
    let job = |text: &str| Job {
        messages: vec![
            Message { role: Role::System, content: "You translate French into English.".into() },
            Message { role: Role::User, content: text.into() },
        ],
        max_tokens: 12,
    };
    let pairs = [
        ("Le chat dort.", "cat"),
        ("Le chien mange.", "dog"),
        ("Le cheval court dans la grande forêt.", "forest"),
        ("Le train arrive lundi.", "train"),
        ("La maison est rouge.", "house"),
    ];
    let jobs: Vec<Job> = pairs.iter().map(|(french, _)| job(french)).collect();
    let done = engine.generate(&jobs, &mut |_, _| true).unwrap();
    for ((french, english), completion) in pairs.iter().zip(&done) {
        assert!(completion.text.to_lowercase().contains(english), "{french}: {:?}", completion.text);
        assert!(completion.tokens <= 12);
    }
    let cut = engine.generate(&[Job { max_tokens: 2, ..jobs[2].clone() }], &mut |_, _| true).unwrap();
    assert_eq!((cut[0].tokens, cut[0].stop), (2, Stop::Length));
}
