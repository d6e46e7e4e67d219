//! Whether a source that the French names is seen in the English.

use super::agents::{Standing, Who};
use crate::checks::{Pair, Side};
use crate::facts::name::{Unit, names};
use crate::facts::reading::Reading;
use crate::facts::role;
use crate::lexicon::similar::{Likeness, compare};
use crate::lexicon::{EntryId, class};
use crate::span::Span;

/// Whether two sources are one: they have a row of the roles table, a name of the lexicon (« Kiev », "Kyiv") or, in some
/// spelling, a capitalised word in common.
pub(super) fn is_same_speaker(pair: &Pair<'_>, source: Span, target: Span) -> bool {
    let (french, english) = (&pair.source.reading, &pair.target.reading);
    let (a, b) = (roles(french, |s| source.contains(s)), roles(english, |s| target.contains(s)));
    let capitals = |r: &Reading<'_>, span: Span| -> Vec<usize> {
        (0..r.len()).filter(|&i| r.capital(i) && r.lower(i).len() > 2 && span.contains(r.span(i, i + 1))).collect()
    };
    let named = capitals(french, source).iter().any(|&i| {
        let fold = french.words[i].fold;
        capitals(english, target).iter().any(|&k| {
            english.words[k].fold == fold || compare(french.lower(i), english.lower(k)) >= Likeness::Romanised
        })
    });
    named || a.iter().any(|row| b.contains(row)) || have_name_in_common(pair, source, target)
}

/// Whether the lexicon knows a name in each of the two stretches as the same.
fn have_name_in_common(pair: &Pair<'_>, source: Span, target: Span) -> bool {
    let names_in = |side: &Side<'_>, span: Span| -> Vec<EntryId> {
        let inside = |p: &&Standing| span.contains(side.reading.span(p.from, p.to + 1));
        let entry = |p: &Standing| if let Who::Entry(entry) = p.who { Some(entry) } else { None };
        pair.parties(side).iter().filter(inside).filter_map(entry).collect()
    };
    let english = names_in(&pair.target, target);
    names_in(&pair.source, source).iter().any(|entry| english.contains(entry))
}

/// How the English shows a source that the French names, if it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Presence {
    /// More parts of its name are kept than lost. A kept part does not count if the English word may be there for
    /// something else ([`is_otherwise_explained`]). The parts of an unsure name are never known to be lost.
    Found,
    /// By a word for the same role ("the minister") or document, which the roles table has.
    Role,
    /// By a word of the same root only.
    Resembled,
    /// Parts of its name are lost, and no more are kept than lost. A kept part does not count if the English word may
    /// be there for something else.
    NameLost,
    /// The English shows nothing of it, but no part of a name is known to be lost. Mostly it is a role or a document.
    NotSeen,
}

/// How the English shows the French source that stands at `source`.
pub(super) fn presence(source: Span, pair: &Pair<'_>) -> Presence {
    let (french, english) = (&pair.source.reading, &pair.target.reading);
    let lost = &pair.names().lost;
    let (mut kept, mut gone) = (0, 0);
    for name in names(&pair.source.facts).filter(|n| source.overlaps(n.span) && !n.term && !n.demonym) {
        for unit in name.units.iter().filter(|u| u.proper && source.overlaps(u.span)) {
            if lost.contains(&unit.span) {
                gone += 1;
            } else if !is_otherwise_explained(unit, source, pair) {
                kept += 1;
            }
        }
    }
    if kept > gone {
        return Presence::Found;
    }
    if gone > 0 {
        return Presence::NameLost;
    }
    let rows = roles(french, |s| source.contains(s));
    if !rows.is_empty() {
        let (around, there) = (roles(french, |s| !source.overlaps(s)), roles(english, |_| true));
        let count = |list: &[EntryId], row| list.iter().filter(|&r| r == row).count();
        if rows.iter().any(|row| count(&there, row) > count(&around, row)) {
            return Presence::Role;
        }
    }
    if has_cognate(french, source, english) {
        return Presence::Resembled;
    }
    Presence::NotSeen
}

/// Whether what the English has of this unit may be something else: the rendering of another mention (« selon Reuters,
/// … à Reuters » with one "Reuters"), or an ordinary word ("political" for « selon Political Capital »).
fn is_otherwise_explained(unit: &Unit, source: Span, pair: &Pair<'_>) -> bool {
    let (french, english) = (&pair.source.reading, &pair.target.reading);
    if unit.fold == 0 {
        return false;
    }
    let other = |i: &usize| french.words[*i].fold == unit.fold && !source.contains(french.span(*i, *i + 1));
    let outside = (0..french.len()).filter(other).count();
    let same: Vec<usize> = (0..english.len()).filter(|&i| english.words[i].fold == unit.fold).collect();
    if same.is_empty() { outside > 0 } else { same.iter().filter(|&&i| english.capital(i)).count() <= outside }
}

/// Whether the English has a word of the same root as a word of the source, and no other French word accounts for it:
/// « les organisateurs », "the organisers".
fn has_cognate(french: &Reading<'_>, source: Span, english: &Reading<'_>) -> bool {
    let alike =
        |word: &str, k: usize| english.lower(k).len() > 4 && compare(word, english.lower(k)) >= Likeness::Cognate;
    let content = |i: usize| french.is_word(i) && french.lower(i).len() > 4 && !french.is(i, class::FUNCTION);
    let inside = |i: usize| source.contains(french.span(i, i + 1));
    (0..french.len()).filter(|&i| content(i) && inside(i)).any(|i| {
        let found: Vec<usize> = (0..english.len()).filter(|&k| alike(french.lower(i), k)).collect();
        let others = |f: &usize| content(*f) && !inside(*f) && found.iter().any(|&k| alike(french.lower(*f), k));
        !found.is_empty() && found.len() > (0..french.len()).filter(others).count()
    })
}

/// The rows of the roles table for the roles in a text. A role counts if `wanted` holds for the
/// place of its first word.
pub(super) fn roles(r: &Reading<'_>, wanted: impl Fn(Span) -> bool) -> Vec<EntryId> {
    let found = role::roles(r).into_iter().filter(|role| wanted(r.span(role.from, role.from + 1)));
    found.flat_map(|role| role.rows.iter().copied()).collect()
}
