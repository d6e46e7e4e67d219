//! Finds whom a figure counts (civilians, soldiers …), and what became of them (killed, wounded, missing …).

use super::class::{Class, ClassedTokens};
use super::found::FoundQuantity;
use super::quantity::{NumberForm, Outcome, Whom};
use super::{en, fr};
use crate::lang::Lang;
use crate::lexicon::any;
use crate::lexicon::events::{Events, LemmaId};
use crate::lexicon::key::exact;

/// The words of one language that guide the search for whom a figure counts and what became of them.
pub struct Grammar {
    /// Whether a word is a verb whose object can follow it: « a tué 12 personnes », "killed 12".
    pub transitive: fn(&str) -> bool,
    /// Whether a word is a verb whose object always follows it, so that the verb does not tell what became of those
    /// whom a figure before it counts: « tuant », "killing".
    pub active: fn(&str) -> bool,
    /// Whether a word joins two nouns or two clauses.
    pub joins: fn(&str) -> bool,
    /// Whether a word or mark ends the phrase in which a figure stands.
    pub stop: fn(&str) -> bool,
    /// The outcome that the word at an index tells among its neighbours, given the outcome that it tells by itself:
    /// killed for « mortellement blessé ». `None` where it tells none, as in « abattu un avion ».
    pub outcome: fn(&ClassedTokens, usize, Outcome) -> Option<Outcome>,
}

/// The outcome that the word at `at` tells, whether or not a figure counts the victims: « plusieurs tués ».
pub fn alone(r: &ClassedTokens, at: usize) -> Option<Outcome> {
    let grammar = match r.lang {
        Lang::Fr => &fr::casualties::GRAMMAR,
        Lang::En => &en::casualties::GRAMMAR,
    };
    outcome_at(r, grammar, at)
}

/// How many tokens after a figure are searched for what became of those it counts: « 12 gardes … ont été tués ».
const REACH: usize = 9;
/// How many tokens before a figure are searched for the verb whose object the figure is: « a tué dans la nuit au moins
/// 12 ».
const BACK: usize = 4;

/// Sets whom a quantity counts and what became of them. Only numbers and orders of magnitude without a unit can count
/// people. A verb before the figure is tried first, then the words after the figure, then any word of an outcome before
/// the figure.
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
    // The word right after the figure belongs to the fact if it says whom or what is counted: « morts » in « plus de
    // 255 morts ».
    let next = found.end + usize::from(r.is_any(found.end, &["de", "d'"]));
    if matches!(r.class(next), Class::Outcome(_) | Class::Whom(_)) {
        found.end = next + 1;
    }
}

/// Whether the noun after the figure that ends right before `end` names places, things or attacks and cannot name
/// people, so that no outcome is looked for: « deux villes », « une vingtaine de frappes ».
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
    let is_attack = |lemma: LemmaId| tables.lemmas[lemma as usize].senses.iter().any(|s| s.class == attack);
    let names_attack = nouns.is_empty() && tables.readings(r.lang, key).any(|(lemma, _)| is_attack(lemma));
    (all & things != 0 || names_attack) && all & people == 0
}

/// The group that one of the four words after a figure names, as in « 12 jeunes soldats ». `None` if none of them does,
/// or if a number, a mark or another word with a class of its own comes first.
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

/// The outcome that the word at `at` tells, if any.
fn outcome_at(r: &ClassedTokens, grammar: &Grammar, at: usize) -> Option<Outcome> {
    match r.class(at) {
        Class::Outcome(o) => (grammar.outcome)(r, at, o),
        _ => None,
    }
}

/// The outcome told after a figure: « 12 personnes ont été blessées ». `None` where the phrase ends, or another number
/// or a verb such as « tuant » comes, before any outcome.
fn after(r: &ClassedTokens, grammar: &Grammar, end: usize) -> Option<Outcome> {
    for at in end..end + REACH {
        let word = r.lower(at);
        if word.is_empty() || (grammar.stop)(word) || counts(r, at) || (grammar.active)(word) {
            return None;
        }
        // In « trois gendarmes et blessé un civil » the second verb has an object of its own.
        let object = r.class(at + 2) == Class::One || counts(r, at + 2) || r.among(at + 2, &any::SECOND_GROUP);
        if (grammar.joins)(word) && object && outcome_at(r, grammar, at + 1).is_some() {
            return None;
        }
        // After a word that joins, the search goes on if a second noun of the same figure follows (« 12 policiers et
        // agents ont été blessés »), but not if another group does (« 12 policiers et des soldats »).
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
            // "Eight displaced people dead" counts the dead.
            let is_group = at == end && matches!(r.class(at + 1), Class::Whom(_));
            return is_group.then(|| after_group(r, grammar, at + 2)).flatten().or(Some(outcome));
        }
    }
    None
}

/// What became of a group that an outcome names: killed for "displaced people dead", "abducted men found dead".
fn after_group(r: &ClassedTokens, grammar: &Grammar, end: usize) -> Option<Outcome> {
    (end..end + 3).take_while(|&at| !(grammar.stop)(r.lower(at))).find_map(|at| outcome_at(r, grammar, at))
}

/// The outcome told before the figure at `start`. If `any` is false, a word counts only if it is a verb that can have
/// the figure as its object (« a tué 12 personnes »). If `any` is true, every word of an outcome counts, and two more
/// tokens are searched.
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

/// Whether the token at `at` shows that another number stands there: digits, or a number word other than « un »,
/// « mille », « millions » and the like.
fn counts(r: &ClassedTokens, at: usize) -> bool {
    matches!(r.class(at), Class::Digits | Class::Small(_) | Class::Tens(_) | Class::Hundred | Class::Collective(_))
}
