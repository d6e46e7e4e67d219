//! Brings the texts that rules compare into a plain form, before any fact is read: what an editor
//! sees, without the remains of extraction, of slips in typing and of other scripts.
//!
//! Invisible characters are removed, letters and accents are composed, entities of a web page
//! become their characters, typographic ligatures become letters, full-width characters and the
//! digits of some other scripts become the usual ones, and the letters l and O, typed for 1 and 0,
//! become digits. Spans of the result lead back to the text as given.

use super::Sentence;
use super::mapped::{self, Ch, characters};
use super::mend::is_invisible;
use super::read::Piece;
use crate::span::Span;

/// The text in its plain form, with the map back to the text as given; `None` if nothing changes,
/// as in nearly all texts.
pub(crate) fn plain(text: &str) -> Option<Sentence> {
    if !text.chars().any(is_suspect) && !may_have_typed_figure(text) {
        return None;
    }
    let mut chars = characters(text, &pieces(text));
    chars.retain(|ch| !is_invisible(ch.c));
    let mut out: Vec<Ch> = Vec::with_capacity(chars.len());
    for ch in &chars {
        match ligature(ch.c) {
            Some(letters) => out.extend(letters.chars().enumerate().map(|(n, c)| match n {
                0 => ch.with(c),
                _ => Ch::inserted(c, ch.end),
            })),
            None => out.push(ch.with(usual(ch.c))),
        }
    }
    type_figures(&mut out);
    let result = mapped::text(&out);
    (result != text).then(|| Sentence { text: result, span: Span::new(0, text.len()), map: mapped::map(&out) })
}

/// Whether a character may have to be changed: it is invisible, a digit or sign that [`usual`] changes, a ligature, an
/// accent to be composed, or may begin an entity.
fn is_suspect(c: char) -> bool {
    match c {
        '&' => true,
        c if c < '\u{AD}' => false,
        '\u{AD}' | '\u{300}'..='\u{36F}' | '\u{660}'..='\u{66C}' | '\u{6F0}'..='\u{6F9}' => true,
        '\u{966}'..='\u{96F}' | '\u{2212}' | '\u{3000}' | '\u{FB00}'..='\u{FB06}' | '\u{FF01}'..='\u{FF5E}' => true,
        c => is_invisible(c),
    }
}

/// The text cut into pieces: entities, with the characters that they stand for, and what stands between them.
/// Only entities of at most 12 bytes are looked for.
fn pieces(text: &str) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut from = 0;
    for (at, _) in text.match_indices('&') {
        let Some(length) = text[at..].bytes().take(12).position(|b| b == b';') else { continue };
        let entity = &text[at..=at + length];
        let name = &entity[1..length];
        let named = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#');
        if !named || at < from {
            continue;
        }
        let decoded = html_escape::decode_html_entities(entity);
        if decoded != entity {
            out.push(Piece::verbatim(Span::new(from, at)));
            from = at + entity.len();
            out.push(Piece { span: Span::new(at, from), text: Some(decoded.into_owned()) });
        }
    }
    out.push(Piece::verbatim(Span::new(from, text.len())));
    out
}

/// The character that is usually written for a digit of another script, a full-width character or a rare sign.
fn usual(c: char) -> char {
    let digit = |zero: u32| char::from_digit(c as u32 - zero, 10).unwrap_or(c);
    match c {
        '\u{660}'..='\u{669}' => digit(0x660),
        '\u{6F0}'..='\u{6F9}' => digit(0x6F0),
        '\u{966}'..='\u{96F}' => digit(0x966),
        '\u{66A}' => '%',
        '\u{66B}' => ',',
        '\u{66C}' => ' ',
        '\u{2212}' => '-',
        '\u{3000}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        c => c,
    }
}

/// The letters of a ligature.
fn ligature(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{FB00}' => "ff",
        '\u{FB01}' => "fi",
        '\u{FB02}' => "fl",
        '\u{FB03}' => "ffi",
        '\u{FB04}' => "ffl",
        '\u{FB05}' | '\u{FB06}' => "st",
        _ => return None,
    })
}

/// Whether a figure may be typed with a small L for 1 at its beginning (« l5 000 ») or a capital O for 0 after a digit
/// (« 2O »).
fn may_have_typed_figure(text: &str) -> bool {
    text.as_bytes().windows(2).any(|pair| matches!(pair, [b'l', b'0'..=b'9'] | [b'0'..=b'9', b'O']))
}

/// Whether a word begins after this character: it is white space, an opening parenthesis, or `None` (the beginning of
/// the text).
fn starts_word(before: Option<&Ch>) -> bool {
    before.is_none_or(|ch| ch.c.is_whitespace() || ch.c == '(')
}

/// Whether the digits before the letter O at `i` begin a word, and no letter follows the O, directly or after more
/// digits.
fn ends_figure(chars: &[Ch], i: usize) -> bool {
    let digits = chars[..i].iter().rev().take_while(|ch| ch.c.is_ascii_digit()).count();
    let next = chars[i + 1..].iter().find(|ch| !ch.c.is_ascii_digit());
    starts_word(chars[..i - digits].last()) && next.is_none_or(|ch| !ch.c.is_alphabetic())
}

/// Puts 1 and 0 in the place of letters l and O that were typed for them.
fn type_figures(chars: &mut [Ch]) {
    for i in 1..chars.len() {
        match (chars[i - 1].c, chars[i].c) {
            ('l', '0'..='9') if starts_word(chars[..i - 1].last()) => chars[i - 1].c = '1',
            ('0'..='9', 'O') if ends_figure(chars, i) => chars[i].c = '0',
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> String {
        plain(text).map_or(text.to_string(), |s| s.text)
    }

    #[test]
    fn remains_of_pages_and_of_other_scripts_are_removed() {
        assert_eq!(of("Les com\u{AD}bats\u{200B} ont re\u{301}duit"), "Les combats ont réduit");
        assert_eq!(of("L&#39;arm&eacute;e&nbsp;: 12&#x202F;000 &amp; plus"), "L'armée\u{A0}: 12\u{202F}000 & plus");
        assert_eq!(of("Le ٢٥ mai, １２ o\u{FB03}ciers"), "Le 25 mai, 12 officiers");
        assert_eq!(of("Il reste l2 chars et 3O hommes, du CO2"), "Il reste 12 chars et 30 hommes, du CO2");
        assert_eq!(of("Il reste\u{A0}l2 chars\nl5 canons\u{202F}2O"), "Il reste\u{A0}12 chars\n15 canons\u{202F}20");
    }

    #[test]
    fn a_plain_text_is_left_alone() {
        for text in ["« L’armée » avance à 3 000 € – déjà", "R&D; l'an 2O24x", "Tom & Jerry", "la salle 2Oé"]
        {
            assert!(plain(text).is_none(), "{text}");
        }
    }

    #[test]
    fn spans_lead_back_to_the_text_as_given() {
        let text = "Pr&egrave;s de ٢٠٠ sol\u{AD}dats";
        let sentence = plain(text).unwrap();
        let at = |part: &str| {
            let start = sentence.text.find(part).unwrap();
            sentence.to_original(Span::new(start, start + part.len())).of(text)
        };
        assert_eq!(at("Près"), "Pr&egrave;s");
        assert_eq!(at("200"), "٢٠٠");
        assert_eq!(at("soldats"), "sol\u{AD}dats");
    }
}
