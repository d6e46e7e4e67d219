//! # sentence-dropped
//!
//! ## What it does
//! Reports a sentence of the French that nothing in the English answers to.
//!
//! The sentences of two documents are aligned by their lengths and by the figures, names and related words that they
//! share. A sentence that moved, or that was merged into another one, is not left over. Single pairs are not looked at.
//!
//! ## Why is this bad?
//! A sentence that is gone reads as well as one that is there: nobody who sees the English alone can notice. What is
//! dropped is often the other side's version.
//!
//! ## Example
//! > Les rebelles ont pris la ville. L’armée dément toute avancée. Les habitants fuient vers le sud.
//!
//! > Rebels have taken the town. Residents are fleeing south.
//!
//! For a translation that is meant to be shorter than its source, use `--partial`: it makes these findings notes.

use super::document_rule;
use super::documents::Aligned;
use super::{By, Finding, sentence_added};

document_rule!("sentence-dropped", "sentence_dropped.rs", check);

fn check(aligned: &Aligned, findings: &mut Vec<Finding>) {
    for bead in aligned.beads.iter().filter(|b| b.target.is_empty()) {
        let sentences = aligned.source.sentences[bead.source.clone()].iter();
        for sentence in sentences.filter(|s| !aligned.source.is_optional(s)) {
            let (severity, confidence) = sentence_added::weight(sentence, bead);
            findings.push(Finding {
                rule: RULE.name,
                severity,
                confidence,
                message: "Nothing in the English answers to this French sentence".to_string(),
                source: Some(sentence.span),
                target: None,
                by: By::Rule,
            });
        }
    }
}
