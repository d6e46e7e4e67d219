//! Text that remembers, for every character, which bytes of the original it came from.
//!
//! Cleaning and mending are passes from one list of [`Ch`] to the next. This takes more memory than strings do, but no
//! pass has to adjust offsets by hand.

use super::read::Piece;
use crate::span::Span;
use unicode_normalization::{UnicodeNormalization, char::canonical_combining_class, char::compose, is_nfc};

/// One character, and the byte range of the original that it stands for. An inserted character
/// stands for no bytes (`start == end`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ch {
    pub c: char,
    pub start: usize,
    pub end: usize,
}

impl Ch {
    /// A character that is not in the original, standing at byte `at` of it.
    pub fn inserted(c: char, at: usize) -> Self {
        Ch { c, start: at, end: at }
    }

    /// Another character that stands for the same bytes.
    pub fn with(self, c: char) -> Self {
        Ch { c, ..self }
    }
}

/// The characters of `pieces` of `original`, composed to NFC.
pub(crate) fn characters(original: &str, pieces: &[Piece]) -> Vec<Ch> {
    let mut out = Vec::new();
    for piece in pieces {
        match &piece.text {
            None => out.extend(piece.span.of(original).char_indices().map(|(i, c)| Ch {
                c,
                start: piece.span.start + i,
                end: piece.span.start + i + c.len_utf8(),
            })),
            // If the markup writes the text differently (`&amp;`), the first character stands for
            // all bytes of the piece, and the others for none.
            Some(text) => {
                let mut span = piece.span;
                for c in text.chars() {
                    out.push(Ch { c, start: span.start, end: span.end });
                    span.start = span.end;
                }
            }
        }
    }
    compose_all(out)
}

/// Composes letters and accents (NFC). A composed character stands for the bytes of all its parts. A letter and its
/// accents form a group. A group that composing leaves as it is keeps its places. Where a changed group still has
/// several characters, the first stands for all its bytes, and the others for none.
fn compose_all(chars: Vec<Ch>) -> Vec<Ch> {
    if chars.iter().all(|ch| (ch.c as u32) < 0x300) || is_nfc(&text(&chars)) {
        return chars;
    }
    let mut out = Vec::with_capacity(chars.len());
    let mut i = 0;
    while i < chars.len() {
        let mut j = i + 1;
        while j < chars.len()
            && (canonical_combining_class(chars[j].c) != 0 || compose(chars[j - 1].c, chars[j].c).is_some())
        {
            j += 1;
        }
        let group: String = chars[i..j].iter().map(|ch| ch.c).collect();
        if is_nfc(&group) {
            out.extend_from_slice(&chars[i..j]);
        } else {
            let (mut start, end) = (chars[i].start, chars[j - 1].end);
            for c in group.nfc() {
                out.push(Ch { c, start, end });
                start = end;
            }
        }
        i = j;
    }
    out
}

/// The characters as a string.
pub(crate) fn text(chars: &[Ch]) -> String {
    chars.iter().map(|ch| ch.c).collect()
}

/// Smallest span of the original that covers all of `chars`; an empty span at 0 if there are none.
pub(crate) fn span(chars: &[Ch]) -> Span {
    match (chars.first(), chars.last()) {
        (Some(first), Some(last)) => Span::new(first.start, last.end.max(first.start)),
        _ => Span::new(0, 0),
    }
}

/// The pairs of [`super::Sentence::map`]: the bytes of the text of `chars` against the bytes of the original.
pub(crate) fn map(chars: &[Ch]) -> Vec<(usize, usize)> {
    let mut map: Vec<(usize, usize)> = Vec::new();
    let mut note = |clean: usize, original: usize| {
        let known = map.last().map(|&(c, o)| o + (clean - c));
        if known != Some(original) {
            map.push((clean, original));
        }
    };
    let mut clean = 0;
    for ch in chars {
        note(clean, ch.start);
        clean += ch.c.len_utf8();
        note(clean, ch.end);
    }
    map
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<Ch> {
        characters(text, &[Piece::verbatim(Span::new(0, text.len()))])
    }

    #[test]
    fn a_decomposed_accent_is_composed_and_keeps_its_place() {
        let chars = of("e\u{301}tat-major");
        assert_eq!(text(&chars), "état-major");
        assert_eq!((chars[0].start, chars[0].end), (0, 3));
        assert_eq!(map(&chars), [(0, 0), (2, 3)]);
    }

    #[test]
    fn text_that_did_not_change_needs_one_pair() {
        assert_eq!(map(&of("Alep est tombée")), [(0, 0)]);
    }
}
