//! Repairs the typography of a block: white space, mismatched quotation marks, stray full stops and commas, and missing
//! spaces. Words stay as they are: no letter and no digit is added, dropped or changed. A block is one title, heading
//! or paragraph of an article (see [`super::Block`]).

mod quotes;
mod stops;

use super::mapped::Ch;
use crate::lang::Lang;
use crate::lexicon::fr;

/// Applies all repairs that the language calls for. English texts are translations that are checked
/// as they stand, so in them only white space is normalised and invisible characters are removed.
pub(crate) fn mend(chars: Vec<Ch>, lang: Lang) -> Vec<Ch> {
    let chars = spaces(&chars);
    match lang {
        Lang::Fr => spaces(&stops::mend(&quotes::mend(&stops::add_missing_spaces(&close_up(&chars))))),
        Lang::En => chars,
    }
}

/// Replaces each run of white space by one space, trims both ends, and removes invisible characters.
///
/// A single no-break space between two digits is kept (as U+00A0), because it joins the groups of one number: in « en
/// 2024 1 200 personnes » only the space inside « 1 200 » is a no-break space. A line end after a hyphen within a word
/// (« Saint-⏎Denis ») is dropped.
fn spaces(chars: &[Ch]) -> Vec<Ch> {
    let mut out: Vec<Ch> = Vec::with_capacity(chars.len());
    let mut i = 0;
    while i < chars.len() {
        let ch = chars[i];
        if is_invisible(ch.c) {
            i += 1;
            continue;
        }
        if !is_space(ch.c) {
            out.push(ch);
            i += 1;
            continue;
        }
        let run = chars[i..].iter().take_while(|ch| is_space(ch.c) || is_invisible(ch.c)).count();
        let next = chars.get(i + run);
        let line_end = chars[i..i + run].iter().any(|ch| matches!(ch.c, '\n' | '\r'));
        if line_end && ends_in_hyphen(&out) && next.is_some_and(|n| n.c.is_alphabetic()) {
            i += run;
            continue;
        }
        if let (Some(before), Some(next)) = (out.last(), next) {
            let keeps = run == 1 && is_no_break(ch.c) && before.c.is_ascii_digit() && next.c.is_ascii_digit();
            let c = if keeps { '\u{A0}' } else { ' ' };
            out.push(Ch { c, start: ch.start, end: chars[i + run - 1].end });
        }
        i += run;
    }
    out
}

/// Whether the last character is a hyphen and the one before it a letter.
fn ends_in_hyphen(chars: &[Ch]) -> bool {
    matches!(chars, [.., letter, hyphen] if letter.c.is_alphabetic() && matches!(hyphen.c, '-' | '\u{2010}' | '\u{2011}'))
}

/// Drops the spaces that the extraction of text from a page leaves around links: after the
/// apostrophe of an elided word ("l’ État"), and inside parentheses ("( Nord )").
fn close_up(chars: &[Ch]) -> Vec<Ch> {
    let at = |i: usize| chars.get(i).map(|ch| ch.c);
    let elided = |apostrophe: usize| {
        let letters = chars[..apostrophe].iter().rev().take_while(|ch| ch.c.is_alphabetic()).count();
        let word: String = chars[apostrophe - letters..apostrophe].iter().flat_map(|ch| ch.c.to_lowercase()).collect();
        let continues_a_word =
            apostrophe > letters && matches!(at(apostrophe - letters - 1), Some('\'' | '’' | '-' | '.'));
        // A capital letter before an apostrophe is an elided word (« L' État ») only at the start of a sentence, or
        // after a colon, a dash, a quotation mark or an opening parenthesis. Elsewhere it is a letter before a closing
        // quotation mark (« 'pas de C' et »).
        let before = chars[..apostrophe - letters].iter().rev().find(|ch| ch.c != ' ').map(|ch| ch.c);
        let starts = before.is_none_or(|c| ".!?…:«“\"–—(".contains(c));
        fr::ELIDED.has(word.as_str()) && !continues_a_word && (starts || chars[apostrophe - letters].c.is_lowercase())
    };
    let surplus = |i: usize| {
        let (before, after) = (i.checked_sub(1).and_then(at), at(i + 1));
        let letter_after = after.is_some_and(char::is_alphanumeric);
        match before {
            Some('\'' | '’') => letter_after && elided(i - 1),
            Some('(') => letter_after,
            Some(_) => after == Some(')'),
            None => false,
        }
    };
    chars.iter().enumerate().filter(|(i, ch)| ch.c != ' ' || !surplus(*i)).map(|(_, ch)| *ch).collect()
}

/// Whether a character is treated as white space. Control characters are treated so, because they
/// have no other meaning in an article.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

/// Whether a character is a no-break space: an ordinary, a narrow or a figure space.
fn is_no_break(c: char) -> bool {
    matches!(c, '\u{A0}' | '\u{202F}' | '\u{2007}')
}

/// Whether a character is invisible: a soft hyphen, zero-width space or joiner, byte order mark,
/// directional mark or the like.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
}

#[cfg(test)]
pub(crate) mod tests {
    use super::super::mapped::{self, characters};
    use super::super::read::Piece;
    use super::*;
    use crate::span::Span;

    pub(crate) fn mended(text: &str) -> String {
        mapped::text(&mend(characters(text, &[Piece::verbatim(Span::new(0, text.len()))]), Lang::Fr))
    }

    #[test]
    fn white_space_is_single_and_numbers_stay_whole() {
        assert_eq!(mended("Saint-\nDenis et l’avant-\ngarde – \nenfin"), "Saint-Denis et l’avant-garde – enfin");
        assert_eq!(mended(" Plus\u{A0}de  1\u{202F}200\nciv\u{AD}ils\u{200B} . "), "Plus de 1\u{A0}200 civils.");
    }

    #[test]
    fn spaces_left_by_links_are_closed_up() {
        assert_eq!(mended("l’ État et d' Alep ( Nord ) jusqu’ à lundi"), "l’État et d'Alep (Nord) jusqu’à lundi");
        assert_eq!(mended("Il dit : 'pas d’eau, pas de C' et part."), "Il dit : 'pas d’eau, pas de C' et part.");
    }
}
