//! Lines and columns of a text.

use crate::span::Span;

/// Where the lines of one text begin. Lines end with `\n`, `\r\n` or `\r`, as editors count them.
pub struct Lines<'a> {
    text: &'a str,
    /// The byte at which each line begins.
    starts: Vec<usize>,
}

/// 1-based line, and 1-based column in Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

impl<'a> Lines<'a> {
    /// Finds the lines of a text.
    pub fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let ends = |i: usize| bytes[i] == b'\n' || (bytes[i] == b'\r' && bytes.get(i + 1) != Some(&b'\n'));
        let starts = std::iter::once(0).chain((0..bytes.len()).filter(|&i| ends(i)).map(|i| i + 1)).collect();
        Lines { text, starts }
    }

    /// Line and column of the character at byte `at`, or of the end of the text.
    pub fn position(&self, at: usize) -> Position {
        let line = self.starts.partition_point(|&s| s <= at);
        let start = self.starts[line - 1];
        Position { line, column: self.text[start..at].chars().count() + 1 }
    }

    /// The line (1-based) as a byte span, without its line break.
    pub fn line(&self, line: usize) -> Span {
        let (start, end) = (self.starts[line - 1], self.starts.get(line).copied().unwrap_or(self.text.len()));
        Span::new(start, start + self.text[start..end].trim_end_matches(['\r', '\n']).len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let text = "Titre\r\n« Été » à Alep\n\nfin";
        let lines = Lines::new(text);
        assert_eq!(lines.position(0), Position { line: 1, column: 1 });
        assert_eq!(lines.position(text.find("Alep").unwrap()), Position { line: 2, column: 11 });
        assert_eq!(lines.position(text.len()), Position { line: 4, column: 4 });
        assert_eq!(lines.line(1).of(text), "Titre");
        assert_eq!(lines.line(3).of(text), "");
    }
}
