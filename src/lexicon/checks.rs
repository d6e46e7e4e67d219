//! Tests that look at all data files, whatever code reads them.

use super::table::ALL;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// What is wrong with the data, one line a fault.
#[derive(Default)]
struct Faults(Vec<String>);

impl Faults {
    /// Adds a fault at a line of a file, counted from 1.
    fn note(&mut self, file: &Path, line: usize, fault: &str) {
        self.0.push(format!("{}:{line}: {fault}", file.display()));
    }
}

#[test]
fn every_data_file_is_in_order() {
    let mut faults = Faults::default();
    let mut files = Vec::new();
    collect_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lexicon/data"), &mut files);
    for file in &files {
        let text = std::fs::read_to_string(file).unwrap();
        check_text(file, &text, &mut faults);
        let is_set = file.components().any(|c| c.as_os_str() == "sets");
        let known = ALL.iter().any(|t| file.ends_with(Path::new("data").join(t.file)));
        if !is_set && !known {
            faults.note(file, 1, "no table of `table.rs` reads this file");
        }
        if is_set && !["fr", "en", "any"].iter().any(|l| file.parent().is_some_and(|p| p.ends_with(l))) {
            faults.note(file, 1, "a set stands in the folder of its language: fr, en or any");
        }
    }
    assert!(files.len() > ALL.len(), "the folder of the data is not where it was");
    assert!(faults.0.is_empty(), "{}", faults.0.join("\n"));
}

#[test]
fn every_row_of_every_table_has_its_cells() {
    for table in ALL {
        assert!(table.rows().count() > 0, "{} is empty", table.file);
    }
}

/// Adds all files of a folder and the folders in it.
fn collect_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        match entry.file_type().unwrap().is_dir() {
            true => collect_files(&entry.path(), files),
            false => files.push(entry.path()),
        }
    }
}

/// Looks at the header, whose lines stand in the order of [`super::table`], then at the rows.
fn check_text(file: &Path, text: &str, faults: &mut Faults) {
    let head: Vec<&str> = text.lines().take_while(|l| l.starts_with('#')).collect();
    if head.first().is_none_or(|l| l.starts_with("# Columns:")) {
        faults.note(file, 1, "the header says first what the file is");
    }
    // Each key is searched for after the line of the one before it.
    let mut from = 0;
    for key in ["# Columns: ", "# Source: ", "# Licence: "] {
        match head.iter().skip(from).position(|l| l.starts_with(key)) {
            Some(at) => from += at + 1,
            None => faults.note(file, 1, &format!("the header has no line `{key}…`, or not in this order")),
        }
    }
    if text.lines().nth(head.len()).is_some_and(|l| !l.is_empty()) {
        faults.note(file, head.len() + 1, "an empty line parts the header from the rows");
    }
    let is_sorted = head.iter().any(|l| l.starts_with("# Columns:") && l.ends_with("Sorted."));
    check_rows(file, text, is_sorted, faults);
}

/// Looks at each row, and at the order of the rows if the header says that they are sorted.
fn check_rows(file: &Path, text: &str, is_sorted: bool, faults: &mut Faults) {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let mut last = "";
    for (n, line) in (1..).zip(text.lines()).filter(|(_, l)| !l.is_empty() && !l.starts_with('#')) {
        if let Some(first) = seen.insert(line, n) {
            faults.note(file, n, &format!("the row of line {first} stands here again"));
        }
        for cell in line.split('\t') {
            if cell.trim() != cell {
                faults.note(file, n, "a space at the edge of a cell");
            }
            cell.split(" / ").for_each(|part| check_forms(file, n, part, faults));
        }
        if line.split('\t').next().is_some_and(str::is_empty) || line.ends_with('\t') {
            faults.note(file, n, "an empty cell at the beginning or the end");
        }
        if line.contains('’') {
            faults.note(file, n, "apostrophes are straight in data");
        }
        if is_sorted && line < last {
            faults.note(file, n, "the rows are said to be sorted");
        }
        last = line;
    }
}

/// Looks at the forms of a cell, or of one side of the ` / ` that divides a cell of
/// `field-terms.tsv`.
fn check_forms(file: &Path, line: usize, part: &str, faults: &mut Faults) {
    let forms: Vec<&str> = part.split('|').map(str::trim).collect();
    if forms.len() > 1 && forms.iter().any(|f| f.is_empty()) {
        faults.note(file, line, "an empty form between bars");
    }
    if let Some((_, twice)) = forms.iter().enumerate().find(|(i, f)| forms[..*i].contains(f)) {
        faults.note(file, line, &format!("“{twice}” stands twice in its cell"));
    }
}
