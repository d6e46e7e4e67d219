//! A dispatch that somebody edited, or that another program wrote, is either refused when it is read, or summarised and
//! shown without a panic.
#![cfg(feature = "model")]

use depeche::article::{Article, ReadOptions};
use depeche::checks::engine::Settings;
use depeche::dispatch::{Decoding, Dispatch, ModelRecord, SettingsRecord, SummarySettings};
use depeche::model::Job;
use depeche::model::scripted::Scripted;
use depeche::pipeline::{self, Prompts, RunSettings};
use depeche::report::markdown;
use proptest::prelude::*;
use serde_json::Value;
use std::sync::LazyLock;

const FRENCH: &str = "La route de Sarcy est coupée\n\nAu moins 12 personnes ont été tuées jeudi à Sarcy, selon la mairie. \
                      « Nous ne savons rien », a déclaré M. Belan. Le ministère a démenti. L’ONG fait état de 15 morts.";

/// The translations of the sentences of `FRENCH`, in their order.
const ENGLISH: [&str; 5] = [
    "The road to Sarcy is cut",
    "At least 12 people were killed in Sarcy on Thursday, according to the town hall.",
    "“We know nothing,” Mr Belan said.",
    "The ministry denied it.",
    "The NGO reports 15 dead.",
];

/// A record of no real model.
fn model() -> ModelRecord {
    let [id, sha256, architecture, device] = ["none", "", "", "cpu"].map(String::from);
    ModelRecord { id, sha256, architecture, device, adapter: None }
}

fn settings() -> SettingsRecord {
    SettingsRecord {
        seed: 0,
        decoding: Decoding::Greedy,
        batch: 1,
        context: 4096,
        keep_boilerplate: false,
        date: None,
        summary: true,
        summarize: Some(SummarySettings::default()),
        checks: None,
    }
}

/// Calls `act` with the settings of a run, which borrow what they name.
fn with<T>(act: impl FnOnce(&RunSettings<'_>) -> T) -> T {
    act(&RunSettings { model: &model(), settings: &settings(), checks: &Settings::default() })
}

/// A dispatch that nobody has edited.
static WHOLE: LazyLock<Value> = LazyLock::new(|| {
    let article = Article::from_text("a.txt", FRENCH, &ReadOptions::default()).unwrap();
    let sentences: Vec<String> = article.sentences().map(|s| s.text.clone()).collect();
    let answer = move |job: &Job| {
        let asked = &job.messages.last().unwrap().content;
        let at = sentences.iter().position(|s| asked.contains(s.as_str()));
        at.and_then(|at| ENGLISH.get(at)).unwrap_or(&"No.").to_string()
    };
    let mut model = Scripted::new(answer);
    let made = with(|job| pipeline::dispatch(&article, &mut model, job, &Prompts::standard(), &mut |_| true));
    serde_json::to_value(made.unwrap()).unwrap()
});

/// The JSON pointers of all values in a document, outer ones before inner ones.
fn places(value: &Value, at: &str, out: &mut Vec<String>) {
    out.push(at.to_string());
    match value {
        Value::Array(items) => items.iter().enumerate().for_each(|(i, v)| places(v, &format!("{at}/{i}"), out)),
        Value::Object(fields) => fields.iter().for_each(|(k, v)| places(v, &format!("{at}/{k}"), out)),
        _ => {}
    }
}

/// What replaces a value: something of the same kind most of the time, so that the document is still a dispatch.
fn changed(old: &Value, how: u8, number: u64, text: &str) -> Value {
    match (old, how % 8) {
        (_, 0) => Value::Null,
        (Value::Number(_), 1) => (number as i64).into(),
        (Value::Number(_), _) => (number % 300).into(),
        (Value::String(s), 1..4) => {
            s.chars().take(number as usize % (s.chars().count() + 1)).collect::<String>().into()
        }
        (Value::String(s), 4) => format!("{text}{s}").into(),
        (Value::String(_), _) => text.into(),
        (Value::Array(items), 1) => items.iter().rev().cloned().collect(),
        (Value::Array(items), 2) => items.iter().chain(items).cloned().collect(),
        (Value::Array(items), 3..5) => items.iter().take(number as usize % (items.len() + 1)).cloned().collect(),
        (Value::Array(_), _) => Value::Array(Vec::new()),
        (Value::Bool(b), _) => (!b).into(),
        (old, _) => old.clone(),
    }
}

/// Reads a dispatch, summarises it anew and renders it; returns whether it could be read.
fn read_back(value: Value) -> bool {
    let Ok(dispatch) = serde_json::from_value::<Dispatch>(value) else { return false };
    let mut model = Scripted::new(|job: &Job| job.messages.last().map_or(String::new(), |m| m.content.clone()));
    let made = with(|job| pipeline::resummarise(&dispatch, &mut model, job, &Prompts::standard()));
    markdown::render(&dispatch);
    if let Ok(made) = made {
        markdown::render(&made);
        markdown::render_summary(&made);
    }
    true
}

#[test]
fn a_whole_dispatch_is_read_back() {
    assert!(read_back(WHOLE.clone()));
    assert!(WHOLE["blocks"][1]["sentences"].as_array().unwrap().len() == 4, "{}", *WHOLE);
}

/// A case that the property test below has found.
#[test]
fn figures_that_are_not_there_are_passed_over() {
    let mut value = WHOLE.clone();
    let figures = value.pointer_mut("/figure_groups/0/figures").expect("two figures of the same thing");
    *figures = serde_json::json!([0, 121]);
    assert!(read_back(value));
}

proptest! {
    // proptest would keep failed cases beside the lib.rs or main.rs of this folder, which has neither.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_edited_dispatch_is_refused_or_summarised(
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), any::<u64>(), "\\PC{0,20}"), 1..6),
    ) {
        let mut value = WHOLE.clone();
        for (place, how, number, text) in &edits {
            let mut all = Vec::new();
            places(&value, "", &mut all);
            let place: &String = place.get(&all);
            let at = value.pointer_mut(place).unwrap();
            *at = changed(at, *how, *number, text);
        }
        read_back(value);
    }
}
