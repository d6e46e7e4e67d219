//! Rotary position embedding (Su et al. 2021, <https://arxiv.org/abs/2104.09864>).

use super::ModelError;
use super::gguf::{Config, Window};
use candle_core::{Device, Tensor};

/// The frequencies of a model's rotary angles.
pub struct Rope {
    /// By how much each pair of coordinates rotates from one position to the next, in radians;
    /// `head_dim / 2` numbers.
    frequencies: Vec<f32>,
    /// Whether a pair is two neighbouring coordinates; otherwise the first half of a head is paired with the second
    /// half.
    interleaved: bool,
}

/// Cosines and sines for tokens that are read together, `[tokens, head_dim / 2]` each, on a device.
pub struct Angles {
    cos: Tensor,
    sin: Tensor,
    interleaved: bool,
}

impl Rope {
    /// The frequencies of layers that see all tokens. They are divided by the file's scale
    /// (`config.rope_scale`) and by `factors`, one for each pair. The factors are the tensor
    /// `rope_freqs.weight`, which files of Llama 3.1 and later have; they are `None` for other
    /// files.
    pub fn new(config: &Config, factors: Option<Vec<f32>>) -> Self {
        let mut rope = Self::plain(config, config.rope_base);
        for (i, f) in rope.frequencies.iter_mut().enumerate() {
            *f /= factors.as_ref().and_then(|v| v.get(i)).unwrap_or(&1.) * config.rope_scale;
        }
        rope
    }

    /// The frequencies of layers that see only a window of the latest tokens.
    pub fn local(config: &Config, window: Window) -> Self {
        Self::plain(config, window.rope_base)
    }

    /// Frequencies without any scaling.
    fn plain(config: &Config, base: f32) -> Self {
        let half = config.head_dim / 2;
        let frequencies = (0..half).map(|i| base.powf(-(i as f32) / half as f32)).collect();
        Rope { frequencies, interleaved: config.rope_interleaved }
    }

    /// Whether the two coordinates of a pair are neighbours; see [`Config::rope_interleaved`].
    pub fn interleaved(&self) -> bool {
        self.interleaved
    }

    /// Cosines and sines of the angles at these positions, each `[positions, head_dim / 2]`.
    pub fn table(&self, positions: impl Iterator<Item = usize>) -> (Vec<f32>, Vec<f32>) {
        positions.flat_map(|p| self.frequencies.iter().map(move |f| p as f32 * f)).map(|a| (a.cos(), a.sin())).unzip()
    }

    /// The angles of these positions, as tensors.
    ///
    /// # Errors
    /// When the device fails.
    pub fn angles(&self, positions: &[u32], device: &Device) -> Result<Angles, ModelError> {
        let (cos, sin) = self.table(positions.iter().map(|&p| p as usize));
        let shape = (positions.len(), self.frequencies.len());
        Ok(Angles {
            cos: Tensor::from_vec(cos, shape, device)?,
            sin: Tensor::from_vec(sin, shape, device)?,
            interleaved: self.interleaved,
        })
    }
}

impl Angles {
    /// Rotates `x` of shape `[heads, tokens, head_dim]`.
    ///
    /// # Errors
    /// When the device fails, or `x` has another shape.
    pub fn turn(&self, x: &Tensor) -> Result<Tensor, ModelError> {
        let x = x.unsqueeze(0)?;
        let turned = if self.interleaved {
            candle_nn::rotary_emb::rope_i(&x, &self.cos, &self.sin)?
        } else {
            candle_nn::rotary_emb::rope(&x, &self.cos, &self.sin)?
        };
        Ok(turned.squeeze(0)?)
    }
}
