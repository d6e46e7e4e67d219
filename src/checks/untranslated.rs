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

use super::{By, Confidence, Finding, Pair, Severity};
use crate::lexicon::{en, fr};
use crate::span::Span;

crate::rule!("untranslated", "untranslated.rs", check);

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    let r = &pair.target.reading;
    let (mut words, mut french, mut english) = (0, 0, 0);
    for i in 0..r.len() {
        if r.is_word(i) {
            words += 1;
            french += usize::from(r.among(i, &fr::TELLTALE));
            english += usize::from(r.among(i, &en::TELLTALE));
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
            by: By::Rule,
        });
    }
}
