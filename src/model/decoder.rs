//! The transformer: one implementation for the llama-like architectures of [`super::gguf::ARCHITECTURES`].
//!
//! A step takes a flat list of tokens that belong to several sequences, each at its own position: the weight products run
//! over all tokens at once, attention runs for each sequence over its own cache and over the prefix that all share.

use super::ModelError;
use super::gguf::{Config, Gguf};
use super::kv::Cache;
use super::rope::{Angles, Rope};
use candle_core::quantized::{QMatMul, QTensor};
use candle_core::{Device, Module, Tensor};
use candle_nn::ops::{rms_norm, softmax_last_dim};
use std::sync::Arc;

/// A decoder with its weights.
pub struct Decoder {
    pub config: Config,
    pub device: Device,
    embedding: Arc<QTensor>,
    layers: Vec<Layer>,
    norm: Tensor,
    head: QMatMul,
    rope: Rope,
}

struct Layer {
    attention_norm: Tensor,
    query: Linear,
    key: Linear,
    value: Linear,
    /// Norms of each head's queries and keys (qwen3).
    query_norm: Option<Tensor>,
    key_norm: Option<Tensor>,
    output: Linear,
    ffn_norm: Tensor,
    gate: Linear,
    up: Linear,
    down: Linear,
}

/// `x · Wᵀ + b`
struct Linear {
    weight: QMatMul,
    bias: Option<Tensor>,
}

impl Linear {
    fn load(file: &mut Gguf, name: &str, device: &Device) -> Result<Self, ModelError> {
        let weight = file.matrix(&format!("{name}.weight"), device)?;
        let bias = format!("{name}.bias");
        let bias = if file.has(&bias) { Some(file.vector(&bias, device)?) } else { None };
        Ok(Linear { weight, bias })
    }

    fn forward(&self, x: &Tensor) -> Result<Tensor, ModelError> {
        let y = self.weight.forward(x)?;
        Ok(match &self.bias {
            Some(bias) => y.broadcast_add(bias)?,
            None => y,
        })
    }
}

/// New tokens of one sequence, and the cache that they go to.
pub struct Piece<'a> {
    pub cache: &'a mut Cache,
    pub tokens: &'a [u32],
}

impl Decoder {
    /// Reads all weights of a file; `progress` is told layers done and layers in all.
    pub fn load(
        file: &mut Gguf,
        device: &Device,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<Decoder, ModelError> {
        let config = file.config()?;
        let embedding = Arc::new(file.tensor("token_embd.weight", device)?);
        // Files with tied embeddings have no output matrix of their own.
        let head = if file.has("output.weight") {
            file.matrix("output.weight", device)?
        } else {
            QMatMul::from_arc(embedding.clone())?
        };
        let factors = if file.has("rope_freqs.weight") {
            Some(file.vector("rope_freqs.weight", device)?.to_vec1::<f32>()?)
        } else {
            None
        };
        let mut layers = Vec::with_capacity(config.layers);
        for i in 0..config.layers {
            progress(i, config.layers);
            let name = |part: &str| format!("blk.{i}.{part}");
            let optional = |file: &mut Gguf, part: &str| -> Result<Option<Tensor>, ModelError> {
                let name = format!("blk.{i}.{part}");
                if file.has(&name) { file.vector(&name, device).map(Some) } else { Ok(None) }
            };
            layers.push(Layer {
                attention_norm: file.vector(&name("attn_norm.weight"), device)?,
                query: Linear::load(file, &name("attn_q"), device)?,
                key: Linear::load(file, &name("attn_k"), device)?,
                value: Linear::load(file, &name("attn_v"), device)?,
                query_norm: optional(file, "attn_q_norm.weight")?,
                key_norm: optional(file, "attn_k_norm.weight")?,
                output: Linear::load(file, &name("attn_output"), device)?,
                ffn_norm: file.vector(&name("ffn_norm.weight"), device)?,
                gate: Linear::load(file, &name("ffn_gate"), device)?,
                up: Linear::load(file, &name("ffn_up"), device)?,
                down: Linear::load(file, &name("ffn_down"), device)?,
            });
        }
        let norm = file.vector("output_norm.weight", device)?;
        progress(config.layers, config.layers);
        let rope = Rope::new(&config, factors);
        Ok(Decoder { device: device.clone(), embedding, layers, norm, head, rope, config })
    }

    /// One step: logits `[pieces, vocabulary]` behind the last token of each piece. The caches hold the new tokens
    /// afterwards. `prefix`, when given, stands before all sequences and is not changed.
    pub fn step(&self, prefix: Option<&Cache>, pieces: &mut [Piece<'_>]) -> Result<Tensor, ModelError> {
        let tokens: Vec<u32> = pieces.iter().flat_map(|p| p.tokens.iter().copied()).collect();
        let before = prefix.map_or(0, Cache::len);
        let positions: Vec<u32> =
            pieces.iter().flat_map(|p| (0..p.tokens.len()).map(move |i| (before + p.cache.len() + i) as u32)).collect();
        let angles = self.rope.angles(&positions, &self.device)?;
        let masks = pieces.iter().map(|p| self.mask(p)).collect::<Result<Vec<_>, _>>()?;
        let ids = Tensor::new(tokens.as_slice(), &self.device)?;
        let mut x = self.embedding.embedding(&ids)?;
        for (i, layer) in self.layers.iter().enumerate() {
            let a = self.attention(i, layer, &x, &angles, prefix, pieces, &masks)?;
            x = (x + a)?;
            let h = rms_norm(&x, &layer.ffn_norm, self.config.rms_eps as f32)?;
            let gated = (layer.gate.forward(&h)?.silu()? * layer.up.forward(&h)?)?;
            x = (x + layer.down.forward(&gated)?)?;
        }
        let mut end = 0;
        let mut last = Vec::with_capacity(pieces.len());
        for piece in pieces.iter_mut() {
            end += piece.tokens.len();
            last.push(end as u32 - 1);
            piece.cache.advance(piece.tokens.len());
        }
        // The output head is the largest matrix: it is applied where a token is wanted, not to the whole prompt.
        let x = x.index_select(&Tensor::new(last.as_slice(), &self.device)?, 0)?;
        let x = rms_norm(&x, &self.norm, self.config.rms_eps as f32)?;
        Ok(self.head.forward(&x)?)
    }

    /// What the new tokens of a piece must not see of each other: `[new, cached + new]`; none for a single token.
    fn mask(&self, piece: &Piece<'_>) -> Result<Option<Tensor>, ModelError> {
        let (new, old) = (piece.tokens.len(), piece.cache.len());
        if new == 1 {
            return Ok(None);
        }
        let values: Vec<f32> = (0..new)
            .flat_map(|i| (0..old + new).map(move |j| if j <= old + i { 0. } else { f32::NEG_INFINITY }))
            .collect();
        Ok(Some(Tensor::from_vec(values, (new, old + new), &self.device)?))
    }

    #[allow(clippy::too_many_arguments)]
    fn attention(
        &self,
        index: usize,
        layer: &Layer,
        x: &Tensor,
        angles: &Angles,
        prefix: Option<&Cache>,
        pieces: &mut [Piece<'_>],
        masks: &[Option<Tensor>],
    ) -> Result<Tensor, ModelError> {
        let c = &self.config;
        let total = x.dim(0)?;
        let h = rms_norm(x, &layer.attention_norm, c.rms_eps as f32)?;
        // [tokens, heads · width] → [heads, tokens, width]
        let split = |y: Tensor, heads: usize, norm: &Option<Tensor>| -> Result<Tensor, ModelError> {
            let mut y = y.reshape((total, heads, c.head_dim))?;
            if let Some(norm) = norm {
                y = rms_norm(&y.contiguous()?, norm, c.rms_eps as f32)?;
            }
            Ok(y.transpose(0, 1)?.contiguous()?)
        };
        let q = angles.turn(&split(layer.query.forward(&h)?, c.heads, &layer.query_norm)?)?;
        let k = angles.turn(&split(layer.key.forward(&h)?, c.kv_heads, &layer.key_norm)?)?;
        let v = split(layer.value.forward(&h)?, c.kv_heads, &None)?;
        let q = (q / (c.head_dim as f64).sqrt())?;

        // Each key head serves a group of query heads: they stand together, so that no key is ever repeated.
        let (kv, group, width) = (c.kv_heads, c.heads / c.kv_heads, c.head_dim);
        let prefix = match prefix.filter(|p| !p.is_empty()) {
            Some(p) => Some(p.view(index, p.len())?),
            None => None,
        };
        let shared = match &prefix {
            Some((keys, _)) => {
                let scores = q.reshape((kv, group * total, width))?.matmul(&keys.t()?)?;
                let len = scores.dim(2)?;
                Some(scores.reshape((kv, group, total, len))?)
            }
            None => None,
        };
        let (mut own, mut weights) = (Vec::with_capacity(pieces.len()), Vec::with_capacity(pieces.len()));
        let mut start = 0;
        for (piece, mask) in pieces.iter_mut().zip(masks) {
            let new = piece.tokens.len();
            piece.cache.store(index, &k.narrow(1, start, new)?, &v.narrow(1, start, new)?)?;
            let len = piece.cache.len() + new;
            let (keys, values) = piece.cache.view(index, len)?;
            let rows = q.narrow(1, start, new)?.contiguous()?.reshape((kv, group * new, width))?;
            let mut scores = rows.matmul(&keys.t()?)?.reshape((kv, group, new, len))?;
            if let Some(mask) = mask {
                scores = scores.broadcast_add(mask)?;
            }
            let scores = match &shared {
                Some(shared) => Tensor::cat(&[&shared.narrow(2, start, new)?.contiguous()?, &scores], 3)?,
                None => scores,
            };
            let probabilities = softmax_last_dim(&scores)?;
            let at = probabilities.dim(3)? - len;
            let mine = probabilities.narrow(3, at, len)?.contiguous()?.reshape((kv, group * new, len))?;
            own.push(mine.matmul(&values)?.reshape((kv, group, new, width))?);
            if at > 0 {
                weights.push(probabilities.narrow(3, 0, at)?.contiguous()?);
            }
            start += new;
        }
        let mut out = Tensor::cat(&own, 2)?;
        if let Some((_, values)) = &prefix {
            let weights = Tensor::cat(&weights, 2)?;
            let len = weights.dim(3)?;
            let from_prefix = weights.reshape((kv, group * total, len))?.matmul(values)?;
            out = (out + from_prefix.reshape((kv, group, total, width))?)?;
        }
        let out = out.reshape((c.heads, total, width))?.transpose(0, 1)?.reshape((total, c.heads * width))?;
        layer.output.forward(&out.contiguous()?)
    }
}
