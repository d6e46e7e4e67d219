//! `depeche check SOURCE TARGET`

use super::Run;
use crate::article::read::{Format, read_bytes, read_path, read_stream};
use crate::article::{ReadError, ReadErrorKind};
use crate::checks::documents::{self, Text};
use crate::lang::Lang;
use crate::report::Origin;
use crate::report::markdown::{CLOSE, MARK, OPEN};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// How documents are read.
pub(super) struct Reading {
    pub format: Option<Format>,
    pub keep_boilerplate: bool,
}

/// Checks two files, which hold one article each, or as many as each other in JSON lines.
pub(super) fn check(
    source: &Path,
    target: &Path,
    stdin: &mut dyn Read,
    reading: &Reading,
    run: &mut Run,
) -> anyhow::Result<()> {
    let names = [source, target].map(|p| p.display().to_string());
    let origin = Origin::Files { source: Some(&names[0]), target: Some(&names[1]) };
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
                let origin = Origin::Files { source: Some(source), target: Some(target) };
                run.failed(origin, &format!("{source} and {target}: the articles have different ids"))?;
            }
            (Err(e), _) | (_, Err(e)) => run.unreadable(origin, &e)?,
        }
    }
    Ok(())
}

fn check_texts(source: &Text, target: &Text, run: &mut Run) -> anyhow::Result<()> {
    let mut findings = documents::check_texts(source, target, run.settings);
    if let Some(look) = &mut run.look {
        findings.extend(documents::look_again(source, target, &findings, run.settings, look)?);
        findings.sort_by_key(|f| (f.source.or(f.target).map(|s| s.start), f.target.map(|s| s.start)));
    }
    let [from, to] = [source, target].map(|t| &t.article.original);
    let origin = Origin::Files { source: Some(&from.name), target: Some(&to.name) };
    run.checked(origin, &from.text, &to.text, findings)
}

type Texts = Vec<Result<Text, ReadError>>;

fn load(path: &Path, lang: Lang, stdin: &mut dyn Read, reading: &Reading, run: &Run) -> Result<Texts, ReadError> {
    let name = path.display().to_string();
    let format = reading.format.unwrap_or_else(|| Format::of_path(path));
    let unreadable = |e| ReadError { name: name.clone(), line: None, kind: ReadErrorKind::Unreadable(e) };
    let documents = if path == Path::new("-") {
        read_stream(&name, stdin, format)?
    } else {
        let mut start = [0; MARK.len()];
        let read = File::open(path).and_then(|mut f| f.read(&mut start)).map_err(unreadable)?;
        if is_dispatch(&start[..read]) {
            let dispatch = std::fs::read_to_string(path).map_err(unreadable)?;
            read_bytes(&name, translation(&dispatch).as_bytes(), Format::Markdown)?
        } else {
            read_path(path, Some(format))?
        }
    };
    let text = |document| Text::read(document, lang, run.settings.date, reading.keep_boilerplate);
    Ok(documents.into_iter().map(|d| text(d?)).collect())
}

/// Versions after the first keep the marks that are read here.
fn is_dispatch(start: &[u8]) -> bool {
    let mark = MARK.split(" v1").next().unwrap_or(MARK);
    start.starts_with(mark.as_bytes())
}

/// A dispatch with everything but its translation blanked out, the marks of sentences to review among it, so that lines
/// and offsets stay what they are.
fn translation(dispatch: &str) -> String {
    let from = dispatch.find(OPEN).map_or(0, |at| at + OPEN.len());
    let to = dispatch[from..].find(CLOSE).map_or(dispatch.len(), |at| from + at);
    let blank = |part: &str| part.chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect::<String>();
    let mut text = blank(&dispatch[..from]) + &dispatch[from..to];
    // "[^12]": brackets of the article itself are escaped, so these are depeche's own.
    let mut at = from;
    while let Some(open) = text[at..].find("[^").map(|i| at + i) {
        let digits = text[open + 2..].bytes().take_while(u8::is_ascii_digit).count();
        let end = open + 2 + digits;
        if digits > 0 && text[end..].starts_with(']') {
            text.replace_range(open..=end, &" ".repeat(digits + 3));
        }
        at = end;
    }
    text
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
