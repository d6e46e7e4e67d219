//! Reads English numbers and ordinals in words, in British and American spelling, with or without hyphens.

use crate::facts::class::{Class, ClassedTokens};
pub use crate::facts::fr::number_words::NumberInWords;

/// Reads the number words that start at token `i`; `None` where there are none. "A" and "one" by themselves are not
/// read.
pub fn read(r: &ClassedTokens, i: usize) -> Option<NumberInWords> {
    let mut total = 0u64;
    let mut at = i;
    // Each scale must be smaller than the one before it, as in "two million five thousand".
    let mut ceiling = u64::MAX;
    while let Some(group) = below_thousand(r, at, at > i) {
        if group.ordinal {
            return Some(NumberInWords { value: total + group.value, ..group });
        }
        let next = r.skip_hyphen(group.end);
        let scale = match r.class(next) {
            Class::Thousand => Some(1000),
            Class::Scale(e) if r.is_word(next) && e < 18 => Some(10u64.pow(u32::from(e))),
            Class::Ordinal(1000) => {
                return Some(NumberInWords { value: total + group.value * 1000, end: next + 1, ordinal: true });
            }
            _ => None,
        };
        match scale {
            Some(s) if s < ceiling => {
                ceiling = s;
                total += group.value.checked_mul(s)?;
                at = next + 1;
                let mut then = r.skip_hyphen(at);
                // In "two thousand and five" the number goes on after the "and".
                if r.is(then, "and") && s == 1000 {
                    then += 1;
                }
                let goes_on = match r.class(then) {
                    Class::Small(_) | Class::Tens(_) | Class::Ordinal(2..=99) => true,
                    Class::One => goes_on_with_one(r, then),
                    _ => false,
                };
                if !goes_on {
                    break;
                }
                // The next round reads what follows the scale.
                at = then;
            }
            _ => {
                if group.value == 1 && total == 0 {
                    return None;
                }
                return Some(NumberInWords { value: total + group.value, end: group.end, ordinal: false });
            }
        }
    }
    (total > 0).then_some(NumberInWords { value: total, end: at, ordinal: false })
}

/// Whether a number can go on with the "one" or "a" at `i`: always with "one", but with "a" only before "hundred" or a
/// scale.
fn goes_on_with_one(r: &ClassedTokens, i: usize) -> bool {
    let next = r.class(r.skip_hyphen(i + 1));
    r.is(i, "one") || matches!(next, Class::Hundred | Class::Thousand | Class::Scale(_))
}

/// A number or an ordinal below a thousand, a number in hundreds such as "twelve hundred", or "thousandth". `inside`
/// says that a number has begun before token `i`. Unless it has, "one" counts only before "hundred", a scale,
/// "hundredth" or "thousandth".
fn below_thousand(r: &ClassedTokens, i: usize, inside: bool) -> Option<NumberInWords> {
    let head = match r.class(i) {
        // "Hundred" without a number before it is one hundred, if the number goes on: "the last hundred and twelve".
        Class::Hundred if r.is(i + 1, "and") && matches!(r.class(i + 2), Class::Small(_) | Class::Tens(_)) => {
            NumberInWords { value: 1, end: i, ordinal: false }
        }
        Class::One => {
            let next = r.class(r.skip_hyphen(i + 1));
            let scale = matches!(next, Class::Hundred | Class::Thousand | Class::Scale(_) | Class::Ordinal(100 | 1000));
            if !(scale || inside && r.is(i, "one")) {
                return None;
            }
            NumberInWords { value: 1, end: i + 1, ordinal: false }
        }
        _ => below_hundred(r, i)?,
    };
    if head.ordinal {
        return Some(head);
    }
    let at = r.skip_hyphen(head.end);
    match r.class(at) {
        Class::Hundred => {
            let value = head.value * 100;
            let mut next = r.skip_hyphen(at + 1);
            if r.is(next, "and") {
                next += 1;
            }
            let tail = match r.class(next) {
                // "One" belongs to the number after "and" or a hyphen, and where no word or a scale follows it.
                Class::One
                    if r.is(next, "one")
                        && (next > at + 1
                            || !r.is_word(next + 1)
                            || matches!(r.class(next + 1), Class::Thousand | Class::Scale(_))) =>
                {
                    Some(NumberInWords { value: 1, end: next + 1, ordinal: false })
                }
                Class::Ordinal(1) if next > at + 1 => Some(NumberInWords { value: 1, end: next + 1, ordinal: true }),
                Class::Small(_) | Class::Tens(_) | Class::Ordinal(2..=99) => below_hundred(r, next),
                _ => None,
            };
            Some(match tail {
                Some(t) => NumberInWords { value: value + t.value, ..t },
                None => NumberInWords { value, end: at + 1, ordinal: false },
            })
        }
        Class::Ordinal(100) => Some(NumberInWords { value: head.value * 100, end: at + 1, ordinal: true }),
        _ => Some(head),
    }
}

/// A number or an ordinal below a hundred, or another ordinal of one word ("hundredth").
fn below_hundred(r: &ClassedTokens, i: usize) -> Option<NumberInWords> {
    match r.class(i) {
        Class::Small(n) => Some(NumberInWords { value: u64::from(n), end: i + 1, ordinal: false }),
        Class::Ordinal(n) => Some(NumberInWords { value: u64::from(n), end: i + 1, ordinal: true }),
        Class::Tens(t) => {
            let at = r.skip_hyphen(i + 1);
            let one = r.is(at, "one") && at > i + 1;
            Some(match r.class(at) {
                Class::Small(n @ 1..=9) => NumberInWords { value: u64::from(t + n), end: at + 1, ordinal: false },
                Class::Ordinal(n @ 1..=9) if at > i + 1 => {
                    NumberInWords { value: u64::from(t) + u64::from(n), end: at + 1, ordinal: true }
                }
                Class::One if one => NumberInWords { value: u64::from(t) + 1, end: at + 1, ordinal: false },
                _ => NumberInWords { value: u64::from(t), end: i + 1, ordinal: false },
            })
        }
        _ => None,
    }
}
