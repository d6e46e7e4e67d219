//! The sections of a layer: parts that all threads compute together, one section after the other. All state is in flat
//! buffers, `[tokens, width]`. Within a section no thread reads what another one writes.

use super::inputs::Inputs;
use super::linear::Linear;
use super::{Layer, Place};
use crate::model::decoder::kv_cache::BlockTable;
use crate::model::gguf::{Config, Gate};
use crate::model::kernels::attention::{Query, attend};
use crate::model::kernels::float;
use crate::model::kernels::isa::Isa;
use crate::model::kernels::pool::Pool;
use crate::model::kernels::shared::Slots;
use std::cell::RefCell;

/// The buffers in which a step is computed. They keep their memory for the next step.
#[derive(Default)]
pub struct Buffers {
    /// Hidden state `[tokens, hidden]`.
    pub x: Vec<f32>,
    /// What the latest part (attention or feed-forward) adds to `x`. It is added when the next part reads `x`. Empty
    /// before the first part.
    pub y: Vec<f32>,
    /// Queries, then keys and values, of all heads.
    q: Vec<f32>,
    k: Vec<f32>,
    v: Vec<f32>,
    /// What attention gives, before the output matrix.
    attention: Vec<f32>,
    /// The products of the feed-forward part with the gate and up matrices.
    gate: Vec<f32>,
    up: Vec<f32>,
    inputs: Inputs,
}

/// Cosines and sines of a step's tokens, `[tokens, head_dim / 2]`.
pub struct Angles {
    pub cos: Vec<f32>,
    pub sin: Vec<f32>,
    /// Whether the two numbers that are rotated together are neighbours; otherwise they are half a head apart.
    pub interleaved: bool,
}

/// The most tokens of a sequence for which a thread computes the attention at a time.
const ATTENTION_TOKENS: usize = 16;

/// How many tokens a thread takes at a time when their queries, keys and values are prepared for the attention.
const PREPARED_TOKENS: usize = 4;

thread_local! {
    /// Memory for the attention scores of a thread.
    static SCORES: RefCell<Vec<f32>> = const { RefCell::new(Vec::new()) };
}

/// What the sections work with.
pub struct StepWork<'a> {
    pub config: &'a Config,
    pub isa: Isa,
    pub pool: &'a mut Pool,
    /// The rows that run with each adapter.
    pub adapted: &'a [Vec<usize>],
    /// The buffers that the sections read and write.
    pub b: &'a mut Buffers,
}

/// The buffer, made `len` numbers long; what it had before is not cleared.
fn sized(buffer: &mut Vec<f32>, len: usize) -> &mut [f32] {
    buffer.resize(len, 0.);
    buffer
}

impl StepWork<'_> {
    /// Adds what the part before left in `y` to the hidden state; if there is a `post_norm`, `y` is normed with it
    /// first. Then norms the hidden state with `weight`, and quantises the result as the inputs of
    /// `linears`. If `wanted` is given, only the rows with these indices are treated.
    fn norm(&mut self, weight: &[f32], post_norm: Option<&[f32]>, wanted: Option<&[usize]>, linears: &[&Linear]) {
        let (isa, hidden, eps) = (self.isa, self.config.hidden, self.config.rms_eps as f32);
        let rows = wanted.map_or(self.b.x.len() / hidden, <[usize]>::len);
        let (x, y) = (Slots::new(&mut self.b.x), &self.b.y);
        self.b.inputs.fill(isa, self.pool, (rows, hidden), linears, self.adapted, |row, out| {
            let row = wanted.map_or(row, |w| w[row]);
            // SAFETY: each row is filled once.
            let x = unsafe { x.range(row * hidden, hidden) };
            let y = if y.is_empty() { &[] } else { &y[row * hidden..][..hidden] };
            match post_norm {
                Some(post_norm) if !y.is_empty() => {
                    out.copy_from_slice(y);
                    let mut normed = vec![0.; hidden];
                    float::add_rms_norm(isa, out, &[], post_norm, eps, &mut normed);
                    float::add_rms_norm(isa, x, &normed, weight, eps, out);
                }
                _ => float::add_rms_norm(isa, x, y, weight, eps, out),
            }
        });
    }

    /// The attention of the layer with number `index`: reads the hidden state, and leaves in `y` what is to be added to
    /// it. `post_norm` is the norm for what the part before this one left in `y`.
    pub fn attention(
        &mut self,
        index: usize,
        layer: &Layer,
        post_norm: Option<&[f32]>,
        places: &[Place],
        angles: &Angles,
        table: &BlockTable,
    ) {
        let tokens = places.len();
        let linears = [&layer.query, &layer.key, &layer.value];
        self.norm(&layer.attention_norm, post_norm, None, &linears);
        let b = &mut *self.b;
        let [q, k, v] = [&mut b.q, &mut b.k, &mut b.v];
        let outputs = linears.into_iter().zip([q, k, v]);
        let outputs = outputs.map(|(l, out)| (l, sized(out, tokens * l.weight.columns())));
        b.inputs.multiply(self.isa, self.pool, self.adapted, &mut outputs.collect::<Vec<_>>());
        self.prepare_heads(index, layer, places, angles, table);
        self.weigh_values(index, places, table);
        let (isa, width) = (self.isa, layer.output.weight.inner());
        let b = &mut *self.b;
        let attention = &b.attention;
        b.inputs.fill(isa, self.pool, (tokens, width), &[&layer.output], self.adapted, |row, out| {
            out.copy_from_slice(&attention[row * width..][..width]);
        });
        let y = sized(&mut b.y, tokens * layer.output.weight.columns());
        b.inputs.multiply(isa, self.pool, self.adapted, &mut [(&layer.output, y)]);
        layer.output.add_bias(isa, &mut b.y);
    }

    /// Adds the biases of queries, keys and values, norms queries and keys where the model does so, rotates them,
    /// scales the queries, and puts keys and values into the cache.
    fn prepare_heads(&mut self, index: usize, layer: &Layer, places: &[Place], angles: &Angles, table: &BlockTable) {
        let (c, isa, b) = (self.config, self.isa, &mut *self.b);
        let (width, half, eps) = (c.head_dim, c.head_dim / 2, c.rms_eps as f32);
        let scale = 1. / (width as f32).sqrt();
        let (q, k, v) = (Slots::new(&mut b.q), Slots::new(&mut b.k), Slots::new(&mut b.v));
        let prepare_token = |t: usize| {
            let biased = |slots: &Slots<'_, f32>, linear: &Linear| {
                let columns = linear.weight.columns();
                // SAFETY: each token is taken once.
                let row = unsafe { slots.range(t * columns, columns) };
                linear.add_bias(isa, row);
            };
            biased(&q, &layer.query);
            biased(&k, &layer.key);
            biased(&v, &layer.value);
            let (cos, sin) = (&angles.cos[t * half..][..half], &angles.sin[t * half..][..half]);
            let turn = |head: &mut [f32], norm: &Option<Vec<f32>>| {
                if let Some(norm) = norm {
                    let plain = head.to_vec();
                    float::rms_norm(isa, &plain, norm, eps, head);
                }
                float::rotate(isa, head, cos, sin, angles.interleaved);
            };
            for h in 0..c.heads {
                // SAFETY: as above.
                let head = unsafe { q.range((t * c.heads + h) * width, width) };
                turn(head, &layer.query_norm);
                head.iter_mut().for_each(|v| *v *= scale);
            }
            for h in 0..c.kv_heads {
                let at = (t * c.kv_heads + h) * width;
                // SAFETY: as above.
                let (key, value) = unsafe { (k.range(at, width), v.range(at, width)) };
                turn(key, &layer.key_norm);
                // SAFETY: as above; nobody reads the cache in this section.
                unsafe { table.put((places[t].input, places[t].position), index, h, key, value) };
            }
        };
        self.pool.run(places.len().div_ceil(PREPARED_TOKENS), |p| {
            (p * PREPARED_TOKENS..places.len().min((p + 1) * PREPARED_TOKENS)).for_each(prepare_token);
        });
    }

    /// The attention itself. For each token, the values from the beginning of its sequence (or of
    /// the layer's window, if it has one) up to the token's own are added, weighted by its query
    /// and their keys. A thread takes a few tokens of a sequence and one key head at a time; the
    /// query heads that share this key head are rows of one product.
    fn weigh_values(&mut self, index: usize, places: &[Place], table: &BlockTable) {
        let (c, isa, b) = (self.config, self.isa, &mut *self.b);
        let (width, group) = (c.head_dim, c.heads / c.kv_heads);
        let window = c.window_of(index);
        let mut pieces = Vec::new();
        let mut start = 0;
        while start < places.len() {
            let most = places.len().min(start + ATTENTION_TOKENS);
            let same = |t: &usize| places[*t].input == places[start].input;
            let end = start + (start..most).take_while(same).count();
            pieces.extend((0..c.kv_heads).map(|head| (start, end, head)));
            start = end;
        }
        let row = c.heads * width;
        let out = Slots::new(sized(&mut b.attention, places.len() * row));
        let q = &b.q;
        self.pool.run(pieces.len(), |p| {
            let (start, end, head) = pieces[p];
            let at = |t: usize, g: usize| t * row + (head * group + g) * width;
            let query = |t: usize, g: usize| {
                let to = places[t].position + 1;
                Query { values: &q[at(t, g)..][..width], from: window.map_or(0, |w| to.saturating_sub(w.tokens)), to }
            };
            let queries: Vec<Query<'_>> = (start..end).flat_map(|t| (0..group).map(move |g| query(t, g))).collect();
            let input = places[start].input;
            // SAFETY: nobody writes the cache in this section.
            let blocks = |block: usize| unsafe { table.keys_and_values(input, block, index, head) };
            SCORES.with_borrow_mut(|scores| {
                attend(isa, &queries, width, blocks, scores, |r, values| {
                    // SAFETY: tokens and heads of different pieces do not overlap.
                    unsafe { out.range(at(start + r / group, r % group), width) }.copy_from_slice(values);
                });
            });
        });
    }

    /// The feed-forward part of a layer: reads the hidden state, and leaves in `y` what is to be added to it.
    /// `post_norm` is the norm for what the attention left in `y`.
    pub fn feed_forward(&mut self, layer: &Layer, post_norm: Option<&[f32]>) {
        self.norm(&layer.ffn_norm, post_norm, None, &[&layer.gate, &layer.up]);
        let (isa, b, nonlinearity) = (self.isa, &mut *self.b, self.config.gate);
        let tokens = b.x.len() / self.config.hidden;
        let width = layer.down.weight.inner();
        let outputs =
            [(&layer.gate, sized(&mut b.gate, tokens * width)), (&layer.up, sized(&mut b.up, tokens * width))];
        b.inputs.multiply(isa, self.pool, self.adapted, &mut { outputs });
        layer.gate.add_bias(isa, &mut b.gate);
        layer.up.add_bias(isa, &mut b.up);
        let (gate, up) = (&b.gate, &b.up);
        b.inputs.fill(isa, self.pool, (tokens, width), &[&layer.down], self.adapted, |row, out| {
            out.copy_from_slice(&gate[row * width..][..width]);
            let up = &up[row * width..][..width];
            match nonlinearity {
                Gate::Silu => float::silu_mul(isa, out, up),
                Gate::Gelu => float::gelu_mul(isa, out, up),
            }
        });
        let y = sized(&mut b.y, tokens * layer.down.weight.columns());
        b.inputs.multiply(isa, self.pool, self.adapted, &mut [(&layer.down, y)]);
        layer.down.add_bias(isa, &mut b.y);
    }

    /// The logits of the rows `wanted`, one row after the other. `post_norm` is the norm for what the last layer left
    /// in `y`.
    pub fn head(&mut self, norm: &[f32], post_norm: Option<&[f32]>, head: &Linear, wanted: &[usize]) -> Vec<f32> {
        if wanted.is_empty() {
            return Vec::new();
        }
        self.norm(norm, post_norm, Some(wanted), &[head]);
        let mut logits = vec![0.; wanted.len() * head.weight.columns()];
        self.b.inputs.multiply(self.isa, self.pool, &[], &mut [(head, &mut logits)]);
        logits
    }
}
