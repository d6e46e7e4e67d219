//! # loaded-term
//!
//! ## What it does
//! Reports a word that judges (*terrorists*, *regime*, *massacre*) in the English where the French text has none of the
//! words that justify it. The table `src/lexicon/data/loaded.tsv` lists the words that judge, and for each the
//! beginnings of the French words that justify it: for *massacre*, « massacr », « tuerie » and others.
//!
//! ## Why is this bad?
//! News agencies leave such words to the people they quote; a translation that adds one takes sides.
//!
//! ## Example
//! « Des combattants ont pris le village » → “Terrorists took the village”

use super::{By, Confidence, Finding, Pair, Severity};
use crate::facts::FactValue;
use crate::lexicon::Lexicon;

crate::rule!("loaded-term", Warning, "loaded_term.rs", check);

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    let table = &Lexicon::get().loaded;
    let french = &pair.source.reading;
    for f in &pair.target.facts {
        let FactValue::Loaded(loaded) = f.value else { continue };
        if (0..french.len()).any(|i| table.justifies(loaded.group, french.lower(i))) {
            continue;
        }
        out.push(Finding {
            rule: RULE.name,
            severity: Severity::Warning,
            confidence: Confidence::Medium,
            message: format!("“{}” judges more than the French does", f.span.of(pair.target.text)),
            source: None,
            target: Some(f.span),
            by: By::Rule,
        });
    }
}
