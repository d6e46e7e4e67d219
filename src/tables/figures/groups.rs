//! Groups of figures for the same thing. Figures are compatible if their bounds overlap. They are
//! conflicting only if they exclude each other and nothing shows that they are for different days
//! or places, or that one is a part of another.

use super::{Counted, Key};
use crate::tables::rows::{Bounds, FigureGroup, Verdict};

/// Two figures that are both below this may agree by chance, such as two soldiers here and two there. They count as the
/// same only if they have a word about the event in common.
const TELLING: f64 = 10.0;

/// Groups of two and more figures for the same thing, in the order of the article. Figures are left out if they have no
/// [`Counted::key`], if they are a part of another figure, or if they count others than a figure
/// before does.
pub fn group(figures: &[Counted]) -> Vec<FigureGroup> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (i, figure) in figures.iter().enumerate() {
        if figure.key.is_none() || figure.row.part_of.is_some() || figure.others {
            continue;
        }
        let fits = |g: &&mut Vec<usize>| g.iter().all(|&k| comparable(&figures[k], figure));
        match groups.iter_mut().find(fits) {
            Some(group) => group.push(i),
            None => groups.push(vec![i]),
        }
    }
    groups.retain(|g| g.len() > 1);
    let verdict = |g: &[usize]| {
        let conflict = g.iter().any(|&a| g.iter().any(|&b| a < b && exclude(&figures[a], &figures[b])));
        if conflict { Verdict::Conflicting } else { Verdict::Compatible }
    };
    groups
        .into_iter()
        .map(|g| FigureGroup {
            what: g.iter().find_map(|&i| figures[i].row.what.clone()).unwrap_or_default(),
            verdict: verdict(&g),
            figures: g,
        })
        .collect()
}

/// Whether two figures are for the same thing, as far as the text shows: either they agree, or they exclude each other.
fn comparable(a: &Counted, b: &Counted) -> bool {
    same_thing(a, b) && (agree(a, b) || exclude(a, b))
}

/// Whether two figures count the same outcome of the same people, or the same noun, and no difference between their
/// days or places shows that they are for different events.
fn same_thing(a: &Counted, b: &Counted) -> bool {
    let same = match (&a.key, &b.key) {
        (Some(Key::Fate(o, w)), Some(Key::Fate(p, x))) => o == p && w == x,
        (Some(Key::Noun(n)), Some(Key::Noun(m))) => n == m,
        _ => false,
    };
    let days = a.row.date.is_none() || b.row.date.is_none() || a.row.date == b.row.date;
    let places = a.places.is_empty() || b.places.is_empty() || !a.places.is_disjoint(&b.places);
    same && days && places
}

/// Whether two figures for the same thing can be the same count: their bounds overlap, they are
/// near each other, and that is unlikely to be chance, since one of them reaches [`TELLING`] or
/// they have a word about the event in common.
fn agree(a: &Counted, b: &Counted) -> bool {
    let telling = a.row.value.max(b.row.value) >= TELLING || !a.event.is_disjoint(&b.event);
    overlap(a.row.bounds, b.row.bounds) && near(a.row.value, b.row.value) && telling
}

/// Whether one number is at most twice the other. The bounds of « plus de 20 » and « plus de 2 000 » overlap, and yet
/// they are not the same count.
fn near(a: f64, b: f64) -> bool {
    a.max(b) <= 2.0 * a.min(b)
}

/// Whether two figures for the same thing exclude each other: both say what became of people, their sources are
/// different, their bounds do not overlap, and neither sentence tells how a count changed. They must have a word about
/// the event in common, or neither has any and they stand at most three sentences apart.
pub fn exclude(a: &Counted, b: &Counted) -> bool {
    let sources = a.speaker.is_some() && b.speaker.is_some() && a.speaker != b.speaker;
    let close = a.row.sentence.abs_diff(b.row.sentence) <= 3;
    let event = if a.event.is_empty() && b.event.is_empty() { close } else { !a.event.is_disjoint(&b.event) };
    same_thing(a, b)
        && sources
        && event
        && !a.passing
        && !b.passing
        && matches!(a.key, Some(Key::Fate(..)))
        && !overlap(a.row.bounds, b.row.bounds)
}

/// Whether a value can lie within both bounds.
fn overlap(a: Bounds, b: Bounds) -> bool {
    let below = |low: Option<f64>, high: Option<f64>| low.zip(high).is_none_or(|(l, h)| l <= h);
    below(a.low, b.high) && below(b.low, a.high)
}
