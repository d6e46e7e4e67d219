//! Takes out the marks of footnotes: « libérée\[1\]. », « selon la mairie² ». Otherwise the checks
//! would read them as figures.

use crate::article::mapped::{self, Ch};
use crate::span::Span;

/// The most digits that a mark has.
const LONGEST: usize = 3;

/// Takes the marks out of a line and returns where they stood.
pub(super) fn strip(chars: &mut Vec<Ch>) -> Vec<Span> {
    // The characters are copied to a new list in one pass. Removing marks one by one would take quadratic time on a
    // line full of them.
    let (mut found, mut kept) = (Vec::new(), Vec::with_capacity(chars.len()));
    let mut i = 0;
    while i < chars.len() {
        match mark(chars, i) {
            Some(end) => {
                found.push(mapped::span(&chars[i..end]));
                i = end;
            }
            None => {
                kept.push(chars[i]);
                i += 1;
            }
        }
    }
    *chars = kept;
    found
}

/// Where the mark that begins at `i` ends, if one begins there.
fn mark(chars: &[Ch], i: usize) -> Option<usize> {
    let at = |k: usize| chars.get(k).map(|ch| ch.c);
    let before = i.checked_sub(1).and_then(at);
    if at(i) == Some('[') {
        let digits = chars[i + 1..].iter().take(LONGEST + 1).take_while(|ch| ch.c.is_ascii_digit()).count();
        let closed = (1..=LONGEST).contains(&digits) && at(i + 1 + digits) == Some(']');
        // A mark opens the line, as in the note itself, or stands right after something other than a space or an
        // opening parenthesis. A number in brackets after a space (« le modèle [3] et ») belongs to the text.
        let glued = before.is_none_or(|c| !c.is_whitespace() && c != '(');
        return (closed && glued).then_some(i + digits + 2);
    }
    // After a short word a raised digit is the exponent of a unit (« m² », « km³ »). So a raised mark must follow at
    // least four letters, or one of the closing signs below.
    let is_raised = |c: char| matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹');
    let run = chars[i..].iter().take(LONGEST + 1).take_while(|ch| is_raised(ch.c)).count();
    if run == 0 {
        return None;
    }
    let letters = chars[..i].iter().rev().take(4).take_while(|ch| ch.c.is_alphabetic()).count();
    let follows_word_or_stop =
        letters >= 4 || before.is_some_and(|c| matches!(c, '.' | ',' | '»' | '”' | ')' | '!' | '?'));
    (run <= LONGEST && follows_word_or_stop).then_some(i + run)
}
