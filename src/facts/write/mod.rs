//! Facts as words again: what a text would say for a value, in either language.
//!
//! The English forms serve the hints that ask for a repair; the French ones serve the tests, which send every number and
//! date around once.

pub mod en;
pub mod fr;

/// The parts of `n` by the scales of `steps`, greatest first, with what is left below the smallest.
fn split(n: u64, steps: &[u64]) -> (Vec<(u64, u64)>, u64) {
    let mut rest = n;
    let mut parts = Vec::new();
    for &step in steps {
        if rest >= step {
            parts.push((rest / step, step));
            rest %= step;
        }
    }
    (parts, rest)
}

#[cfg(test)]
mod tests {
    use super::{en, fr};
    use crate::facts::date::DateFact;
    use crate::facts::{Context, FactValue, extract};
    use crate::lang::Lang;
    use jiff::civil::Date;
    use proptest::prelude::*;

    /// The one number of a text.
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

    fn survives(n: u64) -> Result<(), String> {
        let french = fr::cardinal(n);
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

    /// A bare « un » is an article, so 1 is left out.
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

    fn dates(step: usize) {
        let first = jiff::civil::date(1900, 1, 1);
        for day in first.series(jiff::Span::new().days(step as i64)).take_while(|d| d.year() <= 2100) {
            let fact = whole(day);
            let french = fr::date(&fact);
            assert_eq!(date(&french, Lang::Fr), fact, "{french}");
            let english = en::date(&fact);
            assert_eq!(date(&english, Lang::En), fact, "{english}");
        }
    }

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
}
