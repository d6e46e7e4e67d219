//! # number-changed
//!
//! ## What it does
//! Reports a number of the French that has become another number in the English. Values are compared, not digits: « 1,5
//! milliard » is the same as "1.5 billion", « quatre-vingt-dix-sept » as "97", « quinze jours » as "two weeks". Two
//! figures, weekdays or months that change places are reported as well, if the words around them stay where they were,
//! and so is a change that is told the other way round: "from 7,000 to 10,000" for « de 10 000 à 7 000 ».
//!
//! ## Why is this bad?
//! A wrong figure is a wrong fact, and nothing in the English sentence shows the reader that it is wrong.
//!
//! ## Example
//! > Les combats ont fait plus de 255 morts.
//! >
//! > The fighting left more than 225 dead.

use super::compare::FigureChange;
use super::{Confidence, Finding, Pair, Severity};
use crate::facts::moves::moves;

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    for d in pair.figures().of(FigureChange::NumberChanged) {
        out.push(
            d.finding(RULE.name, pair, |french, english| format!("French says “{french}”; English says “{english}”")),
        );
    }
    for d in pair.figures().of(FigureChange::NumbersExchanged) {
        out.push(d.finding(RULE.name, pair, |french, english| {
            format!("Figures changed places: where French says “{french}”, English says “{english}”")
        }));
    }
    let [french, english] = [&pair.source, &pair.target].map(|side| moves(&side.reading, &side.facts));
    for f in french.iter().filter(|f| !english.iter().any(|e| e.has_ends_of(f))) {
        let grade = (Severity::Error, Confidence::High);
        out.extend(english.iter().find(|e| e.reverses(f)).map(|e| {
            Finding::between(RULE.name, grade, pair, (f.span, e.span), |french, english| {
                format!("“{english}” has the change of “{french}” the other way round")
            })
        }));
    }
}

crate::rule!("number-changed", "number_changed.rs", check);
