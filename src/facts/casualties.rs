//! What a figure counts: killed, wounded, missing … and who.

use super::class::{Class, ClassedTokens};
use super::found::FoundQuantity;
use super::quantity::{NumberForm, Outcome, Whom};
use super::{en, fr};
use crate::lang::Lang;
use crate::lexicon::any;
use crate::lexicon::events::Events;
use crate::lexicon::key::exact;

/// Words of the languages that steer the search for what a figure counts.
pub struct Grammar {
    /// Verbs whose object can follow: « a tué 12 personnes », "killed 12".
    pub transitive: fn(&str) -> bool,
    /// Those whose object follows for sure, so that they never close what stands before: « tuant », "killing".
    pub active: fn(&str) -> bool,
    /// Words that join two nouns or two clauses.
    pub joins: fn(&str) -> bool,
    /// Words that end the phrase a figure stands in.
    pub stop: fn(&str) -> bool,
    /// What the word means right here, where it depends on its neighbours: « mortellement blessé », "shot down".
    pub outcome: fn(&ClassedTokens, usize, Outcome) -> Option<Outcome>,
}

/// What an outcome word that no figure claims says of itself: « plusieurs tués ».
pub fn alone(r: &ClassedTokens, at: usize) -> Option<Outcome> {
    let grammar = match r.lang {
        Lang::Fr => &fr::casualties::GRAMMAR,
        Lang::En => &en::casualties::GRAMMAR,
    };
    outcome_at(r, grammar, at)
}

/// How far a noun phrase and its verb reach, in words.
const REACH: usize = 9;
/// How far back a verb may stand from its object: « a tué, dans la nuit, au moins 12 ».
const BACK: usize = 4;

/// Sets who is counted and what became of them.
pub fn count(r: &ClassedTokens, found: &mut FoundQuantity) {
    let q = &mut found.quantity;
    if !q.unit.is_none() || !matches!(q.form, NumberForm::Cardinal | NumberForm::Magnitude) {
        return;
    }
    let grammar = match r.lang {
        Lang::Fr => &fr::casualties::GRAMMAR,
        Lang::En => &en::casualties::GRAMMAR,
    };
    q.whom = whom(r, found.end);
    if counts_things(r, found.end) {
        return;
    }
    let ahead = || after(r, grammar, found.end);
    let behind = |any| before(r, grammar, found.start, any);
    let outcome = behind(false).or_else(ahead).or_else(|| behind(true));
    q.outcome = outcome;
    // « plus de 255 morts »: the word that says what is counted belongs to the figure.
    let next = found.end + usize::from(r.is_any(found.end, &["de", "d'"]));
    if matches!(r.class(next), Class::Outcome(_) | Class::Whom(_)) {
        found.end = next + 1;
    }
}

/// « une vingtaine de raids », « deux villes »: what the figure counts is nobody, so that nothing befell them.
fn counts_things(r: &ClassedTokens, end: usize) -> bool {
    let noun = end + usize::from(r.is_any(end, &["de", "d'"]));
    if !matches!(r.class(noun), Class::Other) || !r.is_word(noun) {
        return false;
    }
    let tables = Events::get();
    let key = exact(r.lower(noun));
    let nouns = tables.nouns(r.lang, key);
    let of = |names: &[&str]| names.iter().fold(0, |all, name| all | tables.noun_set(name));
    let things = of(&["place", "facility", "weapon", "goods", "document", "supply", "deal"]);
    let people = of(&["person", "party", "army", "role"]);
    let all = nouns.iter().fold(0, |all, concept| all | concept.set);
    let attack = tables.class("attack");
    let strikes = nouns.is_empty() && tables.readings(r.lang, key).any(|(_, class)| Some(class) == attack);
    (all & things != 0 || strikes) && all & people == 0
}

fn whom(r: &ClassedTokens, end: usize) -> Option<Whom> {
    for at in end..end + 4 {
        match r.class(at) {
            Class::Whom(w) => return Some(w),
            Class::Other if r.is_word(at) => {}
            _ => return None,
        }
    }
    None
}

fn outcome_at(r: &ClassedTokens, grammar: &Grammar, at: usize) -> Option<Outcome> {
    match r.class(at) {
        Class::Outcome(o) => (grammar.outcome)(r, at, o),
        _ => None,
    }
}

fn after(r: &ClassedTokens, grammar: &Grammar, end: usize) -> Option<Outcome> {
    for at in end..end + REACH {
        let word = r.lower(at);
        if word.is_empty() || (grammar.stop)(word) || counts(r, at) || (grammar.active)(word) {
            return None;
        }
        // « 12 policiers et agents ont été blessés », but « 12 policiers et des soldats »
        if (grammar.joins)(word)
            && (counts(r, at + 1)
                || !r.is_word(at + 1)
                || r.class(at + 1) == Class::One
                || (grammar.joins)(r.lower(at + 1))
                || r.among(at + 1, &any::SECOND_GROUP))
        {
            return None;
        }
        if let Some(outcome) = outcome_at(r, grammar, at) {
            return Some(outcome);
        }
    }
    None
}

/// Looks back from `start`; without `any`, only for verbs whose object this is.
fn before(r: &ClassedTokens, grammar: &Grammar, start: usize, any: bool) -> Option<Outcome> {
    let reach = if any { BACK + 2 } else { BACK };
    for at in (start.saturating_sub(reach)..start).rev() {
        let word = r.lower(at);
        if (grammar.stop)(word) || (grammar.joins)(word) || counts(r, at) {
            return None;
        }
        if (any || (grammar.transitive)(word))
            && let Some(outcome) = outcome_at(r, grammar, at)
        {
            return Some(outcome);
        }
    }
    None
}

/// Whether another number begins at `at`.
fn counts(r: &ClassedTokens, at: usize) -> bool {
    matches!(r.class(at), Class::Digits | Class::Small(_) | Class::Tens(_) | Class::Hundred | Class::Collective(_))
}
