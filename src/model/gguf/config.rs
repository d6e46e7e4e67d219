//! The shape of a decoder, which is read from a file's metadata and checked before memory is
//! reserved for it.

use super::{Gguf, ModelError};

/// Architectures that the decoder knows, by their GGUF names.
pub const ARCHITECTURES: [&str; 4] = ["qwen2", "qwen3", "llama", "gemma3"];

/// The shape of a decoder, from the file's metadata.
#[derive(Debug, Clone)]
pub struct Config {
    pub architecture: String,
    pub layers: usize,
    /// Width of the hidden state.
    pub hidden: usize,
    /// Query heads.
    pub heads: usize,
    /// Heads of keys and values; each serves `heads / kv_heads` query heads.
    pub kv_heads: usize,
    /// Width of one head.
    pub head_dim: usize,
    /// How many tokens prompt and answer may have together.
    pub context_length: usize,
    /// Added to the mean square in norms, so that nothing is divided by zero.
    pub rms_eps: f64,
    /// Base of the rotary angles in the layers that see the whole text.
    pub rope_base: f32,
    /// The number by which positions are divided in the layers that see the whole text (linear
    /// scaling, which gemma3's larger models use; 1 if the file says nothing).
    pub rope_scale: f32,
    /// Whether the coordinates that rotate together are neighbours, (0,1)(2,3)…, as in llama. In
    /// the other architectures the pairs are (0,d/2)(1,d/2+1)…, where d is the width of a head.
    pub rope_interleaved: bool,
    /// The number by which the embeddings are multiplied: √hidden in gemma3, 1 elsewhere.
    pub embedding_scale: f32,
    /// The nonlinearity of the feed-forward layers.
    pub gate: Gate,
    /// Which layers see only the latest tokens (gemma3); `None` if all see the whole text.
    pub window: Option<Window>,
}

/// The nonlinearity of a feed-forward layer, which is applied to its gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    Silu,
    /// The tanh form of GELU.
    Gelu,
}

/// Local attention: of each `every` consecutive layers, all but the last see only the latest
/// `tokens` tokens.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window {
    pub tokens: usize,
    pub every: usize,
    /// Base of the rotary angles in the local layers.
    pub rope_base: f32,
}

impl Config {
    /// How many bytes the keys and values of one token take, in all layers together.
    pub fn token_bytes(&self) -> usize {
        2 * self.layers * self.kv_heads * self.head_dim * size_of::<f32>()
    }

    /// The window of a layer, counted from 0; `None` if the layer sees the whole text.
    pub fn window_of(&self, layer: usize) -> Option<Window> {
        self.window.filter(|w| !(layer + 1).is_multiple_of(w.every))
    }
}

impl Gguf {
    /// The shape of the decoder whose weights the file holds.
    ///
    /// # Errors
    /// When the architecture is not supported, a key is missing, or a value cannot be right.
    pub fn config(&self) -> Result<Config, ModelError> {
        let keys = Keys::of(self)?;
        let sizes = Sizes::read(&keys)?;
        keys.check_scales()?;
        let gemma = keys.architecture == "gemma3";
        Ok(Config {
            layers: sizes.layers,
            hidden: sizes.hidden,
            heads: sizes.heads,
            kv_heads: sizes.kv_heads,
            head_dim: sizes.head_dim,
            context_length: sizes.context_length,
            rms_eps: f64::from(keys.float("attention.layer_norm_rms_epsilon").unwrap_or(1e-6)),
            rope_base: keys.float("rope.freq_base").unwrap_or(if gemma { 1_000_000. } else { 10_000. }),
            rope_scale: keys.float("rope.scaling.factor").unwrap_or(1.),
            rope_interleaved: keys.architecture == "llama",
            embedding_scale: if gemma { (sizes.hidden as f32).sqrt() } else { 1. },
            gate: if gemma { Gate::Gelu } else { Gate::Silu },
            window: if gemma { keys.window() } else { None },
            architecture: keys.architecture.to_string(),
        })
    }
}

/// Reads the metadata of a file whose keys begin with the name of its architecture, such as
/// `qwen2.block_count`. The methods take the key without that name: `block_count`.
struct Keys<'a> {
    file: &'a Gguf,
    architecture: &'a str,
}

impl<'a> Keys<'a> {
    fn of(file: &'a Gguf) -> Result<Self, ModelError> {
        let architecture = file.text("general.architecture").ok_or_else(|| file.fail("names no architecture"))?;
        if !ARCHITECTURES.contains(&architecture) {
            return Err(
                file.fail(format!("has the architecture {architecture:?}; supported are {}", ARCHITECTURES.join(", ")))
            );
        }
        Ok(Keys { file, architecture })
    }

    fn key(&self, name: &str) -> String {
        format!("{}.{name}", self.architecture)
    }

    /// The count under this key, if the file has one.
    fn count(&self, name: &str) -> Option<usize> {
        self.file.number(&self.key(name)).map(|v| v as usize)
    }

    /// A count that the file must have.
    fn need(&self, name: &str) -> Result<usize, ModelError> {
        self.count(name).ok_or_else(|| self.file.fail(format!("has no count under the key {}", self.key(name))))
    }

    /// A count that the file may leave out. If the key is there, its value must be a count.
    fn may_have(&self, name: &str) -> Result<Option<usize>, ModelError> {
        let there = self.file.content.metadata.contains_key(&self.key(name));
        there.then(|| self.need(name)).transpose()
    }

    /// The f32 number under this key, if the file has one.
    fn float(&self, name: &str) -> Option<f32> {
        self.file.content.metadata.get(&self.key(name)).and_then(|v| v.to_f32().ok())
    }

    /// The window of the local layers, if the file gives its size. Where the file says nothing
    /// else, every sixth layer sees the whole text, and the base of the local layers' rotary angles
    /// is 10,000 (Gemma 3: <https://arxiv.org/abs/2503.19786>).
    fn window(&self) -> Option<Window> {
        let tokens = self.count("attention.sliding_window")?;
        let base = self.float("rope.freq_base_swa").or(self.float("rope.local_freq_base"));
        Some(Window {
            tokens,
            every: self.count("attention.sliding_window_pattern").map_or(6, |v| v.max(1)),
            rope_base: base.unwrap_or(10_000.),
        })
    }

    /// Checks that positions are scaled linearly or not at all, and that the numbers that the file
    /// gives for norms, scaling and rotary angles are above 0. The base of the angles in local
    /// layers is not checked.
    fn check_scales(&self) -> Result<(), ModelError> {
        let scaling = self.key("rope.scaling");
        let linear = self.file.text(&format!("{scaling}.type")).is_none_or(|t| t == "linear" || t == "none");
        if !linear {
            return Err(self.file.fail(format!("scales its positions by {scaling:?}, which is not supported")));
        }
        for name in ["attention.layer_norm_rms_epsilon", "rope.freq_base", "rope.scaling.factor"] {
            if self.float(name).is_some_and(|v| !(v.is_finite() && v > 0.)) {
                return Err(self.file.fail(format!("says that {} is no number above 0", self.key(name))));
            }
        }
        Ok(())
    }
}

/// How large the parts of a decoder are.
struct Sizes {
    layers: usize,
    hidden: usize,
    heads: usize,
    kv_heads: usize,
    head_dim: usize,
    context_length: usize,
}

impl Sizes {
    fn read(keys: &Keys<'_>) -> Result<Self, ModelError> {
        let kv_heads = keys.may_have("attention.head_count_kv")?;
        let head_dim = keys.may_have("attention.key_length")?;
        let heads = keys.need("attention.head_count")?;
        let hidden = keys.need("embedding_length")?;
        let sizes = Sizes {
            layers: keys.need("block_count")?,
            hidden,
            heads,
            kv_heads: kv_heads.unwrap_or(heads),
            head_dim: head_dim.unwrap_or(hidden / heads.max(1)),
            context_length: keys.need("context_length")?,
        };
        sizes.check(keys)?;
        Ok(sizes)
    }

    fn check(&self, keys: &Keys<'_>) -> Result<(), ModelError> {
        let file = keys.file;
        // The limits are far above what any known model of these architectures has.
        let limits = [
            ("block_count", self.layers, 1024),
            ("embedding_length", self.hidden, 1 << 17),
            ("attention.head_count", self.heads, 1 << 12),
            ("attention.head_count_kv", self.kv_heads, 1 << 12),
            ("attention.key_length", self.head_dim, 1 << 12),
            ("context_length", self.context_length, 1 << 24),
        ];
        for (name, value, most) in limits {
            if !(1..=most).contains(&value) {
                let key = keys.key(name);
                return Err(file.fail(format!("says that {key} is {value}; it must be from 1 to {most}")));
            }
        }
        let Sizes { layers, heads, kv_heads, head_dim, .. } = self;
        // Each head of keys and values serves the same number of query heads, and the coordinates
        // of a head rotate in pairs.
        if !heads.is_multiple_of(*kv_heads) || !head_dim.is_multiple_of(2) {
            return Err(file.fail(format!("has {heads} heads on {kv_heads} key heads of width {head_dim}")));
        }
        // Memory for all layers is reserved before the first one is read, so a count that is too
        // large must be noticed here: the file then has no tensors for the last layer.
        let last = format!("blk.{}.attn_norm.weight", layers - 1);
        if !file.has(&last) {
            return Err(file.fail(format!("says that it has {layers} layers, but has no tensor {last}")));
        }
        Ok(())
    }
}
