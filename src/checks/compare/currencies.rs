//! Compares currencies that are named without a figure, and reports one that became another: « les dollars des
//! contribuables » translated as "taxpayers' euros".

use super::{FigureChange, FigureDifference, Figures, Texts};
use crate::checks::{Confidence, Severity, Side};
use crate::facts::FactValue;
use crate::facts::quantity::{Currency, Unit};

/// Reports a changed currency where the source names one without a figure that the target does not name at all, and the
/// target likewise names one without a figure that the source does not name at all. It reports one change at most, and
/// none if another comparison has already found a changed unit, which may be the same fault.
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

/// The index of the first fact of `own` that is a currency without a figure and that the other text names nowhere,
/// neither with a figure nor without.
fn unmatched(own: &Side, other: &Side) -> Option<usize> {
    own.facts.iter().position(|f| match f.value {
        FactValue::Currency(c) => !other.facts.iter().any(|o| names_currency(&o.value, c.currency)),
        _ => false,
    })
}

/// Whether a fact names this currency, with a figure or without.
fn names_currency(value: &FactValue, currency: Currency) -> bool {
    match value {
        FactValue::Currency(c) => c.currency == currency,
        FactValue::Quantity(q) => q.unit == Unit::Money(currency),
        _ => false,
    }
}
