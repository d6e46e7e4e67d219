//! Killing and wounding that no figure counts: « plusieurs personnes ont été tuées » as "several people were wounded".

use super::{Difference, Figures, Kind, Texts};
use crate::checks::{Confidence, Severity, Side};
use crate::facts::FactValue;
use crate::facts::quantity::Outcome;

/// Reports a text whose dead became wounded or whose wounded became dead, when it speaks of nothing else: one kind on
/// one side, the other on the other. Where figures settled it already, nothing is added.
pub fn compare(texts: &Texts, out: &mut Figures) {
    let (source, target) = (kinds(texts.source), kinds(texts.target));
    let (Some(s), Some(t)) = (only(source), only(target)) else { return };
    if s.0 == t.0 || out.of(Kind::CasualtyChanged).next().is_some() {
        return;
    }
    out.add(Difference {
        kind: Kind::CasualtyChanged,
        source: Some(s.1),
        target: Some(t.1),
        severity: Severity::Warning,
        confidence: Confidence::Medium,
    });
}

/// The first fact that tells of the dead, and the first that tells of the wounded.
fn kinds(side: &Side) -> [Option<usize>; 2] {
    let mut found = [None; 2];
    for (i, fact) in side.facts.iter().enumerate() {
        let outcome = match &fact.value {
            FactValue::Casualty(c) => Some(c.outcome),
            FactValue::Quantity(q) => q.outcome,
            _ => None,
        };
        match outcome {
            Some(Outcome::Killed) => found[0] = found[0].or(Some(i)),
            Some(Outcome::Wounded) => found[1] = found[1].or(Some(i)),
            _ => {}
        }
    }
    found
}

/// The outcome and its fact, when there is one kind only.
fn only(kinds: [Option<usize>; 2]) -> Option<(Outcome, usize)> {
    match kinds {
        [Some(i), None] => Some((Outcome::Killed, i)),
        [None, Some(i)] => Some((Outcome::Wounded, i)),
        _ => None,
    }
}
