//! JUnit XML, as CI servers read it: one test case for each pair, with a failure for each finding at or above
//! `--fail-on`.
//! <https://github.com/testmoapp/junitxml>

use super::position::Lines;
use super::text::is_unprintable;
use super::{Checked, Counts, Format, Message, PairOrigin, SideName};
use crate::checks::{Finding, Severity};
use std::fmt::Write as _;
use std::io::{self, Write};

/// The JUnit format.
pub struct Junit {
    /// Findings of this severity or above are failures of their test case; the others are written into its
    /// `system-out`. With `None` no finding is a failure.
    pub fail_on: Option<Severity>,
}

impl Format for Junit {
    fn begins_with_counts(&self) -> bool {
        true
    }

    fn begin(&self, s: &Counts, out: &mut dyn Write) -> io::Result<()> {
        let (tests, errors) = (s.checked + s.failed, s.failed);
        let failures = self.fail_on.map_or(0, |severity| s.at_least(severity));
        let counts = format!("tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\"");
        writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
        writeln!(out, r#"<testsuites name="depeche" {counts}>"#)?;
        writeln!(out, r#"  <testsuite name="depeche check" {counts} skipped="0">"#)
    }

    fn message(&self, message: &Message, buffer: &mut Vec<u8>) {
        let mut xml = String::new();
        match message {
            Message::Checked(checked) => self.case(checked, &mut xml),
            Message::Failed(failed) => {
                open(&failed.origin, &mut xml);
                let _ = writeln!(xml, ">\n      <error message=\"{}\"/>\n    </testcase>", escape(failed.error));
            }
        }
        buffer.extend_from_slice(xml.as_bytes());
    }

    fn end(&self, _: &Counts, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "  </testsuite>\n</testsuites>")
    }
}

impl Junit {
    /// Writes the test case of a pair.
    fn case(&self, checked: &Checked, xml: &mut String) {
        open(&checked.origin, xml);
        if checked.findings.is_empty() {
            xml.push_str("/>\n");
            return;
        }
        xml.push_str(">\n");
        let lines = [SideName::Source, SideName::Target].map(|side| Lines::new(checked.text(side)));
        let describe = |f| describe(checked, f, &lines);
        let fails = |f: &&Finding| self.fail_on.is_some_and(|severity| f.severity >= severity);
        for f in checked.findings.iter().filter(fails) {
            let (message, body) = (escape(&f.message), escape(&describe(f)));
            let _ = writeln!(xml, r#"      <failure type="{}" message="{message}">{body}</failure>"#, f.rule);
        }
        let others: Vec<String> = checked.findings.iter().filter(|f| !fails(f)).map(|f| escape(&describe(f))).collect();
        if !others.is_empty() {
            let _ = writeln!(xml, "      <system-out>{}</system-out>", others.join("\n"));
        }
        xml.push_str("    </testcase>\n");
    }
}

/// Writes the beginning of a test case, up to the end of its attributes.
fn open(origin: &PairOrigin, xml: &mut String) {
    let (class, name) = match origin {
        PairOrigin::Line { file, line, id } => (*file, id.map_or_else(|| format!("line {line}"), |id| format!("{id}"))),
        PairOrigin::Files { source, target } => {
            (source.unwrap_or_default(), target.or(*source).unwrap_or_default().to_string())
        }
    };
    let _ = write!(xml, r#"    <testcase classname="{}" name="{}""#, escape(class), escape(&name));
}

/// A finding as lines of plain text: its message, and for each side on which it has a span, the place and the words.
fn describe(checked: &Checked, finding: &Finding, [source, target]: &[Lines; 2]) -> String {
    let severity = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let mut out = format!("{severity}[{}]: {}", finding.rule, finding.message);
    let sides = [(SideName::Source, finding.source, source), (SideName::Target, finding.target, target)];
    for (side, span, lines) in sides {
        let Some(span) = span else { continue };
        let (file, text) = (checked.origin.file(side).unwrap_or_default(), checked.text(side));
        let place = match checked.origin {
            PairOrigin::Line { line, .. } => format!("{file}:{line}"),
            PairOrigin::Files { .. } => {
                let at = lines.position(span.start);
                format!("{file}:{}:{}", at.line, at.column)
            }
        };
        let _ = write!(out, "\n  {place}: {}", span.of(text));
    }
    out
}

/// Escapes the text of an element or attribute. What [`is_unprintable`] finds becomes U+FFFD, and so do U+FFFE and
/// U+FFFF: most control characters, and these two, cannot stand in XML 1.0, not even escaped.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            // "##[…]" in a log is a command to some CI servers.
            '#' if out.ends_with('#') => out.push_str("&#35;"),
            c if is_unprintable(c) || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::Confidence;
    use crate::report::{Sink, Text};
    use crate::span::Span;

    #[test]
    fn text_cannot_leave_its_element() {
        assert_eq!(
            escape("a<b> & \"c\" ]]>\u{1b}[0m\u{ffff} ##[x]"),
            "a&lt;b&gt; &amp; &quot;c&quot; ]]&gt;\u{fffd}[0m\u{fffd} #&#35;[x]"
        );
    }

    #[test]
    fn only_findings_at_or_above_fail_on_are_failures() {
        let finding = |rule, severity| Finding {
            rule,
            severity,
            confidence: Confidence::High,
            message: "French says 12".into(),
            source: Some(Span::new(0, 2)),
            target: None,
            by: crate::checks::By::Rule,
        };
        let findings = [finding("number-missing", Severity::Error), finding("hedge-dropped", Severity::Note)];
        let checked = Checked {
            origin: PairOrigin::Files { source: Some("a.fr.txt"), target: Some("a.en.txt") },
            source: Text { text: "12 morts" },
            target: Text { text: "Dead" },
            findings: &findings,
        };
        let format = Junit { fail_on: Some(Severity::Error) };
        let mut out = Vec::new();
        let mut sink = Sink::new(&format, &mut out).unwrap();
        sink.message(&Message::Checked(checked)).unwrap();
        sink.finish().unwrap();
        let xml = String::from_utf8(out).unwrap();
        assert!(
            xml.contains(r#"<testsuite name="depeche check" tests="1" failures="1" errors="0" skipped="0">"#),
            "{xml}"
        );
        assert!(xml.contains(r#"<failure type="number-missing" message="French says 12">"#), "{xml}");
        assert!(
            xml.contains("<system-out>note[hedge-dropped]: French says 12&#10;  a.fr.txt:1:1: 12</system-out>"),
            "{xml}"
        );
    }

    #[test]
    fn the_findings_of_a_long_document_take_linear_time() {
        let line = "Il y a 12 morts à Sarcy.\n";
        let text = line.repeat(40_000);
        let finding = |n: usize| Finding {
            rule: "number-missing",
            severity: Severity::Error,
            confidence: Confidence::High,
            message: "French says 12".into(),
            source: Some(Span::new(n * line.len() + 7, n * line.len() + 9)),
            target: None,
            by: crate::checks::By::Rule,
        };
        let findings: Vec<Finding> = (0..40_000).map(finding).collect();
        let checked = Checked {
            origin: PairOrigin::Files { source: Some("a.fr.txt"), target: Some("a.en.txt") },
            source: Text { text: &text },
            target: Text { text: "" },
            findings: &findings,
        };
        let started = std::time::Instant::now();
        let mut out = Vec::new();
        Junit { fail_on: Some(Severity::Error) }.message(&Message::Checked(checked), &mut out);
        assert!(started.elapsed().as_secs() < 10, "{:?}", started.elapsed());
        assert!(String::from_utf8(out).unwrap().contains("a.fr.txt:40000:8: 12</failure>"));
    }
}
