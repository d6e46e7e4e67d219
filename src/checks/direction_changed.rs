//! # direction-changed
//!
//! ## What it does
//! Reports another point of the compass in the English: *southwest* for « sud-est », *north* for « sud ».
//!
//! ## Why is this bad?
//! It moves a front, or the place of a strike.
//!
//! ## Example
//! « au nord-est du lac » → “northwest of the lake”

use super::{Confidence, Finding, Pair, Severity};
use crate::facts::compass::{Direction, directions};

crate::rule!("direction-changed", "direction_changed.rs", check);

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    let english = directions(&pair.target.reading);
    if english.is_empty() {
        return;
    }
    let french = directions(&pair.source.reading);
    for (f, e) in changed(&french, &english, pair.source.text) {
        // A point such as "south" may be a part of a name ("South Side"); one between two others, such as "southwest",
        // hardly is.
        let grade = match f.is_between() && e.is_between() {
            true => (Severity::Error, Confidence::High),
            false => (Severity::Warning, Confidence::Medium),
        };
        out.push(Finding::between(RULE.name, grade, pair, (f.span, e.span), |french, english| {
            format!("French says “{french}”; English says “{english}”")
        }));
    }
}

/// Pairs of a French and an English direction that exclude each other, among those that are left when directions that
/// agree are taken away. They are paired in their order, and only where both sides have the same number left.
fn changed(french: &[Direction], english: &[Direction], source: &str) -> Vec<(Direction, Direction)> {
    let mut left: Vec<Direction> = french.to_vec();
    let mut added: Vec<Direction> = Vec::new();
    for e in english {
        match left.iter().position(|f| f.agrees(*e)) {
            Some(at) => {
                left.remove(at);
            }
            // Nothing new: the French has this direction as well, though less often, or another word for it (« le
            // Levant »).
            None if french.iter().any(|f| f.agrees(*e)) || in_other_words(source, e) => {}
            None => added.push(*e),
        }
    }
    left.retain(|f| !f.unsure);
    let pairs = left.iter().zip(&added).filter(|(f, e)| f.excludes(**e));
    if left.len() == added.len() { pairs.map(|(f, e)| (*f, *e)).collect() } else { Vec::new() }
}

/// Whether the French may mean the direction by another word than a point of the compass. A direction between two
/// others, such as "southwest", has no such word.
fn in_other_words(source: &str, direction: &Direction) -> bool {
    if direction.is_between() {
        return false;
    }
    let lower = source.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|w| lower.contains(w));
    direction.east > 0 && has(&["orient", "levant"])
        || direction.east < 0 && has(&["occident", "couchant", "ponant"])
        || direction.north < 0 && has(&["midi", "méridion", "austral"])
        || direction.north > 0 && has(&["nordique", "septentrion", "boréal"])
}
