//! # name-changed
//!
//! ## What it does
//! Reports another name in the place of a French one, and a name that lost or changed a letter. Another romanisation
//! (Poutine, Putin) is no change, and neither is another form that the lexicon has for the name (OSDH, SOHR).
//!
//! ## Why is this bad?
//! A wrong name is the error that readers, and lawyers, notice first.
//!
//! ## Example
//! « a déclaré Vladimir Poutine » → “said Dmitry Medvedev”

use super::compare::names::NameChange;
use super::{Finding, Pair};

crate::rule!("name-changed", "name_changed.rs", check);

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    for d in &pair.names().differences {
        let (Some(source), Some(target)) = (d.source, d.target) else { continue };
        let (french, english) = (source.of(pair.source.text), target.of(pair.target.text));
        let message = match d.change {
            NameChange::Changed => format!("French names “{french}”; English names “{english}”"),
            NameChange::Misspelt => format!("French writes “{french}”; English writes “{english}”"),
            NameChange::Missing | NameChange::Added | NameChange::LeftFrench(_) => continue,
        };
        out.push(d.finding(RULE.name, pair, |_, _| message));
    }
}
