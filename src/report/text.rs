//! Text of articles on its way to a terminal, a log or an XML file.

use std::borrow::Cow;

/// The text without anything that a terminal would obey or that could reorder what the reader sees: control characters
/// (escape sequences begin with one), and the bidirectional controls of <https://trojansource.codes>. Line feeds and
/// tabs stay; every other one becomes U+FFFD, so that it is seen that something stood there.
pub fn printable(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unprintable) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if is_unprintable(c) { '\u{fffd}' } else { c }).collect())
}

/// One line of [`printable`] text: line feeds, tabs and every run of white space become one space.
pub fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&printable(word));
    }
    line
}

pub fn is_unprintable(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_cannot_talk_to_the_terminal() {
        let evil = "Alep\u{1b}[2J\u{1b}]0;pwned\u{7} \u{9b}31m tombée\r\u{202e}eédrap";
        let safe = printable(evil);
        assert!(!safe.chars().any(|c| c.is_control() || c == '\u{202e}'), "{safe:?}");
        assert!(safe.contains("tombée"));
    }

    #[test]
    fn ordinary_text_is_not_copied() {
        assert!(matches!(printable("« Plus de 255 morts »,\n\tselon l’OSDH"), Cow::Borrowed(_)));
    }

    #[test]
    fn one_line_has_no_line_feeds() {
        assert_eq!(one_line(" a\r\n  b\u{a0}c\u{1b} "), "a b c\u{fffd}");
    }
}
