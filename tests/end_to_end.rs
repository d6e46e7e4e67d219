//! Translation with the real small model, as users run it. The first run fetches the model (491 MB)
//! into the usual cache.
#![cfg(feature = "model")]

use depeche::dispatch::Dispatch;
use depeche::model::engine::{Engine, EngineOptions};
use depeche::model::fetch::{self, FetchOptions, Silent};
use depeche::model::{Completion, Generator, Job, Message, ModelError, Role, Search, Stop, manifest};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The smallest model that has a manifest.
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
    Engine::load(model(), &[], &candle_core::Device::Cpu, EngineOptions::default(), &mut |_, _| ()).unwrap()
}

/// Runs `depeche run` on a file, with the results in the folder `out`; returns what it wrote to
/// stderr.
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

/// A dispatch on disk, as JSON and as the program reads it.
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
    let (mut value, made_first) = dispatch(&json);

    // The dispatch is valid by its schema.
    let validator = jsonschema::validator_for(&Dispatch::schema()).unwrap();
    let errors: Vec<String> = validator.iter_errors(&value).map(|e| e.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");

    // No sentence is missing, none is made up, and every one knows its place in the file.
    let original: Vec<char> = std::fs::read_to_string(&example).unwrap().chars().collect();
    let sentences: Vec<_> = made_first.sentences().collect();
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
    for review in &made_first.needs_review {
        assert!(text.contains(&format!("[^{}]: **needs review**", review.sentence)));
    }

    // A second run into the same folder makes nothing anew; a run into another folder makes the same dispatch.
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
    let job = |text: &str| {
        Job::new(
            vec![
                Message { role: Role::System, content: "You translate French into English.".into() },
                Message { role: Role::User, content: text.into() },
            ],
            12,
        )
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

/// Greedy decoding gives the same text as candle-transformers on the same file, except where the
/// reference is itself undecided between two tokens.
#[cfg(feature = "reference")]
#[test]
fn the_small_model_says_what_candle_transformers_says() {
    use candle_core::quantized::gguf_file::Content;
    use candle_core::{Device, Tensor};
    use depeche::model::decoder::{self, Resources, StepInput};
    use depeche::model::gguf::Gguf;
    use depeche::model::kernels::isa::Isa;
    let mut file = std::fs::File::open(model()).unwrap();
    let content = Content::read(&mut file).unwrap();
    let mut reference =
        candle_transformers::models::quantized_qwen2::ModelWeights::from_gguf(content, &mut file, &Device::Cpu)
            .unwrap();
    let resources = Resources { threads: 2, tokens: 512, isa: Isa::best() };
    let mut ours = decoder::load(&Gguf::open(model()).unwrap(), &[], &Device::Cpu, resources, &mut |_, _| ()).unwrap();
    let engine = engine();
    let text = "The army said on Monday that its forces had taken the town, but the observatory reported";
    let mut tokens = engine.vocabulary().encode_data(text).unwrap();
    let sequence = ours.open(None, tokens.len() + 40).unwrap();
    let mut new = tokens.clone();
    let mut close_calls = 0;
    for _ in 0..40 {
        let x = Tensor::new(new.as_slice(), &Device::Cpu).unwrap().unsqueeze(0).unwrap();
        let right: Vec<f32> =
            reference.forward(&x, tokens.len() - new.len()).unwrap().flatten_all().unwrap().to_vec1().unwrap();
        let got = ours.step(&[StepInput { sequence, tokens: &new, adapter: None, logits: 1 }]).unwrap().values;
        let square = |v: &mut dyn Iterator<Item = f32>| v.map(|v| f64::from(v).powi(2)).sum::<f64>().sqrt();
        let off = square(&mut got.iter().zip(&right).map(|(a, b)| a - b)) / square(&mut right.iter().copied());
        assert!(off < 0.05, "logits are off by {off:.4} behind {} tokens", tokens.len());
        let best = |v: &[f32]| v.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).map(|(i, _)| i).unwrap();
        let (a, b) = (best(&right), best(&got));
        // Where the two differ, the reference itself must be undecided: within half a logit, the probabilities differ
        // by less than a factor of 1.65.
        close_calls += usize::from(a != b);
        assert!(a == b || right[a] - right[b] < 0.5, "token {}: {a}, not {b}", tokens.len());
        new = vec![a as u32];
        tokens.push(a as u32);
    }
    assert!(close_calls <= 2, "{close_calls} of 40 tokens differ");
}

/// The translation of a sentence does not depend on the sentences beside it, their order, or the number of threads.
#[test]
fn a_sentence_gives_the_same_tokens_in_any_batch_and_on_any_number_of_threads() {
    let sentences = [
        "L’armée a annoncé lundi la mort de douze combattants.",
        "Selon l’Observatoire, plus de 250 personnes ont été tuées en deux jours.",
        "« Nous n’avons reçu aucune aide », a déclaré un habitant de la ville.",
        "Le ministre a démenti toute implication.",
        "Deux convois ont quitté la région dans la nuit de mardi à mercredi, d’après des témoins.",
    ];
    let job = |text: &&str| {
        Job::new(
            vec![
                Message { role: Role::System, content: "Translate into English.".into() },
                Message { role: Role::User, content: (*text).into() },
            ],
            40,
        )
    };
    let jobs: Vec<Job> = sentences.iter().map(job).collect();
    let with = |batch, threads, chunk| {
        let options = EngineOptions { batch, threads, chunk, ..EngineOptions::default() };
        Engine::load(model(), &[], &candle_core::Device::Cpu, options, &mut |_, _| ()).unwrap()
    };
    let mut engine = with(1, 1, 512);
    let alone: Vec<_> =
        jobs.iter().map(|j| engine.generate(std::slice::from_ref(j), &mut |_, _| true).unwrap()).collect();
    let alone: Vec<_> = alone.into_iter().flatten().collect();
    // With so little memory, some sequences wait until others are done.
    let small = EngineOptions { context: 128, kv_bytes: 0, chunk: 16, threads: 2, ..EngineOptions::default() };
    let mut small = Engine::load(model(), &[], &candle_core::Device::Cpu, small, &mut |_, _| ()).unwrap();
    assert_eq!(small.generate(&jobs, &mut |_, _| true).unwrap(), alone, "in little memory");
    for (batch, threads, chunk) in [(16, 2, 512), (2, 3, 7)] {
        let mut engine = with(batch, threads, chunk);
        assert_eq!(engine.generate(&jobs, &mut |_, _| true).unwrap(), alone, "{batch} together, {threads} threads");
        // A caller that gives up leaves nothing behind.
        assert!(matches!(engine.generate(&jobs, &mut |_, _| false), Err(ModelError::Cancelled)));
        let mut backwards: Vec<Job> = jobs.clone();
        backwards.reverse();
        let mut other = engine.clone();
        // Another caller asks the same engine at the same time.
        let (mut one, two) = std::thread::scope(|s| {
            let one = s.spawn(move || other.generate(&backwards, &mut |_, _| true).unwrap());
            let two = engine.generate(&jobs, &mut |_, _| true).unwrap();
            (one.join().unwrap(), two)
        });
        one.reverse();
        assert!(one == alone && two == alone, "two callers, {batch} together, {threads} threads");
    }
}

/// The choice among translations relies on this: a wider search finds what is at least as likely, a given answer has
/// the same likelihood as when it was generated, and an answer holds what it must hold.
#[test]
fn searches_agree_with_each_other_and_hold_what_they_must() {
    let mut engine = engine();
    let texts = [
        "Selon l’OSDH, plus de 250 personnes ont été tuées en deux jours.",
        "Le chat dort.",
        "Deux convois ont quitté la région mardi, d’après des témoins.",
    ];
    let job = |text: &str, search: Search| {
        let message = |role, content: &str| Message { role, content: content.into() };
        let messages = vec![message(Role::System, "Translate into English."), message(Role::User, text)];
        Job { search, ..Job::new(messages, 40) }
    };
    let beam = |width, needs: &[&[&str]]| {
        let needs = needs.iter().map(|n| n.iter().map(ToString::to_string).collect()).collect();
        Search::Beam { width, needs, bans: Vec::new() }
    };
    let mut ask = |jobs: Vec<Job>| engine.generate(&jobs, &mut |_, _| true).unwrap();
    let all = |search: &dyn Fn(usize) -> Search| texts.iter().enumerate().map(|(i, t)| job(t, search(i))).collect();
    let greedy = ask(all(&|_| Search::Greedy));
    // A beam search says nothing of the single tokens of its answers.
    let without_tokens =
        |c: &Completion| Completion { token_log_probs: Vec::new(), token_ends: Vec::new(), ..c.clone() };
    let stripped: Vec<Completion> = greedy.iter().map(without_tokens).collect();
    assert_eq!(ask(all(&|_| beam(1, &[]))), stripped, "a beam of one is greedy");
    for answer in &greedy {
        assert_eq!((answer.token_log_probs.len(), answer.token_ends.len()), (answer.tokens + 1, answer.tokens));
        assert_eq!(answer.token_ends.last(), Some(&answer.text.len()));
        assert!(answer.token_ends.is_sorted() && answer.token_ends.iter().all(|&e| answer.text.is_char_boundary(e)));
    }
    let given = ask(all(&|i| Search::Given(greedy[i].text.clone())));
    // The first answer holds an acronym, which the model cuts into other tokens than the tokenizer does.
    for (given, greedy) in given.iter().zip(&greedy).skip(1) {
        assert!((given.mean_log_prob - greedy.mean_log_prob).abs() < 1e-4, "{given:?} {greedy:?}");
    }
    // Several answers to one prompt are read together, and each is as likely as it is alone: answers that differ at the
    // beginning, in the middle, at the end, and not at all.
    let text = &greedy[2].text;
    let (middle, _) = text.char_indices().filter(|(_, c)| *c == ' ').nth(3).unwrap();
    let variants = [
        text.clone(),
        format!("{} never{}", &text[..middle], &text[middle..]),
        format!("{} hardly ever{}", &text[..middle], &text[middle..]),
        format!("Yesterday, {text}"),
        format!("{text} And so on"),
        text[..middle].to_string(),
        text.clone(),
        String::new(),
    ];
    let jobs: Vec<Job> = variants.iter().map(|v| job(texts[2], Search::Given(v.clone()))).collect();
    let alone: Vec<Completion> = jobs.iter().map(|job| ask(vec![job.clone()]).remove(0)).collect();
    assert_eq!(ask(jobs), alone);
    // The model's own answer is changed in one word. Among the rivals of the changed text is then
    // the model's own answer, with the likelihood that it has when it is asked about by itself. The
    // search for rivals changes neither the likelihood of the text nor that of other jobs.
    let wrong = text.replacen(text[middle..].split(' ').nth(1).unwrap(), "banana", 1);
    let jobs =
        [Search::Rivals(wrong.clone()), Search::Given(text.clone()), Search::Given(wrong)].map(|s| job(texts[2], s));
    let [rivals, right, plain] = ask(jobs.to_vec()).try_into().unwrap();
    assert_eq!(Completion { others: Vec::new(), ..rivals.clone() }, plain);
    let own = rivals.others.iter().find(|rival| rival.text == *text).unwrap_or_else(|| panic!("{rivals:?}"));
    assert!((own.mean_log_prob - right.mean_log_prob).abs() < 1e-4, "{own:?} {right:?}");
    assert_eq!(ask(vec![jobs[0].clone()]), [rivals]);
    // The text from which tokens are guessed does not change the answer, be it the answer itself, the answer with a
    // word changed, another text, or none.
    let changed = |i: usize| {
        let mut words: Vec<&str> = greedy[i].text.split(' ').collect();
        let middle = words.len() / 2;
        words.splice(middle..middle + 1, ["of", "the", "the"]);
        words.join(" ")
    };
    let nears: [&dyn Fn(usize) -> String; 4] =
        [&|i| greedy[i].text.clone(), &changed, &|i| texts[i].into(), &|_| String::new()];
    for near in nears {
        assert_eq!(ask(all(&|i| Search::GreedyNear(near(i)))), greedy);
        for i in 0..texts.len() {
            let alone = ask(vec![job(texts[i], Search::GreedyNear(near(i)))]);
            assert_eq!(alone, greedy[i..=i]);
        }
    }
    let wide = ask(all(&|_| beam(4, &[])));
    for (wide, greedy) in wide.iter().zip(&greedy) {
        assert!(wide.mean_log_prob >= greedy.mean_log_prob, "{wide:?}");
        assert!(wide.others.windows(2).all(|w| w[0].mean_log_prob >= w[1].mean_log_prob));
    }
    assert!(wide.iter().any(|w| !w.others.is_empty()), "what is nearly as likely is answered, too");
    // Beside other jobs, a search gives the same.
    let mixed = vec![job(texts[2], beam(4, &[])), job(texts[0], Search::Greedy), job(texts[1], beam(4, &[]))];
    assert_eq!(ask(mixed), [wide[2].clone(), greedy[0].clone(), wide[1].clone()]);
    let needs: [&[&str]; 2] = [&["SOHR", "Syrian Observatory"], &["more than 250", "over 250"]];
    let forced = ask(vec![job(texts[0], beam(6, &needs))]).remove(0);
    for answer in std::iter::once(&forced).chain(&forced.others) {
        assert!(needs.iter().all(|n| n.iter().any(|s| answer.text.to_lowercase().contains(&s.to_lowercase()))));
    }
    assert!(!forced.text.is_empty());
    // A word of the model's own answer, whatever it is, is banned.
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).map(str::to_string).collect()
    };
    let word = words(&greedy[1].text).remove(1);
    let banned = Search::Beam { width: 3, needs: Vec::new(), bans: vec![word.clone()] };
    let without = ask(vec![job(texts[1], banned)]).remove(0);
    assert!(!without.text.is_empty() && !words(&without.text).contains(&word), "{word}: {:?}", without.text);
}

/// A reversed event (killed for released) and a wrong place (a factory for a school, which some right translations put
/// for each other, so that no rule reports it) are found, right translations get no finding, and the answers of the
/// model are kept.
#[test]
fn a_second_look_finds_what_no_rule_can_know() {
    let school = "Deux obus sont tombés sur une école de Varnel.";
    let nurses = "Les douze infirmières ont été libérées à l'aube.";
    let pairs = [
        (school, "Two shells fell on a factory in Varnel.", Some("Two shells fell on a school in Varnel.")),
        (school, "Two shells fell on a school in Varnel.", None),
        (nurses, "The twelve nurses were killed at dawn.", Some("The twelve nurses were released at dawn.")),
        (nurses, "The twelve nurses were freed at dawn.", None),
    ];
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("pairs.jsonl");
    let line = |(source, target, _): &(&str, &str, Option<&str>)| {
        serde_json::json!({"id": target, "source": source, "target": target}).to_string() + "\n"
    };
    std::fs::write(&file, pairs.iter().map(line).collect::<String>()).unwrap();
    let check = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_depeche"));
        command.args(["check", "--no-config", "--deep", "--offline", "--format", "jsonl", "--fail-on", "never"]);
        command.arg("--model").arg(model()).arg("--pairs").arg(&file).env("DEPECHE_CACHE", dir.path());
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let first = check();
    for (line, (_, target, wanted)) in first.lines().zip(&pairs) {
        let answer: serde_json::Value = serde_json::from_str(line).unwrap();
        let by_contrast = |f: &&serde_json::Value| f["by"] == "contrast";
        let preferred =
            answer["findings"].as_array().unwrap().iter().find(by_contrast).map(|f| f["preferred"].as_str().unwrap());
        assert_eq!(preferred, *wanted, "{target}: {line}");
    }
    assert!(dir.path().join("contrasts").is_dir(), "the answers are kept");
    assert_eq!(check(), first);
}
