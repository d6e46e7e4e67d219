//! `depeche check` alone: the pairs of files that `depeche.toml` names.

use super::CheckRun;
use super::documents::{self, ReadSettings};
use crate::checks::unpaired_file;
use crate::config::{Config, FILE_NAME};
use crate::project::{FoundPair, find_pairs};
use crate::report::PairOrigin;
use anyhow::{Context, bail};

/// Checks all pairs of files, and reports files without a counterpart. It is an error if `depeche.toml` names no pairs.
pub(super) fn check(config: &Config, reading: &ReadSettings, run: &mut CheckRun) -> anyhow::Result<()> {
    if config.pairs.is_empty() {
        bail!(
            "nothing to check: give SOURCE and TARGET, --pairs FILE, or a {FILE_NAME} with\n  [[pairs]]\n  source = \
             \"fr/{{name}}.fr.txt\"\n  target = \"en/{{name}}.en.md\""
        );
    }
    for pattern in &config.pairs {
        for found in find_pairs(pattern, &config.folder).with_context(|| format!("[[pairs]] of {FILE_NAME}"))? {
            match found {
                FoundPair::Pair { source, target } => {
                    documents::check(&source, &target, &mut std::io::empty(), reading, run)?
                }
                FoundPair::NoTarget { source, target } => {
                    let name = source.display().to_string();
                    let finding = unpaired_file::without_target(&name, &target.display().to_string());
                    run.unpaired(PairOrigin::Files { source: Some(&name), target: None }, finding)?;
                }
                FoundPair::NoSource { source, target } => {
                    let name = target.display().to_string();
                    let finding = unpaired_file::without_source(&name, &source.display().to_string());
                    run.unpaired(PairOrigin::Files { source: None, target: Some(&name) }, finding)?;
                }
            }
        }
    }
    Ok(())
}
