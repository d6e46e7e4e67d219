//! The decoder on candle's tensors and quantised kernels, for GPUs. It runs on the CPU as well, where tests compare it
//! with the CPU's own decoder.

mod cache;

use super::{Decoder, Logits, SequenceId, StepInput, adapted, wanted};
use crate::model::ModelError;
use crate::model::adapter::Adapter;
use crate::model::gguf::{Config, Gate, Gguf};
use crate::model::rope::{Angles, Rope};
use cache::Cache;
use candle_core::quantized::{QMatMul, QTensor};
use candle_core::{Device, Module, Tensor};
use candle_nn::ops::{rms_norm, softmax_last_dim};
use std::sync::Arc;

/// A decoder with its weights on a device.
pub struct DeviceDecoder {
    config: Config,
    device: Device,
    embedding: Arc<QTensor>,
    layers: Vec<Layer>,
    /// Norm before the output head.
    norm: Tensor,
    head: QMatMul,
    /// Angles of the layers whose tokens see all tokens before them.
    rope: Rope,
    /// Angles of the layers whose tokens see only a window, if there are such layers.
    local_rope: Option<Rope>,
    sequences: Vec<Option<Sequence>>,
    /// Number of adapters.
    adapters: usize,
}

/// What is kept of an open sequence.
struct Sequence {
    /// Keys and values of the prefix that it may share with other sequences, if it has one.
    prefix: Option<Arc<Cache>>,
    /// Keys and values of the tokens after the prefix.
    own: Arc<Cache>,
}

/// The weights of one layer.
struct Layer {
    attention_norm: Tensor,
    query: Linear,
    key: Linear,
    value: Linear,
    /// Norms of each head's queries and keys (qwen3, gemma3).
    query_norm: Option<Tensor>,
    key_norm: Option<Tensor>,
    output: Linear,
    /// Norm of what attention adds (gemma3).
    post_attention_norm: Option<Tensor>,
    ffn_norm: Tensor,
    gate: Linear,
    up: Linear,
    down: Linear,
    /// Norm of what the feed-forward part adds (gemma3).
    post_ffn_norm: Option<Tensor>,
}

/// `x · Wᵀ + b`, and what each adapter adds.
struct Linear {
    weight: QMatMul,
    bias: Option<Tensor>,
    /// Aᵀ and Bᵀ of each adapter's update; `None` where an adapter leaves this map as it is.
    updates: Vec<Option<(Tensor, Tensor)>>,
}

/// For each adapter, the rows of a step that run with it; `None` where no row does.
type Adapted = Vec<Option<Tensor>>;

impl Linear {
    /// Loads the linear map `name` (the tensor's name without ".weight"), its bias if the file has
    /// one, and the adapters' updates to it.
    fn load(file: &Gguf, adapters: &[Adapter], name: &str, device: &Device) -> Result<Self, ModelError> {
        let bias = file.dequantized_if_present(&format!("{name}.bias"), device)?;
        let name = format!("{name}.weight");
        let (_, _, columns, inner) = file.matrix_bytes(&name)?;
        let weight = file.matrix(&name, device)?;
        let update = |adapter: &Adapter| -> Result<Option<(Tensor, Tensor)>, ModelError> {
            let Some(f) = adapter.factors(&name, columns, inner)? else { return Ok(None) };
            let a = Tensor::from_vec(f.a, (f.rank, inner), device)?.t()?.contiguous()?;
            let b = Tensor::from_vec(f.b, (columns, f.rank), device)?.t()?.contiguous()?;
            Ok(Some((a, b)))
        };
        let updates = adapters.iter().map(update).collect::<Result<_, _>>()?;
        Ok(Linear { weight, bias, updates })
    }

    /// Applies the map to the rows of `x`, with the updates of each adapter for the rows that run
    /// with it.
    fn forward(&self, x: &Tensor, adapted: &Adapted) -> Result<Tensor, ModelError> {
        let mut y = self.weight.forward(x)?;
        for (update, rows) in self.updates.iter().zip(adapted) {
            if let (Some((a, b)), Some(rows)) = (update, rows) {
                let added = x.index_select(rows, 0)?.matmul(a)?.matmul(b)?;
                y = y.index_add(rows, &added, 0)?;
            }
        }
        Ok(match &self.bias {
            Some(bias) => y.broadcast_add(bias)?,
            None => y,
        })
    }
}

impl DeviceDecoder {
    /// Reads all weights of a file and of adapters for it; `progress` is told how many layers are
    /// loaded, and how many there are.
    ///
    /// # Errors
    /// When the metadata is unsound, a tensor is missing, an adapter was made for another model, or the device fails.
    pub fn load(
        file: &Gguf,
        adapters: &[Adapter],
        device: &Device,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<DeviceDecoder, ModelError> {
        let config = file.config()?;
        adapters.iter().try_for_each(|a| a.check_fits(&config))?;
        let embedding = Arc::new(file.tensor("token_embd.weight", device)?);
        // Models whose output matrix is their embedding table have no such matrix in the file.
        let head = if file.has("output.weight") {
            file.matrix("output.weight", device)?
        } else {
            QMatMul::from_arc(embedding.clone())?
        };
        let factors = file.dequantized_if_present("rope_freqs.weight", device)?;
        let factors = factors.map(|f| f.to_vec1::<f32>()).transpose()?;
        let mut layers = Vec::with_capacity(config.layers);
        for i in 0..config.layers {
            progress(i, config.layers);
            let name = |part: &str| format!("blk.{i}.{part}");
            let optional = |part: &str| file.dequantized_if_present(&name(part), device);
            let linear = |part: &str| Linear::load(file, adapters, &name(part), device);
            layers.push(Layer {
                attention_norm: file.dequantized(&name("attn_norm.weight"), device)?,
                query: linear("attn_q")?,
                key: linear("attn_k")?,
                value: linear("attn_v")?,
                query_norm: optional("attn_q_norm.weight")?,
                key_norm: optional("attn_k_norm.weight")?,
                output: linear("attn_output")?,
                post_attention_norm: optional("post_attention_norm.weight")?,
                ffn_norm: file.dequantized(&name("ffn_norm.weight"), device)?,
                gate: linear("ffn_gate")?,
                up: linear("ffn_up")?,
                down: linear("ffn_down")?,
                post_ffn_norm: optional("post_ffw_norm.weight")?,
            });
        }
        let norm = file.dequantized("output_norm.weight", device)?;
        // With CUDA, each thread has a queue of its own, and the engine's steps run on another
        // thread than this one. So the copies in this thread's queue must be finished before the
        // first step.
        device.synchronize()?;
        progress(config.layers, config.layers);
        Ok(DeviceDecoder {
            rope: Rope::new(&config, factors),
            local_rope: config.window.map(|w| Rope::local(&config, w)),
            device: device.clone(),
            embedding,
            layers,
            norm,
            head,
            sequences: Vec::new(),
            adapters: adapters.len(),
            config,
        })
    }

    /// Rows divided by their root mean square, times the weights of the norm.
    fn norm(&self, x: &Tensor, weight: &Tensor) -> Result<Tensor, ModelError> {
        Ok(rms_norm(&x.contiguous()?, weight, self.config.rms_eps as f32)?)
    }

    /// As [`Self::norm`]; without weights the rows stay as they are.
    fn maybe_norm(&self, x: Tensor, weight: &Option<Tensor>) -> Result<Tensor, ModelError> {
        weight.as_ref().map_or(Ok(x.clone()), |w| self.norm(&x, w))
    }

    /// What is added to the scores of a sequence, `[new, before + new]`, so that each new token
    /// sees only the tokens that it may see: minus infinity for the others, 0 for these. `None`
    /// where there is only one new token and it sees all.
    fn mask(&self, before: usize, new: usize, window: Option<usize>) -> Result<Option<Tensor>, ModelError> {
        if new == 1 && window.is_none_or(|w| before < w) {
            return Ok(None);
        }
        let seen = |i: usize, j: usize| j <= before + i && window.is_none_or(|w| before + i - j < w);
        let value = |i, j| if seen(i, j) { 0f32 } else { f32::NEG_INFINITY };
        let values: Vec<f32> = (0..new).flat_map(|i| (0..before + new).map(move |j| value(i, j))).collect();
        Ok(Some(Tensor::from_vec(values, (new, before + new), &self.device)?))
    }

    /// What the attention of the layer with number `index` adds to the hidden state. `x` are the normed rows of all new
    /// tokens; `sequences` are those of the step, each with its number of new tokens. The keys and values of the new
    /// tokens are stored.
    fn attention(
        &self,
        index: usize,
        x: &Tensor,
        angles: &Angles,
        adapted: &Adapted,
        sequences: &mut [(Sequence, usize)],
    ) -> Result<Tensor, ModelError> {
        let (c, layer, total) = (&self.config, &self.layers[index], x.dim(0)?);
        // [tokens, heads · width] → [heads, tokens, width]
        let split = |y: Tensor, heads: usize, norm: &Option<Tensor>| -> Result<Tensor, ModelError> {
            let y = self.maybe_norm(y.reshape((total, heads, c.head_dim))?, norm)?;
            Ok(y.transpose(0, 1)?.contiguous()?)
        };
        let q = angles.turn(&split(layer.query.forward(x, adapted)?, c.heads, &layer.query_norm)?)?;
        let k = angles.turn(&split(layer.key.forward(x, adapted)?, c.kv_heads, &layer.key_norm)?)?;
        let v = split(layer.value.forward(x, adapted)?, c.kv_heads, &None)?;
        let q = (q / (c.head_dim as f64).sqrt())?;

        // Each key head serves a group of query heads. These are put together as rows of one product, so that no key
        // has to be repeated.
        let (kv, group, width) = (c.kv_heads, c.heads / c.kv_heads, c.head_dim);
        let mut out = Vec::with_capacity(sequences.len());
        let mut start = 0;
        for (sequence, new) in sequences {
            let new = *new;
            let own = Arc::get_mut(&mut sequence.own).expect("made its own before the first layer");
            own.store(index, &k.narrow(1, start, new)?, &v.narrow(1, start, new)?)?;
            let rows = q.narrow(1, start, new)?.contiguous()?.reshape((kv, group * new, width))?;
            let prefix = sequence.prefix.as_ref().map_or(0, |p| p.len());
            let before = prefix + own.len();
            let mut parts = Vec::with_capacity(2);
            if let Some(prefix) = &sequence.prefix {
                parts.push(prefix.view(index, prefix.len())?);
            }
            parts.push(own.view(index, own.len() + new)?);
            let scores = parts.iter().map(|(keys, _)| rows.matmul(&keys.t()?)).collect::<Result<Vec<_>, _>>()?;
            let mut scores = Tensor::cat(&scores, 2)?.reshape((kv, group, new, before + new))?;
            if let Some(mask) = self.mask(before, new, c.window_of(index).map(|w| w.tokens))? {
                scores = scores.broadcast_add(&mask)?;
            }
            let weights = softmax_last_dim(&scores)?.reshape((kv, group * new, before + new))?;
            let (mut at, mut sum) = (0, None);
            for (_, values) in &parts {
                let len = values.dim(1)?;
                let part = weights.narrow(2, at, len)?.contiguous()?.matmul(values)?;
                sum = Some(match sum {
                    Some(sum) => (sum + part)?,
                    None => part,
                });
                at += len;
            }
            out.extend(sum.map(|s| s.reshape((kv, group, new, width))).transpose()?);
            start += new;
        }
        let out = Tensor::cat(&out, 2)?.reshape((c.heads, total, width))?;
        layer.output.forward(&out.transpose(0, 1)?.reshape((total, c.heads * width))?.contiguous()?, adapted)
    }

    /// Gives a sequence a number that no other open sequence has.
    fn add(&mut self, sequence: Sequence) -> SequenceId {
        let slot = self.sequences.iter().position(Option::is_none).unwrap_or_else(|| {
            self.sequences.push(None);
            self.sequences.len() - 1
        });
        self.sequences[slot] = Some(sequence);
        SequenceId(slot)
    }

    /// Runs a step; `sequences` are those of the inputs, each with its number of new tokens.
    fn forward(&self, inputs: &[StepInput<'_>], sequences: &mut [(Sequence, usize)]) -> Result<Logits, ModelError> {
        for (sequence, _) in sequences.iter_mut() {
            // If other sequences use these keys and values as their prefix, this one goes on with a copy, because it is
            // about to add tokens of its own.
            if Arc::get_mut(&mut sequence.own).is_none() {
                sequence.own = Arc::new(sequence.own.copy(sequence.own.len(), &self.config, 0, &self.device)?);
            }
        }
        let tokens: Vec<u32> = inputs.iter().flat_map(|input| input.tokens.iter().copied()).collect();
        let position = |(s, new): &(Sequence, usize)| {
            let before = s.prefix.as_ref().map_or(0, |p| p.len()) + s.own.len();
            (before as u32)..(before + new) as u32
        };
        let rows = |rows: Vec<usize>| -> Result<Option<Tensor>, ModelError> {
            let rows: Vec<u32> = rows.into_iter().map(|row| row as u32).collect();
            Ok(if rows.is_empty() { None } else { Some(Tensor::new(rows.as_slice(), &self.device)?) })
        };
        let adapted = adapted(inputs, self.adapters).into_iter().map(rows).collect::<Result<Adapted, _>>()?;
        let positions: Vec<u32> = sequences.iter().flat_map(position).collect();
        let everywhere = self.rope.angles(&positions, &self.device)?;
        let local = self.local_rope.as_ref().map(|r| r.angles(&positions, &self.device)).transpose()?;
        let ids = Tensor::new(tokens.as_slice(), &self.device)?;
        let mut x = (self.embedding.embedding(&ids)? * f64::from(self.config.embedding_scale))?;
        for (i, layer) in self.layers.iter().enumerate() {
            let angles = match &local {
                Some(local) if self.config.window_of(i).is_some() => local,
                _ => &everywhere,
            };
            let h = self.norm(&x, &layer.attention_norm)?;
            let a = self.attention(i, &h, angles, &adapted, sequences)?;
            x = (x + self.maybe_norm(a, &layer.post_attention_norm)?)?;
            let h = self.norm(&x, &layer.ffn_norm)?;
            let gate = layer.gate.forward(&h, &adapted)?;
            let gate = match self.config.gate {
                Gate::Silu => gate.silu()?,
                Gate::Gelu => gate.gelu()?,
            };
            let f = layer.down.forward(&(gate * layer.up.forward(&h, &adapted)?)?, &adapted)?;
            x = (x + self.maybe_norm(f, &layer.post_ffn_norm)?)?;
        }
        let wanted: Vec<u32> = wanted(inputs).into_iter().map(|row| row as u32).collect();
        for (sequence, new) in sequences {
            Arc::get_mut(&mut sequence.own).expect("made its own before the first layer").advance(*new);
        }
        if wanted.is_empty() {
            return Ok(Logits::default());
        }
        // The output head is the largest matrix, so it is applied only to the rows after which logits are wanted.
        let x = x.index_select(&Tensor::new(wanted.as_slice(), &self.device)?, 0)?;
        let logits = self.head.forward(&self.norm(&x, &self.norm)?)?;
        Ok(Logits { width: logits.dim(1)?, values: logits.flatten_all()?.to_vec1()? })
    }
}

impl Decoder for DeviceDecoder {
    fn config(&self) -> &Config {
        &self.config
    }

    /// Always true: whether memory is left shows only when a sequence is opened.
    fn has_room(&self, _prefix: Option<SequenceId>, _tokens: usize) -> bool {
        true
    }

    fn open(&mut self, prefix: Option<SequenceId>, tokens: usize) -> Result<SequenceId, ModelError> {
        let parent = prefix.map(|id| (id, self.sequences[id.0].as_ref().expect("an open sequence")));
        // The parent may have a prefix itself, for instance when a hypothesis of a beam search goes on in two ways.
        // Then the new sequence shares that prefix, and gets a copy of what the parent has after the prefix.
        if let Some((id, parent)) = parent
            && parent.prefix.is_some()
        {
            return self.branch(id, 0, tokens);
        }
        let prefix = parent.map(|(_, parent)| parent.own.clone());
        let own = Cache::new(&self.config, tokens, &self.device)?;
        Ok(self.add(Sequence { prefix, own: Arc::new(own) }))
    }

    fn branch(&mut self, from: SequenceId, back: usize, tokens: usize) -> Result<SequenceId, ModelError> {
        let parent = self.sequences[from.0].as_ref().expect("an open sequence");
        let own = parent.own.copy(parent.own.len() - back, &self.config, tokens, &self.device)?;
        let prefix = parent.prefix.clone();
        Ok(self.add(Sequence { prefix, own: Arc::new(own) }))
    }

    fn close(&mut self, sequence: SequenceId) {
        self.sequences[sequence.0] = None;
    }

    fn step(&mut self, inputs: &[StepInput<'_>]) -> Result<Logits, ModelError> {
        let mut taken: Vec<(Sequence, usize)> = inputs
            .iter()
            .map(|p| (self.sequences[p.sequence.0].take().expect("an open sequence"), p.tokens.len()))
            .collect();
        let logits = self.forward(inputs, &mut taken);
        for ((sequence, _), input) in taken.into_iter().zip(inputs) {
            self.sequences[input.sequence.0] = Some(sequence);
        }
        logits
    }
}
