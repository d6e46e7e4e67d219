//! Finds the pairs of files that the patterns of a project (`[[pairs]]` in `depeche.toml`) name.

use crate::config::PairPattern;
use regex::{Captures, Regex};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

/// A file that fits a pattern, and its counterpart: the path that the other side of the pattern gives for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FoundPair {
    /// Both files exist.
    Pair { source: PathBuf, target: PathBuf },
    /// Only the source exists; `target` is where the translation should be.
    NoTarget { source: PathBuf, target: PathBuf },
    /// Only the target exists; `source` is where the French text should be.
    NoSource { source: PathBuf, target: PathBuf },
}

/// What each placeholder stands for in the path of a file, by the name of the placeholder.
type Values = BTreeMap<String, String>;

/// All files below `folder` that fit either side of a pattern, each with its counterpart, sorted by
/// what the placeholders stand for.
///
/// # Errors
/// When the two sides do not have the same placeholders, one side has a placeholder twice, or a folder cannot be read.
pub fn find_pairs(pattern: &PairPattern, folder: &Path) -> io::Result<Vec<FoundPair>> {
    let (source, target) = (Pattern::parse(&pattern.source)?, Pattern::parse(&pattern.target)?);
    if source.names() != target.names() {
        let text = format!("`{}` and `{}` need the same placeholders", pattern.source, pattern.target);
        return Err(io::Error::new(io::ErrorKind::InvalidInput, text));
    }
    let mut found: BTreeMap<Values, (Option<PathBuf>, Option<PathBuf>)> = BTreeMap::new();
    for (values, path) in source.files(folder)? {
        found.entry(values).or_default().0 = Some(path);
    }
    for (values, path) in target.files(folder)? {
        found.entry(values).or_default().1 = Some(path);
    }
    let found_pair = |(values, sides): (Values, _)| match sides {
        (Some(source), Some(target)) => FoundPair::Pair { source, target },
        (Some(source), None) => FoundPair::NoTarget { source, target: folder.join(target.fill(&values)) },
        (None, Some(target)) => FoundPair::NoSource { source: folder.join(source.fill(&values)), target },
        (None, None) => unreachable!("an entry is made with one side"),
    };
    Ok(found.into_iter().map(found_pair).collect())
}

/// A relative path whose segments may hold placeholders.
struct Pattern {
    segments: Vec<String>,
    /// For each segment, a regular expression that takes what its placeholders stand for from the
    /// name of a file or folder.
    matchers: Vec<Regex>,
}

impl Pattern {
    fn parse(text: &str) -> io::Result<Pattern> {
        let segments: Vec<String> =
            text.split('/').filter(|s| !s.is_empty() && *s != ".").map(str::to_string).collect();
        let placeholder = placeholder();
        let mut seen: Vec<String> = Vec::new();
        let mut matchers = Vec::new();
        for segment in &segments {
            let (mut regex, mut at) = (String::from("^"), 0);
            for c in placeholder.captures_iter(segment) {
                let (all, name) = (c.get(0).expect("group 0 always matches"), &c[1]);
                if seen.iter().any(|s| s == name) {
                    let text = format!("`{text}` holds {{{name}}} twice");
                    return Err(io::Error::new(io::ErrorKind::InvalidInput, text));
                }
                seen.push(name.to_string());
                regex += &regex::escape(&segment[at..all.start()]);
                regex += &format!("(?P<{name}>.+?)");
                at = all.end();
            }
            regex += &regex::escape(&segment[at..]);
            matchers.push(Regex::new(&(regex + "$")).map_err(io::Error::other)?);
        }
        Ok(Pattern { segments, matchers })
    }

    /// The names of all placeholders, sorted.
    fn names(&self) -> Vec<String> {
        let names = |m: &Regex| m.capture_names().flatten().map(str::to_string).collect::<Vec<_>>();
        let mut names: Vec<String> = self.matchers.iter().flat_map(names).collect();
        names.sort();
        names
    }

    /// The path with `values` in the place of its placeholders.
    fn fill(&self, values: &Values) -> PathBuf {
        let value = |c: &Captures| values.get(&c[1]).cloned().unwrap_or_default();
        self.segments.iter().map(|s| placeholder().replace_all(s, value).into_owned()).collect()
    }

    /// The files below `folder` that fit the pattern, each with what the placeholders stand for in its path.
    fn files(&self, folder: &Path) -> io::Result<Vec<(Values, PathBuf)>> {
        let mut found = vec![(Values::new(), folder.to_path_buf())];
        for (n, matcher) in self.matchers.iter().enumerate() {
            let last = n + 1 == self.matchers.len();
            let mut deeper = Vec::new();
            for (values, path) in found {
                let literal = path.join(&self.segments[n]);
                if matcher.captures_len() == 1 {
                    if if last { literal.is_file() } else { literal.is_dir() } {
                        deeper.push((values, literal));
                    }
                    continue;
                }
                let entries =
                    if path.as_os_str().is_empty() { std::fs::read_dir(".") } else { std::fs::read_dir(&path) };
                let entries =
                    entries.map_err(|e| io::Error::new(e.kind(), format!("cannot read {}: {e}", path.display())))?;
                for entry in entries {
                    let name = entry?.file_name();
                    // A name that is not Unicode fits no placeholder.
                    let Some(captures) = name.to_str().and_then(|name| matcher.captures(name)) else { continue };
                    let inner = path.join(&name);
                    if if last { !inner.is_file() } else { !inner.is_dir() } {
                        continue;
                    }
                    let mut values = values.clone();
                    for name in matcher.capture_names().flatten() {
                        values.insert(name.to_string(), captures[name].to_string());
                    }
                    deeper.push((values, inner));
                }
            }
            found = deeper;
        }
        Ok(found)
    }
}

/// The regular expression of a placeholder such as `{name}`.
fn placeholder() -> Regex {
    Regex::new(r"\{([A-Za-z_]\w*)\}").expect("a constant")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(source: &str, target: &str, files: &[&str]) -> io::Result<Vec<String>> {
        let folder = tempfile::tempdir()?;
        for file in files {
            let path = folder.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap())?;
            std::fs::write(path, "")?;
        }
        let short = |p: &Path| p.strip_prefix(folder.path()).unwrap().to_str().unwrap().to_string();
        let show = |f: &FoundPair| match f {
            FoundPair::Pair { source, target } => format!("{} = {}", short(source), short(target)),
            FoundPair::NoTarget { source, target } => format!("{} - {}", short(source), short(target)),
            FoundPair::NoSource { source, target } => format!("{} + {}", short(source), short(target)),
        };
        let pattern = PairPattern { source: source.into(), target: target.into() };
        Ok(find_pairs(&pattern, folder.path())?.iter().map(show).collect())
    }

    #[test]
    fn files_are_paired_by_name() {
        let files = ["fr/b.fr.txt", "fr/a.fr.txt", "en/a.en.md", "en/c.en.md", "fr/notes.txt"];
        assert_eq!(
            pairs("fr/{name}.fr.txt", "en/{name}.en.md", &files).unwrap(),
            ["fr/a.fr.txt = en/a.en.md", "fr/b.fr.txt - en/b.en.md", "fr/c.fr.txt + en/c.en.md"]
        );
    }

    #[test]
    fn folders_can_be_placeholders() {
        let files = ["2024/x/fr.txt", "2024/x/en.txt", "2025/x/fr.txt"];
        assert_eq!(
            pairs("{year}/{id}/fr.txt", "{year}/{id}/en.txt", &files).unwrap(),
            ["2024/x/fr.txt = 2024/x/en.txt", "2025/x/fr.txt - 2025/x/en.txt"]
        );
    }

    #[test]
    fn a_pattern_without_placeholder_is_one_pair() {
        assert_eq!(pairs("a.txt", "b.txt", &["a.txt", "b.txt"]).unwrap(), ["a.txt = b.txt"]);
    }

    #[test]
    fn both_sides_need_the_same_placeholders() {
        let e = pairs("fr/{name}.txt", "en/{title}.txt", &[]).unwrap_err().to_string();
        assert!(e.contains("same placeholders"), "{e}");
    }
}
