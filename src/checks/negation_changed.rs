//! # negation-changed
//!
//! ## What it does
//! Reports a French negation (« ne … pas », « jamais », « aucun ») where nothing in the English denies: no *not*, no *un-*,
//! no verb like *fail* or *refuse*. « ne … que », expletive « ne » and « non seulement » are no negations.
//!
//! ## Why is this bad?
//! The sentence says the contrary.
//!
//! ## Example
//! « L'armée n'a pas atteint la ville » → “The army has reached the city”

use super::{Confidence, Finding, Pair, Severity};
use crate::facts::FactValue;
use crate::facts::negation::{Negation, Strength};

crate::rule!("negation-changed", "negation_changed.rs", check);

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    let negations = |facts: &'_ [crate::facts::Fact]| {
        facts
            .iter()
            .filter_map(|f| if let FactValue::Negation(n) = f.value { Some(n) } else { None })
            .collect::<Vec<Negation>>()
    };
    let (french, english) = (negations(&pair.source.facts), negations(&pair.target.facts));
    let full = |n: &&Negation| n.strength == Strength::Full;
    // What limits or denies softly on both sides renders itself, and no full negation.
    let softly = |list: &[Negation]| list.iter().filter(|n| n.strength == Strength::Soft).count();
    let count = |list: &[Negation]| list.iter().filter(full).count();
    if let Some(lost) = french.iter().find(full)
        && count(&english) + softly(&english).saturating_sub(softly(&french)) < count(&french)
    {
        out.push(Finding {
            rule: RULE.name,
            severity: Severity::Warning,
            confidence: Confidence::Medium,
            message: format!("French denies (“{}”); nothing in the English does", lost.span.of(pair.source.text)),
            source: Some(lost.span),
            target: None,
        });
    }
    if let Some(added) = english.iter().find(full)
        && french.is_empty()
        && is_verbal(added.span.of(pair.target.text))
    {
        out.push(Finding {
            rule: RULE.name,
            severity: Severity::Warning,
            confidence: Confidence::Low,
            message: format!("English denies (“{}”); nothing in the French does", added.span.of(pair.target.text)),
            source: None,
            target: Some(added.span),
        });
    }
}

/// "not" and its contractions; "no", "without", "nothing" render many positive phrases ("by no means", "no more than").
fn is_verbal(word: &str) -> bool {
    word.ends_with("n't")
        || word.ends_with("n’t")
        || word.eq_ignore_ascii_case("never")
        || word.eq_ignore_ascii_case("cannot")
}
