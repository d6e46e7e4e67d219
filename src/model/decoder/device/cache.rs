//! Keys and values of one sequence after its prefix, or of a prefix, as tensors.

use crate::model::ModelError;
use crate::model::gguf::Config;
use candle_core::{DType, Device, Tensor};

/// Keys and values of one layer, `[kv_heads, capacity, head_dim]` each, f32.
struct Layer {
    keys: Tensor,
    values: Tensor,
}

/// The cache of one sequence, or of a prefix that several share. It is allocated once, and its capacity is fixed.
pub struct Cache {
    layers: Vec<Layer>,
    /// Tokens stored.
    len: usize,
    capacity: usize,
}

impl Cache {
    /// Room for `capacity` tokens.
    ///
    /// # Errors
    /// When the device has no room for it.
    pub fn new(config: &Config, capacity: usize, device: &Device) -> Result<Self, ModelError> {
        let shape = (config.kv_heads, capacity, config.head_dim);
        let layer = || -> Result<Layer, ModelError> {
            Ok(Layer {
                keys: Tensor::zeros(shape, DType::F32, device)?,
                values: Tensor::zeros(shape, DType::F32, device)?,
            })
        };
        Ok(Cache { layers: (0..config.layers).map(|_| layer()).collect::<Result<_, _>>()?, len: 0, capacity })
    }

    /// How many tokens are stored.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Stores keys and values of one layer, `[kv_heads, new, head_dim]` each, after those of the
    /// tokens that the cache has. The new tokens count once all layers have stored theirs and
    /// [`Cache::advance`] is called.
    ///
    /// # Errors
    /// When the device fails.
    pub fn store(&mut self, layer: usize, keys: &Tensor, values: &Tensor) -> Result<(), ModelError> {
        debug_assert!(self.len + keys.dim(1)? <= self.capacity);
        let layer = &self.layers[layer];
        layer.keys.slice_set(&keys.contiguous()?, 1, self.len)?;
        layer.values.slice_set(&values.contiguous()?, 1, self.len)?;
        Ok(())
    }

    /// A cache with the first `len` tokens of this one and room for `more` after them. Its capacity is at least that of
    /// this one.
    ///
    /// # Errors
    /// When the device has no room for it.
    pub fn copy(&self, len: usize, config: &Config, more: usize, device: &Device) -> Result<Self, ModelError> {
        let mut copy = Cache::new(config, self.capacity.max(len + more), device)?;
        if len > 0 {
            for layer in 0..self.layers.len() {
                let (keys, values) = self.view(layer, len)?;
                copy.store(layer, &keys, &values)?;
            }
            copy.advance(len);
        }
        Ok(copy)
    }

    /// Counts `new` more tokens, whose keys and values have been stored in all layers.
    pub fn advance(&mut self, new: usize) {
        self.len += new;
    }

    /// Keys and values of the first `len` tokens in one layer, without copying them.
    ///
    /// # Errors
    /// When the device fails.
    pub fn view(&self, layer: usize, len: usize) -> Result<(Tensor, Tensor), ModelError> {
        let layer = &self.layers[layer];
        Ok((layer.keys.narrow(1, 0, len)?, layer.values.narrow(1, 0, len)?))
    }
}
