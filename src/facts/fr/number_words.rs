//! Reads French numbers and ordinals in words, with hyphens by the old or the new spelling, and with Belgian and Swiss
//! tens.

use crate::facts::class::{Class, ClassedTokens};

/// A number or an ordinal that is written in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberInWords {
    pub value: u64,
    /// Index of the token after it.
    pub end: usize,
    pub ordinal: bool,
}

/// Reads the number words that start at token `i`; `None` where there are none. « Un » by itself is not read.
pub fn read(r: &ClassedTokens, i: usize) -> Option<NumberInWords> {
    let mut total = 0u64;
    // Where the next group begins, and the token behind the last scale.
    let (mut at, mut end) = (i, i);
    // Each scale must be smaller than the one before it, as in « deux milliards trois millions ».
    let mut ceiling = u64::MAX;
    while let Some(group) = below_million(r, at, at > i) {
        if group.ordinal {
            return Some(NumberInWords { value: total + group.value, ..group });
        }
        let next = r.skip_hyphen(group.end);
        match r.class(next) {
            Class::Scale(e) if 10u64.pow(u32::from(e)) < ceiling => {
                ceiling = 10u64.pow(u32::from(e));
                total += group.value.checked_mul(ceiling)?;
                end = next + 1;
                at = r.skip_hyphen(end);
                // If no number words follow, the number ends here. « Et demi » in « un million et demi » is left to the
                // caller.
                if !goes_on(r, at) {
                    break;
                }
            }
            // « Deux millions trois millions » are two numbers.
            Class::Scale(_) if total > 0 => break,
            _ => {
                // « Un » alone is an article; it is a number only as part of a larger one.
                if group.value == 1 && total == 0 {
                    return None;
                }
                return Some(NumberInWords { value: total + group.value, end: group.end, ordinal: false });
            }
        }
    }
    (total > 0).then_some(NumberInWords { value: total, end, ordinal: false })
}

/// Whether the « un » at `i` may end a larger number: « deux mille un soldats », but not « deux mille un des leurs » or
/// « mille, un peu moins ».
fn ends_number(r: &ClassedTokens, i: usize) -> bool {
    r.class(i) == Class::One && !r.is_any(i + 1, &["de", "des", "d'", "peu"])
}

/// Whether the number goes on at `i`, right after a scale.
fn goes_on(r: &ClassedTokens, i: usize) -> bool {
    matches!(r.class(i), Class::Small(_) | Class::Tens(_) | Class::Hundred | Class::Thousand) || ends_number(r, i)
}

/// A number up to a scale such as « million », or an ordinal. `inside` says that a number has begun before token `i`.
/// Unless it has, « un » counts only before such a scale.
fn below_million(r: &ClassedTokens, i: usize, inside: bool) -> Option<NumberInWords> {
    let head = match r.class(i) {
        Class::Thousand => NumberInWords { value: 1, end: i, ordinal: false },
        Class::One => {
            let next = r.class(r.skip_hyphen(i + 1));
            return (inside || matches!(next, Class::Scale(_))).then_some(NumberInWords {
                value: 1,
                end: i + 1,
                ordinal: false,
            });
        }
        _ => below_thousand(r, i)?,
    };
    if head.ordinal {
        return Some(head);
    }
    let at = r.skip_hyphen(head.end);
    match r.class(at) {
        Class::Thousand if !crate::facts::numeral::nautical(r, at) => {
            let value = head.value * 1000;
            let next = r.skip_hyphen(at + 1);
            let tail = match r.class(next) {
                Class::One if next > at + 1 || ends_number(r, next) => {
                    Some(NumberInWords { value: 1, end: next + 1, ordinal: false })
                }
                // « Mille et un soldats ».
                _ if r.is(next, "et") && ends_number(r, next + 1) => {
                    Some(NumberInWords { value: 1, end: next + 2, ordinal: false })
                }
                Class::Ordinal(1) if is_unieme(r, next) => below_thousand(r, next),
                Class::Small(_) | Class::Tens(_) | Class::Hundred | Class::Ordinal(2..) => below_thousand(r, next),
                _ => None,
            };
            Some(match tail {
                Some(t) => NumberInWords { value: value + t.value, ..t },
                None => NumberInWords { value, end: at + 1, ordinal: false },
            })
        }
        Class::Ordinal(1000) => Some(NumberInWords { value: head.value * 1000, end: at + 1, ordinal: true }),
        _ if head.end == i => None,
        _ => Some(head),
    }
}

/// Whether « unième » stands at `i`, which only ends a larger ordinal, and not « premier ».
fn is_unieme(r: &ClassedTokens, i: usize) -> bool {
    r.lower(i).starts_with("unième")
}

/// A number below a thousand, or an ordinal; also « onze cents » to « dix-neuf cents ».
fn below_thousand(r: &ClassedTokens, i: usize) -> Option<NumberInWords> {
    let (hundreds, at) = match r.class(i) {
        Class::Hundred => (1, i),
        Class::Small(n @ 2..=9) => (u64::from(n), r.skip_hyphen(i + 1)),
        // As in « onze cents » and « dix-neuf cents ».
        Class::Small(10..=19) if hundreds_above_ten(r, i).is_some() => hundreds_above_ten(r, i).unwrap_or_default(),
        _ => return below_hundred(r, i),
    };
    match r.class(at) {
        Class::Hundred => {
            let value = hundreds * 100;
            let next = r.skip_hyphen(at + 1);
            let tail = match r.class(next) {
                Class::One if next > at + 1 || ends_number(r, next) => {
                    Some(NumberInWords { value: 1, end: next + 1, ordinal: false })
                }
                Class::Small(_) | Class::Tens(_) => below_hundred(r, next),
                Class::Ordinal(n) if n != 1 || next > at + 1 || is_unieme(r, next) => below_hundred(r, next),
                _ => None,
            };
            Some(match tail {
                Some(t) if t.value < 100 => NumberInWords { value: value + t.value, ..t },
                _ => NumberInWords { value, end: at + 1, ordinal: false },
            })
        }
        Class::Ordinal(100) => Some(NumberInWords { value: hundreds * 100, end: at + 1, ordinal: true }),
        _ => below_hundred(r, i),
    }
}

/// The number from « onze » to « dix-neuf » before « cents », and the index of « cents ».
fn hundreds_above_ten(r: &ClassedTokens, i: usize) -> Option<(u64, usize)> {
    let words = below_hundred(r, i).filter(|w| !w.ordinal && (11..=19).contains(&w.value))?;
    let at = r.skip_hyphen(words.end);
    (r.class(at) == Class::Hundred).then_some((words.value, at))
}

/// A number below a hundred, or an ordinal.
fn below_hundred(r: &ClassedTokens, i: usize) -> Option<NumberInWords> {
    let word = |value, end| NumberInWords { value, end, ordinal: false };
    match r.class(i) {
        Class::Ordinal(n) => Some(NumberInWords { value: u64::from(n), end: i + 1, ordinal: true }),
        Class::Small(4) if r.class(r.skip_hyphen(i + 1)) == Class::Tens(20) => {
            Some(tail(r, 80, r.skip_hyphen(i + 1) + 1, 19))
        }
        Class::Small(4) if r.class(r.skip_hyphen(i + 1)) == Class::Ordinal(20) => {
            Some(NumberInWords { value: 80, end: r.skip_hyphen(i + 1) + 1, ordinal: true })
        }
        Class::Small(10) => match r.class(r.skip_hyphen(i + 1)) {
            Class::Small(n @ 7..=9) => Some(word(10 + u64::from(n), r.skip_hyphen(i + 1) + 1)),
            Class::Ordinal(n @ 7..=9) => {
                Some(NumberInWords { value: 10 + u64::from(n), end: r.skip_hyphen(i + 1) + 1, ordinal: true })
            }
            _ => Some(word(10, i + 1)),
        },
        Class::Small(n) => Some(word(u64::from(n), i + 1)),
        Class::Tens(t) => Some(tail(r, u64::from(t), i + 1, if t == 60 { 19 } else { 9 })),
        _ => None,
    }
}

/// The number that a ten (`base`) makes with the units after it, up to `max`: « et un », « -deux », « -dix-sept ».
/// Where no units follow, it is the ten itself.
fn tail(r: &ClassedTokens, base: u64, end: usize, max: u64) -> NumberInWords {
    let plain = NumberInWords { value: base, end, ordinal: false };
    let mut at = r.skip_hyphen(end);
    let hyphen = at > end;
    let and = r.is(at, "et");
    if and {
        at = r.skip_hyphen(at + 1);
    }
    let one = NumberInWords { value: base + 1, end: at + 1, ordinal: false };
    let vingt = |at| matches!(r.class(r.skip_hyphen(at + 1)), Class::Tens(20) | Class::Ordinal(20));
    match r.class(at) {
        // « Quatre-vingt » after a ten begins another number. It is not read here, because then the rest of a row of
        // such numbers would be read again for each of them.
        Class::Small(4) if vingt(at) => plain,
        Class::One if and || hyphen => one,
        Class::Ordinal(1) if (and || hyphen) && r.is(at, "unième") => NumberInWords { ordinal: true, ..one },
        Class::Small(11) if and && max == 19 => NumberInWords { value: base + 11, end: at + 1, ordinal: false },
        Class::Ordinal(11) if and && max == 19 => NumberInWords { value: base + 11, end: at + 1, ordinal: true },
        Class::Small(_) | Class::Ordinal(2..=19) if !and => match below_hundred(r, at) {
            Some(t) if t.value >= 2 && t.value <= max => NumberInWords { value: base + t.value, ..t },
            _ => plain,
        },
        _ => plain,
    }
}

#[cfg(test)]
mod tests {
    use crate::facts::quantity::quantities;
    use crate::facts::{Context, extract};
    use crate::lang::Lang;

    fn values(text: &str) -> Vec<f64> {
        let facts = extract(text, &Context { lang: Lang::Fr, date: None });
        quantities(&facts).map(|(_, q)| q.value).collect()
    }

    #[test]
    fn a_one_behind_thousand_or_million_belongs_to_the_number() {
        assert_eq!(values("Deux mille un soldats sont morts."), [2001.]);
        assert_eq!(values("Mille et un soldats sont morts."), [1001.]);
        assert_eq!(values("Trois millions un habitants ont fui."), [3_000_001.]);
        assert_eq!(values("Mille un peu partout, et mille des leurs."), [1000., 1000.]);
    }

    #[test]
    fn an_ordinal_in_unieme_is_read_whole_with_and_without_hyphens() {
        assert_eq!(values("La cent unième victime et la deux-mille-unième."), [101., 2001.]);
        assert_eq!(values("La deux mille unième victime."), [2001.]);
    }

    #[test]
    fn a_second_scale_of_the_same_size_begins_another_number() {
        assert_eq!(values("Deux millions trois millions."), [2e6, 3e6]);
    }

    #[test]
    fn a_half_behind_a_range_belongs_to_its_end() {
        let facts = extract("Il a passé deux à trois ans et demi en prison.", &Context { lang: Lang::Fr, date: None });
        let range: Vec<_> = quantities(&facts).map(|(_, q)| (q.value, q.high)).collect();
        assert_eq!(range, [(2., Some(3.5))]);
    }
}
