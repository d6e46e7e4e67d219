//! English words and figures for numbers, quantities, dates and times, in the style of the news agencies: words from
//! one to nine, figures from 10, and words for "million" and above (AP Stylebook, "numerals").

use super::split;
use crate::facts::date::{DateFact, Season};
use crate::facts::quantity::{Bound, Currency, Measure, NumberForm, Quantity, Unit, Whom};
use crate::facts::time::TimeFact;
use crate::lexicon::{WordSet, en};

/// The word for a number below twenty; empty for others.
fn small(n: u64) -> &'static str {
    en::SMALL_NUMBERS.get(n as usize).unwrap_or_default()
}

/// The word for a number of tens from two to nine: "twenty" for 2.
fn ten(tens: u64) -> &'static str {
    en::TENS.get((tens as usize).saturating_sub(2)).unwrap_or_default()
}

/// The number in words, as Americans write it, without "and": 1,105 is "one thousand one hundred five".
pub fn cardinal(n: u64) -> String {
    if n == 0 {
        return small(0).to_string();
    }
    // No number of 64 bits has as many as a thousand quintillions, so every count below has words.
    let scales = [1_000_000_000_000_000_000, 1_000_000_000_000_000, 1_000_000_000_000, 1_000_000_000, 1_000_000, 1000];
    let (parts, rest) = split(n, &scales);
    let mut words = Vec::new();
    for (count, scale) in parts {
        let name = match scale {
            1000 => "thousand",
            1_000_000 => "million",
            1_000_000_000 => "billion",
            1_000_000_000_000 => "trillion",
            1_000_000_000_000_000 => "quadrillion",
            _ => "quintillion",
        };
        words.push(format!("{} {name}", below_thousand(count)));
    }
    if rest > 0 {
        words.push(below_thousand(rest));
    }
    words.join(" ")
}

/// A number from 1 to 999 in words.
fn below_thousand(n: u64) -> String {
    let (hundreds, rest) = (n / 100, n % 100);
    let tens = match rest {
        0 => String::new(),
        1..20 => small(rest).to_string(),
        _ if rest % 10 == 0 => ten(rest / 10).to_string(),
        _ => format!("{}-{}", ten(rest / 10), small(rest % 10)),
    };
    match (hundreds, tens.is_empty()) {
        (0, _) => tens,
        (h, true) => format!("{} hundred", small(h)),
        (h, false) => format!("{} hundred {tens}", small(h)),
    }
}

/// The quantity as an English text says it: "more than 255", "nearly 1.5 billion euros", "dozens", "one-third".
pub fn quantity(q: &Quantity) -> String {
    let mut out = String::from(match q.bound {
        Bound::Exact if q.rounded => "about ",
        Bound::Exact => "",
        Bound::MoreThan => "more than ",
        Bound::AtLeast => "at least ",
        Bound::LessThan => "fewer than ",
        Bound::AtMost => "up to ",
        Bound::About => "about ",
        Bound::Nearly => "nearly ",
        Bound::Barely => "barely ",
    });
    match q.form {
        NumberForm::Magnitude => out.push_str(magnitude(q.value)),
        NumberForm::Ordinal => out.push_str(&ordinal(q.value as u64)),
        NumberForm::Fraction => out.push_str(&fraction(q.value)),
        NumberForm::Multiple => out.push_str(&format!("{} times", figures(q.value))),
        NumberForm::Cardinal | NumberForm::Score => {
            let sign = match q.unit {
                Unit::Money(Currency::Dollar) => "$",
                Unit::Money(Currency::Pound) => "£",
                _ => "",
            };
            out.push_str(sign);
            out.push_str(&figures(q.value));
            if let Some(high) = q.high {
                out.push_str(" to ");
                out.push_str(sign);
                out.push_str(&figures(high));
            }
            out.push_str(&unit(q.unit, q.value.max(q.high.unwrap_or(0.0))));
        }
    }
    if let Some(outcome) = q.outcome {
        out.push(' ');
        out.push_str(outcome.name());
    }
    out
}

/// The noun for a group of people, in the plural or the singular: "civilians", "civilian".
pub fn people(whom: Whom, plural: bool) -> &'static str {
    let (one, many) = match whom {
        Whom::Civilians => ("civilian", "civilians"),
        Whom::Children => ("child", "children"),
        Whom::Women => ("woman", "women"),
        Whom::Men => ("man", "men"),
        Whom::Soldiers => ("soldier", "soldiers"),
        Whom::Police => ("police officer", "police officers"),
        Whom::Fighters => ("fighter", "fighters"),
        Whom::Journalists => ("journalist", "journalists"),
        Whom::AidWorkers => ("aid worker", "aid workers"),
        Whom::People => ("person", "people"),
    };
    if plural { many } else { one }
}

/// The unit as it stands after the figures, in the singular for 1; empty where there is none, and for "$" and "£",
/// which stand before them.
fn unit(unit: Unit, value: f64) -> String {
    let singular = |name: &str| match name {
        "feet" if value == 1.0 => "foot".to_string(),
        "inches" if value == 1.0 => "inch".to_string(),
        "centuries" if value == 1.0 => "century".to_string(),
        _ if value == 1.0 => name.trim_end_matches('s').to_string(),
        _ => name.to_string(),
    };
    match unit {
        Unit::None | Unit::Money(Currency::Dollar | Currency::Pound) => String::new(),
        Unit::Percent => "%".to_string(),
        Unit::Point => format!(" {}", singular("points")),
        Unit::Age => format!(" {} old", singular(Measure::Year.name())),
        Unit::Money(c) => format!(" {}", singular(c.name())),
        Unit::Measure(m) => format!(" {}", singular(m.name())),
    }
}

/// The words for an order of magnitude: "hundreds" for 100.
fn magnitude(value: f64) -> &'static str {
    match value as u64 {
        0..100 => "dozens",
        100..1000 => "hundreds",
        1000..10_000 => "thousands",
        10_000..100_000 => "tens of thousands",
        100_000..1_000_000 => "hundreds of thousands",
        1_000_000..10_000_000 => "millions",
        10_000_000..100_000_000 => "tens of millions",
        100_000_000..1_000_000_000 => "hundreds of millions",
        _ => "billions",
    }
}

/// A fraction in words: "half", "two-thirds". A value that is not a whole number of halves, thirds, quarters, fifths,
/// sixths, eighths or tenths, or does not lie between zero and one, is written in figures.
fn fraction(value: f64) -> String {
    for parts in [2u32, 3, 4, 5, 6, 8, 10] {
        let count = value * f64::from(parts);
        let whole = count.round();
        if (count - whole).abs() < 1e-9 && whole > 0.0 && whole < f64::from(parts) {
            let name = match (parts, whole == 1.0) {
                (2, _) => return "half".to_string(),
                (4, true) => "quarter".to_string(),
                (4, false) => "quarters".to_string(),
                (_, one) => format!("{}{}", part_name(parts), if one { "" } else { "s" }),
            };
            return format!("{}-{name}", small(whole as u64));
        }
    }
    format!("{value}")
}

/// The name of one of `n` equal parts, such as "third" for 3; "tenth" for any number but 3, 5, 6 and 8.
fn part_name(n: u32) -> &'static str {
    match n {
        3 => "third",
        5 => "fifth",
        6 => "sixth",
        8 => "eighth",
        _ => "tenth",
    }
}

/// An ordinal in figures: "1st", "22nd", "113th".
pub fn ordinal(n: u64) -> String {
    let suffix = match (n % 100, n % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{n}{suffix}")
}

/// The value in figures: "255", "1,200", "1.5 million". Whole numbers from one to nine are words.
pub fn figures(value: f64) -> String {
    for (scale, name) in [(1e12, "trillion"), (1e9, "billion"), (1e6, "million")] {
        let scaled = value / scale;
        // Where more than two decimals would be needed ("1.2345 million"), all digits are written ("1,234,500").
        let fits = scaled >= 1.0 && (scaled < 1000.0 || scale == 1e12);
        if fits && ((scaled * 100.0) - (scaled * 100.0).round()).abs() < 1e-6 {
            return format!("{scaled} {name}");
        }
    }
    if value.fract() != 0.0 {
        let text = format!("{value}");
        return match text.split_once('.') {
            Some((whole, rest)) => format!("{}.{rest}", grouped(whole)),
            None => text,
        };
    }
    if (1.0..10.0).contains(&value) {
        return small(value as u64).to_string();
    }
    grouped(&format!("{value}"))
}

/// Digits with commas for thousands, after the minus sign if there is one.
fn grouped(number: &str) -> String {
    let digits = number.trim_start_matches('-');
    let mut out = number[..number.len() - digits.len()].to_string();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// The date as an American agency writes it, with the parts that are known: "Friday, November 29, 2024", "November
/// 2024", "the 1970s".
pub fn date(d: &DateFact) -> String {
    if let Some(decade) = d.decade {
        return format!("the {decade}s");
    }
    if let Some(century) = d.century {
        return format!("the {} century", ordinal(century.into()));
    }
    let name = |set: &WordSet, i: Option<u8>| set.get(usize::from(i?).checked_sub(1)?);
    let mut out = String::new();
    if let Some(weekday) = name(&en::WEEKDAYS, d.weekday) {
        out.push_str(weekday);
    }
    if let Some(month) = name(&en::MONTHS, d.month) {
        out.push_str(if out.is_empty() { "" } else { ", " });
        out.push_str(month);
    } else if let Some(season) = d.season {
        out.push_str(match season {
            Season::Spring => "spring",
            Season::Summer => "summer",
            Season::Autumn => "fall",
            Season::Winter => "winter",
        });
    }
    if let Some(day) = d.day {
        match d.month {
            Some(_) => out.push_str(&format!(" {day}")),
            None => out.push_str(&format!("{}the {}", if out.is_empty() { "" } else { " " }, ordinal(day.into()))),
        }
    }
    if let Some(year) = d.year {
        let sign = match (out.is_empty(), d.day) {
            (true, _) => "",
            (_, Some(_)) => ", ",
            _ => " ",
        };
        out.push_str(&format!("{sign}{year}"));
    }
    out
}

/// The time of day, with its zone if known: "2:30 p.m.", "noon"; "2:30" where it is not known which half of the day is
/// meant.
pub fn time(t: &TimeFact) -> String {
    let zone = t.zone.map_or(String::new(), |z| format!(" {z}"));
    let (hour, half) = match t.hour % 24 {
        0 => (12, "a.m."),
        h @ 1..12 => (h, "a.m."),
        12 => (12, "p.m."),
        h => (h - 12, "p.m."),
    };
    match (t.half_day_known, t.minutes()) {
        (true, 0) => format!("midnight{zone}"),
        (true, 720) => format!("noon{zone}"),
        (true, _) if t.minute == 0 => format!("{hour} {half}{zone}"),
        (true, _) => format!("{hour}:{:02} {half}{zone}", t.minute),
        (false, _) => format!("{}:{:02}{zone}", t.hour, t.minute),
    }
}

/// The word for a point of the compass, in lower case. North and east are 1, south and west -1, and 0 is neither. The
/// word is formed like the word `like`, with the same ending and, for a point such as south-east, with a hyphen if
/// `like` has one: (-1, 1) is "southeastern" where `like` is "southwestern", and "south-east" where `like` is
/// "South-West".
pub fn direction((north, east): (i8, i8), like: &str) -> String {
    let like = like.to_lowercase();
    let stems = ["north", "south", "east", "west", "-", " "];
    let mut ending = like.as_str();
    while let Some(rest) = stems.iter().find_map(|s| ending.strip_prefix(s)) {
        ending = rest;
    }
    let word = |value: i8, names: [&'static str; 3]| names[(value.signum() + 1) as usize];
    let joint = if north != 0 && east != 0 && like.contains('-') { "-" } else { "" };
    format!("{}{joint}{}{ending}", word(north, ["south", "", "north"]), word(east, ["west", "", "east"]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{Context, FactValue, extract};
    use crate::lang::Lang;

    /// The English for each fact of a French phrase.
    fn english(french: &str) -> Vec<String> {
        let facts = extract(french, &Context { lang: Lang::Fr, date: None });
        let write = |v: &FactValue| match v {
            FactValue::Quantity(q) => quantity(q),
            FactValue::Date(d) => date(d),
            FactValue::Time(t) => time(t),
            other => format!("{other:?}"),
        };
        facts.iter().map(|f| write(&f.value)).collect()
    }

    #[test]
    fn commas_stand_between_digits_only() {
        for (value, text) in [
            (-150.0, "-150"),
            (-150_000.0, "-150,000"),
            (-1500.5, "-1,500.5"),
            (-18.0, "-18"),
            (1_234_567.0, "1,234,567"),
        ] {
            assert_eq!(figures(value), text);
        }
    }

    #[test]
    fn only_fractions_between_zero_and_one_have_words() {
        for (value, text) in [(0.5, "half"), (1.0 / 3.0, "one-third"), (0.75, "three-quarters"), (0.0, "0"), (1.0, "1")]
        {
            assert_eq!(fraction(value), text);
        }
        assert_eq!(fraction(-0.5), "-0.5");
    }

    #[test]
    fn the_greatest_numbers_have_words() {
        assert_eq!(cardinal(2_000_000_000_000_000), "two quadrillion");
        assert_eq!(cardinal(3_000_000_000_000_000_005), "three quintillion five");
        let greatest = "eighteen quintillion four hundred forty-six quadrillion seven hundred forty-four trillion \
            seventy-three billion seven hundred nine million five hundred fifty-one thousand six hundred fifteen";
        assert_eq!(cardinal(u64::MAX), greatest);
    }

    #[test]
    fn a_direction_takes_the_form_of_another() {
        assert_eq!(direction((-1, 1), "southwestern"), "southeastern");
        assert_eq!(direction((-1, 1), "South-West"), "south-east");
        assert_eq!(direction((1, 0), "southern"), "northern");
    }

    #[test]
    fn french_facts_have_an_english_form_for_repair_hints() {
        assert_eq!(english("plus de 255 morts"), ["more than 255 killed"]);
        assert_eq!(english("près de 1,5 milliard d'euros"), ["nearly 1.5 billion euros"]);
        assert_eq!(english("entre 10 et 15 %"), ["10 to 15%"]);
        assert_eq!(english("des dizaines de milliers de personnes"), ["tens of thousands"]);
        assert_eq!(english("vendredi 29 novembre"), ["Friday, November 29"]);
        assert_eq!(english("à 14h30"), ["2:30 p.m."]);
        assert_eq!(english("les deux tiers"), ["two-thirds"]);
        assert_eq!(english("1 200 kilomètres"), ["1,200 kilometres"]);
    }
}
