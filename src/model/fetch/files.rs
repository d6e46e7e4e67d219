//! Helpers for files and paths.

use std::fs;
use std::path::{Path, PathBuf};

/// The path with `suffix` appended to its file name.
pub(super) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// The size of the largest file in a folder or the folders inside it, in bytes. A folder that
/// cannot be listed counts as empty, and so does a file whose size cannot be found out, for example
/// because it was removed meanwhile.
pub(super) fn largest_below(dir: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(dir) else { return 0 };
    entries
        .flatten()
        .map(|e| match e.metadata() {
            Ok(m) if m.is_dir() => largest_below(&e.path()),
            Ok(m) => m.len(),
            Err(_) => 0,
        })
        .max()
        .unwrap_or(0)
}
