//! Checks that there is enough free disk space before the first byte is fetched.

use std::io;
use std::path::Path;

use super::FetchError;

/// Bytes free for this user on the disk that holds `dir`. If `dir` does not exist yet, the disk of
/// the nearest folder above it that exists is asked.
///
/// # Errors
/// When the system doesn't say how much is free.
pub fn free(dir: &Path) -> io::Result<u64> {
    let exists = dir.ancestors().find(|p| p.exists() && !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs4::available_space(exists)
}

/// Fails if `need` bytes don't fit on the disk of `dir`.
///
/// # Errors
/// When less is free than is needed. If the system doesn't say how much is free, there is no error.
pub(super) fn require(dir: &Path, need: u64) -> Result<(), FetchError> {
    match free(dir) {
        Ok(free) if free < need => Err(FetchError::NoSpace { dir: dir.to_owned(), need, free }),
        // Some network mounts don't say how much is free, which is no reason to refuse them.
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_little_space_is_an_error_that_names_what_is_needed_and_what_is_free() {
        let dir = tempfile::tempdir().unwrap();
        let missing = dir.path().join("models/some-id");
        assert!(require(&missing, 1).is_ok());
        let refused = require(&missing, u64::MAX).unwrap_err().to_string();
        assert!(refused.contains("needed") && refused.contains("free"), "{refused}");
    }
}
