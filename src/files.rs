//! Writes files whole or not at all, and never through a link to another file. In a shared folder, somebody may have
//! put a link where a file is going to be written, to make this program overwrite another file. The exception is
//! [`write_result`], for devices, pipes and what the system keeps open for this program.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// Puts a file in place whole or not at all: a reader finds either the old bytes or the new ones, even after a power
/// cut. The file is written in the same folder under a random name that did not exist before, and then renamed. A link
/// in its place is replaced, never followed. Folders that are missing are made.
///
/// # Errors
/// When the folder cannot be made, or the file cannot be written or put in place; no part of the file is left then.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write_whole_with(path, |file| file.write_all(bytes))
}

/// Does what [`write_whole`] does; `write` writes the contents piece by piece.
///
/// # Errors
/// The same as for [`write_whole`], and when `write` fails.
pub(crate) fn write_whole_with(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    // Temporary files are private by default, but this one becomes a result, which should be as
    // readable as any other new file of this user.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let file = builder.tempfile_in(folder)?;
    let mut buffer = io::BufWriter::new(file);
    write(&mut buffer)?;
    let file = buffer.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.as_file().sync_data()?;
    file.persist(path)?;
    Ok(())
}

/// Where `path` is a file, or nothing yet, does what [`write_whole`] does. Anything else but a
/// folder (`/dev/null`, a pipe) is not replaced but written into. The same holds for what the
/// system keeps open for this program (`/dev/stdout`): even if that is a file, the bytes are
/// appended to it.
///
/// # Errors
/// The same as for [`write_whole`], and when `path` is a folder.
#[cfg(feature = "cli")]
pub(crate) fn write_result(path: &Path, bytes: &[u8]) -> io::Result<()> {
    match fs::metadata(path) {
        Ok(found) if found.is_dir() => Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder")),
        Ok(found) if !found.is_file() || is_descriptor(path) => {
            fs::OpenOptions::new().append(true).open(path)?.write_all(bytes)
        }
        _ => write_whole(path, bytes),
    }
}

/// Whether the path is in a folder in which the system lists what programs have open (`/dev`,
/// `/dev/fd`, `/proc/self/fd`). Only the system can put links there, so they may be followed.
#[cfg(feature = "cli")]
fn is_descriptor(path: &Path) -> bool {
    let folder = path.parent().and_then(|folder| folder.canonicalize().ok());
    folder.is_some_and(|folder| {
        folder == Path::new("/dev") || folder == Path::new("/dev/fd") || folder.starts_with("/proc")
    })
}

#[cfg(all(test, unix, feature = "cli"))]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn a_planted_link_is_replaced_and_what_it_points_to_stays() {
        let dir = tempfile::tempdir().unwrap();
        let (victim, file) = (dir.path().join("victim"), dir.path().join("out.json"));
        fs::write(&victim, "mine").unwrap();
        for name in ["out.json", "out.json.part", ".out.json.part"] {
            symlink(&victim, dir.path().join(name)).unwrap();
        }
        write_result(&file, b"theirs").unwrap();
        assert_eq!(fs::read(&victim).unwrap(), b"mine");
        assert_eq!(fs::read(&file).unwrap(), b"theirs");
        assert!(!fs::symlink_metadata(&file).unwrap().is_symlink());
    }

    #[test]
    fn a_failure_leaves_nothing_behind() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("out.json")).unwrap();
        assert!(write_result(&dir.path().join("out.json"), b"x").is_err());
        assert!(write_whole(&dir.path().join("out.json"), b"x").is_err());
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_device_is_written_into_and_stays_one() {
        let null = Path::new("/dev/null");
        write_result(null, b"x").unwrap();
        assert!(!fs::metadata(null).unwrap().is_file());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn an_open_file_is_appended_to() {
        use std::os::fd::AsRawFd;
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(b"findings\n").unwrap();
        let opened = format!("/proc/self/fd/{}", file.as_raw_fd());
        write_result(Path::new(&opened), b"baseline\n").unwrap();
        assert_eq!(fs::read_to_string(file.path()).unwrap(), "findings\nbaseline\n");
    }
}
