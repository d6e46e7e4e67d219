//! How alike the surroundings of a figure in the source and of a figure in the target are.

use super::Texts;
use super::atoms::Part;
use super::matching::units;
use crate::facts::token::{TokenKind, Tokens};
use crate::lexicon::dictionary::Dictionary;
use crate::span::Span;

/// How many tokens before a figure of the source are looked at; in the target, one more.
const BEFORE: usize = 3;
/// How many tokens after a figure of the source are looked at, at most; in the target, one more.
const AFTER: usize = 4;

/// Likeness of the places of source atom `i` and target atom `j`: it is higher the more their kinds, units, outcomes
/// and qualifiers agree, and the more words the surroundings have in common. It may be negative.
pub fn likeness(texts: &Texts, i: usize, j: usize) -> i32 {
    let (s, t) = (&texts.s[i], &texts.t[j]);
    let part = if std::mem::discriminant(&s.part) == std::mem::discriminant(&t.part) {
        2
    } else if matches!((s.part, t.part), (Part::Year, Part::Number) | (Part::Number, Part::Year)) {
        // "2012" alone may be a year or a count, and only the words around it tell which.
        -1
    } else if matches!((s.part, t.part), (Part::Year, Part::Label) | (Part::Label, Part::Year)) {
        // A year may be part of a name in the other text: « les JO-2012 », "the 2012 Games".
        2
    } else {
        -2
    };
    let unit = match units(s.unit, t.unit) {
        0 if s.unit.is_some() => 4,
        0 => 0,
        5 => -4,
        _ => -2,
    };
    let outcome = match (s.outcome, t.outcome) {
        (Some(a), Some(b)) if a == b => 4,
        (Some(_), Some(_)) => -4,
        _ => 0,
    };
    let bound = i32::from(s.bound.direction() == t.bound.direction() && !s.bound.is_exact());
    part + unit + outcome + bound + words(texts, i, j)
}

/// How many words the surroundings share, by spelling or by the small dictionary. Words after a figure say what the
/// figure counts, and have twice the weight.
fn words(texts: &Texts, i: usize, j: usize) -> i32 {
    let (s, t) = (texts.source_span(i), texts.target_span(j));
    let (source, target) = (&texts.source.reading.tokens, &texts.target.reading.tokens);
    let mut score = 0;
    let after = (first_after(source, s), first_after(target, t));
    let before = (first_in(source, s), first_in(target, t));
    for a in after.0..end_after(source, after.0, AFTER) {
        if (after.1..end_after(target, after.1, AFTER + 1)).any(|b| alike(source, a, target, b)) {
            score += 2;
        }
    }
    for a in before.0.saturating_sub(BEFORE)..before.0 {
        if (before.1.saturating_sub(BEFORE + 1)..before.1).any(|b| alike(source, a, target, b)) {
            score += 1;
        }
    }
    score
}

/// The end of the words after a figure that may say what it counts: `reach` tokens after `from`, or where the next
/// figure begins, which has words of its own.
fn end_after(tokens: &Tokens, from: usize, reach: usize) -> usize {
    let end = (from + reach).min(tokens.len());
    (from..end).find(|&k| tokens.all()[k].kind == TokenKind::Number).unwrap_or(end)
}

/// Index of the first token after `span`.
fn first_after(tokens: &Tokens, span: Span) -> usize {
    tokens.first_at(span.end)
}

/// Index of the first token of `span`.
fn first_in(tokens: &Tokens, span: Span) -> usize {
    tokens.all().partition_point(|t| t.span.end <= span.start)
}

/// Whether two words may render each other, or two marks beside figures are the same.
fn alike(source: &Tokens, a: usize, target: &Tokens, b: usize) -> bool {
    let (x, y) = (source.lower(a), target.lower(b));
    if x.len() < 3 || y.len() < 3 {
        return x == y && x.starts_with(['(', ')', '%', '/', ':', '$', '€', '£']);
    }
    cognate(x, y) || Dictionary::get().pairs(x, y)
}

/// Whether two words begin with the same four letters, as « passagers » and "passengers" do; three letters are enough
/// where neither word has more than five bytes. French accents do not count.
fn cognate(x: &str, y: &str) -> bool {
    let mut same = 0;
    let fold = |c: char| match c {
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'à' | 'â' => 'a',
        'î' | 'ï' => 'i',
        'ô' => 'o',
        'ù' | 'û' | 'ü' => 'u',
        'ç' => 'c',
        c => c,
    };
    for (a, b) in x.chars().map(fold).zip(y.chars()) {
        if a != b {
            break;
        }
        same += 1;
    }
    same >= 4 || same >= 3 && x.len().max(y.len()) <= 5
}
