//! Compares currencies that are named without a figure, and reports « les dollars des contribuables » translated as
//! "taxpayers' euros".

use super::{FigureChange, FigureDifference, Figures, Texts};
use crate::checks::{Confidence, Severity, Side};
use crate::facts::FactValue;
use crate::facts::quantity::{Currency, Unit};

/// Reports a currency of the source that the target does not name at all, when the target names one that the source
/// does not.
pub fn compare(texts: &Texts, out: &mut Figures) {
    let Some(source) = unmatched(texts.source, texts.target) else { return };
    let Some(target) = unmatched(texts.target, texts.source) else { return };
    if out.of(FigureChange::UnitChanged).next().is_some() {
        return;
    }
    out.add(FigureDifference {
        change: FigureChange::UnitChanged,
        source: Some(source),
        target: Some(target),
        severity: Severity::Warning,
        confidence: Confidence::Medium,
    });
}

/// The index of the first fact of `own` that is a currency without a figure and that the other text names nowhere, neither
/// with a figure nor without.
fn unmatched(own: &Side, other: &Side) -> Option<usize> {
    own.facts.iter().position(|f| match f.value {
        FactValue::Currency(c) => !other.facts.iter().any(|o| names(&o.value, c.currency)),
        _ => false,
    })
}

fn names(value: &FactValue, currency: Currency) -> bool {
    match value {
        FactValue::Currency(c) => c.currency == currency,
        FactValue::Quantity(q) => q.unit == Unit::Money(currency),
        _ => false,
    }
}
