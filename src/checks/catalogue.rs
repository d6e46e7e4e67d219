//! Every rule by name, whatever it looks at: what `explain`, the configuration and SARIF read.

use super::{DOCUMENT_RULES, RULES, Severity, content_missing, glossary_form, unpaired_file};
use std::fmt;

/// A rule: what it is called, what it does, how grave its findings are.
///
/// ```
/// let rule = depeche::Rule::find("number-changed").unwrap();
/// assert_eq!(rule.severity(), depeche::Severity::Error);
/// assert!(rule.docs().contains("## Why is this bad?"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    name: &'static str,
    severity: Severity,
    /// The text of the rule's file, whose leading `//!` lines are its documentation.
    file: &'static str,
}

impl Rule {
    /// All rules, in the order of the documentation.
    pub fn all() -> impl Iterator<Item = Rule> {
        entries()
    }

    /// The rule of this name.
    pub fn find(name: &str) -> Option<Rule> {
        find(name)
    }

    /// As written in findings and in `depeche.toml`.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The severity of its gravest findings, unless the user sets another one. Doubtful findings may have
    /// a lower one.
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// What it does, why that matters and an example, as Markdown.
    pub fn docs(&self) -> String {
        let lines = self.file.lines().map_while(|l| l.strip_prefix("//!"));
        lines.map(|l| l.strip_prefix(' ').unwrap_or(l)).collect::<Vec<_>>().join("\n")
    }

    /// The first sentence of what it does, on one line, without its full stop.
    pub fn summary(&self) -> String {
        let docs = self.docs();
        let paragraph = docs.lines().skip_while(|l| l.trim().is_empty() || l.starts_with('#'));
        let paragraph = paragraph.take_while(|l| !l.trim().is_empty()).collect::<Vec<_>>().join(" ");
        let end = paragraph.find(". ").unwrap_or(paragraph.trim_end_matches('.').len());
        paragraph[..end].to_string()
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name)
    }
}

/// All rules, in the order of the documentation.
pub fn entries() -> impl Iterator<Item = Rule> {
    use Severity::{Error, Warning};
    let pairs = RULES.iter().map(|r| Rule { name: r.name, severity: r.severity, file: r.file });
    let documents = DOCUMENT_RULES.iter().map(|r| Rule { name: r.name, severity: r.severity, file: r.file });
    let others = [
        Rule { name: content_missing::NAME, severity: Warning, file: content_missing::FILE },
        Rule { name: glossary_form::NAME, severity: Warning, file: glossary_form::FILE },
        Rule { name: unpaired_file::NAME, severity: Error, file: unpaired_file::FILE },
    ];
    pairs.chain(documents).chain(others)
}

/// The rule of this name.
pub fn find(name: &str) -> Option<Rule> {
    entries().find(|e| e.name == name)
}

/// The rule that somebody who wrote `name` most likely meant; `None` if no rule's name is like it.
pub fn nearest(name: &str) -> Option<&'static str> {
    let distance = |e: &Rule| edit_distance(name, e.name);
    entries().min_by_key(distance).filter(|e| distance(e) <= 2 + name.len() / 5).map(|e| e.name)
}

/// Levenshtein distance in bytes; rule names are ASCII.
fn edit_distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.bytes().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.bytes().enumerate() {
            let substituted = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edit_distances() {
        assert_eq!(edit_distance("", "abc"), 3);
        assert_eq!(edit_distance("numbr-changed", "number-changed"), 1);
        assert_eq!(edit_distance("kitten", "sitting"), 3);
    }

    #[test]
    fn every_rule_is_documented_under_the_same_headings() {
        for rule in entries() {
            let doc = rule.docs();
            assert!(doc.starts_with(&format!("# {}\n", rule.name)), "{}", rule.name);
            for heading in ["## What it does", "## Why is this bad?", "## Example"] {
                assert!(doc.contains(heading), "{} lacks {heading:?}", rule.name);
            }
            assert!(rule.summary().len() > 10, "{}", rule.name);
        }
    }

    #[test]
    fn names_are_unique() {
        let mut names: Vec<_> = entries().map(|e| e.name).collect();
        names.sort();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
