//! Which sentences matter: place in the article, words shared with the headline and the rest of the article,
//! casualties, named sources, and how far the translation can be trusted.
//!
//! The features are the classic ones of extractive summarising (Edmundson, "New methods in automatic extracting", 1969:
//! place, title, cue words; centrality as in Erkan and Radev, "LexRank", 2004), with the weights set by hand for news.

use super::antecedents::Need;
use super::material::{Material, MaterialLine};
use super::statement::Statement;
use crate::facts::quantity::{Duty, NumberForm};
use crate::facts::reading::Reading;
use crate::facts::{Fact, FactValue};
use crate::lang::Lang;
use crate::language::clause;
use crate::lexicon::events::{Classes, Events};
use crate::lexicon::{any, en};
use std::collections::HashSet;

/// How much each sentence matters; the higher, the more. In the order of the lines.
pub fn scores(material: &Material<'_>, statements: &[Statement]) -> Vec<f64> {
    let bags: Vec<HashSet<String>> = statements.iter().map(|s| bag(&s.english)).collect();
    let title = material.title.as_ref().map(|t| bag(&t.english)).unwrap_or_default();
    let announced = material.title.as_ref().map_or(0, |t| happens(&Reading::new(&t.french, Lang::Fr)));
    let telling = Events::get().set_of(&any::TELLING_EVENTS.words().collect::<Vec<_>>());
    let one = |(i, (line, statement)): (usize, (&MaterialLine, &Statement))| {
        // The inverted pyramid: what stands first matters most, within a paragraph too. The place is counted in
        // sentences, since some articles have one in a paragraph and others ten.
        let place = 2.0 / (1.0 + i as f64 / 3.0) + if line.place == 0 { 0.4 } else { 0.0 };
        let central = bags.iter().enumerate().filter(|&(k, _)| k != i).map(|(_, b)| shared(&bags[i], b)).sum::<f64>()
            / (bags.len().max(2) - 1) as f64;
        let told = overlap(&title, &bags[i]);
        let words = super::count_words(&statement.english);
        let here = happens(&Reading::new(&line.french, Lang::Fr));
        let events =
            0.3 * f64::from((here & telling).count_ones().min(3)) + if here & announced == 0 { 0.0 } else { 0.5 };
        let mut score = place + 3.0 * central + 1.5 * told + events + facts(&line.source_facts, material);
        score -= 1.5 * f64::from(u8::from(line.needs_review)) + 0.3 * line.warnings as f64;
        // The model itself may have been unsure of the translation.
        score -= 1.2 * f64::from(line.doubt);
        score -= if words < 7 { 1.5 } else { 0.0 } + if words > 45 { 0.4 } else { 0.0 };
        score -= if statement.english.contains('?') { 2.0 } else { 0.0 };
        score -= if statement.needs.contains(&Need::SentenceBefore) { 0.8 } else { 0.0 }
            + if statement.fragment { 3.0 } else { 0.0 };
        score
    };
    material.lines.iter().zip(statements).enumerate().map(one).collect()
}

/// Classes of events that a French sentence tells of.
pub(super) fn happens(r: &Reading<'_>) -> Classes {
    clause::events(r).iter().fold(0, |all, event| all | event.classes)
}

/// What the facts of the French add to a sentence's score: casualties most, then figures and named sources. A year
/// before that of publication lowers it, since what it tells is background.
fn facts(facts: &[Fact], material: &Material<'_>) -> f64 {
    let mut score: f64 = 0.0;
    let (mut figures, mut casualties, mut sourced) = (0, 0, false);
    for fact in facts {
        match &fact.value {
            FactValue::Quantity(q) if q.outcome.is_some() => casualties += 1,
            FactValue::Quantity(q) if q.duty == Duty::Must && q.form == NumberForm::Cardinal => figures += 1,
            FactValue::Attribution(a) => sourced |= a.is_strong() && a.source.is_some(),
            FactValue::Date(d) => {
                let past = match (d.year, material.date) {
                    (Some(year), Some(published)) => year < published.year(),
                    _ => false,
                };
                score -= if past { 0.8 } else { 0.0 };
            }
            _ => {}
        }
    }
    score += if casualties > 0 { 1.2 } else { 0.0 } + 0.2 * f64::from(figures.min(2));
    score + if sourced { 0.4 } else { 0.0 }
}

/// Whether one of two sentences says little that the other does not say, by the words that they share.
pub fn repeats(a: &str, b: &str) -> bool {
    let (a, b) = (bag(a), bag(b));
    overlap(&a, &b).max(overlap(&b, &a)) > 0.7
}

/// Whether two texts share so many words that one may be a correction of the other.
pub fn is_near(a: &str, b: &str) -> bool {
    let (a, b) = (bag(a), bag(b));
    overlap(&a, &b).min(overlap(&b, &a)) >= 0.6
}

/// Words of four letters and more, cut to six so that forms of one word are the same, and all numbers; words that tell
/// nothing about the subject ([`en::IDLE`]) are left out.
fn bag(text: &str) -> HashSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    let long = words.filter(|w| w.chars().count() > 3 && !en::IDLE.has(w.as_str()) || w.parse::<u32>().is_ok());
    long.map(|w| w.chars().take(6).collect()).collect()
}

/// Share of the words of `a` that `b` has.
fn overlap(a: &HashSet<String>, b: &HashSet<String>) -> f64 {
    if a.is_empty() { 0.0 } else { a.intersection(b).count() as f64 / a.len() as f64 }
}

/// How much two sets of words have in common, from 0 to 1 (their cosine).
fn shared(a: &HashSet<String>, b: &HashSet<String>) -> f64 {
    let both = a.intersection(b).count() as f64;
    if both == 0.0 { 0.0 } else { both / ((a.len() * b.len()) as f64).sqrt() }
}
