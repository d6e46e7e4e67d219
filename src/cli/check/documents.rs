//! `depeche check SOURCE TARGET`

use super::CheckRun;
use crate::article::read::{Format, bytes_of, bytes_of_stream, limit, read_bytes};
use crate::article::{ReadError, ReadErrorKind};
use crate::checks::documents::{self, Text};
use crate::lang::Lang;
use crate::report::PairOrigin;
use crate::report::markdown::{CLOSE, MARK, OPEN};
use std::io::Read;
use std::path::Path;

/// How documents are read.
pub(super) struct ReadSettings {
    /// `None` where the name of each file decides.
    pub format: Option<Format>,
    /// Whether site frames and notices are kept as text of the article.
    pub keep_boilerplate: bool,
}

/// Checks two files. Each holds one article, or both hold the same number of articles in JSON lines, in the same order
/// and with the same ids. Files or articles that cannot be compared are reported as failures.
pub(super) fn check(
    source: &Path,
    target: &Path,
    stdin: &mut dyn Read,
    reading: &ReadSettings,
    run: &mut CheckRun,
) -> anyhow::Result<()> {
    let names = [source, target].map(|p| p.display().to_string());
    let origin = PairOrigin::Files { source: Some(&names[0]), target: Some(&names[1]) };
    let sources = load(source, Lang::Fr, stdin, reading, run);
    let targets = load(target, Lang::En, stdin, reading, run);
    let (sources, targets) = match (sources, targets) {
        (Ok(sources), Ok(targets)) => (sources, targets),
        (Err(e), _) | (_, Err(e)) => return run.unreadable(origin, &e),
    };
    if sources.len() != targets.len() {
        let counts = format!("{} articles in {}, but {} in {}", sources.len(), names[0], targets.len(), names[1]);
        return run.failed(origin, &counts);
    }
    let one = sources.len() == 1;
    for (source, target) in sources.into_iter().zip(targets) {
        match (source, target) {
            (Ok(source), Ok(target)) if one || source.article.id == target.article.id => {
                check_texts(&source, &target, run)?;
            }
            (Ok(source), Ok(target)) => {
                let (source, target) = (&source.article.original.name, &target.article.original.name);
                let origin = PairOrigin::Files { source: Some(source), target: Some(target) };
                run.failed(origin, &format!("{source} and {target}: the articles have different ids"))?;
            }
            (Err(e), _) | (_, Err(e)) => run.unreadable(origin, &e)?,
        }
    }
    Ok(())
}

/// Checks one article and its translation, with `--deep` also by the model, and writes the findings in the order of the
/// French.
fn check_texts(source: &Text, target: &Text, run: &mut CheckRun) -> anyhow::Result<()> {
    let check = || documents::check_texts(source, target, run.settings);
    // A rule that panics makes an error of these two documents, not of the whole run.
    let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(check));
    let findings = caught.unwrap_or_else(|_| Err(ReadErrorKind::Fault.at(&source.article.original.name)));
    let findings = match (findings, &mut run.look) {
        (Ok(mut findings), Some(look)) => {
            findings.extend(documents::look_again(source, target, &findings, run.settings, look)?);
            findings.sort_by_key(|f| (f.source.or(f.target).map(|s| s.start), f.target.map(|s| s.start)));
            Ok(findings)
        }
        (findings, _) => findings,
    };
    let [from, to] = [source, target].map(|t| &t.article.original);
    let origin = PairOrigin::Files { source: Some(&from.name), target: Some(&to.name) };
    match findings {
        Ok(findings) => run.checked(origin, &from.text, &to.text, findings),
        Err(e) => run.failed(origin, &e.to_string()),
    }
}

/// The articles of one file, in their order; an article that cannot be read is an error.
type Texts = Vec<Result<Text, ReadError>>;

/// Reads the articles of a file. Of a dispatch in Markdown, only the translation is read.
///
/// # Errors
/// When the whole file cannot be read. An article that cannot be read is an error in the list instead.
fn load(
    path: &Path,
    lang: Lang,
    stdin: &mut dyn Read,
    reading: &ReadSettings,
    run: &mut CheckRun,
) -> Result<Texts, ReadError> {
    let name = path.display().to_string();
    let format = reading.format.unwrap_or_else(|| Format::of_path(path));
    // Both the test for a dispatch and the reading work on these bytes: the file may be a pipe, which can be read only
    // once.
    let bytes =
        if path == Path::new("-") { bytes_of_stream(stdin, limit(format)) } else { bytes_of(path, limit(format)) };
    let bytes = bytes.map_err(|e| e.at(&name))?;
    let documents = if is_dispatch(&bytes) {
        let dispatch = String::from_utf8_lossy(&bytes);
        read_bytes(&name, translation(&dispatch).as_bytes(), Format::Markdown)?
    } else {
        read_bytes(&name, &bytes, format)?
    };
    for document in documents.iter().flatten() {
        let warnings = document.original.warnings.iter();
        run.warnings.extend(warnings.map(|w| format!("{}: {w}", document.original.name)));
    }
    let text = |document| Text::read(document, lang, run.settings.date, reading.keep_boilerplate);
    Ok(documents.into_iter().map(|d| text(d?)).collect())
}

/// Whether this is a dispatch in Markdown. The version in its first line does not matter: every version has the marks
/// that [`translation`] looks for.
fn is_dispatch(bytes: &[u8]) -> bool {
    let mark = MARK.split(" v1").next().unwrap_or(MARK);
    bytes.starts_with(mark.as_bytes())
}

/// The translation in a dispatch. What stands before it, and the footnote marks of sentences to review, are replaced by
/// spaces, so that a finding has the line and column that it has in the file.
fn translation(dispatch: &str) -> String {
    let from = dispatch.find(OPEN).map_or(0, |at| at + OPEN.len());
    let to = dispatch[from..].find(CLOSE).map_or(dispatch.len(), |at| from + at);
    let blank = |part: &str| part.chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect::<String>();
    let mut text = blank(&dispatch[..from]);
    // "[^12]" is a footnote mark that depeche wrote: brackets of the article itself are escaped.
    let mut rest = &dispatch[from..to];
    while let Some(open) = rest.find("[^") {
        let digits = rest[open + 2..].bytes().take_while(u8::is_ascii_digit).count();
        let mut end = open + 2 + digits;
        let is_footnote = digits > 0 && rest[end..].starts_with(']');
        text.push_str(&rest[..if is_footnote { open } else { end }]);
        if is_footnote {
            end += 1;
            text.push_str(&" ".repeat(digits + 3));
        }
        rest = &rest[end..];
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_translation_of_a_dispatch_is_left_and_it_stays_in_place() {
        let dispatch =
            format!("{MARK}\n# Résumé\n\n12 dead\n{OPEN}\n\nThe text.[^3] More.\n\n{CLOSE}\n\n15 findings\n");
        let text = translation(&dispatch);
        assert_eq!(text.trim(), "The text.     More.");
        let line = |t: &str| t.lines().position(|l| l.starts_with("The text."));
        assert_eq!(line(&text), line(&dispatch));
        assert!(is_dispatch(dispatch.as_bytes()));
        assert!(!is_dispatch(b"<!-- a page -->"));
    }
}
