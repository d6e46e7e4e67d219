//! Places in a text. Inside the program they are counted in bytes, and in what it writes for others
//! in Unicode scalar values.

use serde::{Deserialize, Serialize};

/// Half-open byte range of a text; both ends are character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

impl Span {
    /// The bytes from `start` up to but not including `end`, which is not before `start`.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Span { start, end }
    }

    /// Number of bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span has no bytes.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether the two spans share at least one byte, or one of them is empty and lies inside the
    /// other.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether at most `bytes` bytes lie between the two spans. This also holds if they overlap.
    pub fn is_within(self, bytes: usize, other: Span) -> bool {
        self.start <= other.end + bytes && other.start <= self.end + bytes
    }

    /// Whether all of `other` lies inside this span, or the two are equal.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that covers both spans.
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The same range, `by` bytes further on.
    pub fn shift(self, by: usize) -> Span {
        Span { start: self.start + by, end: self.end + by }
    }

    /// The part of `text` that the span covers.
    pub fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
    }
}

/// A span as written out: 0-based, half-open, in Unicode scalar values, with the text it covers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct CharSpan {
    pub start: usize,
    pub end: usize,
    pub text: String,
}

/// Converts byte offsets of one text into counts of Unicode scalar values.
///
/// Pure ASCII needs no table; other texts keep one running count for every 64 bytes, so that a lookup is constant time
/// and the table stays small on long documents.
pub struct CharIndex<'a> {
    text: &'a str,
    /// Entry `i` is the number of characters that begin before byte `64 * i`, and the last entry is the number of
    /// characters of the whole text. Empty if the text is ASCII.
    marks: Vec<u32>,
}

/// Bytes from one of [`CharIndex::marks`] to the next.
const STRIDE: usize = 64;

impl<'a> CharIndex<'a> {
    /// The index of a text, which is read once.
    pub fn new(text: &'a str) -> Self {
        if text.is_ascii() {
            return CharIndex { text, marks: Vec::new() };
        }
        let mut marks = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut chars = 0u32;
        for chunk in text.as_bytes().chunks(STRIDE) {
            marks.push(chars);
            chars += count_chars(chunk);
        }
        marks.push(chars);
        CharIndex { text, marks }
    }

    /// Number of Unicode scalar values before byte `at`, which is a character boundary.
    pub fn chars_before(&self, at: usize) -> usize {
        debug_assert!(self.text.is_char_boundary(at));
        if self.marks.is_empty() {
            return at;
        }
        let mark = at / STRIDE;
        self.marks[mark] as usize + count_chars(&self.text.as_bytes()[mark * STRIDE..at]) as usize
    }

    /// The span in Unicode scalar values, with the text that it covers.
    pub fn char_span(&self, span: Span) -> CharSpan {
        CharSpan {
            start: self.chars_before(span.start),
            end: self.chars_before(span.end),
            text: span.of(self.text).to_string(),
        }
    }
}

/// How many of the bytes start a character. These are all but the continuation bytes `10xxxxxx`.
fn count_chars(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&b| (b as i8) >= -0x40).count() as u32
}

/// `text` with other words in the places that `changes` gives, in any order. Of places that
/// overlap, only the first one in the text is changed.
pub(crate) fn with_each_replaced<S: AsRef<str>>(text: &str, mut changes: Vec<(Span, S)>) -> String {
    changes.sort_by_key(|(span, _)| span.start);
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (span, words) in changes {
        if span.start >= done {
            out.push_str(&text[done..span.start]);
            out.push_str(words.as_ref());
            done = span.end;
        }
    }
    out + &text[done..]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn places_are_replaced_whatever_their_order_and_only_once() {
        let text = "he said that she denied it";
        let [he, she] = [Span::new(0, 2), Span::new(13, 16)];
        let [a, b] = ["the mayor", "the governor"].map(String::from);
        let wanted = "the mayor said that the governor denied it";
        assert_eq!(with_each_replaced(text, vec![(he, a.clone()), (she, b.clone())]), wanted);
        assert_eq!(with_each_replaced(text, vec![(she, b.clone()), (he, a.clone()), (she, b)]), wanted);
        assert_eq!(with_each_replaced(text, Vec::<(Span, &str)>::new()), text);
    }

    proptest! {
        #[test]
        fn char_offsets_are_those_that_counting_gives(text in "\\PC{0,200}", pick in 0usize..400) {
            let index = CharIndex::new(&text);
            let at = text.char_indices().map(|(i, _)| i).chain([text.len()]).nth(pick % (text.chars().count() + 1)).unwrap();
            prop_assert_eq!(index.chars_before(at), text[..at].chars().count());
        }
    }

    #[test]
    fn a_span_is_written_in_characters() {
        let text = "« Alep » tombée";
        let at = text.find("tombée").unwrap();
        let span = CharIndex::new(text).char_span(Span::new(at, text.len()));
        assert_eq!((span.start, span.end, span.text.as_str()), (9, 15, "tombée"));
    }
}
