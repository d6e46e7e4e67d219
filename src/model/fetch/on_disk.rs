//! Finds a model that is already on this machine, and checks whether its file is sound.

use std::path::{Path, PathBuf};

use super::hub_cache::HubCache;
use super::{FetchError, FetchOptions, LocalModel, hub, sha256_cached, sha256_fresh, verify};
use crate::model::manifest::{HubSource, Manifest, ModelRef};

/// What is known of the model that is looked for. If it is named by the path of its file, only the
/// id is known.
pub(super) struct Wanted<'a> {
    pub id: String,
    /// Its manifest, if it is one of the known models.
    pub manifest: Option<&'a Manifest>,
    /// Where the model is on the hub, if it is there.
    pub hub: Option<&'a HubSource>,
}

impl<'a> Wanted<'a> {
    pub(super) fn new(model: &'a ModelRef) -> Self {
        let (manifest, hub) = match model {
            ModelRef::Known(m) => (Some(&**m), m.hub.as_ref()),
            ModelRef::Hub(h) => (None, Some(h)),
            ModelRef::File(_) => (None, None),
        };
        Wanted { id: model.id(), manifest, hub }
    }

    /// The SHA-256 that the manifest gives, if it gives one.
    pub(super) fn pinned(&self) -> Option<&'a str> {
        self.manifest.and_then(|m| m.sha256.as_deref())
    }

    /// The SHA-256 that the file at `path` should have: the manifest's, or else the one that is the
    /// name of the file in the hub's cache. `None` if neither is known.
    pub(super) fn sha256_of(&self, path: &Path) -> Option<String> {
        let file_name = || {
            let name = path.canonicalize().ok()?.file_name()?.to_str()?.to_owned();
            Some(name).filter(|n| hub::is_sha256(n))
        };
        self.pinned().map(str::to_owned).or_else(file_name)
    }
}

/// Files on this machine that may be the model, at most one in each cache: depeche's own cache
/// first, then the hub's.
pub(super) fn candidates(wanted: &Wanted, options: &FetchOptions) -> Vec<PathBuf> {
    let own = wanted.manifest.map(|m| options.cache.model_file(m)).filter(|p| p.is_file());
    let hub = wanted.hub.and_then(|h| HubCache::new(&options.hub.cache, &h.repo).find(h, wanted.pinned()));
    own.into_iter().chain(hub).collect()
}

/// What was found of a model on this machine.
pub(super) enum OnDisk {
    /// A sound file.
    Good(Box<LocalModel>),
    /// There are files, but each has a wrong hash or is no GGUF file. The error is that of the last one.
    Damaged(FetchError),
    Nothing,
}

/// Looks for the model in both caches, and returns the first file that is sound. A file is sound if it has the hash
/// that it should have, or, where no hash is known, if it is a GGUF file.
///
/// # Errors
/// When a file that is there cannot be read, or the user wants to stop.
pub(super) fn look(wanted: &Wanted, options: &FetchOptions) -> Result<OnDisk, FetchError> {
    let mut seen = OnDisk::Nothing;
    for path in candidates(wanted, options) {
        let hash = if options.recheck { sha256_fresh } else { sha256_cached };
        let found = hash(&options.cache, &path, &wanted.id, options.progress)?;
        let problem = match wanted.sha256_of(&path) {
            Some(expected) if expected != found => {
                Some(FetchError::Damaged { id: wanted.id.clone(), path: path.clone(), expected, found: found.clone() })
            }
            Some(_) => None,
            // Where no hash is known, only this tells a model from an error page that some client
            // has saved under the model's name.
            None => verify::require_gguf(&path).err(),
        };
        if let Some(problem) = problem {
            seen = OnDisk::Damaged(problem);
            continue;
        }
        if let OnDisk::Damaged(FetchError::Damaged { path, .. }) = &seen {
            remove_own(path, wanted, options);
        }
        return Ok(OnDisk::Good(Box::new(local(wanted, path, found))));
    }
    Ok(seen)
}

/// Removes a damaged file when there is a good one as well, so that `verify` does not report the damaged one again and
/// again. Only a file in depeche's own cache is removed: the hub's cache belongs to other programs too.
fn remove_own(path: &Path, wanted: &Wanted, options: &FetchOptions) {
    if path.starts_with(options.cache.root()) && std::fs::remove_file(path).is_ok() {
        options
            .progress
            .note(&format!("removed a damaged file of {}; there is a good one in the hub's cache", wanted.id));
    }
}

/// The record of the model whose file is at `path` and has this SHA-256.
pub(super) fn local(wanted: &Wanted, path: PathBuf, sha256: String) -> LocalModel {
    LocalModel { path, id: wanted.id.clone(), sha256: Some(sha256), manifest: wanted.manifest.cloned() }
}
