//! # name-missing
//!
//! ## What it does
//! Reports a person, an acronym or a name in English words (« Wall Street ») of the French that the English does not
//! have in any form: not the same, not mapped by the lexicon, not romanised differently.
//!
//! ## Why is this bad?
//! Readers do not learn who it was, and may take the claim to be about somebody else.
//!
//! ## Example
//! « Peggy Whitson commande l'équipage » → “The commander leads the crew”

use super::compare::names::NameChange;
use super::{By, Finding, Pair};

crate::rule!("name-missing", Warning, "name_missing.rs", check);

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    for d in pair.names().differences.iter().filter(|d| d.change == NameChange::Missing) {
        let Some(source) = d.source else { continue };
        out.push(Finding {
            rule: RULE.name,
            severity: d.severity,
            confidence: d.confidence,
            message: format!("French names “{}”; English does not", source.of(pair.source.text)),
            source: d.source,
            target: None,
            by: By::Rule,
        });
    }
}
