//! Reads what a command works on: French articles, and for `summarize` also dispatches that were written before.

use super::reader::{FoundArticle, Refused};
use crate::article::{self, Article, Format, ReadArticle, ReadError, ReadErrorKind, ReadOptions, read};
use crate::dispatch::{Dispatch, SCHEMA_VERSION};
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::Value;
use std::cell::Cell;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// One text to work on.
pub enum WorkText {
    /// A French article, still to be translated.
    Article(Box<Article>),
    /// A dispatch, whose translation is used as it is.
    Translated(Box<Dispatch>),
}

impl WorkText {
    /// The name by which the user knows the article.
    pub fn name(&self) -> &str {
        match self {
            WorkText::Article(article) => &article.original.name,
            WorkText::Translated(dispatch) => &dispatch.source.file,
        }
    }

    /// The identifier that the input gave the article, if any.
    pub fn id(&self) -> Option<&Value> {
        match self {
            WorkText::Article(article) => article.id.as_ref(),
            WorkText::Translated(dispatch) => dispatch.source.id.as_ref(),
        }
    }

    /// What the user should know about how the article was read.
    pub fn warnings(&self) -> &[String] {
        match self {
            WorkText::Article(article) => &article.original.warnings,
            WorkText::Translated(_) => &[],
        }
    }

    /// The number of sentences that are still to be translated.
    pub fn sentences(&self) -> usize {
        match self {
            WorkText::Article(article) => article.sentences().count(),
            WorkText::Translated(_) => 0,
        }
    }

    /// Day of publication, if it is known.
    pub fn date(&self) -> Option<Date> {
        match self {
            WorkText::Article(article) => article.date,
            WorkText::Translated(dispatch) => dispatch.source.date.as_deref().and_then(|d| d.parse().ok()),
        }
    }
}

/// Largest JSON of one dispatch, in bytes.
const MAX_DISPATCH: u64 = 64 << 20;

impl From<ReadError> for Refused {
    fn from(e: ReadError) -> Self {
        Refused { message: e.to_string(), is_empty: e.is_empty_input() }
    }
}

/// Takes an article, and returns whether to go on.
type Visit<'a> = &'a mut dyn FnMut(FoundArticle) -> bool;

/// Reads an input, and calls `visit` for each article in it. With `summarize`, dispatches are read as well: only files
/// named `.json` or `.jsonl` and standard input may hold them, and only if the first character that is no white space
/// is `{`.
///
/// # Errors
/// What concerns the whole input.
pub(super) fn each(
    path: &Path,
    stdin: &mut dyn Read,
    options: &ReadOptions,
    summarize: bool,
    visit: Visit,
) -> Result<(), Refused> {
    let name = path.display().to_string();
    let format = options.format.unwrap_or_else(|| Format::of_path(path));
    let is_stdin = path.as_os_str() == "-";
    let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    let mut file;
    let stream: &mut dyn Read = if is_stdin {
        stdin
    } else {
        let limit = match (format, summarize && extension == "json") {
            (_, true) | (Format::JsonLines, _) => u64::MAX,
            (format, _) => read::limit(format),
        };
        file = read::open(path, limit).map_err(|e| Refused::from(e.at(&name)))?;
        &mut file
    };
    if !summarize || !(is_stdin || matches!(extension.as_str(), "json" | "jsonl")) {
        return articles(&name, stream, options, visit);
    }
    let mut stream = BufReader::new(stream);
    let start = stream.fill_buf().map_err(|e| Refused::from(ReadErrorKind::from(e).at(&name)))?;
    if start.trim_ascii_start().first() != Some(&b'{') {
        if extension == "json" {
            return Err(no_dispatch(&name));
        }
        return articles(&name, stream, options, visit);
    }
    values(&name, stream, extension != "json", options, visit)
}

/// Reads an input that holds only French articles.
fn articles(name: &str, stream: impl Read, options: &ReadOptions, visit: Visit) -> Result<(), Refused> {
    article::each(name, stream, options, &mut |read_article| visit(found(read_article))).map_err(Refused::from)
}

/// A French article as the reader hands it on.
fn found(read_article: ReadArticle) -> FoundArticle {
    let ReadArticle { line, id, sha256, article } = read_article;
    let source = article.map(|a| WorkText::Article(Box::new(a))).map_err(Refused::from);
    FoundArticle { place: line, id, sha256, source }
}

/// The refusal of what is neither a dispatch nor, where articles may stand as well, an article.
fn no_dispatch(name: &str) -> Refused {
    let message = format!(
        "{name}: no dispatch; `summarize` reads French articles, and the JSON that `depeche run` or `translate` wrote"
    );
    Refused { message, is_empty: false }
}

/// Reads JSON objects that stand one after the other: dispatches and, if `mixed`, articles as well.
fn values(name: &str, stream: impl Read, mixed: bool, options: &ReadOptions, visit: Visit) -> Result<(), Refused> {
    let left = Cell::new(MAX_DISPATCH);
    let limited = BufReader::new(Limited { inner: stream, left: &left });
    let mut values = serde_json::Deserializer::from_reader(limited).into_iter::<Value>();
    for place in 1.. {
        left.set(MAX_DISPATCH);
        let Some(value) = values.next() else { break };
        let place_of = |name: &str| if place == 1 { name.to_string() } else { format!("{name}:{place}") };
        let broken = |e: serde_json::Error| Refused {
            message: format!("{}: the JSON is broken: {e}", place_of(name)),
            is_empty: false,
        };
        // After broken JSON nobody knows where the next object begins, so reading ends.
        let value = value.map_err(broken)?;
        let id = value.get("id").or_else(|| value.get("source")?.get("id")).filter(|id| !id.is_null()).cloned();
        let is_dispatch = ["schema_version", "fingerprint", "blocks"].iter().all(|key| value.get(key).is_some());
        if !is_dispatch && mixed && value.get("text").is_some() {
            if !visit(found(article::of_json(name, place, &value.to_string(), options))) {
                break;
            }
            continue;
        }
        let source = if is_dispatch { dispatch(value, &place_of(name)) } else { Err(no_dispatch(&place_of(name))) };
        if !visit(FoundArticle { place: Some(place), id, sha256: String::new(), source }) {
            break;
        }
    }
    Ok(())
}

/// A reader that fails once `left` is used up. `left` counts bytes, and is set anew for each object.
struct Limited<'a, R> {
    inner: R,
    left: &'a Cell<u64>,
}

impl<R: Read> Read for Limited<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.left.get() == 0 {
            return Err(std::io::Error::other(format!("longer than {} MiB", MAX_DISPATCH >> 20)));
        }
        let n = self.inner.read(buffer)?;
        self.left.set(self.left.get().saturating_sub(n as u64));
        Ok(n)
    }
}

/// Reads a dispatch, if it is of the version that this program writes.
fn dispatch(value: Value, name: &str) -> Result<WorkText, Refused> {
    let refused = |reason: String| Refused { message: format!("{name}: {reason}"), is_empty: false };
    match value.get("schema_version").and_then(Value::as_u64) {
        Some(version) if version == u64::from(SCHEMA_VERSION) => {}
        version => {
            let version = version.map_or("without a version".into(), |v| format!("of version {v}"));
            return Err(refused(format!("a dispatch {version}; this depeche reads version {SCHEMA_VERSION}")));
        }
    }
    let dispatch = Dispatch::deserialize(value).map_err(|e| refused(format!("no whole dispatch: {e}")))?;
    Ok(WorkText::Translated(Box::new(dispatch)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, text: &str) -> Vec<Result<String, String>> {
        let mut seen = Vec::new();
        let mut stdin = text.as_bytes();
        let dir = tempfile::tempdir().unwrap();
        let path = if name == "-" { "-".into() } else { dir.path().join(name) };
        if name != "-" {
            std::fs::write(&path, text).unwrap();
        }
        let whole = each(&path, &mut stdin, &ReadOptions::default(), true, &mut |found| {
            seen.push(found.source.map(|s| s.name().to_string()).map_err(|e| e.message));
            true
        });
        seen.extend(whole.err().map(|e| Err(e.message)));
        seen
    }

    #[test]
    fn what_is_no_dispatch_is_an_article_where_it_can_be_one() {
        assert_eq!(read("-", "{\"id\": 1, \"text\": \"La ville tient depuis lundi.\"}"), [Ok("-:1".into())]);
        assert_eq!(read("-", "La ville tient depuis lundi."), [Ok("-".into())]);
        let two = "{\"id\": 1, \"text\": \"La ville tient depuis lundi.\"}\n\n{\"text\": 3}\n\
                   {\"id\": 2, \"text\": \"Le port brûle depuis mardi.\"}\n";
        let seen = read("-", two);
        assert_eq!((&seen[0], &seen[2]), (&Ok("-:1".into()), &Ok("-:3".into())));
        assert!(seen[1].as_ref().unwrap_err().starts_with("-:2: malformed JSON"), "{seen:?}");
        assert!(
            read("a.json", "{\"id\": 1, \"text\": \"La ville.\"}")[0].as_ref().unwrap_err().contains("no dispatch")
        );
        assert!(read("a.json", "La ville.")[0].as_ref().unwrap_err().contains("no dispatch"));
    }

    #[test]
    fn a_dispatch_of_another_version_is_refused_by_name_and_stops_no_other() {
        let text = "{\"schema_version\": 99, \"fingerprint\": \"\", \"blocks\": []}\n\
                    {\"schema_version\": 1, \"fingerprint\": \"\", \"blocks\": []}\n{\"schema";
        let seen: Vec<String> = read("a.json", text).into_iter().map(|r| r.unwrap_err()).collect();
        assert!(seen[0].contains("a.json: a dispatch of version 99"), "{seen:?}");
        assert!(seen[1].contains("no whole dispatch: missing field"), "{seen:?}");
        assert!(seen[2].contains("a.json:3: the JSON is broken"), "{seen:?}");
    }

    #[test]
    fn one_object_without_end_is_refused_at_the_limit() {
        let endless = std::io::Read::chain(&b"{\"a\":\""[..], std::io::repeat(b'x'));
        let refused = values("-", endless, true, &ReadOptions::default(), &mut |_| true).err().unwrap();
        assert!(refused.message.contains("longer than 64 MiB"), "{}", refused.message);
    }
}
