//! Quantities: numbers with what they count, their qualifier ("at least"), and how sure their reading is.

pub use super::unit::{Currency, Dimension, Measure, Unit};
use super::{Fact, FactValue};
use crate::span::Span;
use serde::{Deserialize, Serialize};

/// A number read from a text, with everything that must survive its translation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Quantity {
    /// The value with its scale applied: « 1,5 milliard » is 1 500 000 000. For a range it is the lower end.
    pub value: f64,
    /// The upper end of a range: « entre 10 et 15 ».
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high: Option<f64>,
    /// Another value that the words or figures may have: French « 3,158 » is 3.158 or, with English separators, 3158.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other_reading: Option<f64>,
    /// Whether the separators leave open which of the two readings is right: French « 3,158 ».
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub ambiguous: bool,
    /// Whether the other reading comes from the other language's separators. It then counts only where both texts write
    /// the same digits and separators, or where the French is `ambiguous`.
    #[serde(skip)]
    pub foreign_separators: bool,
    /// How the number is used.
    pub form: NumberForm,
    /// Its qualifier.
    #[serde(skip_serializing_if = "Bound::is_exact")]
    pub bound: Bound,
    /// What the number measures.
    #[serde(skip_serializing_if = "Unit::is_none")]
    pub unit: Unit,
    /// What became of those who are counted: killed, wounded, …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// Who is counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub whom: Option<Whom>,
    /// Whether a word in it rounds the number: « une centaine », "two dozen".
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub rounded: bool,
    /// Whether it is written in words or as a Roman numeral (« XVe »), and not in Arabic figures.
    pub in_words: bool,
    /// The share that it makes with another number: 0.8 for both numbers of « quatre sur cinq ».
    #[serde(skip_serializing_if = "Option::is_none")]
    pub share: Option<f64>,
    /// The state whose money it is, where the text says so: « livres libanaises », "CFA francs".
    #[serde(skip)]
    pub issuer: Option<crate::lexicon::EntryId>,
    /// Whether the other text must, should or may have it as well.
    #[serde(skip)]
    pub duty: Duty,
}

/// The quantities among facts, with their places.
pub fn quantities(facts: &[Fact]) -> impl Iterator<Item = (Span, &Quantity)> {
    facts.iter().filter_map(|f| match &f.value {
        FactValue::Quantity(q) => Some((f.span, q)),
        _ => None,
    })
}

impl Quantity {
    /// A quantity in figures of which only the value and the form are known.
    pub fn new(value: f64, form: NumberForm) -> Self {
        Quantity {
            value,
            high: None,
            other_reading: None,
            ambiguous: false,
            foreign_separators: false,
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
    /// A number of things, or of units: « douze morts », "30 km".
    Cardinal,
    /// A rank, which is the value: « troisième », "3rd".
    Ordinal,
    /// A ratio, which is the value: « deux tiers ».
    Fraction,
    /// A factor: « deux fois », "twice", "triple".
    Multiple,
    /// An order of magnitude without a number: « des milliers », whose value is 1000.
    Magnitude,
    /// The first number of a score: the 2 of « 2-1 ».
    Score,
}

/// Whether a number has to stand in the other text as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Duty {
    /// The other text may have a counterpart but need not: « premier », "both", « trimestre » (three months).
    May,
    /// The other text should have a counterpart, but idiom may leave it out: « les deux », « deuxième ».
    Should,
    /// Without a counterpart in the other text it is reported as missing.
    Must,
}

/// The qualifier of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bound {
    /// No qualifier.
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
    /// à peine, barely: at most that many, which the text presents as few
    Barely,
}

/// The direction in which a qualifier bounds its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// The number has no qualifier.
    Open,
    /// The true value is the number or higher.
    Up,
    /// The true value is the number or lower.
    Down,
    /// The true value is near the number.
    Around,
}

impl Bound {
    /// Whether the number has no qualifier.
    pub fn is_exact(&self) -> bool {
        *self == Bound::Exact
    }

    /// In which direction the qualifier bounds its number.
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

/// A word for killing, wounding and the like that is no part of a quantity: « plusieurs personnes ont été tuées ». A
/// quantity may take its outcome from such a word all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Casualty {
    pub outcome: Outcome,
}

/// A currency that is no part of a quantity, or stands as a word before its figure ("EUR 11"): « en dollars »,
/// "taxpayers' euros".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct BareCurrency {
    pub currency: Currency,
}

/// The group of people that a figure counts.
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
    /// People of no particular group.
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

    /// Whether one text may name the one group where the other text names the other: "people" may be anybody, and any
    /// two of fighters, soldiers and men may be the same people.
    pub fn agrees(self, other: Whom) -> bool {
        use Whom::*;
        self == other
            || matches!((self, other), (People, _) | (_, People))
            || matches!((self, other), (Soldiers, Fighters) | (Fighters, Soldiers) | (Soldiers, Men) | (Men, Soldiers))
            || matches!((self, other), (Fighters, Men) | (Men, Fighters))
    }
}
