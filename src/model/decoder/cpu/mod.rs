//! The decoder on the CPU, on the project's own kernels.

mod inputs;
mod layer;
mod linear;
mod load;

use super::kv_cache::KvCache;
use super::weights::Embedding;
use super::{Choice, Decoder, Logits, SequenceId, StepInput, adapted, choose_row, wanted};
use crate::model::ModelError;
use crate::model::gguf::Config;
use crate::model::kernels::isa::Isa;
use crate::model::kernels::pool::Pool;
use crate::model::kernels::shared::Slots;
use crate::model::rope::Rope;
use layer::{Angles, Buffers, StepWork};
use linear::Linear;

/// A decoder with its weights packed for the CPU.
pub struct CpuDecoder {
    config: Config,
    isa: Isa,
    pool: Pool,
    embedding: Embedding,
    layers: Vec<Layer>,
    /// Norm before the output head.
    norm: Vec<f32>,
    head: Linear,
    /// Number of adapters.
    adapters: usize,
    /// Angles of the layers whose tokens see all tokens before them.
    rope: Rope,
    /// Angles of the layers whose tokens see only a window, if there are such layers.
    local_rope: Option<Rope>,
    kv_cache: KvCache,
    buffers: Buffers,
}

/// The weights of one layer.
struct Layer {
    attention_norm: Vec<f32>,
    query: Linear,
    key: Linear,
    value: Linear,
    /// Norms of each head's queries and keys (qwen3, gemma3).
    query_norm: Option<Vec<f32>>,
    key_norm: Option<Vec<f32>>,
    output: Linear,
    /// Norm of what attention adds (gemma3).
    post_attention_norm: Option<Vec<f32>>,
    ffn_norm: Vec<f32>,
    gate: Linear,
    up: Linear,
    down: Linear,
    /// Norm of what the feed-forward part adds (gemma3).
    post_ffn_norm: Option<Vec<f32>>,
}

/// Where a token of a step belongs: the index of its input in the step, and its position in the sequence.
#[derive(Clone, Copy)]
struct Place {
    input: usize,
    position: usize,
}

impl Decoder for CpuDecoder {
    fn config(&self) -> &Config {
        &self.config
    }

    fn has_room(&self, prefix: Option<SequenceId>, tokens: usize) -> bool {
        self.kv_cache.has_room(prefix, tokens)
    }

    fn open(&mut self, prefix: Option<SequenceId>, tokens: usize) -> Result<SequenceId, ModelError> {
        self.kv_cache.open(prefix.map(|id| (id, self.kv_cache.len(id))), tokens)
    }

    fn branch(&mut self, from: SequenceId, back: usize, tokens: usize) -> Result<SequenceId, ModelError> {
        self.kv_cache.open(Some((from, self.kv_cache.len(from) - back)), tokens)
    }

    fn close(&mut self, sequence: SequenceId) {
        self.kv_cache.close(sequence);
    }

    fn step(&mut self, inputs: &[StepInput<'_>]) -> Result<Logits, ModelError> {
        let tokens: Vec<u32> = inputs.iter().flat_map(|input| input.tokens.iter().copied()).collect();
        let mut places = Vec::with_capacity(tokens.len());
        for (i, input) in inputs.iter().enumerate() {
            let before = self.kv_cache.len(input.sequence);
            places.extend((0..input.tokens.len()).map(|t| Place { input: i, position: before + t }));
            self.kv_cache.extend(input.sequence, input.tokens.len());
        }
        let table = self.kv_cache.table(inputs.iter().map(|input| input.sequence));
        self.buffers.x.resize(tokens.len() * self.config.hidden, 0.);
        self.embedding.look_up(&tokens, &mut self.buffers.x)?;
        let angles = |rope: &Rope| {
            let (cos, sin) = rope.table(places.iter().map(|p| p.position));
            Angles { cos, sin, interleaved: rope.interleaved() }
        };
        let (everywhere, local) = (angles(&self.rope), self.local_rope.as_ref().map(angles));
        let adapted = adapted(inputs, self.adapters);
        // What a part adds to the hidden state is kept in `y`, and added when the next part reads it. Before the first
        // part there is nothing to add.
        self.buffers.y.clear();
        let mut post_norm: Option<&[f32]> = None;
        let mut work = StepWork {
            config: &self.config,
            isa: self.isa,
            pool: &mut self.pool,
            adapted: &adapted,
            b: &mut self.buffers,
        };
        for (i, layer) in self.layers.iter().enumerate() {
            let window = self.config.window_of(i);
            let angles = if window.is_some() { local.as_ref().unwrap_or(&everywhere) } else { &everywhere };
            work.attention(i, layer, post_norm, &places, angles, &table);
            work.feed_forward(layer, layer.post_attention_norm.as_deref());
            post_norm = layer.post_ffn_norm.as_deref();
        }
        let values = work.head(&self.norm, post_norm, &self.head, &wanted(inputs));
        Ok(Logits { values, width: self.head.weight.columns() })
    }

    fn can_forget(&self) -> bool {
        true
    }

    fn forget(&mut self, sequence: SequenceId, tokens: usize) {
        self.kv_cache.shorten(sequence, tokens);
    }

    fn choose(&mut self, logits: &mut Logits, banned: &[u32]) -> Vec<Choice> {
        let (width, isa) = (logits.width.max(1), self.isa);
        let rows = logits.values.len() / width;
        let mut choices = vec![Choice { token: 0, log_prob: 0. }; rows];
        let (values, out) = (Slots::new(&mut logits.values), Slots::new(&mut choices));
        self.pool.run(rows, |r| {
            // SAFETY: each row is a piece of its own.
            let (row, choice) = unsafe { (values.range(r * width, width), out.range(r, 1)) };
            choice[0] = choose_row(isa, row, banned);
        });
        choices
    }
}
