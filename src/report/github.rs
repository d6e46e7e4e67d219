//! Workflow commands of GitHub Actions, which become annotations of a pull request.
//! <https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions>

use super::position::Lines;
use super::text::printable;
use super::{Checked, Format, Message, PairOrigin, SideName};
use crate::checks::{Finding, Severity};
use crate::span::Span;
use std::fmt::Write;

/// The format of workflow commands.
pub struct Github;

impl Format for Github {
    fn message(&self, message: &Message, buffer: &mut Vec<u8>) {
        match message {
            Message::Checked(checked) if !checked.findings.is_empty() => {
                let lines = [SideName::Target, SideName::Source].map(|side| Lines::new(checked.text(side)));
                for finding in checked.findings {
                    buffer.extend_from_slice(annotation(checked, finding, &lines).as_bytes());
                }
            }
            Message::Checked(_) => {}
            Message::Failed(failed) => {
                let place = match failed.origin {
                    PairOrigin::Line { file, line, .. } => format!("file={},line={line},", property(file)),
                    PairOrigin::Files { source: Some(file), .. } | PairOrigin::Files { target: Some(file), .. } => {
                        format!("file={},", property(file))
                    }
                    PairOrigin::Files { .. } => String::new(),
                };
                let line = format!("::error {place}title=depeche::{}\n", data(&failed.describe()));
                buffer.extend_from_slice(line.as_bytes());
            }
        }
    }
}

/// The command that shows one finding.
fn annotation(checked: &Checked, finding: &Finding, [target, source]: &[Lines; 2]) -> String {
    let command = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    // An annotation has only one place. It is put at the translation, which is what an editor corrects; where only the
    // source has a span, since the translation lacks something, it is put at the source. A finding without any span is
    // put at the file of the translation, or at that of the source if the translation has no file.
    let (side, span) = match (finding.target, finding.source) {
        (Some(span), _) => (SideName::Target, Some(span)),
        (None, Some(span)) => (SideName::Source, Some(span)),
        (None, None) if checked.origin.file(SideName::Target).is_some() => (SideName::Target, None),
        (None, None) => (SideName::Source, None),
    };
    let mut line = format!("::{command} ");
    if let Some(file) = checked.origin.file(side) {
        let _ = write!(line, "file={},", property(file));
    }
    match checked.origin {
        PairOrigin::Line { line: number, .. } => {
            let _ = write!(line, "line={number},");
        }
        PairOrigin::Files { .. } => {
            let lines = if side == SideName::Target { target } else { source };
            if let Some(span) = span {
                line += &region(lines, span);
            }
        }
    }
    let _ = writeln!(line, "title={}::{}", property(finding.rule), data(&body(checked, finding)));
    line
}

/// The properties of a command that say where in a file a finding is.
fn region(lines: &Lines, span: Span) -> String {
    let (start, end) = (lines.position(span.start), lines.position(span.end));
    // GitHub refuses columns where the place spans several lines.
    if start.line == end.line {
        format!("line={},endLine={},col={},endColumn={},", start.line, end.line, start.column, end.column)
    } else {
        format!("line={},endLine={},", start.line, end.line)
    }
}

/// The message of a finding, with the words of both texts that it is about.
fn body(checked: &Checked, finding: &Finding) -> String {
    let mut body = finding.message.clone();
    for (name, span, text) in
        [("French", finding.source, checked.source.text), ("English", finding.target, checked.target.text)]
    {
        if let Some(span) = span {
            let _ = write!(body, "\n{name}: {}", span.of(text));
        }
    }
    body
}

/// The text of a command, escaped in the way that the runner unescapes, so that no text can end the command or begin
/// another one.
fn data(text: &str) -> String {
    printable(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a command's property, in which colons and commas are escaped as well.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::Confidence;
    use crate::report::Text;

    #[test]
    fn an_article_cannot_inject_a_command() {
        let target = "First line.\n::add-mask::secret\r\n::error::x %0A::stop-commands::t\n";
        let finding = Finding {
            rule: "number-added",
            severity: Severity::Warning,
            confidence: Confidence::High,
            message: "::set-output name=a::b\n::debug::c".into(),
            source: None,
            target: Some(Span::new(0, target.len())),
            by: crate::checks::By::Rule,
        };
        let checked = Checked {
            origin: PairOrigin::Files { source: Some("a.txt"), target: Some("x,y:z\n.md") },
            source: Text { text: "" },
            target: Text { text: target },
            findings: &[finding],
        };
        let mut buffer = Vec::new();
        Github.message(&Message::Checked(checked), &mut buffer);
        let out = String::from_utf8(buffer).unwrap();
        assert_eq!(out.lines().count(), 1, "{out}");
        assert!(out.starts_with("::warning file=x%2Cy%3Az%0A.md,line=1,endLine=4,title=number-added::"), "{out}");
        assert!(out.contains("x %250A::stop-commands"), "an escape in the article must stay text: {out}");
    }

    #[test]
    fn a_finding_on_one_line_has_columns() {
        let finding = Finding {
            rule: "number-changed",
            severity: Severity::Error,
            confidence: Confidence::High,
            message: "m".into(),
            source: Some(Span::new(0, 2)),
            target: Some(Span::new(9, 11)),
            by: crate::checks::By::Rule,
        };
        let checked = Checked {
            origin: PairOrigin::Files { source: Some("a"), target: Some("b") },
            source: Text { text: "12 morts" },
            target: Text { text: "Title\n“15” died" },
            findings: &[finding],
        };
        let mut buffer = Vec::new();
        let finding = Message::Checked(checked);
        Github.message(&finding, &mut buffer);
        let out = String::from_utf8(buffer).unwrap();
        assert!(out.starts_with("::error file=b,line=2,endLine=2,col=2,endColumn=4,"), "{out}");
        assert!(out.ends_with("::m%0AFrench: 12%0AEnglish: 15\n"), "{out}");
    }
}
