//! The English verb group: auxiliaries and adverbs before a verb, and what tells a verb from its noun.

use crate::facts::event::Kind;
use crate::facts::reading::Reading;
use crate::facts::token::TokenKind;
use crate::language::clause::Group;
use crate::lexicon::events::part;
use crate::lexicon::{class, en};

/// The group of the verb at `i`, none where the word is a noun or adjective here ("the attack", "an open letter").
pub fn group(r: &Reading<'_>, i: usize, parts: u8) -> Option<Group> {
    let mut group = Group { from: i, kind: Kind::Phrase, passive: false, reflexive: false, attributive: false };
    let (be, have) = auxiliaries(r, &mut group);
    let found = group.from < i && (be || have || group.kind == Kind::Clause);
    if parts & part::PARTICIPLE != 0 && (be || have) {
        group.passive = be && parts & part::PARTICIPLE != 0;
        return Some(group);
    }
    if parts & part::GERUND != 0 && be {
        return Some(group);
    }
    if found && parts & part::INFINITIVE != 0 && !be {
        return Some(group);
    }
    group.from = i;
    group.kind = Kind::Phrase;
    let nominal = i > 0
        && (r.is(i - 1, class::DET | class::PREP) && r.lower(i - 1) != "to"
            || r.lower(i - 1) == "'s"
            || number(r, i - 1));
    if parts & part::PARTICIPLE != 0 {
        // "the captured soldiers", "12 wounded soldiers"
        if nominal {
            group.attributive = true;
            group.passive = true;
            let noun_follows = r.is_word(i + 1) && !r.is(i + 1, class::FUNCTION);
            return noun_follows.then_some(group);
        }
        let is_past = parts & part::FINITE != 0;
        let by = r.lower(i + 1) == "by";
        if !is_past || by {
            group.passive = true;
            return Some(group);
        }
        group.kind = Kind::Clause;
        return Some(group);
    }
    if nominal {
        return None;
    }
    if parts & part::PAST != 0 && parts & part::WORD == 0 {
        group.kind = Kind::Clause;
        return Some(group);
    }
    if parts & part::GERUND != 0 {
        return Some(group);
    }
    let to = i > 0 && r.lower(i - 1) == "to";
    if to && parts & part::INFINITIVE != 0 {
        return Some(group);
    }
    // A noun that has a verb of the same form ("attack", "strikes") is one only behind a subject and before an object.
    let noun_too = parts & part::WORD != 0;
    if parts & part::FINITE != 0 {
        let object_follows = r.is(i + 1, class::DET | class::PRON) || number(r, i + 1) || r.capital(i + 1);
        let subject_before =
            i > 0 && (r.is(i - 1, class::PRON | class::ADV) || r.is_word(i - 1) && !r.is(i - 1, class::FUNCTION));
        if subject_before && (object_follows || r.is(i - 1, class::PRON) || !noun_too && r.is(i + 1, class::ADV)) {
            group.kind = Kind::Clause;
            return Some(group);
        }
    }
    None
}

/// Steps over the auxiliaries before a verb: whether the last is a form of *be* (or *get*), or of *have*.
fn auxiliaries(r: &Reading<'_>, group: &mut Group) -> (bool, bool) {
    let (mut be, mut have, mut last) = (false, false, true);
    while group.from > 0 {
        let at = group.from - 1;
        let word = r.lower(at);
        let is_be = en::BEING.has(word);
        let is_have = matches!(word, "have" | "has" | "had" | "having" | "'ve");
        let is_aux = is_be || is_have || r.is(at, class::AUX) && word != "'s";
        if !(is_aux || r.is(at, class::ADV | class::NEG) && !r.is(at, class::PRON) || word.ends_with("ly")) {
            break;
        }
        if is_aux {
            if last {
                (be, have, last) = (is_be, is_have, false);
            }
            if !matches!(word, "be" | "being" | "having" | "get" | "getting") {
                group.kind = Kind::Clause;
            }
        } else if last && word == "to" {
            break;
        }
        group.from = at;
    }
    (be, have)
}

fn number(r: &Reading<'_>, k: usize) -> bool {
    r.tokens.get(k).is_some_and(|t| t.kind == TokenKind::Number)
}
