//! The decoder on the CPU, on the project's own kernels.

mod inputs;
mod layer;
mod linear;

use super::store::Store;
use super::weights::{self, Embedding};
use super::{Choice, Decoder, Logits, Piece, Resources, SequenceId, adapted, choose_row, wanted};
use crate::model::ModelError;
use crate::model::adapter::Adapter;
use crate::model::gguf::{Config, Gguf};
use crate::model::kernels::isa::Isa;
use crate::model::kernels::pool::Pool;
use crate::model::kernels::shared::Slots;
use crate::model::rope::Rope;
use layer::{Angles, Buffers, Work};
use linear::Linear;

/// A decoder with its weights packed for the CPU.
pub struct CpuDecoder {
    config: Config,
    isa: Isa,
    pool: Pool,
    embedding: Embedding,
    layers: Vec<Layer>,
    norm: Vec<f32>,
    head: Linear,
    /// Number of adapters.
    adapters: usize,
    /// Angles of the layers that see everything, and of those that see a window.
    rope: Rope,
    local_rope: Option<Rope>,
    store: Store,
    buffers: Buffers,
}

struct Layer {
    attention_norm: Vec<f32>,
    query: Linear,
    key: Linear,
    value: Linear,
    /// Norms of each head's queries and keys (qwen3, gemma3).
    query_norm: Option<Vec<f32>>,
    key_norm: Option<Vec<f32>>,
    output: Linear,
    /// Norms of what attention and the feed-forward part add (gemma3).
    post_attention_norm: Option<Vec<f32>>,
    ffn_norm: Vec<f32>,
    gate: Linear,
    up: Linear,
    down: Linear,
    post_ffn_norm: Option<Vec<f32>>,
}

/// A token of a step: its piece, and its position in the sequence.
#[derive(Clone, Copy)]
struct Place {
    piece: usize,
    position: usize,
}

impl CpuDecoder {
    /// Packs all weights of a file and of adapters for it; `progress` is told layers done and layers in all.
    ///
    /// # Errors
    /// When a tensor is missing or of the wrong shape, or an adapter was made for another model.
    pub fn load(
        file: &Gguf,
        adapters: &[Adapter],
        resources: Resources,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<CpuDecoder, ModelError> {
        let config = file.config()?;
        adapters.iter().try_for_each(|a| a.fits(&config))?;
        let mut workers = Pool::new(resources.threads);
        let pool = &mut workers;
        let c = &config;
        let (query_width, key_width) = (c.heads * c.head_dim, c.kv_heads * c.head_dim);
        if !c.head_dim.is_multiple_of(16) {
            return Err(file.fail(format!("has heads of width {}, no multiple of 16", c.head_dim)));
        }
        let matrix = |pool: &mut Pool, name: &str, inner: usize, columns: Option<usize>| {
            let matrix = weights::matrix(file, name, pool)?;
            if matrix.inner() != inner || columns.is_some_and(|c| c != matrix.columns()) {
                let (columns, inner) = (matrix.columns(), matrix.inner());
                return Err(file.fail(format!("tensor {name} has the shape [{columns}, {inner}], which does not fit")));
            }
            Ok(matrix)
        };
        let mut layers = Vec::with_capacity(c.layers);
        for i in 0..c.layers {
            progress(i, c.layers);
            let name = |part: &str| format!("blk.{i}.{part}");
            let norm = |part: &str| weights::vector(file, &name(part));
            let optional = |part: &str| weights::optional(file, &name(part));
            let linear = |pool: &mut Pool, part: &str, inner, columns: Option<usize>| -> Result<Linear, ModelError> {
                let name = name(&format!("{part}.weight"));
                let weight = matrix(pool, &name, inner, columns)?;
                let linear = Linear::new(weight, optional(&format!("{part}.bias"))?);
                linear.adapted(&name, adapters, pool)
            };
            let gate = linear(pool, "ffn_gate", c.hidden, None)?;
            let ffn = gate.weight.columns();
            layers.push(Layer {
                attention_norm: norm("attn_norm.weight")?,
                query: linear(pool, "attn_q", c.hidden, Some(query_width))?,
                key: linear(pool, "attn_k", c.hidden, Some(key_width))?,
                value: linear(pool, "attn_v", c.hidden, Some(key_width))?,
                query_norm: optional("attn_q_norm.weight")?,
                key_norm: optional("attn_k_norm.weight")?,
                output: linear(pool, "attn_output", query_width, Some(c.hidden))?,
                post_attention_norm: optional("post_attention_norm.weight")?,
                ffn_norm: norm("ffn_norm.weight")?,
                up: linear(pool, "ffn_up", c.hidden, Some(ffn))?,
                down: linear(pool, "ffn_down", ffn, Some(c.hidden))?,
                post_ffn_norm: optional("post_ffw_norm.weight")?,
                gate,
            });
        }
        // Files with tied embeddings have no output matrix of their own.
        let head = if file.has("output.weight") { "output.weight" } else { "token_embd.weight" };
        let head = Linear::new(matrix(pool, head, c.hidden, None)?, None);
        let embedding = Embedding::load(file, c.embedding_scale)?;
        let factors = weights::optional(file, "rope_freqs.weight")?;
        let norm = weights::vector(file, "output_norm.weight")?;
        progress(c.layers, c.layers);
        Ok(CpuDecoder {
            rope: Rope::new(c, factors),
            local_rope: c.window.map(|w| Rope::local(c, w)),
            store: Store::new(c, resources.tokens),
            buffers: Buffers::default(),
            pool: workers,
            config,
            isa: resources.isa,
            embedding,
            layers,
            norm,
            head,
            adapters: adapters.len(),
        })
    }
}

impl Decoder for CpuDecoder {
    fn config(&self) -> &Config {
        &self.config
    }

    fn has_room(&self, prefix: Option<SequenceId>, tokens: usize) -> bool {
        self.store.has_room(prefix, tokens)
    }

    fn open(&mut self, prefix: Option<SequenceId>, tokens: usize) -> Result<SequenceId, ModelError> {
        self.store.open(prefix, tokens)
    }

    fn close(&mut self, sequence: SequenceId) {
        self.store.close(sequence);
    }

    fn step(&mut self, pieces: &[Piece<'_>]) -> Result<Logits, ModelError> {
        let tokens: Vec<u32> = pieces.iter().flat_map(|p| p.tokens.iter().copied()).collect();
        let mut places = Vec::with_capacity(tokens.len());
        for (i, piece) in pieces.iter().enumerate() {
            let before = self.store.len(piece.sequence);
            places.extend((0..piece.tokens.len()).map(|t| Place { piece: i, position: before + t }));
            self.store.extend(piece.sequence, piece.tokens.len());
        }
        let table = self.store.table(pieces.iter().map(|p| p.sequence));
        self.buffers.x.resize(tokens.len() * self.config.hidden, 0.);
        self.embedding.look_up(&tokens, &mut self.buffers.x)?;
        let angles = |rope: &Rope| {
            let (cos, sin) = rope.table(places.iter().map(|p| p.position));
            Angles { cos, sin, interleaved: rope.interleaved() }
        };
        let (everywhere, local) = (angles(&self.rope), self.local_rope.as_ref().map(angles));
        let adapted = adapted(pieces, self.adapters);
        // What the previous part adds to the hidden state is added when the next one reads it.
        self.buffers.y.clear();
        let mut post_norm: Option<&[f32]> = None;
        for (i, layer) in self.layers.iter().enumerate() {
            let window = self.config.window_of(i);
            let angles = if window.is_some() { local.as_ref().unwrap_or(&everywhere) } else { &everywhere };
            let mut work = Work {
                config: &self.config,
                isa: self.isa,
                pool: &mut self.pool,
                adapted: &adapted,
                b: &mut self.buffers,
            };
            work.attention(i, layer, post_norm, &places, angles, &table);
            work.feed_forward(layer, layer.post_attention_norm.as_deref());
            post_norm = layer.post_ffn_norm.as_deref();
        }
        let mut work =
            Work { config: &self.config, isa: self.isa, pool: &mut self.pool, adapted: &adapted, b: &mut self.buffers };
        let values = work.head(&self.norm, post_norm, &self.head, &wanted(pieces));
        Ok(Logits { values, width: self.head.weight.columns() })
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
