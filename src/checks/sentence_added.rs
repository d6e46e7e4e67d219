//! # sentence-added
//!
//! ## What it does
//! Reports a sentence of the English to which nothing in the French corresponds.
//!
//! The sentences of two documents are aligned by their lengths and by the figures, names and related words that they
//! share. In a single pair, the English is reported when the French is empty.
//!
//! ## Why is this bad?
//! What the English adds has no source: a model that goes on after the end of a sentence writes what is likely, not
//! what was reported.
//!
//! ## Example
//! > Les rebelles ont pris la ville. Les habitants fuient vers le sud.
//!
//! > Rebels have taken the town. The army says it will strike back. Residents are fleeing south.

use super::document_rule;
use super::documents::Aligned;
use super::{By, Confidence, Finding, Severity, sentence_dropped};
use crate::article::Sentence;
use crate::article::align::Bead;

document_rule!("sentence-added", "sentence_added.rs", check);

fn check(aligned: &Aligned, findings: &mut Vec<Finding>) {
    for bead in aligned.beads.iter().filter(|b| b.source.is_empty()) {
        let sentences = aligned.target.sentences[bead.target.clone()].iter();
        for sentence in sentences.filter(|s| !aligned.target.is_optional(s)) {
            let (severity, confidence) = weight(sentence, bead);
            findings.push(Finding {
                rule: RULE.name,
                severity,
                confidence,
                message: "Nothing in the French answers to this English sentence".to_string(),
                source: None,
                target: Some(sentence.span),
                by: By::Rule,
            });
        }
    }
}

/// The finding about a sentence of fewer words than this is only a note, since the sentence may be a heading, a credit
/// or "Interview."
const FEW_WORDS: usize = 4;

/// How grave and how sure the finding is about a sentence that is left over on one side.
pub(super) fn weight(sentence: &Sentence, bead: &Bead) -> (Severity, Confidence) {
    let few = sentence.text.split_whitespace().count() < FEW_WORDS;
    match (few, bead.sure) {
        (true, _) => (Severity::Note, Confidence::Low),
        (false, true) => (Severity::Error, Confidence::High),
        (false, false) => (Severity::Warning, Confidence::Medium),
    }
}

/// The finding about a single pair whose French is empty while its English is not.
pub(super) fn of_pair(source: &str, target: &str) -> Option<Finding> {
    let empty = |text: &str| !text.contains(char::is_alphanumeric);
    (empty(source) && !empty(target)).then(|| Finding {
        rule: RULE.name,
        by: By::Rule,
        severity: Severity::Error,
        confidence: Confidence::High,
        message: "The French is empty".to_string(),
        source: None,
        target: Some(sentence_dropped::trimmed(target)),
    })
}
