//! Numbers, dates and times taken apart into what can be compared: « 29 novembre 2016 » is a day, a month and a year,
//! and a range is two numbers. These parts are paired with those of the other text. Whole facts are not, since
//! translations regroup dates and ranges freely.

use crate::facts::date::{Relative, Season};
use crate::facts::quantity::{Bound, Currency, Dimension, Duty, Measure, NumberForm, Outcome, Quantity, Unit, Whom};
use crate::facts::time::TimeFact;
use crate::facts::{Fact, FactValue};
use crate::lexicon::EntryId;
use jiff::civil::Date;

/// What kind of part an atom is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Part {
    Number,
    Ordinal,
    Fraction,
    /// « deux fois », "twice", "triple"; the value is the factor.
    Multiple,
    /// An order of magnitude without a number: « des milliers »; the value is 1000.
    Magnitude,
    /// The number in a name or designation: 300 of "S-300".
    Label,
    Year,
    Month,
    Day,
    Weekday,
    Decade,
    Century,
    Season(Season),
    Relative(Relative),
    Time(TimeFact),
}

/// One comparable part of a fact.
#[derive(Debug, Clone, Copy)]
pub struct Atom {
    /// Index of its fact in the list that [`atoms`] was given.
    pub fact: usize,
    pub part: Part,
    /// The number. Of an ordinal it is the rank, of a fraction the ratio, of a decade the first year (perhaps without
    /// its century), of a time of day the minutes since midnight. Months and weekdays count from 1. Seasons and
    /// relative dates have 0.
    pub value: f64,
    /// What the number may mean as well: French « 3,158 » is 3.158 or, by an Anglicism, 3158. English "25m" is 25
    /// or 25 million.
    pub other_reading: Option<f64>,
    /// The other reading takes the decimal and thousands separators as the language of the other text uses them.
    pub foreign_separators: bool,
    /// The text does not show which of the two readings is right.
    pub ambiguous: bool,
    pub unit: Unit,
    /// What its qualifier says: more than, at least, about. In a range, only the lower end has one.
    pub bound: Bound,
    /// What became of those who are counted: killed, wounded, missing.
    pub outcome: Option<Outcome>,
    /// Who is counted: civilians, soldiers.
    pub whom: Option<Whom>,
    /// Whether it must stand in the other text as well, should, or may.
    pub duty: Duty,
    /// It is not written in Arabic figures, but in words or as a Roman numeral (« XVe »).
    pub in_words: bool,
    /// It holds a word that rounds: « une dizaine », "a dozen".
    pub rounded: bool,
    /// The share of which it is one of the two numbers: « quatre sur cinq » is 0.8.
    pub share: Option<f64>,
    /// The state whose money it is: « livres libanaises ».
    pub issuer: Option<EntryId>,
    /// The date is written in figures in such a way that day and month may be the other way round: "9/11".
    pub may_be_swapped: bool,
    /// The day of the calendar that its date means, if the text or the day of publication shows it.
    pub resolved: Option<Date>,
    /// The year that « l'an prochain » means, or the year and month that "last month" means, counted from the day of
    /// publication.
    pub period: Option<(i16, Option<u8>)>,
}

impl Atom {
    fn new(fact: usize, part: Part, value: f64) -> Self {
        Atom {
            fact,
            part,
            value,
            other_reading: None,
            foreign_separators: false,
            ambiguous: false,
            unit: Unit::None,
            bound: Bound::Exact,
            outcome: None,
            whom: None,
            duty: Duty::Must,
            in_words: false,
            rounded: false,
            share: None,
            issuer: None,
            may_be_swapped: false,
            resolved: None,
            period: None,
        }
    }

    /// Whether it may become a number of another kind by a slip of the pen, as the year 2008 becomes the count 208.
    /// Months, weekdays, seasons and relative dates may not.
    pub fn is_number(&self) -> bool {
        !matches!(self.part, Part::Month | Part::Weekday | Part::Season(_) | Part::Relative(_))
    }

    /// Whether it belongs to a date.
    pub fn is_date(&self) -> bool {
        matches!(
            self.part,
            Part::Year
                | Part::Month
                | Part::Day
                | Part::Weekday
                | Part::Decade
                | Part::Century
                | Part::Season(_)
                | Part::Relative(_)
        )
    }
}

/// The atoms of a text's facts, in their order.
pub fn atoms(facts: &[Fact]) -> Vec<Atom> {
    let mut out = Vec::with_capacity(facts.len() + 4);
    for (i, fact) in facts.iter().enumerate() {
        match &fact.value {
            FactValue::Quantity(q) => quantity(i, q, &mut out),
            FactValue::Time(t) => {
                let mut atom = Atom::new(i, Part::Time(*t), f64::from(t.minutes()));
                atom.in_words = t.in_words;
                if t.in_words {
                    atom.duty = Duty::Should;
                }
                out.push(atom);
            }
            FactValue::Designator(d) => {
                // A missing Roman number weighs less: a king is known without his number, and « chapitre VII » may be
                // rendered as "that chapter".
                let duty = if d.roman { Duty::Should } else { Duty::Must };
                out.push(Atom { duty, ..Atom::new(i, Part::Label, d.number) });
            }
            FactValue::Date(d) => {
                let from = out.len();
                let mut add = |part, value: Option<f64>| {
                    if let Some(v) = value {
                        out.push(Atom::new(i, part, v));
                    }
                };
                add(Part::Weekday, d.weekday.map(f64::from));
                add(Part::Day, d.day.map(f64::from));
                add(Part::Month, d.month.filter(|_| !d.shared_month).map(f64::from));
                add(Part::Year, d.year.filter(|_| !d.shared_year).map(f64::from));
                add(Part::Decade, d.decade.map(f64::from));
                add(Part::Century, d.century.map(f64::from));
                if let Some(s) = d.season {
                    add(Part::Season(s), Some(0.0));
                }
                if let Some(r) = d.relative {
                    add(Part::Relative(r), Some(0.0));
                }
                for atom in &mut out[from..] {
                    atom.may_be_swapped = d.may_be_swapped;
                    atom.resolved = d.resolved;
                    atom.period = d.period;
                    if d.doubtful || matches!(atom.part, Part::Season(_) | Part::Relative(_)) {
                        atom.duty = Duty::May;
                    }
                }
            }
            // Facts of other kinds have no atoms: they are compared as a whole.
            _ => {}
        }
    }
    out
}

/// Adds the atom of a quantity, or both atoms of a range.
fn quantity(i: usize, q: &Quantity, out: &mut Vec<Atom>) {
    let part = match q.form {
        NumberForm::Cardinal | NumberForm::Score => Part::Number,
        NumberForm::Ordinal => Part::Ordinal,
        NumberForm::Fraction => Part::Fraction,
        NumberForm::Multiple => Part::Multiple,
        NumberForm::Magnitude => Part::Magnitude,
    };
    let atom = Atom {
        other_reading: q.other_reading,
        foreign_separators: q.foreign_separators,
        ambiguous: q.ambiguous,
        unit: q.unit,
        bound: q.bound,
        outcome: q.outcome,
        whom: q.whom,
        duty: q.duty,
        in_words: q.in_words,
        rounded: q.rounded,
        share: q.share,
        issuer: q.issuer,
        ..Atom::new(i, part, q.value)
    };
    out.push(atom);
    if let Some(high) = q.high {
        let (bound, other_reading) = (Bound::Exact, None);
        out.push(Atom { value: high, bound, other_reading, foreign_separators: false, ambiguous: false, ..atom });
    }
}

/// Whether both values are equal but for errors of rounding in the computation. Whole numbers below a million million
/// that differ by one are not equal: 123 456 789 012 is not 123 456 789 013.
pub fn equal(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-12 * a.abs().max(b.abs()).max(1000.0)
}

/// Whether two quantities measure the same in different units: « trente-six heures » and "a day and a half", 30 km and
/// 18.6 miles. Quantities in the same unit, or without one, never do. An age counts as a number of years. `tolerance`
/// is by how much they may differ, as a share of the larger one.
pub fn converts(a: f64, from: Unit, b: f64, to: Unit, tolerance: f64) -> bool {
    // "550 pounds" was read as money. Where the other text has a weight, it is taken for a weight.
    let weighs = |u: Unit| matches!(u, Unit::Measure(m) if m.size().0 == Dimension::Mass);
    let as_measure = |u: Unit, other: Unit| match u {
        Unit::Measure(m) => Some(m),
        Unit::Age => Some(Measure::Year),
        Unit::Money(Currency::Pound) if weighs(other) => Some(Measure::PoundMass),
        _ => None,
    };
    let (Some(from), Some(to)) = (as_measure(from, to), as_measure(to, from)) else { return false };
    if from == to || from.size().0 != to.size().0 {
        return false;
    }
    let (x, y) = (from.in_base(a), to.in_base(b));
    (x - y).abs() <= tolerance * x.abs().max(y.abs())
}
