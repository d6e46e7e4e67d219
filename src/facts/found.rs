//! A quantity that is still being read: the grammars of numbers pass it on to each other until it becomes a fact.

use super::quantity::{Duty, NumberForm, Quantity, Unit};

/// A quantity and its tokens, from `start` up to but not including `end`.
#[derive(Debug, Clone)]
pub struct FoundQuantity {
    pub quantity: Quantity,
    pub start: usize,
    pub end: usize,
}

impl FoundQuantity {
    /// A quantity in the tokens `start..end` that is not written in Arabic figures: « la moitié », "dozens", « XVe ».
    pub(super) fn in_words(value: f64, form: NumberForm, duty: Duty, (start, end): (usize, usize)) -> Self {
        let mut quantity = Quantity::new(value, form);
        quantity.in_words = true;
        quantity.duty = duty;
        FoundQuantity { quantity, start, end }
    }

    /// The quantity, counted in this unit.
    pub(super) fn of_unit(mut self, unit: Unit) -> Self {
        self.quantity.unit = unit;
        self
    }

    /// The quantity, marked as rounded.
    pub(super) fn rounded(mut self) -> Self {
        self.quantity.rounded = true;
        self
    }

    /// The quantity with another number that the same words may mean.
    pub(super) fn or(mut self, other_reading: f64) -> Self {
        self.quantity.other_reading = Some(other_reading);
        self
    }
}
