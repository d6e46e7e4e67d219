//! Who acts and who undergoes it, in the passive: « le maire a été informé par le préfet » as "the mayor informed the
//! prefect".
//!
//! [`super::roles`] reads the parties of the events that the tables know. Here only the word « par » counts, whatever the
//! verb is: whoever stands behind it acts. The English must have the same one behind "by", or before the other.

use crate::checks::{Pair, Side};
use crate::facts::name::names;
use crate::facts::reading::Reading;
use crate::lexicon::things::{self, Thing};
use crate::lexicon::{EntryId, Key, class, en, fr};
use crate::span::Span;

/// How many tokens before « par » its participle and the auxiliary of that are looked for, and how many behind it the one who
/// acts.
const REACH: usize = 5;
/// How many tokens before the auxiliary the subject may stand.
const SUBJECT: usize = 12;
/// In how many tokens before a party a preposition may stand that belongs to it.
const BEFORE: usize = 4;

/// A party as both texts may name it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Who {
    Entry(EntryId),
    Name(Key),
    /// The rows of the table of things that a noun may mean.
    Kinds(Vec<usize>),
}

impl Who {
    /// Whether both may be the same party.
    pub(crate) fn may_be(&self, other: &Who) -> bool {
        match (self, other) {
            (Who::Kinds(a), Who::Kinds(b)) => a.iter().any(|row| b.contains(row)),
            _ => self == other,
        }
    }
}

/// A party where it stands: its first and last token.
#[derive(Debug, Clone)]
pub(crate) struct Standing {
    pub who: Who,
    pub from: usize,
    pub to: usize,
}

/// Where a French passive and the English that has its parties in each other's place stand: of both the two parties.
pub fn exchanged(pair: &Pair<'_>) -> Option<(Span, Span)> {
    let (r, e) = (&pair.source.reading, &pair.target.reading);
    let by = (1..r.len()).find(|&i| r.lower(i) == "par" && is_passive(r, i))?;
    let (french, english) = (parties(&pair.source), parties(&pair.target));
    let agent = french.iter().find(|p| (by + 1..=by + REACH).contains(&p.from))?;
    let subject = french.iter().rfind(|p| p.to < by && by - p.to <= SUBJECT)?;
    let is_alone = |list: &[Standing], who: &Who| list.iter().filter(|p| p.who.may_be(who)).count() == 1;
    let is_once = |p: &Standing| is_alone(&french, &p.who) && is_alone(&english, &p.who);
    if agent.who.may_be(&subject.who) || !is_once(agent) || !is_once(subject) {
        return None;
    }
    let of = |who: &Who| english.iter().find(|p| p.who.may_be(who));
    let (actor, patient) = (of(&agent.who)?, of(&subject.who)?);
    let before = |p: &Standing| p.from.saturating_sub(BEFORE)..p.from;
    let is_by = |k: usize| e.lower(k) == "by";
    let is_turned = if (0..e.len()).any(is_by) {
        before(patient).any(is_by) && !before(actor).any(is_by)
    } else {
        // "The candidate whom Paclík supported".
        patient.to < actor.from
            && !before(actor).any(|k| e.among(k, &en::AGENT_PREPOSITIONS))
            && !(patient.to..actor.from).any(|k| e.is(k, class::REL))
    };
    let cover = |a: &Standing, b: &Standing| (a.from.min(b.from), a.to.max(b.to) + 1);
    let ((f, t), (g, u)) = (cover(subject, agent), cover(patient, actor));
    is_turned.then(|| (r.span(f, t), e.span(g, u)))
}

/// Whether « par » at `by` follows a participle with a form of « être » before it.
fn is_passive(r: &Reading<'_>, by: usize) -> bool {
    let participle = |k: usize| {
        let word = r.lower(k).trim_end_matches('s').trim_end_matches('e');
        r.is_word(k) && word.len() > 3 && word.ends_with(['é', 'i', 'u', 't'])
    };
    (by.saturating_sub(REACH)..by).any(participle)
        && (by.saturating_sub(REACH + 2)..by).any(|k| r.among(k, &fr::BEING) || r.lower(k) == "été")
}

/// The names and the kinds of people, bodies and places of a text, in its order.
pub(crate) fn parties(side: &Side<'_>) -> Vec<Standing> {
    let r = &side.reading;
    let at = |span: Span| {
        let from = r.tokens.first_at(span.start);
        let to = (from..r.len()).take_while(|&k| r.span(k, k + 1).start < span.end).last().unwrap_or(from);
        (from, to)
    };
    let mut out: Vec<Standing> = Vec::new();
    for unit in names(&side.facts).filter(|n| !n.demonym && !n.unsure).flat_map(|n| &n.units) {
        let who = match unit.entries.first() {
            Some(&entry) => Who::Entry(entry),
            None if unit.proper && unit.fold != 0 => Who::Name(unit.fold),
            None => continue,
        };
        let (from, to) = at(unit.span);
        out.push(Standing { who, from, to });
    }
    let is_party = |t: &&Thing| things::PEOPLE.contains(&t.set) || t.set == "body";
    for noun in things::named(r) {
        let rows: Vec<usize> = noun.things.iter().filter(is_party).map(|t| t.row).collect();
        if !rows.is_empty() {
            let (from, to) = at(noun.span);
            out.push(Standing { who: Who::Kinds(rows), from, to });
        }
    }
    out.sort_by_key(|p| p.from);
    out
}
