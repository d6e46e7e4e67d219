//! Every rule by name, whatever it looks at: what `explain`, the configuration and SARIF read.

use super::{DOCUMENT_RULES, RULES, glossary_form, unpaired_file};

/// Name and documentation of a rule.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    pub name: &'static str,
    /// The text of the rule's file, whose leading `//!` lines are its documentation.
    file: &'static str,
}

impl Entry {
    /// The rule's documentation, as Markdown.
    pub fn doc(&self) -> String {
        doc(self.file)
    }

    /// The first sentence of the documentation, on one line, without its full stop.
    pub fn summary(&self) -> String {
        let doc = self.doc();
        let paragraph = doc.lines().skip_while(|l| l.trim().is_empty() || l.starts_with('#'));
        let paragraph = paragraph.take_while(|l| !l.trim().is_empty()).collect::<Vec<_>>().join(" ");
        let end = paragraph.find(". ").unwrap_or(paragraph.trim_end_matches('.').len());
        paragraph[..end].to_string()
    }
}

/// All rules, in the order of the documentation.
pub fn entries() -> impl Iterator<Item = Entry> {
    let pairs = RULES.iter().map(|r| Entry { name: r.name, file: r.file });
    let documents = DOCUMENT_RULES.iter().map(|r| Entry { name: r.name, file: r.file });
    let project = [(glossary_form::NAME, glossary_form::FILE), (unpaired_file::NAME, unpaired_file::FILE)];
    pairs.chain(documents).chain(project.into_iter().map(|(name, file)| Entry { name, file }))
}

pub fn find(name: &str) -> Option<Entry> {
    entries().find(|e| e.name == name)
}

/// The rule that somebody who wrote `name` most likely meant.
pub fn nearest(name: &str) -> Option<&'static str> {
    let distance = |e: &Entry| edit_distance(name, e.name);
    entries().min_by_key(distance).filter(|e| distance(e) <= 2 + name.len() / 5).map(|e| e.name)
}

/// The leading `//!` lines of a rule's file.
pub(super) fn doc(file: &str) -> String {
    let lines = file.lines().map_while(|l| l.strip_prefix("//!"));
    lines.map(|l| l.strip_prefix(' ').unwrap_or(l)).collect::<Vec<_>>().join("\n")
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
            let doc = rule.doc();
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
