//! The hash that shows whether a file is the model, and stamps, which make it unnecessary to
//! compute the hash at every start.
//!
//! A stamp has the path, the size, the time of the last change and the sha256 of a file. As long as path, size and time
//! are the same, the hash is taken to be the same: reading a gigabyte at every start would cost a second or more.
//! `models verify` always reads the file.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use super::progress::{Progress, RunningStage, Stage};
use super::{Cache, FetchError};

/// Size of the pieces in which a file is read.
const CHUNK: usize = 1 << 20;

/// What is remembered of a file whose hash was computed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Stamp {
    /// The absolute path, with links resolved.
    path: PathBuf,
    /// In bytes.
    size: u64,
    /// When the file was last changed, in nanoseconds since 1970.
    modified: u64,
    /// 64 lower-case hexadecimal digits; empty in a stamp that [`describe`] has just made.
    sha256: String,
}

/// Computes the sha256 of a file, in lower-case hexadecimal. `label` names the file to the user.
///
/// # Errors
/// When the file cannot be read, or the user wants to stop.
pub fn sha256_file(path: &Path, label: &str, progress: &dyn Progress) -> Result<String, FetchError> {
    let io = || FetchError::io("read", path);
    let mut file = File::open(path).map_err(io())?;
    let total = file.metadata().map_err(io())?.len();
    let running = RunningStage::start(progress, Stage::Verify, label, 0, Some(total));
    let (mut hash, mut buffer, mut done) = (Sha256::new(), vec![0; CHUNK], 0);
    loop {
        let n = file.read(&mut buffer).map_err(io())?;
        if n == 0 {
            return Ok(hex(&hash.finalize()));
        }
        hash.update(&buffer[..n]);
        done += n as u64;
        running.advance_to(done)?;
    }
}

/// The sha256 of a file, from its stamp. If there is no stamp, or the file has changed, the hash is computed and a new
/// stamp is written.
///
/// # Errors
/// As [`sha256_file`].
pub fn sha256_cached(cache: &Cache, path: &Path, label: &str, progress: &dyn Progress) -> Result<String, FetchError> {
    match stamped(cache, path) {
        Some(sha256) => Ok(sha256),
        None => sha256_fresh(cache, path, label, progress),
    }
}

/// The sha256 of a file. It is always computed, even if there is a stamp, and a new stamp is written.
///
/// # Errors
/// As [`sha256_file`].
pub fn sha256_fresh(cache: &Cache, path: &Path, label: &str, progress: &dyn Progress) -> Result<String, FetchError> {
    // Size and time are taken before the bytes are read. If the file changes meanwhile, the stamp
    // does not fit the file afterwards, and is not used.
    let mut stamp = describe(path).map_err(FetchError::io("read", path))?;
    stamp.sha256 = sha256_file(path, label, progress)?;
    write(cache, &stamp);
    Ok(stamp.sha256)
}

/// Writes the stamp of a file whose hash has been computed already. If this fails, the hash will
/// only be computed again.
pub(super) fn stamp(cache: &Cache, path: &Path, sha256: &str) {
    if let Ok(stamp) = describe(path) {
        write(cache, &Stamp { sha256: sha256.to_owned(), ..stamp });
    }
}

/// Writes a stamp into the cache.
fn write(cache: &Cache, stamp: &Stamp) {
    // If the cache cannot be written, the hash is computed again at the next start, and nothing else is lost.
    let _ = crate::files::write_whole(&stamp_file(cache, &stamp.path), &serde_json::to_vec(stamp).unwrap_or_default());
}

/// The hash that the stamp of a file has; `None` if there is no stamp, the file has changed since,
/// or it does not exist.
pub fn stamped(cache: &Cache, path: &Path) -> Option<String> {
    let now = describe(path).ok()?;
    let stamp: Stamp = serde_json::from_slice(&fs::read(stamp_file(cache, &now.path)).ok()?).ok()?;
    (Stamp { sha256: String::new(), ..stamp.clone() } == now).then_some(stamp.sha256)
}

/// Checks that a file begins with the letters GGUF, as every model does.
///
/// # Errors
/// When the file cannot be read, begins with something else, or has fewer than four bytes.
pub(super) fn require_gguf(path: &Path) -> Result<(), FetchError> {
    let mut magic = [0; 4];
    let read = File::open(path).and_then(|mut f| f.read_exact(&mut magic));
    match read {
        Ok(()) if magic == *b"GGUF" => Ok(()),
        Err(e) if e.kind() != io::ErrorKind::UnexpectedEof => Err(FetchError::io("read", path)(e)),
        _ => Err(FetchError::NotGguf(path.to_owned())),
    }
}

/// A stamp of the file as it is now, without a hash.
fn describe(path: &Path) -> io::Result<Stamp> {
    let path = path.canonicalize()?;
    let meta = fs::metadata(&path)?;
    let modified = meta.modified()?.duration_since(UNIX_EPOCH).map_or(0, |d| d.as_nanos() as u64);
    Ok(Stamp { path, size: meta.len(), modified, sha256: String::new() })
}

/// Where the stamp of the file with this absolute path is.
fn stamp_file(cache: &Cache, canonical: &Path) -> PathBuf {
    let name = hex(&Sha256::digest(canonical.as_os_str().as_encoded_bytes()));
    cache.stamps().join(format!("{}.json", &name[..16]))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::super::Silent;
    use super::*;

    #[test]
    fn the_hash_is_the_published_one_of_the_test_vector() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("abc");
        fs::write(&file, "abc").unwrap();
        // FIPS 180-2, appendix B.1.
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256_file(&file, "abc", &Silent).unwrap(), expected);
    }

    #[test]
    fn a_stamp_is_valid_until_the_file_changes() {
        let dir = tempfile::tempdir().unwrap();
        let (cache, file) = (Cache::new(dir.path().join("cache")), dir.path().join("m.gguf"));
        fs::write(&file, "first").unwrap();
        assert_eq!(stamped(&cache, &file), None);
        let first = sha256_cached(&cache, &file, "m", &Silent).unwrap();
        assert_eq!(stamped(&cache, &file), Some(first.clone()));

        // This text is as long as the first one, so the time is what tells the files apart. The
        // time is set, because the clock of the file system may be too coarse to tell two quick
        // writes apart.
        fs::write(&file, "other").unwrap();
        File::options().write(true).open(&file).unwrap().set_modified(UNIX_EPOCH).unwrap();
        assert_eq!(stamped(&cache, &file), None);
        assert_ne!(sha256_cached(&cache, &file, "m", &Silent).unwrap(), first);
    }

    #[test]
    fn a_text_file_is_no_model() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("m.gguf");
        for bytes in [&b"<html>not here</html>"[..], b"GG", b""] {
            fs::write(&file, bytes).unwrap();
            assert!(matches!(require_gguf(&file), Err(FetchError::NotGguf(_))));
        }
        fs::write(&file, b"GGUF\x03\0\0\0").unwrap();
        assert!(require_gguf(&file).is_ok());
    }
}
