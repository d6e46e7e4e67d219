//! Finds the inputs that a command line names (files, folders, patterns and `-`), and gives the outputs their names.

use crate::report::text::is_unprintable;
use globset::GlobBuilder;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::{Path, PathBuf};

/// Extensions of the articles that are looked for in folders.
const EXTENSIONS: [&str; 6] = ["txt", "md", "markdown", "html", "htm", "jsonl"];

/// One input of a command: a file, or standard input.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Input {
    /// The file; `-` for standard input.
    pub path: PathBuf,
    /// Name of the output: the path of the file below the folder (or the fixed part of the pattern)
    /// in which it was found; the file's own name, if it was given by itself; or `stdin`. The
    /// extension and a `.fr` before it are left out. A hash is appended if two inputs would have
    /// the same name, or if the name is not Unicode.
    pub name: String,
}

impl InputError {
    /// Whether the input holds nothing to work on, rather than being wrong. Exit codes tell the two apart.
    pub fn is_empty_input(&self) -> bool {
        matches!(self, InputError::EmptyFolder(_))
    }
}

impl Input {
    /// Whether the input is standard input.
    pub fn is_stdin(&self) -> bool {
        self.path.as_os_str() == "-"
    }
}

/// What is wrong with an input.
#[derive(Debug, thiserror::Error)]
pub enum InputError {
    #[error("{path}: cannot be read: {source}")]
    Io { path: String, source: std::io::Error },
    #[error("{pattern}: not a pattern of file names: {reason}")]
    Glob { pattern: String, reason: String },
    #[error("{0}: no such file, and no file fits it as a pattern")]
    Nothing(String),
    #[error("{0}: the folder holds no article (looked for .txt, .md, .html and .jsonl)")]
    EmptyFolder(String),
}

/// All inputs that the arguments name, each path once, in the order of the arguments and sorted within a folder or
/// pattern.
///
/// # Errors
/// One for each argument that names no input or is no valid pattern, and one for each entry that
/// cannot be read. Of the entries of a folder, only folders, links to a folder above them and entries whose
/// name is looked for are reported; of those found for a pattern, only the ones that fit it. What
/// the other arguments and entries name is still returned.
pub fn expand(args: &[String]) -> (Vec<Input>, Vec<InputError>) {
    expand_also(args, &[])
}

/// Does what [`expand`] does, but in folders also finds files with one of the extensions `also`.
///
/// # Errors
/// The same as for [`expand`].
pub fn expand_also(args: &[String], also: &[&str]) -> (Vec<Input>, Vec<InputError>) {
    let (mut inputs, mut errors) = (Vec::new(), Vec::new());
    let mut seen = BTreeSet::new();
    for arg in args {
        match expand_one(arg, also, &mut errors) {
            Ok(found) => inputs.extend(found.into_iter().filter(|i| seen.insert(i.path.clone()))),
            Err(e) => errors.push(e),
        }
    }
    disambiguate(&mut inputs);
    (inputs, errors)
}

/// What an argument names. Entries of a folder or pattern that cannot be read (a link to nothing, a folder of another
/// user) are added to `errors` one by one.
fn expand_one(arg: &str, also: &[&str], errors: &mut Vec<InputError>) -> Result<Vec<Input>, InputError> {
    let path = Path::new(arg);
    if arg == "-" {
        return Ok(vec![Input { path: path.into(), name: "stdin".into() }]);
    }
    // An argument that exists as a path is not read as a pattern.
    if path.is_dir() {
        let before = errors.len();
        let found = walk(path, errors, &|file| {
            let name = file.file_name().map(|n| n.to_string_lossy().to_lowercase()).unwrap_or_default();
            // English texts (`.en.md` is a dispatch, `.en.txt` a translation) and indexes are no articles.
            let ours = [".en.md", ".en.txt"].iter().any(|e| name.ends_with(e)) || crate::journal::is_index(&name);
            let extension = file.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
            let extension = extension.as_str();
            !ours && !name.starts_with('.') && (EXTENSIONS.contains(&extension) || also.contains(&extension))
        });
        let nothing = found.is_empty() && errors.len() == before;
        return if nothing { Err(InputError::EmptyFolder(arg.into())) } else { Ok(found) };
    }
    if path.exists() {
        let name = path.file_name().map(PathBuf::from).unwrap_or_default();
        return Ok(vec![Input { path: path.into(), name: stem(&name) }]);
    }
    if arg.contains(['*', '?', '[', '{']) {
        // Files below the current folder are matched without "./" at the front.
        let pattern = arg.strip_prefix("./").unwrap_or(arg);
        let glob = GlobBuilder::new(pattern).literal_separator(true).build();
        let glob = glob.map_err(|e| InputError::Glob { pattern: arg.into(), reason: e.kind().to_string() })?;
        let matcher = glob.compile_matcher();
        let fits = |file: &Path| matcher.is_match(file.strip_prefix("./").unwrap_or(file));
        let mut problems = Vec::new();
        let found = walk(&literal_prefix(arg), &mut problems, &fits);
        // What cannot be read is reported only if its path fits the pattern.
        problems.retain(|e| matches!(e, InputError::Io { path, .. } if fits(Path::new(path))));
        let nothing = found.is_empty() && problems.is_empty();
        errors.append(&mut problems);
        if !nothing {
            return Ok(found);
        }
    }
    Err(InputError::Nothing(arg.into()))
}

/// The folder that is searched for files that fit a pattern: the path before its first part with a
/// wildcard. If nothing is before it, this is the current folder, or `/` for an absolute pattern.
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

/// The files below `root` that `keep` accepts, sorted by name; links are followed. An entry that
/// cannot be read is added to `errors` if it is `root`, a folder or a link to a folder above it, or if
/// `keep` accepts it.
fn walk(root: &Path, errors: &mut Vec<InputError>, keep: &dyn Fn(&Path) -> bool) -> Vec<Input> {
    let mut found = Vec::new();
    for entry in walkdir::WalkDir::new(root).follow_links(true).sort_by_file_name() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(e) => {
                let path = e.path().unwrap_or(root).to_path_buf();
                // Anything else, such as a link to nothing, would not have been read anyway unless
                // `keep` accepts it.
                if path == root || path.is_dir() || e.loop_ancestor().is_some() || keep(&path) {
                    let links = "links in a circle";
                    let source = e.into_io_error().unwrap_or_else(|| std::io::Error::other(links));
                    errors.push(InputError::Io { path: path.display().to_string(), source });
                }
                continue;
            }
        };
        if entry.file_type().is_file() && keep(entry.path()) {
            let below = entry.path().strip_prefix(root).unwrap_or(entry.path());
            found.push(Input { path: entry.path().to_path_buf(), name: stem(below) });
        }
    }
    found
}

/// The path as the name of an output: without its extension and a `.fr` before it, and with `/`
/// between folders.
fn stem(path: &Path) -> String {
    let stem = path.with_extension("");
    let stem = if stem.extension().is_some_and(|e| e == "fr") { stem.with_extension("") } else { stem };
    let parts: Vec<String> = stem.iter().map(|p| p.to_string_lossy().into_owned()).collect();
    let name = parts.join("/");
    // Different names that are not Unicode may become the same in `to_string_lossy`. A hash of
    // their bytes keeps them apart.
    if stem.to_str().is_some() { name } else { format!("{name}-{}", short_hash(stem.as_os_str().as_encoded_bytes())) }
}

/// Appends a hash to the names of inputs that would have the same output name: `a/x.txt` and
/// `b/x.txt` given one by one, or `x.txt` and `x.html`. The hash is that of the absolute path, so
/// it is the same in every run. Names that differ only in capitals count as the same.
fn disambiguate(inputs: &mut [Input]) {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for input in inputs.iter() {
        *count.entry(input.name.to_lowercase()).or_default() += 1;
    }
    for input in inputs.iter_mut().filter(|i| count[&i.name.to_lowercase()] > 1) {
        let absolute = std::path::absolute(&input.path).unwrap_or_else(|_| input.path.clone());
        input.name = format!("{}-{}", input.name, short_hash(absolute.as_os_str().as_encoded_bytes()));
    }
}

/// Output name of one article of the file `input`, which holds several; `id` is the identifier of
/// the article. Only ASCII letters, digits, `.`, `_` and `-` are taken over from the identifier, so
/// that the name cannot lead to another folder. If the identifier is empty or had to be changed, a
/// hash of the original is appended, which keeps it apart from others.
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
        format!("{input}-{}", format!("{clean}-{}", short_hash(id)).replace("--", "-"))
    }
}

/// The most bytes of each part of a name; the rest is cut off. File systems allow 255 bytes, and
/// extensions and hashes are still appended.
const MAX_NAME: usize = 180;

/// Gives every article of a run a name of its own. The same inputs get the same names in every run,
/// whichever shard the run works on.
pub struct Names {
    /// Hashes of the taken names in lower case, since some file systems do not tell capitals from small letters.
    taken: HashSet<u64>,
}

impl Names {
    /// The names of the inputs `single`, which hold one article each, count as taken from the
    /// beginning: these inputs keep their names, and articles of files that hold several get other
    /// ones.
    pub fn new<'a>(single: impl IntoIterator<Item = &'a Input>) -> Names {
        Names { taken: single.into_iter().map(|i| key(&fit(&i.name))).collect() }
    }

    /// The name of an input that is one article, in the form in which it can be written.
    pub fn of_input(&self, input: &Input) -> String {
        fit(&input.name)
    }

    /// Takes a free name for an article, and returns it: `wanted` if that is free, otherwise
    /// `wanted` with a hash appended. The hash is made from `place`, which must be different for
    /// each article.
    pub fn take(&mut self, wanted: &str, place: &str) -> String {
        let wanted = fit(wanted);
        let mut name = wanted.clone();
        for n in 0.. {
            if self.taken.insert(key(&name)) {
                break;
            }
            name = with_hash_of(&wanted, &format!("{place}{}", " again".repeat(n)));
        }
        name
    }
}

/// The name with a hash of `place` appended, which keeps it apart from the same name of another
/// place.
pub fn with_hash_of(name: &str, place: &str) -> String {
    format!("{name}-{}", short_hash(place))
}

/// Hash of a name, the same for names that differ only in capitals.
fn key(name: &str) -> u64 {
    use sha2::{Digest, Sha256};
    let digest = Sha256::digest(name.to_lowercase());
    u64::from_le_bytes(std::array::from_fn(|i| digest[i]))
}

/// The name in a form that file systems accept and a terminal can show: parts longer than
/// [`MAX_NAME`] are cut, and control characters and others that cannot be printed are replaced. A
/// part that had to be changed gets a hash of the original appended.
fn fit(name: &str) -> String {
    let part = |part: &str| {
        let clean: String = part.chars().map(|c| if is_unprintable(c) || c.is_control() { '-' } else { c }).collect();
        if clean == part && part.len() <= MAX_NAME {
            return clean;
        }
        let cut = (0..=clean.len().min(MAX_NAME)).rev().find(|&i| clean.is_char_boundary(i)).unwrap_or(0);
        with_hash_of(&clean[..cut], part)
    };
    name.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// The first four bytes of a SHA-256, as eight hexadecimal digits.
fn short_hash(text: impl AsRef<[u8]>) -> String {
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

    #[cfg(unix)]
    #[test]
    fn a_link_to_nothing_or_in_a_circle_stops_no_other_file() {
        use std::os::unix::fs::symlink;
        let dir = tree();
        symlink("nowhere.txt", dir.path().join("a/dangling.txt")).unwrap();
        symlink("nowhere.png", dir.path().join("a/picture.png")).unwrap();
        symlink("circle.txt", dir.path().join("a/circle.txt")).unwrap();
        symlink(dir.path(), dir.path().join("a/up")).unwrap();
        let (inputs, errors) = expand(&[dir.path().display().to_string()]);
        assert_eq!(inputs.iter().map(|i| i.name.as_str()).collect::<Vec<_>>(), ["a/x", "b/x", "b/y"]);
        assert_eq!(errors.len(), 3, "{errors:?}");
        let (inputs, errors) = expand(&[dir.path().join("*/x*.txt").display().to_string()]);
        assert_eq!((inputs.len(), errors.len()), (2, 0), "{errors:?}");
    }

    #[test]
    fn a_pattern_that_fits_nothing_is_an_error() {
        let (inputs, errors) = expand(&["no/such/*.txt".into()]);
        assert!(inputs.is_empty());
        assert!(matches!(errors.as_slice(), [InputError::Io { .. } | InputError::Nothing(_)]));
    }

    #[test]
    fn every_article_has_a_name_of_its_own_and_one_that_a_file_can_have() {
        let single = Input { path: "x-1.txt".into(), name: "x-1".into() };
        let give = || {
            let mut names = Names::new([&single]);
            let mut all = vec![names.of_input(&single)];
            for (n, id) in ["1", "1", "2", "2", "A", "a"].iter().enumerate() {
                all.push(names.take(&article_name("x", id), &format!("x.jsonl:{n}")));
            }
            all.push(names.take(&"é".repeat(200), "y.jsonl:1"));
            all.push(names.take("folder/line\nfeed", "z"));
            all
        };
        let all = give();
        let different: BTreeSet<String> = all.iter().map(|n| n.to_lowercase()).collect();
        assert_eq!(different.len(), all.len(), "{all:?}");
        assert_eq!((all[0].as_str(), all[3].as_str()), ("x-1", "x-2"));
        assert!(all.iter().all(|n| n.split('/').all(|p| p.len() < 200) && !n.contains('\n')), "{all:?}");
        assert_eq!(give(), all, "the same inputs have the same names in every run");
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_not_unicode_stay_apart() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;
        let dir = tempfile::tempdir().unwrap();
        for name in [b"a\xff.txt", b"a\xfe.txt"] {
            std::fs::write(dir.path().join(OsStr::from_bytes(name)), "x").unwrap();
        }
        let found = names(&[dir.path()]);
        assert_ne!(found[0], found[1]);
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
