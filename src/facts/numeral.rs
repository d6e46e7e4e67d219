//! Numbers, written in figures or in words: from tokens to a value, before anything is known of what they count.

mod digits;
mod scales;

pub use self::digits::vulgar;
pub use self::scales::{and_a_half, nautical};

use self::digits::digits;
use self::scales::scales;
use super::class::{Class, ClassedTokens};
use crate::lang::Lang;

/// A number as read at some token.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Numeral {
    pub value: f64,
    /// Another value that it may have: by the separators of the other language, or with « milles » as miles.
    pub other_reading: Option<f64>,
    /// The separators leave it open which reading is right: French « 3,158 », English "12.078".
    pub ambiguous: bool,
    /// Index of the token after it.
    pub end: usize,
    pub in_words: bool,
    pub ordinal: bool,
    /// The scale word that it ends with (million, dozen), as a factor; 1 without.
    pub scale: f64,
    /// It holds "dizaine", "dozen" and the like, which round.
    pub rounded: bool,
}

/// Reads the number that starts at token `i`: « 1 200,5 », « 3 millions », « deux cent mille », "half a million".
pub fn read(r: &ClassedTokens, i: usize) -> Option<Numeral> {
    let mut n = if r.is_digits(i) { digits(r, i) } else { in_words(r, i)? };
    if !n.ordinal {
        scales(r, &mut n);
    }
    Some(n)
}

/// Number words of the text's language. A bare « un » or "a" is not a number.
fn in_words(r: &ClassedTokens, i: usize) -> Option<Numeral> {
    let words = match r.lang {
        Lang::Fr => super::fr::number_words::read(r, i),
        Lang::En => super::en::number_words::read(r, i),
    };
    let (value, end, ordinal) = match words {
        Some(w) => (w.value as f64, w.end, w.ordinal),
        // In « une dizaine » and "a dozen" the article counts as one, and the scale follows.
        None if r.class(i) == Class::One && matches!(r.class(r.skip_hyphen(i + 1)), Class::Collective(_)) => {
            (1.0, i + 1, false)
        }
        // "one" is a number where a half follows: "one and a half tonnes".
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
