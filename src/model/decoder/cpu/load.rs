//! Reads the weights of a file and packs them for the kernels.

use super::layer::Buffers;
use super::linear::Linear;
use super::{CpuDecoder, Layer};
use crate::model::ModelError;
use crate::model::adapter::Adapter;
use crate::model::decoder::Resources;
use crate::model::decoder::kv_cache::KvCache;
use crate::model::decoder::weights::{self, Embedding};
use crate::model::gguf::{Config, Gguf};
use crate::model::kernels::matrix::Matrix;
use crate::model::kernels::pool::Pool;
use crate::model::rope::Rope;

impl CpuDecoder {
    /// Reads all weights of a model file and of the adapters made for it. Weight matrices are packed for the kernels
    /// that multiply with them; the embedding table and the norms are not. `progress` is called with the number of
    /// layers loaded so far and the total number of layers: before each layer, and once more at the end.
    ///
    /// # Errors
    /// If the metadata is invalid or names an unknown architecture, if a tensor is missing or cannot be read, if a
    /// matrix has the wrong shape or cannot be packed, if the dimension of the attention heads is not a multiple of 16,
    /// which is what the attention kernel needs, or if an adapter was made for another model.
    pub fn load(
        file: &Gguf,
        adapters: &[Adapter],
        resources: Resources,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<CpuDecoder, ModelError> {
        let config = file.config()?;
        adapters.iter().try_for_each(|a| a.check_fits(&config))?;
        // The attention kernel computes the output of a head in pieces of 16 columns, and has no
        // code for a remainder.
        if !config.head_dim.is_multiple_of(16) {
            let reason = format!("has attention heads of dimension {}, which is not a multiple of 16", config.head_dim);
            return Err(file.fail(reason));
        }
        let mut pool = Pool::new(resources.threads);
        let mut loader = Loader { file, config: &config, adapters, pool: &mut pool };
        let mut layers = Vec::with_capacity(config.layers);
        for i in 0..config.layers {
            progress(i, config.layers);
            layers.push(loader.layer(i)?);
        }
        // Models with tied embeddings use the embedding table as their output matrix, so the file has no
        // `output.weight`.
        let output_name = if file.has("output.weight") { "output.weight" } else { "token_embd.weight" };
        let head = Linear::new(loader.matrix(output_name, config.hidden, None)?, None);
        let embedding = Embedding::load(file, config.embedding_scale)?;
        let factors = weights::optional(file, "rope_freqs.weight")?;
        let norm = weights::vector(file, "output_norm.weight")?;
        progress(config.layers, config.layers);
        Ok(CpuDecoder {
            rope: Rope::new(&config, factors),
            local_rope: config.window.map(|w| Rope::local(&config, w)),
            kv_cache: KvCache::new(&config, resources.tokens),
            buffers: Buffers::default(),
            pool,
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

/// Where weights come from, and the threads that pack them.
struct Loader<'a> {
    file: &'a Gguf,
    config: &'a Config,
    adapters: &'a [Adapter],
    pool: &'a mut Pool,
}

impl Loader<'_> {
    fn layer(&mut self, i: usize) -> Result<Layer, ModelError> {
        let (file, c) = (self.file, self.config);
        let (query_width, key_width) = (c.heads * c.head_dim, c.kv_heads * c.head_dim);
        let norm = |part: &str| weights::vector(file, &format!("blk.{i}.{part}"));
        let optional = |part: &str| weights::optional(file, &format!("blk.{i}.{part}"));
        let mut linear = |part: &str, inner, columns| self.linear(&format!("blk.{i}.{part}"), inner, columns);
        let gate = linear("ffn_gate", c.hidden, None)?;
        let ffn_width = gate.weight.columns();
        Ok(Layer {
            attention_norm: norm("attn_norm.weight")?,
            query: linear("attn_q", c.hidden, Some(query_width))?,
            key: linear("attn_k", c.hidden, Some(key_width))?,
            value: linear("attn_v", c.hidden, Some(key_width))?,
            query_norm: optional("attn_q_norm.weight")?,
            key_norm: optional("attn_k_norm.weight")?,
            output: linear("attn_output", query_width, Some(c.hidden))?,
            post_attention_norm: optional("post_attention_norm.weight")?,
            ffn_norm: norm("ffn_norm.weight")?,
            up: linear("ffn_up", c.hidden, Some(ffn_width))?,
            down: linear("ffn_down", ffn_width, Some(c.hidden))?,
            post_ffn_norm: optional("post_ffw_norm.weight")?,
            gate,
        })
    }

    /// Loads the linear map `name` (the tensor's name without ".weight"), its bias if the file has one, and the
    /// adapters' updates to it. For `inner` and `columns` see [`Self::matrix`].
    fn linear(&mut self, name: &str, inner: usize, columns: Option<usize>) -> Result<Linear, ModelError> {
        let weight = format!("{name}.weight");
        let bias = weights::optional(self.file, &format!("{name}.bias"))?;
        let linear = Linear::new(self.matrix(&weight, inner, columns)?, bias);
        linear.adapted(&weight, self.adapters, self.pool)
    }

    /// Loads and packs the weight matrix `name`. Each of its rows must have `inner` weights. If `columns` is given, the
    /// matrix must have that many rows; they are called columns because each produces one column of the output.
    fn matrix(&mut self, name: &str, inner: usize, columns: Option<usize>) -> Result<Matrix, ModelError> {
        let matrix = weights::matrix(self.file, name, self.pool)?;
        if matrix.inner() != inner || columns.is_some_and(|c| c != matrix.columns()) {
            let found = format!("[{}, {}]", matrix.columns(), matrix.inner());
            let columns = columns.map_or("any".to_string(), |c| c.to_string());
            let reason = format!("tensor {name} has the shape {found} instead of [{columns}, {inner}]");
            return Err(self.file.fail(reason));
        }
        Ok(matrix)
    }
}
