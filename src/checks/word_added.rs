//! # word-added
//!
//! ## What it does
//! Reports an English noun, verb or adjective that translates a few French words only, such as "submarine"
//! (« sous-marin », « submersible »), where the French has none of these. Nothing is reported where another rule has
//! spoken about the words around it. Words that a free translation often adds are reported as notes. Where exactly one
//! French word is lost and one English word is added, `word-lost` reports both together.
//!
//! ## Why is this bad?
//! Either the word says something else than the French, or the French does not say it at all. In both cases the
//! sentence may read well.
//!
//! ## Example
//! « La marine a envoyé deux frégates » → “The navy has sent two submarines”

use super::{By, Confidence, Finding, Pair, Severity, not_a_translation, word_lost};
use crate::lexicon::answers::Answers;

crate::rule!("word-added", Warning, "word_added.rs", check);

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    // If the English is not a translation at all, every word is added, and the finding of that rule already says so.
    if out.iter().any(|f| f.rule == not_a_translation::RULE.name) {
        return;
    }
    let (r, e) = (&pair.source.reading, &pair.target.reading);
    let found: Vec<Finding> = Answers::english()
        .unanswered(e, r)
        .filter_map(|added| Some((word_lost::alone_at(&pair.target, &added)?, added.is_soft)))
        .filter(|&(span, _)| !word_lost::is_told(out, span, |f| f.target))
        .map(|(span, is_soft)| Finding {
            rule: RULE.name,
            severity: if is_soft { Severity::Note } else { Severity::Warning },
            confidence: if is_soft { Confidence::Low } else { Confidence::Medium },
            message: format!("nothing in the French says “{}”", span.of(pair.target.text)),
            source: None,
            target: Some(span),
            by: By::Rule,
        })
        .collect();
    // Where not one word answers to another, as in a proverb, a single word means nothing.
    let is_free = |found: &[Finding]| {
        found.len() > 1
            && Answers::english().pairs(e, r).next().is_none()
            && Answers::french().pairs(r, e).next().is_none()
    };
    if is_free(&found) {
        return;
    }
    let is_loud = |f: &&mut Finding| f.severity > Severity::Note;
    let mut lost: Vec<&mut Finding> =
        out.iter_mut().filter(|f| f.rule == word_lost::RULE.name).filter(is_loud).collect();
    let mut added = found.iter().filter(|f| f.severity > Severity::Note).filter_map(|f| f.target);
    // One word in the place of another is one error.
    if let ([lost], Some(word), None) = (lost.as_mut_slice(), added.next(), added.next()) {
        lost.target = Some(word);
        lost.message += &format!(", and nothing in the French says “{}”", word.of(pair.target.text));
        return;
    }
    out.extend(found);
}
