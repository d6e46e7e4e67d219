//! Contrasts about what happened. An English event is replaced by one that the French may tell. The new event
//! contradicts the English one; or it is merely a different one, where the French seems not to tell the English event
//! and the English seems not to tell the French event.

use super::verb::{Verb, classes_with_words, of_class, words};
use super::{Contrast, ContrastKind, edit};
use crate::checks::Pair;
use crate::facts::event::{Event, EventForm};
use crate::lang::Lang;
use crate::lexicon::events::{Classes, Events, plural};
use crate::span::Span;

/// How many classes of one French event are tried at most. A class says what kind of event a word tells (see
/// [`crate::lexicon::events`]). A word may have several: « libérer » is to free a person or to retake a town.
const TRIED: usize = 2;

/// Adds the contrasts of every English event that has a known class.
pub(super) fn add(pair: &Pair<'_>, out: &mut Vec<Contrast>) {
    let events = pair.events();
    for event in events.target.iter().filter(|e| e.classes != 0) {
        for (class, source) in classes_instead(&events.source, &events.target, event) {
            out.extend(instead(pair, event, class, source));
        }
    }
}

/// The classes of event that the French may mean where the English has `event`, each with the French words that suggest
/// it.
fn classes_instead(french: &[Event], english: &[Event], event: &Event) -> Vec<(u8, Span)> {
    let tables = Events::get();
    // All classes that the words of any of the events may have.
    let possible_of = |events: &[Event]| events.iter().fold(0, |set, e| set | e.possible);
    let (possible_french, possible_english) = (possible_of(french), possible_of(english));
    let near = tables.near(event.classes);
    let opposite = tables.opposites(event.classes) & !near;
    // Whether the English event may render any French event.
    let supported = near & possible_french != 0;
    let mut out: Vec<(u8, Span)> = Vec::new();
    let mut push = |set: Classes, source: Span| {
        for class in classes_with_words(set).take(TRIED) {
            if !out.iter().any(|(c, _)| *c == class) {
                out.push((class, source));
            }
        }
    };
    // French events that the English event may render are no reason to replace it.
    for f in french.iter().filter(|f| f.classes & near == 0) {
        // Whether nothing in the English may render this French event.
        let missing_in_english = tables.near(f.classes) & possible_english == 0;
        // The classes of the French event that contradict the English one. If none of the classes that the French event
        // has here does, the other classes that its word may have are looked at.
        let contrary = if f.classes & opposite != 0 { f.classes & opposite } else { f.possible & opposite };
        // A French event that contradicts the English one counts, unless each text may have the event of the other and
        // the French event is told only by a noun or adjective. A French event that is merely different counts only if
        // neither text seems to have the event of the other and the French event is told by a verb.
        if contrary != 0 && (!supported || missing_in_english || f.form != EventForm::Word) {
            push(contrary, f.group);
        } else if missing_in_english && !supported && f.form != EventForm::Word {
            push(f.classes, f.group);
        }
    }
    out
}

/// The English with an event of `class` in place of `event`: a verb for a verb, a noun for a noun. `None` where the
/// form or the extent of the verb is not clear, where the word is an adjective or a noun that `contrast-events.tsv`
/// does not have, and where that table has no word of `class` that fits the sentence.
fn instead(pair: &Pair<'_>, event: &Event, class: u8, source: Span) -> Option<Contrast> {
    if event.form != EventForm::Word {
        let (target, replacement) = Verb::of(pair, event)?.instead(class)?;
        return Some(edit::replace(pair, ContrastKind::Event, target, &replacement, Some(source)));
    }
    let lower = event.word.of(pair.target.text).to_lowercase();
    let noun = *of_class(class)?.nouns.first()?;
    let any_noun = |form: &dyn Fn(&str) -> bool| words().iter().flatten().any(|w| w.nouns.iter().any(|n| form(n)));
    let is_singular = any_noun(&|n| n == lower);
    let is_plural = any_noun(&|n| plural(n, Lang::En) == lower);
    let replacement = if is_plural { plural(noun, Lang::En) } else { noun.to_string() };
    (is_singular || is_plural).then(|| edit::replace(pair, ContrastKind::Event, event.word, &replacement, Some(source)))
}

#[cfg(test)]
mod tests {
    use super::super::texts;

    /// Asserts that `contrast` is among the contrasts of the two texts.
    #[track_caller]
    fn has(french: &str, english: &str, contrast: &str) {
        let all = texts(french, english);
        assert!(all.iter().any(|t| t == contrast), "{all:#?}");
    }

    /// Asserts that no contrast of the two texts has these words.
    #[track_caller]
    fn has_none(french: &str, english: &str, words: &str) {
        let all = texts(french, english);
        assert!(!all.iter().any(|t| t.contains(words)), "{all:#?}");
    }

    #[test]
    fn the_replacement_takes_the_form_of_the_english_verb() {
        has("Les deux guides ont été tués.", "The two guides were freed.", "The two guides were killed.");
        has("Le juge a acquitté le maire.", "The judge convicted the mayor.", "The judge acquitted the mayor.");
        has(
            "Le pays va lever les sanctions.",
            "The country will impose sanctions.",
            "The country will lift sanctions.",
        );
    }

    #[test]
    fn verbs_without_an_object_get_none() {
        has("Trois guides sont morts.", "Three guides survived.", "Three guides died.");
        has("Les trois otages ont été libérés.", "The three hostages died.", "The three hostages walked free.");
    }

    #[test]
    fn a_passive_takes_the_form_that_the_sentence_needs() {
        let french = "Les gardes sont blessés chaque jour.";
        has(french, "They die every day.", "They are wounded every day.");
        has(french, "They died every day.", "They were wounded every day.");
        has(french, "They will die every day.", "They will be wounded every day.");
        has_none(french, "They did not die every day.", "did not be");
        has_none(french, "When do the guards die?", " be wounded");
    }

    #[test]
    fn a_verb_that_takes_no_object_gets_none() {
        has("L'armée a reculé.", "The army was defended.", "The army retreated.");
        has_none("L'armée a reculé.", "The army was defending the town.", "retreated the town");
    }

    #[test]
    fn nouns_change_as_well() {
        has("Ils saluent les libérations.", "They welcome the arrests.", "They welcome the releases.");
        has(
            "Il annonce la libération des otages.",
            "He announces the killing of the hostages.",
            "He announces the release of the hostages.",
        );
    }
}
