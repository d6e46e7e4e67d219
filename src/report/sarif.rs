//! SARIF 2.1.0, for code scanning. <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

use super::jsonl::push;
use super::position::Lines;
use super::{Checked, Counts, Format, Message, PairOrigin, SideName};
use crate::checks::context::{Context, NARROW};
use crate::checks::{Finding, Severity, catalogue};
use crate::span::{CharIndex, Span};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::io::{self, Write};

/// The SARIF format.
pub struct Sarif;

impl Format for Sarif {
    fn separator(&self) -> &'static str {
        ",\n"
    }

    fn begin(&self, _: &Counts, out: &mut dyn Write) -> io::Result<()> {
        let rules: Vec<Value> = catalogue::entries().map(|rule| descriptor(&rule)).collect();
        let driver = json!({
            "name": "depeche",
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": rules,
        });
        write!(
            out,
            concat!(
                r#"{{"$schema":"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json","#,
                r#""version":"2.1.0","runs":[{{"tool":{{"driver":{}}},"columnKind":"unicodeCodePoints","results":["#,
                "\n"
            ),
            driver
        )
    }

    fn message(&self, message: &Message, buffer: &mut Vec<u8>) {
        let Message::Checked(checked) = message else { return };
        if checked.findings.is_empty() {
            return;
        }
        let source = IndexedText::new(checked, SideName::Source);
        let target = IndexedText::new(checked, SideName::Target);
        for finding in checked.findings {
            buffer.extend_from_slice(self.separator().as_bytes());
            push(&result(checked, finding, &source, &target), buffer);
        }
    }

    fn end(&self, counts: &Counts, out: &mut dyn Write) -> io::Result<()> {
        let notifications: Vec<Value> =
            counts.failures.iter().map(|f| json!({"level": "error", "message": {"text": f}})).collect();
        let invocation = json!({
            "executionSuccessful": counts.failed == 0,
            "toolExecutionNotifications": notifications,
        });
        let mut json = b"\n],\"invocations\":[".to_vec();
        push(&invocation, &mut json);
        json.extend_from_slice(b"]}]}\n");
        out.write_all(&json)
    }
}

/// How the report describes a rule.
fn descriptor(rule: &catalogue::Rule) -> Value {
    let doc = rule.docs();
    json!({
        "id": rule.name(),
        "shortDescription": {"text": rule.summary()},
        "help": {"text": doc, "markdown": doc},
    })
}

/// One side of a pair, indexed once for all its findings.
struct IndexedText<'a> {
    name: SideName,
    text: &'a str,
    file: Option<String>,
    lines: Lines<'a>,
    chars: CharIndex<'a>,
}

impl<'a> IndexedText<'a> {
    fn new(checked: &Checked<'a>, name: SideName) -> Self {
        let text = checked.text(name);
        let file = checked.origin.file(name).map(uri);
        IndexedText { name, text, file, lines: Lines::new(text), chars: CharIndex::new(text) }
    }

    /// The place of a finding on this side; `None` if the side has no file.
    fn location(&self, origin: &PairOrigin, span: Option<Span>) -> Option<Value> {
        let mut location = json!({"physicalLocation": {"artifactLocation": {"uri": self.file.as_ref()?}}});
        let name = if self.name == SideName::Source { "source" } else { "target" };
        match (origin, span) {
            // For a line of JSON the region is the whole line, since a text inside a string has no columns of its own.
            (PairOrigin::Line { line, id, .. }, _) => {
                location["physicalLocation"]["region"] = json!({"startLine": line});
                if let Some(span) = span {
                    location["physicalLocation"]["region"]["snippet"] = json!({"text": span.of(self.text)});
                }
                let id = id.map_or_else(|| "null".to_string(), |id| id.to_string());
                location["logicalLocations"] = json!([{"fullyQualifiedName": format!("{id}/{name}"), "kind": "value"}]);
            }
            (PairOrigin::Files { .. }, Some(span)) => {
                let (start, end) = (self.lines.position(span.start), self.lines.position(span.end));
                let from = self.chars.chars_before(span.start);
                location["physicalLocation"]["region"] = json!({
                    "startLine": start.line,
                    "startColumn": start.column,
                    "endLine": end.line,
                    "endColumn": end.column,
                    "charOffset": from,
                    "charLength": self.chars.chars_before(span.end) - from,
                    "snippet": {"text": span.of(self.text)},
                });
            }
            (PairOrigin::Files { .. }, None) => {}
        }
        Some(location)
    }
}

/// One finding as a SARIF result.
fn result(checked: &Checked, finding: &Finding, source: &IndexedText, target: &IndexedText) -> Value {
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let from = source.location(&checked.origin, finding.source);
    let to = target.location(&checked.origin, finding.target);
    // The result is put at the translation, which is what an editor corrects. If only the source has a span, as where
    // the translation lacks something, or if there is no file of the translation, the result is put at the source.
    let (main, other, label) = match (finding.target, finding.source) {
        (None, Some(_)) => (from, to, "the English"),
        _ if to.is_none() => (from, None, ""),
        _ => (to, from, "the French"),
    };
    let mut result = json!({
        "ruleId": finding.rule,
        "level": level,
        "message": {"text": finding.message},
        "locations": main.into_iter().collect::<Vec<_>>(),
        "partialFingerprints": {"depecheContext/v1": fingerprint(checked, finding)},
        "properties": {"confidence": finding.confidence},
    });
    if let Some(index) = catalogue::entries().position(|r| r.name() == finding.rule) {
        result["ruleIndex"] = json!(index);
    }
    if let Some(mut other) = other {
        other["id"] = json!(0);
        other["message"] = json!({"text": label});
        result["relatedLocations"] = json!([other]);
    }
    result
}

/// A hash by which a finding is recognised in a later run. It depends on the rule and the words around the finding, but
/// not on where in the text these stand.
fn fingerprint(checked: &Checked, finding: &Finding) -> String {
    let context = Context::of(finding, checked.source.text, checked.target.text, NARROW);
    let mut hash = Sha256::new();
    for part in [finding.rule, &context.source, &context.target] {
        hash.update(part);
        hash.update([0]);
    }
    hash.finalize().iter().take(16).map(|b| format!("{b:02x}")).collect()
}

/// A path as a URI reference (RFC 3986): separators are slashes, and characters that may not stand in a path are
/// percent-encoded.
fn uri(path: &str) -> String {
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_string() };
    let mut uri = String::with_capacity(path.len());
    let has_drive = cfg!(windows) && path.as_bytes().get(1) == Some(&b':') && path.as_bytes().get(2) == Some(&b'/');
    // Without "./" or "file:", a colon in the first segment would be taken for the end of a scheme.
    if has_drive {
        uri.push_str("file:///");
    } else if path.split('/').next().is_some_and(|first| first.contains(':')) {
        uri.push_str("./");
    }
    if path.starts_with('/') {
        uri.push_str("file://");
    }
    for b in path.bytes() {
        if b.is_ascii_alphanumeric() || b"/-._~!$'()*+,;=:@".contains(&b) {
            uri.push(b as char);
        } else {
            uri.push_str(&format!("%{b:02X}"));
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn paths_become_uri_references() {
        assert_eq!(uri("fr/été à Alep.txt"), "fr/%C3%A9t%C3%A9%20%C3%A0%20Alep.txt");
        assert_eq!(uri("/srv/a.txt"), "file:///srv/a.txt");
        assert_eq!(uri("a:b/c"), "./a:b/c");
    }
}
