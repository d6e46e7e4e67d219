//! `depeche bench`: how fast a model reads and writes on this machine.

use super::Streams;
use super::model_args::{AdapterAt, ModelArgs};
use crate::model::bench::{Measured, Shape, measure};
use crate::model::kernels::isa::Isa;
use anyhow::Context;
use std::io::Write;
use std::num::NonZeroU16;

/// Measure how fast a model runs on this machine
///
/// Random tokens: nothing stops early, and every generated token has its output head and its likeliest token computed.
/// Several prompts at a time share nothing unless --shared says so.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Tokens of each prompt
    #[arg(long, value_name = "N", default_value = "64")]
    prompt: NonZeroU16,
    /// Tokens generated behind each prompt
    #[arg(long, value_name = "N", default_value = "32")]
    generate: u16,
    /// Tokens before all prompts, read once
    #[arg(long, value_name = "N", default_value = "0")]
    shared: u16,
    /// Kernels of the CPU [default: the best that it can run]
    #[arg(long, value_enum, value_name = "KERNELS")]
    kernels: Option<Kernels>,
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    model: ModelArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Kernels {
    Portable,
    Avx2,
    Avx512,
    Neon,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people
    #[default]
    Human,
    /// One JSON object on a line
    Jsonl,
}

/// Runs the command; returns the exit code.
pub fn run(args: &Args, streams: &mut Streams) -> anyhow::Result<u8> {
    let (local, mut options, device) = args.model.find(std::sync::Arc::default())?;
    if let Some(kernels) = args.kernels {
        options.isa = match kernels {
            Kernels::Portable => Isa::Portable,
            Kernels::Avx2 => Isa::Avx2,
            Kernels::Avx512 => Isa::Avx512,
            Kernels::Neon => Isa::Neon,
        };
        anyhow::ensure!(Isa::all().contains(&options.isa), "--kernels: this processor has no {}", options.isa.name());
    }
    let shape = Shape {
        prompt: args.prompt.get().into(),
        generate: args.generate.into(),
        batch: options.batch,
        shared: args.shared.into(),
    };
    let adapter = args.model.adapter()?;
    let adapter_id = adapter.as_ref().map(AdapterAt::id);
    let adapter = adapter.map(|a| a.open()).transpose()?;
    let measured = measure(&local.path, adapter.as_ref(), &device, &options, shape)
        .with_context(|| format!("cannot bench {}", local.id))?;
    match args.format {
        Format::Jsonl => writeln!(streams.out, "{}", serde_json::to_string(&measured)?)?,
        Format::Human => human(&local.id, adapter_id.as_deref(), &measured, streams)?,
    }
    Ok(super::exit::OK)
}

/// Writes the measurements for people, one a line.
fn human(model: &str, adapter: Option<&str>, m: &Measured, streams: &mut Streams) -> std::io::Result<()> {
    let out = &mut streams.out;
    writeln!(out, "model     {model}, loaded in {:.1} s", m.load_s)?;
    if let Some(adapter) = adapter {
        writeln!(out, "adapter   {adapter}")?;
    }
    let shared = if m.shared > 0 { format!(" behind {} shared ones", m.shared) } else { String::new() };
    writeln!(out, "shape     {} × {} tokens{shared}, {} threads, {}", m.batch, m.prompt, m.threads, m.kernels)?;
    writeln!(out, "prompt    {:.1} tokens/s", m.prompt_tok_s)?;
    if m.generate > 0 {
        writeln!(out, "generate  {:.1} tokens/s", m.generate_tok_s)?;
    }
    if m.peak_rss_mib > 0. {
        writeln!(out, "memory    {:.0} MiB at most", m.peak_rss_mib)?;
    }
    Ok(())
}
