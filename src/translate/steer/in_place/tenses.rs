//! A participle where the past tense belongs: "Rebels on Tuesday retaken the town".
//!
//! Small models write the likelier piece of a verb that begins alike in both forms. A participle that takes an object
//! and has no auxiliary in front of it is the verb of its clause (Huddleston and Pullum, *The Cambridge Grammar of the
//! English Language*, 2002, chapter 3 § 1.3: a past participle in a reduced relative clause is passive, and has no
//! object).

use crate::facts::reading::Reading;
use crate::lang::Lang;
use crate::lexicon::{en, irregular};
use crate::translate::steer::Judged;

/// The translation with the past tense, unless the rules find more in it then.
pub fn put_right(_: &str, now: &Judged, judge: &dyn Fn(&str) -> Judged) -> Option<Judged> {
    let judged = judge(&in_past(&now.text)?);
    (judged.verdict() <= now.verdict()).then_some(judged)
}

/// The text with the first such participle in the past tense.
fn in_past(text: &str) -> Option<String> {
    let r = Reading::new(text, Lang::En);
    let (at, past) = (1..r.len()).find_map(|i| Some((i, past_at(&r, i)?)))?;
    let span = r.span(at, at + 1);
    Some(format!("{}{past}{}", &text[..span.start], &text[span.end..]))
}

/// The past tense of a participle at `i` that is the verb of its clause.
fn past_at(r: &Reading<'_>, i: usize) -> Option<&'static str> {
    let participle = r.lower(i);
    let past = irregular::past_of(participle).filter(|past| *past != participle && !irregular::is_past(participle))?;
    let takes_object = r.among(i + 1, &en::OBJECT_OPENERS) && !r.among(i + 2, &en::NO_OBJECTS);
    // Behind a conjunction the participle may share the auxiliary of the verb before it: "was arrested and taken". In
    // "given the size of the crowd" the participle is a preposition.
    let is_joined = !matches!(r.mark(i - 1), '\0' | ',') || matches!(r.lower(i - 1), "and" | "or" | "but" | "not");
    if !takes_object || is_joined || matches!(participle, "given" | "known" | "become" | "come" | "run") {
        return None;
    }
    let is_stop = |j: &usize| matches!(r.mark(*j), '.' | ';' | ':' | '?' | '!');
    let clause = (0..i).rev().find(is_stop).map_or(0, |j| j + 1)..i;
    let has_auxiliary = clause.clone().any(|j| r.among(j, &en::PARTICIPLE_AUXILIARIES));
    (!clause.is_empty() && !has_auxiliary).then_some(past)
}

#[cfg(test)]
mod tests {
    use super::in_past;

    #[test]
    fn a_participle_with_an_object_and_no_auxiliary_is_a_verb_in_the_past() {
        for (wrong, right) in [
            ("The militia on Sunday retaken the port of Asrane.", "The militia on Sunday retook the port of Asrane."),
            ("Government troops, backed by tanks, taken a hill.", "Government troops, backed by tanks, took a hill."),
            ("Two men stolen several rifles from the depot.", "Two men stole several rifles from the depot."),
        ] {
            assert_eq!(in_past(wrong).as_deref(), Some(right));
        }
    }

    #[test]
    fn participles_that_are_right_stay() {
        for right in [
            "The militia has since retaken the port.",
            "The town, retaken by the army, was shelled.",
            "The hostages taken the day before were freed.",
            "He was arrested and taken the same day to Selm.",
            "Having taken the bridge, they halted.",
            "Given the size of the crowd, the police withdrew.",
            "The town was shelled, beaten and driven the length of the valley.",
            "They took the hill and held it.",
        ] {
            assert_eq!(in_past(right), None, "{right}");
        }
    }
}
