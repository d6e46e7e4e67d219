//! # sentence-dropped
//!
//! ## What it does
//! Reports a sentence of the French to which nothing in the English corresponds.
//!
//! The sentences of two documents are aligned by their lengths and by the figures, names and related words that they
//! share. A sentence that moved, or that was merged into another one, is not reported. In a single pair, the French is
//! reported when it has eight words or more, and more than five for each English one.
//!
//! ## Why is this bad?
//! Nobody who sees the English alone can notice that a sentence is gone. What is dropped is often the other side's
//! version.
//!
//! ## Example
//! > Les rebelles ont pris la ville. L’armée dément toute avancée. Les habitants fuient vers le sud.
//!
//! > Rebels have taken the town. Residents are fleeing south.
//!
//! For a translation that is meant to be shorter than its source, use `--partial`: it makes these findings notes.

use super::document_rule;
use super::documents::Aligned;
use super::{By, Confidence, Finding, Severity, sentence_added};
use crate::span::Span;

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

/// French texts of fewer words than this are not judged: a few English words may say the same.
const MANY_WORDS: usize = 8;
/// A part of the French is gone if the French has more than this many words for each English one.
const TIMES: usize = 5;

/// The finding about a single pair whose English is nearly empty. An English without any word is left to
/// `not-a-translation`.
pub(super) fn of_pair(source: &str, target: &str) -> Option<Finding> {
    let words = |text: &str| text.split_whitespace().filter(|w| w.contains(char::is_alphanumeric)).count();
    let (french, english) = (words(source), words(target));
    let message = match (french, english) {
        (MANY_WORDS.., 1..) if english * TIMES < french => {
            format!("The English has {english} of about {french} words: the rest of the French is gone")
        }
        _ => return None,
    };
    Some(Finding {
        rule: RULE.name,
        by: By::Rule,
        severity: Severity::Error,
        confidence: Confidence::Medium,
        message,
        source: Some(trimmed(source)),
        target: None,
    })
}

/// Where the text stands without the white space around it.
pub(super) fn trimmed(text: &str) -> Span {
    let start = text.len() - text.trim_start().len();
    Span::new(start, start + text.trim().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_translation_is_reported_and_a_short_one_is_not() {
        let french = "Les habitants du village ont quitté leurs maisons dans la nuit, sans rien emporter.";
        let of = |english: &str| of_pair(french, english).map(|f| f.confidence);
        assert_eq!(of("Yes."), Some(Confidence::Medium));
        assert_eq!(of("Villagers fled at night, empty-handed."), None);
        assert_eq!(of_pair("Oui.", "Yes."), None);
        assert_eq!(of_pair("", ""), None);
    }
}
