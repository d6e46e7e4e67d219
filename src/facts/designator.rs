//! Designators: names that contain a number but do not count anything (M23, S-300, G7, flight MH17, resolution 1701,
//! « Léon XIV »), and version numbers and race times (3.0.1, 2:03:59).

use serde::Serialize;

/// A name with a number in it, a version number or a race time.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Designator {
    /// The number in the name: 300 in S-300. Of several numbers it is the first: 4 in « 4x4 », 1 in « H1N1 ».
    /// Of a version number or race time it is all parts run together, two digits for each: 20359 for 2:03:59.
    ///
    /// Only the number is compared, because the other text may separate the letters ("S 300", which is read as a plain
    /// number) or translate the word (« vol 17 », "flight 17").
    pub number: f64,
    /// Whether the number is a Roman numeral, which a translation may write in Arabic figures or leave out.
    #[serde(skip)]
    pub roman: bool,
}
