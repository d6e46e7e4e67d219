//! `depeche check SOURCE TARGET`

use super::Run;
use crate::article::{self, Article, Format, ReadError, ReadErrorKind, ReadOptions, Sentence};
use crate::checks::documents::{self, Document};
use crate::lang::Lang;
use crate::report::Origin;
use crate::report::markdown::{CLOSE, MARK, OPEN};
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
            (Ok(source), Ok(target)) if source.id == target.id || one => check_articles(&source, &target, run)?,
            (Ok(source), Ok(target)) => {
                let (source, target) = (&source.original.name, &target.original.name);
                let origin = Origin::Files { source: Some(source), target: Some(target) };
                run.failed(origin, "the articles have different ids")?;
            }
            (Err(e), _) | (_, Err(e)) => run.unreadable(origin, &e)?,
        }
    }
    Ok(())
}

fn check_articles(source: &Article, target: &Article, run: &mut Run) -> anyhow::Result<()> {
    let (from, to): (Vec<&Sentence>, Vec<&Sentence>) = (source.sentences().collect(), target.sentences().collect());
    let document = |article, sentences| Document::of(article, sentences);
    let findings = documents::check(document(source, &from), document(target, &to), run.settings);
    let origin = Origin::Files { source: Some(&source.original.name), target: Some(&target.original.name) };
    run.checked(origin, &source.original.text, &target.original.text, findings)
}

type Articles = Vec<Result<Article, ReadError>>;

fn load(path: &Path, lang: Lang, stdin: &mut dyn Read, reading: &Reading, run: &Run) -> Result<Articles, ReadError> {
    let options = ReadOptions {
        format: reading.format,
        lang,
        // A translation that was left in French is a finding, not an error.
        check_language: lang == Lang::Fr,
        date: run.settings.date,
        keep_boilerplate: reading.keep_boilerplate,
        ..ReadOptions::default()
    };
    let name = path.display().to_string();
    let unreadable = |e| ReadError { name: name.clone(), line: None, kind: ReadErrorKind::Unreadable(e) };
    if path == Path::new("-") {
        return article::load_stream(&name, stdin, &options);
    }
    let mut file = std::fs::File::open(path).map_err(unreadable)?;
    let mut start = [0; MARK.len()];
    let read = file.read(&mut start).map_err(unreadable)?;
    if is_dispatch(&start[..read]) {
        let dispatch = std::fs::read_to_string(path).map_err(unreadable)?;
        let options = ReadOptions { format: Some(Format::Markdown), keep_boilerplate: true, ..options };
        return article::load_stream(&name, translation(&dispatch).as_bytes(), &options);
    }
    article::load(path, &options)
}

/// Versions after the first keep the marks that are read here.
fn is_dispatch(start: &[u8]) -> bool {
    let mark = MARK.split(" v1").next().unwrap_or(MARK);
    start.starts_with(mark.as_bytes())
}

/// A dispatch with everything but its translation blanked out, so that lines and offsets stay what they are.
fn translation(dispatch: &str) -> String {
    let from = dispatch.find(OPEN).map_or(0, |at| at + OPEN.len());
    let to = dispatch[from..].find(CLOSE).map_or(dispatch.len(), |at| from + at);
    let blank = |part: &str| part.chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect::<String>();
    blank(&dispatch[..from]) + &dispatch[from..to]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_translation_of_a_dispatch_is_left_and_it_stays_in_place() {
        let dispatch = format!("{MARK}\n# Résumé\n\n12 dead\n{OPEN}\n\nThe text.\n\n{CLOSE}\n\n15 findings\n");
        let text = translation(&dispatch);
        assert_eq!(text.trim(), "The text.");
        assert_eq!(text.lines().position(|l| l == "The text."), dispatch.lines().position(|l| l == "The text."));
        assert!(is_dispatch(dispatch.as_bytes()));
        assert!(!is_dispatch(b"<!-- a page -->"));
    }
}
