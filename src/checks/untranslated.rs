//! # untranslated
//!
//! ## What it does
//! Reports a target that is French: the source copied, or a text whose function words are French.
//!
//! ## Why is this bad?
//! A sentence that the model gave back unchanged passes every check of figures and names.
//!
//! ## Example
//! « Les combats ont repris à Alep. » → “Les combats ont repris à Alep.”

use super::{Confidence, Finding, Pair, Severity};
use crate::span::Span;

crate::rule!("untranslated", "untranslated.rs", check);

/// French function words that are no English words.
const FRENCH: &[&str] = &[
    "le", "la", "les", "l'", "un", "une", "des", "du", "de", "d'", "et", "est", "dans", "que", "qu'", "qui", "pour",
    "sur", "pas", "ne", "n'", "il", "elle", "ils", "elles", "ce", "cette", "ces", "avec", "par", "au", "aux", "sont",
    "ont", "été", "mais", "ou", "où", "son", "sa", "ses", "leur", "leurs", "nous", "vous", "à", "y", "se", "s'", "en",
    "c'", "j'", "je",
];
/// English ones that are no French words.
const ENGLISH: &[&str] = &[
    "the", "of", "and", "to", "in", "that", "is", "was", "for", "it", "with", "as", "be", "are", "by", "this", "from",
    "at", "his", "her", "have", "has", "had", "not", "but", "they", "which", "were", "been", "their", "will", "would",
    "said", "he", "she", "we", "you", "i",
];

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    let r = &pair.target.reading;
    let (mut words, mut french, mut english) = (0, 0, 0);
    for i in 0..r.len() {
        if r.is_word(i) {
            words += 1;
            let lower = r.lower(i);
            if lower.len() <= 5 {
                french += usize::from(FRENCH.contains(&lower));
                english += usize::from(ENGLISH.contains(&lower));
            }
        }
    }
    let copied = words >= 5 && pair.source.text.trim() == pair.target.text.trim() && french > english;
    let in_french = words >= 6 && french >= 3 && english * 4 <= french && french * 6 >= words;
    if copied || in_french {
        out.push(Finding {
            rule: RULE.name,
            severity: Severity::Error,
            confidence: Confidence::High,
            message: "The English side is French".to_string(),
            source: Some(Span::new(0, pair.source.text.len())),
            target: Some(Span::new(0, pair.target.text.len())),
        });
    }
}
