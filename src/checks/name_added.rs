//! # name-added
//!
//! ## What it does
//! Reports a person or an acronym in the English that nothing in the French accounts for.
//!
//! ## Why is this bad?
//! A model fills in the name that it expects for a role (« le président »), and that may be another person's.
//!
//! ## Example
//! « Le président a parlé à la presse » → “Barack Obama spoke to reporters”

use super::compare::names::NameChange;
use super::{By, Finding, Pair};

crate::rule!("name-added", Warning, "name_added.rs", check);

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    for d in pair.names().differences.iter().filter(|d| d.change == NameChange::Added) {
        let Some(target) = d.target else { continue };
        out.push(Finding {
            rule: RULE.name,
            severity: d.severity,
            confidence: d.confidence,
            message: format!("English names “{}”; French does not", target.of(pair.target.text)),
            source: None,
            target: d.target,
            by: By::Rule,
        });
    }
}
