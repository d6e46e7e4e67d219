//! Tests that numbers and dates written in French or English are read back as the same values.

use super::{split, values as en};
use crate::facts::date::DateFact;
use crate::facts::{Context, FactValue, extract};
use crate::lang::Lang;
use jiff::civil::Date;
use proptest::prelude::*;

/// The value of a text that is read as one number from its beginning to its end; otherwise `None`.
fn number(text: &str, lang: Lang) -> Option<f64> {
    let facts = extract(text, &Context { lang, date: None });
    match facts.as_slice() {
        [fact] if fact.span.len() == text.len() => match &fact.value {
            FactValue::Quantity(q) => Some(q.value),
            _ => None,
        },
        _ => None,
    }
}

/// Writes a number in words in both languages, in two spellings each, and checks that all are read as the same value.
fn survives(n: u64) -> Result<(), String> {
    let french = french::cardinal(n);
    let hyphens = french.replace(' ', "-");
    for text in [&french, &hyphens] {
        let value = number(text, Lang::Fr);
        if value != Some(n as f64) {
            return Err(format!("{n}: “{text}” was read as {value:?}"));
        }
    }
    let english = en::cardinal(n);
    let british = english.replace("hundred ", "hundred and ").replace("hundred and thousand", "hundred thousand");
    let british = ["million", "billion", "trillion"]
        .iter()
        .fold(british, |t, s| t.replace(&format!("hundred and {s}"), &format!("hundred {s}")));
    for text in [&english, &british] {
        let value = number(text, Lang::En);
        if value != Some(n as f64) {
            return Err(format!("{n}: “{text}” was read as {value:?}"));
        }
    }
    Ok(())
}

/// Checks the numbers from 2 to 2199, and every `step`th number from 2 to a million. 1 is left out, because « un »
/// alone is read as an article.
fn integers(step: usize) {
    for n in (2..=1_000_000).step_by(step).chain(2..2200) {
        survives(n).unwrap();
    }
}

#[test]
fn integers_survive_the_way_through_both_languages() {
    integers(97);
}

#[test]
#[ignore = "every integer to a million: some seconds"]
fn all_integers_survive_the_way_through_both_languages() {
    integers(1);
}

proptest! {
    #[test]
    fn large_integers_survive_the_way_through_both_languages(n in 2u64..1_000_000_000_000_000) {
        survives(n).map_err(TestCaseError::fail)?;
    }

    #[test]
    fn round_large_integers_survive(n in 1u64..1000, power in 1u32..5) {
        let n = n * 1000u64.pow(power);
        survives(n).map_err(TestCaseError::fail)?;
    }

    #[test]
    fn figures_survive_in_every_style(n in 1000u64..1_000_000_000, cents in 1u64..100) {
        let plain = n.to_string();
        let group = |sign: &str| {
            let digits: Vec<char> = plain.chars().rev().collect();
            digits.chunks(3).map(|c| c.iter().collect::<String>()).collect::<Vec<_>>().join(sign).chars().rev().collect::<String>()
        };
        for sign in [" ", "\u{a0}", "\u{202f}", "\u{2009}"] {
            prop_assert_eq!(number(&format!("{} euros", group(sign)), Lang::Fr), Some(n as f64));
            let cents = format!("{cents:02}");
            let value = format!("{plain}.{cents}").parse().unwrap();
            prop_assert_eq!(number(&format!("{},{cents} euros", group(sign)), Lang::Fr), Some(value));
            prop_assert_eq!(number(&format!("{}.{cents} euros", group(",")), Lang::En), Some(value));
        }
        prop_assert_eq!(number(&format!("{} euros", group(".")), Lang::Fr), Some(n as f64));
        prop_assert_eq!(number(&format!("{} euros", group(",")), Lang::En), Some(n as f64));
    }
}

/// The date that a text is read as. Panics if it is read as anything else, or has a quantity or a time as well.
fn date(text: &str, lang: Lang) -> DateFact {
    let mut facts = extract(text, &Context { lang, date: None });
    facts.retain(|f| matches!(f.value, FactValue::Date(_) | FactValue::Quantity(_) | FactValue::Time(_)));
    match facts.as_slice() {
        [fact] => match &fact.value {
            FactValue::Date(d) => *d,
            other => panic!("“{text}” was read as {other:?}"),
        },
        _ => panic!("“{text}” was read as {facts:?}"),
    }
}

/// Writes every `step`th day from 1900 to 2100 in both languages, and checks that it is read as the same date.
fn dates(step: usize) {
    let first = jiff::civil::date(1900, 1, 1);
    for day in first.series(jiff::Span::new().days(step as i64)).take_while(|d| d.year() <= 2100) {
        let fact = whole(day);
        let french = french::date(&fact);
        assert_eq!(date(&french, Lang::Fr), fact, "{french}");
        let english = en::date(&fact);
        assert_eq!(date(&english, Lang::En), fact, "{english}");
    }
}

/// A date with all its parts.
fn whole(day: Date) -> DateFact {
    DateFact {
        year: Some(day.year()),
        month: Some(day.month() as u8),
        day: Some(day.day() as u8),
        weekday: Some(day.weekday().to_monday_one_offset() as u8),
        resolved: Some(day),
        ..DateFact::default()
    }
}

#[test]
fn dates_survive_the_way_through_both_languages() {
    dates(17);
}

#[test]
#[ignore = "every day of two centuries: some seconds"]
fn all_dates_survive_the_way_through_both_languages() {
    dates(1);
}

#[test]
fn numbers_are_spelt_as_the_grammars_say() {
    for (n, words) in [
        (21, "vingt et un"),
        (71, "soixante et onze"),
        (80, "quatre-vingts"),
        (81, "quatre-vingt-un"),
        (97, "quatre-vingt-dix-sept"),
        (200, "deux cents"),
        (80_000, "quatre-vingt mille"),
        (1_001, "mille un"),
        (2_300_000, "deux millions trois cent mille"),
    ] {
        assert_eq!(french::cardinal(n), words);
    }
}

/// Numbers and dates in French, in the traditional spelling (Grevisse, Le Bon Usage, § 597–599).
mod french {
    use super::split;
    use crate::facts::date::DateFact;

    const SMALL: [&str; 17] = [
        "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze",
        "treize", "quatorze", "quinze", "seize",
    ];
    const TENS: [&str; 9] =
        ["", "dix", "vingt", "trente", "quarante", "cinquante", "soixante", "soixante", "quatre-vingt"];

    /// Names of the months, January first.
    const MONTHS: [&str; 12] = [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ];

    /// Names of the weekdays, Monday first.
    const WEEKDAYS: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];

    /// The number in words: 97 is « quatre-vingt-dix-sept ».
    pub fn cardinal(n: u64) -> String {
        if n == 0 {
            return SMALL[0].to_string();
        }
        let (parts, rest) = split(n, &[1_000_000_000_000_000, 1_000_000_000_000, 1_000_000_000, 1_000_000]);
        let mut words: Vec<String> = Vec::new();
        for (count, scale) in parts {
            let name = match scale {
                1_000_000 => "million",
                1_000_000_000 => "milliard",
                1_000_000_000_000 => "billion",
                _ => "billiard",
            };
            let plural = if count > 1 { "s" } else { "" };
            words.push(format!("{} {name}{plural}", below_thousand(count, true)));
        }
        if rest >= 1000 {
            if rest >= 2000 {
                // In « quatre-vingt mille », « quatre-vingt » has no plural.
                words.push(below_thousand(rest / 1000, false));
            }
            words.push("mille".to_string());
        }
        if rest % 1000 > 0 {
            words.push(below_thousand(rest % 1000, true));
        }
        words.join(" ")
    }

    /// A number below a thousand. `last` is false before « mille », where « cent » and « vingt » take no plural.
    fn below_thousand(n: u64, last: bool) -> String {
        let (hundreds, rest) = (n / 100, n % 100);
        let plural = if hundreds > 1 && rest == 0 && last { "s" } else { "" };
        let cent = match hundreds {
            0 => String::new(),
            1 => "cent".to_string(),
            h => format!("{} cent{plural}", SMALL[h as usize]),
        };
        match (cent.is_empty(), rest) {
            (false, 0) => cent,
            (true, _) => below_hundred(rest, last),
            (false, _) => format!("{cent} {}", below_hundred(rest, last)),
        }
    }

    /// A number below a hundred; `last` as for [`below_thousand`].
    fn below_hundred(n: u64, last: bool) -> String {
        if n < 17 {
            return SMALL[n as usize].to_string();
        }
        if n < 20 {
            return format!("dix-{}", SMALL[n as usize - 10]);
        }
        let (base, units) = match n {
            70..=79 => (7, n - 60),
            80..=99 => (8, n - 80),
            _ => (n as usize / 10, n % 10),
        };
        let ten = TENS[base];
        match units {
            0 if base == 8 && last => format!("{ten}s"),
            0 => ten.to_string(),
            1 | 11 if base != 8 => format!("{ten} et {}", SMALL[units as usize]),
            _ => format!("{ten}-{}", below_hundred(units, true)),
        }
    }

    /// The date as the press writes it: « vendredi 29 novembre 2024 », « 1er mai », « novembre 2024 ».
    pub fn date(d: &DateFact) -> String {
        let mut words: Vec<String> = Vec::new();
        words.extend(d.weekday.and_then(|w| WEEKDAYS.get(usize::from(w).wrapping_sub(1))).map(|w| (*w).to_string()));
        words.extend(d.day.map(|n| if n == 1 { "1er".to_string() } else { n.to_string() }));
        words.extend(d.month.and_then(|m| MONTHS.get(usize::from(m).wrapping_sub(1))).map(|m| (*m).to_string()));
        words.extend(d.year.map(|y| y.to_string()));
        words.join(" ")
    }
}
