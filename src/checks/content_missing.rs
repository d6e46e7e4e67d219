//! # content-missing
//!
//! ## What it does
//! Reports words of the French that nothing in the English answers to, as a model sees it: a clause, a thing of a list, a
//! place or a source that the translation left out. Only `depeche check --deep` looks for it.
//!
//! The model reads the French behind the English and behind nothing. A run of French words that the English makes no likelier
//! is what it does not tell.
//!
//! ## Why is this bad?
//! The figures and names of what is left may all be right. Who reads the English alone cannot notice that the other side's
//! version, or half of what happened, is gone.
//!
//! ## Example
//! « Les rebelles ont pris la ville, ce que l’armée dément, et avancent vers le sud. » → “Rebels have taken the town and are
//! advancing south.”

use super::{By, Confidence, Finding, Pair, Severity, Shortfall, sentence_dropped};
use crate::contrasts::support::Unsupported;

pub const NAME: &str = "content-missing";
pub(super) const FILE: &str = include_str!("content_missing.rs");

/// Nats from which on a run is reported: of 337 translations of the WMT news test sets 2009 and 2010 by Google and Microsoft
/// four weigh more (two of them have lost something), of 200 with two to nine words cut out 136.
const LEAST: f32 = 14.;
/// Nats from which on the confidence is high: one in 337, which did lose a bracket, and 88 of 200.
const SURE: f32 = 18.;

/// The finding that a run of French without support makes, none where it weighs too little.
pub fn finding(pair: &Pair<'_>, part: Unsupported) -> Option<Finding> {
    if part.nats < LEAST {
        return None;
    }
    let confidence = if part.nats >= SURE { Confidence::High } else { Confidence::Medium };
    let words = part.span().of(pair.source.text);
    Some(Finding {
        rule: NAME,
        severity: Severity::Warning,
        confidence,
        message: format!("the model finds nothing in the English that answers to “{words}”"),
        source: Some(part.span()),
        target: None,
        by: By::Support(Shortfall::new(part.nats)),
    })
}

/// Whether a rule has reported already that the pair lost more than a fact.
pub fn says_so(finding: &Finding) -> bool {
    finding.rule == sentence_dropped::RULE.name && finding.severity > Severity::Note
}
