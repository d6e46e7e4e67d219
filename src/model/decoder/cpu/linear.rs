//! A linear map of a layer, with the adapters that change it.

use crate::model::ModelError;
use crate::model::adapter::Adapter;
use crate::model::decoder::weights;
use crate::model::kernels::float;
use crate::model::kernels::isa::Isa;
use crate::model::kernels::matrix::Matrix;
use crate::model::kernels::pool::Pool;

/// `x · Wᵀ + b`, and what each adapter adds.
pub struct Linear {
    /// W, `[columns, inner]`
    pub weight: Matrix,
    /// b, one number for each column; `None` if the file has none.
    bias: Option<Vec<f32>>,
    /// What each adapter adds, in the order of the adapters; `None` for one that leaves this map as it is.
    pub updates: Vec<Option<LowRank>>,
}

/// What an adapter adds to a product: `(x · Aᵀ) · Bᵀ`, in eight bits (Hu et al. 2021,
/// <https://arxiv.org/abs/2106.09685>).
pub struct LowRank {
    /// `[rank, inner]`
    pub a: Matrix,
    /// `[columns, rank]`, its rows filled up with zeros to a multiple of 32 numbers, and already multiplied by the
    /// adapter's scale.
    pub b: Matrix,
}

impl Linear {
    /// A map that no adapter changes.
    pub fn new(weight: Matrix, bias: Option<Vec<f32>>) -> Linear {
        Linear { weight, bias, updates: Vec::new() }
    }

    /// This map with what `adapters` add to the matrix that the model's file calls `name`.
    ///
    /// # Errors
    /// When an adapter's matrices do not fit or cannot be packed.
    pub fn adapted(mut self, name: &str, adapters: &[Adapter], pool: &mut Pool) -> Result<Linear, ModelError> {
        let (columns, inner) = (self.weight.columns(), self.weight.inner());
        for adapter in adapters {
            let factors = adapter.factors(name, columns, inner)?;
            let update = factors.map(|f| {
                let width = f.rank.next_multiple_of(32);
                let mut b = vec![0.; columns * width];
                for (to, from) in b.chunks_exact_mut(width).zip(f.b.chunks_exact(f.rank)) {
                    to[..f.rank].copy_from_slice(from);
                }
                let (a, b) = (weights::packed(f.a, f.rank, inner, pool)?, weights::packed(b, columns, width, pool)?);
                Ok::<_, ModelError>(LowRank { a, b })
            });
            self.updates.push(update.transpose()?);
        }
        Ok(self)
    }

    /// Adds the bias, if there is one, to each of these rows of products.
    pub fn add_bias(&self, isa: Isa, rows: &mut [f32]) {
        if let Some(bias) = &self.bias {
            rows.chunks_exact_mut(bias.len()).for_each(|row| float::add(isa, row, bias));
        }
    }

    /// What the adapter with this number adds to the rows that run with it, if anything.
    pub fn update(&self, adapter: usize) -> Option<&LowRank> {
        self.updates.get(adapter)?.as_ref()
    }

    /// Whether any row runs with an adapter that changes this map. `adapted` has, for each adapter,
    /// the rows that run with it.
    pub fn is_updated(&self, adapted: &[Vec<usize>]) -> bool {
        adapted.iter().enumerate().any(|(which, rows)| !rows.is_empty() && self.update(which).is_some())
    }
}
