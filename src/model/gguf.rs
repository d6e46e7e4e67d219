//! Opening a GGUF file: its header, checked against the file's length, and the settings of the decoder.
//!
//! Format: <https://github.com/ggml-org/ggml/blob/master/docs/gguf.md>.

mod header;

use super::ModelError;
use candle_core::quantized::{GgmlDType, QMatMul, QTensor, gguf_file};
use candle_core::{Device, Tensor};
use memmap2::{Mmap, UncheckedAdvice};
use std::fs::File;
use std::io::Cursor;
use std::path::Path;

/// Architectures that the decoder knows, by their GGUF names.
pub const ARCHITECTURES: [&str; 4] = ["qwen2", "qwen3", "llama", "gemma3"];

/// An open GGUF file whose header is sound, mapped into memory.
pub struct Gguf {
    pub path: String,
    pub content: gguf_file::Content,
    bytes: Bytes,
}

/// Where a file's bytes are.
enum Bytes {
    Mapped(Mmap),
    BuiltIn(&'static [u8]),
}

impl std::ops::Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Bytes::Mapped(map) => map,
            Bytes::BuiltIn(bytes) => bytes,
        }
    }
}

/// The shape of a decoder, from the file's metadata.
#[derive(Debug, Clone)]
pub struct Config {
    pub architecture: String,
    pub layers: usize,
    /// Width of the hidden state.
    pub hidden: usize,
    pub heads: usize,
    /// Heads of keys and values; each serves `heads / kv_heads` query heads.
    pub kv_heads: usize,
    /// Width of one head.
    pub head_dim: usize,
    pub context_length: usize,
    pub rms_eps: f64,
    pub rope_base: f32,
    /// Positions are divided by this where all of the text is seen (linear scaling of gemma3's larger models).
    pub rope_scale: f32,
    /// Rotary pairs are neighbours (0,1)(2,3)… (llama) rather than halves (0,d/2)(1,d/2+1)… (all others).
    pub rope_interleaved: bool,
    /// What the embeddings are multiplied with: √hidden in gemma3, 1 elsewhere.
    pub embedding_scale: f32,
    /// The nonlinearity of the feed-forward layers.
    pub gate: Gate,
    /// Layers that see only the latest tokens (gemma3).
    pub window: Option<Window>,
}

/// The nonlinearity of the gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    Silu,
    /// The tanh form of GELU.
    Gelu,
}

/// Local attention: all layers but every `every`-th see only the latest `tokens` tokens.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window {
    pub tokens: usize,
    pub every: usize,
    /// Base of the rotary angles in the local layers.
    pub rope_base: f32,
}

impl Config {
    /// Bytes of the keys and values of one token.
    pub fn token_bytes(&self) -> usize {
        2 * self.layers * self.kv_heads * self.head_dim * size_of::<f32>()
    }

    /// The window of a layer, `None` where it sees everything.
    pub fn window_of(&self, layer: usize) -> Option<Window> {
        self.window.filter(|w| !(layer + 1).is_multiple_of(w.every))
    }
}

impl Gguf {
    /// Opens a file and reads its header.
    ///
    /// # Errors
    /// When the file cannot be read, is no GGUF, is shorter than its header says, or has an unknown architecture.
    pub fn open(path: &Path) -> Result<Gguf, ModelError> {
        let name = path.display().to_string();
        let fail = |reason: String| ModelError::File { path: name.clone(), reason };
        let file = File::open(path).map_err(|e| fail(format!("cannot be opened: {e}")))?;
        // SAFETY: the file is only read. Should another program cut it short while it is mapped, this one is ended by
        // the system; the map is gone once the weights are packed.
        let map = unsafe { Mmap::map(&file) }.map_err(|e| fail(format!("cannot be read: {e}")))?;
        Gguf::read(name, Bytes::Mapped(map))
    }

    /// A file that is built into the program.
    ///
    /// # Errors
    /// As [`Gguf::open`].
    pub fn of_bytes(name: &str, bytes: &'static [u8]) -> Result<Gguf, ModelError> {
        Gguf::read(name.into(), Bytes::BuiltIn(bytes))
    }

    fn read(name: String, bytes: Bytes) -> Result<Gguf, ModelError> {
        let fail = |reason: String| ModelError::File { path: name.clone(), reason };
        if !bytes.starts_with(b"GGUF") {
            return Err(fail(
                "is not a GGUF file; give a .gguf file, or a model's id (see `depeche models list`)".into(),
            ));
        }
        header::check(&bytes).map_err(fail)?;
        let content = gguf_file::Content::read(&mut Cursor::new(&bytes[..]))
            .map_err(|_| fail("its header is cut off or damaged; fetch the file again".into()))?;
        header::check_tensors(&content, bytes.len() as u64).map_err(fail)?;
        Ok(Gguf { path: name, content, bytes })
    }

    pub fn fail(&self, reason: impl Into<String>) -> ModelError {
        ModelError::File { path: self.path.clone(), reason: reason.into() }
    }

    fn number(&self, key: &str) -> Option<u64> {
        use gguf_file::Value::*;
        match self.content.metadata.get(key)? {
            U8(v) => Some(u64::from(*v)),
            U16(v) => Some(u64::from(*v)),
            U32(v) => Some(u64::from(*v)),
            U64(v) => Some(*v),
            I32(v) => u64::try_from(*v).ok(),
            I64(v) => u64::try_from(*v).ok(),
            _ => None,
        }
    }

    /// Text of a metadata key.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.content.metadata.get(key)?.to_string().ok().map(String::as_str)
    }

    /// Token id under a metadata key such as `tokenizer.ggml.eos_token_id`.
    pub fn token_id(&self, key: &str) -> Option<u32> {
        self.number(key).and_then(|v| u32::try_from(v).ok())
    }

    /// The decoder's settings.
    ///
    /// # Errors
    /// When the architecture is not supported or a key is missing.
    pub fn config(&self) -> Result<Config, ModelError> {
        let architecture =
            self.text("general.architecture").ok_or_else(|| self.fail("names no architecture"))?.to_string();
        if !ARCHITECTURES.contains(&architecture.as_str()) {
            return Err(
                self.fail(format!("has the architecture {architecture:?}; supported are {}", ARCHITECTURES.join(", ")))
            );
        }
        let key = |k: &str| format!("{architecture}.{k}");
        let need = |k: &str| {
            self.number(&key(k))
                .map(|v| v as usize)
                .ok_or_else(|| self.fail(format!("has no count under the key {}", key(k))))
        };
        let float = |k: &str| self.content.metadata.get(&key(k)).and_then(|v| v.to_f32().ok());
        // What need not be there must make sense where it is.
        for name in ["attention.head_count_kv", "attention.key_length"] {
            if self.content.metadata.contains_key(&key(name)) {
                need(name)?;
            }
        }
        let heads = need("attention.head_count")?;
        let hidden = need("embedding_length")?;
        let kv_heads = need("attention.head_count_kv").unwrap_or(heads);
        let head_dim = self.number(&key("attention.key_length")).map_or(hidden / heads.max(1), |v| v as usize);
        let layers = need("block_count")?;
        let context_length = need("context_length")?;
        let limits = [
            ("block_count", layers, 1024),
            ("embedding_length", hidden, 1 << 17),
            ("attention.head_count", heads, 1 << 12),
            ("attention.head_count_kv", kv_heads, 1 << 12),
            ("attention.key_length", head_dim, 1 << 12),
            ("context_length", context_length, 1 << 24),
        ];
        for (name, value, most) in limits {
            if !(1..=most).contains(&value) {
                return Err(self.fail(format!("says that {} is {value}; it must be from 1 to {most}", key(name))));
            }
        }
        if !heads.is_multiple_of(kv_heads) || !head_dim.is_multiple_of(2) {
            return Err(self.fail(format!("has {heads} heads on {kv_heads} key heads of width {head_dim}")));
        }
        // Room is made for all layers before the first is read.
        let last = format!("blk.{}.attn_norm.weight", layers - 1);
        if !self.has(&last) {
            return Err(self.fail(format!("says that it has {layers} layers, but has no tensor {last}")));
        }
        let gemma = architecture == "gemma3";
        let window = match self.number(&key("attention.sliding_window")) {
            Some(tokens) if gemma => Some(Window {
                tokens: tokens as usize,
                every: self.number(&key("attention.sliding_window_pattern")).map_or(6, |v| (v as usize).max(1)),
                rope_base: float("rope.freq_base_swa").or(float("rope.local_freq_base")).unwrap_or(10_000.),
            }),
            _ => None,
        };
        let linear = self.text(&key("rope.scaling.type")).is_none_or(|t| t == "linear" || t == "none");
        if !linear {
            return Err(self.fail(format!("scales its positions by {:?}, which is not supported", key("rope.scaling"))));
        }
        for name in ["attention.layer_norm_rms_epsilon", "rope.freq_base", "rope.scaling.factor"] {
            if float(name).is_some_and(|v| !(v.is_finite() && v > 0.)) {
                return Err(self.fail(format!("says that {} is no number above 0", key(name))));
            }
        }
        Ok(Config {
            layers,
            hidden,
            heads,
            kv_heads,
            head_dim,
            context_length,
            rms_eps: f64::from(float("attention.layer_norm_rms_epsilon").unwrap_or(1e-6)),
            rope_base: float("rope.freq_base").unwrap_or(if gemma { 1_000_000. } else { 10_000. }),
            rope_scale: float("rope.scaling.factor").unwrap_or(1.),
            rope_interleaved: architecture == "llama",
            embedding_scale: if gemma { (hidden as f32).sqrt() } else { 1. },
            gate: if gemma { Gate::Gelu } else { Gate::Silu },
            window,
            architecture,
        })
    }

    pub fn has(&self, tensor: &str) -> bool {
        self.content.tensor_infos.contains_key(tensor)
    }

    /// Reads one tensor as it is stored.
    pub fn tensor(&self, name: &str, device: &Device) -> Result<QTensor, ModelError> {
        self.content.tensor(&mut Cursor::new(&self.bytes[..]), name, device).map_err(|e| ModelError::File {
            path: self.path.clone(),
            reason: format!("tensor {name}: {}", first_line(&e)),
        })
    }

    /// The bytes of a tensor of two dimensions, its type, and its shape `[columns, inner]`.
    ///
    /// # Errors
    /// When there is no such tensor, or it has other dimensions.
    pub fn raw(&self, name: &str) -> Result<(&[u8], GgmlDType, usize, usize), ModelError> {
        let info = self.content.tensor_infos.get(name).ok_or_else(|| self.fail(format!("has no tensor {name}")))?;
        let &[columns, inner] = info.shape.dims() else {
            return Err(self.fail(format!("tensor {name} has the shape {:?}, not two dimensions", info.shape.dims())));
        };
        let kind = info.ggml_dtype;
        if !inner.is_multiple_of(kind.block_size()) {
            return Err(self.fail(format!("tensor {name} has rows of {inner}, no multiple of {}", kind.block_size())));
        }
        let from = self.content.tensor_data_offset.saturating_add(info.offset) as usize;
        let bytes = columns * (inner / kind.block_size()) * kind.type_size();
        let bytes = self.bytes.get(from..from.saturating_add(bytes));
        bytes.map(|b| (b, kind, columns, inner)).ok_or_else(|| self.fail(format!("tensor {name} is cut off")))
    }

    /// Says that a tensor's bytes are not needed any more, so that the mapped file does not stand in memory beside the
    /// packed weights. They are read again should they be asked for.
    pub fn forget(&self, name: &str) {
        if let (Ok((bytes, ..)), Bytes::Mapped(map)) = (self.raw(name), &self.bytes) {
            let from = bytes.as_ptr() as usize - map.as_ptr() as usize;
            // SAFETY: the map is read only and backed by the file: pages that are dropped come back unchanged.
            let _ = unsafe { map.unchecked_advise_range(UncheckedAdvice::DontNeed, from, bytes.len()) };
        }
    }

    /// A weight matrix for products `x · Wᵀ`, quantised as stored.
    pub fn matrix(&self, name: &str, device: &Device) -> Result<QMatMul, ModelError> {
        let tensor = self.tensor(name, device)?;
        QMatMul::from_qtensor(tensor).map_err(|e| self.fail(first_line(&e)))
    }

    /// A small tensor (norms, biases) in f32.
    pub fn vector(&self, name: &str, device: &Device) -> Result<Tensor, ModelError> {
        let tensor = self.tensor(name, device)?;
        tensor.dequantize(device).map_err(|e| self.fail(first_line(&e)))
    }

    /// The same, of a tensor that need not be there.
    pub fn optional_vector(&self, name: &str, device: &Device) -> Result<Option<Tensor>, ModelError> {
        if self.has(name) { self.vector(name, device).map(Some) } else { Ok(None) }
    }
}

/// candle's errors carry backtraces; users need the first line.
pub fn first_line(e: &candle_core::Error) -> String {
    e.to_string().lines().next().unwrap_or_default().to_string()
}

impl From<candle_core::Error> for ModelError {
    fn from(e: candle_core::Error) -> Self {
        ModelError::Run(first_line(&e))
    }
}
