//! # speaker-changed
//!
//! ## What it does
//! Reports a quotation whose English speaker is not the French one.
//!
//! ## Why is this bad?
//! A quotation in the wrong mouth is the gravest error a dispatch can hold.
//!
//! ## Example
//! « “Nous tenons”, a dit Haniyeh » → ““We are holding on”, said Netanyahu”

use super::compare::sources::What;
use super::{Finding, Pair};

crate::rule!("speaker-changed", "speaker_changed.rs", check);

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    for d in pair.sources().differences.iter().filter(|d| d.what == What::SpeakerChanged) {
        let french = d.source.map_or("", |s| s.of(pair.source.text));
        let english = d.target.map_or("", |s| s.of(pair.target.text));
        let message = format!("French gives these words to “{french}”; English to “{english}”");
        out.push(Finding {
            rule: RULE.name,
            severity: d.severity,
            confidence: d.confidence,
            message,
            source: d.source,
            target: d.target,
        });
    }
}
