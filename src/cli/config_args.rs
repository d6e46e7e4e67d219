//! The flags that choose a configuration file, shared by all commands that read one.

use crate::article::read::settings_file;
use crate::config::Config;
use anyhow::Context;
use std::path::{Path, PathBuf};

/// Flags of the configuration.
#[derive(Debug, clap::Args)]
pub struct ConfigArgs {
    /// Configuration file [default: depeche.toml in this folder or one above it]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Read no configuration file
    #[arg(long, conflicts_with = "config")]
    no_config: bool,
}

impl ConfigArgs {
    /// The configuration of the file that `--config` names, or else of the nearest `depeche.toml`. With `--no-config`,
    /// and where there is neither `--config` nor a `depeche.toml`, it is the default configuration.
    pub fn load(&self) -> anyhow::Result<Config> {
        let file = match &self.config {
            Some(file) => Some(file.clone()),
            None if self.no_config => None,
            None => Config::discover(),
        };
        let Some(file) = file else { return Ok(Config::default()) };
        let text = settings_file(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let folder = file.parent().unwrap_or(Path::new(""));
        Config::parse(&text, folder).map_err(|e| anyhow::anyhow!("{} is not right\n{e}", file.display()))
    }
}
