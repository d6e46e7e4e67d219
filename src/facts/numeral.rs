//! Reads the value of numbers in figures or in words, without what they count.

mod digits;
mod scales;

pub use self::digits::vulgar;
pub use self::scales::{and_a_half, nautical};

use self::digits::digits;
use self::scales::scales;
use super::class::{Class, ClassedTokens};
use crate::lang::Lang;

/// A number as it is read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Numeral {
    pub value: f64,
    /// Another value that it may have, if its separators are those of the other language, or if « milles » after it
    /// means miles.
    pub other_reading: Option<f64>,
    /// Whether the separators leave open which of the two values is right: French « 3,158 », English "12.078".
    pub ambiguous: bool,
    /// Index of the token after it.
    pub end: usize,
    /// Whether it begins with a word and not with figures.
    pub in_words: bool,
    /// Whether its last word is an ordinal: « vingt et unième ».
    pub ordinal: bool,
    /// The factor of the scale words that the number ends with (million, dozen); 1 where there are none. In a number
    /// that begins with figures, a smaller number may follow these words: a million for « 1 million 200 mille ».
    pub scale: f64,
    /// Whether it has a word such as « dizaine » or "dozen" in it, which rounds.
    pub rounded: bool,
}

/// Reads the number that starts at token `i`: « 1 200,5 », « 3 millions », « deux cent mille », "two dozen".
pub fn read(r: &ClassedTokens, i: usize) -> Option<Numeral> {
    let mut n = if r.is_digits(i) { digits(r, i) } else { in_words(r, i)? };
    if !n.ordinal {
        scales(r, &mut n);
    }
    Some(n)
}

/// The number in words at `i`, in the text's language. « Un », "a" and "one" count only as part of a larger number or
/// before a word such as "dozen", and "one" also before "and a half".
fn in_words(r: &ClassedTokens, i: usize) -> Option<Numeral> {
    let words = match r.lang {
        Lang::Fr => super::fr::number_words::read(r, i),
        Lang::En => super::en::number_words::read(r, i),
    };
    let (value, end, ordinal) = match words {
        Some(w) => (w.value as f64, w.end, w.ordinal),
        // In « une dizaine » and "a dozen" the article is one, and the scale is applied later.
        None if r.class(i) == Class::One && matches!(r.class(r.skip_hyphen(i + 1)), Class::Collective(_)) => {
            (1.0, i + 1, false)
        }
        // "One" is a number in "one and a half tonnes".
        None if r.lang == Lang::En && r.is(i, "one") => match and_a_half(r, i + 1) {
            Some(end) => (1.5, end, false),
            None => return None,
        },
        None => return None,
    };
    Some(Numeral {
        value,
        other_reading: None,
        ambiguous: false,
        end,
        in_words: true,
        ordinal,
        scale: 1.0,
        rounded: false,
    })
}
