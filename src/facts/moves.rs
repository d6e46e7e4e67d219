//! Finds from which number to which something changes: « ramenés de 10 000 à 7 000 », "to 7,000 from 10,000". Both
//! numbers may be right in a translation that has the change the wrong way round.

use super::reading::Reading;
use super::{Fact, FactValue};
use crate::lang::Lang;
use crate::span::Span;

/// A change from one number to another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Move {
    pub from: f64,
    pub to: f64,
    /// Both numbers, with the words between them.
    pub span: Span,
}

impl Move {
    /// Whether both changes begin and end at the same numbers.
    pub fn has_ends_of(&self, other: &Move) -> bool {
        (self.from, self.to) == (other.from, other.to)
    }

    /// Whether this change leads back to where the other one begins.
    pub fn reverses(&self, other: &Move) -> bool {
        (self.from, self.to) == (other.to, other.from)
    }
}

/// The most tokens that may stand between the two numbers: « de 12 euros le kilo à 18 », "from 12 last year to 18".
const BETWEEN: usize = 5;

/// The changes that a text tells, in its order. A range without "from", such as "10 to 15 dead", is none.
pub fn moves(r: &Reading<'_>, facts: &[Fact]) -> Vec<Move> {
    let quantities: Vec<_> = facts
        .iter()
        .filter_map(|f| if let FactValue::Quantity(q) = &f.value { Some((f.span, q)) } else { None })
        .collect();
    let mut out = Vec::new();
    for (n, (span, first)) in quantities.iter().enumerate() {
        let at = r.tokens.first_at(span.start);
        if let Some(high) = first.high.filter(|_| opens(r, at, Word::From)) {
            out.push(Move { from: first.value, to: high, span: *span });
        }
        let Some((other, second)) = quantities.get(n + 1).filter(|_| first.high.is_none()) else { continue };
        let (end, next) = (r.tokens.first_at(span.end), r.tokens.first_at(other.start));
        let is_one_phrase = (end..next).all(|k| r.mark(k) == '\0' || r.mark(k) == '\'' || r.mark(k) == ',');
        if next > end + BETWEEN || !is_one_phrase || second.high.is_some() {
            continue;
        }
        let span = span.cover(*other);
        if opens(r, at, Word::From) && opens(r, next, Word::To) {
            out.push(Move { from: first.value, to: second.value, span });
        } else if opens(r, at, Word::To) && (opens(r, next, Word::From) || opens(r, next, Word::Against)) {
            out.push(Move { from: second.value, to: first.value, span });
        }
    }
    out
}

/// The words before the numbers.
enum Word {
    From,
    To,
    /// « contre 10 000 un an plus tôt »
    Against,
}

/// Whether this word stands right before the token `at`.
fn opens(r: &Reading<'_>, at: usize, word: Word) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    match (word, r.lang) {
        (Word::From, Lang::Fr) => matches!(r.lower(before), "de" | "d'" | "des" | "du"),
        (Word::From, Lang::En) => r.lower(before) == "from",
        (Word::To, Lang::Fr) => matches!(r.lower(before), "à" | "au" | "aux"),
        (Word::To, Lang::En) => r.lower(before) == "to",
        (Word::Against, Lang::Fr) => r.lower(before) == "contre",
        (Word::Against, Lang::En) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::Pair;

    fn of(french: &str, english: &str) -> [Vec<(f64, f64)>; 2] {
        let pair = Pair::new(french, english, None);
        [&pair.source, &pair.target]
            .map(|side| moves(&side.reading, &side.facts).iter().map(|m| (m.from, m.to)).collect())
    }

    #[test]
    fn a_change_has_its_direction_whatever_the_order_of_words() {
        let fell = [vec![(900.0, 400.0)], vec![(900.0, 400.0)]];
        assert_eq!(of("L'effectif passe de 900 à 400 soldats.", "The force goes from 900 to 400 soldiers."), fell);
        assert_eq!(of("L'effectif tombe à 400, contre 900 en mai.", "It fell to 400 soldiers from 900 in May."), fell);
    }

    #[test]
    fn a_range_is_no_change() {
        assert_eq!(of("Il y a 12 à 15 blessés.", "There are 12 to 15 wounded."), [vec![], vec![]]);
    }
}
