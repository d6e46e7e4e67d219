//! Reads numbers in figures, with the separators of both languages.

use super::Numeral;
use crate::facts::class::{Class, ClassedTokens};
use crate::lang::Lang;

/// The number whose digits begin at token `i`, with its separators. Those of the text's language are tried first, then
/// those of the other language.
///
/// French separates thousands by (no-break) spaces or, in the press of several countries, by points, and decimals by a
/// comma; English uses commas and a point. Where exactly three digits follow a single point or comma, after one to
/// three digits that do not begin with 0, the reading by the other language is kept as the other reading. But three
/// zeros after this language's decimal sign are certainly thousands.
pub(super) fn digits(r: &ClassedTokens, i: usize) -> Numeral {
    let signs = Signs::of(r.lang);
    let first = Figures { mantissa: parse(r.tokens.raw(i)), decimals: 0, end: i + 1 };
    let mut read = first;
    let (mut other_reading, mut ambiguous) = (None, false);
    if is_short(r, i) && !r.tokens.raw(i).starts_with('0') {
        read = spaced_thousands(r, first);
        if read.end == first.end {
            read = thousands(r, first, &[signs.group]);
            if read.end == first.end + 2 {
                other_reading = Some(read.mantissa / 1000.0);
            }
        }
        if read.end == first.end {
            // The Swiss separate thousands by apostrophes: 20'000.
            read = thousands(r, first, &["'", "’"]);
        }
        if read.end == first.end {
            match foreign_thousands(r, read, signs) {
                Some(Foreign::Certain(n)) => return n,
                Some(Foreign::Possible(value)) => (other_reading, ambiguous) = (Some(value), true),
                None => {}
            }
        }
    }
    if read.end == first.end
        && is_short(r, i)
        && let Some(n) = spaced_sign(r, read, signs)
    {
        return n;
    }
    read = decimals(r, read, signs, read.end == first.end);
    // Decimals behind it show that a sign stood between thousands: "1,234.56".
    if read.decimals > 0 && !ambiguous {
        other_reading = None;
    }
    // A fraction in one character may follow a whole number: "3 ½".
    if read.decimals == 0
        && let Some(part) = vulgar(r, read.end)
    {
        return Figures { mantissa: read.mantissa + part, end: read.end + 1, ..read }.numeral(None);
    }
    Numeral { ambiguous, ..read.numeral(other_reading) }
}

/// The separators of a language.
#[derive(Clone, Copy)]
struct Signs {
    /// The sign between thousands.
    group: &'static str,
    /// The sign before decimals.
    decimal: &'static str,
}

impl Signs {
    /// The separators of `lang`; French spaces are read apart from these.
    fn of(lang: Lang) -> Self {
        match lang {
            Lang::Fr => Signs { group: ".", decimal: "," },
            Lang::En => Signs { group: ",", decimal: "." },
        }
    }
}

/// A number in figures while it is being read.
#[derive(Clone, Copy)]
struct Figures {
    /// All its digits, as a whole number.
    mantissa: f64,
    /// How many of the digits are decimals.
    decimals: i32,
    /// Index of the token after it.
    end: usize,
}

impl Figures {
    /// The number, which may also mean `other_reading`.
    fn numeral(self, other_reading: Option<f64>) -> Numeral {
        Numeral {
            value: self.mantissa / 10f64.powi(self.decimals),
            other_reading,
            ambiguous: false,
            end: self.end,
            in_words: false,
            ordinal: false,
            scale: 1.0,
            rounded: false,
        }
    }

    /// The number with the three digits at token `k` added.
    fn with_group(self, r: &ClassedTokens, k: usize) -> Self {
        Figures { mantissa: self.mantissa * 1000.0 + parse(r.tokens.raw(k)), end: k + 1, ..self }
    }

    /// The number with the decimals added that stand after the sign at `end`.
    fn with_decimals(self, r: &ClassedTokens) -> Self {
        let digits = r.tokens.raw(self.end + 1);
        let decimals = digits.len() as i32;
        Figures { mantissa: self.mantissa * 10f64.powi(decimals) + parse(digits), decimals, end: self.end + 2 }
    }
}

/// Whether the token at `i` has three characters at most, so that groups of three digits may follow it.
pub(super) fn is_short(r: &ClassedTokens, i: usize) -> bool {
    r.tokens.raw(i).len() <= 3
}

/// Whether exactly three digits stand at `k`.
fn is_group(r: &ClassedTokens, k: usize) -> bool {
    r.is_digits(k) && r.tokens.raw(k).len() == 3 && !(r.glued(k + 1) && r.is_digits(k + 1))
}

/// Whether this sign stands at `k`, without spaces around it, and digits follow.
fn joins_digits(r: &ClassedTokens, k: usize, sign: &str) -> bool {
    r.is(k, sign) && r.glued(k) && r.glued(k + 1) && r.is_digits(k + 1)
}

/// The number with the groups of three added that follow after one space each. They may also be numbers of their own
/// ("in 20 300 …"), but hardly ever are.
fn spaced_thousands(r: &ClassedTokens, mut read: Figures) -> Figures {
    while is_group(r, read.end) && !r.glued(read.end) && one_space(r, read.end) {
        read = read.with_group(r, read.end);
    }
    read
}

/// The number with the groups of three added that follow after one of these signs.
fn thousands(r: &ClassedTokens, mut read: Figures, signs: &[&str]) -> Figures {
    while signs.iter().any(|sign| joins_digits(r, read.end, sign)) && is_group(r, read.end + 1) {
        read = read.with_group(r, read.end + 1);
    }
    read
}

/// What groups of three digits mean after this language's decimal sign, which the other language writes between
/// thousands.
enum Foreign {
    /// They are certainly thousands.
    Certain(Numeral),
    /// They may be three decimals, as in this language, or thousands, which would make this value.
    Possible(f64),
}

/// Reads thousands with the other language's sign; `None` where there are none. They are certain where there are
/// several groups, where the other language's decimal sign follows ("4.488,88" in English), and where the only group is
/// three zeros.
fn foreign_thousands(r: &ClassedTokens, read: Figures, signs: Signs) -> Option<Foreign> {
    let whole = thousands(r, read, &[signs.decimal]);
    if whole.end == read.end {
        return None;
    }
    if joins_digits(r, whole.end, signs.group) {
        return Some(Foreign::Certain(whole.with_decimals(r).numeral(None)));
    }
    // Nobody writes three zeros as decimals.
    let certain = whole.end > read.end + 2 || r.tokens.raw(read.end + 1) == "000";
    Some(if certain { Foreign::Certain(whole.numeral(None)) } else { Foreign::Possible(whole.mantissa) })
}

/// The number in figures that have a stray space after the comma or, in English, the point: « 50, 3 % », "1. 7
/// billion", "80, 000". They are one number and no list if a single decimal (or two after a point) and then "%",
/// "percent" or a scale follow, or in English if three zeros do.
fn spaced_sign(r: &ClassedTokens, read: Figures, signs: Signs) -> Option<Numeral> {
    let end = read.end;
    let spaced = r.is_any(end, &[signs.decimal, ","])
        && r.glued(end)
        && r.is_digits(end + 1)
        && !r.glued(end + 1)
        && one_space(r, end + 1);
    if !spaced {
        return None;
    }
    let digits = r.tokens.raw(end + 1);
    let scaled = matches!(r.class(end + 2), Class::Scale(_));
    let percent = r.is_any(end + 2, &["%", "percent"]) || r.is(end + 3, "cent") && r.is_any(end + 2, &["per", "pour"]);
    let few = digits.len() == 1 || r.is(end, ".") && digits.len() == 2;
    if few && (scaled || percent) {
        return Some(read.with_decimals(r).numeral(None));
    }
    (r.lang == Lang::En && digits == "000").then(|| read.with_group(r, end + 1).numeral(None))
}

/// The number with the decimals added that follow it, if any do. `plain` says that the number has no groups of
/// thousands; only then is the other language's decimal sign read, too.
fn decimals(r: &ClassedTokens, read: Figures, signs: Signs, plain: bool) -> Figures {
    let alone = |sign: &str| joins_digits(r, read.end, sign) && !joins_digits(r, read.end + 2, sign);
    // "7,50" in English, and « 16.50 » and « 0.125 » in French, can only have decimals with the other language's sign.
    let foreign = || plain && alone(signs.group) && (read.mantissa == 0.0 || !is_group(r, read.end + 1));
    if alone(signs.decimal) || foreign() { read.with_decimals(r) } else { read }
}

/// The value of a string of ASCII digits of any length.
pub(super) fn parse(digits: &str) -> f64 {
    digits.bytes().fold(0.0, |v, b| v * 10.0 + f64::from(b - b'0'))
}

/// Whether exactly one character, and no line break, stands between token `k` and the one before.
fn one_space(r: &ClassedTokens, k: usize) -> bool {
    let (Some(a), Some(b)) = (r.tokens.get(k - 1), r.tokens.get(k)) else { return false };
    let gap = &r.tokens.text[a.span.end..b.span.start];
    gap.chars().count() == 1 && gap != "\n"
}

/// The value of the token at `i`, if it is one of the characters for fractions: « ¾ », "⅔".
pub fn vulgar(r: &ClassedTokens, i: usize) -> Option<f64> {
    let (upper, lower) = match r.lower(i) {
        "½" => (1, 2),
        "⅓" => (1, 3),
        "⅔" => (2, 3),
        "¼" => (1, 4),
        "¾" => (3, 4),
        "⅕" => (1, 5),
        "⅖" => (2, 5),
        "⅗" => (3, 5),
        "⅘" => (4, 5),
        "⅙" => (1, 6),
        "⅚" => (5, 6),
        "⅛" => (1, 8),
        "⅜" => (3, 8),
        "⅝" => (5, 8),
        "⅞" => (7, 8),
        "⅒" => (1, 10),
        _ => return None,
    };
    Some(f64::from(upper) / f64::from(lower))
}
