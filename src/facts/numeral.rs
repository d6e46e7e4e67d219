//! Numbers, written in figures or in words: from tokens to a value, before anything is known of what they count.

use super::class::{Class, Reader};
use crate::lang::Lang;

/// A number as read at some token.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Numeral {
    pub value: f64,
    /// What the same figures mean by the other language's separators, where they allow it.
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
pub fn read(r: &Reader, i: usize) -> Option<Numeral> {
    let mut n = if r.is_digits(i) { digits(r, i) } else { in_words(r, i)? };
    if !n.ordinal {
        scales(r, &mut n);
    }
    Some(n)
}

/// Number words of the text's language. A bare « un » or "a" is no number.
fn in_words(r: &Reader, i: usize) -> Option<Numeral> {
    let words = match r.lang {
        Lang::Fr => super::fr::number_words::read(r, i),
        Lang::En => super::en::number_words::read(r, i),
    };
    let (value, end, ordinal) = match words {
        Some(w) => (w.value as f64, w.end, w.ordinal),
        // « une dizaine », "a dozen": the article counts, the scale follows.
        None if r.class(i) == Class::One && matches!(r.class(r.skip_hyphen(i + 1)), Class::Collective(_)) => {
            (1.0, i + 1, false)
        }
        // "one and a half tonnes"
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

/// Figures with their separators, by the conventions of the text's language, the other's being tolerated.
///
/// French sets off thousands by (no-break) spaces or, in the press of several countries, by points, and decimals by a
/// comma; English has it the other way round. Where exactly three digits follow a single separator of the wrong kind
/// both readings are kept.
fn digits(r: &Reader, i: usize) -> Numeral {
    let text = r.tokens.text;
    let raw = |k: usize| r.tokens.raw(k);
    let first = raw(i);
    let mut mantissa = parse(first);
    let mut decimals = 0i32;
    let mut other_reading = None;
    let mut ambiguous = false;
    let mut end = i + 1;
    let three = |k: usize| r.is_digits(k) && raw(k).len() == 3 && !(r.glued(k + 1) && r.is_digits(k + 1));
    let groups = first.len() <= 3 && !first.starts_with('0');
    // Thousands set off by one space. Two numbers may stand side by side as well ("in 20 300 …"), but hardly ever.
    if groups {
        while three(end) && !r.glued(end) && one_space(text, r, end) {
            mantissa = mantissa * 1000.0 + parse(raw(end));
            end += 1;
        }
    }
    let spaced_groups = end > i + 1;
    let glued_sign = |k: usize, sign: &str| r.is(k, sign) && r.glued(k) && r.glued(k + 1) && r.is_digits(k + 1);
    let (group_sign, decimal_sign) = match r.lang {
        Lang::Fr => (".", ","),
        Lang::En => (",", "."),
    };
    if groups && !spaced_groups {
        let mut count = 0;
        while glued_sign(end, group_sign) && three(end + 1) {
            mantissa = mantissa * 1000.0 + parse(raw(end + 1));
            end += 2;
            count += 1;
        }
        // Swiss usage: 20'000.
        while count == 0 && r.is_any(end, &["'", "’"]) && r.glued(end) && r.glued(end + 1) && three(end + 1) {
            mantissa = mantissa * 1000.0 + parse(raw(end + 1));
            end += 2;
        }
        if count == 1 {
            other_reading = Some(mantissa / 1000.0);
        }
        // The other language's thousands: several groups, or groups before a decimal of this kind ("4.488,88" in English).
        if count == 0 && glued_sign(end, decimal_sign) && three(end + 1) {
            let mut k = end;
            let mut whole = mantissa;
            while glued_sign(k, decimal_sign) && three(k + 1) {
                whole = whole * 1000.0 + parse(raw(k + 1));
                k += 2;
            }
            let fraction = glued_sign(k, group_sign);
            if k > end + 2 || fraction {
                mantissa = whole;
                end = k;
                if fraction {
                    let d = raw(end + 1);
                    mantissa = mantissa * 10f64.powi(d.len() as i32) + parse(d);
                    decimals = d.len() as i32;
                    end += 2;
                }
                return figures(mantissa, decimals, None, end);
            }
            // Nobody writes three zeros behind a decimal sign.
            if raw(end + 1) == "000" {
                return figures(whole, 0, None, end + 2);
            }
            other_reading = Some(whole);
            ambiguous = true;
        }
    }
    // « 50, 3 % », "1, 7 billion", "80, 000": a space behind every comma; no list counts its first item in nothing.
    if end == i + 1
        && first.len() <= 3
        && r.is_any(end, &[decimal_sign, ","])
        && r.glued(end)
        && r.is_digits(end + 1)
        && !r.glued(end + 1)
        && one_space(text, r, end + 1)
    {
        let d = raw(end + 1);
        let scaled = matches!(r.class(end + 2), Class::Scale(_));
        let percent =
            r.is_any(end + 2, &["%", "percent"]) || r.is(end + 3, "cent") && r.is_any(end + 2, &["per", "pour"]);
        let short = d.len() == 1 || r.is(end, ".") && d.len() == 2;
        if short && (scaled || percent) {
            return figures(mantissa * 10f64.powi(d.len() as i32) + parse(d), d.len() as i32, None, end + 2);
        }
        if r.lang == Lang::En && d == "000" {
            return figures(mantissa * 1000.0, 0, None, end + 2);
        }
    }
    if glued_sign(end, decimal_sign) && !glued_sign(end + 2, decimal_sign) {
        let d = raw(end + 1);
        mantissa = mantissa * 10f64.powi(d.len() as i32) + parse(d);
        decimals = d.len() as i32;
        end += 2;
    } else if end == i + 1 && glued_sign(end, group_sign) && !glued_sign(end + 2, group_sign) && !three(end + 1) {
        // "7,50" in English, « 16.50 » in French: nothing but a decimal of the other language.
        let d = raw(end + 1);
        mantissa = mantissa * 10f64.powi(d.len() as i32) + parse(d);
        decimals = d.len() as i32;
        end += 2;
    }
    // "1 1/2", "3 ½"
    if decimals == 0
        && let Some(part) = vulgar(r, end)
    {
        return figures(mantissa + part, 0, None, end + 1);
    }
    Numeral { ambiguous, ..figures(mantissa, decimals, other_reading, end) }
}

fn figures(mantissa: f64, decimals: i32, other_reading: Option<f64>, end: usize) -> Numeral {
    let value = mantissa / 10f64.powi(decimals);
    Numeral { value, other_reading, ambiguous: false, end, in_words: false, ordinal: false, scale: 1.0, rounded: false }
}

fn parse(digits: &str) -> f64 {
    digits.bytes().fold(0.0, |v, b| v * 10.0 + f64::from(b - b'0'))
}

/// Whether exactly one white-space character stands before token `k`.
fn one_space(text: &str, r: &Reader, k: usize) -> bool {
    let (Some(a), Some(b)) = (r.tokens.get(k - 1), r.tokens.get(k)) else { return false };
    let gap = &text[a.span.end..b.span.start];
    gap.chars().count() == 1 && gap != "\n"
}

/// The value of one of the characters for fractions: « ¾ », "⅔".
pub fn vulgar(r: &Reader, i: usize) -> Option<f64> {
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

/// Applies the scale words that follow: « 3 millions », "5bn", « 1 million 200 mille », "two and a half million".
fn scales(r: &Reader, n: &mut Numeral) {
    let small = n.value < 1000.0 && n.value.fract() == 0.0;
    let words = if n.in_words { scale_of_words(r, n.end) } else { 1.0 };
    if r.lang == Lang::En
        && small
        && let Some(end) = and_a_half(r, n.end)
    {
        n.value += 0.5;
        n.end = end;
    }
    if r.lang == Lang::Fr && r.is(n.end, "et") && r.class(n.end + 1) == Class::Half && (small || words > 1.0) {
        n.value += words / 2.0;
        n.end += 2;
    }
    let mut factor = 1.0;
    while let Some((f, next, rounded)) = scale_at(r, n.end, n.in_words) {
        factor *= f;
        n.end = next;
        n.rounded |= rounded;
    }
    if factor == 1.0 {
        n.scale = words;
        return;
    }
    // « 26,2 milles », « sept milles »: miles, or a thousand misspelt.
    if r.lang == Lang::Fr && factor == 1000.0 && r.is(n.end - 1, "milles") {
        n.other_reading = Some(n.value);
    }
    n.value = times(n.value, factor);
    n.other_reading = n.other_reading.map(|v| if v == n.value / factor { v } else { times(v, factor) });
    n.scale = factor;
    // « 2,631 millions » are not 2631 millions.
    n.ambiguous = false;
    match r.lang {
        Lang::Fr if r.is(n.end, "et") && r.class(n.end + 1) == Class::Half => {
            n.value += factor / 2.0;
            n.end += 2;
        }
        _ => {}
    }
    // « 1 million 200 mille », « 2 milliards 500 millions »
    let and = r.is_any(n.end, &["et", "and"]);
    let next = n.end + usize::from(and);
    let starts = matches!(r.class(next), Class::Digits | Class::Small(_) | Class::Tens(_) | Class::Hundred);
    if factor >= 1e6
        && starts
        && let Some(rest) = read(r, next)
        && rest.value < factor
        && (rest.scale >= 1000.0 || rest.value >= 1000.0 && !and)
        && !rest.ordinal
    {
        n.value += rest.value;
        n.end = rest.end;
    }
    // « 18 mille 969 », « 6 mille 74 »: what is under a thousand, in figures after figures.
    if factor == 1000.0
        && !n.in_words
        && r.is_digits(n.end)
        && r.tokens.raw(n.end).len() <= 3
        && !r.glued(n.end)
        && !(r.glued(n.end + 1) && r.is_digits(n.end + 1))
    {
        n.value += parse(r.tokens.raw(n.end));
        n.end += 1;
    }
}

/// A product that keeps decimals exact: 1.4 × 10^6 is 1 400 000.
fn times(value: f64, factor: f64) -> f64 {
    let product = value * factor;
    if (product - product.round()).abs() < 1e-6 * product.abs().max(1.0) { product.round() } else { product }
}

/// "and a half", "-and-a-half", "and half": the index after it.
pub fn and_a_half(r: &Reader, at: usize) -> Option<usize> {
    let and = r.skip_hyphen(at);
    let article = r.skip_hyphen(and + 1);
    let half = if r.is(article, "a") { r.skip_hyphen(article + 1) } else { article };
    (r.is(and, "and") && r.class(half) == Class::Half).then_some(half + 1)
}

/// The scale that number words end with before token `end`: « deux millions ».
fn scale_of_words(r: &Reader, end: usize) -> f64 {
    match r.class(end - 1) {
        Class::Scale(e) => 10f64.powi(i32::from(e)),
        Class::Thousand => 1000.0,
        _ => 1.0,
    }
}

/// The scale word at token `k`: its factor, the index after it, and whether it rounds.
fn scale_at(r: &Reader, k: usize, after_words: bool) -> Option<(f64, usize, bool)> {
    let mut at = r.skip_hyphen(k);
    // « 100 autres milliards », « 440$ millions »
    let sign = !r.is_word(at) && matches!(r.class(at), Class::Unit(super::quantity::Unit::Money(_)));
    if (r.is_any(at, &["autres", "other", "more"]) || sign) && matches!(r.class(at + 1), Class::Scale(_)) {
        at += 1;
    }
    match r.class(at) {
        Class::Thousand if r.lang == Lang::Fr && nautical(r, at) => None,
        Class::Thousand => Some((1e3, at + 1, false)),
        Class::Scale(e) => Some((10f64.powi(i32::from(e)), at + 1, false)),
        Class::Hundred if r.lang == Lang::En && !after_words => Some((100.0, at + 1, false)),
        Class::Collective(n) => Some((f64::from(n), at + 1, true)),
        _ if r.lang == Lang::Fr && r.is_any(k, &["de", "d'"]) => {
            // « une centaine de milliers », « dizaines de millions »
            let before = r.class(k.checked_sub(1)?);
            let scale = match r.class(k + 1) {
                Class::Collective(n) if n >= 1000 => f64::from(n),
                Class::Scale(e) => 10f64.powi(i32::from(e)),
                Class::Thousand if r.is(k + 1, "mille") => 1000.0,
                _ => return None,
            };
            matches!(before, Class::Collective(_)).then_some((scale, k + 2, true))
        }
        _ => abbreviated_scale(r, k).map(|f| (f, k + 1, false)),
    }
}

/// « M€ », « Mds », "$5m", "20k": letters that are scales next to figures and a currency only.
fn abbreviated_scale(r: &Reader, k: usize) -> Option<f64> {
    if !r.is_digits(k.checked_sub(1)?) {
        return None;
    }
    let money = |i: usize| matches!(r.class(i), Class::Unit(super::quantity::Unit::Money(_)));
    match (r.lang, r.lower(k)) {
        (_, "mds" | "mrd" | "mrds") => Some(1e9),
        (Lang::Fr, "md") if money(k + 1) || r.is_any(k + 1, &["de", "d'"]) => Some(1e9),
        (Lang::Fr, "m") if money(k + 1) || (r.is_any(k + 1, &["de", "d'"]) && money(k + 2)) => Some(1e6),
        (Lang::Fr, "m") if r.glued(k) && (k >= 2 && money(k - 2) || k >= 4 && money(k - 4)) => Some(1e6),
        (Lang::En, "m") if r.glued(k) && (k >= 2 && money(k - 2) || k >= 4 && money(k - 4) || money(k + 1)) => {
            Some(1e6)
        }
        (Lang::En, "b") if r.glued(k) && (k >= 2 && money(k - 2) || k >= 4 && money(k - 4)) => Some(1e9),
        (_, "k") if r.glued(k) => Some(1e3),
        _ => None,
    }
}

/// Whether « mille(s) » at `k` are miles: « 12 milles nautiques », « à trois milles des côtes ».
pub fn nautical(r: &Reader, k: usize) -> bool {
    r.is_any(k + 1, &["nautique", "nautiques", "marin", "marins"])
        || (r.is(k, "milles") && r.is_any(k + 1, &["de", "des", "du", "au", "à", "d'"]))
}
