//! How much likelier than the English a contrast of each kind has to be before it is reported. The values were
//! measured; they stand in a table of the lexicon.

use super::ContrastKind;
use crate::lexicon::table;
use std::sync::OnceLock;

/// The margins of one kind: differences of log probabilities, in nats.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Margin {
    /// With this margin or more a contrast is reported.
    pub least: f32,
    /// With this margin or more the confidence of the finding is high; below, it is medium.
    pub sure: f32,
}

impl Margin {
    /// The margins of a kind.
    pub fn of(kind: ContrastKind) -> Margin {
        static MARGINS: OnceLock<Vec<(&'static str, Margin)>> = OnceLock::new();
        let all = MARGINS.get_or_init(|| {
            let number = |row: &table::Row, column| match row.cell(column).parse() {
                Ok(number) => number,
                Err(_) => row.fail("a margin is a number of nats"),
            };
            let of = |row: table::Row| (row.cell(0), Margin { least: number(&row, 1), sure: number(&row, 2) });
            table::CONTRAST_MARGINS.rows().map(of).collect()
        });
        // A kind without a row would never be reported. A test makes sure that every kind has one.
        let never = Margin { least: f32::INFINITY, sure: f32::INFINITY };
        all.iter().find(|(name, _)| *name == kind.name()).map_or(never, |(_, margin)| *margin)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_margins() {
        for kind in ContrastKind::ALL {
            let margin = Margin::of(kind);
            assert!(0. < margin.least && margin.least <= margin.sure && margin.sure.is_finite(), "{}", kind.name());
        }
        assert_eq!(table::CONTRAST_MARGINS.rows().count(), ContrastKind::ALL.len());
    }
}
