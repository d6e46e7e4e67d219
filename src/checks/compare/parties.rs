//! Whom the phrases around an event name: by an entry of the lexicon, by a name, or by what kind of people they are.

use crate::checks::Side;
use crate::facts::name::names;
use crate::facts::reading::Reading;
use crate::lang::Lang;
use crate::language::sense::follows;
use crate::lexicon::events::Events;
use crate::lexicon::{EntryId, Key, class};
use crate::span::Span;

/// One party of an event, as a phrase names it. Nouns count by the family that the tables of events give them, and one
/// family holds many nouns; [`super::agents::Who`] tells such nouns apart, and is found for a whole text at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Party {
    /// A name that the lexicon knows.
    Entry(EntryId),
    /// A word of a name that the lexicon does not know.
    Name(Key),
    /// What kind of people it is, as bits: each is a family of nouns that may mean the same people ("army",
    /// "civilian").
    Family(u32),
}

/// Whether a party of `a` may be the same as one of `b`.
pub(super) fn shares(a: &[Party], b: &[Party]) -> bool {
    a.iter().any(|x| {
        b.iter().any(|y| match (x, y) {
            (Party::Family(f), Party::Family(e)) => f & e != 0,
            _ => x == y,
        })
    })
}

/// Whom a phrase names; nobody where there is no phrase.
pub(super) fn parties_of(side: &Side<'_>, span: Option<Span>) -> Vec<Party> {
    let Some(span) = span else { return Vec::new() };
    let mut out = Vec::new();
    for unit in names(&side.facts).filter(|n| n.span.overlaps(span)).flat_map(|n| &n.units) {
        if !unit.span.overlaps(span) {
            continue;
        }
        if unit.entries.is_empty() {
            if unit.proper && unit.fold != 0 {
                out.push(Party::Name(unit.fold));
            }
        } else {
            out.extend(unit.entries.iter().map(|&e| Party::Entry(e)));
        }
    }
    out.extend(people(side, span).into_iter().map(|(_, family)| family).filter(|f| *f != 0).map(Party::Family));
    out
}

/// The nouns of a phrase that mean people, each as its last token and the bits of its families. A noun such as
/// « victime » has no family, since it may be anybody.
pub(super) fn people(side: &Side<'_>, span: Span) -> Vec<(usize, u32)> {
    let (tables, r) = (Events::get(), &side.reading);
    let people = tables.noun_set("person") | tables.noun_set("party");
    let mut i = r.tokens.first_at(span.start);
    let mut out = Vec::new();
    while i < r.len() && r.span(i, i + 1).end <= span.end {
        let phrase = tables.phrases(r.lang, r.words[i].exact).iter().find(|(tail, _)| follows(r, i, tail));
        let nouns = tables.nouns(r.lang, r.words[i].exact);
        let found: &[_] = phrase.map_or(nouns, |(_, concept)| std::slice::from_ref(concept));
        let theirs = || found.iter().filter(|c| c.set & people != 0);
        let last = i + phrase.map_or(0, |(tail, _)| tail.len());
        if theirs().next().is_some() && !means_no_people(r, i) {
            out.push((last, theirs().filter(|c| c.family != 0).fold(0, |all, c| all | 1 << c.family)));
        }
        i += 1 + phrase.map_or(0, |(tail, _)| tail.len());
    }
    out
}

/// Whether a noun that may mean people means something else here: an ability or an act (« le pouvoir de leurs chefs »,
/// « fondé de pouvoir », « l'opposition des maires »), or, after a prefix such as "anti-" or "pro-", those against whom
/// or for whom something is (« unité anti-terroriste »).
fn means_no_people(r: &Reading<'_>, i: usize) -> bool {
    let before = i.checked_sub(1).map_or("", |k| r.lower(k));
    let of = matches!(r.lower(i + 1), "de" | "d'" | "des" | "à");
    let abstracted = match r.lower(i) {
        // A "16-year-old" is none of the old.
        "old" => r.joins(i.wrapping_sub(1)),
        "pouvoir" => of || before == "de",
        "opposition" => r.lang == Lang::Fr && of,
        _ => false,
    };
    abstracted || i > 1 && r.joins(i - 1) && matches!(r.lower(i - 2), "anti" | "contre" | "counter" | "pro" | "non")
}

/// The families of the noun for people that a phrase is about; 0 where it is about none, or its noun has no family. In
/// French it is the first such noun before « du » or « des »; in English it must be the last word before a preposition
/// or relative word: "a senior manager of the port" is about a manager. In a phrase without such a word, the end of the
/// phrase counts instead.
pub(super) fn head(side: &Side<'_>, span: Span) -> u32 {
    let r = &side.reading;
    let of = |i: usize| match r.lang {
        Lang::Fr => matches!(r.lower(i), "du" | "des"),
        Lang::En => r.is(i, class::PREP | class::REL),
    };
    let first = r.tokens.first_at(span.start);
    let end = (first + 1..r.len()).find(|&i| r.span(i, i + 1).end > span.end || of(i)).unwrap_or(r.len());
    let mut found = people(side, span).into_iter().filter(|(i, _)| *i < end);
    let head = match r.lang {
        Lang::Fr => found.next(),
        Lang::En => found.next_back().filter(|(i, _)| (i + 1..end).all(|k| !r.is_word(k))),
    };
    head.map_or(0, |(_, family)| family)
}
