//! Claims of different sources that cannot all be true, found by rules in the French.
//!
//! Precision comes first: a pair that is none would set two sources against each other who are not. So two claims are
//! only paired where the text says that one denies the other ([`denial`]), or where they tell the same or the contrary
//! of the same thing ([`opposition`]).

mod denial;
mod opposition;
mod statement;
mod words;

use super::tables::Line;
use crate::checks::Confidence;
use crate::dispatch::{Conflict, Contradiction, Side, SourceRow};
use crate::facts::reading::Reading;
use crate::span::Span;
use statement::{Statement, statements};

/// Two claims that exclude each other, the earlier one first.
struct Pair {
    conflict: Conflict,
    confidence: Confidence,
    /// The words of each on which it turns.
    words: [Span; 2],
    about: Vec<String>,
}

/// The contradictions of an article, in its order. `readings` are those of the lines' French.
pub fn find(lines: &[Line<'_>], readings: &[Reading<'_>], rows: &[SourceRow]) -> Vec<Contradiction> {
    let all = statements(lines, readings, rows);
    let mut pairs: Vec<(usize, usize, Pair)> = Vec::new();
    for at in 0..all.len() {
        pairs.extend(denial::denied(&all, at).into_iter().map(|(i, pair)| (i, at, pair)));
    }
    for (i, a) in all.iter().enumerate() {
        for (j, b) in all.iter().enumerate().skip(i + 1) {
            if a.row != b.row && claims(a) && claims(b) {
                pairs.extend(opposition::between(a, b).map(|pair| (i, j, pair)));
            }
        }
    }
    let mut found: Vec<Contradiction> = Vec::new();
    for (i, j, pair) in pairs {
        add(&mut found, &all, i, j, pair);
    }
    found.sort_by_key(|c| (c.sides[0].claims[0].sentence, c.sides[1].claims[0].sentence));
    found
}

/// Whether a claim tells something that can be so or not.
fn claims(s: &Statement<'_>) -> bool {
    !s.claim.negated && !matches!(s.claim.verb.as_str(), "deny" | "ask" | "demand" | "support" | "promise" | "warn")
}

/// Adds a pair to the contradiction that it belongs to: one that has one of the two claims already.
fn add(found: &mut Vec<Contradiction>, all: &[Statement<'_>], i: usize, j: usize, pair: Pair) {
    let (first, second) = (all[i].claim_ref(pair.words[0]), all[j].claim_ref(pair.words[1]));
    let same =
        |a: &crate::dispatch::ClaimRef, b: &crate::dispatch::ClaimRef| a.row == b.row && a.sentence == b.sentence;
    for c in found.iter_mut() {
        for (x, y) in [(0, 1), (1, 0)] {
            let on = |side: usize, r: &crate::dispatch::ClaimRef| c.sides[side].claims.iter().position(|k| same(k, r));
            let (at_x, at_y) = (on(x, &first), on(y, &second));
            if at_x.is_none() && at_y.is_none() {
                continue;
            }
            for (side, known, new) in [(x, at_x, &first), (y, at_y, &second)] {
                if known.is_none() {
                    c.sides[side].claims.push(new.clone());
                    c.sides[side].claims.sort_by_key(|k| k.sentence);
                }
            }
            c.confidence = c.confidence.max(pair.confidence);
            for word in &pair.about {
                if !c.about.contains(word) {
                    c.about.push(word.clone());
                }
            }
            return;
        }
    }
    let sides = if j < i { [second, first] } else { [first, second] };
    found.push(Contradiction {
        reason: pair.conflict,
        confidence: pair.confidence,
        sides: sides.map(|side| Side { claims: vec![side] }),
        about: pair.about,
    });
}
