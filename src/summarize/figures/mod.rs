//! The figures of an article: each as the French writes it, as the English does, and whose it is.

use crate::dispatch::{FigureRow, SourceRow};
use crate::facts::quantity::{Duty, Form, Quantity};
use crate::facts::{Fact, FactValue};
use crate::summarize::tables::Line;

/// One row for each quantity that must survive. Its source is whoever the who-says-what table names for its sentence.
pub fn table(rows: &[Line<'_>], sources: &[SourceRow]) -> Vec<FigureRow> {
    let mut table = Vec::new();
    for row in rows {
        let said = sources.iter().filter(|s| s.claims.iter().any(|c| c.sentence == row.number));
        let source = said.map(|s| s.source.as_str()).collect::<Vec<_>>().join("; ");
        let mut left: Vec<(&Fact, &Quantity)> = row.target_facts.iter().filter_map(quantity).collect();
        for (fact, french) in row.source_facts.iter().filter_map(quantity).filter(|(_, q)| counts(q)) {
            let same = left.iter().position(|(_, q)| q.value == french.value && q.high == french.high);
            let english = same.map(|i| left.remove(i).0.span.of(row.target).to_string());
            table.push(FigureRow {
                sentence: row.number,
                french: fact.span.of(&row.source).to_string(),
                english,
                source: (!source.is_empty()).then(|| source.clone()),
            });
        }
    }
    table
}

fn quantity(fact: &Fact) -> Option<(&Fact, &Quantity)> {
    match &fact.value {
        FactValue::Quantity(q) => Some((fact, q)),
        _ => None,
    }
}

/// Ranks and orders of magnitude are no figures that a reader looks up.
fn counts(q: &Quantity) -> bool {
    q.duty == Duty::Must && matches!(q.form, Form::Cardinal | Form::Fraction)
}
