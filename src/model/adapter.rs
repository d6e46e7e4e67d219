//! LoRA adapters, which are small updates that are trained for a task and added to a model's weight
//! matrices (Hu et al. 2021, <https://arxiv.org/abs/2106.09685>).
//!
//! The format is llama.cpp's: a GGUF file with `general.type` = `adapter`, `adapter.type` = `lora`,
//! `adapter.lora.alpha`, and for each matrix of the model that is adapted `NAME.lora_a` `[rank, inner]` and
//! `NAME.lora_b` `[columns, rank]`. A product `x · Wᵀ` becomes `x · Wᵀ + alpha / rank · (x · Aᵀ) · Bᵀ`. The weights
//! themselves stay as they are, so that some sequences of a batch can run with an adapter and others without.

use super::ModelError;
use super::gguf::{Config, Gguf};
use candle_core::Device;
use std::path::Path;

/// The name by which a [`Job`](super::Job) asks for the adapter that translates.
pub const TRANSLATION: &str = "translation";

/// The metadata key (a boolean) that says whether an adapter has learned to translate a sentence
/// with the preceding one as context.
const CONTEXT: &str = "depeche.context";

macro_rules! built_in {
    ($file:literal) => {
        ($file, include_bytes!(concat!("../../models/adapters/", $file)))
    };
}

/// The adapters of `models/adapters/`, by file name. `models/adapters/README.md` says what each was trained on.
const BUILT_IN: &[(&str, &[u8])] = &[built_in!("qwen2.5-coder-1.5b-fr-en-news.gguf")];

/// The bytes of an adapter that is built into the program, by the name of its file.
pub fn built_in(file: &str) -> Option<&'static [u8]> {
    BUILT_IN.iter().find(|(name, _)| *name == file).map(|(_, bytes)| *bytes)
}

/// The matrices of a layer that may be adapted, by their GGUF names.
const PARTS: [&str; 7] = ["attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down"];

/// An open adapter file whose header is sound.
pub struct Adapter {
    name: String,
    file: Gguf,
    /// An update is scaled by `alpha / rank`.
    alpha: f32,
}

/// The update `B · A` of one matrix `[columns, inner]`. Both factors are stored row by row.
pub struct Factors {
    /// How many rows A and how many columns B has.
    pub rank: usize,
    /// `[rank, inner]`
    pub a: Vec<f32>,
    /// `[columns, rank]`, already multiplied by the scale `alpha / rank`.
    pub b: Vec<f32>,
}

impl Adapter {
    /// Opens an adapter file. A [`Job`](super::Job) asks for the adapter by `name`.
    ///
    /// # Errors
    /// When the file cannot be read, or is no LoRA adapter of the supported kind.
    pub fn open(name: &str, path: &Path) -> Result<Adapter, ModelError> {
        Adapter::of_file(name, Gguf::open(path)?)
    }

    /// Reads an adapter that is built into the program. A [`Job`](super::Job) asks for the adapter
    /// by `name`.
    ///
    /// # Errors
    /// When the bytes are no GGUF file, or no LoRA adapter of the supported kind.
    pub fn built_in(name: &str, bytes: &'static [u8]) -> Result<Adapter, ModelError> {
        Adapter::of_file(name, Gguf::of_bytes(&format!("the adapter {name}"), bytes)?)
    }

    fn of_file(name: &str, file: Gguf) -> Result<Adapter, ModelError> {
        if file.text("general.type") != Some("adapter") {
            return Err(file.fail("is no adapter; give a LoRA adapter in GGUF, or a model with --model"));
        }
        if let Some(kind) = file.text("adapter.type").filter(|kind| *kind != "lora") {
            return Err(file.fail(format!("is an adapter of the type {kind:?}; only LoRA is supported")));
        }
        let alpha = file.content.metadata.get("adapter.lora.alpha").and_then(|v| v.to_f32().ok());
        let alpha = alpha.ok_or_else(|| file.fail("lacks the key adapter.lora.alpha"))?;
        let is_known = |tensor: &str| {
            let part = tensor.strip_suffix(".weight.lora_a").or(tensor.strip_suffix(".weight.lora_b"));
            let part = part.and_then(|p| p.strip_prefix("blk.")?.split_once('.'));
            part.is_some_and(|(layer, part)| layer.parse::<usize>().is_ok() && PARTS.contains(&part))
        };
        if let Some(other) = file.content.tensor_infos.keys().filter(|t| !is_known(t)).min() {
            return Err(file.fail(format!("adapts {other}, which is not supported (only the matrices of layers are)")));
        }
        Ok(Adapter { name: name.into(), file, alpha })
    }

    /// The name by which a [`Job`](super::Job) asks for the adapter.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether the adapter has learned to translate a sentence with the preceding one as context
    /// (the key `depeche.context`, which `tools/adapter/export.py --context` writes). Any other
    /// adapter would translate both sentences.
    pub fn reads_context(&self) -> bool {
        self.file.content.metadata.get(CONTEXT).is_some_and(|v| v.to_bool().is_ok_and(|learned| learned))
    }

    /// Checks that the adapter was made for this architecture and for no more layers than the model
    /// has. The shapes of the matrices are checked by [`Adapter::factors`].
    ///
    /// # Errors
    /// When the adapter was made for another architecture, or for more layers than the model has.
    pub fn check_fits(&self, config: &Config) -> Result<(), ModelError> {
        let architecture = self.file.text("general.architecture").unwrap_or_default();
        if architecture != config.architecture {
            return Err(self.other_model(&format!("{architecture:?}, not {:?}", config.architecture)));
        }
        let layer = |t: &String| t.strip_prefix("blk.")?.split('.').next()?.parse::<usize>().ok();
        let layers = self.file.content.tensor_infos.keys().filter_map(layer).max().map_or(0, |l| l + 1);
        if layers > config.layers {
            return Err(self.other_model(&format!("{layers} layers, not {}", config.layers)));
        }
        Ok(())
    }

    /// The error that says that the adapter was made for another model; `what` names the difference.
    fn other_model(&self, what: &str) -> ModelError {
        self.file.fail(format!("was made for another model ({what}); leave it out with --no-adapter"))
    }

    /// What is added to the model's matrix `name` of the shape `[columns, inner]`; `None` where the adapter leaves that
    /// matrix as it is.
    ///
    /// # Errors
    /// When one of the two matrices is missing, the file is damaged, or the shapes or ranks do not fit.
    pub fn factors(&self, name: &str, columns: usize, inner: usize) -> Result<Option<Factors>, ModelError> {
        let [a, b] = ["lora_a", "lora_b"].map(|which| format!("{name}.{which}"));
        match (self.file.has(&a), self.file.has(&b)) {
            (false, false) => return Ok(None),
            (true, true) => {}
            (has_a, _) => {
                let (present, missing) = if has_a { (&a, &b) } else { (&b, &a) };
                return Err(self.file.fail(format!("has {present} and no {missing}")));
            }
        }
        let (a, rank, a_inner) = self.matrix(&a)?;
        let (mut b, b_columns, b_rank) = self.matrix(&b)?;
        if (a_inner, b_columns) != (inner, columns) {
            return Err(self.other_model(&format!("{name} is [{b_columns}, {a_inner}], not [{columns}, {inner}]")));
        }
        if rank == 0 || rank != b_rank || rank > inner {
            return Err(self.file.fail(format!("the ranks of {name} do not fit: {rank} and {b_rank}")));
        }
        let scale = self.alpha / rank as f32;
        b.iter_mut().for_each(|v| *v *= scale);
        Ok(Some(Factors { rank, a, b }))
    }

    /// A matrix in single precision, row by row, and its numbers of rows and columns.
    fn matrix(&self, name: &str) -> Result<(Vec<f32>, usize, usize), ModelError> {
        let tensor = self.file.dequantized(name, &Device::Cpu)?;
        let (rows, columns) = tensor.dims2().map_err(|_| self.file.fail(format!("tensor {name} is no matrix")))?;
        Ok((tensor.flatten_all()?.to_vec1()?, rows, columns))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_adapters_have_learned_to_use_the_preceding_sentence() {
        for (file, bytes) in BUILT_IN {
            assert!(Adapter::built_in(TRANSLATION, bytes).unwrap().reads_context(), "{file}");
        }
    }
}
