//! Weights on the CPU: packed matrices, and the embedding table, whose rows are dequantised on lookup.

use crate::model::ModelError;
use crate::model::gguf::{Gguf, first_line};
use crate::model::kernels::format::Format;
use crate::model::kernels::matrix::Matrix;
use crate::model::kernels::pool::Pool;
use candle_core::quantized::{GgmlDType, QStorage, QTensor};
use candle_core::{Device, Tensor};
use std::borrow::Cow;

/// How many rows are converted at a time if there are no kernels for their format, so that no more
/// than these stand in memory as 32-bit floats.
const CHUNK: usize = 1024;

/// Packs a matrix of a file. Formats without kernels are converted to Q8_0. In each block of 32 weights the conversion
/// adds an error of up to about half a 127th of the largest weight. Formats with fewer bits have a much larger error
/// already.
///
/// # Errors
/// When there is no such tensor, it is no matrix of whole blocks, or it must be converted and the length of its rows is
/// no multiple of 32.
pub fn matrix(file: &Gguf, name: &str, pool: &mut Pool) -> Result<Matrix, ModelError> {
    let (bytes, kind, columns, inner) = file.matrix_bytes(name)?;
    if let Some(format) = Format::of(kind) {
        let matrix = Matrix::pack(format, bytes, columns, inner, pool);
        file.release_pages(name);
        return Ok(matrix);
    }
    if !inner.is_multiple_of(32) {
        return Err(file.fail(format!("tensor {name} has rows of {inner}, no multiple of 32")));
    }
    let fail = |e: candle_core::Error| file.fail(format!("tensor {name}: {}", first_line(&e)));
    let row = inner / kind.block_size() * kind.type_size();
    let mut packed = Vec::with_capacity(columns * inner / 32 * Format::Q8_0.file_bytes());
    for rows in bytes.chunks(CHUNK * row) {
        let shape = (rows.len() / row, inner);
        let storage = QStorage::from_data(Cow::Borrowed(rows), &Device::Cpu, kind).map_err(fail)?;
        let plain = QTensor::new(storage, shape).and_then(|t| t.dequantize(&Device::Cpu)).map_err(fail)?;
        let small = QTensor::quantize(&plain, GgmlDType::Q8_0).map_err(fail)?;
        packed.extend_from_slice(&small.data().map_err(fail)?);
    }
    file.release_pages(name);
    Ok(Matrix::pack(Format::Q8_0, &packed, columns, inner, pool))
}

/// Packs a matrix of 32-bit floats `[columns, inner]` in eight bits; `inner` must be a multiple of 32.
///
/// # Errors
/// When the values do not have this shape.
pub fn packed(values: Vec<f32>, columns: usize, inner: usize, pool: &mut Pool) -> Result<Matrix, ModelError> {
    let plain = Tensor::from_vec(values, (columns, inner), &Device::Cpu)?;
    let small = QTensor::quantize(&plain, GgmlDType::Q8_0)?;
    Ok(Matrix::pack(Format::Q8_0, &small.data()?, columns, inner, pool))
}

/// Reads a small tensor, such as a norm or a bias, as 32-bit floats.
///
/// # Errors
/// When there is no such tensor, or it cannot be read.
pub fn vector(file: &Gguf, name: &str) -> Result<Vec<f32>, ModelError> {
    flat(file, file.dequantized(name, &Device::Cpu)?)
}

/// As [`vector`], for a tensor that the file may leave out; `None` if it does.
///
/// # Errors
/// When it is there and cannot be read.
pub fn optional(file: &Gguf, name: &str) -> Result<Option<Vec<f32>>, ModelError> {
    file.dequantized_if_present(name, &Device::Cpu)?.map(|t| flat(file, t)).transpose()
}

/// All numbers of a tensor, in the order of its rows.
fn flat(file: &Gguf, tensor: Tensor) -> Result<Vec<f32>, ModelError> {
    tensor.flatten_all().and_then(|t| t.to_vec1()).map_err(|e| file.fail(first_line(&e)))
}

/// The embedding table as it is in the file.
pub struct Embedding {
    table: QTensor,
    /// Every row is multiplied by this number when it is looked up.
    scale: f32,
}

impl Embedding {
    /// Reads the embeddings, which stay as the file stores them.
    ///
    /// # Errors
    /// When there is no such tensor, or its format is unknown.
    pub fn load(file: &Gguf, scale: f32) -> Result<Embedding, ModelError> {
        let table = file.tensor("token_embd.weight", &Device::Cpu)?;
        file.release_pages("token_embd.weight");
        Ok(Embedding { table, scale })
    }

    /// Writes the rows of the tokens into `out`, `[tokens, hidden]`.
    ///
    /// # Errors
    /// When a token is not in the vocabulary.
    pub fn look_up(&self, tokens: &[u32], out: &mut [f32]) -> Result<(), ModelError> {
        let ids = Tensor::new(tokens, &Device::Cpu)?;
        let rows = self.table.embedding(&ids)?.flatten_all()?.to_vec1::<f32>()?;
        for (o, v) in out.iter_mut().zip(rows) {
            *o = v * self.scale;
        }
        Ok(())
    }
}
