//! Shares of two numbers: « quatre habitants sur cinq », "one in ten". The other text may give them as a percentage.

use super::class::{Class, ClassedTokens};
use super::found::FoundQuantity;
use super::numeral;
use super::quantity::{NumberForm, Quantity, Unit};
use super::{Fact, FactValue};
use crate::lang::Lang;

/// How many words may stand between the two numbers: « trois de ses soldats sur quatre ».
const REACH: usize = 5;

/// Notes the share of which the number at `core` is the second one, the « cinq » of « quatre sur cinq », if the first
/// one stands before it.
pub(super) fn read(r: &ClassedTokens, found: &mut FoundQuantity, core: usize) {
    let q = &found.quantity;
    let whole = q.value.fract() == 0.0 && (2.0..=1000.0).contains(&q.value) && q.high.is_none();
    if q.form != NumberForm::Cardinal || !whole || !matches!(q.unit, Unit::None) {
        return;
    }
    let Some(link) = link(r, core) else { return };
    if let Some(upper) = upper(r, link).filter(|&n| n > 0.0 && n < q.value) {
        found.quantity.share = Some(upper / found.quantity.value);
    }
}

/// Notes the share at its first number as well. `lower` is its second one; the first is the last of `facts`, unless it
/// is a word that makes no fact (« un »).
pub(super) fn mark_upper(lower: &Quantity, facts: &mut [Fact]) {
    let Some(share) = lower.share else { return };
    let upper = share * lower.value;
    if let Some(FactValue::Quantity(q)) = facts.last_mut().map(|f| &mut f.value)
        && (q.value - upper).abs() < 1e-6
    {
        q.share = Some(share);
    }
}

/// Where the words begin that make a share of two numbers, right before the second at `core`: « sur », "in", "out of",
/// "in every".
fn link(r: &ClassedTokens, core: usize) -> Option<usize> {
    let before = |k: usize| core.wrapping_sub(k);
    match r.lang {
        Lang::Fr => r.is(before(1), "sur").then(|| before(1)),
        Lang::En if r.is(before(1), "in") => Some(before(1)),
        Lang::En if r.is(before(1), "of") && r.is(before(2), "out") => Some(before(2)),
        Lang::En if r.is(before(1), "every") && r.is_any(before(2), &["in", "of"]) => Some(before(2)),
        Lang::En => None,
    }
}

/// The first number of a share, with nothing but words between it and the words at `link`.
fn upper(r: &ClassedTokens, link: usize) -> Option<f64> {
    for at in (link.saturating_sub(REACH)..link).rev() {
        let end = match r.class(at) {
            Class::One => return Some(1.0),
            Class::Small(_) | Class::Tens(_) | Class::Digits => numeral::read(r, at)?,
            _ if r.is_word(at) => continue,
            _ => return None,
        };
        return (end.end <= link && !end.ordinal).then_some(end.value);
    }
    None
}
