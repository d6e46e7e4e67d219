//! English negation.

use crate::facts::negation::{Negation, Strength};
use crate::facts::reading::Reading;
use crate::lexicon::{class, en};

pub fn extract(r: &Reading<'_>) -> Vec<Negation> {
    let mut out = Vec::new();
    for i in 0..r.len() {
        let strength = if r.is(i, class::NEG) || r.lower(i).ends_with("n't") {
            let next = r.lower(i + 1);
            // "not only", "no doubt", "nothing but", "no fewer than" deny nothing; "No. 1" is a number.
            let idle = en::DENYING_NOTHING.has(next) || r.lower(i) == "no" && r.mark(i + 1) == '.';
            if idle { Strength::Soft } else { Strength::Full }
        } else if r.is(i, class::NEG_SOFT)
            || r.lower(i) == "yet" && r.lower(i + 1) == "to"
            // "has run out of diesel"
            || r.lower(i + 1) == "out" && matches!(r.lower(i), "run" | "ran" | "running" | "runs")
            || has_negative_affix(r.lower(i))
        {
            Strength::Soft
        } else {
            continue;
        };
        let inside = strength == Strength::Soft && has_negative_affix(r.lower(i));
        out.push(Negation { span: r.span(i, i + 1), strength, inside });
    }
    out
}

/// "unaware", "irregular", "homeless", "disagree": the prefix denies.
fn has_negative_affix(lower: &str) -> bool {
    let n = lower.len();
    n > 5
        && (lower.starts_with("un") && !en::NO_PREFIX.has(lower)
            || en::NEGATED.has(lower)
            || lower.ends_with("less") && n > 6)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;

    fn strengths(text: &str) -> Vec<Strength> {
        extract(&Reading::new(text, Lang::En)).iter().map(|n| n.strength).collect()
    }

    #[test]
    fn not_and_its_kin_deny() {
        assert_eq!(strengths("The army hasn't reached the city and never will."), [Strength::Full, Strength::Full]);
    }

    #[test]
    fn prefixes_can_render_a_negation() {
        assert_eq!(strengths("He was unaware of it."), [Strength::Soft]);
        assert_eq!(strengths("The union under the unit is unique."), []);
    }
}
