//! Rotary position embedding (Su et al. 2021, <https://arxiv.org/abs/2104.09864>).

use super::ModelError;
use super::gguf::Config;
use candle_core::{Device, Tensor};

/// Cosines and sines of all positions that were needed so far.
pub struct Rope {
    /// Inverse frequencies, `head_dim / 2` of them.
    inverse: Vec<f32>,
    interleaved: bool,
}

/// The angles of one flat list of tokens: `[tokens, head_dim / 2]` each.
pub struct Angles {
    cos: Tensor,
    sin: Tensor,
    interleaved: bool,
}

impl Rope {
    /// `factors` divide the frequencies (`rope_freqs.weight` of Llama 3.1 and later files); `None` where there are none.
    pub fn new(config: &Config, factors: Option<Vec<f32>>) -> Self {
        let half = config.head_dim / 2;
        let inverse = (0..half)
            .map(|i| {
                let f = config.rope_base.powf(-(i as f32) / half as f32);
                factors.as_ref().and_then(|v| v.get(i)).map_or(f, |by| f / by)
            })
            .collect();
        Rope { inverse, interleaved: config.rope_interleaved }
    }

    pub fn angles(&self, positions: &[u32], device: &Device) -> Result<Angles, ModelError> {
        let angle = positions.iter().flat_map(|&p| self.inverse.iter().map(move |f| p as f32 * f));
        let (cos, sin): (Vec<f32>, Vec<f32>) = angle.map(|a| (a.cos(), a.sin())).unzip();
        let shape = (positions.len(), self.inverse.len());
        Ok(Angles {
            cos: Tensor::from_vec(cos, shape, device)?,
            sin: Tensor::from_vec(sin, shape, device)?,
            interleaved: self.interleaved,
        })
    }
}

impl Angles {
    /// Turns `x` of shape `[heads, tokens, head_dim]`.
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
