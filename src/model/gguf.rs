//! Opens GGUF files, checks that the header is sound and that the file has all its bytes, and reads
//! the tensors and the shape of the decoder from them.
//!
//! Format: <https://github.com/ggml-org/ggml/blob/master/docs/gguf.md>.

mod config;
mod header;

pub use config::{ARCHITECTURES, Config, Gate, Window};

use super::ModelError;
use candle_core::quantized::{GgmlDType, QMatMul, QTensor, gguf_file};
use candle_core::{Device, Tensor};
use memmap2::{Mmap, UncheckedAdvice};
use std::fs::File;
use std::io::Cursor;
use std::path::Path;

/// An open GGUF file whose header is sound. Its bytes are mapped into memory, or built into the program.
pub struct Gguf {
    /// The path, or what a built-in file is called in messages.
    pub path: String,
    /// The metadata, and the descriptions of the tensors.
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

impl Gguf {
    /// Opens a file and reads its header.
    ///
    /// # Errors
    /// When the file cannot be read, is no GGUF file, has a damaged header, or is shorter than its header says.
    pub fn open(path: &Path) -> Result<Gguf, ModelError> {
        let name = path.display().to_string();
        let fail = |reason: String| ModelError::File { path: name.clone(), reason };
        let file = File::open(path).map_err(|e| fail(format!("cannot be opened: {e}")))?;
        // SAFETY: the file is only read. If another program shortens it while it is mapped, the system ends this
        // program. A model's map is dropped once its weights are loaded.
        let map = unsafe { Mmap::map(&file) }.map_err(|e| fail(format!("cannot be read: {e}")))?;
        Gguf::read(name, Bytes::Mapped(map))
    }

    /// Reads the header of a file that is built into the program. Messages call the file `name`.
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

    /// An error about this file.
    pub fn fail(&self, reason: impl Into<String>) -> ModelError {
        ModelError::File { path: self.path.clone(), reason: reason.into() }
    }

    /// An integer of the metadata; `None` if there is none under the key, if it is negative, or if it is signed and has
    /// 8 or 16 bits.
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

    /// The text under a metadata key; `None` if there is no text.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.content.metadata.get(key)?.to_string().ok().map(String::as_str)
    }

    /// The token id under a metadata key such as `tokenizer.ggml.eos_token_id`; `None` if there is none.
    pub fn token_id(&self, key: &str) -> Option<u32> {
        self.number(key).and_then(|v| u32::try_from(v).ok())
    }

    /// Whether the file has a tensor of this name.
    pub fn has(&self, tensor: &str) -> bool {
        self.content.tensor_infos.contains_key(tensor)
    }

    /// Reads one tensor as it is stored.
    ///
    /// # Errors
    /// When there is no such tensor, or the file is damaged.
    pub fn tensor(&self, name: &str, device: &Device) -> Result<QTensor, ModelError> {
        self.content.tensor(&mut Cursor::new(&self.bytes[..]), name, device).map_err(|e| ModelError::File {
            path: self.path.clone(),
            reason: format!("tensor {name}: {}", first_line(&e)),
        })
    }

    /// The bytes of a tensor of two dimensions, its type, and its shape `[columns, inner]`: in a
    /// product `x · Wᵀ`, `inner` is the width of `x` and `columns` that of the result.
    ///
    /// # Errors
    /// When there is no such tensor, it does not have two dimensions, its rows are not whole
    /// blocks, or the file is cut off.
    pub fn matrix_bytes(&self, name: &str) -> Result<(&[u8], GgmlDType, usize, usize), ModelError> {
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

    /// Tells the system that a tensor's bytes are not needed any more, so that the mapped file
    /// doesn't take memory beside the packed weights. The bytes can still be used: the system then
    /// reads them from the file again. For tensors that do not have two dimensions, and in a file
    /// that is built into the program, this does nothing.
    pub fn release_pages(&self, name: &str) {
        if let (Ok((bytes, ..)), Bytes::Mapped(map)) = (self.matrix_bytes(name), &self.bytes) {
            let from = bytes.as_ptr() as usize - map.as_ptr() as usize;
            // SAFETY: the map is read only and backed by the file: pages that are dropped come back unchanged.
            let _ = unsafe { map.unchecked_advise_range(UncheckedAdvice::DontNeed, from, bytes.len()) };
        }
    }

    /// A weight matrix W for products `x · Wᵀ`, with its weights quantised as they are stored.
    ///
    /// # Errors
    /// As [`Self::tensor`].
    pub fn matrix(&self, name: &str, device: &Device) -> Result<QMatMul, ModelError> {
        let tensor = self.tensor(name, device)?;
        QMatMul::from_qtensor(tensor).map_err(|e| self.fail(first_line(&e)))
    }

    /// A tensor converted to f32. This is meant for small tensors such as norms and biases.
    ///
    /// # Errors
    /// As [`Self::tensor`].
    pub fn dequantized(&self, name: &str, device: &Device) -> Result<Tensor, ModelError> {
        let tensor = self.tensor(name, device)?;
        tensor.dequantize(device).map_err(|e| self.fail(first_line(&e)))
    }

    /// As [`Self::dequantized`], for a tensor that the file may leave out; `None` if it does.
    ///
    /// # Errors
    /// When it is there and cannot be read.
    pub fn dequantized_if_present(&self, name: &str, device: &Device) -> Result<Option<Tensor>, ModelError> {
        if self.has(name) { self.dequantized(name, device).map(Some) } else { Ok(None) }
    }
}

/// The first line of an error of candle, which is what users need; a backtrace may follow it.
pub fn first_line(e: &candle_core::Error) -> String {
    e.to_string().lines().next().unwrap_or_default().to_string()
}

impl From<candle_core::Error> for ModelError {
    fn from(e: candle_core::Error) -> Self {
        ModelError::Run(first_line(&e))
    }
}
