//! # roles-exchanged
//!
//! ## What it does
//! Reports two parties that stand in each other's place: the attacker is attacked, the town is retaken by those who
//! lost it, a number counts civilians and another one soldiers where it is the other way round. Passives, « aux mains
//! de », "fell to" and "was taken from" are understood.
//!
//! ## Why is this bad?
//! It accuses the victim, and no rule about names notices it, since all names are there.
//!
//! ## Example
//! « Les insurgés ont repris Morvel à l'armée » → “The army retook Morvel from the insurgents”

use super::compare::events::EventChange;
use super::compare::{agents, counted, groups, instead, nationalities};
use super::{Confidence, Finding, Pair, Severity};

crate::rule!("roles-exchanged", "roles_exchanged.rs", check);

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    for d in pair.events().differences.iter().filter(|d| d.change == EventChange::Exchanged) {
        let grade = match d.sure {
            true => (Severity::Error, Confidence::High),
            false => (Severity::Warning, Confidence::Medium),
        };
        out.push(Finding::between(RULE.name, grade, pair, (d.source, d.target), |french, english| {
            format!("The parties of “{french}” stand in each other's place in “{english}”")
        }));
    }
    if out.iter().any(|f| f.rule == RULE.name) {
        return;
    }
    let grade = (Severity::Warning, Confidence::Medium);
    if let Some(places) = counted::exchanged(pair) {
        out.push(Finding::between(RULE.name, grade, pair, places, |french, english| {
            format!("“{french}” and “{english}” count different things, each of which is elsewhere in the other text")
        }));
        return;
    }
    if let Some(places) = groups::exchanged(pair) {
        out.push(Finding::between(RULE.name, grade, pair, places, |french, english| {
            format!("what is said of “{french}” is said of another group than “{english}”, and the other way round")
        }));
        return;
    }
    let places =
        agents::exchanged(pair).or_else(|| instead::exchanged(pair)).or_else(|| nationalities::exchanged(pair));
    out.extend(places.map(|places| {
        Finding::between(RULE.name, grade, pair, places, |french, english| {
            format!("“{french}” and “{english}” have their parties in each other's place")
        })
    }));
}
