//! The class of a word: what it can be to the grammars of numbers and dates. Every word is looked up once, and the
//! grammars work with the classes.

use super::date::{Relative, Season};
use super::quantity::{Measure, Outcome, Unit, Whom};
use super::token::{Token, TokenKind, Tokens};
use super::word_values;
use crate::lang::Lang;
use crate::lexicon::WordSet;

/// Class of one word, number or sign; number words with their value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Class {
    /// Nothing that the grammars know.
    Other,
    /// A run of digits.
    Digits,
    /// un, une, one, a, an: a number only with certain words, such as a scale or a unit.
    One,
    /// A word for 0 or for 2–19.
    Small(u8),
    /// A word for 20, 30, … 90.
    Tens(u8),
    Hundred,
    Thousand,
    /// A power of ten from million on, by its exponent: million is 6.
    Scale(u8),
    /// An ordinal such as deuxième or third, by its rank (1–20, the tens, 100 and 1000).
    Ordinal(u16),
    /// A word for about so many, such as dizaine (10) or dozen (12).
    Collective(u16),
    /// moitié, demi, half
    Half,
    /// tiers, quart, quarter, by the denominator.
    Part(u8),
    /// fois, times
    Times,
    /// double, tripler, twice, by the factor.
    Factor(u8),
    /// A word that may stand for a number of things: both (2), trio (3), centenary (100).
    MayCount(u16),
    /// A word that may stand for a number of units: trimestre is three months.
    MayMeasure(f32, Measure),
    /// January is 1.
    Month(u8),
    /// Monday is 1.
    Weekday(u8),
    Season(Season),
    Relative(Relative),
    Unit(Unit),
    Outcome(Outcome),
    Whom(Whom),
    /// A word such as seventies: ten years of a century, or of somebody's life, by the number of the first, here 70.
    Decade(u8),
}

/// The tokens of a text with their classes.
pub struct ClassedTokens<'r, 'a> {
    pub tokens: &'r Tokens<'a>,
    pub lang: Lang,
    classes: Vec<Class>,
}

impl<'r, 'a> ClassedTokens<'r, 'a> {
    /// Looks up the class of every token.
    pub fn new(tokens: &'r Tokens<'a>, lang: Lang) -> Self {
        let class = |(i, t): (usize, &Token)| match t.kind {
            TokenKind::Number => Class::Digits,
            TokenKind::Word => word_values::class(tokens.lower(i), lang),
            TokenKind::Punct => match tokens.lower(i) {
                "%" => Class::Unit(Unit::Percent),
                "€" => Class::Unit(Unit::Money(super::quantity::Currency::Euro)),
                "$" => Class::Unit(Unit::Money(super::quantity::Currency::Dollar)),
                "£" => Class::Unit(Unit::Money(super::quantity::Currency::Pound)),
                "¥" => Class::Unit(Unit::Money(super::quantity::Currency::Yen)),
                "½" => Class::Half,
                _ => Class::Other,
            },
        };
        ClassedTokens { tokens, lang, classes: tokens.all().iter().enumerate().map(class).collect() }
    }

    /// The number of tokens.
    pub fn len(&self) -> usize {
        self.classes.len()
    }

    /// Whether the text has no token.
    pub fn is_empty(&self) -> bool {
        self.classes.is_empty()
    }

    /// Class of token `i`; `Other` past the end.
    pub fn class(&self, i: usize) -> Class {
        self.classes.get(i).copied().unwrap_or(Class::Other)
    }

    /// Token `i` in lower case.
    pub fn lower(&self, i: usize) -> &str {
        self.tokens.lower(i)
    }

    /// Whether token `i` is this word or sign.
    pub fn is(&self, i: usize, word: &str) -> bool {
        self.tokens.lower(i) == word
    }

    /// Whether token `i` is one of these words or signs, which must be in lower case.
    pub fn is_any(&self, i: usize, words: &[&str]) -> bool {
        words.contains(&self.tokens.lower(i))
    }

    /// Whether token `i` is in a set of the lexicon.
    pub(crate) fn among(&self, i: usize, set: &WordSet) -> bool {
        set.has(self.tokens.lower(i))
    }

    /// Whether the tokens from `i` on are these words.
    pub fn follows(&self, i: usize, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(k, w)| self.is(i + k, w))
    }

    /// Whether the tokens right before `i` are these words.
    pub fn precedes(&self, i: usize, words: &[&str]) -> bool {
        i >= words.len() && self.follows(i - words.len(), words)
    }

    /// Whether token `i` stands right after the one before, without a space.
    pub fn glued(&self, i: usize) -> bool {
        i > 0 && self.tokens.get(i).is_some_and(|t| !t.spaced)
    }

    /// Whether token `i` is a run of digits.
    pub fn is_digits(&self, i: usize) -> bool {
        self.class(i) == Class::Digits
    }

    /// The value of token `i`, if it consists of at most `max` digits.
    pub fn digits(&self, i: usize, max: usize) -> Option<u32> {
        (self.is_digits(i) && self.tokens.raw(i).len() <= max).then(|| self.tokens.raw(i).parse().ok()).flatten()
    }

    /// Whether token `i` is a hyphen or en dash, as in "twenty-five".
    pub fn is_hyphen(&self, i: usize) -> bool {
        self.is_any(i, &["-", "–", "‑"])
    }

    /// The index after the hyphen at `i`, if no space stands on either side of it; otherwise `i`.
    pub fn skip_hyphen(&self, i: usize) -> usize {
        if self.is_hyphen(i) && self.glued(i) && self.glued(i + 1) { i + 1 } else { i }
    }

    /// Whether token `i` is a word and no number or sign.
    pub fn is_word(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Word)
    }

    /// Whether token `i` begins with a capital.
    pub fn capital(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.capital)
    }
}

/// Value of a Roman numeral in capitals with at most 15 letters (no numeral below 4000 is longer); `None` for anything
/// that is not the form that [`to_roman`] writes.
pub fn roman(word: &str) -> Option<u16> {
    let mut total = 0u16;
    let mut last = 0;
    if word.is_empty() || word.len() > 15 {
        return None;
    }
    for c in word.bytes().rev() {
        let v = match c {
            b'I' => 1,
            b'V' => 5,
            b'X' => 10,
            b'L' => 50,
            b'C' => 100,
            b'D' => 500,
            b'M' => 1000,
            _ => return None,
        };
        if v < last {
            total = total.checked_sub(v)?;
        } else {
            total += v;
            last = v;
        }
    }
    (to_roman(total) == word).then_some(total)
}

/// The number of a French ordinal in Roman numerals: « XXIe », « IVème ». Only the letters I, V and X are read, because
/// with L, C and D the words « Le », « Ce » and « De » would be ordinals.
pub fn roman_ordinal(word: &str) -> Option<u16> {
    let stem = ["ième", "ème", "ieme", "eme", "er", "e"].iter().find_map(|s| word.strip_suffix(s))?;
    stem.bytes().all(|b| matches!(b, b'I' | b'V' | b'X')).then(|| roman(stem)).flatten()
}

/// The Roman numeral of a number in its canonical form, with an M for each thousand.
pub fn to_roman(mut n: u16) -> String {
    const STEPS: [(u16, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut out = String::new();
    for (v, s) in STEPS {
        while n >= v {
            out.push_str(s);
            n -= v;
        }
    }
    out
}
