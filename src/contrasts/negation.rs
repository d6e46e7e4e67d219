//! Contrasts about whether something happened: a "not" is put in where the French has more full negations than the
//! English, and a negation is taken out where it has fewer.

use super::verb::Verb;
use super::{Contrast, ContrastKind, edit};
use crate::checks::{Pair, Side};
use crate::facts::FactValue;
use crate::facts::event::EventForm;
use crate::facts::negation::{Negation, Strength};
use crate::lexicon::conjugation::en::{VerbForm, inflect};
use crate::lexicon::events::Events;
use crate::lexicon::{class, en};
use crate::span::Span;

/// "not" is tried at this many auxiliaries at most, and at as many verbs without an auxiliary.
const PLACES: usize = 2;

/// Adds contrasts with one negation more where the French has more full negations than the English, and with one less
/// where it has fewer.
pub(super) fn add(pair: &Pair<'_>, out: &mut Vec<Contrast>) {
    let (french, english) = (negations(&pair.source), negations(&pair.target));
    let full = |list: &[Negation]| list.iter().filter(|n| n.strength == Strength::Full).count();
    if full(&french) > full(&english) {
        let source = french.iter().find(|n| n.strength == Strength::Full).map(|n| n.span);
        put_in(pair, source, out);
    } else if full(&english) > full(&french) {
        take_out(pair, out);
    }
}

/// The negations of one text, full and soft.
fn negations(side: &Side<'_>) -> Vec<Negation> {
    let of = |value: &FactValue| if let FactValue::Negation(n) = value { Some(*n) } else { None };
    side.facts.iter().filter_map(|f| of(&f.value)).collect()
}

/// Adds contrasts with a "not" after an auxiliary ("has reached" → "has not reached"), or with "did not" or "does not"
/// before a verb that has no auxiliary ("reached" → "did not reach").
fn put_in(pair: &Pair<'_>, source: Option<Span>, out: &mut Vec<Contrast>) {
    let r = &pair.target.reading;
    let finite = |i: usize| r.among(i, &en::FINITE_AUXILIARIES);
    let auxiliaries =
        (0..r.len()).filter(|&i| finite(i) && !r.is(i + 1, class::NEG) && (i == 0 || !finite(i - 1))).take(PLACES);
    for i in auxiliaries {
        let words = format!("{} not", r.lower(i));
        out.push(edit::replace(pair, ContrastKind::Negation, r.span(i, i + 1), &words, source));
    }
    let simple = pair.events().target.iter().filter(|e| e.form == EventForm::Clause && e.group.start == e.word.start);
    for event in simple.take(PLACES) {
        let Some(verb) = Verb::of(pair, event) else { continue };
        let does = match verb.form {
            VerbForm::Past => "did",
            VerbForm::ThirdPerson => "does",
            _ => continue,
        };
        let words = format!("{does} not {}", Events::get().lemmas[usize::from(event.lemma)].text);
        out.push(edit::replace(pair, ContrastKind::Negation, event.word, &words, source));
    }
}

/// Adds contrasts without one of the negations "not", "never", "n't" or "cannot" that go with an auxiliary: "has not
/// reached" → "has reached", "did not reach" → "reached".
fn take_out(pair: &Pair<'_>, out: &mut Vec<Contrast>) {
    let r = &pair.target.reading;
    for i in 0..r.len() {
        let lower = r.lower(i);
        let (from, auxiliary) = match lower {
            "not" | "never" if i > 0 => (i - 1, r.lower(i - 1)),
            "cannot" => (i, "can"),
            // Cutting off "n't" would leave "ca" and "wo".
            "can't" => (i, "can"),
            "won't" => (i, "will"),
            _ => match lower.strip_suffix("n't") {
                Some(auxiliary) => (i, auxiliary),
                None => continue,
            },
        };
        let is_do = matches!(auxiliary, "did" | "does" | "do");
        let (end, words) = match auxiliary {
            "did" if r.is_word(i + 1) => (i + 2, inflect(r.lower(i + 1), VerbForm::Past)),
            "does" if r.is_word(i + 1) => (i + 2, inflect(r.lower(i + 1), VerbForm::ThirdPerson)),
            "do" if r.is_word(i + 1) => (i + 2, r.lower(i + 1).to_string()),
            _ if r.words[from].info.is(class::AUX) || from == i => (i + 1, auxiliary.to_string()),
            _ => continue,
        };
        // In "did not even reach" the next word is an adverb, which cannot be inflected as the
        // verb.
        if is_do && r.is(i + 1, class::ADV) || words.is_empty() {
            continue;
        }
        out.push(edit::replace(pair, ContrastKind::Negation, r.span(from, end), &words, None));
    }
}

#[cfg(test)]
mod tests {
    use super::super::texts;

    #[test]
    fn a_negation_is_put_in() {
        let all = texts("L'armée n'a pas repris la ville.", "The army has retaken the town.");
        assert!(all.contains(&"The army has not retaken the town.".to_string()), "{all:?}");
        let all = texts("L'armée n'a pas repris la ville.", "The army retook the town.");
        assert!(all.contains(&"The army did not retake the town.".to_string()), "{all:?}");
    }

    #[test]
    fn a_negation_is_taken_out() {
        let all = texts("L'armée a repris la ville.", "The army did not retake the town.");
        assert!(all.contains(&"The army retook the town.".to_string()), "{all:?}");
        let all = texts("L'armée peut partir.", "The army can't leave.");
        assert!(all.contains(&"The army can leave.".to_string()), "{all:?}");
    }

    #[test]
    fn what_both_deny_is_not_asked() {
        assert_eq!(texts("Il n'est pas venu.", "He has not come."), [""; 0]);
    }
}
