//! Runs the cases of `tests/cases/*.md`: pairs of sentences and the findings they must give.
//!
//! A case is a section:
//!
//! ```markdown
//! ## A figure loses a digit
//! - French: Les combats ont fait plus de 255 morts.
//! - English: The fighting left more than 225 dead.
//! - Expect: error number-changed: “plus de 255 morts” → “more than 225 dead”
//! ```
//!
//! `- Expect: nothing` says that there must be no finding; such a case is called quiet. `–` stands for a side to which
//! a finding does not point; `- Date: 2024-11-30` is the day of publication. Errors and warnings must be exactly those
//! expected; notes are compared only where a case expects one. A heading `# ` names the rules that the cases below it
//! are about: a quiet case counts for these.

use depeche::checks::engine::{Settings, check_pair_of};
use depeche::{Finding, Rule, Severity, Span};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

/// A section of a file of cases.
#[derive(Default)]
struct Case {
    title: String,
    /// The line of the title, counted from 1.
    line: usize,
    french: String,
    english: String,
    date: Option<jiff::civil::Date>,
    /// The findings as [`written`] gives them.
    expected: BTreeSet<String>,
    /// `- Expect: nothing` was given.
    nothing: bool,
    /// The heading above it, which names the rules that a quiet case is about.
    about: String,
}

/// The cases of a file.
///
/// # Panics
/// Where a line is wrong, or a case lacks a text or what it expects.
fn read(path: &Path) -> Vec<Case> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let mut cases: Vec<Case> = Vec::new();
    let mut about = String::new();
    for (i, line) in text.lines().enumerate() {
        let place = || format!("{}:{}", path.display(), i + 1);
        if let Some(title) = line.strip_prefix("## ") {
            let (title, about) = (title.trim().to_string(), about.clone());
            cases.push(Case { title, about, line: i + 1, ..Case::default() });
            continue;
        }
        if let Some(heading) = line.strip_prefix("# ") {
            about = heading.to_string();
            continue;
        }
        let Some((key, value)) = line.strip_prefix("- ").and_then(|l| l.split_once(':')) else { continue };
        let case = cases.last_mut().unwrap_or_else(|| panic!("{}: a line of a case before its `## title`", place()));
        let value = value.trim();
        match key {
            "French" => case.french = value.to_string(),
            "English" => case.english = value.to_string(),
            "Date" => case.date = Some(value.parse().unwrap_or_else(|e| panic!("{}: {e}", place()))),
            "Expect" if value == "nothing" => case.nothing = true,
            "Expect" => {
                case.expected.insert(value.to_string());
            }
            other => panic!("{}: unknown key `{other}`; keys are French, English, Date, Expect", place()),
        }
    }
    for case in &cases {
        assert!(!case.french.is_empty() && !case.english.is_empty(), "{}:{}: no text", path.display(), case.line);
        assert!(
            case.nothing == case.expected.is_empty(),
            "{}:{}: expects nothing, or what?",
            path.display(),
            case.line
        );
    }
    cases
}

/// A finding as a case expects it.
fn written(finding: &Finding, case: &Case) -> String {
    let side = |span: Option<Span>, text: &str| span.map_or("–".to_string(), |s| format!("“{}”", s.of(text)));
    let (source, target) = (side(finding.source, &case.french), side(finding.target, &case.english));
    format!("{} {}: {source} → {target}", finding.severity, finding.rule)
}

#[test]
fn every_case_gives_what_it_expects() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.retain(|p| p.extension().is_some_and(|e| e == "md"));
    files.sort();
    assert!(!files.is_empty(), "no cases in {}", folder.display());
    let (mut failures, settings) = (String::new(), Settings::default());
    let mut failed = 0;
    for path in &files {
        for case in read(path) {
            let findings = check_pair_of(&case.french, &case.english, case.date, &settings);
            let found: BTreeSet<String> = findings
                .iter()
                .map(|f| (f.severity, written(f, &case)))
                .filter(|(severity, text)| *severity > Severity::Note || case.expected.contains(text))
                .map(|(_, text)| text)
                .collect();
            if found == case.expected {
                continue;
            }
            failed += 1;
            let name = path.file_name().unwrap().to_string_lossy();
            writeln!(failures, "\n{name}:{} {}\n  {}\n  {}", case.line, case.title, case.french, case.english).unwrap();
            for missing in case.expected.difference(&found) {
                writeln!(failures, "  expected  {missing}").unwrap();
            }
            for extra in found.difference(&case.expected) {
                writeln!(failures, "  found     {extra}").unwrap();
            }
        }
    }
    assert!(failed == 0, "{failed} cases fail:\n{failures}");
}

/// `depeche explain` and the documentation say how grave the findings of a rule can be.
#[test]
fn no_finding_is_graver_than_its_rule_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    for file in std::fs::read_dir(&folder).unwrap() {
        for case in read(&file.unwrap().path()) {
            for finding in check_pair_of(&case.french, &case.english, case.date, &Settings::default()) {
                let rule = Rule::find(finding.rule).expect("every rule is in the catalogue");
                assert!(finding.severity <= rule.severity(), "{finding}");
            }
        }
    }
}

/// Every rule has cases that it reports and quiet ones: without both, no test would show that a change has spoilt it.
#[test]
fn every_rule_has_cases_that_it_reports_and_cases_that_it_does_not() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let files = std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path());
    let cases: Vec<Case> = files.flat_map(|path| read(&path)).collect();
    // These rules are about whole documents, files, the user's settings or what a model answers,
    // and have tests of their own.
    let elsewhere = ["sentence-added", "sentence-dropped", "unpaired-file", "glossary-form", "content-missing"];
    let mut poor = String::new();
    for rule in Rule::all().filter(|r| !elsewhere.contains(&r.name())) {
        let named = |text: &str| text.split([' ', ',', ':']).any(|word| word == rule.name());
        let reported = cases.iter().filter(|c| c.expected.iter().any(|e| named(e))).count();
        let quiet = cases.iter().filter(|c| c.nothing && named(&c.about)).count();
        if reported < 3 || quiet < 2 || reported + quiet < 5 {
            writeln!(poor, "{}: {reported} reported, {quiet} quiet", rule.name()).unwrap();
        }
    }
    assert!(poor.is_empty(), "rules with fewer than three reported or two quiet cases:\n{poor}");
}
