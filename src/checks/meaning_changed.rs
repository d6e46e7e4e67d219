//! # meaning-changed
//!
//! ## What it does
//! Reports an English word that excludes what the French says, where no other rule has found anything: after for
//! before, rejected for adopted, all for most, hospital for school, doctor for patient. It is reported only where the
//! French has a word for the one and none for the other, and the English has the other and not the one. With `check
//! --deep`, it also reports words in whose place a model would far rather write others, and behind these the French.
//!
//! ## Why is this bad?
//! The sentence is turned around, and reads as well as the right one.
//!
//! ## Example
//! « Les députés ont adopté la loi » → “Lawmakers rejected the law”

use super::compare::{comparatives, confusions};
use super::{Confidence, Finding, Pair, Severity, casualty_changed, event_changed, roles_exchanged};

crate::rule!("meaning-changed", Warning, "meaning_changed.rs", check);

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    // These rules have reported that the English tells of another outcome or event, or of other parties. Its words
    // would only report the same once more.
    let told = [casualty_changed::RULE.name, event_changed::RULE.name, roles_exchanged::RULE.name];
    if out.iter().any(|f| told.contains(&f.rule)) {
        return;
    }
    let grade = (Severity::Warning, Confidence::Medium);
    out.extend(comparatives::turned(pair).map(|places| Finding::between(RULE.name, grade, pair, places, says)));
    for c in confusions::of(pair) {
        let at_its_place = |f: &Finding| {
            f.source.is_some_and(|s| s.overlaps(c.source)) || f.target.is_some_and(|t| t.overlaps(c.target))
        };
        if out.iter().filter(|f| f.severity > Severity::Note).any(at_its_place) {
            continue;
        }
        out.push(Finding::between(RULE.name, grade, pair, (c.source, c.target), says));
    }
}

fn says(french: &str, english: &str) -> String {
    format!("French says “{french}”; English says “{english}”")
}
