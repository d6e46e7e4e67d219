//! # casualty-changed
//!
//! ## What it does
//! Reports a figure that counts something else in the English: wounded for killed, killed for missing, arrested for
//! abducted. Dead who became wounded, or wounded who became dead, are reported without a figure as well, and so is an
//! English figure that counts dead where nothing in the French tells of a death.
//!
//! ## Why is this bad?
//! The number is right, but not what it counts, and no comparison of digits notices that.
//!
//! ## Example
//! > L'attaque a fait 12 blessés.
//! >
//! > The attack killed 12 people.

use super::compare::FigureChange;
use super::{Finding, Pair, Side};
use crate::facts::FactValue;
use crate::facts::quantity::Whom;

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    for d in pair.figures().of(FigureChange::CasualtyChanged) {
        let (a, b) = (counted(&pair.source, d.source), counted(&pair.target, d.target));
        out.push(d.finding(RULE.name, pair, |french, english| match d.source {
            None => format!("English counts dead (“{english}”); nothing in the French tells of a death"),
            Some(_) if a != b => format!("French counts {a} (“{french}”); English counts {b} (“{english}”)"),
            Some(_) => format!("French says “{french}”; English says “{english}”"),
        }));
    }
}

/// What a figure counts, in the words of the message: "wounded", "children killed".
fn counted(side: &Side<'_>, fact: Option<usize>) -> String {
    let (whom, outcome) = match fact.map(|f| &side.facts[f].value) {
        Some(FactValue::Quantity(q)) => (q.whom, q.outcome),
        Some(FactValue::Casualty(c)) => (None, Some(c.outcome)),
        _ => (None, None),
    };
    match (whom.filter(|w| *w != Whom::People), outcome) {
        (Some(whom), Some(outcome)) => format!("{} {}", whom.name(), outcome.name()),
        (Some(whom), None) => whom.name().to_string(),
        (None, Some(outcome)) => outcome.name().to_string(),
        (None, None) => "people".to_string(),
    }
}

crate::rule!("casualty-changed", "casualty_changed.rs", check);
