//! # quote-added
//!
//! ## What it does
//! Reports a quotation of four words or more in the English where the French has no quotation marks at all.
//!
//! ## Why is this bad?
//! The newsroom's own words, or an indirect report, become what somebody literally said.
//!
//! ## Example
//! « Le ministre a promis de répondre » → “The minister said, “We will answer without mercy””

use super::quote_lost::quotes;
use super::{By, Confidence, Finding, Pair, Severity};

crate::rule!("quote-added", Warning, "quote_added.rs", check);

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    if !quotes(&pair.source.facts).is_empty() {
        return;
    }
    for q in quotes(&pair.target.facts).iter().filter(|q| q.opened && q.closed && q.words >= 4) {
        out.push(Finding {
            rule: RULE.name,
            severity: Severity::Warning,
            confidence: Confidence::Medium,
            message: format!("English quotes “{}”; French has no quotation", q.inner.of(pair.target.text).trim()),
            source: None,
            target: Some(q.span),
            by: By::Rule,
        });
    }
}
