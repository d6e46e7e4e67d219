//! Words of the English that exclude what the French says: "after" for « avant », "rejected" for « adopté », "hospital"
//! for « école ».
//!
//! The tables of opposites and things have the French words that each English word may render. If the English has a
//! word of a pair and not the other, and the French has a word for the other and none for it, then the one stands in
//! the place of the other. Pairs that right translations use for each other are marked in the tables and left out.

use crate::checks::{Pair, Side};
use crate::facts::negation::full_negations;
use crate::facts::quantity::quantities;
use crate::facts::reading::Reading;
use crate::lexicon::opposites::{OppositeVerbs, OppositeWords, find_beginning};
use crate::lexicon::similar::{Likeness, compare};
use crate::lexicon::things::{self, NamedThing, Things};
use crate::lexicon::{class, en};
use crate::span::Span;

/// A word of the English in the place of one that it excludes.
#[derive(Debug, Clone, Copy)]
pub struct Confusion {
    pub source: Span,
    pub target: Span,
}

/// The words of the English that exclude what the French says.
pub fn of(pair: &Pair<'_>) -> Vec<Confusion> {
    let mut found = Vec::new();
    words(pair, &mut found);
    verbs(pair, &mut found);
    // "Not open" says « fermé »: where only one of the two is denied, the opposite may be right.
    found.retain(|c| pair.source.denies_near(c.source) == pair.target.denies_near(c.target));
    let (french, english) = (things::find_nouns(&pair.source.reading), things::find_nouns(&pair.target.reading));
    things(pair, &french, &english, &mut found);
    counted(pair, &french, &english, &mut found);
    found.retain(|c| !c.is_kept(pair) && !c.is_phrase(pair) && !c.is_turned_twice(pair));
    // The tables overlap: one finding for each place of either text is enough.
    let mut told: Vec<Confusion> = Vec::new();
    for c in found {
        if !told.iter().any(|t| t.target.overlaps(c.target) || t.source.overlaps(c.source)) {
            told.push(c);
        }
    }
    told
}

impl Confusion {
    /// Whether the French word stands elsewhere in the English nearly unchanged: « refusé », "refused".
    fn is_kept(&self, pair: &Pair<'_>) -> bool {
        let (r, e) = (&pair.source.reading, &pair.target.reading);
        let alike = |i: usize, k: usize| pair.links().has(i, k) && compare(r.lower(i), e.lower(k)) >= Likeness::Cognate;
        let is_other = |k: &usize| e.is_plain(*k) && e.lower(*k).len() > 4 && !self.target.overlaps(e.span(*k, *k + 1));
        r.tokens.within(self.source).any(|i| (0..e.len()).filter(is_other).any(|k| alike(i, k)))
    }

    /// Whether one of the words means something else with another word: « a fini par céder » ends nothing, "nothing but
    /// fruit" is only fruit, and "not until May" is « seulement en mai ».
    fn is_phrase(&self, pair: &Pair<'_>) -> bool {
        let [behind_french, behind_english] = [(&pair.source, self.source), (&pair.target, self.target)]
            .map(|(side, place)| side.reading.lower(side.reading.tokens.first_at(place.end)));
        self.source.of(pair.source.text).starts_with("fini") && behind_french == "par"
            || self.target.of(pair.target.text) == "nothing" && behind_english == "but"
            || self.target.of(pair.target.text) == "until"
                && full_negations(&pair.target.facts).any(|n| n.end <= self.target.start)
    }

    /// Whether only one of the words stands behind "less", so that the opposites say the same: « moins vite », "more
    /// slowly".
    fn is_turned_twice(&self, pair: &Pair<'_>) -> bool {
        let [french, english] = [(&pair.source, self.source), (&pair.target, self.target)].map(|(side, place)| {
            let at = side.reading.tokens.first_at(place.start);
            at > 0 && matches!(side.reading.lower(at - 1), "moins" | "less" | "least")
        });
        french != english
    }
}

/// Only a verb of more than this many bytes, without a final "e", is looked for at the beginning of
/// related nouns: "withdraw" in "withdrawal".
const ROOT: usize = 4;
/// How many tokens before and after a form of "release" are searched for something that is published and not freed: "a
/// report released by the ministry", "the release of a video".
const OBJECT: usize = 3;

/// Adds the words of the English that exclude a French one by the table of opposite words.
fn words(pair: &Pair<'_>, out: &mut Vec<Confusion>) {
    let (r, e) = (&pair.source.reading, &pair.target.reading);
    let table = OppositeWords::get();
    // The "defence" of "self-defence" is not the one that pleads.
    let is_second = |i: usize| i > 0 && e.mark(i - 1) == '-' && e.joins(i - 1);
    for i in (0..e.len()).filter(|&i| e.is_plain(i) && !is_second(i)) {
        for &(row, own) in table.beginnings.get(e.lower(i)).into_iter().flatten() {
            let (row, other) = (&table.rows[row], 1 - own);
            let Some(end) = row.sure[own].then(|| stands(e, i, row.english[own])).flatten() else { continue };
            let renders = |n: usize| row.french[n].iter().find_map(|words| find(r, words));
            if find(e, row.english[other]).is_some() || renders(own).is_some() {
                continue;
            }
            // « Après-midi » says nothing about what comes after.
            let is_whole = |s: &Span| !r.joins(r.tokens.first_at(s.end));
            out.extend(renders(other).filter(is_whole).map(|source| Confusion { source, target: e.span(i, end) }));
        }
    }
}

/// Adds the verbs of the English that exclude a French one by the table of opposite verbs.
fn verbs(pair: &Pair<'_>, out: &mut Vec<Confusion>) {
    let (r, e) = (&pair.source.reading, &pair.target.reading);
    let table = OppositeVerbs::get();
    let forms = |i: usize| table.forms.get(e.lower(i)).into_iter().flatten();
    for i in (0..e.len()).filter(|&i| e.is_plain(i)) {
        for &(n, own, _) in forms(i) {
            let (row, other) = (&table.rows[n], 1 - own);
            // "Withdrawal" and "rescuers" say the same as their verb.
            let root = row.english[other].trim_end_matches('e');
            let is_root = |k: usize| root.len() > ROOT && e.lower(k).starts_with(root);
            let is_other = |k: usize| is_root(k) || forms(k).any(|&(m, which, _)| m == n && which == other);
            let mut around = i.saturating_sub(OBJECT)..i + 1 + OBJECT;
            let is_published = row.english[own] == "release" && around.any(|k| e.among(k, &en::PUBLISHED));
            if is_published
                || !row.sure[own]
                || (0..e.len()).any(is_other)
                || find_beginning(r, &row.french[own]).is_some()
            {
                continue;
            }
            out.extend(
                find_beginning(r, &row.french[other]).map(|source| Confusion { source, target: e.span(i, i + 1) }),
            );
        }
    }
}

/// Adds the nouns of the English that exclude a French one by the table of things.
fn things(pair: &Pair<'_>, french: &[NamedThing], english: &[NamedThing], out: &mut Vec<Confusion>) {
    let (r, e) = (&pair.source.reading, &pair.target.reading);
    let has = |list: &[NamedThing], row: usize| list.iter().any(|n| n.things.iter().any(|t| t.row == row));
    // A part of a compound is not the thing: « coude » in « au coude-à-coude », "defence" in "self-defence militia".
    let is_part_in = |r: &Reading<'_>, n: &NamedThing| {
        [n.at.wrapping_sub(1), r.tokens.first_at(n.span.end)].iter().any(|&i| r.mark(i) == '-')
    };
    // « Ont défilé » and « la milice garde le pont » are verbs.
    let is_verb = |n: &NamedThing| {
        let subject = |i: usize| r.is_plain(i) && !r.is(i, class::FUNCTION) && !r.is(i, class::DET | class::PREP);
        let object = matches!(r.lower(n.at + 1), "le" | "la" | "l'" | "les" | "un" | "une");
        n.at > 0 && (r.is(n.at - 1, class::AUX) || object && subject(n.at - 1))
    };
    // A word that may mean several things is no reason to doubt another word.
    let is_lost = |n: &&NamedThing| {
        n.things.len() == 1 && !has(english, n.things[0].row) && r.is_plain(n.at) && !is_part_in(r, n) && !is_verb(n)
    };
    let lost: Vec<&NamedThing> = french.iter().filter(is_lost).collect();
    // "To stop" is no stop, and the rank in "General Kaboré" is left to the comparison of persons.
    let is_title = |n: &NamedThing| e.capital(e.tokens.first_at(n.span.end));
    // "Back" is a part of the body only after "his" or "the".
    let is_adverb = |n: &NamedThing| e.is(n.at, class::ADV) && !(n.at > 0 && e.is(n.at - 1, class::DET));
    let is_side = |n: &NamedThing| n.at > 1 && matches!(e.lower(n.at - 2), "pro" | "anti" | "non" | "ex");
    let is_infinitive = |n: &NamedThing| n.at > 0 && e.lower(n.at - 1) == "to";
    let is_noun = |n: &NamedThing| {
        let is_part = is_part_in(e, n) && !is_side(n);
        e.is_plain(n.at) && !(is_part || is_title(n) || is_adverb(n) || is_infinitive(n))
    };
    for added in english.iter().filter(|n| n.things.len() == 1 && is_noun(n)) {
        if has(french, added.things[0].row) {
            continue;
        }
        let gone = lost.iter().find(|gone| Things::get().exclude(gone.things[0], added.things[0]));
        out.extend(gone.map(|gone| Confusion { source: gone.span, target: added.span }));
    }
}

/// Adds things that exclude each other and are counted by the same number, which each text has
/// once: « 14 policiers et trois manifestants », "14 protesters and three police officers".
fn counted(pair: &Pair<'_>, french: &[NamedThing], english: &[NamedThing], out: &mut Vec<Confusion>) {
    let (french, english) = (numbered(&pair.source, french), numbered(&pair.target, english));
    let once = |list: &[(f64, &NamedThing)], value| list.iter().filter(|(v, _)| *v == value).count() == 1;
    for &(value, gone) in french.iter().filter(|(value, _)| once(&french, *value) && once(&english, *value)) {
        let added = english.iter().find(|(v, _)| *v == value).map(|(_, added)| added);
        let added = added.filter(|added| Things::get().exclude(gone.things[0], added.things[0]));
        out.extend(added.map(|added| Confusion { source: gone.span, target: added.span }));
    }
}

/// The nouns that can mean one thing only and follow a number, with at most one word between, each
/// with its number. A number that the text has twice, whatever it counts, is left out.
fn numbered<'t>(side: &Side<'_>, things: &'t [NamedThing]) -> Vec<(f64, &'t NamedThing)> {
    let r = &side.reading;
    let numbers: Vec<(Span, f64)> = quantities(&side.facts).map(|(fact, q)| (fact, q.value)).collect();
    let alone = |value: f64| numbers.iter().filter(|(_, v)| *v == value).count() == 1;
    let of = |thing: &'t NamedThing| {
        let follows = |(at, _): &&(Span, f64)| {
            at.start <= r.span(thing.at, thing.at + 1).start
                && (thing.at.saturating_sub(2)..=thing.at).any(|k| r.span(k, k + 1).overlaps(*at))
        };
        let (_, value) = numbers.iter().find(follows).filter(|(_, value)| alone(*value))?;
        Some((*value, thing))
    };
    things.iter().filter(|thing| thing.things.len() == 1).filter_map(of).collect()
}

/// The token after these words if they stand at token `i`.
fn stands(r: &Reading<'_>, i: usize, words: &str) -> Option<usize> {
    let mut at = i;
    for word in words.split([' ', '-', '\'']) {
        while at > i && at < r.len() && !r.is_word(at) && r.joins(at) {
            at += 1;
        }
        // A token such as « jusqu' » keeps its apostrophe, at which `words` are split.
        let lower = if at < r.len() { r.lower(at).trim_end_matches('\'') } else { return None };
        (lower == word).then_some(())?;
        at += 1;
    }
    Some(at)
}

/// The first place of the text where these words stand.
fn find(r: &Reading<'_>, words: &str) -> Option<Span> {
    (0..r.len()).find_map(|i| stands(r, i, words).map(|end| r.span(i, end)))
}
