//! By how much a contrast must win, kind by kind: what was measured, as data.

use super::ContrastKind;
use crate::lexicon::table;
use std::sync::OnceLock;

/// The margins of one kind, in nats.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Margin {
    /// From here on a contrast is reported.
    pub least: f32,
    /// From here on the finding is of high confidence.
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
        // A test asks for every kind.
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
