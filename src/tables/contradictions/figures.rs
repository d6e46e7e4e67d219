//! Contradictions of figures: different sources give figures for the same thing that exclude each
//! other.

use crate::checks::Confidence;
use crate::tables::figures::{Counted, groups};
use crate::tables::rows::{ClaimRef, Conflict, Contradiction, FigureGroup, Side, SourceRow, Verdict};

/// At most one contradiction for each conflicting group: between the first two of its figures that exclude each other
/// and stand in claims of different sources.
pub fn find(figures: &[Counted], figure_groups: &[FigureGroup], rows: &[SourceRow]) -> Vec<Contradiction> {
    let conflicting = figure_groups.iter().filter(|g| g.verdict == Verdict::Conflicting);
    let two = |g: &FigureGroup| {
        let pairs = g.figures.iter().flat_map(|&a| g.figures.iter().map(move |&b| (a, b)));
        pairs.into_iter().filter(|(a, b)| a < b).find_map(|(a, b)| {
            let (a, b) = (&figures[a], &figures[b]);
            let sides = (claim(a, rows)?, claim(b, rows)?);
            (a.speaker != b.speaker && groups::exclude(a, b)).then_some((sides.0, sides.1))
        })
    };
    let contradiction = |g: &FigureGroup| {
        let (a, b) = two(g)?;
        Some(Contradiction {
            reason: Conflict::Figures,
            confidence: Confidence::Medium,
            sides: [a, b].map(|claim| Side { claims: vec![claim] }),
            about: vec![g.what.clone()],
        })
    };
    conflicting.filter_map(contradiction).collect()
}

/// The claim that the figure stands in; `None` if it is in no claim of a source.
fn claim(figure: &Counted, rows: &[SourceRow]) -> Option<ClaimRef> {
    let row = figure.speaker?;
    let claim = rows[row].claims.iter().position(|c| {
        c.sentence == figure.row.sentence && c.figures.iter().any(|f| f.french.start == figure.row.span.start)
    })?;
    Some(ClaimRef {
        row,
        claim,
        source: rows[row].source.clone(),
        sentence: figure.row.sentence,
        words: figure.row.span.clone(),
    })
}
