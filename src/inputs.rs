//! Which files a command line names: files, folders, globs and `-`, and the names of what is written from them.

use globset::GlobBuilder;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Extensions of the articles that are looked for in folders.
const EXTENSIONS: [&str; 6] = ["txt", "md", "markdown", "html", "htm", "jsonl"];

/// One input.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Input {
    /// `-` for standard input.
    pub path: PathBuf,
    /// What the output is called: its place below the folder or glob it was found through, without extensions.
    pub name: String,
}

impl Input {
    pub fn is_stdin(&self) -> bool {
        self.path.as_os_str() == "-"
    }
}

/// What is wrong with an input.
#[derive(Debug, thiserror::Error)]
pub enum InputError {
    #[error("{path}: {source}")]
    Io { path: String, source: std::io::Error },
    #[error("{pattern}: not a pattern of file names: {reason}")]
    Glob { pattern: String, reason: String },
    #[error("{0}: no such file, and no file fits it as a pattern")]
    Nothing(String),
    #[error("{0}: the folder holds no article (looked for .txt, .md, .html and .jsonl)")]
    EmptyFolder(String),
}

/// All inputs that the arguments name, each once, in the order of the arguments and sorted within a folder or pattern.
///
/// # Errors
/// One for each argument that names nothing; the others still count.
pub fn expand(args: &[String]) -> (Vec<Input>, Vec<InputError>) {
    expand_also(args, &[])
}

/// As [`expand`]; in folders, files with one of these extensions count as well.
///
/// # Errors
/// As for [`expand`].
pub fn expand_also(args: &[String], also: &[&str]) -> (Vec<Input>, Vec<InputError>) {
    let (mut inputs, mut errors) = (Vec::new(), Vec::new());
    let mut seen = BTreeSet::new();
    for arg in args {
        match expand_one(arg, also) {
            Ok(found) => inputs.extend(found.into_iter().filter(|i| seen.insert(i.path.clone()))),
            Err(e) => errors.push(e),
        }
    }
    disambiguate(&mut inputs);
    (inputs, errors)
}

fn expand_one(arg: &str, also: &[&str]) -> Result<Vec<Input>, InputError> {
    let path = Path::new(arg);
    if arg == "-" {
        return Ok(vec![Input { path: path.into(), name: "stdin".into() }]);
    }
    // A file is a file, even where its name holds the characters of a pattern.
    if path.is_dir() {
        let found = walk(path, &|file| {
            let name = file.file_name().map(|n| n.to_string_lossy().to_lowercase()).unwrap_or_default();
            let ours = [".en.md", ".en.txt"].iter().any(|e| name.ends_with(e)) || name == crate::journal::INDEX;
            let extension = file.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
            let extension = extension.as_str();
            !ours && !name.starts_with('.') && (EXTENSIONS.contains(&extension) || also.contains(&extension))
        })?;
        return if found.is_empty() { Err(InputError::EmptyFolder(arg.into())) } else { Ok(found) };
    }
    if path.exists() {
        let name = path.file_name().map(PathBuf::from).unwrap_or_default();
        return Ok(vec![Input { path: path.into(), name: stem(&name) }]);
    }
    if arg.contains(['*', '?', '[', '{']) {
        let glob = GlobBuilder::new(arg).literal_separator(true).build();
        let glob = glob.map_err(|e| InputError::Glob { pattern: arg.into(), reason: e.kind().to_string() })?;
        let matcher = glob.compile_matcher();
        let found = walk(&literal_prefix(arg), &|file| matcher.is_match(file.strip_prefix("./").unwrap_or(file)))?;
        if !found.is_empty() {
            return Ok(found);
        }
    }
    Err(InputError::Nothing(arg.into()))
}

/// The folder that a pattern starts from.
fn literal_prefix(pattern: &str) -> PathBuf {
    let plain = |part: &&str| !part.contains(['*', '?', '[', '{']);
    let parts: Vec<&str> = pattern.split('/').collect();
    let prefix = parts[..parts.len() - 1].iter().copied().take_while(plain).collect::<Vec<_>>().join("/");
    match prefix.as_str() {
        "" if pattern.starts_with('/') => "/".into(),
        "" => ".".into(),
        prefix => prefix.into(),
    }
}

fn walk(root: &Path, keep: &dyn Fn(&Path) -> bool) -> Result<Vec<Input>, InputError> {
    let mut found = Vec::new();
    for entry in walkdir::WalkDir::new(root).follow_links(true).sort_by_file_name() {
        let entry = entry.map_err(|e| InputError::Io {
            path: e.path().unwrap_or(root).display().to_string(),
            source: e.into_io_error().unwrap_or_else(|| std::io::Error::other("links in a circle")),
        })?;
        if entry.file_type().is_file() && keep(entry.path()) {
            let below = entry.path().strip_prefix(root).unwrap_or(entry.path());
            found.push(Input { path: entry.path().to_path_buf(), name: stem(below) });
        }
    }
    Ok(found)
}

/// The name without its extension and without `.fr` before it, with `/` between folders.
fn stem(path: &Path) -> String {
    let stem = path.with_extension("");
    let stem = if stem.extension().is_some_and(|e| e == "fr") { stem.with_extension("") } else { stem };
    let parts: Vec<String> = stem.iter().map(|p| p.to_string_lossy().into_owned()).collect();
    parts.join("/")
}

/// Inputs that would be written to the same name (`a/x.txt` and `b/x.txt` given one by one, `x.txt` and `x.html`) get a
/// hash of their path behind it: the same in every run, whatever else is in the batch.
fn disambiguate(inputs: &mut [Input]) {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for input in inputs.iter() {
        *count.entry(input.name.to_lowercase()).or_default() += 1;
    }
    for input in inputs.iter_mut().filter(|i| count[&i.name.to_lowercase()] > 1) {
        let absolute = std::path::absolute(&input.path).unwrap_or_else(|_| input.path.clone());
        input.name = format!("{}-{}", input.name, short_hash(&absolute.to_string_lossy()));
    }
}

/// Output name of one article of a file that holds several. The identifier is data: only letters, digits, `.`, `_` and
/// `-` of it reach a file name, never a path.
pub fn article_name(input: &str, id: &str) -> String {
    let mut clean: String =
        id.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-') { c } else { '-' }).collect();
    clean.truncate(60);
    while clean.contains("..") {
        clean = clean.replace("..", ".");
    }
    let clean = clean.trim_matches('.').to_string();
    if clean == id && !clean.is_empty() {
        format!("{input}-{clean}")
    } else {
        format!("{input}-{clean}-{}", short_hash(id)).replace("--", "-")
    }
}

fn short_hash(text: &str) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(text).iter().take(4).map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(args: &[&Path]) -> Vec<String> {
        let args: Vec<String> = args.iter().map(|p| p.display().to_string()).collect();
        let (inputs, errors) = expand(&args);
        assert!(errors.is_empty(), "{errors:?}");
        inputs.into_iter().map(|i| i.name).collect()
    }

    fn tree() -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for name in ["a/x.fr.txt", "b/x.fr.txt", "b/y.html", "b/y.en.md", "b/picture.png"] {
            let path = dir.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "x").unwrap();
        }
        dir
    }

    #[test]
    fn a_folder_is_mirrored_and_its_dispatches_are_no_inputs() {
        assert_eq!(names(&[tree().path()]), ["a/x", "b/x", "b/y"]);
    }

    #[test]
    fn equal_names_from_different_folders_do_not_collide() {
        let dir = tree();
        let (a, b) = (dir.path().join("a/x.fr.txt"), dir.path().join("b/x.fr.txt"));
        let both = names(&[&a, &b]);
        assert_ne!(both[0], both[1]);
        assert_eq!(names(&[&b, &a])[1], both[0], "the order of the arguments changes no name");
    }

    #[test]
    fn a_pattern_finds_files_and_a_file_counts_once() {
        let dir = tree();
        assert_eq!(names(&[&dir.path().join("*/x*.txt"), &dir.path().join("a/x.fr.txt")]), ["a/x", "b/x"]);
    }

    #[test]
    fn a_pattern_that_fits_nothing_is_an_error() {
        let (inputs, errors) = expand(&["no/such/*.txt".into()]);
        assert!(inputs.is_empty());
        assert!(matches!(errors.as_slice(), [InputError::Io { .. } | InputError::Nothing(_)]));
    }

    #[test]
    fn an_identifier_never_becomes_a_path() {
        assert_eq!(article_name("in", "2024-7"), "in-2024-7");
        for id in ["../../etc/passwd", "a/b", "", "é", &"x".repeat(300)] {
            let name = article_name("in", id);
            assert!(!name.contains('/') && !name.contains("..") && name.len() < 90, "{name}");
        }
        assert_ne!(article_name("in", "a/b"), article_name("in", "a?b"));
    }
}
