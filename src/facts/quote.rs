//! Quotations: « » “ ” " ' and their broken mixtures, nested, spanning sentences.
//!
//! Press text mixes marks ("« … ”", "” … »", "`…'"). Whether a mark opens or closes is therefore decided by where it
//! stands (space before or after) and by what is open. Its shape decides only where these say nothing, and for `«`, `»`
//! and a few other marks (see `turn`).

use super::reading::Reading;
use crate::lexicon::fr;
use crate::span::Span;

/// A quotation as it stands in one text.
#[derive(Debug, Clone, PartialEq)]
pub struct Quote {
    /// From the opening mark to the closing one, both included. Where the opening mark is missing it begins with the
    /// text, where the closing one is missing it ends with the text.
    pub span: Span,
    /// What stands between the marks, or between a mark and the edge of the text.
    pub inner: Span,
    /// How many words it has; numbers and marks are not counted.
    pub words: usize,
    /// Whether its opening mark stands in this text. If not, it began in an earlier sentence.
    pub opened: bool,
    /// Whether its closing mark stands in this text. If not, it goes on in the next sentence.
    pub closed: bool,
}

/// What a quotation mark does.
#[derive(Clone, Copy, PartialEq)]
enum Turn {
    Open,
    Close,
}

/// Finds the quotations of a text. A quotation inside another is not listed by itself: its opening mark is passed over,
/// and its closing mark ends the outer quotation. A closing mark where nothing is open ends a quotation that began
/// before this text, but only if no quotation was found yet; otherwise it is passed over.
pub fn extract(r: &Reading<'_>) -> Vec<Quote> {
    let mut out = Vec::new();
    let mut open: Option<usize> = None;
    let mut i = 0;
    while i < r.len() {
        let width = mark_width(r, i);
        if width == 0 {
            i += 1;
            continue;
        }
        match turn(r, i, width, open.is_some()) {
            Turn::Open if open.is_none() => open = Some(i),
            // A second opening mark: nested, or a quotation that goes on in the next paragraph.
            Turn::Open => {}
            Turn::Close => match open.take() {
                Some(from) => push(r, &mut out, Some(from), Some(i), width),
                None if out.is_empty() => push(r, &mut out, None, Some(i), width),
                None => {}
            },
        }
        i += width;
    }
    if let Some(from) = open {
        push(r, &mut out, Some(from), None, 1);
    }
    out
}

/// Adds the quotation between the marks at `from` and `to`, either of which may be missing; the second takes `width`
/// tokens. Adds nothing if there is no token between the marks.
fn push(r: &Reading<'_>, out: &mut Vec<Quote>, from: Option<usize>, to: Option<usize>, width: usize) {
    let first = from.map_or(0, |f| f + mark_width(r, f).max(1));
    let last = to.unwrap_or(r.len());
    if first >= last {
        return;
    }
    let inner = r.span(first, last);
    let start = from.map_or(inner.start, |f| r.span(f, f + 1).start);
    let end = to.map_or(inner.end, |t| r.span(t, (t + width).min(r.len())).end);
    let words = (first..last).filter(|&i| r.is_word(i)).count();
    out.push(Quote { span: Span::new(start, end), inner, words, opened: from.is_some(), closed: to.is_some() });
}

/// How many tokens the quotation mark at `i` takes: two for a doubled mark such as `''`, ` `` ` or `<<`, and 0 where
/// there is no quotation mark.
fn mark_width(r: &Reading<'_>, i: usize) -> usize {
    match r.mark(i) {
        // In « jusqu"à » and « l"électricité » the straight mark was typed instead of an apostrophe.
        '"' if i > 0 && !r.spaced(i) && !r.spaced(i + 1) && r.is_word(i + 1) && r.among(i - 1, &fr::ELIDED) => 0,
        '«' | '»' | '“' | '”' | '"' | '„' | '‟' | '‹' | '›' => 1,
        '<' | '>' if r.mark(i + 1) == r.mark(i) && !r.spaced(i + 1) => 2,
        '\'' | '`' | '’' | '‘' | '´' | '‚' => {
            if r.mark(i + 1) == r.mark(i) && !r.spaced(i + 1) {
                return 2;
            }
            // In "l 'armée" and "Obama 's" the mark is an apostrophe with a stray space.
            let elided = i > 0 && r.among(i - 1, &fr::ELIDED);
            let clitic = matches!(r.lower(i + 1), "s" | "t" | "re" | "ve" | "ll" | "d" | "m");
            if elided || clitic {
                return 0;
            }
            // A single mark quotes where it has a space, a bracket, the edge of the text or (after it) a punctuation
            // mark on one side only; elsewhere it is an apostrophe. The exceptions follow.
            let left = r.spaced(i) || i == 0 || matches!(r.mark(i - 1), '(' | '[');
            let right = i + 1 >= r.len()
                || r.spaced(i + 1)
                || matches!(r.mark(i + 1), ',' | '.' | ')' | ']' | ';' | ':' | '?' | '!');
            // In "the '90s" the mark stands for the digits that are left out.
            let year = r.tokens.get(i + 1).is_some_and(|t| t.kind == super::token::TokenKind::Number);
            // After a word in "s" the mark is taken for a plural genitive ("rebels' positions"), unless a single
            // opening mark stands somewhere before it.
            let genitive =
                !left && r.is_word(i.wrapping_sub(1)) && r.lower(i - 1).ends_with('s') && !single_opened(r, i);
            // In "they say ' We stay ' again" the marks have spaces on both sides and quote nevertheless. A ’ with
            // spaces on both sides does not, nor does a mark at the edge of the text.
            let spaced = left && right && i > 0 && i + 1 < r.len() && r.mark(i) != '’';
            usize::from((left != right || spaced) && !(left && year) && !genitive)
        }
        _ => 0,
    }
}

/// Whether a single opening mark stands anywhere before token `i`: it has a space or the beginning of the text before
/// it, and no space after it.
fn single_opened(r: &Reading<'_>, i: usize) -> bool {
    (0..i).any(|k| {
        matches!(r.mark(k), '\'' | '`' | '‘' | '‚') && (r.spaced(k) || k == 0) && k + 1 < r.len() && !r.spaced(k + 1)
    })
}

/// Whether the mark at `i`, which takes `width` tokens, opens or closes; `inside` says that a quotation is open.
fn turn(r: &Reading<'_>, i: usize, width: usize, inside: bool) -> Turn {
    // Whether what stands before the mark suits an opening mark, and what follows it suits a closing one.
    let left = i == 0 || r.spaced(i) || matches!(r.mark(i - 1), '(' | '[' | '\'' | '’' | '-' | '–' | '—');
    let right = i + width >= r.len()
        || r.spaced(i + width)
        || matches!(r.mark(i + width), ',' | '.' | ')' | ']' | ';' | ':' | '?' | '!' | '…');
    match r.mark(i) {
        '«' | '„' | '‹' => return Turn::Open,
        '<' => return Turn::Open,
        '>' => return Turn::Close,
        // These close an open quotation, whatever mark opened it. Where nothing is open they open only where they stand
        // as an opening mark does, with a space or the like before them and none after.
        '»' | '›' => return if inside || !left || right { Turn::Close } else { Turn::Open },
        _ => {}
    }
    match (left, right) {
        (true, false) => Turn::Open,
        // In « l'accord" tient toujours" » the space is on the wrong side of the first mark, which opens what the next
        // one closes.
        (false, true) if !inside && r.mark(i) == '"' && next_closes(r, i + width) => Turn::Open,
        (false, true) => Turn::Close,
        _ if inside => Turn::Close,
        // Nothing is open, and there are spaces on both sides or on neither: it opens if any other mark follows.
        _ if (i + width..r.len()).any(|k| mark_width(r, k) > 0) => Turn::Open,
        _ => match r.mark(i) {
            '”' | '’' | '´' if i > 0 => Turn::Close,
            _ => Turn::Open,
        },
    }
}

/// Whether the next quotation mark from token `from` on can close what a straight mark before `from` opens: it is
/// straight as well, has no space before it, comes after at least two tokens, and is the last mark of the text.
fn next_closes(r: &Reading<'_>, from: usize) -> bool {
    let mut marks = (from..r.len()).filter(|&k| mark_width(r, k) > 0);
    let Some(next) = marks.next() else { return false };
    r.mark(next) == '"' && !r.spaced(next) && next > from + 1 && marks.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;
    use proptest::prelude::*;

    fn inner(text: &str, lang: Lang) -> Vec<String> {
        extract(&Reading::new(text, lang)).iter().map(|q| q.inner.of(text).to_string()).collect()
    }

    #[test]
    fn marks_may_be_mixed() {
        for text in [
            "Il dit : « la ville tient » et part.",
            "Il dit : ” la ville tient » et part.",
            "Il dit : “ la ville tient » et part.",
            "Il dit : \"la ville tient\" et part.",
            "Il dit : ''la ville tient'' et part.",
            "Il dit : <<la ville tient>> et part.",
        ] {
            assert_eq!(inner(text, Lang::Fr), ["la ville tient"], "{text}");
        }
        assert_eq!(inner("He said 'the city stands', and left.", Lang::En), ["the city stands"]);
        assert_eq!(inner("Il a dit que\" la ville tient toujours\".", Lang::Fr), ["la ville tient toujours"]);
        assert_eq!(inner("He said `the city stands.'", Lang::En), ["the city stands."]);
    }

    #[test]
    fn apostrophes_quote_nothing() {
        assert!(inner("The rebels' men didn't leave in the '90s.", Lang::En).is_empty());
        assert!(inner("L’armée n'est pas là aujourd’hui.", Lang::Fr).is_empty());
    }

    #[test]
    fn a_quotation_may_begin_before_the_text() {
        let r = Reading::new("Nous tenons la ville », a-t-il dit.", Lang::Fr);
        let q = &extract(&r)[0];
        assert!(!q.opened && q.closed);
    }

    proptest! {
        #[test]
        fn spans_lie_on_boundaries(text in "[«»“”\"'‘’` a-zé.,!]{0,40}") {
            for q in extract(&Reading::new(&text, Lang::Fr)) {
                prop_assert!(text.get(q.span.start..q.span.end).is_some() && q.span.contains(q.inner));
            }
        }
    }
}
