//! depeche's own cache folder: model files that came as wheels, the stamps of files whose hash is known, and locks. The
//! answers that models give for `--deep` are kept there as well, in a folder of their own.

use std::env;
use std::path::{Path, PathBuf};

use crate::model::manifest::Manifest;

/// The cache folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cache {
    root: PathBuf,
}

impl Cache {
    /// The cache in the folder `root`, which need not exist yet.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Cache { root: root.into() }
    }

    /// `$DEPECHE_CACHE`, else `$XDG_CACHE_HOME/depeche`, else `~/.cache/depeche`, else (without a home folder)
    /// `depeche` in the system's folder for temporary files. Empty variables count as unset, and so does a relative
    /// `XDG_CACHE_HOME` (XDG Base Directory Specification).
    pub fn from_env() -> Self {
        Cache::new(root(|name| env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from), env::home_dir()))
    }

    /// The folder itself.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folder of one model, in which its file is put together from wheels.
    pub fn model_dir(&self, id: &str) -> PathBuf {
        self.root.join("models").join(id)
    }

    /// Where the file of a model is put once it is complete and checked.
    pub fn model_file(&self, manifest: &Manifest) -> PathBuf {
        self.model_dir(&manifest.id).join(&manifest.file)
    }

    /// The lock that a process holds while it fetches the model `id`, which may be `owner/repo/file.gguf`.
    pub(super) fn lock_file(&self, id: &str) -> PathBuf {
        self.root.join("locks").join(format!("{}.lock", id.replace(['/', '\\'], "--")))
    }

    /// The folder of the stamps, which say what hash a file had when it was last read.
    pub(super) fn stamps(&self) -> PathBuf {
        self.root.join("stamps")
    }
}

fn root(var: impl Fn(&str) -> Option<PathBuf>, home: Option<PathBuf>) -> PathBuf {
    var("DEPECHE_CACHE")
        .or_else(|| var("XDG_CACHE_HOME").filter(|p| p.is_absolute()).map(|p| p.join("depeche")))
        .or_else(|| home.map(|h| h.join(".cache").join("depeche")))
        .unwrap_or_else(|| env::temp_dir().join("depeche"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cache_folder_follows_its_own_variable_then_xdg_then_home() {
        let with = |set: &'static [(&'static str, &'static str)]| {
            root(
                move |name| set.iter().find(|(k, _)| *k == name).map(|(_, v)| PathBuf::from(v)),
                Some(PathBuf::from("/home/ana")),
            )
        };
        assert_eq!(with(&[("DEPECHE_CACHE", "/big/d"), ("XDG_CACHE_HOME", "/xdg")]), Path::new("/big/d"));
        assert_eq!(with(&[("XDG_CACHE_HOME", "/xdg")]), Path::new("/xdg/depeche"));
        assert_eq!(with(&[("XDG_CACHE_HOME", "relative")]), Path::new("/home/ana/.cache/depeche"));
        assert_eq!(with(&[]), Path::new("/home/ana/.cache/depeche"));
    }
}
