//! A block of a document while the rules decide what becomes of it.

use crate::article::BlockKind;
use crate::article::mapped::{self, Ch};
use crate::article::mend::is_space;
use crate::article::read::RawBlock;
use crate::span::Span;

/// What becomes of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Keep,
    /// The line is taken out, for this reason.
    Remove(&'static str),
    /// The line is a photo or agency credit: it is taken out, and listed with the credits.
    Credit,
}

/// A block with its text in the forms that rules look at.
pub(super) struct ScreenedLine {
    pub chars: Vec<Ch>,
    /// The text as given, but with single spaces.
    pub text: String,
    /// `text` in lower case with straight apostrophes, without punctuation at either end (© and + stay).
    pub key: String,
    /// `None` while neither the markup nor a rule has said what the line is.
    pub kind: Option<BlockKind>,
    /// What becomes of the line, as far as the rules have decided.
    pub verdict: Verdict,
    /// Parts that were cut off the line, and why. Credits and bullets are not among them.
    pub cut: Vec<(Span, &'static str)>,
}

impl ScreenedLine {
    pub fn new(original: &str, block: &RawBlock) -> ScreenedLine {
        let chars = mapped::characters(original, &block.pieces);
        let mut line = ScreenedLine {
            chars,
            text: String::new(),
            key: String::new(),
            kind: block.kind,
            verdict: Verdict::Keep,
            cut: Vec::new(),
        };
        line.refresh();
        line
    }

    /// Makes `text` and `key` anew, after a change of `chars`.
    fn refresh(&mut self) {
        self.text = mapped::text(&self.chars).split(is_space).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" ");
        self.key = key(&self.text);
    }

    /// Cuts the first `bytes` of [`Self::text`] off and returns their place in the original.
    pub fn cut_front(&mut self, bytes: usize) -> Span {
        let at = self.index_of(bytes);
        let rest = self.chars.split_off(at);
        let front = std::mem::replace(&mut self.chars, rest);
        self.refresh();
        trimmed_span(&front)
    }

    /// Cuts everything from byte `from` of [`Self::text`] off and returns its place in the original.
    pub fn cut_back(&mut self, from: usize) -> Span {
        let at = self.index_of(from);
        let back = self.chars.split_off(at);
        self.refresh();
        trimmed_span(&back)
    }

    /// Index into `chars` of the character at byte `at` of `text`. Both have the same characters,
    /// except for white space.
    fn index_of(&self, at: usize) -> usize {
        let wanted = self.text[..at].chars().filter(|c| *c != ' ').count();
        let mut seen = 0;
        for (i, ch) in self.chars.iter().enumerate() {
            if !is_space(ch.c) {
                if seen == wanted {
                    return i;
                }
                seen += 1;
            }
        }
        self.chars.len()
    }

    /// The characters of [`Self::text`] that follow those for which the first `at` bytes of
    /// [`Self::key`] stand.
    pub fn shown_after(&self, at: usize) -> impl Iterator<Item = char> {
        // The characters are counted from the front, where `key` and the trimmed text begin with
        // the same one.
        self.text.trim_start_matches(is_edge).chars().skip(self.key[..at].chars().count())
    }

    /// How many words it has.
    pub fn words(&self) -> usize {
        self.text.split(' ').filter(|w| w.contains(char::is_alphanumeric)).count()
    }

    /// Whether it reads like running text: it has at least eight words, and ends as sentences do.
    pub fn is_prose(&self) -> bool {
        self.words() >= 8 && self.ends_sentence()
    }

    /// Whether it ends in a full stop, `!`, `?` or `…`; closing quotation marks and brackets may follow.
    pub fn ends_sentence(&self) -> bool {
        self.text.trim_end_matches(|c: char| "»”\"’')] ".contains(c)).ends_with(['.', '!', '?', '…'])
    }

    /// Whether nothing has taken it out so far.
    pub fn keeps(&self) -> bool {
        self.verdict == Verdict::Keep
    }
}

/// Where the characters stand in the original, without white space at either end.
fn trimmed_span(chars: &[Ch]) -> Span {
    let from = chars.iter().position(|ch| !is_space(ch.c)).unwrap_or(chars.len());
    let to = chars.iter().rposition(|ch| !is_space(ch.c)).map_or(from, |i| i + 1);
    mapped::span(&chars[from..to])
}

/// The [`ScreenedLine::key`] of a text.
fn key(text: &str) -> String {
    text.to_lowercase().replace('’', "'").trim_matches(is_edge).to_string()
}

/// Whether [`ScreenedLine::key`] leaves the character out at either end.
fn is_edge(c: char) -> bool {
    !c.is_alphanumeric() && c != '©' && c != '+'
}
