//! Quantities: a number with what it counts, how it is bounded, and how sure its reading is.

use serde::Serialize;

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
    pub form: Form,
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
    #[serde(skip)]
    pub duty: Duty,
}

impl Quantity {
    pub fn new(value: f64, form: Form) -> Self {
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
            duty: Duty::Must,
        }
    }
}

/// How a number is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
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
}

/// The direction in which a qualifier bounds its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
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
            Bound::LessThan | Bound::AtMost => Direction::Down,
            Bound::About | Bound::Nearly => Direction::Around,
        }
    }
}

/// What became of the people that a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
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

/// A word of killing, wounding and the like that no figure claims: « plusieurs personnes ont été tuées ».
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Casualty {
    pub outcome: Outcome,
}

/// The group that a figure counts, where it matters who was hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
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
    /// Whether a text that names one of the two may mean the other: everybody is a person, and what one house calls a
    /// fighter another calls a soldier.
    pub fn agrees(self, other: Whom) -> bool {
        use Whom::*;
        self == other
            || matches!((self, other), (People, _) | (_, People))
            || matches!((self, other), (Soldiers, Fighters) | (Fighters, Soldiers) | (Soldiers, Men) | (Men, Soldiers))
            || matches!((self, other), (Fighters, Men) | (Men, Fighters))
    }
}

/// What a number measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    None,
    Percent,
    /// Percentage points, points of an index, points of a score.
    Point,
    /// Years of age.
    Age,
    #[serde(untagged)]
    Money(Currency),
    #[serde(untagged)]
    Measure(Measure),
}

impl Unit {
    pub fn is_none(&self) -> bool {
        *self == Unit::None
    }

    /// Whether it says anything about what is measured.
    pub fn is_some(&self) -> bool {
        !self.is_none()
    }
}

/// Currencies that news texts hold. Names that several states share are one value: whose crown or franc it is stands
/// outside the figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Currency {
    Euro,
    Dollar,
    Pound,
    Crown,
    Franc,
    Yen,
    Yuan,
    Ruble,
    Rupee,
    Forint,
    Zloty,
    Peso,
    Dinar,
    Dirham,
    Riyal,
    Rial,
    Lira,
    Shekel,
    Hryvnia,
    Real,
    Won,
    Rand,
    Mark,
    Naira,
    Afghani,
    Peseta,
    /// Hundredth of a euro or a dollar.
    Cent,
}

impl Currency {
    /// English plural, for messages.
    pub fn name(self) -> &'static str {
        use Currency::*;
        match self {
            Euro => "euros",
            Dollar => "dollars",
            Pound => "pounds",
            Crown => "crowns",
            Franc => "francs",
            Yen => "yen",
            Yuan => "yuan",
            Ruble => "rubles",
            Rupee => "rupees",
            Forint => "forints",
            Zloty => "zlotys",
            Peso => "pesos",
            Dinar => "dinars",
            Dirham => "dirhams",
            Riyal => "riyals",
            Rial => "rials",
            Lira => "lira",
            Shekel => "shekels",
            Hryvnia => "hryvnias",
            Real => "reais",
            Won => "won",
            Rand => "rand",
            Mark => "marks",
            Naira => "naira",
            Afghani => "afghanis",
            Peseta => "pesetas",
            Cent => "cents",
        }
    }
}

/// What a measure measures; only measures of one dimension can be converted into each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dimension {
    Duration,
    Length,
    Area,
    Mass,
    Volume,
    Speed,
    Temperature,
    Power,
    Energy,
    Data,
}

/// Units of measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
    Decade,
    Century,
    Millimetre,
    Centimetre,
    Metre,
    Kilometre,
    Inch,
    Foot,
    Yard,
    Mile,
    NauticalMile,
    SquareMetre,
    SquareKilometre,
    Hectare,
    Acre,
    SquareMile,
    SquareFoot,
    Gram,
    Kilogram,
    Tonne,
    Ounce,
    PoundMass,
    Litre,
    CubicMetre,
    Barrel,
    Gallon,
    KilometrePerHour,
    MilePerHour,
    Knot,
    Celsius,
    Fahrenheit,
    Watt,
    Kilowatt,
    Megawatt,
    Gigawatt,
    KilowattHour,
    Megabyte,
    Gigabyte,
    Terabyte,
}

impl Measure {
    /// Dimension and size in the dimension's base unit (second, metre, square metre, kilogram, litre, km/h, watt,
    /// kilowatt-hour, megabyte). A year is the mean Gregorian one, 365.2425 days, and a month its twelfth.
    pub fn size(self) -> (Dimension, f64) {
        use Dimension::*;
        use Measure::*;
        const DAY: f64 = 86_400.0;
        const YEAR: f64 = 365.2425 * DAY;
        match self {
            Second => (Duration, 1.0),
            Minute => (Duration, 60.0),
            Hour => (Duration, 3600.0),
            Day => (Duration, DAY),
            Week => (Duration, 7.0 * DAY),
            Month => (Duration, YEAR / 12.0),
            Year => (Duration, YEAR),
            Decade => (Duration, 10.0 * YEAR),
            Century => (Duration, 100.0 * YEAR),
            Millimetre => (Length, 0.001),
            Centimetre => (Length, 0.01),
            Metre => (Length, 1.0),
            Kilometre => (Length, 1000.0),
            Inch => (Length, 0.0254),
            Foot => (Length, 0.3048),
            Yard => (Length, 0.9144),
            Mile => (Length, 1609.344),
            NauticalMile => (Length, 1852.0),
            SquareMetre => (Area, 1.0),
            SquareKilometre => (Area, 1e6),
            Hectare => (Area, 1e4),
            Acre => (Area, 4046.856),
            SquareMile => (Area, 2_589_988.0),
            SquareFoot => (Area, 0.092_903),
            Gram => (Mass, 0.001),
            Kilogram => (Mass, 1.0),
            Tonne => (Mass, 1000.0),
            Ounce => (Mass, 0.028_349_5),
            PoundMass => (Mass, 0.453_592_37),
            Litre => (Volume, 1.0),
            CubicMetre => (Volume, 1000.0),
            Barrel => (Volume, 158.987),
            Gallon => (Volume, 3.785_41),
            KilometrePerHour => (Speed, 1.0),
            MilePerHour => (Speed, 1.609_344),
            Knot => (Speed, 1.852),
            Celsius | Fahrenheit => (Temperature, 1.0),
            Watt => (Power, 1.0),
            Kilowatt => (Power, 1e3),
            Megawatt => (Power, 1e6),
            Gigawatt => (Power, 1e9),
            KilowattHour => (Energy, 1.0),
            Megabyte => (Data, 1.0),
            Gigabyte => (Data, 1e3),
            Terabyte => (Data, 1e6),
        }
    }

    /// `value` of this unit in the base unit of its dimension (temperatures in degrees Celsius).
    pub fn in_base(self, value: f64) -> f64 {
        match self {
            Measure::Fahrenheit => (value - 32.0) / 1.8,
            m => value * m.size().1,
        }
    }

    /// English plural, for messages.
    pub fn name(self) -> &'static str {
        use Measure::*;
        match self {
            Second => "seconds",
            Minute => "minutes",
            Hour => "hours",
            Day => "days",
            Week => "weeks",
            Month => "months",
            Year => "years",
            Decade => "decades",
            Century => "centuries",
            Millimetre => "millimetres",
            Centimetre => "centimetres",
            Metre => "metres",
            Kilometre => "kilometres",
            Inch => "inches",
            Foot => "feet",
            Yard => "yards",
            Mile => "miles",
            NauticalMile => "nautical miles",
            SquareMetre => "square metres",
            SquareKilometre => "square kilometres",
            Hectare => "hectares",
            Acre => "acres",
            SquareMile => "square miles",
            SquareFoot => "square feet",
            Gram => "grams",
            Kilogram => "kilograms",
            Tonne => "tonnes",
            Ounce => "ounces",
            PoundMass => "pounds",
            Litre => "litres",
            CubicMetre => "cubic metres",
            Barrel => "barrels",
            Gallon => "gallons",
            KilometrePerHour => "kilometres an hour",
            MilePerHour => "miles an hour",
            Knot => "knots",
            Celsius | Fahrenheit => "degrees",
            Watt => "watts",
            Kilowatt => "kilowatts",
            Megawatt => "megawatts",
            Gigawatt => "gigawatts",
            KilowattHour => "kilowatt-hours",
            Megabyte => "megabytes",
            Gigabyte => "gigabytes",
            Terabyte => "terabytes",
        }
    }
}
