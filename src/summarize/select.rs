//! Scores how much each sentence matters for a summary, by its place, the words that it shares with the headline and
//! with the other sentences, its events, casualties, figures, sources and dates, its length and form, and how far its
//! translation can be trusted.
//!
//! The features are the classic ones of extractive summarising, with the weights set by hand for news. Place, title and
//! cue words are from Edmundson, "New methods in automatic extracting", 1969. Centrality, the mean similarity to the
//! other sentences, is a simple form of what Erkan and Radev do in "LexRank", 2004.

use super::antecedents::Need;
use super::material::{Material, MaterialLine};
use super::statement::Statement;
use crate::checks::context::contains_words;
use crate::facts::quantity::{Duty, NumberForm};
use crate::facts::reading::Reading;
use crate::facts::{Fact, FactValue};
use crate::lang::Lang;
use crate::language::clause;
use crate::lexicon::events::{Classes, Events};
use crate::lexicon::{WordSet, any, en, fr};
use std::collections::HashSet;

/// How much each sentence matters for a summary, in the order of the lines. A higher score means
/// more.
pub fn scores(material: &Material<'_>, statements: &[Statement]) -> Vec<f64> {
    let bags: Vec<HashSet<String>> = statements.iter().map(|s| bag(&s.english)).collect();
    let title = material.title.as_ref().map(|t| bag(&t.english)).unwrap_or_default();
    let title_events = material.title.as_ref().map_or(0, |t| events_of(&t.french));
    let telling = Events::get().set_of(&any::TELLING_EVENTS.words().collect::<Vec<_>>());
    let score_of = |(i, (line, statement)): (usize, (&MaterialLine, &Statement))| {
        // News articles have what matters most first, and a paragraph its main point. The place in the article is
        // counted in sentences and not in paragraphs, since paragraphs have one sentence in some articles and ten in
        // others.
        let by_place = 2.0 / (1.0 + i as f64 / 3.0) + if line.place == 0 { 0.4 } else { 0.0 };
        let central = bags.iter().enumerate().filter(|&(k, _)| k != i).map(|(_, b)| cosine(&bags[i], b)).sum::<f64>()
            / (bags.len().max(2) - 1) as f64;
        let title_share = share_in(&title, &bags[i]);
        let words = super::count_words(&statement.english);
        let events_here = events_of(&line.french);
        let events = 0.3 * f64::from((events_here & telling).count_ones().min(3))
            + if events_here & title_events == 0 { 0.0 } else { 0.5 };
        let mut score =
            by_place + 3.0 * central + 1.5 * title_share + events + fact_score(&line.source_facts, material);
        score -= 1.5 * f64::from(u8::from(line.needs_review)) + 0.3 * line.warnings as f64;
        // The model itself may have been unsure of the translation.
        score -= 1.2 * f64::from(line.doubt);
        score += weighty(&line.french);
        score -= if words < 7 { 1.5 } else { 0.0 } + if words > 45 { 0.4 } else { 0.0 };
        score -= if statement.english.contains('?') { 2.0 } else { 0.0 };
        score -= if statement.needs.contains(&Need::SentenceBefore) { 0.8 } else { 0.0 }
            + if statement.fragment { 3.0 } else { 0.0 };
        score
    };
    material.lines.iter().zip(statements).enumerate().map(score_of).collect()
}

/// How much a French sentence gains by what it tells of: a measure or state of affairs that changes
/// life in a place (« couvre-feu »), a superlative or a first time (« le plus meurtrier »), or
/// somebody who leads a state or a great institution (« président », « pape »).
fn weighty(french: &str) -> f64 {
    let lower = french.to_lowercase().replace('’', "'");
    let tells = |set: &WordSet| set.words().any(|words| contains_words(&lower, words));
    let gain = |set: &WordSet, gain: f64| if tells(set) { gain } else { 0.0 };
    gain(&fr::GRAVE, 0.8) + gain(&fr::RECORDS, 0.5) + gain(&fr::HEADS, 0.3)
}

/// The classes of the events that a French text tells of.
fn events_of(french: &str) -> Classes {
    clause::events(&Reading::new(french, Lang::Fr)).iter().fold(0, |all, event| all | event.classes)
}

/// What the French facts add to a sentence's score: most for figures that count casualties, less for up to two other
/// figures and for a strong attribution with a source. Each date in a year before that of publication lowers the score,
/// since such a sentence gives background.
fn fact_score(facts: &[Fact], material: &Material<'_>) -> f64 {
    let mut score: f64 = 0.0;
    let (mut figures, mut casualties, mut sourced) = (0, 0, false);
    for fact in facts {
        match &fact.value {
            FactValue::Quantity(q) if q.outcome.is_some() => casualties += 1,
            FactValue::Quantity(q) if q.duty == Duty::Must && q.form == NumberForm::Cardinal => figures += 1,
            FactValue::Attribution(a) => sourced |= a.has_strong_source(),
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

/// Whether one of two sentences adds little to the other: more than seven tenths of its words are in the other. Short
/// words and those that tell nothing about the subject do not count.
pub fn repeats(a: &str, b: &str) -> bool {
    let (a, b) = (bag(a), bag(b));
    share_in(&a, &b).max(share_in(&b, &a)) > 0.7
}

/// Whether two texts share so many words that one may be a correction of the other: at least six tenths of the words of
/// each are in the other, counted as in [`repeats`].
pub fn is_near(a: &str, b: &str) -> bool {
    let (a, b) = (bag(a), bag(b));
    share_in(&a, &b).min(share_in(&b, &a)) >= 0.6
}

/// The set of a text's words, each cut to its first six characters so that forms of a word are the same. Words of fewer
/// than four letters and those of [`en::IDLE`], which tell nothing about the subject, are left out; whole numbers are
/// kept whatever their length.
fn bag(text: &str) -> HashSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    let long = words.filter(|w| w.chars().count() > 3 && !en::IDLE.has(w.as_str()) || w.parse::<u32>().is_ok());
    long.map(|w| w.chars().take(6).collect()).collect()
}

/// Share of the words of `a` that `b` has; 0 if `a` has none.
fn share_in(a: &HashSet<String>, b: &HashSet<String>) -> f64 {
    if a.is_empty() { 0.0 } else { a.intersection(b).count() as f64 / a.len() as f64 }
}

/// How much two sets of words have in common, from 0 to 1 (their cosine).
fn cosine(a: &HashSet<String>, b: &HashSet<String>) -> f64 {
    let both = a.intersection(b).count() as f64;
    if both == 0.0 { 0.0 } else { both / ((a.len() * b.len()) as f64).sqrt() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changes_life_in_a_place_weighs_more() {
        let plain = weighty("Les boutiques du port sont fermées.");
        assert!(weighty("Un couvre-feu est en vigueur dans la capitale.") > plain);
        assert!(weighty("L’attentat est le plus meurtrier de l’histoire du pays.") > plain);
        assert!(weighty("Le chef de l’État est sain et sauf.") > plain);
        // Whole words alone count: a « roi » is no « roitelet ».
        assert_eq!(weighty("Le roitelet niche dans la haie."), plain);
    }
}
