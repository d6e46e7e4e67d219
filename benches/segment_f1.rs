//! Boundary F1 of the French sentence splitter on lines that are one sentence each, joined ten at a time.
//!
//!     cargo bench --no-default-features --bench segment_f1 -- wmt08.tsv wmt09.tsv …
//!
//! Each TSV has a header and a column `fr` of sentences in document order (`--english`: the column `ref`, cut with the
//! English rules). Lines that end in a stop are joined with a space, ten at a time, and cut again. Headlines, which
//! have no stop at the end, are scored apart, by the share that is not cut. Some lines hold several sentences. The
//! score of all lines counts every cut inside them as an error; the score of "single" lines leaves out those in which a
//! stop after a lower-case word of four letters or more is followed by a capital, which no abbreviation explains.
//! `--errors N` prints the first N errors in these.

#![allow(clippy::print_stdout, clippy::print_stderr)]

use depeche::article::segment;
use depeche::lang::Lang;
use std::collections::BTreeSet;
use std::process::ExitCode;

/// How many lines are joined.
const JOINED: usize = 10;

fn main() -> ExitCode {
    // `cargo bench` adds --bench; `cargo test --benches` runs this file without data.
    let mut arguments = std::env::args().skip(1).filter(|a| a != "--bench" && a != "--test");
    let (mut paths, mut errors, mut lang) = (Vec::new(), 0, Lang::Fr);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--errors" => errors = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(20),
            "--english" => lang = Lang::En,
            _ => paths.push(argument),
        }
    }
    if paths.is_empty() {
        eprintln!("usage: segment_f1 [--errors N] FILE.tsv …");
        return ExitCode::SUCCESS;
    }
    let mut lines = Vec::new();
    for path in &paths {
        match std::fs::read_to_string(path) {
            Ok(text) => lines.extend(column(&text, if lang == Lang::Fr { "fr" } else { "ref" })),
            Err(error) => {
                eprintln!("{path}: {error}");
                return ExitCode::from(2);
            }
        }
    }
    let (sentences, headlines): (Vec<&String>, Vec<&String>) = lines.iter().partition(|l| ends_in_stop(l));
    let single: Vec<&String> = sentences.iter().copied().filter(|l| !holds_several(l)).collect();
    let (all_score, single_score) = (Score::of(&sentences, lang, &mut 0), Score::of(&single, lang, &mut errors));
    let whole = headlines.iter().filter(|h| segment::sentences(h, lang).len() == 1).count();
    println!("all lines  {:6}  {all_score}", sentences.len());
    println!("single     {:6}  {single_score}", single.len());
    println!("headlines  {:6}  whole {:.4}", headlines.len(), whole as f64 / headlines.len().max(1) as f64);
    ExitCode::SUCCESS
}

/// The cells of the column with this name, without empty ones; of the first column if none has the
/// name.
fn column(text: &str, name: &str) -> Vec<String> {
    let mut rows = text.lines();
    let header: Vec<&str> = rows.next().unwrap_or_default().split('\t').collect();
    let at = header.iter().position(|n| *n == name).unwrap_or(0);
    let cells = rows.filter_map(|row| row.split('\t').nth(at)).map(|cell| cell.trim().to_string());
    cells.filter(|cell| !cell.is_empty()).collect()
}

/// Whether a line ends in a stop, which closing marks and spaces may follow.
fn ends_in_stop(line: &str) -> bool {
    line.trim_end_matches(|c: char| "\"»”’')] \u{A0}\u{202F}".contains(c)).ends_with(['.', '!', '?', '…'])
}

/// Whether a sentence plainly ends inside the line: at a stop after four lower-case letters and
/// before a capital.
fn holds_several(line: &str) -> bool {
    let chars: Vec<char> = line.chars().collect();
    (4..chars.len()).any(|i| {
        let word = ".!?…".contains(chars[i]) && chars[i - 4..i].iter().all(|c| c.is_lowercase());
        let mut rest = chars[i + 1..].iter().skip_while(|c| "\"»”’')".contains(**c));
        let space = rest.next().is_some_and(|c| c.is_whitespace());
        word && space && rest.find(|c| !" \"«“'(-–".contains(**c)).is_some_and(|c| c.is_uppercase())
    })
}

/// How many boundaries were found, wrongly made and missed.
#[derive(Default)]
struct Score {
    right: usize,
    false_cuts: usize,
    missed: usize,
}

impl Score {
    /// The score of lines that are joined and cut again. Prints the first `errors` errors, and
    /// takes them off `errors`.
    fn of(lines: &[&String], lang: Lang, errors: &mut usize) -> Score {
        let mut score = Score::default();
        for group in lines.chunks(JOINED) {
            score.add(group, lang, errors);
        }
        score
    }

    /// Adds the score of lines that are joined to one text.
    fn add(&mut self, group: &[&String], lang: Lang, errors: &mut usize) {
        let mut text = String::new();
        let mut gold = BTreeSet::new();
        for line in group {
            if !text.is_empty() {
                gold.insert(text.len());
                text.push(' ');
            }
            text.push_str(line);
        }
        let spans = segment::sentences(&text, lang);
        let found: BTreeSet<usize> = spans.iter().rev().skip(1).map(|s| s.end).collect();
        self.right += gold.intersection(&found).count();
        self.false_cuts += found.difference(&gold).count();
        self.missed += gold.difference(&found).count();
        for (at, sign) in
            found.difference(&gold).map(|a| (a, "cut")).chain(gold.difference(&found).map(|a| (a, "missed")))
        {
            if *errors > 0 {
                *errors -= 1;
                let (before, after) = text.split_at(*at);
                let from = before.char_indices().rev().nth(60).map_or(0, |(i, _)| i);
                let to = after.char_indices().nth(40).map_or(after.len(), |(i, _)| i);
                println!("{sign:6} {}⏎{}", &before[from..], &after[..to]);
            }
        }
    }
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let ratio = |part: usize, other: usize| part as f64 / (part + other).max(1) as f64;
        let (precision, recall) = (ratio(self.right, self.false_cuts), ratio(self.right, self.missed));
        let f1 = 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE);
        write!(f, "F1 {f1:.4}  precision {precision:.4}  recall {recall:.4}  ")?;
        write!(f, "({} false cuts, {} missed)", self.false_cuts, self.missed)
    }
}
