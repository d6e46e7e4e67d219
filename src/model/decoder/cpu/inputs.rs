//! The quantised inputs of the products, and the products themselves.

use super::linear::Linear;
use crate::model::kernels::activations::Activations;
use crate::model::kernels::float;
use crate::model::kernels::isa::Isa;
use crate::model::kernels::matrix::{Product, Update, products};
use crate::model::kernels::pool::Pool;
use std::cell::RefCell;

thread_local! {
    /// The memory in which a thread writes a row before it is quantised.
    static ROW: RefCell<Vec<f32>> = const { RefCell::new(Vec::new()) };
}

/// Rows of activations, quantised as the matrices need them: in blocks of 256, of 32, or both. Adapters need blocks of
/// 32.
pub struct Inputs {
    /// The rows in blocks of 256, and in blocks of 32, each with whether it is up to date.
    kinds: [(Activations, bool); 2],
    /// The rows multiplied with the A matrices of adapters. Only the first `used` of them are up to date; the others
    /// keep their memory for the next products.
    projections: Vec<Projection>,
    used: usize,
}

/// The rows that run with an adapter, in the low-rank space of one of its updates.
struct Projection {
    /// Index of the product to which the update is added.
    output: usize,
    /// The adapter that updates it.
    adapter: usize,
    /// The projected rows, `[rows, rank]`.
    values: Vec<f32>,
    /// The same in eight bits, each row filled up with zeros to a multiple of 32 numbers.
    activations: Activations,
}

impl Default for Inputs {
    fn default() -> Self {
        let kinds = [256, 32].map(|block| (Activations::new(0, 0, block), false));
        Inputs { kinds, projections: Vec::new(), used: 0 }
    }
}

impl Inputs {
    /// Quantises the inputs of products with `linears`. `shape` is the number of rows, and of
    /// values in each. `row` is called with the index of a row and writes its values; `adapted`
    /// has, for each adapter, the rows that run with it.
    pub fn fill(
        &mut self,
        isa: Isa,
        pool: &mut Pool,
        shape: (usize, usize),
        linears: &[&Linear],
        adapted: &[Vec<usize>],
        row: impl Fn(usize, &mut [f32]) + Sync,
    ) {
        let (rows, width) = shape;
        let mut sinks = Vec::with_capacity(2);
        for (activations, ready) in &mut self.kinds {
            let block = activations.block();
            *ready = linears.iter().any(|l| l.weight.block() == block || block == 32 && l.is_updated(adapted));
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

    /// Multiplies the rows that [`Inputs::fill`] has quantised with the weights of each linear map, and adds the
    /// updates of each adapter to its rows. Biases are not added.
    pub fn multiply(
        &mut self,
        isa: Isa,
        pool: &mut Pool,
        adapted: &[Vec<usize>],
        outputs: &mut [(&Linear, &mut [f32])],
    ) {
        self.project(isa, pool, adapted, outputs);
        for (activations, ready) in &self.kinds {
            if !ready {
                continue;
            }
            let mut same_block = Vec::with_capacity(outputs.len());
            for (i, (linear, out)) in outputs.iter_mut().enumerate() {
                if linear.weight.block() != activations.block() {
                    continue;
                }
                let projections = self.projections[..self.used].iter().filter(|p| p.output == i);
                let updates = projections.filter_map(|p| {
                    let matrix = &linear.update(p.adapter)?.b;
                    Some(Update { matrix, activations: &p.activations, rows: &adapted[p.adapter] })
                });
                same_block.push(Product { matrix: &linear.weight, out, updates: updates.collect() });
            }
            products(isa, pool, activations, None, &mut same_block);
        }
    }

    /// The first half of the updates: multiplies the rows of each adapter with its A matrices, and quantises the
    /// results.
    fn project(&mut self, isa: Isa, pool: &mut Pool, adapted: &[Vec<usize>], outputs: &[(&Linear, &mut [f32])]) {
        self.used = 0;
        for (adapter, rows) in adapted.iter().enumerate().filter(|(_, rows)| !rows.is_empty()) {
            let first = self.used;
            for (output, (linear, _)) in outputs.iter().enumerate() {
                let Some(update) = linear.update(adapter) else { continue };
                if self.used == self.projections.len() {
                    let activations = Activations::new(0, 0, 32);
                    self.projections.push(Projection { output, adapter, values: Vec::new(), activations });
                }
                let projection = &mut self.projections[self.used];
                (projection.output, projection.adapter) = (output, adapter);
                projection.values.resize(rows.len() * update.a.columns(), 0.);
                self.used += 1;
            }
            // If the adapter changes none of these maps, the rows may not have been quantised in
            // blocks of 32, which its products would read.
            if self.used == first {
                continue;
            }
            let projections = &mut self.projections[first..self.used];
            let mut factors = Vec::with_capacity(projections.len());
            for Projection { output, values, .. } in projections.iter_mut() {
                if let Some(update) = outputs[*output].0.update(adapter) {
                    factors.push(Product { matrix: &update.a, out: values, updates: Vec::new() });
                }
            }
            products(isa, pool, &self.kinds[1].0, Some(rows), &mut factors);
            for Projection { output, values, activations, .. } in projections {
                if let Some(update) = outputs[*output].0.update(adapter) {
                    quantize(isa, values, update.a.columns(), update.b.inner(), activations);
                }
            }
        }
    }
}

/// Quantises rows of `rank` values to eight bits, each filled up with zeros to `width`.
fn quantize(isa: Isa, values: &[f32], rank: usize, width: usize, activations: &mut Activations) {
    activations.reshape(values.len() / rank, width);
    let sink = activations.sink();
    let mut padded = vec![0.; width];
    for (r, row) in values.chunks_exact(rank).enumerate() {
        padded[..rank].copy_from_slice(row);
        float::quantize(isa, sink, r, 0, &padded);
    }
}
