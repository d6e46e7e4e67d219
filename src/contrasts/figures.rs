//! Contrasts in which two figures, or two years, months or days of the week, change places: "30 killed and 12 wounded"
//! for "12 killed and 30 wounded", "from Friday until Monday" for "from Monday until Friday".

use super::{Contrast, ContrastKind, edit};
use crate::checks::{Pair, Side};
use crate::facts::FactValue;
use crate::facts::quantity::quantities;
use crate::facts::token::TokenKind;
use crate::lexicon::en;
use crate::span::Span;

/// How many exchanges are tried in one text at most.
const TRIED: usize = 2;

/// What a figure or a part of a date tells.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Value {
    Number(f64),
    Year(i16),
    Month(u8),
    Weekday(u8),
}

impl Value {
    fn kind(self) -> ContrastKind {
        if let Value::Number(_) = self { ContrastKind::Figures } else { ContrastKind::Dates }
    }
}

/// Adds the exchanges of each value with the next one of the same kind, where the French has both values.
pub(super) fn add(pair: &Pair<'_>, out: &mut Vec<Contrast>) {
    let french = values(&pair.source);
    let source = |value: Value| french.iter().find(|(_, v)| *v == value).map(|(span, _)| *span);
    let mut english: Vec<(Span, Value)> = values(&pair.target)
        .into_iter()
        .filter_map(|(span, value)| Some((written(&pair.target, span, value)?, value)))
        .collect();
    english.sort_by_key(|(span, _)| span.start);
    let same = |a: Value, b: Value| std::mem::discriminant(&a) == std::mem::discriminant(&b);
    let mut tried = 0;
    for (n, &(first, a)) in english.iter().enumerate() {
        let Some(&(second, b)) = english[n + 1..].iter().find(|(s, b)| same(a, *b) && s.start >= first.end) else {
            continue;
        };
        // In "5 to 10" and "March and April", where only a word such as "to" or "and" stands between the two values, an
        // exchange would hardly change the meaning.
        let between = &pair.target.text[first.end..second.start];
        let apart = between.split_whitespace().filter(|w| !matches!(*w, "and" | "or" | "to" | "," | "of")).count() > 0;
        if tried < TRIED
            && apart
            && a != b
            && first.of(pair.target.text) != second.of(pair.target.text)
            && let (Some(reason), Some(_)) = (source(a), source(b))
        {
            out.push(edit::exchange(pair, a.kind(), (first, second), Some(reason)));
            tried += 1;
        }
    }
}

/// The numbers, years, months and days of the week of a text, each with the place of the fact that tells it.
fn values(side: &Side<'_>) -> Vec<(Span, Value)> {
    let mut out: Vec<(Span, Value)> = quantities(&side.facts).map(|(span, q)| (span, Value::Number(q.value))).collect();
    for fact in &side.facts {
        let FactValue::Date(date) = &fact.value else { continue };
        let parts = [date.year.map(Value::Year), date.month.map(Value::Month), date.weekday.map(Value::Weekday)];
        out.extend(parts.into_iter().flatten().map(|value| (fact.span, value)));
    }
    out
}

/// Where the digits or the name that tell this value stand in an English fact. `None` where the value is written
/// another way, such as a number in words.
fn written(side: &Side<'_>, span: Span, value: Value) -> Option<Span> {
    let r = &side.reading;
    let inside = |i: &usize| {
        let at = r.span(*i, *i + 1);
        at.start >= span.start && at.end <= span.end
    };
    let is = |i: usize, number: usize, names: &crate::lexicon::WordSet| {
        names.words().position(|w| w == r.span(i, i + 1).of(side.text)).is_some_and(|n| n + 1 == number)
    };
    let number = |i: usize| r.tokens.get(i).is_some_and(|t| t.kind == TokenKind::Number);
    let at = (0..r.len()).filter(inside).find(|&i| match value {
        Value::Number(_) => number(i),
        Value::Year(year) => r.span(i, i + 1).of(side.text) == year.to_string(),
        Value::Month(month) => is(i, usize::from(month), &en::MONTHS),
        Value::Weekday(day) => is(i, usize::from(day), &en::WEEKDAYS),
    })?;
    // The reading splits "1,200" and "3.5" into three tokens, which belong together here.
    let mut end = at + 1;
    while number(at) && matches!(r.mark(end), ',' | '.') && number(end + 1) && !r.spaced(end) && !r.spaced(end + 1) {
        end += 2;
    }
    Some(r.span(at, end))
}

#[cfg(test)]
mod tests {
    use super::super::texts;

    #[test]
    fn figures_change_places() {
        let all = texts("On compte 12 bus et 30 camions.", "There are 30 buses and 12 trucks.");
        assert_eq!(all, ["There are 12 buses and 30 trucks."]);
        let all = texts("En 2011, 1 200 kilos ; en 2014, 3,5 tonnes.", "In 2014, 1,200 kilos; in 2011, 3.5 tonnes.");
        assert!(all.contains(&"In 2011, 1,200 kilos; in 2014, 3.5 tonnes.".to_string()), "{all:?}");
    }

    #[test]
    fn days_change_places() {
        let all = texts("Il part lundi et revient jeudi.", "He leaves on Thursday and comes back on Monday.");
        assert!(all.contains(&"He leaves on Monday and comes back on Thursday.".to_string()), "{all:?}");
    }

    #[test]
    fn a_range_is_no_exchange() {
        assert_eq!(texts("Il y a 5 à 10 bus.", "There are 5 to 10 buses."), [""; 0]);
    }
}
