//! Words by which something is only threatened, planned, promised, suspected, feared or possible,
//! and is not said to be done (`data/modality.tsv`).

use super::form::Form;
use super::table;
use std::sync::OnceLock;

/// A row of the table.
pub struct Modality {
    /// The French words.
    pub french: Vec<Form>,
    /// The word that joins an infinitive to them (« de », « à »), where they have this meaning only
    /// with an infinitive.
    pub link: Option<&'static str>,
    /// Whether other words may stand before the link: « appeler les parties à négocier ».
    pub far: bool,
    /// English words of which a translation must have one.
    pub english: Vec<Form>,
}

/// All rows.
pub fn rows() -> &'static [Modality] {
    static ROWS: OnceLock<Vec<Modality>> = OnceLock::new();
    ROWS.get_or_init(|| {
        let of = |row: table::Row| Modality {
            french: row.forms(1).map(Form::of).collect(),
            link: match row.cell(2) {
                "none" => None,
                link => Some(link),
            },
            far: match row.cell(3) {
                "near" => false,
                "far" => true,
                _ => row.fail("the fourth cell is neither near nor far"),
            },
            english: row.forms(4).map(Form::of).collect(),
        };
        table::MODALITY.rows().map(of).collect()
    })
}
