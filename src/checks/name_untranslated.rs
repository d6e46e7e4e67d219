//! # name-untranslated
//!
//! ## What it does
//! Reports a French form of a name that was left standing where English has one of its own: Alep, OTAN, BCE.
//!
//! ## Why is this bad?
//! Readers of the English do not know who or where it is, or take it for another: « RSF » is Reporters sans frontières
//! in French, and “RSF” the Rapid Support Forces of Sudan in English.
//!
//! ## Example
//! « Une mission de l'OIAC est arrivée » → “A mission of the OIAC has arrived”

use super::compare::names::NameChange;
use super::{By, Finding, Pair};

crate::rule!("name-untranslated", Warning, "name_untranslated.rs", check);

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    for d in &pair.names().differences {
        let (Some(source), Some(target), NameChange::LeftFrench(form)) = (d.source, d.target, &d.change) else {
            continue;
        };
        let english = target.of(pair.target.text);
        out.push(Finding {
            rule: RULE.name,
            severity: d.severity,
            confidence: d.confidence,
            message: format!("“{english}” is the French name; in English it is “{form}”"),
            source: Some(source),
            target: d.target,
            by: By::Rule,
        });
    }
}
