//! Groups that have each other's fate: « les femmes ont été relâchées, mais les hommes ont été emmenés » translated as
//! "the men were released, but the women were taken away".
//!
//! No verb has to be known for this. Each word that both texts have belongs to the nearest of the two groups. Where the
//! words that stand near the one group in the French stand near the other one in the English, the two were exchanged.

use super::agents::{Standing, Who};
use crate::checks::{Pair, Side};
use crate::facts::class::Class;
use crate::facts::reading::Reading;
use crate::facts::word_values;
use crate::lang::Lang;
use crate::lexicon::{en, fr};
use crate::span::Span;

/// How many words must have changed from the one group to the other.
const LEAST: usize = 2;
/// What a comma or « et » between a word and a group adds to their distance, in tokens.
const JOINT: usize = 5;
/// The same for « mais », « tandis que », a semicolon and the like.
const BREAK: usize = 8;
/// Words that are further from a group than this belong to none.
const REACH: usize = 14;

/// The places of the first of two groups in both texts, if the groups were exchanged.
pub fn exchanged(pair: &Pair<'_>) -> Option<(Span, Span)> {
    let of_two = |side: &Side<'_>| {
        let (r, all) = (&side.reading, groups(pair, side));
        all.windows(2).any(|g| are_apart(r, g[0].from, g[1].from)).then_some(all)
    };
    let french = of_two(&pair.source)?;
    let english = of_two(&pair.target)?;
    let (r, e) = (&pair.source.reading, &pair.target.reading);
    let links = pair.links().with_figures(pair);
    let is_group = |i: usize, k: usize| french.iter().any(|g| g.from == i) || english.iter().any(|g| g.from == k);
    let words: Vec<(usize, usize)> = links.unambiguous().filter(|&(i, k)| !is_group(i, k)).collect();
    // Where « mouvement » and « insurgés » may both be "insurgents", nobody knows which is.
    let may_be = |group: &Standing, x: &Standing| links.has(group.from, x.from) || group.who.may_be(&x.who);
    let counterpart = |group: &Standing| {
        let mut all = english.iter().filter(|x| may_be(group, x));
        let only = all.next().filter(|_| all.next().is_none())?;
        (french.iter().filter(|g| may_be(g, only)).count() == 1).then_some(only.from)
    };
    let known: Vec<(usize, usize)> = french.iter().filter_map(|g| Some((g.from, counterpart(g)?))).collect();
    for (n, &(a, a_english)) in known.iter().enumerate() {
        for &(b, b_english) in known[n + 1..].iter().filter(|(_, k)| *k != a_english) {
            if !(are_apart(r, a, b) && are_apart(e, a_english, b_english)) {
                continue;
            }
            // How many words are with the first group in both texts or with the second in both; how many went from the
            // first to the second; and how many from the second to the first.
            let (mut kept, mut away, mut here) = (0, 0, 0);
            for &(i, k) in &words {
                match (nearer(r, i, a, b), nearer(e, k, a_english, b_english)) {
                    (Some(true), Some(false)) => away += 1,
                    (Some(false), Some(true)) => here += 1,
                    (Some(_), Some(_)) => kept += 1,
                    _ => {}
                }
            }
            if away > 0 && here > 0 && away + here >= LEAST && kept * 3 <= away + here {
                return Some((r.span(a, a + 1), e.span(a_english, a_english + 1)));
            }
        }
    }
    None
}

/// The groups of a text: nouns for people and organisations. Those for dead and wounded are not among them, because
/// they say what became of a group.
fn groups<'p>(pair: &'p Pair<'_>, side: &Side<'_>) -> Vec<&'p Standing> {
    let r = &side.reading;
    let is_outcome = |p: &&Standing| matches!(word_values::class(r.lower(p.from), r.lang), Class::Outcome(_));
    pair.parties(side).iter().filter(|p| matches!(p.who, Who::Kinds(_)) && !is_outcome(p)).collect()
}

/// Whether a comma, « et » or the like stands between two groups: in "the minister of the army" they are one phrase.
fn are_apart(r: &Reading<'_>, a: usize, b: usize) -> bool {
    distance(r, a, b) > a.abs_diff(b)
}

/// Whether the first of two groups is the nearer one to a word; `None` where neither is, or both are far away.
fn nearer(r: &Reading<'_>, word: usize, first: usize, second: usize) -> Option<bool> {
    let (a, b) = (distance(r, word, first), distance(r, word, second));
    (a != b && a.min(b) <= REACH).then_some(a < b)
}

/// How far two tokens stand from each other, with more where the sentence has a joint between them.
fn distance(r: &Reading<'_>, a: usize, b: usize) -> usize {
    let (from, to) = (a.min(b), a.max(b));
    let (close, wide) = match r.lang {
        Lang::Fr => (&fr::CLAUSE_JOINTS, &fr::CLAUSE_BREAKS),
        Lang::En => (&en::CLAUSE_JOINTS, &en::CLAUSE_BREAKS),
    };
    let joints = (from..to).map(|k| match r.lower(k) {
        word if close.has(word) => JOINT,
        word if wide.has(word) => BREAK,
        _ => 0,
    });
    to - from + joints.sum::<usize>()
}
