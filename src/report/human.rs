//! The format for people: each finding with its message, its places, and the lines of both texts
//! with carets under what the finding is about.

use super::position::Lines;
use super::text::{harmless, one_line};
use super::{Checked, Counts, Format, Message, PairOrigin, SideName};
use crate::checks::{Finding, Severity};
use crate::span::Span;
use anstyle::{AnsiColor, Style};
use std::fmt::Write as _;
use std::io::{self, Write};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The format for a terminal.
pub struct Human {
    /// Whether the output has colours.
    pub color: bool,
    /// How many columns the lines of the texts may take; fewer than 40 count as 40. Of a longer line, such as a whole
    /// paragraph, only the part around the finding is shown.
    pub width: usize,
}

/// Columns to use where the terminal does not say how wide it is.
pub const WIDTH: usize = 100;

impl Format for Human {
    fn message(&self, message: &Message, buffer: &mut Vec<u8>) {
        let Message::Checked(checked) = message else { return };
        if checked.findings.is_empty() {
            return;
        }
        let mut out = String::new();
        let source = Lines::new(checked.source.text);
        let target = Lines::new(checked.target.text);
        for finding in checked.findings {
            let (word, color) = match finding.severity {
                Severity::Error => ("error", AnsiColor::Red),
                Severity::Warning => ("warning", AnsiColor::Yellow),
                Severity::Note => ("note", AnsiColor::Cyan),
            };
            let (label, bold) = (self.style(color.on_default().bold()), self.style(Style::new().bold()));
            let message = one_line(&finding.message);
            let _ = writeln!(out, "{label}{word}[{}]{label:#}{bold}: {message}{bold:#}", finding.rule);
            let caret = self.style(color.on_default().bold());
            for (side, lines) in [(SideName::Source, &source), (SideName::Target, &target)] {
                self.excerpt(checked, finding, side, lines, caret, &mut out);
            }
            out.push('\n');
        }
        buffer.extend_from_slice(out.as_bytes());
    }

    fn end(&self, s: &Counts, out: &mut dyn Write) -> io::Result<()> {
        let count = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
        let mut line = format!(
            "{}, {}, {} in {}",
            count(s.errors, "error"),
            count(s.warnings, "warning"),
            count(s.notes, "note"),
            count(s.checked, "text")
        );
        if s.baseline > 0 {
            let _ = write!(line, "; {} in the baseline", count(s.baseline, "finding"));
        }
        if s.failed > 0 {
            let _ = write!(line, "; {} could not be checked", count(s.failed, "text"));
        }
        writeln!(out, "{line}")
    }

    fn tells_failures(&self) -> bool {
        false
    }
}

impl Human {
    /// The style, or none if the output has no colours.
    fn style(&self, style: Style) -> Style {
        if self.color { style } else { Style::new() }
    }

    /// Shows where a finding is on one side, and the words that it is about. Nothing is shown for a side without a
    /// file, or for a side without a span where the other side has one.
    fn excerpt(&self, c: &Checked, f: &Finding, side: SideName, lines: &Lines, caret: Style, out: &mut String) {
        let span = if side == SideName::Source { f.source } else { f.target };
        let Some(file) = c.origin.file(side) else { return };
        let frame = self.style(AnsiColor::Blue.on_default().bold());
        let language = if side == SideName::Source { "French" } else { "English" };
        let file = one_line(file);
        let place = match (c.origin, span) {
            (PairOrigin::Line { line, id, .. }, _) => {
                let id = id.map(|id| format!(", id {}", one_line(id.get()))).unwrap_or_default();
                format!("{file}:{line}{id}, {language}")
            }
            (PairOrigin::Files { .. }, Some(span)) => {
                let at = lines.position(span.start);
                format!("{file}:{}:{}", at.line, at.column)
            }
            (PairOrigin::Files { .. }, None) => file,
        };
        // A finding without any span is about the texts as wholes: only their places are shown.
        if span.is_none() && (f.source.is_some() || f.target.is_some()) {
            return;
        }
        let _ = writeln!(out, "  {frame}-->{frame:#} {place}");
        let Some(span) = span else { return };
        let (text, carets) = window(c.text(side), lines, span, self.width.max(40) - 4);
        let _ = writeln!(out, "  {frame}|{frame:#} {text}");
        let _ = writeln!(out, "  {frame}|{frame:#} {caret}{carets}{caret:#}");
    }
}

/// The part of a line around `span` that fits into about `width` columns, and the carets that go under it. Of a span
/// that covers several lines, the first line is shown.
fn window(text: &str, lines: &Lines, span: Span, width: usize) -> (String, String) {
    let line = lines.line(lines.position(span.start).line);
    let start = span.start.min(line.end);
    let end = span.end.clamp(start, line.end);
    let (mut from, mut to) = (start, end);
    let mut used = shown(&text[start..end]).width();
    // A span that is too long loses its end.
    while used > width - 2
        && let Some(c) = text[from..to].chars().next_back()
    {
        to -= c.len_utf8();
        used -= columns(c);
    }
    let clipped = to < end;
    // Adds characters before and after the span by turns, as long as there is room. Two columns are kept for the marks
    // of omission.
    loop {
        let before = text[line.start..from].chars().next_back();
        let after = if clipped { None } else { text[to..line.end].chars().next() };
        let mut grown = false;
        for (c, forward) in [(before, false), (after, true)] {
            if let Some(c) = c
                && used + columns(c) <= width - 2
            {
                used += columns(c);
                if forward {
                    to += c.len_utf8();
                } else {
                    from -= c.len_utf8();
                }
                grown = true;
            }
        }
        if !grown {
            break;
        }
    }
    let mut excerpt = String::new();
    if from > line.start {
        excerpt.push('…');
    }
    excerpt.push_str(&shown(&text[from..start]));
    let indent = excerpt.width();
    let covered = shown(&text[start..end.min(to)]);
    excerpt.push_str(&covered);
    excerpt.push_str(&shown(&text[end.min(to)..to]));
    if to < line.end {
        excerpt.push('…');
    }
    let carets = " ".repeat(indent) + &"^".repeat(covered.width().max(1));
    (excerpt, carets)
}

/// The text as it is shown: a tab or a line feed is one space, so that the carets stand under the right characters.
fn shown(text: &str) -> String {
    harmless(text).replace(['\t', '\n'], " ")
}

/// How many columns of the terminal a character takes.
fn columns(c: char) -> usize {
    c.width().unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn carets(text: &str, part: &str, width: usize) -> (String, String) {
        let start = text.find(part).unwrap();
        window(text, &Lines::new(text), Span::new(start, start + part.len()), width)
    }

    #[test]
    fn carets_stand_under_the_words() {
        let (text, marks) = carets("Titre\nplus de 255 morts", "255", 60);
        assert_eq!((text.as_str(), marks.as_str()), ("plus de 255 morts", "        ^^^"));
    }

    #[test]
    fn wide_characters_take_two_columns() {
        let (text, marks) = carets("北京 a 12 人", "12", 60);
        assert_eq!((text.as_str(), marks.as_str()), ("北京 a 12 人", "       ^^"));
    }

    #[test]
    fn of_a_long_paragraph_only_the_surroundings_are_shown() {
        let text = format!("{} douze morts {}", "avant ".repeat(50), "après ".repeat(50));
        let (shown, marks) = carets(&text, "douze", 60);
        assert!(shown.width() <= 60 && shown.starts_with('…') && shown.ends_with('…'), "{shown}");
        let at = shown.chars().take(marks.chars().filter(|&c| c == ' ').count()).map(char::len_utf8).sum::<usize>();
        assert!(shown[at..].starts_with("douze morts"), "{shown}");
    }

    proptest! {
        #[test]
        fn no_text_is_too_odd_to_be_shown(text in "[\\PC\t\n\r\u{1b}]{0,120}", a in 0usize..121, b in 0usize..121) {
            let bounds: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
            let (a, b) = (bounds[a % bounds.len()], bounds[b % bounds.len()]);
            let (shown, _) = window(&text, &Lines::new(&text), Span::new(a.min(b), a.max(b)), 50);
            prop_assert!(shown.width() <= 52, "{shown:?}");
            prop_assert!(!shown.chars().any(char::is_control));
        }
    }
}
