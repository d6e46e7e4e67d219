//! The transformer, for the llama-like architectures of [`super::gguf::ARCHITECTURES`].
//!
//! [`Decoder`] is the interface. On the CPU, [`cpu`] runs on the project's own kernels; on a GPU, [`device`] runs on
//! candle's tensors and quantised kernels. Both take a flat list of tokens that belong to several sequences, each at
//! its own position: the weight products run over all tokens at once, attention runs for each sequence over its own
//! tokens and over the prefix that it may share with others.

pub mod cpu;
pub mod device;
mod kv_cache;
mod weights;

use super::ModelError;
use super::adapter::Adapter;
use super::gguf::{Config, Gguf};
use super::kernels::float;
use super::kernels::isa::Isa;
use candle_core::Device;

/// The number of a sequence: tokens whose keys and values a [`Decoder`] keeps. When the sequence is
/// closed, another one may get its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SequenceId(usize);

/// An adapter that a [`Decoder`] was loaded with, by its index among the adapters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct AdapterId(pub usize);

/// New tokens of a sequence, which one step reads.
#[derive(Debug, Clone, Copy)]
pub struct StepInput<'a> {
    pub sequence: SequenceId,
    pub tokens: &'a [u32],
    /// The adapter with which they are read; `None` for the model's own weights. Inputs of one step
    /// may have different ones.
    pub adapter: Option<AdapterId>,
    /// For how many of these tokens, counted from the last, the logits of the next token are wanted. They are not
    /// computed for all tokens, since the output head is the largest matrix.
    pub logits: usize,
}

/// The rows of a step's flat token list for which logits are wanted.
fn wanted(inputs: &[StepInput<'_>]) -> Vec<usize> {
    let mut end = 0;
    let rows = inputs.iter().flat_map(|input| {
        end += input.tokens.len();
        end - input.logits..end
    });
    rows.collect()
}

/// For each of `adapters` adapters, the rows of a step's flat token list that run with it.
fn adapted(inputs: &[StepInput<'_>], adapters: usize) -> Vec<Vec<usize>> {
    let mut rows = vec![Vec::new(); adapters];
    let mut start = 0;
    for input in inputs {
        let end = start + input.tokens.len();
        if let Some(AdapterId(which)) = input.adapter {
            rows[which].extend(start..end);
        }
        start = end;
    }
    rows
}

/// What a model predicts for the next token: rows with one number for each token of the vocabulary,
/// its log probability up to a summand that is the same for the whole row.
#[derive(Debug, Clone, Default)]
pub struct Logits {
    /// The rows, one after the other.
    pub values: Vec<f32>,
    /// How many numbers a row has.
    pub width: usize,
}

impl Logits {
    /// The rows, in the order of the tokens after which they were asked for.
    pub fn rows(&self) -> std::slice::ChunksExact<'_, f32> {
        self.values.chunks_exact(self.width.max(1))
    }
}

/// The token that was chosen from a row of logits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Choice {
    pub token: u32,
    /// Natural logarithm of its probability among the allowed tokens.
    pub log_prob: f32,
}

/// A model that reads tokens and says what may follow.
pub trait Decoder: Send {
    /// The shape of the model.
    fn config(&self) -> &Config;

    /// Whether a sequence with `tokens` more tokens than `prefix` has would fit into the memory for keys and values,
    /// beside what open sequences have been promised.
    fn has_room(&self, prefix: Option<SequenceId>, tokens: usize) -> bool;

    /// Opens a sequence with room for `tokens` tokens after those of `prefix`, which it shares.
    ///
    /// # Errors
    /// When there is no memory for it.
    fn open(&mut self, prefix: Option<SequenceId>, tokens: usize) -> Result<SequenceId, ModelError>;

    /// Opens a sequence that shares all tokens of `from` but the last `back` ones, with room for `tokens` more. `from`
    /// must have read these last tokens after its own prefix.
    ///
    /// # Errors
    /// When there is no memory for it.
    fn branch(&mut self, from: SequenceId, back: usize, tokens: usize) -> Result<SequenceId, ModelError>;

    /// Closes a sequence; what other sequences share with it stays in memory.
    fn close(&mut self, sequence: SequenceId);

    /// Reads the tokens of the inputs. Returns the logits that they ask for, one row for each token after which they
    /// are wanted, in the order of the tokens.
    ///
    /// # Errors
    /// When the device fails, or a token is not in the vocabulary. After that, the sequences of the step may only be
    /// closed.
    fn step(&mut self, inputs: &[StepInput<'_>]) -> Result<Logits, ModelError>;

    /// Whether sequences can [forget](Decoder::forget) tokens, and the logits for a token are the same in whatever
    /// batch it was read. Only then can guessed tokens be read ahead, and taken back where the model would have written
    /// others.
    fn can_forget(&self) -> bool {
        false
    }

    /// Makes a sequence forget its last `tokens` tokens. It must have read them itself: tokens that
    /// it shares with its prefix cannot be forgotten. Does nothing in a decoder that cannot forget
    /// (see [`Decoder::can_forget`]).
    fn forget(&mut self, _sequence: SequenceId, _tokens: usize) {}

    /// The likeliest token of each row, leaving out those that are `banned`, whose logits become minus infinity.
    fn choose(&mut self, logits: &mut Logits, banned: &[u32]) -> Vec<Choice> {
        let isa = Isa::best();
        let width = logits.width.max(1);
        logits.values.chunks_exact_mut(width).map(|row| choose_row(isa, row, banned)).collect()
    }
}

/// The likeliest token of a row of logits, leaving out those that are `banned`, whose logits become
/// minus infinity.
fn choose_row(isa: Isa, row: &mut [f32], banned: &[u32]) -> Choice {
    for &id in banned {
        if let Some(l) = row.get_mut(id as usize) {
            *l = f32::NEG_INFINITY;
        }
    }
    // `log_sum` is the logarithm of the sum of all probabilities, each divided by the greatest one.
    // They add up to 1, so the greatest one is 1 divided by that sum.
    let (best, log_sum) = float::greatest(isa, row);
    Choice { token: best as u32, log_prob: -log_sum }
}

/// How a decoder uses the machine.
#[derive(Debug, Clone, Copy)]
pub struct Resources {
    /// Threads on the CPU.
    pub threads: usize,
    /// For how many tokens the memory of keys and values may be promised at a time. A decoder on a GPU ignores this
    /// number.
    pub tokens: usize,
    /// Which kernels are used on the CPU.
    pub isa: Isa,
}

/// Reads the weights of a file and of adapters for it; `progress` is told how many layers are
/// loaded, and how many there are.
///
/// # Errors
/// When a file is unsound, an adapter was made for another model, or the device fails.
pub fn load(
    file: &Gguf,
    adapters: &[Adapter],
    device: &Device,
    resources: Resources,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<Box<dyn Decoder>, ModelError> {
    Ok(if matches!(device, Device::Cpu) {
        Box::new(cpu::CpuDecoder::load(file, adapters, resources, progress)?)
    } else {
        Box::new(device::DeviceDecoder::load(file, adapters, device, progress)?)
    })
}
