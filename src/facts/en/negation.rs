//! Finds English negations: full ones such as "not", and soft ones, which limit or deny in another way (see
//! [`Strength`]).

use crate::facts::negation::{Negation, Strength};
use crate::facts::reading::Reading;
use crate::lexicon::{WordSet, class, en};

/// The negations of a text, in its order.
pub fn extract(r: &Reading<'_>) -> Vec<Negation> {
    let mut out = Vec::new();
    for i in 0..r.len() {
        let strength = if r.is(i, class::NEG) || r.lower(i).ends_with("n't") {
            let next = r.lower(i + 1);
            // "Not only", "no doubt", "nothing but", "no fewer than" and "never-ending" deny nothing, and "No. 1" is a
            // number, so these count as soft.
            let endless = r.lower(i) == "never" && (r.joins(i + 1) || next == "ending");
            let denies_nothing = en::DENYING_NOTHING.has(next) || r.lower(i) == "no" && r.mark(i + 1) == '.' || endless;
            if denies_nothing { Strength::Soft } else { Strength::Full }
        } else if r.is(i, class::NEG_SOFT)
            || r.lower(i) == "yet" && r.lower(i + 1) == "to"
            // As in "has run out of diesel".
            || r.lower(i + 1) == "out" && matches!(r.lower(i), "run" | "ran" | "running" | "runs")
            || is_set_phrase(r, i)
            || has_negative_affix(r.lower(i))
        {
            Strength::Soft
        } else {
            continue;
        };
        let inside = strength == Strength::Soft && (has_negative_affix(r.lower(i)) || is_set_phrase(r, i));
        out.push(Negation { span: r.span(i, i + 1), strength, inside });
    }
    out
}

/// Whether the word at `i` makes a set phrase that denies without "not": "out of the question", "out of fashion", "an
/// end to", "far from", "voted against", "kept from going", "broke his word".
fn is_set_phrase(r: &Reading<'_>, i: usize) -> bool {
    let within = |reach: usize, set: &WordSet| (i.saturating_sub(reach)..i).any(|k| r.among(k, set));
    match r.lower(i) {
        "far" => r.lower(i + 1) == "from" && (r.among(i + 2, &en::FAR_FROM) || r.lower(i + 2).ends_with("ing")),
        "short" => r.lower(i + 1) == "of",
        "anything" => matches!(r.lower(i + 1), "but" | "other"),
        "against" => within(1, &en::BEFORE_AGAINST) || r.lower(i + 1) == "all",
        "from" => within(8, &en::KEEPING) && r.lower(i + 1).ends_with("ing"),
        "opposition" | "objection" | "objections" | "resistance" => within(3, &en::DROPPING),
        "standstill" | "halt" => {
            r.lower(i.saturating_sub(1)) == "a" && matches!(r.lower(i.saturating_sub(2)), "to" | "at")
        }
        // "Drew a blank", "at a loss", "at their wits' end".
        "blank" | "loss" => r.lower(i.saturating_sub(1)) == "a" && r.among(i.saturating_sub(2), &en::BEFORE_BLANK),
        "wits" => true,
        // "He is staying put."
        "put" => within(1, &en::STAYING),
        "same" => within(2, &en::STAYING),
        "non" => r.joins(i + 1),
        "off" => (i + 1..i + 3).any(|k| r.among(k, &en::OFF_DUTY)),
        "away" => r.lower(i + 1) == "from" && within(1, &en::STAYING_AWAY),
        "guess" => within(2, &en::GUESSERS),
        "beyond" => r.is(i + 1, class::PRON) || r.among(i + 1, &en::OUT_OF),
        "break" | "breaks" | "broke" => (i + 1..i + 4).any(|k| r.among(k, &en::PROMISES)),
        "out" if r.lower(i + 1) == "of" => {
            let noun = i + 2 + usize::from(r.lower(i + 2) == "the");
            en::OUT_OF.has(r.lower(noun))
        }
        "end" => r.lower(i + 1) == "to",
        _ => false,
    }
}

/// Whether a prefix or ending of the word denies: "unaware", "irregular", "homeless", "disagree".
fn has_negative_affix(lower: &str) -> bool {
    let n = lower.len();
    let is_affixed = lower.starts_with("un") || lower.ends_with("less") && n > 6;
    n > 5 && (is_affixed && !en::NO_AFFIX.has(lower) || en::NEGATED.has(lower))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;

    fn strengths(text: &str) -> Vec<Strength> {
        extract(&Reading::new(text, Lang::En)).iter().map(|n| n.strength).collect()
    }

    #[test]
    fn full_negations_are_found() {
        assert_eq!(strengths("The army hasn't reached the city and never will."), [Strength::Full, Strength::Full]);
    }

    #[test]
    fn prefixes_and_set_phrases_are_soft_negations() {
        assert_eq!(strengths("He was unaware of it."), [Strength::Soft]);
        assert_eq!(strengths("A truce is out of the question."), [Strength::Soft]);
        assert_eq!(strengths("He called for an end to the shelling of the town."), [Strength::Soft]);
        assert_eq!(strengths("They came out of the town."), []);
        assert_eq!(strengths("The deal is far from done, and guards kept them from leaving."), [Strength::Soft; 2]);
        assert_eq!(strengths("The council voted against it; the boats sail against the wind."), [Strength::Soft]);
        assert_eq!(strengths("The union under the unit is unique."), []);
    }
}
