//! A sentence as the model is given it: in a spelling that small models understand correctly.
//!
//! The model of 1.5 billion parameters translates « Peu après 22 heures 30 » as "less than 22 hours and 30 minutes
//! after", but « Peu après 22h30 » as "just after 22:30". The rules compare the translation with the sentence as the
//! article has it.

use crate::facts::{self, FactValue};
use crate::lang::Lang;
use std::borrow::Cow;

/// The sentence with its times of day in their short form: « 22 heures 30 » and « 22 h 30 » as
/// « 22h30 ».
pub fn for_model(sentence: &str) -> Cow<'_, str> {
    if !sentence.contains('h') || !sentence.contains(|c: char| c.is_ascii_digit()) {
        return Cow::Borrowed(sentence);
    }
    let facts = facts::extract(sentence, &facts::Context { lang: Lang::Fr, date: None });
    let mut text = Cow::Borrowed(sentence);
    for fact in facts.iter().rev().filter(|f| matches!(f.value, FactValue::Time(_))) {
        if let Some((length, short)) = short(fact.span.of(sentence)) {
            text.to_mut().replace_range(fact.span.start..fact.span.start + length, &short);
        }
    }
    text
}

/// How many bytes the hours and minutes of a time of day take, and their short form. `None` unless there are hours of
/// one or two digits, « heures » or « h », and minutes of two digits.
fn short(time: &str) -> Option<(usize, String)> {
    let is_space = |c: char| matches!(c, ' ' | '\u{a0}' | '\u{202f}');
    let digits = |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let hours = digits(time);
    let rest = time[hours..].trim_start_matches(is_space);
    let rest = ["heures", "heure", "h"].iter().find_map(|unit| rest.strip_prefix(unit))?.trim_start_matches(is_space);
    let minutes = digits(rest);
    let length = time.len() - rest.len() + minutes;
    let is_time = (1..=2).contains(&hours) && minutes == 2;
    is_time.then(|| (length, format!("{}h{}", &time[..hours], &rest[..minutes])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_day_are_given_in_short() {
        assert_eq!(
            for_model("Peu après 22 heures 30, heure locale, un camion"),
            "Peu après 22h30, heure locale, un camion"
        );
        assert_eq!(for_model("À 9\u{a0}h\u{a0}05 et à 14 h 10."), "À 9h05 et à 14h10.");
        for left in ["À 22h30.", "Vers 22 heures.", "Après 2 heures 40 minutes de route.", "Il a 24 ans, 30 hommes."]
        {
            assert_eq!(for_model(left), left);
        }
    }
}
