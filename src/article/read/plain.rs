//! Cuts plain text into paragraphs. Every line that is not blank is a paragraph, unless the text is
//! wrapped at a fixed width, as mail programs and editors do. Then a line is joined to the one
//! before if its first word did not fit there.

use super::{Document, Piece, RawBlock};
use crate::article::Original;
use crate::span::Span;

/// Widest column at which texts are wrapped. A text whose longest line is longer has each paragraph on one line.
const MAX_WRAP: usize = 132;
/// Narrowest column at which texts are wrapped.
const MIN_WRAP: usize = 40;

pub(super) fn read(original: Original) -> Document {
    let text = &original.text;
    let lines = lines(text);
    let width = wrap_width(text, &lines);
    let mut blocks: Vec<RawBlock> = Vec::new();
    let mut previous: Option<Span> = None;
    for line in lines {
        let continues = previous.is_some_and(|p| width.is_some_and(|w| is_wrapped(p.of(text), line.of(text), w)));
        match blocks.last_mut() {
            Some(block) if continues && !line.is_empty() => {
                let piece = block.pieces.last_mut().expect("a block has a piece");
                piece.span = piece.span.cover(line);
            }
            _ if line.is_empty() => {}
            _ => blocks.push(RawBlock { kind: None, pieces: vec![Piece::verbatim(line)] }),
        }
        previous = Some(line).filter(|l| !l.is_empty());
    }
    Document { original, id: None, date: None, blocks, removed: Vec::new() }
}

/// The lines of a text, blank ones included, without the white space around them. U+2028 and U+2029
/// end lines in text exported from layout programs, and a form feed ends a page.
fn lines(text: &str) -> Vec<Span> {
    let mut start = 0;
    let mut lines = Vec::new();
    for line in text.split_inclusive(['\n', '\r', '\u{2028}', '\u{2029}', '\x0C']) {
        let trimmed = line.trim_start();
        let from = start + line.len() - trimmed.len();
        // "\r\n" is one line end: there is no blank line between its two characters.
        if !(line == "\n" && text[..start].ends_with('\r')) {
            lines.push(Span::new(from, from + trimmed.trim_end().len()));
        }
        start += line.len();
    }
    lines
}

/// The column at which the text is wrapped, if it is.
fn wrap_width(text: &str, lines: &[Span]) -> Option<usize> {
    let width = lines.iter().map(|l| l.of(text).chars().count()).max()?;
    if !(MIN_WRAP..=MAX_WRAP).contains(&width) {
        return None;
    }
    let pairs = lines.windows(2).filter(|pair| !pair[0].is_empty() && !pair[1].is_empty());
    let (mut open, mut wrapped, mut all) = (0, 0, 0);
    for pair in pairs {
        let (line, next) = (pair[0].of(text), pair[1].of(text));
        all += 1;
        if is_wrapped(line, next, width) {
            wrapped += 1;
            open += usize::from(!line.ends_with(['.', '!', '?', '…', '»', '”', '"', ':']));
        }
    }
    // Short paragraphs without blank lines between them look like wrapped text, but wrapped text
    // breaks most lines inside a sentence. So the next word must not have fitted at two thirds of
    // the line ends or more, and two thirds or more of those line ends must stand inside a
    // sentence.
    (open > 0 && wrapped * 3 >= all * 2 && open * 3 >= wrapped * 2).then_some(width)
}

/// Whether `next` goes on in the paragraph of `line`: its first word did not fit into `width` (less
/// four characters, since lines are not always wrapped exactly at the width), `line` is longer than
/// half of the width, and `next` begins no list item.
fn is_wrapped(line: &str, next: &str, width: usize) -> bool {
    let word = next.split_whitespace().next().map_or(0, |w| w.chars().count());
    let length = line.chars().count();
    let starts_item = next.starts_with(['-', '–', '—', '•', '*', '>']);
    !line.is_empty() && !starts_item && length + 1 + word > width.saturating_sub(4) && length * 2 > width
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, paragraphs: &[&str]) {
        let document = Document::from_text("-", text);
        let found: Vec<&str> = document.blocks.iter().map(|b| b.span().of(&document.original.text)).collect();
        assert_eq!(found, paragraphs);
    }

    #[test]
    fn a_line_is_a_paragraph_with_or_without_blank_lines() {
        check("Titre\nUn. Deux.\r\n\r\n  Trois.  \n", &["Titre", "Un. Deux.", "Trois."]);
    }

    #[test]
    fn wrapped_lines_are_one_paragraph() {
        let text = "Trêve au Nord\n\n\
            Les deux camps ont signé jeudi soir une trêve de dix jours, a annoncé le\n\
            médiateur. Elle entre en vigueur vendredi à midi sur tout le territoire de\n\
            la province.\n\n\
            Les convois partent samedi matin, selon une source humanitaire jointe au\n\
            téléphone.";
        let document = Document::from_text("-", text);
        assert_eq!(document.blocks.len(), 3);
        assert!(document.blocks[1].span().of(text).ends_with("la province."));
    }

    #[test]
    fn short_paragraphs_on_neighbouring_lines_stay_apart() {
        let text = "Le convoi est arrivé lundi matin à la frontière.\nLes autorités ont confirmé son passage dans la nuit.\n\
            Aucun incident n'a été signalé par la mission.";
        assert_eq!(Document::from_text("-", text).blocks.len(), 3);
    }
}
