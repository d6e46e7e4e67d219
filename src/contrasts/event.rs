//! What happened: the English event against what the French tells, or what excludes it.

use super::verb::{Verb, classes_with_words, of_class, words};
use super::{Contrast, Kind, edit};
use crate::checks::Pair;
use crate::facts::event::{Event, Kind as Told};
use crate::lexicon::events::{Classes, Events};
use crate::span::Span;

/// Opposites that are tried where nothing in the French tells of the English event.
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
    let mut push = |set: Classes, source, most| {
        for class in classes_with_words(set).take(most) {
            if !out.iter().any(|(c, _)| *c == class) {
                out.push((class, source));
            }
        }
    };
    for f in french.iter().filter(|f| f.classes & near == 0) {
        let unsaid = tables.near(f.classes) & en == 0;
        if f.classes & opposite != 0 && (!supported || unsaid || f.kind != Told::Word) {
            push(f.classes & opposite, Some(f.group), 1);
        } else if unsaid && !supported && f.kind != Told::Word {
            push(f.classes, Some(f.group), 1);
        }
    }
    if !supported && event.kind != Told::Word {
        push(opposite, None, TRIED);
    }
    out
}

/// The English with another event in this one's place.
fn instead(pair: &Pair<'_>, event: &Event, class: u8, source: Option<Span>) -> Option<Contrast> {
    if event.kind != Told::Word {
        let (target, words) = Verb::of(pair, event)?.instead(class)?;
        return Some(edit::replace(pair, Kind::Event, target, &words, source));
    }
    let lower = event.word.of(pair.target.text).to_lowercase();
    let noun = *of_class(class)?.nouns.first()?;
    let plain = |n: &&str| *n == lower;
    let is_noun = words().iter().flatten().any(|w| w.nouns.iter().any(&plain));
    let of = pair.target.text[event.group.end..].starts_with(" of ");
    (is_noun && of).then(|| edit::replace(pair, Kind::Event, event.word, noun, source))
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
        has("Trois guides ont été libérés.", "Three guides died.", "Three guides walked free.");
    }

    #[test]
    fn nouns_change_as_well() {
        has(
            "Il annonce la libération des otages.",
            "He announces the killing of the hostages.",
            "He announces the release of the hostages.",
        );
    }
}
