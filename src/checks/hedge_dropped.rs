//! # hedge-dropped
//!
//! ## What it does
//! Reports a French press conditional (« aurait fait 12 morts ») where the English states a fact: no *reportedly*, no
//! *said to*, no *would* or *may*, and no source.
//!
//! ## Why is this bad?
//! French newsrooms mark by it what they could not confirm; without it a rumour is a fact.
//!
//! ## Example
//! « L'attaque aurait fait douze morts » → “The attack killed twelve people”

use super::{Confidence, Finding, Pair, Severity};
use crate::facts::FactValue;
use crate::facts::en::signals::signals;
use crate::facts::hedge::Kind;

crate::rule!("hedge-dropped", Warning, "hedge_dropped.rs", check);

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    let Some(french) =
        pair.source.facts.iter().find(|f| matches!(f.value, FactValue::Hedge(h) if h.kind == Kind::PressConditional))
    else {
        return;
    };
    let open = pair.target.facts.iter().any(|f| matches!(f.value, FactValue::Hedge(_)));
    if !open && signals(&pair.target.reading) == 0 {
        out.push(Finding {
            rule: RULE.name,
            severity: Severity::Warning,
            confidence: Confidence::Medium,
            message: format!(
                "French leaves open whether it is so (“{}”); English states it as a fact",
                french.span.of(pair.source.text)
            ),
            source: Some(french.span),
            target: None,
        });
    }
}
