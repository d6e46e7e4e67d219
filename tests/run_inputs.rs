//! What `depeche run` does with inputs and models that it cannot use: it says so in one clear line, has the right exit
//! code, and leaves no files.
#![cfg(feature = "model")]

use std::path::Path;
use std::process::{Command, Output};

/// What a command in the folder `dir` gives. It has no model and no network.
fn depeche(args: &[&str], dir: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_depeche"));
    command.args(args).current_dir(dir).env("DEPECHE_CACHE", dir.join("cache")).env("HF_HUB_OFFLINE", "1");
    command.env("HF_HOME", dir.join("hub")).output().expect("depeche runs")
}

/// Runs `depeche run` with these arguments and wants this exit code, one line on stderr that holds `says`, and no
/// output.
#[track_caller]
fn refused(dir: &Path, args: &[&str], code: i32, says: &str) {
    let output = depeche(&[&["run", "--output", "out"], args].concat(), dir);
    let stderr = String::from_utf8_lossy(&output.stderr);
    let lines: Vec<&str> = stderr.lines().collect();
    assert_eq!(output.status.code(), Some(code), "{stderr}");
    assert_eq!(lines.len(), 1, "{stderr}");
    assert!(lines[0].contains(says), "{stderr}");
    assert!(output.stdout.is_empty());
    let left = std::fs::read_dir(dir.join("out")).map(|d| d.map(|e| e.unwrap().file_name()).collect::<Vec<_>>());
    let own = ["index.jsonl", ".depeche.lock", ".depeche-run.json"];
    assert!(left.unwrap_or_default().iter().all(|n| own.iter().any(|o| n == *o)), "files are left behind");
}

/// An article that can be translated, for tests in which something else is wrong.
const ARTICLE: &str = "L’armée a annoncé jeudi la mort de douze soldats dans le nord du pays.\n";

/// A temporary folder with these files: their names and what they hold.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        std::fs::write(dir.path().join(name), bytes).unwrap();
    }
    dir
}

#[test]
fn an_empty_file_is_no_input() {
    let dir = folder(&[("a.txt", b""), ("b.txt", b" \n\n\t ")]);
    refused(dir.path(), &["a.txt"], 3, "a.txt");
    refused(dir.path(), &["b.txt"], 3, "b.txt");
}

#[test]
fn a_binary_file_is_refused() {
    let dir = folder(&[("a.txt", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3e\0")]);
    refused(dir.path(), &["a.txt"], 2, "a.txt");
}

#[test]
fn a_hundred_megabytes_of_one_line_are_refused() {
    let dir = folder(&[("a.txt", &vec![b'a'; 100 << 20])]);
    refused(dir.path(), &["a.txt"], 2, "a.txt");
}

#[test]
fn an_english_article_is_refused() {
    let text = "The army said on Thursday that twelve soldiers had been killed in the north of the country. ".repeat(5);
    let dir = folder(&[("a.txt", text.as_bytes())]);
    refused(dir.path(), &["a.txt"], 2, "a.txt");
}

#[test]
fn a_file_that_is_not_there_is_named() {
    refused(folder(&[]).path(), &["nowhere.fr.txt"], 2, "nowhere.fr.txt");
}

#[test]
fn a_model_file_that_is_no_gguf_is_refused() {
    let dir = folder(&[("a.fr.txt", ARTICLE.as_bytes()), ("model.gguf", b"PK\x03\x04 this is no model")]);
    refused(dir.path(), &["a.fr.txt", "--model", "model.gguf"], 2, "model.gguf");
}

#[test]
fn a_truncated_gguf_is_refused() {
    let whole = gguf();
    for length in [3, 8, 40, whole.len() / 2, whole.len() - 1] {
        let dir = folder(&[("a.fr.txt", ARTICLE.as_bytes()), ("model.gguf", &whole[..length])]);
        refused(dir.path(), &["a.fr.txt", "--model", "model.gguf"], 2, "model.gguf");
    }
}

#[test]
fn a_gguf_of_an_unknown_architecture_is_refused() {
    let dir = folder(&[("a.fr.txt", ARTICLE.as_bytes()), ("model.gguf", &gguf())]);
    refused(dir.path(), &["a.fr.txt", "--model", "model.gguf"], 2, "architecture");
}

#[test]
fn an_unknown_model_is_named() {
    let dir = folder(&[("a.fr.txt", ARTICLE.as_bytes())]);
    refused(dir.path(), &["a.fr.txt", "--model", "no-such-model"], 2, "no-such-model");
}

#[test]
fn offline_without_the_model_says_what_to_do() {
    let dir = folder(&[("a.fr.txt", ARTICLE.as_bytes())]);
    refused(dir.path(), &["a.fr.txt", "--offline"], 2, "models pull");
}

#[test]
fn an_output_folder_that_is_a_file_is_refused_before_the_work() {
    let dir = folder(&[("a.fr.txt", ARTICLE.as_bytes()), ("taken", b"x")]);
    let output = depeche(&["run", "a.fr.txt", "--output", "taken"], dir.path());
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("taken"));
}

/// A sound GGUF file with one tensor, of an architecture that does not exist.
fn gguf() -> Vec<u8> {
    use candle_core::quantized::{GgmlDType, QTensor, gguf_file};
    use candle_core::{DType, Device, Tensor};
    let tensor = Tensor::zeros((4, 32), DType::F32, &Device::Cpu).unwrap();
    let tensor = QTensor::quantize(&tensor, GgmlDType::Q8_0).unwrap();
    let architecture = gguf_file::Value::String("abacus".into());
    let mut file = std::io::Cursor::new(Vec::new());
    gguf_file::write(&mut file, &[("general.architecture", &architecture)], &[("token_embd.weight", &tensor)]).unwrap();
    file.into_inner()
}
