//! Batches that survive: whatever happens to a run, every article ends as one whole dispatch or one line that says why
//! not.
#![cfg(feature = "model")]

mod models;
mod tiny;

use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

/// A folder with the tiny model and a file of articles, in which commands are run.
struct Desk {
    dir: tempfile::TempDir,
}

impl Desk {
    fn new(articles: usize) -> Desk {
        let desk = Desk { dir: tempfile::tempdir().unwrap() };
        tiny::model(&desk.path("tiny.gguf"), None, &[]);
        let lines: String = (0..articles).map(line).collect();
        fs::write(desk.path("press.jsonl"), lines).unwrap();
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// A command of depeche in the folder, without a network.
    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_depeche"));
        command
            .args(args)
            .current_dir(self.dir.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command.env("DEPECHE_CACHE", self.path("cache")).env("HF_HOME", self.path("hub")).env("HF_HUB_OFFLINE", "1");
        command
    }

    /// `depeche translate` with the tiny model and these further arguments.
    fn translate(&self, args: &[&str]) -> Command {
        let model = ["translate", "--greedy", "--model", "tiny.gguf", "--threads", "1"];
        self.command(&[&model, args].concat())
    }

    /// What [`Self::translate`] gives, once it has ended.
    fn run(&self, args: &[&str]) -> Output {
        self.translate(args).output().unwrap()
    }

    /// The dispatches of a folder, without the time that they took, and the index.
    fn results(&self, folder: &str) -> (BTreeMap<String, String>, Vec<Value>) {
        let mut dispatches = BTreeMap::new();
        for entry in fs::read_dir(self.path(folder)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_string();
            if name.starts_with('.') || name.starts_with("index") || path.is_dir() {
                continue;
            }
            let mut text = fs::read_to_string(&path).unwrap();
            if name.ends_with(".json") {
                let mut dispatch: Value = serde_json::from_str(&text).unwrap();
                dispatch.as_object_mut().unwrap().remove("timings").unwrap();
                text = dispatch.to_string();
            }
            dispatches.insert(name, text);
        }
        (dispatches, self.index(folder))
    }

    /// The lines of a folder's index.
    fn index(&self, folder: &str) -> Vec<Value> {
        let index = fs::read_to_string(self.path(folder).join("index.jsonl")).unwrap();
        index.lines().map(|l| serde_json::from_str(l).unwrap()).collect()
    }
}

/// Line `n` of the file of articles, counted from 0.
fn line(n: usize) -> String {
    // Every fiftieth line is no article.
    if n % 50 == 49 {
        return "{\"id\": 1, \"text\": \n".into();
    }
    let text = format!("La ville de Sarcy a reçu {n} familles.");
    serde_json::json!({"id": format!("a{n}"), "text": text}).to_string() + "\n"
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Sends a signal, by its name without "SIG".
#[cfg(unix)]
fn signal(child: &Child, name: &str) {
    let status = Command::new("kill").args([&format!("-{name}"), &child.id().to_string()]).status().unwrap();
    assert!(status.success());
}

/// Waits until an index has so many lines: one for each article that is done or has failed.
fn wait_for(index: &Path, lines: usize) {
    let started = Instant::now();
    while fs::read_to_string(index).unwrap_or_default().lines().count() < lines {
        assert!(started.elapsed() < Duration::from_secs(60), "no articles are finished");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Waits for a process to end. One that takes longer than `limit` is killed, and the test fails.
fn within(mut child: Child, limit: Duration) -> Output {
    let started = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if started.elapsed() > limit {
            child.kill().unwrap();
            panic!("it did not end within {limit:?}");
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    child.wait_with_output().unwrap()
}

#[test]
fn a_batch_that_is_killed_again_and_again_ends_as_one_that_was_not() {
    let desk = Desk::new(300);
    let started = Instant::now();
    assert_eq!(desk.run(&["press.jsonl", "-o", "whole"]).status.code(), Some(2), "six lines are no articles");
    let time = started.elapsed();
    let mut state = 1u64;
    let mut kills = 0;
    while kills < 100 {
        let mut child = desk.translate(&["press.jsonl", "-o", "out"]).spawn().unwrap();
        // A run gets up to an eighth of the time of the whole batch (xorshift64, Marsaglia 2003),
        // so that most are killed in the middle of the work, and some while they start or end.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        std::thread::sleep(time.mul_f64((state % 1000) as f64 / 1000. / 8.));
        if child.try_wait().unwrap().is_some() {
            // The batch was done before it could be killed, so it begins once more.
            fs::remove_dir_all(desk.path("out")).unwrap();
            continue;
        }
        child.kill().unwrap();
        child.wait().unwrap();
        kills += 1;
    }
    assert_eq!(desk.run(&["press.jsonl", "-o", "out"]).status.code(), Some(2));
    let (whole, out) = (desk.results("whole"), desk.results("out"));
    assert_eq!(whole.0.len(), 2 * 294);
    assert_eq!(whole.1.len(), 300);
    assert!(whole.0 == out.0, "the dispatches differ");
    assert_eq!(sorted(whole.1), sorted(out.1));
}

/// The lines of an index as texts, in an order that does not depend on the run.
fn sorted(index: Vec<Value>) -> Vec<String> {
    let mut lines: Vec<String> = index.iter().map(Value::to_string).collect();
    lines.sort();
    lines
}

#[cfg(unix)]
#[test]
fn a_signal_leaves_whole_dispatches_and_sets_the_exit_code() {
    let desk = Desk::new(300);
    for (name, code) in [("TERM", 143), ("INT", 130)] {
        let child = desk.translate(&["press.jsonl", "-o", name]).spawn().unwrap();
        wait_for(&desk.path(name).join("index.jsonl"), 5);
        signal(&child, name);
        let output = within(child, Duration::from_secs(20));
        assert_eq!(output.status.code(), Some(code), "{}", stderr(&output));
        assert!(stderr(&output).contains("finished dispatches are kept"), "{}", stderr(&output));
        let (dispatches, index) = desk.results(name);
        let done: Vec<&Value> = index.iter().filter(|e| e["status"] == "done").collect();
        assert!(index.len() < 300 && dispatches.len() == 2 * done.len(), "{} lines", index.len());
    }
}

#[cfg(unix)]
#[test]
fn a_signal_is_obeyed_while_standard_input_keeps_everybody_waiting() {
    let desk = Desk::new(1);
    for args in [&["-"][..], &["-", "--input-format", "jsonl"]] {
        let mut command = desk.translate(args);
        let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
        let _open = child.stdin.take();
        std::thread::sleep(Duration::from_millis(300));
        signal(&child, "INT");
        assert_eq!(within(child, Duration::from_secs(5)).status.code(), Some(130));
    }
    let summarize = ["summarize", "--greedy", "--model", "tiny.gguf", "--threads", "1", "-"];
    let mut child = desk.command(&summarize).stdin(Stdio::piped()).spawn().unwrap();
    let _open = child.stdin.take();
    std::thread::sleep(Duration::from_millis(300));
    signal(&child, "INT");
    assert_eq!(within(child, Duration::from_secs(5)).status.code(), Some(130));
    // Nobody writes to this named pipe.
    if Command::new("mkfifo").arg(desk.path("fifo.txt")).status().is_ok_and(|s| s.success()) {
        let child = desk.translate(&["fifo.txt"]).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(300));
        signal(&child, "INT");
        assert_eq!(within(child, Duration::from_secs(5)).status.code(), Some(130));
    }
}

#[cfg(unix)]
#[test]
fn a_signal_is_obeyed_while_another_fetches_the_model() {
    let desk = Desk::new(1);
    fs::create_dir_all(desk.path("cache/locks")).unwrap();
    let held = fs::File::create(desk.path("cache/locks/lab--any--m.gguf.lock")).unwrap();
    held.lock().unwrap();
    let mut command = desk.command(&["translate", "--model", "lab/any/m.gguf", "press.jsonl", "-o", "out"]);
    // Should depeche try to fetch the model itself: nothing listens on port 9, the discard port.
    command.env_remove("HF_HUB_OFFLINE").env("HF_ENDPOINT", "http://127.0.0.1:9");
    let mut child = command.spawn().unwrap();
    let mut line = String::new();
    let mut said = BufReader::new(child.stderr.take().unwrap());
    while !line.contains("another depeche is fetching") {
        line.clear();
        assert!(said.read_line(&mut line).unwrap() > 0, "it did not wait");
    }
    signal(&child, "INT");
    assert_eq!(within(child, Duration::from_secs(5)).status.code(), Some(130));
}

#[test]
fn a_sentence_longer_than_the_model_can_hold_affects_only_its_article() {
    let desk = Desk::new(0);
    let long = "La ville de Sarcy a reçu des familles et des camions et des vivres ".repeat(400);
    let text = |text: &str, id: &str| serde_json::json!({"id": id, "text": text}).to_string() + "\n";
    let lines = [text("La ville a reçu 3 familles.", "a"), text(&long, "b"), text("La route est fermée.", "c")];
    fs::write(desk.path("x.jsonl"), lines.concat()).unwrap();
    let output = desk.run(&["x.jsonl", "-o", "out"]);
    assert!([Some(0), Some(2)].contains(&output.status.code()), "{}", stderr(&output));
    let index = desk.index("out");
    let done = |id: &str| index.iter().any(|e| e["status"] == "done" && e["output"] == format!("x-{id}"));
    assert!(index.len() == 3 && done("a") && done("c"), "{index:?}");
}

#[test]
fn more_threads_than_the_machine_runs_are_not_started() {
    let desk = Desk::new(3);
    assert_eq!(desk.run(&["press.jsonl", "-o", "one"]).status.code(), Some(0));
    let model = ["translate", "--greedy", "--model", "tiny.gguf", "--threads", "10000", "press.jsonl", "-o", "many"];
    let output = within(desk.command(&model).spawn().unwrap(), Duration::from_secs(60));
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stderr(&output).contains("--threads 10000: this machine runs"), "{}", stderr(&output));
    assert!(desk.results("one").0 == desk.results("many").0);
}

#[test]
fn a_dispatch_that_cannot_be_written_fails_only_its_article() {
    let desk = Desk::new(4);
    fs::create_dir_all(desk.path("out/press-a1.json")).unwrap();
    let output = desk.run(&["press.jsonl", "-o", "out"]);
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    let index = desk.index("out");
    let failed: Vec<&Value> = index.iter().filter(|e| e["status"] == "failed").collect();
    assert_eq!((index.len(), failed.len()), (4, 1));
    assert!(failed[0]["file"] == "press.jsonl:2" && failed[0]["error"].as_str().unwrap().contains("press-a1.json"));
}

#[test]
fn every_article_has_files_of_its_own() {
    let desk = Desk::new(0);
    let text = |n: usize| format!("La ville de Sarcy a reçu {n} familles.");
    let object = |id: Value, n: usize| serde_json::json!({"id": id, "text": text(n)}).to_string() + "\n";
    let long = "n".repeat(240);
    let ids = [1.into(), "1".into(), 1.into(), "x/y".into(), "x?y".into(), Value::Null, long.clone().into()];
    let lines: String = ids.into_iter().enumerate().map(|(n, id)| object(id, n)).collect();
    fs::write(desk.path("x.jsonl"), lines).unwrap();
    fs::write(desk.path("x-1.txt"), text(90)).unwrap();
    fs::write(desk.path(&format!("{long}.txt")), text(91)).unwrap();
    let output = desk.run(&["x.jsonl", "x-1.txt", &format!("{long}.txt"), "-o", "out"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let (dispatches, index) = desk.results("out");
    assert_eq!((dispatches.len(), index.len()), (18, 9), "{:?}", dispatches.keys());
    // An article of a later run does not take the files of another either.
    fs::write(desk.path("x-x-y.txt"), text(92)).unwrap();
    fs::create_dir(desk.path("other")).unwrap();
    fs::write(desk.path("other/x-1.txt"), text(93)).unwrap();
    assert_eq!(desk.run(&["other/x-1.txt", "-o", "out"]).status.code(), Some(0));
    assert_eq!(desk.results("out").0.len(), 20);
}

#[test]
fn a_second_run_in_the_folder_is_told_to_wait() {
    let desk = Desk::new(300);
    let first = desk.translate(&["press.jsonl", "-o", "out"]).spawn().unwrap();
    wait_for(&desk.path("out/index.jsonl"), 1);
    let second = desk.run(&["press.jsonl", "-o", "out"]);
    assert_eq!(second.status.code(), Some(75), "{}", stderr(&second));
    assert!(stderr(&second).contains("another depeche"), "{}", stderr(&second));
    assert_eq!(within(first, Duration::from_secs(120)).status.code(), Some(2));
    assert_eq!(desk.index("out").len(), 300);
}

#[test]
fn a_folder_that_vanishes_ends_the_run() {
    let desk = Desk::new(300);
    let child = desk.translate(&["press.jsonl", "-o", "out"]).spawn().unwrap();
    wait_for(&desk.path("out/index.jsonl"), 3);
    fs::rename(desk.path("out"), desk.path("away")).unwrap();
    let output = within(child, Duration::from_secs(60));
    assert_eq!(output.status.code(), Some(75), "{}", stderr(&output));
    assert!(stderr(&output).contains("removed or replaced"), "{}", stderr(&output));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_ends_the_run_and_can_be_tried_again() {
    let desk = Desk::new(40);
    // No file that this process writes may grow beyond one block of the shell. With SIGXFSZ
    // ignored, a longer write fails, as it does on a full disk.
    let full = format!(
        "ulimit -f 1; exec {} translate --greedy --model tiny.gguf --threads 1 press.jsonl -o out",
        env!("CARGO_BIN_EXE_depeche")
    );
    let shell = desk.command(&[]);
    let mut command = Command::new("sh");
    command.arg("-c").arg(format!("trap '' XFSZ; {full}")).current_dir(desk.dir.path());
    command.envs(shell.get_envs().filter_map(|(k, v)| Some((k, v?))));
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(75), "{}", stderr(&output));
    assert_eq!(desk.run(&["press.jsonl", "-o", "out"]).status.code(), Some(0));
    assert_eq!(desk.index("out").len(), 40);
}

#[test]
fn failed_articles_are_tried_again_only_on_request() {
    let desk = Desk::new(2);
    fs::create_dir_all(desk.path("out/press-a1.json")).unwrap();
    assert_eq!(desk.run(&["press.jsonl", "-o", "out"]).status.code(), Some(2));
    fs::remove_dir(desk.path("out/press-a1.json")).unwrap();
    let again = desk.run(&["press.jsonl", "-o", "out"]);
    assert_eq!(again.status.code(), Some(2));
    assert!(stderr(&again).contains("--retry-failed"), "{}", stderr(&again));
    assert_eq!(desk.run(&["press.jsonl", "-o", "out", "--retry-failed"]).status.code(), Some(0));
    assert!(desk.index("out").iter().all(|e| e["status"] == "done"));
}

#[test]
fn parts_make_the_same_as_the_whole() {
    let desk = Desk::new(60);
    assert_eq!(desk.run(&["press.jsonl", "-o", "whole"]).status.code(), Some(2));
    for part in ["1/3", "2/3", "3/3"] {
        assert!(desk.run(&["press.jsonl", "-o", "parts", "--shard", part]).status.code().is_some_and(|c| c != 1));
        if part == "2/3" {
            let early = desk.command(&["merge", "parts"]).output().unwrap();
            assert!(stderr(&early).contains("shard 3/3 has no index"), "{}", stderr(&early));
            // This merge comes too early. The one below must have everything all the same.
        }
    }
    let array = [("SLURM_ARRAY_TASK_ID", "7"), ("SLURM_ARRAY_TASK_MIN", "7"), ("SLURM_ARRAY_TASK_COUNT", "3")];
    let auto = desk.translate(&["press.jsonl", "-o", "parts", "--shard", "auto"]).envs(array).output().unwrap();
    assert!(stderr(&auto).contains("already finished"), "{}", stderr(&auto));
    desk.command(&["merge", "parts"]).output().unwrap();
    let (whole, parts) = (desk.results("whole"), desk.results("parts"));
    assert!(whole.0 == parts.0, "the dispatches differ");
    assert_eq!(sorted(whole.1), sorted(parts.1));
    let status = desk.command(&["status", "parts"]).output().unwrap();
    let said = String::from_utf8_lossy(&status.stdout).into_owned();
    assert!(said.contains("59 done, 1 failed"), "{said}");
}

/// Writes the model where `DEPECHE_TINY` says, for measurements of a batch without the time of a real model.
#[test]
#[ignore = "a tool"]
fn write_the_tiny_model() {
    tiny::model(Path::new(&std::env::var("DEPECHE_TINY").unwrap()), None, &[]);
}

#[test]
fn a_stream_gives_a_line_for_every_line_before_the_next_one_comes() {
    let desk = Desk::new(0);
    let mut command = desk.translate(&["-", "--input-format", "jsonl", "--format", "jsonl"]);
    let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
    let (mut to, mut from) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
    for n in [1, 49, 2] {
        to.write_all(line(n).as_bytes()).unwrap();
        to.flush().unwrap();
        let mut answer = String::new();
        from.read_line(&mut answer).unwrap();
        let answer: Value = serde_json::from_str(&answer).unwrap();
        if n == 49 {
            assert!(answer["error"].as_str().unwrap().contains("-:2: malformed JSON"), "{answer}");
        } else {
            assert_eq!(answer["source"]["id"], format!("a{n}"));
        }
    }
    to.write_all(b"{\"id\": \"en\", \"text\": \"The town of Sarcy has taken in many families, they said, and more are on the way.\"}\n").unwrap();
    drop(to);
    let mut answer = String::new();
    from.read_line(&mut answer).unwrap();
    let answer: Value = serde_json::from_str(&answer).unwrap();
    assert!(answer["id"] == "en" && answer["error"].as_str().unwrap().contains("not in French"), "{answer}");
    assert_eq!(within(child, Duration::from_secs(20)).status.code(), Some(2));
}
