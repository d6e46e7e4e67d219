//! The hub's cache on this machine, in the layout that all clients of the hub use, and the settings that these clients
//! share.
//!
//! Layout: <https://huggingface.co/docs/huggingface_hub/guides/manage-cache>. Variables:
//! <https://huggingface.co/docs/huggingface_hub/package_reference/environment_variables>.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{FetchError, files};
use crate::model::manifest::HubSource;

const DEFAULT_ENDPOINT: &str = "https://huggingface.co";
/// The [patience](HubSettings::patience) outside of tests.
const PATIENCE: Duration = Duration::from_secs(30);

/// Where the hub is and where its files are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HubSettings {
    /// The hub's base URL, such as `https://huggingface.co`.
    pub endpoint: String,
    /// The folder that holds a folder `models--owner--repo` for each repository.
    pub cache: PathBuf,
    /// The token that is sent to the hub, if there is one.
    pub token: Option<String>,
    /// If a transfer brings less than 64 KiB in this time, it fails, and the Python wheels may be
    /// tried.
    pub patience: Duration,
}

impl HubSettings {
    /// The settings that the environment gives: `HF_ENDPOINT`, `HF_HUB_CACHE`, `HF_HOME`,
    /// `XDG_CACHE_HOME`, `HF_TOKEN`, `HF_TOKEN_PATH` and `HF_HUB_DISABLE_IMPLICIT_TOKEN`.
    pub fn from_env() -> Self {
        Self::from(&|name| env::var(name).ok().filter(|v| !v.is_empty()), env::home_dir())
    }

    fn from(var: &dyn Fn(&str) -> Option<String>, home: Option<PathBuf>) -> Self {
        let path = |name: &str| var(name).map(PathBuf::from);
        let hf_home = path("HF_HOME").unwrap_or_else(|| {
            let cache = path("XDG_CACHE_HOME").or_else(|| home.map(|h| h.join(".cache")));
            cache.unwrap_or_else(env::temp_dir).join("huggingface")
        });
        let saved = || fs::read_to_string(path("HF_TOKEN_PATH").unwrap_or_else(|| hf_home.join("token"))).ok();
        let implicit = !var("HF_HUB_DISABLE_IMPLICIT_TOKEN").is_some_and(|v| is_true(&v));
        let token = if implicit { var("HF_TOKEN").or_else(saved) } else { None };
        HubSettings {
            endpoint: var("HF_ENDPOINT").unwrap_or_else(|| DEFAULT_ENDPOINT.into()),
            cache: path("HF_HUB_CACHE").unwrap_or_else(|| hf_home.join("hub")),
            token: token.map(|t| t.trim().to_owned()).filter(|t| !t.is_empty()),
            patience: PATIENCE,
        }
    }
}

impl HubSettings {
    /// The endpoint without user name and password.
    pub fn shown(&self) -> String {
        super::hub_client::redact(&self.endpoint)
    }
}

/// Whether `HF_HUB_OFFLINE` forbids the network.
pub(super) fn offline_by_env() -> bool {
    env::var("HF_HUB_OFFLINE").is_ok_and(|v| is_true(&v))
}

/// Whether the value of a variable means yes.
fn is_true(value: &str) -> bool {
    ["1", "on", "yes", "true"].contains(&value.to_lowercase().as_str())
}

/// The part of the cache that belongs to one repository.
pub(super) struct HubCache {
    dir: PathBuf,
}

impl HubCache {
    pub(super) fn new(cache: &Path, repo: &str) -> Self {
        HubCache { dir: cache.join(format!("models--{}", repo.replace('/', "--"))) }
    }

    /// Where the bytes with this ETag are kept once they are complete.
    pub(super) fn blob(&self, etag: &str) -> PathBuf {
        self.dir.join("blobs").join(etag)
    }

    /// Where the bytes with this ETag are collected until they are complete and checked.
    pub(super) fn part(&self, etag: &str) -> PathBuf {
        files::with_suffix(&self.blob(etag), ".depeche-part")
    }

    /// Finds a file that some client has put into the cache: the file of the revision or, if that
    /// is not there, the blob with the hash `sha256`. The name of a large file's blob is its hash,
    /// whatever revision the file came with.
    pub(super) fn find(&self, source: &HubSource, sha256: Option<&str>) -> Option<PathBuf> {
        let commit = fs::read_to_string(self.dir.join("refs").join(&source.revision));
        let commit = commit.map_or_else(|_| source.revision.clone(), |c| c.trim().to_owned());
        let pointer = self.pointer(&commit, &source.file);
        [Some(pointer), sha256.map(|s| self.blob(s))].into_iter().flatten().find(|p| p.is_file())
    }

    /// The path of the link to the blob of a file, in the folder of a commit.
    fn pointer(&self, commit: &str, file: &str) -> PathBuf {
        self.dir.join("snapshots").join(commit).join(file)
    }

    /// The lock that the hub's own Python client takes while it fetches the bytes with this ETag.
    pub(super) fn lock_file(&self, etag: &str) -> PathBuf {
        let (cache, repo) = (self.dir.parent(), self.dir.file_name());
        let locks = cache.unwrap_or(&self.dir).join(".locks").join(repo.unwrap_or_default());
        locks.join(format!("{etag}.lock"))
    }

    /// Makes a link to a blob in the folder of its commit, notes that the revision stands for this commit, and returns
    /// the path of the link.
    ///
    /// # Errors
    /// When the cache cannot be written.
    pub(super) fn point(&self, etag: &str, commit: &str, source: &HubSource) -> Result<PathBuf, FetchError> {
        let blob = self.blob(etag);
        let pointer = self.pointer(commit, &source.file);
        let dir = pointer.parent().unwrap_or(&self.dir);
        fs::create_dir_all(dir).map_err(FetchError::io("create", dir))?;
        // An earlier run may have left a link here, perhaps to a file that is gone.
        let _ = fs::remove_file(&pointer);
        // The link is relative, and leads from `snapshots/COMMIT/FILE` to `blobs/ETAG`.
        let up = "../".repeat(2 + source.file.matches('/').count());
        if symlink(&format!("{up}blobs/{etag}"), &pointer).is_err() {
            // Windows lets only some users make links. For the others, the file itself is moved to
            // where the link would be.
            fs::rename(&blob, &pointer).map_err(FetchError::io("put in place", &pointer))?;
        }
        let reference = self.dir.join("refs").join(&source.revision);
        crate::files::write_whole(&reference, commit.as_bytes()).map_err(FetchError::io("write", &reference))?;
        Ok(pointer)
    }
}

#[cfg(unix)]
fn symlink(target: &str, link: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(target, link)
}

#[cfg(windows)]
fn symlink(target: &str, link: &Path) -> std::io::Result<()> {
    std::os::windows::fs::symlink_file(target.replace('/', "\\"), link)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(set: &[(&str, &str)]) -> HubSettings {
        let var = |name: &str| set.iter().find(|(k, _)| *k == name).map(|(_, v)| (*v).to_owned());
        HubSettings::from(&var, Some("/home/ana".into()))
    }

    #[test]
    fn the_cache_is_where_the_other_clients_of_the_hub_look() {
        assert_eq!(settings(&[]).cache, Path::new("/home/ana/.cache/huggingface/hub"));
        assert_eq!(settings(&[("XDG_CACHE_HOME", "/x")]).cache, Path::new("/x/huggingface/hub"));
        assert_eq!(settings(&[("XDG_CACHE_HOME", "/x"), ("HF_HOME", "/hf")]).cache, Path::new("/hf/hub"));
        assert_eq!(settings(&[("HF_HOME", "/hf"), ("HF_HUB_CACHE", "/c")]).cache, Path::new("/c"));
    }

    #[test]
    fn the_token_comes_from_the_variable_or_the_saved_file_unless_that_is_forbidden() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("token"), "saved\n").unwrap();
        let home = dir.path().to_str().unwrap();
        assert_eq!(settings(&[("HF_HOME", home)]).token.as_deref(), Some("saved"));
        assert_eq!(settings(&[("HF_HOME", home), ("HF_TOKEN", "given")]).token.as_deref(), Some("given"));
        let forbidden = [("HF_HOME", home), ("HF_HUB_DISABLE_IMPLICIT_TOKEN", "1")];
        assert_eq!(settings(&forbidden).token, None);
    }

    #[test]
    fn a_file_put_into_the_cache_is_found_by_the_hubs_own_crate() {
        let dir = tempfile::tempdir().unwrap();
        let source = HubSource { repo: "lab/model".into(), file: "q4/m.gguf".into(), revision: "main".into() };
        let ours = HubCache::new(dir.path(), &source.repo);
        fs::create_dir_all(ours.blob("etag").parent().unwrap()).unwrap();
        fs::write(ours.blob("etag"), "GGUF").unwrap();
        let commit = "0123456789012345678901234567890123456789";
        let put = ours.point("etag", commit, &source).unwrap();

        let theirs = hf_hub::Cache::new(dir.path().into()).model(source.repo.clone());
        assert_eq!(theirs.get("q4/m.gguf"), Some(put.clone()));
        assert_eq!(fs::read(&put).unwrap(), b"GGUF");
        assert_eq!(ours.find(&source, None), Some(put));
        assert_eq!(ours.find(&HubSource { revision: "other".into(), ..source }, Some("etag")), Some(ours.blob("etag")));
    }
}
