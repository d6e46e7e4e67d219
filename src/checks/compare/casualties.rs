//! Killing and wounding, also where no figure counts them: « plusieurs personnes ont été tuées » as "several people
//! were wounded".

use super::{FigureChange, FigureDifference, Figures, Texts};
use crate::checks::{Confidence, Severity, Side};
use crate::facts::FactValue;
use crate::facts::quantity::{Outcome, Quantity};
use crate::lexicon::fr;

/// Reports dead who became wounded, or wounded who became dead, where each text tells of one of the two only. Where
/// there is no such change, an English figure that counts dead is reported if nothing in the French tells of a death.
/// Nothing is added where a figure was already reported as counting something else.
pub fn compare(texts: &Texts, out: &mut Figures) {
    if out.of(FigureChange::CasualtyChanged).next().is_some() {
        return;
    }
    let mut report = |source, target| {
        let (severity, confidence) = (Severity::Warning, Confidence::Medium);
        out.add(FigureDifference {
            change: FigureChange::CasualtyChanged,
            source,
            target: Some(target),
            severity,
            confidence,
        });
    };
    if let (Some(s), Some(t)) = (only(kinds(texts.source)), only(kinds(texts.target)))
        && s.0 != t.0
    {
        report(Some(s.1), t.1);
    } else if let Some(dead) = counted_dead(texts.target).filter(|_| !tells_of_death(texts.source)) {
        report(None, dead);
    }
}

/// The first figure that counts dead: "killing 15 people".
fn counted_dead(side: &Side) -> Option<usize> {
    let is_dead = |q: &Quantity| q.outcome == Some(Outcome::Killed);
    side.facts.iter().position(|f| matches!(&f.value, FactValue::Quantity(q) if is_dead(q)))
}

/// Whether any word of a French text may tell of a death.
fn tells_of_death(side: &Side) -> bool {
    let r = &side.reading;
    // « passés par les armes » means executed.
    let by_arms = |i: usize| i > 1 && r.lower(i) == "armes" && r.lower(i - 2) == "par";
    (0..r.len()).any(|i| r.is_word(i) && r.among(i, &fr::TELLING_OF_DEATH) || by_arms(i))
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

/// The outcome and its fact, where the text tells of only one of the two outcomes.
fn only(kinds: [Option<usize>; 2]) -> Option<(Outcome, usize)> {
    match kinds {
        [Some(i), None] => Some((Outcome::Killed, i)),
        [None, Some(i)] => Some((Outcome::Wounded, i)),
        _ => None,
    }
}
