//! The flags that choose a model and how it runs, shared by the commands that run one.

use super::fetch_progress::FetchProgress;
use crate::dispatch::{AdapterRecord, ModelRecord};
use crate::model::adapter::{self, Adapter};
use crate::model::device::{self, DeviceChoice};
use crate::model::engine::{Engine, EngineOptions};
use crate::model::fetch::{self, FetchOptions, LocalModel, Progress};
use crate::model::gguf::Gguf;
use crate::model::manifest::{self, AdapterSource, ModelRef};
use crate::pipeline::Prompts;
use anyhow::Context;
use sha2::{Digest, Sha256};
use std::num::NonZeroU16;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Flags of the model.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Model")]
pub struct ModelArgs {
    /// An id from `depeche models list`, a GGUF file, or hub-owner/hub-repo/file.gguf
    #[arg(long, value_name = "MODEL", default_value = manifest::DEFAULT_ID)]
    pub model: String,
    /// A LoRA adapter in GGUF with which it translates, instead of the model's own
    #[arg(long, value_name = "FILE", conflicts_with = "no_adapter")]
    pub adapter: Option<PathBuf>,
    /// Translate with the model's own weights alone
    #[arg(long)]
    pub no_adapter: bool,
    /// Where the model runs
    #[arg(long, value_enum, default_value_t)]
    pub device: DeviceChoice,
    /// Threads of the CPU, no more than it has cores [default: one a core]
    #[arg(long, value_name = "N")]
    pub threads: Option<NonZeroU16>,
    /// Sentences that are translated together
    #[arg(long, value_name = "N", default_value = "16")]
    pub batch: NonZeroU16,
    /// Never touch the network
    #[arg(long)]
    pub offline: bool,
}

/// A model that is on this machine, not yet loaded.
pub struct Located {
    pub local: LocalModel,
    pub record: ModelRecord,
    pub options: EngineOptions,
    adapter: Option<AdapterAt>,
    /// Whether the adapter has learned to use the sentence before.
    reads_context: bool,
    device: candle_core::Device,
}

/// Where an adapter is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AdapterAt {
    /// A file that the user named.
    File(PathBuf),
    /// One of the program's own.
    BuiltIn(&'static AdapterSource),
}

impl AdapterAt {
    /// Opens the adapter.
    pub fn open(&self) -> anyhow::Result<Adapter> {
        Ok(match self {
            AdapterAt::File(path) => Adapter::open(adapter::TRANSLATION, path)?,
            AdapterAt::BuiltIn(source) => {
                let bytes = adapter::built_in(&source.file)
                    .with_context(|| format!("the adapter {} is not built into this program", source.file))?;
                Adapter::built_in(adapter::TRANSLATION, bytes)?
            }
        })
    }

    /// The name of the adapter in records and messages.
    pub fn id(&self) -> String {
        match self {
            AdapterAt::File(path) => path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into(),
            AdapterAt::BuiltIn(source) => source.file.clone(),
        }
    }

    /// What a dispatch records of the adapter: its name and the hash of its file.
    fn record(&self) -> anyhow::Result<AdapterRecord> {
        let sha256 = match self {
            AdapterAt::File(path) => {
                let bytes = std::fs::read(path).with_context(|| format!("--adapter {}", path.display()))?;
                Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
            }
            AdapterAt::BuiltIn(source) => source.sha256.clone(),
        };
        Ok(AdapterRecord { id: self.id(), sha256 })
    }
}

impl ModelArgs {
    /// Finds the model, and fetches it where it is not on this machine. Once `cancelled` is set, a fetch stops and
    /// keeps what has come.
    pub fn find(&self, cancelled: Arc<AtomicBool>) -> anyhow::Result<(LocalModel, EngineOptions, candle_core::Device)> {
        let progress = FetchProgress::cancelled_by(cancelled);
        let local = fetch::ensure(&manifest::resolve(&self.model)?, &self.fetch_options(&progress))?;
        let mut options = EngineOptions { batch: usize::from(self.batch.get()), ..EngineOptions::default() };
        if let Some(threads) = self.threads {
            // The threads wait for each other many times a token: more of them than cores would be slower.
            let cores = std::thread::available_parallelism().map_or(1, usize::from);
            options.threads = usize::from(threads.get()).min(cores);
            if usize::from(threads.get()) > cores {
                progress
                    .note(&format!("--threads {threads}: this machine runs {cores} at a time, so {cores} are used"));
            }
        }
        Ok((local, options, self.device.open()?))
    }

    /// The adapter with which the model translates: the one that the user named, or else the one of the model's
    /// manifest; `None` with `--no-adapter`, and where there is neither.
    pub fn adapter(&self) -> anyhow::Result<Option<AdapterAt>> {
        if self.no_adapter {
            return Ok(None);
        }
        if let Some(path) = &self.adapter {
            return Ok(Some(AdapterAt::File(path.clone())));
        }
        let ModelRef::Known(model) = manifest::resolve(&self.model)? else { return Ok(None) };
        let known = manifest::by_id(&model.id).and_then(|m| m.adapter.as_ref());
        Ok(known.map(AdapterAt::BuiltIn))
    }

    /// How models are fetched: as the environment says, and offline if a flag asks for it.
    fn fetch_options<'a>(&self, progress: &'a FetchProgress) -> FetchOptions<'a> {
        let mut options = FetchOptions::from_env(progress);
        options.offline |= self.offline;
        options
    }

    /// Does what [`ModelArgs::find`] does, and also reads the headers of model and adapter, so that
    /// a file that cannot work is refused before any article is translated.
    pub fn locate(&self, cancelled: Arc<AtomicBool>) -> anyhow::Result<Located> {
        let (local, options, device) = self.find(cancelled.clone())?;
        let config = Gguf::open(&local.path)?.config()?;
        let adapter = self.adapter()?;
        let mut reads_context = false;
        if let Some(adapter) = &adapter {
            let adapter = adapter.open()?;
            adapter.check_fits(&config)?;
            reads_context = adapter.reads_context();
        }
        let progress = FetchProgress::cancelled_by(cancelled);
        let record = ModelRecord {
            id: local.id.clone(),
            sha256: local.sha256(&self.fetch_options(&progress).cache, &progress)?,
            adapter: adapter.as_ref().map(AdapterAt::record).transpose()?,
            architecture: config.architecture,
            device: device::name(&device).into(),
        };
        Ok(Located { local, record, options, adapter, reads_context, device })
    }
}

impl Located {
    /// Whether the model translates with an adapter.
    pub fn is_adapted(&self) -> bool {
        self.adapter.is_some()
    }

    /// The prompts that suit the adapter, or the model's own weights where there is no adapter.
    pub fn prompts(&self) -> Prompts {
        match self.is_adapted() {
            true => Prompts::adapted(self.reads_context),
            false => Prompts::standard(),
        }
    }

    /// Loads the model with its adapter. `progress` is told how many layers are loaded, and how
    /// many there are.
    pub fn load(&self, progress: &mut dyn FnMut(usize, usize)) -> anyhow::Result<Engine> {
        let adapters = self.adapter.iter().map(AdapterAt::open).collect::<Result<Vec<_>, _>>()?;
        Engine::load(&self.local.path, &adapters, &self.device, self.options.clone(), progress)
            .with_context(|| format!("cannot load {}", self.local.id))
    }
}
