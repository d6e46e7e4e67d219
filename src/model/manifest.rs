//! Manifests: what is known of a model before a byte of it is on the disk, and what `--model` may name.
//!
//! The manifests are TOML files in `models/`, compiled into the program; tests check them. The hub
//! is the one of Hugging Face, or the mirror that `HF_ENDPOINT` names.

use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use thiserror::Error;

/// The model that is used when none is named.
pub const DEFAULT_ID: &str = "qwen2.5-coder-1.5b-instruct-q4_k_m";

/// What the manifest `models/ID.toml` says of one model. An unknown key is an error, because a
/// misspelt `sha256` must not pass for an absent one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// What `--model` and `models pull` take; the same as the name of the manifest's file without `.toml`.
    pub id: String,
    /// The makers' own name.
    pub name: String,
    /// One line on what it is good for, shown by `models list`.
    pub good_for: String,
    /// SPDX expression of the weights' licence.
    pub license: String,
    /// `general.architecture` of the GGUF file.
    pub architecture: String,
    /// Number of weights, as written in the model's card.
    pub parameters: String,
    /// Format of most weights, such as `Q4_K_M`.
    pub quantization: String,
    /// Tokens that prompt and answer may have together.
    pub context_length: u32,
    /// Name of the file in depeche's own cache.
    pub file: String,
    /// Length of the file in bytes. Where it is absent, the file must have the length that the hub gives.
    pub size: Option<u64>,
    /// 64 lower-case hexadecimal digits. Where the hash is absent, only the hub can serve the file, and the file is
    /// checked against the hash that the hub names, if it names one.
    pub sha256: Option<String>,
    /// Where the hub has the file.
    pub hub: Option<HubSource>,
    /// Where a package index has the file as Python wheels.
    pub wheels: Option<WheelSource>,
    /// The adapter with which the model translates unless the user says otherwise.
    pub adapter: Option<AdapterSource>,
}

/// An adapter that is built into the program, from the folder `models/adapters/`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdapterSource {
    /// Name of its file.
    pub file: String,
    /// SPDX expression of its licence.
    pub license: String,
    /// Length of the file in bytes.
    pub size: u64,
    /// 64 lower-case hexadecimal digits.
    pub sha256: String,
}

/// The file in a repository of the hub.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HubSource {
    /// `owner/name`.
    pub repo: String,
    /// Path inside the repository.
    pub file: String,
    /// A commit, or a branch. The file of a branch may change: then only the manifest's sha256 says which bytes are
    /// meant.
    pub revision: String,
}

/// The file cut into consecutive parts, each inside a Python wheel of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WheelSource {
    /// Package name, with `{n}` for the number of the part, which counts from 1.
    pub package: String,
    /// How many parts there are.
    pub count: u32,
    /// The version of all these packages.
    pub version: String,
    /// Path of the part inside the wheel; `*` stands for any characters but `/`. Exactly one file of the wheel must
    /// match.
    pub member: String,
}

impl WheelSource {
    /// Name of the package that holds part `n`, counted from 1.
    pub fn package_of(&self, n: u32) -> String {
        self.package.replace("{n}", &n.to_string())
    }
}

/// The model that the value of `--model` names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ModelRef {
    /// A model with a manifest.
    Known(Box<Manifest>),
    /// A GGUF file on this machine.
    File(PathBuf),
    /// A GGUF file in a repository of the hub, as the main branch has it.
    Hub(HubSource),
}

impl ModelRef {
    /// The model of this manifest.
    pub fn known(manifest: &Manifest) -> ModelRef {
        ModelRef::Known(Box::new(manifest.clone()))
    }

    /// The name that messages and records use for the model: the id of its manifest, the name of
    /// its file without the ending, or `owner/repo/file.gguf`.
    pub fn id(&self) -> String {
        match self {
            ModelRef::Known(m) => m.id.clone(),
            ModelRef::File(p) => p.file_stem().map_or_else(|| p.display().to_string(), |s| s.to_string_lossy().into()),
            ModelRef::Hub(h) => format!("{}/{}", h.repo, h.file),
        }
    }

    /// What a user types after `--model` to name the same model again.
    pub fn spec(&self) -> String {
        match self {
            ModelRef::File(p) => p.display().to_string(),
            _ => self.id(),
        }
    }
}

/// Why a value of `--model` names no model.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum ResolveError {
    #[error("no model is called `{spec}`{}; `depeche models list` shows the ones that depeche knows, and --model also takes a GGUF file or hub-owner/hub-repo/file.gguf", hint(.nearest))]
    Unknown { spec: String, nearest: Option<&'static str> },
    #[error("there is no file {}: give the path of a GGUF file, an id from `depeche models list`, or hub-owner/hub-repo/file.gguf", .0.display())]
    NoFile(PathBuf),
    #[error("{} is a folder: name the GGUF file inside it", .0.display())]
    Folder(PathBuf),
}

fn hint(nearest: &Option<&'static str>) -> String {
    nearest.map_or_else(String::new, |id| format!(" (did you mean `{id}`?)"))
}

macro_rules! source {
    ($id:literal) => {
        ($id, include_str!(concat!("../../models/", $id, ".toml")))
    };
}

/// The texts of the manifests, each with its id: the default model first, then from the smallest model to the largest.
const SOURCES: &[(&str, &str)] = &[
    source!("qwen2.5-coder-1.5b-instruct-q4_k_m"),
    source!("qwen2.5-coder-0.5b-instruct-q4_k_m"),
    source!("qwen3-4b-instruct-2507-q4_k_m"),
    source!("qwen2.5-7b-instruct-q4_k_m"),
    source!("eurollm-9b-instruct-q4_k_m"),
];

static MANIFESTS: LazyLock<Vec<Manifest>> = LazyLock::new(|| {
    SOURCES.iter().map(|(id, text)| parse(text).unwrap_or_else(|e| panic!("models/{id}.toml: {e}"))).collect()
});

/// Reads one manifest.
///
/// # Errors
/// When the text is no TOML, or a key is unknown, missing, or of another type.
pub fn parse(text: &str) -> Result<Manifest, toml::de::Error> {
    toml::from_str(text)
}

/// Every model that depeche knows, the default first.
pub fn all() -> &'static [Manifest] {
    &MANIFESTS
}

/// The manifest of the model with this id.
pub fn by_id(id: &str) -> Option<&'static Manifest> {
    all().iter().find(|m| m.id == id)
}

/// Finds out which model the value of `--model` names: it is an id, the path of a GGUF file, or
/// `hub-owner/hub-repo/file.gguf`.
///
/// A value that is both an id and the name of a file is taken for the id. A value that could be a
/// path or a file on the hub is taken for the path if there is such a file. A value that begins
/// with `./` is always a path.
///
/// # Errors
/// When the value is none of these, or is a folder.
pub fn resolve(spec: &str) -> Result<ModelRef, ResolveError> {
    if let Some(m) = by_id(spec) {
        return Ok(ModelRef::known(m));
    }
    let path = Path::new(spec);
    if path.is_file() {
        return Ok(ModelRef::File(path.to_owned()));
    }
    if path.is_dir() {
        return Err(ResolveError::Folder(path.to_owned()));
    }
    let is_gguf = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("gguf"));
    if is_gguf && let Some(hub) = hub_spec(spec) {
        // A known model that is named by its repository and file keeps its manifest, and with it
        // the hash and, where there are Python wheels, a second source.
        let known = all().iter().find(|m| m.hub.as_ref().is_some_and(|h| h.repo == hub.repo && h.file == hub.file));
        return Ok(known.map_or_else(|| ModelRef::Hub(hub), ModelRef::known));
    }
    if is_gguf || spec.contains(std::path::MAIN_SEPARATOR) || spec.contains('/') {
        return Err(ResolveError::NoFile(path.to_owned()));
    }
    Err(ResolveError::Unknown { spec: spec.to_owned(), nearest: nearest(spec) })
}

/// Reads `owner/repo/path/to/file.gguf`. `None` if there are fewer than three parts, if one of the
/// first two cannot be a name on the hub, or if the rest has an empty segment, `.` or `..`.
fn hub_spec(spec: &str) -> Option<HubSource> {
    let mut parts = spec.splitn(3, '/');
    let (owner, name, file) = (parts.next()?, parts.next()?, parts.next()?);
    // Names on the hub: https://huggingface.co/docs/hub/repositories-settings
    let is_name = |s: &str| {
        s.starts_with(|c: char| c.is_ascii_alphanumeric())
            && s.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
    };
    let is_file = file.split('/').all(|s| !s.is_empty() && s != "." && s != "..");
    (is_name(owner) && is_name(name) && is_file).then(|| HubSource {
        repo: format!("{owner}/{name}"),
        file: file.to_owned(),
        revision: "main".to_owned(),
    })
}

/// The first known id that contains `spec`. Letter case and separators are not compared, since a
/// user may type another separator, or leave out the quantization. `None` if there is no such id,
/// or if `spec` has fewer than three letters and digits.
fn nearest(spec: &str) -> Option<&'static str> {
    let plain = |s: &str| s.to_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "");
    let wanted = plain(spec);
    if wanted.len() < 3 {
        return None;
    }
    all().iter().map(|m| m.id.as_str()).find(|id| plain(id).contains(&wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_manifest_in_the_folder_is_compiled_in_under_its_own_id() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("models");
        let mut on_disk: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|e| e.unwrap().path())
            .filter(|p| p.extension().is_some_and(|e| e == "toml"))
            .map(|p| p.file_stem().unwrap().to_string_lossy().into_owned())
            .collect();
        on_disk.sort();
        let mut compiled: Vec<String> = all().iter().map(|m| m.id.clone()).collect();
        compiled.sort();
        assert_eq!(on_disk, compiled);
        assert_eq!(all()[0].id, DEFAULT_ID);
    }

    #[test]
    fn every_manifest_can_be_fetched_and_checked() {
        for m in all() {
            let id = &m.id;
            assert!(m.hub.is_some() || m.wheels.is_some(), "{id}: no way to the bytes");
            assert!(!m.file.contains(['/', '\\']) && m.file.ends_with(".gguf"), "{id}: file = {}", m.file);
            if let Some(sha) = &m.sha256 {
                assert!(sha.len() == 64 && sha.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')), "{id}: {sha}");
            }
            if let Some(w) = &m.wheels {
                assert!(m.sha256.is_some() && m.size.is_some(), "{id}: wheels need a hash and a size");
                assert!(w.package.contains("{n}") && w.count > 0, "{id}: {w:?}");
            }
            if let Some(h) = &m.hub {
                assert!(hub_spec(&format!("{}/{}", h.repo, h.file)).is_some(), "{id}: {h:?}");
            }
        }
    }

    #[cfg(feature = "model")]
    #[test]
    fn the_adapters_of_manifests_are_built_in_byte_for_byte() {
        use sha2::{Digest, Sha256};
        assert!(all()[0].adapter.is_some(), "the default model translates with an adapter");
        for adapter in all().iter().filter_map(|m| m.adapter.as_ref()) {
            let bytes = crate::model::adapter::built_in(&adapter.file).expect(&adapter.file);
            let sha256: String = Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect();
            assert_eq!((bytes.len() as u64, sha256), (adapter.size, adapter.sha256.clone()), "{}", adapter.file);
        }
    }

    #[test]
    fn an_unknown_key_in_a_manifest_is_an_error() {
        let misspelt = SOURCES[0].1.replace("sha256 =", "sha265 =");
        assert!(parse(&misspelt).unwrap_err().to_string().contains("sha265"));
    }

    #[test]
    fn model_takes_an_id_a_file_and_a_file_on_the_hub() {
        assert_eq!(resolve(DEFAULT_ID).unwrap().id(), DEFAULT_ID);

        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("mine.gguf");
        std::fs::write(&file, "GGUF").unwrap();
        assert_eq!(resolve(file.to_str().unwrap()), Ok(ModelRef::File(file)));

        let Ok(ModelRef::Hub(hub)) = resolve("some-lab/Some-Model-GGUF/q4/model.gguf") else { panic!() };
        assert_eq!((hub.repo.as_str(), hub.file.as_str()), ("some-lab/Some-Model-GGUF", "q4/model.gguf"));
    }

    #[test]
    fn a_known_file_named_by_its_repository_keeps_its_hash() {
        let h = all()[0].hub.as_ref().unwrap();
        assert_eq!(resolve(&format!("{}/{}", h.repo, h.file)), Ok(ModelRef::known(&all()[0])));
    }

    #[test]
    fn a_value_that_names_no_model_is_an_error_that_says_why() {
        let unknown = resolve("qwen2.5-coder-1.5b").unwrap_err().to_string();
        assert!(unknown.contains(&format!("did you mean `{DEFAULT_ID}`?")), "{unknown}");
        assert!(matches!(resolve("./nowhere/model.gguf"), Err(ResolveError::NoFile(_))));
        assert!(matches!(resolve("../up/there/model.gguf"), Err(ResolveError::NoFile(_))));
        assert!(matches!(resolve("/"), Err(ResolveError::Folder(_))));
    }
}
