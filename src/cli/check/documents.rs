//! `depeche check SOURCE TARGET`

use super::{InputFormat, Run};
use crate::article::Sentence;
use crate::checks::documents::{self, Document};
use crate::report::Origin;
use crate::span::Span;
use std::path::Path;

pub(super) fn check(source: &Path, target: &Path, format: Option<InputFormat>, run: &mut Run) -> anyhow::Result<()> {
    let names = [source, target].map(|p| p.display().to_string());
    let origin = Origin::Files { source: Some(&names[0]), target: Some(&names[1]) };
    let _ = format;
    let texts = [source, target].map(std::fs::read_to_string);
    let [source, target] = match texts {
        [Ok(source), Ok(target)] => [source, target],
        [Err(e), _] | [_, Err(e)] => return run.failed(origin, &e.to_string()),
    };
    let (from, to) = (sentences(&source), sentences(&target));
    let (from, to): (Vec<&Sentence>, Vec<&Sentence>) = (from.iter().collect(), to.iter().collect());
    let findings = documents::check(
        Document { text: &source, sentences: &from },
        Document { text: &target, sentences: &to },
        run.settings,
    );
    run.checked(origin, &source, &target, findings)
}

fn sentences(text: &str) -> Vec<Sentence> {
    let mut out = Vec::new();
    let mut start = 0;
    let bytes = text.as_bytes();
    for (i, c) in text.char_indices() {
        let end = i + c.len_utf8();
        let stop = c == '\n'
            || (matches!(c, '.' | '!' | '?')
                && bytes.get(end) == Some(&b' ')
                && text[end + 1..].starts_with(char::is_uppercase));
        if stop || end == text.len() {
            let part = &text[start..end];
            let s = start + (part.len() - part.trim_start().len());
            let part = part.trim();
            if !part.is_empty() {
                out.push(Sentence { text: part.to_string(), span: Span::new(s, s + part.len()), map: vec![(0, s)] });
            }
            start = end;
        }
    }
    out
}
