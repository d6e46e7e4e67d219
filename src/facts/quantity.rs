//! Quantities: a number with what it counts, how it is bounded, and how sure its reading is.

pub use super::unit::{Currency, Dimension, Measure, Unit};
use super::{Fact, FactValue};
use crate::span::Span;
use serde::{Deserialize, Serialize};

/// A number read from a text, with everything that must survive its translation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Quantity {
    /// The value with its scale applied: « 1,5 milliard » is 1 500 000 000. The lower end of a range.
    pub value: f64,
    /// The upper end of a range: « entre 10 et 15 ».
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high: Option<f64>,
    /// What the figures may mean as well: French « 3,158 » is 3.158 or, by an Anglicism, 3158.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other_reading: Option<f64>,
    /// The separators leave it open which of the two readings is right: French « 3,158 ».
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub ambiguous: bool,
    /// The other reading is that of the other language's separators, so that it counts only where both texts write the
    /// same figures.
    #[serde(skip)]
    pub separators: bool,
    pub form: NumberForm,
    #[serde(skip_serializing_if = "Bound::is_exact")]
    pub bound: Bound,
    #[serde(skip_serializing_if = "Unit::is_none")]
    pub unit: Unit,
    /// What became of those who are counted: killed, wounded, …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// Who is counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub whom: Option<Whom>,
    /// It holds a word that rounds: « une centaine », "two dozen".
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub rounded: bool,
    /// Written in words, not in figures.
    pub in_words: bool,
    /// The share that it makes with another number: in « quatre sur cinq » it is 0.8 for both.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<f64>,
    /// The state whose money it is, where the text says so: « livres libanaises », "CFA francs".
    #[serde(skip)]
    pub issuer: Option<crate::lexicon::EntryId>,
    #[serde(skip)]
    pub duty: Duty,
}

/// Quantities among facts, with their places.
pub fn quantities(facts: &[Fact]) -> impl Iterator<Item = (Span, &Quantity)> {
    facts.iter().filter_map(|f| match &f.value {
        FactValue::Quantity(q) => Some((f.span, q)),
        _ => None,
    })
}

impl Quantity {
    pub fn new(value: f64, form: NumberForm) -> Self {
        Quantity {
            value,
            high: None,
            other_reading: None,
            ambiguous: false,
            separators: false,
            form,
            bound: Bound::Exact,
            unit: Unit::None,
            outcome: None,
            whom: None,
            rounded: false,
            in_words: false,
            share: None,
            issuer: None,
            duty: Duty::Must,
        }
    }
}

/// How a number is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NumberForm {
    Cardinal,
    /// « troisième », "3rd"; `value` is the rank.
    Ordinal,
    /// « deux tiers »; `value` is the ratio.
    Fraction,
    /// « deux fois », "twice", "triple".
    Multiple,
    /// An order of magnitude without a number: « des milliers »; `value` is 1000.
    Magnitude,
    /// One side of a score: « 2-1 » makes two of them.
    Score,
}

/// Whether a number has to stand in the other text as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Duty {
    /// It may meet a number of the other text but need not: « un », "both", « trimestre » (three months).
    May,
    /// It should be there, but idiom allows much: « les deux », « premier ».
    Should,
    /// It is missed when it is not there.
    Must,
}

/// The qualifier in front of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bound {
    Exact,
    /// plus de, more than, over
    MoreThan,
    /// au moins, pas moins de, at least, no fewer than
    AtLeast,
    /// moins de, less than, under
    LessThan,
    /// au plus, jusqu'à, at most, up to
    AtMost,
    /// environ, quelque, about, some
    About,
    /// près de, presque, nearly, almost
    Nearly,
    /// à peine, barely: no more than that, and called little
    Barely,
}

/// The direction in which a qualifier bounds its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// The number has no qualifier.
    Open,
    /// The true value lies above.
    Up,
    /// The true value lies below.
    Down,
    /// The true value lies near.
    Around,
}

impl Bound {
    pub fn is_exact(&self) -> bool {
        *self == Bound::Exact
    }

    pub fn direction(self) -> Direction {
        match self {
            Bound::Exact => Direction::Open,
            Bound::MoreThan | Bound::AtLeast => Direction::Up,
            Bound::LessThan | Bound::AtMost | Bound::Barely => Direction::Down,
            Bound::About | Bound::Nearly => Direction::Around,
        }
    }
}

/// What became of the people that a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    Killed,
    Wounded,
    Missing,
    Displaced,
    Detained,
    /// Taken hostage or kidnapped.
    Abducted,
    Freed,
}

impl Outcome {
    /// The word that messages use.
    pub fn name(self) -> &'static str {
        match self {
            Outcome::Killed => "killed",
            Outcome::Wounded => "wounded",
            Outcome::Missing => "missing",
            Outcome::Displaced => "displaced",
            Outcome::Detained => "arrested",
            Outcome::Abducted => "abducted",
            Outcome::Freed => "freed",
        }
    }
}

/// A word of killing, wounding and the like without a figure: « plusieurs personnes ont été tuées ».
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Casualty {
    pub outcome: Outcome,
}

/// A currency without a figure: « en dollars », "taxpayers' euros".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct BareCurrency {
    pub currency: Currency,
}

/// The group that a figure counts, where it matters who was hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Whom {
    Civilians,
    Children,
    Women,
    Men,
    Soldiers,
    Police,
    Fighters,
    Journalists,
    AidWorkers,
    People,
}

impl Whom {
    /// The word that messages use.
    pub fn name(self) -> &'static str {
        match self {
            Whom::Civilians => "civilians",
            Whom::Children => "children",
            Whom::Women => "women",
            Whom::Men => "men",
            Whom::Soldiers => "soldiers",
            Whom::Police => "police officers",
            Whom::Fighters => "fighters",
            Whom::Journalists => "journalists",
            Whom::AidWorkers => "aid workers",
            Whom::People => "people",
        }
    }

    /// Whether one text may name the one where another names the other: "people" may be anybody, and texts differ in
    /// whom they call fighters, soldiers or men.
    pub fn agrees(self, other: Whom) -> bool {
        use Whom::*;
        self == other
            || matches!((self, other), (People, _) | (_, People))
            || matches!((self, other), (Soldiers, Fighters) | (Fighters, Soldiers) | (Soldiers, Men) | (Men, Soldiers))
            || matches!((self, other), (Fighters, Men) | (Men, Fighters))
    }
}
