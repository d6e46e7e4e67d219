//! Nationalities that changed places: « un pêcheur indien abattu par la marine pakistanaise » as "a Pakistani fisherman
//! shot by the Indian navy".

use crate::checks::{Pair, Side};
use crate::facts::name::names;
use crate::lang::Lang;
use crate::lexicon::things::{self, Thing};
use crate::lexicon::{EntryId, Lexicon};
use crate::span::Span;

/// Where the French has two nouns with their nationalities, and where the English has the
/// nationalities exchanged.
pub fn exchanged(pair: &Pair<'_>) -> Option<(Span, Span)> {
    let french = with_nationality(&pair.source);
    if french.len() < 2 {
        return None;
    }
    let english = with_nationality(&pair.target);
    for (n, a) in french.iter().enumerate() {
        for b in french[n + 1..].iter().filter(|b| !a.may_be(b) && !a.agrees(b)) {
            let alone = |noun: &Noun| {
                let mut same = english.iter().filter(|e| e.may_be(noun));
                same.next().filter(|_| same.next().is_none())
            };
            let (Some(x), Some(y)) = (alone(a), alone(b)) else { continue };
            if x.agrees(b) && y.agrees(a) && !x.agrees(a) && !y.agrees(b) {
                return Some((a.span.cover(b.span), x.span.cover(y.span)));
            }
        }
    }
    None
}

/// A noun and the nationality beside it.
struct Noun {
    /// What it may mean.
    things: Vec<Thing>,
    /// The entries of the lexicon that the demonym may mean.
    nationality: Vec<EntryId>,
    /// The noun and the demonym.
    span: Span,
}

impl Noun {
    /// Whether both may mean the same thing.
    fn may_be(&self, other: &Noun) -> bool {
        self.things.iter().any(|a| other.things.contains(a))
    }

    /// Whether both have a nationality in common.
    fn agrees(&self, other: &Noun) -> bool {
        let list = &Lexicon::get().entries;
        self.nationality.iter().any(|&a| other.nationality.iter().any(|&b| list.agree(a, b)))
    }
}

/// The nouns of a text that have a demonym beside them: right after them in French, right before
/// them in English.
fn with_nationality(side: &Side<'_>) -> Vec<Noun> {
    let r = &side.reading;
    let demonyms: Vec<(Span, &[EntryId])> = names(&side.facts)
        .filter(|n| n.demonym)
        .flat_map(|n| n.units.iter().map(|u| (u.span, u.entries.as_slice())))
        .filter(|(_, entries)| !entries.is_empty())
        .collect();
    let beside = |noun: Span, word: Span| match r.lang {
        Lang::Fr => noun.end < word.start && side.text[noun.end..word.start].trim().is_empty(),
        Lang::En => word.end < noun.start && side.text[word.end..noun.start].trim().is_empty(),
    };
    let found = things::find_nouns(r).into_iter().filter_map(|noun| {
        let (word, entries) = demonyms.iter().find(|(word, _)| beside(noun.span, *word))?;
        Some(Noun { things: noun.things, nationality: entries.to_vec(), span: noun.span.cover(*word) })
    });
    found.collect()
}
