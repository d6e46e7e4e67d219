//! What a hostile folder, name or text must not bring about: code that runs, files that change, commands to the CI
//! server that reads the log, work without end.

// A test that cannot run on this machine prints that it is skipped.
#![allow(clippy::print_stderr)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Instant;

/// A command of depeche in the folder `dir`, which finds no model and no cache but what the test
/// put there.
fn depeche(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_depeche"));
    command.args(args).current_dir(dir).stdin(Stdio::null());
    for (name, folder) in [("DEPECHE_CACHE", "cache"), ("HF_HOME", "hub"), ("HOME", "home")] {
        command.env(name, dir.join(folder));
    }
    command.env("HF_HUB_OFFLINE", "1").env_remove("GITHUB_ACTIONS");
    command
}

/// What a command gives, once it has ended.
fn run(dir: &Path, args: &[&str]) -> Output {
    depeche(dir, args).output().expect("depeche runs")
}

/// Both streams as one text.
fn said(output: &Output) -> String {
    [&output.stdout, &output.stderr].map(|b| String::from_utf8_lossy(b).into_owned()).concat()
}

/// Fails where a line of the output would be a command to the CI runner that reads it.
#[track_caller]
fn no_commands(output: &Output) {
    for line in said(output).lines() {
        assert!(!line.trim_start().starts_with("::") && !line.contains("##["), "{line}");
    }
}

/// A temporary folder with these files: their names and what they hold.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(dir.path().join(name), text).unwrap();
    }
    dir
}

#[cfg(all(unix, feature = "fetch"))]
#[test]
fn python_that_lies_in_the_working_folder_does_not_run() {
    use std::os::unix::fs::PermissionsExt;
    let marker = "open('PWNED', 'w').close()\n";
    let modules = ["pip.py", "runpy.py", "encodings.py", "sitecustomize.py", "usercustomize.py", "subprocess.py"];
    let dir = folder(&modules.map(|m| (m, marker)));
    for program in ["python3", "python"] {
        fs::write(dir.path().join(program), "#!/bin/sh\ntouch PWNED\n").unwrap();
        fs::set_permissions(dir.path().join(program), fs::Permissions::from_mode(0o755)).unwrap();
    }
    // Careless shell settings leave an empty entry in these variables, which means the working folder.
    let with_empty = |name: &str| format!(":{}", std::env::var(name).unwrap_or_default());
    for args in [&["doctor", "--offline"][..], &["doctor"], &["models", "pull", "--from", "wheels"]] {
        let mut command = depeche(dir.path(), args);
        command.env("PATH", with_empty("PATH")).env("PYTHONPATH", with_empty("PYTHONPATH"));
        // pip does not use the network either.
        command.env("PIP_NO_INDEX", "1").env("HF_ENDPOINT", "http://127.0.0.1:9").env_remove("HF_HUB_OFFLINE");
        command.output().unwrap();
        assert!(!dir.path().join("PWNED").exists(), "{args:?} ran code of the working folder");
    }
}

/// A line of JSON with a wrong translation, in which `number-changed` finds an error.
const PAIR: &str = r#"{"id":1,"source":"Il y a 12 morts.","target":"There are 15 dead."}"#;

#[cfg(unix)]
#[test]
fn a_planted_link_beside_a_baseline_is_not_written_through() {
    let dir = folder(&[("pairs.jsonl", PAIR), ("victim", "mine")]);
    for name in ["base.json", "base.json.part"] {
        std::os::unix::fs::symlink("victim", dir.path().join(name)).unwrap();
    }
    let output = run(dir.path(), &["check", "--pairs", "pairs.jsonl", "--write-baseline", "base.json"]);
    assert!(output.status.success(), "{}", said(&output));
    assert_eq!(fs::read_to_string(dir.path().join("victim")).unwrap(), "mine");
    assert!(fs::read_to_string(dir.path().join("base.json")).unwrap().contains("number-changed"));
}

#[cfg(unix)]
#[test]
fn a_baseline_that_cannot_be_written_leaves_no_file_and_a_device_is_not_replaced() {
    let dir = folder(&[("pairs.jsonl", PAIR)]);
    fs::create_dir(dir.path().join("base.json")).unwrap();
    let check = |file| run(dir.path(), &["check", "--pairs", "pairs.jsonl", "--write-baseline", file]);
    assert_eq!(check("base.json").status.code(), Some(2));
    assert_eq!(check("/dev/null").status.code(), Some(0));
    assert!(String::from_utf8(check("/dev/stdout").stdout).unwrap().contains("\"schema_version\": 1"));
    let mut left: Vec<_> = fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["base.json", "pairs.jsonl"]);
}

/// A text with commands to the runners of GitHub (`::`, `##[`) and Azure Pipelines (`##vso[`).
const EVIL: &str = "x\n::error::forged\n##[error]forged ##vso[task.setvariable]forged";

#[test]
fn a_baseline_a_key_or_an_argument_cannot_command_the_ci_server() {
    let entry = serde_json::json!({"rule": EVIL, "source": EVIL, "target": EVIL});
    let baseline = serde_json::json!({"schema_version": 1, "findings": [entry]}).to_string();
    let key = format!("{} = 1\n", serde_json::json!(EVIL));
    let value = format!("[rules]\n{} = \"off\"\n", serde_json::json!(EVIL));
    let dir = folder(&[("pairs.jsonl", PAIR), ("base.json", &baseline), ("key.toml", &key), ("rule.toml", &value)]);
    for format in ["human", "json", "jsonl", "sarif", "junit"] {
        let pairs = ["check", "--pairs", "pairs.jsonl", "--format", format];
        for more in [["--baseline", "base.json"], ["--config", "key.toml"], ["--config", "rule.toml"], ["--date", EVIL]]
        {
            no_commands(&run(dir.path(), &[&pairs[..], &more].concat()));
        }
    }
}

#[test]
fn a_name_or_an_article_cannot_command_the_ci_server() {
    let french = format!("Il y a 12 morts, a dit la police. ##[error]Faux titre\n\n{EVIL} 14 morts.\n");
    let english = format!("There are 15 dead, police said. ##[error]False title\n\n{EVIL} 17 dead.\n");
    let dir = folder(&[("a.fr.txt", &french), ("a.en.txt", &english)]);
    let odd = "odd\n::error::forged\n##[error].fr.txt";
    #[cfg(unix)]
    fs::copy(dir.path().join("a.fr.txt"), dir.path().join(odd)).unwrap();
    for format in ["human", "json", "jsonl", "sarif", "junit"] {
        for source in ["a.fr.txt", odd, "nowhere\n::error::forged\n##[x]"] {
            let output = run(dir.path(), &["check", source, "a.en.txt", "--format", format]);
            assert!([Some(1), Some(2)].contains(&output.status.code()), "{}", said(&output));
            no_commands(&output);
        }
    }
    // The format for GitHub prints commands of its own; the forged one may stand in them only escaped.
    let output = run(dir.path(), &["check", "nowhere\n::error::forged", "a.en.txt", "--format", "github"]);
    assert!(
        String::from_utf8_lossy(&output.stdout)
            .lines()
            .all(|l| !l.contains("forged") || l.contains("%0A::error::forged"))
    );
    for format in ["human", "jsonl"] {
        no_commands(&run(dir.path(), &["facts", odd, "--format", format]));
    }
}

#[cfg(all(target_os = "linux", feature = "fetch"))]
#[test]
fn offline_opens_no_socket() {
    let dir = folder(&[("a.fr.txt", "La ville de Sarcy a reçu douze familles.\n")]);
    let trace = |args: &[&str]| {
        let program = depeche(dir.path(), args);
        let mut strace = Command::new("strace");
        strace.args(["-f", "-qq", "-e", "trace=socket,connect", "-o", "trace"]).arg(program.get_program()).args(args);
        strace.envs(program.get_envs().filter_map(|(k, v)| Some((k, v?)))).current_dir(dir.path());
        // Only --offline forbids the network here.
        strace.env_remove("HF_HUB_OFFLINE").output().ok()
    };
    if !trace(&["--version"]).is_some_and(|o| o.status.success()) {
        eprintln!("skipped: strace is not installed, or may not look at processes here");
        return;
    }
    for args in [&["doctor", "--offline"][..], &["models", "pull", "--offline"], &["run", "a.fr.txt", "--offline"]] {
        trace(args);
        let seen = fs::read_to_string(dir.path().join("trace")).unwrap();
        assert!(!seen.contains("AF_INET"), "{args:?}: {seen}");
    }
}

#[cfg(unix)]
#[test]
fn each_input_is_read_once() {
    let dir = folder(&[("a.fr.txt", "Il y a 12 morts, selon la police de Sarcy.\n")]);
    let status = Command::new("mkfifo").arg(dir.path().join("pipe.en.txt")).status();
    if !status.is_ok_and(|s| s.success()) {
        eprintln!("skipped: there is no mkfifo here");
        return;
    }
    let pipe = dir.path().join("pipe.en.txt");
    let writer = std::thread::spawn(move || fs::write(pipe, "There are 15 dead, according to Sarcy police.\n"));
    let output = run(dir.path(), &["check", "a.fr.txt", "pipe.en.txt"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("number-changed"), "{}", said(&output));
    writer.join().unwrap().unwrap();
}

#[test]
fn a_closed_pipe_hides_no_error() {
    let many: String = (0..20_000).map(|_| format!("{PAIR}\n")).collect();
    let dir = folder(&[("pairs.jsonl", &many)]);
    let mut child = depeche(dir.path(), &["check", "--pairs", "pairs.jsonl"]).stdout(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(1));
}

#[test]
fn no_line_of_input_fills_the_memory() {
    let dir = folder(&[]);
    for args in [&["facts", "-", "--input-format", "jsonl"][..], &["check", "--pairs", "-"]] {
        let mut command = depeche(dir.path(), args);
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let write = std::thread::spawn(move || {
            use std::io::Write;
            let block = vec![b'x'; 1 << 20];
            (0..40).try_for_each(|_| stdin.write_all(&block)).and_then(|()| stdin.write_all(b"\n"))
        });
        let output = child.wait_with_output().unwrap();
        let _ = write.join();
        assert_eq!(output.status.code(), Some(2));
        assert!(said(&output).contains("16 MiB") && said(&output).contains("1: "), "{}", said(&output));
    }
}

#[cfg(unix)]
#[test]
fn no_file_of_settings_fills_the_memory() {
    let dir = folder(&[("pairs.jsonl", PAIR)]);
    for option in ["--config", "--baseline"] {
        let output = run(dir.path(), &["check", "--pairs", "pairs.jsonl", option, "/dev/zero"]);
        assert_eq!(output.status.code(), Some(2));
        assert!(said(&output).contains("/dev/zero") && said(&output).contains("16 MiB"), "{}", said(&output));
    }
}

#[test]
fn the_time_for_facts_and_their_size_grow_no_faster_than_the_text() {
    let texts = ["quatre-vingt-", " a déclaré que ", "selon l'armée, ", "12 ", "« ", "M. ", "et ", "(", "Jean "];
    let lines = texts.map(|t| serde_json::json!({"id": t, "text": t.repeat(200_000 / t.len())}).to_string() + "\n");
    for (text, line) in texts.iter().zip(lines) {
        let dir = folder(&[("a.jsonl", &line)]);
        let started = Instant::now();
        let output = run(dir.path(), &["facts", "a.jsonl", "--format", "jsonl"]);
        assert!(started.elapsed().as_secs() < 60, "{text:?}: {:?}", started.elapsed());
        assert!(output.stdout.len() < 40 << 20, "{text:?}: {} bytes", output.stdout.len());
    }
}

#[test]
fn a_lost_translation_is_reported_even_where_the_french_has_no_facts() {
    for target in ["", " \n", "Yes.", "…"] {
        let source = "Les négociateurs se sont retrouvés dans une salle sans fenêtres et n'ont rien voulu dire.";
        let pair = serde_json::json!({"source": source, "target": target}).to_string();
        let output = run(folder(&[("pairs.jsonl", &pair)]).path(), &["check", "--pairs", "pairs.jsonl"]);
        assert_eq!(output.status.code(), Some(1), "{target:?}: {}", said(&output));
    }
}

#[test]
fn every_command_reports_broken_characters() {
    let dir = folder(&[("a.en.txt", "There are 12 dead in Sarcy, and the road is closed again.\n")]);
    let french = "Il y a 12 morts à Sarcy, et la route est coupée à nouveau.\n";
    let broken = [french.as_bytes(), b"Les bless\xe9s sont soign\xe9s \xe0 Sarcy.\n"].concat();
    fs::write(dir.path().join("a.fr.txt"), broken).unwrap();
    for args in [&["check", "a.fr.txt", "a.en.txt"][..], &["facts", "a.fr.txt"], &["read", "a.fr.txt"]] {
        let output = run(dir.path(), args);
        assert!(String::from_utf8_lossy(&output.stderr).contains("broken UTF-8 in"), "{args:?}: {}", said(&output));
    }
}

#[test]
fn more_threads_than_cores_change_nothing() {
    let many: String = (0..2000).map(|_| format!("{PAIR}\n")).collect();
    let dir = folder(&[("pairs.jsonl", &many)]);
    let check =
        |threads| run(dir.path(), &["check", "--pairs", "pairs.jsonl", "--format", "jsonl", "--threads", threads]);
    let one = check("1");
    let started = Instant::now();
    let most = check("256");
    assert!(most.stdout == one.stdout && most.status.code() == Some(1), "{}", said(&most));
    // A number that no machine has is refused, or brought down to one that works.
    let absurd = check("10000");
    assert!(absurd.stdout == one.stdout || said(&absurd).contains("256"), "{}", said(&absurd));
    assert!(started.elapsed().as_secs() < 30, "{:?}", started.elapsed());
}

#[test]
fn only_some_entries_of_a_baseline_for_other_texts_are_listed() {
    let entry = |n: usize| serde_json::json!({"rule": "number-changed", "source": format!("x {n}"), "target": ""});
    let entries: Vec<_> = (0..100_000).map(entry).collect();
    let baseline = serde_json::json!({"schema_version": 1, "findings": entries}).to_string();
    let dir = folder(&[("pairs.jsonl", PAIR), ("base.json", &baseline)]);
    let output = run(dir.path(), &["check", "--pairs", "pairs.jsonl", "--baseline", "base.json"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.lines().count() < 30 && said.contains("99980 more"), "{said}");
}

#[test]
fn large_numbers_are_compared_to_the_last_digit() {
    let pair = r#"{"id":1,"source":"La dette atteint 123456789012 euros.","target":"The debt is 123456789013 euros."}"#;
    let dir = folder(&[("pairs.jsonl", pair)]);
    let output = run(dir.path(), &["check", "--pairs", "pairs.jsonl"]);
    assert!(said(&output).contains("number-changed"), "{}", said(&output));
}

#[test]
fn an_input_without_any_text_is_reported() {
    let dir = folder(&[("empty.jsonl", "\n\n")]);
    fs::create_dir(dir.path().join("folder")).unwrap();
    let output = run(dir.path(), &["facts", "empty.jsonl"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(said(&output).contains("empty.jsonl"), "{}", said(&output));
    let output = run(dir.path(), &["read", "folder"]);
    assert_eq!(output.status.code(), Some(3), "{}", said(&output));
}
