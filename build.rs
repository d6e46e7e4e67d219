//! Makes a constant of every word set in `src/lexicon/data/sets/`, so that the name of a set that is misspelt or gone
//! does not compile, and one that nothing uses is reported like any other dead code.
//!
//! The format is described in `src/lexicon/set.rs`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

#[path = "src/lexicon/fnv.rs"]
mod fnv;

const SETS: &str = "src/lexicon/data/sets";

/// A set as it is read.
struct Set {
    name: String,
    doc: Vec<String>,
    forms: Vec<String>,
}

fn main() {
    println!("cargo::rerun-if-changed={SETS}");
    println!("cargo::rerun-if-changed=src/lexicon/fnv.rs");
    let mut out = String::new();
    for language in ["fr", "en", "any"] {
        let mut sets: Vec<Set> = Vec::new();
        for file in files(&Path::new(SETS).join(language)) {
            read(&file, &mut sets);
        }
        write_module(&mut out, language, &sets);
    }
    let target = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR")).join("sets.rs");
    fs::write(target, out).expect("the output folder of the build is writable");
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut files: Vec<PathBuf> = entries.flatten().map(|e| e.path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "tsv"));
    files.sort();
    files
}

/// Reads the sets of a file; rows of the same name that follow one another are one set.
fn read(file: &Path, sets: &mut Vec<Set>) {
    let text = fs::read_to_string(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    let mut doc = Vec::new();
    let first = sets.len();
    for (n, line) in text.lines().enumerate() {
        let fail = |reason: &str| -> ! { panic!("{}:{}: {reason}: {line}", file.display(), n + 1) };
        if line.trim().is_empty() {
            doc.clear();
        } else if let Some(comment) = line.strip_prefix('#') {
            doc.push(comment.trim().to_string());
        } else {
            let Some((name, cell)) = line.split_once('\t') else {
                fail("a row is a name, a tab, and words parted by |")
            };
            if name.is_empty() || !name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') {
                fail("a name is made of small letters, digits and hyphens");
            }
            let forms: Vec<String> = cell.split('|').map(str::to_string).collect();
            if forms.iter().any(|f| f.is_empty() || f.trim() != f || f == "-" || f.contains('\t')) {
                fail("an empty word, a second tab, or a space beside |");
            }
            match sets.iter().position(|s| s.name == name) {
                Some(at) if at >= first && at + 1 == sets.len() => sets[at].forms.extend(forms),
                Some(_) => fail("the name stands twice"),
                None => sets.push(Set { name: name.to_string(), doc: std::mem::take(&mut doc), forms }),
            }
            let all = &sets.last().expect("the row was put into the last").forms;
            if let Some((_, twice)) = all.iter().enumerate().find(|(i, f)| all[..*i].contains(f)) {
                fail(&format!("“{twice}” stands twice"));
            }
            doc.clear();
        }
    }
}

fn write_module(out: &mut String, language: &str, sets: &[Set]) {
    let put = |out: &mut String, text: std::fmt::Arguments<'_>| out.write_fmt(text).expect("a string takes everything");
    put(out, format_args!("pub(crate) mod {language} {{\n    use super::WordSet;\n"));
    for set in sets {
        for line in &set.doc {
            put(out, format_args!("    #[doc = {line:?}]\n"));
        }
        let is_whole = |f: &&String| !f.starts_with('-') && !f.ends_with('-');
        let whole: Vec<&String> = set.forms.iter().filter(is_whole).collect();
        let stems: Vec<&str> = set.forms.iter().filter_map(|f| f.strip_suffix('-')).collect();
        let endings: Vec<&str> = set.forms.iter().filter_map(|f| f.strip_prefix('-')).collect();
        let mut keys: Vec<u64> = whole.iter().map(|f| fnv::key(f)).collect();
        keys.sort_unstable();
        // The words of translation and summaries serve only builds that have the model.
        put(out, format_args!("    #[cfg_attr(not(feature = \"model\"), allow(dead_code))]\n"));
        let name = set.name.to_uppercase().replace('-', "_");
        put(out, format_args!("    pub(crate) static {name}: WordSet = WordSet {{\n"));
        put(out, format_args!("        words: &{whole:?},\n        keys: &{keys:?},\n"));
        put(out, format_args!("        stems: &{stems:?},\n        endings: &{endings:?},\n    }};\n"));
    }
    put(out, format_args!("}}\n"));
}
