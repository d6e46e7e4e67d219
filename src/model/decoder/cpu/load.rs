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
    /// Reads all weights of a file and of adapters for it, and packs the matrices of the products; `progress` is told
    /// how many layers are done, and of how many.
    ///
    /// # Errors
    /// When the metadata is unsound or of an unknown architecture, when a tensor is missing or cannot be read, when a
    /// matrix has the wrong shape or cannot be packed, when heads have a width that is no multiple of 16, or when an
    /// adapter was made for another model.
    pub fn load(
        file: &Gguf,
        adapters: &[Adapter],
        resources: Resources,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<CpuDecoder, ModelError> {
        let config = file.config()?;
        adapters.iter().try_for_each(|a| a.fits(&config))?;
        if !config.head_dim.is_multiple_of(16) {
            return Err(file.fail(format!("has heads of width {}, no multiple of 16", config.head_dim)));
        }
        let mut pool = Pool::new(resources.threads);
        let mut loader = Loader { file, config: &config, adapters, pool: &mut pool };
        let mut layers = Vec::with_capacity(config.layers);
        for i in 0..config.layers {
            progress(i, config.layers);
            layers.push(loader.layer(i)?);
        }
        // Models whose output matrix is their embedding table have no such matrix in the file.
        let head = if file.has("output.weight") { "output.weight" } else { "token_embd.weight" };
        let head = Linear::new(loader.matrix(head, config.hidden, None)?, None);
        let embedding = Embedding::load(file, config.embedding_scale)?;
        let factors = weights::optional(file, "rope_freqs.weight")?;
        let norm = weights::vector(file, "output_norm.weight")?;
        progress(config.layers, config.layers);
        Ok(CpuDecoder {
            rope: Rope::new(&config, factors),
            local_rope: config.window.map(|w| Rope::local(&config, w)),
            store: KvCache::new(&config, resources.tokens),
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
        let ffn = gate.weight.columns();
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
            up: linear("ffn_up", c.hidden, Some(ffn))?,
            down: linear("ffn_down", ffn, Some(c.hidden))?,
            post_ffn_norm: optional("post_ffw_norm.weight")?,
            gate,
        })
    }

    /// A linear map with its bias and what the adapters add to it.
    fn linear(&mut self, name: &str, inner: usize, columns: Option<usize>) -> Result<Linear, ModelError> {
        let weight = format!("{name}.weight");
        let bias = weights::optional(self.file, &format!("{name}.bias"))?;
        let linear = Linear::new(self.matrix(&weight, inner, columns)?, bias);
        linear.adapted(&weight, self.adapters, self.pool)
    }

    /// A matrix with rows of `inner` numbers. If `columns` is given, the file must have that many rows: each of them makes
    /// one column of the output.
    fn matrix(&mut self, name: &str, inner: usize, columns: Option<usize>) -> Result<Matrix, ModelError> {
        let matrix = weights::matrix(self.file, name, self.pool)?;
        if matrix.inner() != inner || columns.is_some_and(|c| c != matrix.columns()) {
            let (columns, inner) = (matrix.columns(), matrix.inner());
            let reason = format!("tensor {name} has the shape [{columns}, {inner}], which does not fit");
            return Err(self.file.fail(reason));
        }
        Ok(matrix)
    }
}
