//! # roles-exchanged
//!
//! ## What it does
//! Reports two parties that stand in each other's place: the attacker is attacked, the town is retaken by those who
//! lost it. Passives, « aux mains de », "fell to" and "was taken from" are understood.
//!
//! ## Why is this bad?
//! It accuses the victim, and no rule about names notices it, since all names are there.
//!
//! ## Example
//! « Les insurgés ont repris Morvel à l'armée » → “The army retook Morvel from the insurgents”

use super::compare::agents;
use super::compare::events::EventChange;
use super::{By, Confidence, Finding, Pair, Severity};

crate::rule!("roles-exchanged", "roles_exchanged.rs", check);

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    for d in pair.events().differences.iter().filter(|d| d.change == EventChange::Exchanged) {
        out.push(Finding {
            rule: RULE.name,
            severity: if d.sure { Severity::Error } else { Severity::Warning },
            confidence: if d.sure { Confidence::High } else { Confidence::Medium },
            message: format!(
                "The parties of “{}” stand in each other's place in “{}”",
                d.source.of(pair.source.text),
                d.target.of(pair.target.text)
            ),
            source: Some(d.source),
            target: Some(d.target),
            by: By::Rule,
        });
    }
    if out.iter().any(|f| f.rule == RULE.name) {
        return;
    }
    if let Some((source, target)) = agents::exchanged(pair) {
        out.push(Finding {
            rule: RULE.name,
            severity: Severity::Warning,
            confidence: Confidence::Medium,
            message: format!(
                "In “{}” the second acts; in “{}” the other one does",
                source.of(pair.source.text),
                target.of(pair.target.text)
            ),
            source: Some(source),
            target: Some(target),
            by: By::Rule,
        });
    }
}
