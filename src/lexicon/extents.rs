//! Words for how many of a group are meant (`data/extents.tsv`).

use super::phrases::Phrases;
use super::table;
use crate::lang::Lang;

/// How many of a group are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    All,
    Most,
    Half,
    Some,
    Few,
    /// One of several that are first, last or most of something: « l'un des premiers ».
    Among,
    /// The one that is first, last or most of something: "the first".
    Alone,
}

/// The phrases of both languages, each with an extent, and whether the phrase means that extent for certain. A phrase
/// that only may mean it (false) gives no reason for a finding, but a text with that phrase counts as having the
/// extent.
pub struct Extents(pub Phrases<(Extent, bool)>);

impl Extents {
    pub(super) fn load() -> Self {
        let mut out = Phrases::new();
        for row in table::EXTENTS.rows() {
            let lang = if row.cell(0) == "fr" { Lang::Fr } else { Lang::En };
            let extent = match row.cell(1) {
                "all" => Extent::All,
                "most" => Extent::Most,
                "half" => Extent::Half,
                "some" => Extent::Some,
                "few" => Extent::Few,
                "among" => Extent::Among,
                "alone" => Extent::Alone,
                _ => row.fail("no such extent"),
            };
            let certain = match row.cell(2) {
                "says" => true,
                "answers" => false,
                _ => row.fail("the use is neither says nor answers"),
            };
            row.forms(3).for_each(|phrase| out.add(lang, phrase, false, (extent, certain)));
        }
        Extents(out)
    }
}
