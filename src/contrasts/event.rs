//! Contrasts about what happened: each English event is replaced by an event that the French tells and the English
//! lacks, or that contradicts the English one.

use super::verb::{Verb, classes_with_words, of_class, words};
use super::{Contrast, ContrastKind, edit};
use crate::checks::Pair;
use crate::facts::event::{Event, EventForm};
use crate::lang::Lang;
use crate::lexicon::events::{Classes, Events, plural};
use crate::span::Span;

/// Classes of one French event that are tried: « libérer » frees a person and retakes a town.
const TRIED: usize = 2;

pub(super) fn add(pair: &Pair<'_>, out: &mut Vec<Contrast>) {
    let told = pair.events();
    for event in told.target.iter().filter(|e| e.classes != 0) {
        for (class, source) in reasons(&told.source, &told.target, event) {
            out.extend(instead(pair, event, class, source));
        }
    }
}

/// The classes that the French may mean in place of an English event, each with the French that says so.
fn reasons(french: &[Event], english: &[Event], event: &Event) -> Vec<(u8, Option<Span>)> {
    let tables = Events::get();
    let all = |list: &[Event]| list.iter().fold(0, |all, e| all | e.possible);
    let (fr, en) = (all(french), all(english));
    let near = tables.near(event.classes);
    let opposite = tables.opposites(event.classes) & !near;
    let supported = near & fr != 0;
    let mut out: Vec<(u8, Option<Span>)> = Vec::new();
    let mut push = |set: Classes, source| {
        for class in classes_with_words(set).take(TRIED) {
            if !out.iter().any(|(c, _)| *c == class) {
                out.push((class, source));
            }
        }
    };
    for f in french.iter().filter(|f| f.classes & near == 0) {
        let unsaid = tables.near(f.classes) & en == 0;
        // If the class that the French event has here does not contradict the English, the other classes that its word
        // may have are looked at.
        let contrary = if f.classes & opposite != 0 { f.classes & opposite } else { f.possible & opposite };
        // A contradicting event counts unless the French supports the English one, the English has the class of the
        // French, and the French tells it by a noun or adjective only. An event that is merely another one counts if the
        // English lacks it, nothing supports the English one, and a verb tells it.
        if contrary != 0 && (!supported || unsaid || f.form != EventForm::Word) {
            push(contrary, Some(f.group));
        } else if unsaid && !supported && f.form != EventForm::Word {
            push(f.classes, Some(f.group));
        }
    }
    out
}

/// The English with an event of `class` in place of `event`; `None` where the form of the verb cannot be read, or a noun
/// is not in the table of contrasts.
fn instead(pair: &Pair<'_>, event: &Event, class: u8, source: Option<Span>) -> Option<Contrast> {
    if event.form != EventForm::Word {
        let (target, words) = Verb::of(pair, event)?.instead(class)?;
        return Some(edit::replace(pair, ContrastKind::Event, target, &words, source));
    }
    let lower = event.word.of(pair.target.text).to_lowercase();
    let noun = *of_class(class)?.nouns.first()?;
    let known = |form: &dyn Fn(&str) -> bool| words().iter().flatten().any(|w| w.nouns.iter().any(|n| form(n)));
    let one = known(&|n| n == lower);
    let many = known(&|n| plural(n, Lang::En) == lower);
    let words = if many { plural(noun, Lang::En) } else { noun.to_string() };
    (one || many).then(|| edit::replace(pair, ContrastKind::Event, event.word, &words, source))
}

#[cfg(test)]
mod tests {
    use super::super::texts;

    #[track_caller]
    fn has(french: &str, english: &str, contrast: &str) {
        let all = texts(french, english);
        assert!(all.iter().any(|t| t == contrast), "{all:#?}");
    }

    #[test]
    fn the_french_event_stands_in_the_english_ones_form() {
        has("Les deux guides ont été tués.", "The two guides were freed.", "The two guides were killed.");
        has("Le juge a acquitté le maire.", "The judge convicted the mayor.", "The judge acquitted the mayor.");
        has(
            "Le pays va lever les sanctions.",
            "The country will impose sanctions.",
            "The country will lift sanctions.",
        );
    }

    #[test]
    fn verbs_without_an_object_stay_so() {
        has("Trois guides sont morts.", "Three guides survived.", "Three guides died.");
        has("Les trois otages ont été libérés.", "The three hostages died.", "The three hostages walked free.");
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
