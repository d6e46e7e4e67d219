//! What a command works on: French articles, and for `summarize` dispatches that were written before.

use crate::article::{self, Article, Format, ReadError, ReadOptions};
use crate::dispatch::{Dispatch, SCHEMA_VERSION};
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::Value;
use std::io::Read;
use std::path::Path;

/// One text to work on.
pub enum Source {
    Article(Box<Article>),
    /// Its translation is used as it is.
    Translated(Box<Dispatch>),
}

impl Source {
    /// How the user knows it.
    pub fn name(&self) -> &str {
        match self {
            Source::Article(article) => &article.original.name,
            Source::Translated(dispatch) => &dispatch.source.file,
        }
    }

    /// The identifier that the input gave it.
    pub fn id(&self) -> Option<&Value> {
        match self {
            Source::Article(article) => article.id.as_ref(),
            Source::Translated(dispatch) => dispatch.source.id.as_ref(),
        }
    }

    /// What the user should know about its reading.
    pub fn warnings(&self) -> &[String] {
        match self {
            Source::Article(article) => &article.original.warnings,
            Source::Translated(_) => &[],
        }
    }

    /// Sentences that are still to be translated.
    pub fn sentences(&self) -> usize {
        match self {
            Source::Article(article) => article.sentences().count(),
            Source::Translated(_) => 0,
        }
    }

    pub fn date(&self) -> Option<Date> {
        match self {
            Source::Article(article) => article.date,
            Source::Translated(dispatch) => dispatch.source.date.as_deref().and_then(|d| d.parse().ok()),
        }
    }
}

/// Why an input, or a part of it, is of no use.
pub struct Refused {
    pub message: String,
    /// It holds nothing.
    pub is_empty: bool,
}

impl From<ReadError> for Refused {
    fn from(e: ReadError) -> Self {
        Refused { message: e.to_string(), is_empty: e.is_empty_input() }
    }
}

type Loaded = Vec<Result<Source, Refused>>;

/// The articles of an input.
pub fn articles(path: &Path, stdin: &mut dyn Read, options: &ReadOptions) -> Loaded {
    let articles =
        if path.as_os_str() == "-" { article::load_stream("-", stdin, options) } else { article::load(path, options) };
    collect(articles)
}

fn collect(articles: Result<Vec<Result<Article, ReadError>>, ReadError>) -> Loaded {
    let articles = articles.unwrap_or_else(|e| vec![Err(e)]);
    articles.into_iter().map(|a| a.map(|a| Source::Article(Box::new(a))).map_err(Refused::from)).collect()
}

/// The articles or dispatches of an input. Only JSON can be dispatches: files called so, and what standard input brings.
pub fn load(path: &Path, stdin: &mut dyn Read, options: &ReadOptions) -> Loaded {
    let name = path.display().to_string();
    let refused = |message: String| vec![Err(Refused { message, is_empty: false })];
    let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    let mut bytes = Vec::new();
    let read = match extension.as_str() {
        _ if name == "-" => stdin.read_to_end(&mut bytes),
        "json" | "jsonl" => std::fs::File::open(path).and_then(|mut f| f.read_to_end(&mut bytes)),
        _ => return articles(path, stdin, options),
    };
    if let Err(e) = read {
        return refused(format!("{name}: {e}"));
    }
    if let Some(found) = dispatches(&bytes, &name) {
        return found;
    }
    match extension.as_str() {
        "json" => refused(format!(
            "{name}: no dispatch; `summarize` reads French articles, and the JSON that `depeche run` or `translate` wrote"
        )),
        "jsonl" => articles(path, stdin, options),
        _ => collect(article::load_stream(
            "-",
            bytes.as_slice(),
            &ReadOptions { format: options.format.or(Some(Format::of_path(path))), ..options.clone() },
        )),
    }
}

/// The dispatches that the bytes are, one behind the other; `None` if they are something else.
fn dispatches(bytes: &[u8], name: &str) -> Option<Loaded> {
    let mut values = serde_json::Deserializer::from_slice(bytes).into_iter::<Value>();
    let first = values.next()?.ok()?;
    if !["schema_version", "fingerprint", "blocks"].iter().all(|key| first.get(key).is_some()) {
        return None;
    }
    let one = |value: Result<Value, serde_json::Error>| {
        let refused = |reason: String| Refused { message: format!("{name}: {reason}"), is_empty: false };
        let value = value.map_err(|e| refused(format!("the JSON is broken: {e}")))?;
        match value.get("schema_version").and_then(Value::as_u64) {
            Some(version) if version == u64::from(SCHEMA_VERSION) => {}
            version => {
                let version = version.map_or("without a version".into(), |v| format!("of version {v}"));
                return Err(refused(format!("a dispatch {version}; this depeche reads version {SCHEMA_VERSION}")));
            }
        }
        let dispatch = Dispatch::deserialize(value).map_err(|e| refused(format!("no whole dispatch: {e}")))?;
        Ok(Source::Translated(Box::new(dispatch)))
    };
    Some(std::iter::once(Ok(first)).chain(values).map(one).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(bytes: &[u8]) -> Option<String> {
        dispatches(bytes, "a.json").map(|mut all| match all.remove(0) {
            Ok(_) => String::new(),
            Err(e) => e.message,
        })
    }

    #[test]
    fn what_is_no_dispatch_is_left_to_the_articles() {
        assert_eq!(message(b"{\"id\": 1, \"text\": \"La ville tient.\"}"), None);
        assert_eq!(message("La ville tient.".as_bytes()), None);
    }

    #[test]
    fn a_dispatch_of_another_version_is_refused_by_name() {
        let text = b"{\"schema_version\": 99, \"fingerprint\": \"\", \"blocks\": []}";
        assert!(message(text).unwrap().contains("a.json: a dispatch of version 99"));
        let text = b"{\"schema_version\": 1, \"fingerprint\": \"\", \"blocks\": []}";
        assert!(message(text).unwrap().contains("no whole dispatch: missing field"));
    }
}
