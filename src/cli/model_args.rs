//! The flags that choose a model and how it runs, shared by every command that generates text.

use super::fetch_progress::FetchProgress;
use crate::dispatch::ModelRecord;
use crate::model::device::{self, DeviceChoice};
use crate::model::engine::{Engine, EngineOptions};
use crate::model::fetch::{self, FetchOptions, LocalModel};
use crate::model::gguf::Gguf;
use crate::model::manifest;
use anyhow::Context;
use std::num::NonZeroU16;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Flags of the model.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Model")]
pub struct ModelArgs {
    /// An id from `depeche models list`, a GGUF file, or hub-owner/hub-repo/file.gguf
    #[arg(long, value_name = "MODEL", default_value = manifest::DEFAULT_ID)]
    pub model: String,
    /// Where the model runs
    #[arg(long, value_enum, default_value_t)]
    pub device: DeviceChoice,
    /// Threads of the CPU [default: one a core]
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
    device: candle_core::Device,
}

impl ModelArgs {
    /// Finds the model, fetching it where it is not here. Once `cancelled` is set, a fetch stops and keeps what has come.
    pub fn find(&self, cancelled: Arc<AtomicBool>) -> anyhow::Result<(LocalModel, EngineOptions, candle_core::Device)> {
        let progress = FetchProgress::cancelled_by(cancelled);
        let local = fetch::ensure(&manifest::resolve(&self.model)?, &self.fetch_options(&progress))?;
        let mut options = EngineOptions { batch: usize::from(self.batch.get()), ..EngineOptions::default() };
        if let Some(threads) = self.threads {
            options.threads = usize::from(threads.get());
        }
        Ok((local, options, self.device.open()?))
    }

    fn fetch_options<'a>(&self, progress: &'a FetchProgress) -> FetchOptions<'a> {
        let mut options = FetchOptions::from_env(progress);
        options.offline |= self.offline;
        options
    }

    /// [`ModelArgs::find`], and reads the model's header: a file that cannot work is refused before any article is
    /// touched.
    pub fn locate(&self, cancelled: Arc<AtomicBool>) -> anyhow::Result<Located> {
        let (local, options, device) = self.find(cancelled.clone())?;
        let architecture = Gguf::open(&local.path)?.config()?.architecture;
        let progress = FetchProgress::cancelled_by(cancelled);
        let record = ModelRecord {
            id: local.id.clone(),
            sha256: local.sha256(&self.fetch_options(&progress).cache, &progress)?,
            architecture,
            device: device::name(&device).into(),
        };
        Ok(Located { local, record, options, device })
    }
}

impl Located {
    pub fn load(&self, progress: &mut dyn FnMut(usize, usize)) -> anyhow::Result<Engine> {
        Engine::load(&self.local.path, &self.device, self.options.clone(), progress)
            .with_context(|| format!("cannot load {}", self.local.id))
    }
}
