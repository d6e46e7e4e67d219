//! A lock that lets only one process at a time fetch a model, where the file system has locks.
//! Other processes wait, and use what was fetched.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::time::Duration;

use super::{FetchError, Progress};

/// Holds the lock until it is dropped. The operating system releases it as well when the process dies.
#[derive(Debug)]
pub(super) struct Lock {
    /// The locked file; `None` where the file system has no locks.
    _file: Option<File>,
}

impl Lock {
    /// Takes the lock at `path`. While another process holds the lock, this waits, and tells the
    /// user so. `what` names what is fetched. Where the file system has no locks, nothing is
    /// locked.
    ///
    /// # Errors
    /// When the lock file cannot be made or locked, or the user wants to stop.
    pub(super) fn acquire(path: &Path, what: &str, progress: &dyn Progress) -> Result<Lock, FetchError> {
        if let Some(dir) = path.parent() {
            std::fs::create_dir_all(dir).map_err(FetchError::io("create", dir))?;
        }
        let file = File::options().create(true).append(true).open(path).map_err(FetchError::io("open", path))?;
        let locked = match file.try_lock() {
            Ok(()) => Ok(()),
            Err(TryLockError::WouldBlock) => {
                progress.note(&format!("another depeche is fetching {what}: waiting for it"));
                wait(&file, progress)?
            }
            Err(TryLockError::Error(e)) => Err(e),
        };
        match locked {
            Ok(()) => Ok(Lock { _file: Some(file) }),
            // Some network file systems have no locks. There it is better to fetch twice than not at all.
            Err(e) if e.kind() == io::ErrorKind::Unsupported => Ok(Lock { _file: None }),
            Err(e) => Err(FetchError::io("lock", path)(e)),
        }
    }
}

/// Waits for the lock by trying again and again, so that the user can stop the waiting. The inner
/// result is that of the file system; the outer error says that the user wants to stop.
fn wait(file: &File, progress: &dyn Progress) -> Result<io::Result<()>, FetchError> {
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(Ok(())),
            Err(TryLockError::WouldBlock) if progress.cancelled() => return Err(FetchError::Cancelled),
            Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(100)),
            Err(TryLockError::Error(e)) => return Ok(Err(e)),
        }
    }
}
