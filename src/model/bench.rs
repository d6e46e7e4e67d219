//! How fast a model reads and writes on this machine.
//!
//! It measures what `llama-batched-bench` of llama.cpp measures, so that the two can be compared: the tokens are
//! random, no sequence stops early, and the output head and the likeliest token are computed for every generated token.

use super::ModelError;
use super::adapter::Adapter;
use super::decoder::{self, AdapterId, Decoder, SequenceId, StepInput};
use super::engine::EngineOptions;
use super::gguf::Gguf;
use candle_core::Device;
use serde::Serialize;
use std::path::Path;
use std::time::Instant;

/// What is measured.
#[derive(Debug, Clone, Copy)]
pub struct Shape {
    /// Tokens of each prompt.
    pub prompt: usize,
    /// Tokens generated after each prompt.
    pub generate: usize,
    /// Sequences decoded together; at least 1.
    pub batch: usize,
    /// Tokens that come before each prompt and are the same for all, so that they are read only once.
    pub shared: usize,
}

/// What was measured. The first four fields are those of the [`Shape`].
#[derive(Debug, Clone, Serialize)]
pub struct Measured {
    pub prompt: usize,
    pub generate: usize,
    pub batch: usize,
    pub shared: usize,
    /// Threads on the CPU.
    pub threads: usize,
    /// Name of the kernels that were chosen for the CPU. A measurement on a GPU does not use them.
    pub kernels: &'static str,
    /// Seconds from opening the file until the model is loaded.
    pub load_s: f64,
    /// Prompt tokens of all sequences (the shared ones counted once) read per second.
    pub prompt_tok_s: f64,
    /// Tokens of all sequences generated per second; 0 where none were asked for.
    pub generate_tok_s: f64,
    /// The most memory that the process has had resident, mapped pages included, in MiB; 0 where the system doesn't
    /// say.
    pub peak_rss_mib: f64,
}

/// Loads a model, and the adapter, if one is given, with which all sequences run, and measures one
/// shape.
///
/// # Errors
/// When the file is unsound, the adapter was made for another model, the shape does not fit the model's context, or the
/// device fails.
pub fn measure(
    path: &Path,
    adapter: Option<&Adapter>,
    device: &Device,
    options: &EngineOptions,
    shape: Shape,
) -> Result<Measured, ModelError> {
    let start = Instant::now();
    let adapters = adapter.map_or(&[][..], std::slice::from_ref);
    let adapter = adapter.map(|_| AdapterId(0));
    let file = Gguf::open(path)?;
    let config = file.config()?;
    let length = shape.shared + shape.prompt + shape.generate;
    if length > config.context_length {
        let (prompt, wanted) = (shape.shared + shape.prompt, shape.generate);
        return Err(ModelError::TooLong { prompt, wanted, context: config.context_length });
    }
    let mut resources = options.resources(&config);
    // There must be room for every sequence and for the shared tokens. Each is allowed two blocks
    // of 16 tokens more, as the memory for keys and values is given out in whole blocks.
    resources.tokens = resources.tokens.max((length + 32) * (shape.batch + 1));
    let decoder = decoder::load(&file, adapters, device, resources, &mut |_, _| ())?;
    drop(file);
    let load_s = start.elapsed().as_secs_f64();
    let mut run = BenchRun { decoder, adapter, chunk: options.chunk };
    let mut random = Random(1);
    run.warm_up(&random.tokens(options.chunk.min(shape.prompt.max(1))))?;

    let shared = random.tokens(shape.shared);
    let prompts: Vec<Vec<u32>> = (0..shape.batch).map(|_| random.tokens(shape.prompt)).collect();
    let start = Instant::now();
    let (sequences, last) = run.read_prompts(&shared, &prompts, shape.prompt + shape.generate)?;
    let prompt_s = start.elapsed().as_secs_f64();
    let start = Instant::now();
    run.generate(&sequences, last, shape.generate)?;
    let generate_s = start.elapsed().as_secs_f64();
    let Shape { prompt, generate, batch, shared } = shape;
    Ok(Measured {
        prompt,
        generate,
        batch,
        shared,
        threads: options.threads,
        kernels: options.isa.name(),
        load_s,
        prompt_tok_s: (shared + batch * prompt) as f64 / prompt_s,
        generate_tok_s: (batch * generate) as f64 / generate_s,
        peak_rss_mib: peak_rss_mib().unwrap_or(0.),
    })
}

/// The decoder that is measured, and the settings of its steps.
struct BenchRun {
    decoder: Box<dyn Decoder>,
    adapter: Option<AdapterId>,
    /// The most tokens of prompts that one step reads.
    chunk: usize,
}

impl BenchRun {
    /// Runs one step before the measurement, so that the time for starting threads and allocating
    /// memory is not measured.
    fn warm_up(&mut self, tokens: &[u32]) -> Result<(), ModelError> {
        let sequence = self.decoder.open(None, self.chunk)?;
        self.decoder.step(&[StepInput { sequence, tokens, adapter: self.adapter, logits: 1 }])?;
        self.decoder.close(sequence);
        Ok(())
    }

    /// Reads the shared tokens once, and after them each prompt in a sequence of its own, which has room for `room`
    /// tokens after the shared ones. Returns these sequences and the likeliest next token of each.
    fn read_prompts(
        &mut self,
        shared: &[u32],
        prompts: &[Vec<u32>],
        room: usize,
    ) -> Result<(Vec<SequenceId>, Vec<u32>), ModelError> {
        let (decoder, adapter, chunk) = (&mut *self.decoder, self.adapter, self.chunk);
        let prefix = if shared.is_empty() { None } else { Some(decoder.open(None, shared.len())?) };
        if let Some(sequence) = prefix {
            for tokens in shared.chunks(chunk) {
                decoder.step(&[StepInput { sequence, tokens, adapter, logits: 0 }])?;
            }
        }
        let sequences = prompts.iter().map(|_| decoder.open(prefix, room)).collect::<Result<Vec<_>, _>>()?;
        let last = read(decoder, adapter, &sequences, prompts, chunk)?;
        Ok((sequences, last))
    }

    /// Generates `tokens` tokens in each sequence, always the likeliest one; `last` has the token that each sequence
    /// reads first.
    fn generate(&mut self, sequences: &[SequenceId], mut last: Vec<u32>, tokens: usize) -> Result<(), ModelError> {
        for _ in 0..tokens {
            let inputs: Vec<StepInput<'_>> = sequences
                .iter()
                .zip(&last)
                .map(|(&sequence, token)| StepInput {
                    sequence,
                    tokens: std::slice::from_ref(token),
                    adapter: self.adapter,
                    logits: 1,
                })
                .collect();
            let mut logits = self.decoder.step(&inputs)?;
            last = self.decoder.choose(&mut logits, &[]).into_iter().map(|c| c.token).collect();
        }
        Ok(())
    }
}

/// Reads the prompts, all of one length, and returns the likeliest next token of each. One step
/// reads as many prompts as fit into `chunk` tokens; a prompt that is longer is read in parts.
fn read(
    decoder: &mut dyn Decoder,
    adapter: Option<AdapterId>,
    sequences: &[SequenceId],
    prompts: &[Vec<u32>],
    chunk: usize,
) -> Result<Vec<u32>, ModelError> {
    let mut next = Vec::with_capacity(prompts.len());
    let at_once = (chunk / prompts[0].len().max(1)).max(1);
    for (sequences, prompts) in sequences.chunks(at_once).zip(prompts.chunks(at_once)) {
        let longest = prompts.iter().map(Vec::len).max().unwrap_or(0);
        for from in (0..longest).step_by(chunk) {
            let inputs: Vec<StepInput<'_>> = sequences
                .iter()
                .zip(prompts)
                .map(|(&sequence, prompt)| {
                    let to = prompt.len().min(from + chunk);
                    StepInput { sequence, tokens: &prompt[from..to], adapter, logits: usize::from(to == prompt.len()) }
                })
                .collect();
            let mut logits = decoder.step(&inputs)?;
            next.extend(decoder.choose(&mut logits, &[]).into_iter().map(|c| c.token));
        }
    }
    Ok(next)
}

/// A generator of pseudorandom numbers, which are the same in every run (xorshift: Marsaglia 2003,
/// <https://doi.org/10.18637/jss.v008.i14>).
struct Random(u64);

impl Random {
    fn tokens(&mut self, n: usize) -> Vec<u32> {
        (0..n)
            .map(|_| {
                self.0 ^= self.0 << 13;
                self.0 ^= self.0 >> 7;
                self.0 ^= self.0 << 17;
                // In the vocabularies of the known models, nearly all ids from 300 to 20 299 stand for plain text.
                (self.0 % 20_000) as u32 + 300
            })
            .collect()
    }
}

/// The most memory that this process has had resident, in MiB; `None` where the system doesn't say
/// (only Linux does).
fn peak_rss_mib() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<f64>().ok()? / 1024.)
}
