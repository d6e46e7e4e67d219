//! Makes text of articles harmless before it goes to a terminal, a log or an XML file.

use std::borrow::Cow;

/// The text without anything that a terminal would obey or that could reorder what the reader sees: control characters
/// (escape sequences begin with one), bidirectional controls (see <https://trojansource.codes>), and Unicode's line and
/// paragraph separators. Line feeds and tabs stay; each other such character becomes U+FFFD, which shows that something
/// stood there.
pub fn printable(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unprintable) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if is_unprintable(c) { '\u{fffd}' } else { c }).collect())
}

/// The text as one line, made [`harmless`]: each run of white space, line feeds among it, becomes one space, and there
/// is none at either end.
pub fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    harmless(&line).into_owned()
}

/// [`printable`] text for a terminal or the log of a CI server, in which nothing is a command to the runner either.
/// GitHub obeys lines that begin with `::`, white space aside; GitHub, Azure and TeamCity obey `##[…]`, `##vso[…]` and
/// `##teamcity[…]` anywhere in a line. One character of such an opening becomes U+FFFD.
pub fn harmless(text: &str) -> Cow<'_, str> {
    let text = printable(text);
    if !text.contains("::") && !text.contains("##") {
        return text;
    }
    let mut safe = String::with_capacity(text.len() + 8);
    for line in text.split_inclusive('\n') {
        let start = line.len() - line.trim_start().len();
        let (indent, mut rest) = line.split_at(start);
        safe.push_str(indent);
        if let Some(after) = rest.strip_prefix("::") {
            safe.push_str("\u{fffd}:");
            rest = after;
        }
        while let Some(at) = rest.find("##") {
            let word = rest[at + 2..].trim_start_matches(|c: char| c.is_ascii_alphanumeric());
            safe.push_str(&rest[..=at]);
            // Only one "#" is passed over where no command follows: the next one may begin another "##".
            safe.push_str(if word.starts_with('[') { "\u{fffd}" } else { "" });
            rest = &rest[at + if word.starts_with('[') { 2 } else { 1 }..];
        }
        safe.push_str(rest);
    }
    Cow::Owned(safe)
}

/// A message for stderr, made [`harmless`]. Every line after the first is indented, so that a line feed in the name of
/// a file or in an article cannot begin what looks like another message.
pub fn diagnostic(message: &str) -> String {
    harmless(message.trim_end()).replace('\n', "\n  ")
}

/// Whether a character must not be printed: see [`printable`].
pub fn is_unprintable(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
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
    fn an_article_cannot_talk_to_a_ci_runner() {
        for evil in ["::error::x", "a\n \t::add-mask::b", "mort ##[error]x", "###[x]", "##vso[task.x]", "##teamcity[a]"]
        {
            let safe = harmless(evil);
            assert!(!safe.lines().any(|l| l.trim_start().starts_with("::")), "{safe}");
            assert!(!safe.contains("##[") && !safe.contains("##vso[") && !safe.contains("##team"), "{safe}");
            assert_eq!(safe.chars().count(), evil.chars().count(), "columns stay");
        }
        assert_eq!(harmless("std::io, ## Titre, ####"), "std::io, ## Titre, ####");
    }

    #[test]
    fn a_line_feed_in_a_name_begins_no_message() {
        let message = diagnostic("a\nerror: forged\n::error::b.txt: cannot be read\n");
        assert_eq!(message, "a\n  error: forged\n  \u{fffd}:error::b.txt: cannot be read");
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
