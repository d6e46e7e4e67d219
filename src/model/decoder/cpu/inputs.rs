//! The quantised inputs of the products.

use crate::model::kernels::activations::Activations;
use crate::model::kernels::float;
use crate::model::kernels::isa::Isa;
use crate::model::kernels::matrix::{Matrix, multiply};
use crate::model::kernels::pool::Pool;
use std::cell::RefCell;

thread_local! {
    static ROW: RefCell<Vec<f32>> = const { RefCell::new(Vec::new()) };
}

/// Rows of activations, quantised as the matrices want them: in blocks of 256, of 32, or both.
pub struct Inputs {
    /// Activations, and whether they are up to date.
    kinds: [(Activations, bool); 2],
}

impl Default for Inputs {
    fn default() -> Self {
        Inputs { kinds: [256, 32].map(|block| (Activations::new(0, 0, block), false)) }
    }
}

impl Inputs {
    /// Quantises `rows` rows of `width` values for products with `matrices`; `row` writes a row.
    pub fn fill(
        &mut self,
        isa: Isa,
        pool: &mut Pool,
        rows: usize,
        width: usize,
        matrices: &[&Matrix],
        row: impl Fn(usize, &mut [f32]) + Sync,
    ) {
        let mut sinks = Vec::with_capacity(2);
        for (activations, ready) in &mut self.kinds {
            *ready = matrices.iter().any(|m| m.block() == activations.block());
            if *ready {
                activations.reshape(rows, width);
                sinks.push(activations.sink());
            }
        }
        pool.run(rows, |r| {
            ROW.with_borrow_mut(|values| {
                values.resize(width, 0.);
                row(r, values);
                for sink in &sinks {
                    float::quantize(isa, *sink, r, 0, values);
                }
            });
        });
    }

    /// The products with what [`Inputs::fill`] was given.
    pub fn multiply(&self, isa: Isa, pool: &mut Pool, outputs: &mut [(&Matrix, &mut [f32])]) {
        for (activations, ready) in &self.kinds {
            if !ready {
                continue;
            }
            let block = activations.block();
            let mine = outputs.iter_mut().filter(|(m, _)| m.block() == block).map(|(m, out)| (*m, &mut **out));
            multiply(isa, pool, activations, &mut mine.collect::<Vec<_>>());
        }
    }
}
