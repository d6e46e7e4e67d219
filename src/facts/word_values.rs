//! The classes of single words for the grammars of numbers, dates and casualties, as listed in `word-values.fr.tsv` and
//! `word-values.en.tsv`.

use super::class::Class;
use super::quantity::Unit;
use crate::lang::Lang;
use crate::lexicon::key::{KeyMap, exact};
use crate::lexicon::table::{self, Row, Table};
use serde::de::value::{Error, StrDeserializer};
use serde::de::{DeserializeOwned, IntoDeserializer};
use std::sync::LazyLock;

static FRENCH: LazyLock<KeyMap<Class>> = LazyLock::new(|| load(&table::WORD_VALUES_FR));
static ENGLISH: LazyLock<KeyMap<Class>> = LazyLock::new(|| load(&table::WORD_VALUES_EN));

/// Class of a lower-cased word; [`Class::Other`] if the table doesn't have it.
pub fn class(word: &str, lang: Lang) -> Class {
    let known = match lang {
        Lang::Fr => FRENCH.get(&exact(word)).or_else(|| {
            // Ordinals are often typed without their accent: « troisieme ».
            let is_rank = word.ends_with("ieme") || word.ends_with("iemes");
            is_rank.then(|| FRENCH.get(&exact(&word.replace("ieme", "ième")))).flatten()
        }),
        Lang::En => ENGLISH.get(&exact(word)),
    };
    known.copied().unwrap_or(Class::Other)
}

fn load(table: &Table) -> KeyMap<Class> {
    let mut words = KeyMap::default();
    for row in table.rows() {
        let class = read(row.cell(0)).unwrap_or_else(|| row.fail("a class that the grammars do not know"));
        row.forms(1).for_each(|word| add(&mut words, word, class, &row));
    }
    words
}

fn add(words: &mut KeyMap<Class>, word: &str, class: Class, row: &Row) {
    if words.insert(exact(word), class).is_some() {
        row.fail(&format!("“{word}” has a class already"));
    }
}

/// Reads a class as the tables write it: its name, then its values, with spaces between. None if there is no such class
/// or value.
fn read(text: &str) -> Option<Class> {
    let mut parts = text.split(' ');
    let (name, value, unit) = (parts.next()?, parts.next().unwrap_or(""), parts.next().unwrap_or(""));
    Some(match name {
        "one" => Class::One,
        "small" => Class::Small(value.parse().ok()?),
        "tens" => Class::Tens(value.parse().ok()?),
        "hundred" => Class::Hundred,
        "thousand" => Class::Thousand,
        "scale" => Class::Scale(value.parse().ok()?),
        "ordinal" => Class::Ordinal(value.parse().ok()?),
        "collective" => Class::Collective(value.parse().ok()?),
        "half" => Class::Half,
        "part" => Class::Part(value.parse().ok()?),
        "times" => Class::Times,
        "factor" => Class::Factor(value.parse().ok()?),
        "may-count" => Class::MayCount(value.parse().ok()?),
        "may-measure" => Class::MayMeasure(value.parse().ok()?, named(unit)?),
        "month" => Class::Month(value.parse().ok()?),
        "weekday" => Class::Weekday(value.parse().ok()?),
        "decade" => Class::Decade(value.parse().ok()?),
        "season" => Class::Season(named(value)?),
        "relative" => Class::Relative(named(value)?),
        "measure" => Class::Unit(Unit::Measure(named(value)?)),
        "money" => Class::Unit(Unit::Money(named(value)?)),
        "unit" if value == "percent" => Class::Unit(Unit::Percent),
        "unit" if value == "point" => Class::Unit(Unit::Point),
        "outcome" => Class::Outcome(named(value)?),
        "whom" => Class::Whom(named(value)?),
        _ => return None,
    })
}

/// Reads a value that a class carries (a season, a unit) from its name in JSON, which the tables use as well; None if
/// no value has this name.
fn named<T: DeserializeOwned>(name: &str) -> Option<T> {
    let name: StrDeserializer<'_, Error> = name.into_deserializer();
    T::deserialize(name).ok()
}
