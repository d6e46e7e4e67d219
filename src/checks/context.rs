//! The words around a finding. Ignores, baselines and the fingerprints of SARIF recognise a finding by them and not by
//! its line, so that they still hold when lines move.

use super::Finding;
use crate::span::Span;
use unicode_normalization::UnicodeNormalization;

/// Words taken on either side for a baseline or a fingerprint: enough to tell most findings apart, few enough that an
/// edit at the other end of the sentence does not bring an old finding back.
pub const NARROW: usize = 3;

/// Words on either side among which an ignore's own words are looked for.
const WIDE: usize = 12;

/// The normalised words around a finding in the source and in the target. Where the finding has no span in a text, the
/// string is empty.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Context {
    pub source: String,
    pub target: String,
}

impl Context {
    /// The words that a finding covers, with `words` more before and after.
    pub fn of(finding: &Finding, source: &str, target: &str, words: usize) -> Self {
        let of =
            |text, span: Option<Span>| span.map(|s| normalise(around(text, s, words).of(text))).unwrap_or_default();
        Context { source: of(source, finding.source), target: of(target, finding.target) }
    }
}

/// `span` and the `words` words before and after it, or fewer where the line begins or ends.
pub fn around(text: &str, span: Span, words: usize) -> Span {
    let from = text[..span.start].rfind('\n').map_or(0, |i| i + 1);
    let to = text[span.end..].find('\n').map_or(text.len(), |i| span.end + i);
    // A word in which the span begins or ends belongs to it as a whole.
    let (before, after) = (&text[from..span.start], &text[span.end..to]);
    let start = before
        .char_indices()
        .rev()
        .filter(|&(i, c)| c.is_whitespace() && starts_word(&text[from + i + c.len_utf8()..]));
    let end = after.char_indices().filter(|&(i, c)| c.is_whitespace() && ends_word(&text[..span.end + i]));
    Span::new(
        start.map(|(i, c)| from + i + c.len_utf8()).nth(words).unwrap_or(from),
        end.map(|(i, _)| span.end + i).nth(words).unwrap_or(to),
    )
}

fn starts_word(rest: &str) -> bool {
    rest.chars().next().is_some_and(|c| !c.is_whitespace())
}

fn ends_word(text: &str) -> bool {
    text.chars().next_back().is_some_and(|c| !c.is_whitespace())
}

/// The text in NFC and lower case, with single spaces and one form of apostrophe, quotation mark and hyphen, so that
/// most differences in typography disappear.
pub fn normalise(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut space = false;
    for c in text.nfc().flat_map(char::to_lowercase) {
        if c.is_whitespace() {
            space = !out.is_empty();
            continue;
        }
        if std::mem::take(&mut space) {
            out.push(' ');
        }
        out.push(match c {
            '’' | 'ʼ' | '‘' | '`' | '´' => '\'',
            '“' | '”' | '„' | '«' | '»' => '"',
            '\u{2010}' | '\u{2011}' => '-',
            c => c,
        });
    }
    out
}

/// Whether `words` (normalised) stand in `text` where they overlap the span or touch it. They may begin a few words
/// before the span and end a few words after it.
pub fn is_about(text: &str, span: Span, words: &str) -> bool {
    let wide = around(text, span, WIDE);
    let window = normalise(wide.of(text));
    let before = normalise(&text[wide.start..span.start]).len();
    let until = normalise(&text[wide.start..span.end]).len();
    !words.is_empty() && window.match_indices(words).any(|(i, w)| i <= until && before <= i + w.len())
}

/// Where `text`, as given, holds `words` (normalised) as whole words for the first time. With `cased`, the text must
/// have a capital there, so that a glossary's name « Or » is not found in the conjunction « or ».
pub fn find_words(text: &str, words: &str, cased: bool) -> Option<Span> {
    let alphanumeric = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let starts = text.char_indices().map(|(i, _)| i);
    starts.filter(|&i| !alphanumeric(text[..i].chars().next_back())).find_map(|start| {
        let mut rest = text[start..].char_indices().map(|(i, c)| start + i + c.len_utf8());
        let first = text[start..].chars().next()?;
        if first.is_whitespace() || cased && !first.is_uppercase() {
            return None;
        }
        // A stretch that becomes `words` when it is normalised is hardly more than three times as
        // long: a typographic mark has up to three bytes, and its plain form one.
        let near = rest.by_ref().take_while(|&end| end - start <= 3 * words.len() + 8);
        near.filter(|&end| !alphanumeric(text[end..].chars().next()))
            .find(|&end| normalise(&text[start..end]) == words)
            .map(|end| Span::new(start, end))
    })
}

/// Whether `text` holds `words` as whole words; both are normalised.
pub fn contains_words(text: &str, words: &str) -> bool {
    !words.is_empty() && find_whole(text, words).is_some()
}

/// Where `words` first stand in `text` as whole words, as a byte offset.
pub fn find_whole(text: &str, words: &str) -> Option<usize> {
    let is_edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    let mut places = text.match_indices(words).map(|(at, _)| at);
    places.find(|&at| is_edge(text[..at].chars().next_back()) && is_edge(text[at + words.len()..].chars().next()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn around_word(text: &str, word: &str, words: usize) -> String {
        let at = text.find(word).unwrap();
        around(text, Span::new(at, at + word.len()), words).of(text).to_string()
    }

    #[test]
    fn neighbours_are_whole_words() {
        let text = "Hier, plus de 255 morts selon l’OSDH.\nAutre paragraphe.";
        assert_eq!(around_word(text, "255", 0), "255");
        assert_eq!(around_word(text, "255", 2), "plus de 255 morts selon");
        assert_eq!(around_word(text, "255", 9), "Hier, plus de 255 morts selon l’OSDH.");
        assert_eq!(around_word(text, "OSDH", 0), "l’OSDH.");
    }

    #[test]
    fn typography_does_not_change_the_normalised_text() {
        assert_eq!(
            normalise(" L’OSDH\u{a0}: «\u{202f}e\u{301}té » "),
            normalise("l'OSDH : “ été”").replace("té\"", "té \"")
        );
        assert_eq!(normalise("« a »"), "\" a \"");
    }

    #[test]
    fn only_whole_words_are_contained() {
        assert!(contains_words("the idf said", "idf"));
        assert!(!contains_words("midfield", "idf"));
        assert!(!contains_words("the idf", ""));
    }

    #[test]
    fn words_are_found_where_they_stand() {
        let text = "Selon l’ONG, l’\u{a0}Armée  du Nord avance.";
        assert_eq!(find_words(text, "armée du nord", true).map(|s| s.of(text)), Some("Armée  du Nord"));
        assert_eq!(find_words("l'armée du nord", "armée du nord", true), None);
        assert_eq!(find_words("l'armée du nord", "armée du nord", false).map(|s| s.start), Some(2));
        assert_eq!(find_words("désarmée du nord", "armée du nord", false), None);
    }

    proptest! {
        #[test]
        fn the_surroundings_cover_the_span(text in "[\\PC\n ]{0,80}", a in 0usize..80, b in 0usize..80, words in 0usize..5) {
            let bounds: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
            let (a, b) = (bounds[a % bounds.len()], bounds[b % bounds.len()]);
            let span = Span::new(a.min(b), a.max(b));
            let wide = around(&text, span, words);
            prop_assert!(wide.contains(span));
            prop_assert!(text.get(wide.start..wide.end).is_some());
        }
    }
}
