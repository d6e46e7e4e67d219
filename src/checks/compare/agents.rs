//! Finds acts whose two parties have changed places in the English, whatever the verb: « le maire a été informé par le
//! préfet » translated as "the mayor informed the prefect".
//!
//! [`super::roles`] reads the parties of the events that the tables know. Here any verb of the table of acts counts,
//! with the phrases that the grammar finds around it ([`crate::language::arguments`]).

use super::parties::{Party, parties_of, shares};
use crate::checks::{Pair, Side};
use crate::facts::name::names;
use crate::lang::Lang;
use crate::language::arguments::arguments;
use crate::lexicon::acts::Acts;
use crate::lexicon::things::{self, Thing};
use crate::lexicon::{EntryId, Key};
use crate::span::Span;
use std::cell::LazyCell;
use std::ops::Range;

/// A party of any act, in a form in which the French one and the English one can be compared. Nouns count by their rows
/// in the table of things, which tells more of them apart than the families of [`Party`] do.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Who {
    /// A name that the lexicon knows.
    Entry(EntryId),
    /// A word of a name that the lexicon does not know.
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

/// Where a French verb and the English one that answers to it have their parties in each other's place, or, failing
/// that, where an act has a party that belongs to another act ([`misplaced`]).
pub fn exchanged(pair: &Pair<'_>) -> Option<(Span, Span)> {
    let french = told(pair, &pair.source);
    if french.is_empty() {
        return None;
    }
    let english = told(pair, &pair.target);
    let whole = [Span::new(0, pair.target.text.len())];
    let named = LazyCell::new(|| Named::of(&pair.target, &whole, pair.parties(&pair.target)));
    let is_turned = |f: &Told, e: &Told| {
        // Where « par » or « que » shows who acts in the French, only the order of words shows it in the English, and
        // the English names whoever acts, it is enough that one of the two parties is in the other's place. Without an
        // object the English verb may be a participle: "witnesses quoted in the press".
        let is_marked = f.marked && !e.marked && e.has_object() && f.acting.shares(&named);
        let (acts, undergoes) = (f.undergoing.shares(&e.acting), f.acting.shares(&e.undergoing));
        acts && undergoes || is_marked && (acts || undergoes)
    };
    let turned = french.iter().filter(|f| f.parties_differ()).find_map(|f| {
        let same = || english.iter().filter(|e| e.parties_differ() && e.is_same_act(f));
        // Another clause may tell the same act the right way round.
        let is_told = same().any(|e| f.acting.shares(&e.acting));
        let e = same().find(|e| !is_told && is_turned(f, e))?;
        Some((f.group, e.group))
    });
    turned.or_else(|| misplaced(pair, &french, &english))
}

/// Where the English names somebody else as the one who acts in an act or undergoes it, although the right and the
/// wrong party are each named in both texts: « ont libéré les religieuses et gardent les prêtres » as "released the
/// priests and are holding the nuns". Each text must tell the act exactly once. Verbs of saying are left out.
fn misplaced(pair: &Pair<'_>, french: &[Told], english: &[Told]) -> Option<(Span, Span)> {
    let only = |list: &'_ [Told], act: &Told| list.iter().filter(|told| told.is_same_act(act)).count() == 1;
    french.iter().filter(|f| !f.is_saying).find_map(|f| {
        let e = english
            .iter()
            .find(|e| e.is_same_act(f) && !e.is_saying)
            .filter(|e| only(french, e) && only(english, f) && (e.marked || e.has_object()))?;
        let is_misplaced =
            f.phrases.iter().zip(&e.phrases).any(|(f, e)| {
                pair.links().are_exchanged(&f.nouns, &e.nouns) && !pair.links().connect(&f.whole, &e.whole)
            });
        is_misplaced.then_some((f.group, e.group))
    })
}

impl Told {
    fn is_same_act(&self, other: &Told) -> bool {
        self.rows.iter().any(|row| other.rows.contains(row))
    }

    /// Whether some phrase says who undergoes the act.
    fn has_object(&self) -> bool {
        !self.phrases[1].whole.is_empty()
    }

    /// Whether whoever acts and those who undergo the act are not the same.
    fn parties_differ(&self) -> bool {
        !self.acting.shares(&self.undergoing)
    }
}

/// A verb of the table of acts, and whom the phrases around it name.
struct Told {
    /// The rows of the table of acts in which the verb stands.
    rows: &'static [usize],
    /// The verb with its auxiliaries.
    group: Span,
    /// Whether a preposition or a relative pronoun shows who acts, and not only the order of words.
    marked: bool,
    acting: Named,
    undergoing: Named,
    /// Whether it is a verb of saying too. Those to whom something is said are often left out.
    is_saying: bool,
    /// For whoever acts, and for those who undergo the act.
    phrases: [Phrases; 2],
}

/// The phrases for one part in an act, as tokens.
struct Phrases {
    whole: Vec<Range<usize>>,
    /// The nouns for people and organisations in them.
    nouns: Vec<Range<usize>>,
}

/// The verbs of a text that stand in the table of acts, each with its parties.
fn told(pair: &Pair<'_>, side: &Side<'_>) -> Vec<Told> {
    let r = &side.reading;
    let read = |i: usize| {
        let act = Acts::get().of(r.lang, r.words[i].exact)?;
        let around = arguments(r, i, act.parts)?;
        let parties = pair.parties(side);
        let [acting, undergoing] =
            [around.agent.as_slice(), &around.patients].map(|phrases| Named::of(side, phrases, parties));
        let phrases = [around.agent.as_slice(), &around.patients].map(|spans| {
            let inside = |p: &&Standing| spans.iter().any(|span| span.contains(r.span(p.from, p.to + 1)));
            let is_noun = |p: &&Standing| matches!(p.who, Who::Kinds(_));
            Phrases {
                whole: spans.iter().map(|s| r.tokens.within(*s)).collect(),
                nouns: parties.iter().filter(inside).filter(is_noun).map(|p| p.from..p.to + 1).collect(),
            }
        });
        let is_saying = r.info(i).verb.is_some();
        Some(Told {
            is_saying,
            rows: &act.rows,
            group: around.group,
            marked: around.marked,
            acting,
            undergoing,
            phrases,
        })
    };
    (0..r.len()).filter_map(read).collect()
}

/// Whom phrases name: names and nouns for people and organisations, and the families of nouns that may mean the same
/// people.
#[derive(Debug)]
pub(super) struct Named(Vec<Who>, Vec<Party>);

impl Named {
    /// Whom these phrases name; `parties` are those of the whole text.
    pub(super) fn of(side: &Side<'_>, phrases: &[Span], parties: &[Standing]) -> Named {
        let r = &side.reading;
        let inside = |p: &&Standing| phrases.iter().any(|span| span.contains(r.span(p.from, p.to + 1)));
        let who = parties.iter().filter(inside).map(|p| p.who.clone()).collect();
        Named(who, phrases.iter().flat_map(|&span| parties_of(side, Some(span))).collect())
    }

    /// Whether one of these may be one of those.
    pub(super) fn shares(&self, other: &Named) -> bool {
        let by_family = self.0.is_empty() || other.0.is_empty();
        self.0.iter().any(|a| other.0.iter().any(|b| a.may_be(b))) || by_family && shares(&self.1, &other.1)
    }
}

impl Pair<'_> {
    /// The parties of one of the two texts ([`parties`]), found on the first call.
    pub(crate) fn parties(&self, side: &Side<'_>) -> &[Standing] {
        let [french, english] = &self.shared.parties;
        let known = if side.reading.lang == Lang::Fr { french } else { english };
        known.get_or_init(|| parties(side))
    }
}

/// The parties of a text, in its order: its names (of places too), and its nouns for people and organisations.
fn parties(side: &Side<'_>) -> Vec<Standing> {
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
    for noun in things::find_nouns(r) {
        let rows: Vec<usize> = noun.things.iter().filter(is_party).map(|t| t.row).collect();
        if !rows.is_empty() {
            let (from, to) = at(noun.span);
            out.push(Standing { who: Who::Kinds(rows), from, to });
        }
    }
    out.sort_by_key(|p| p.from);
    out
}
