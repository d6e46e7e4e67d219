//! What numbers measure: money, percentages, and units with their size, so that a conversion (30 km as 18.6 miles) can
//! be told from a wrong number.

use serde::{Deserialize, Serialize};

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
    /// Whether the number has no unit.
    pub fn is_none(&self) -> bool {
        *self == Unit::None
    }

    /// Whether the number has a unit.
    pub fn is_some(&self) -> bool {
        !self.is_none()
    }
}

/// Currencies that occur in news. Currencies of several states that have the same name are one variant;
/// [`Quantity::issuer`](super::quantity::Quantity) says whose crowns or francs are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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
    /// A hundredth of a euro, a dollar or another currency.
    Cent,
}

impl Currency {
    /// Whether its name means other things too (livre, mark, won, real), so that it is read as money only beside a
    /// number.
    pub fn is_also_a_word(self) -> bool {
        use Currency::*;
        matches!(self, Pound | Crown | Franc | Real | Won | Rand | Mark | Lira | Cent | Afghani)
    }

    /// English plural, as it is written after a number.
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

/// What a unit measures; only units of one dimension can be converted into each other.
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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
    /// kilowatt-hour, megabyte). A year is the mean Gregorian one, 365.2425 days, a month is its twelfth, a gallon is
    /// the American one, and a barrel is one of oil, 42 such gallons. Both units of temperature have size 1:
    /// [`Self::in_base`] converts them.
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

    /// English plural, as it is written after a number.
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
