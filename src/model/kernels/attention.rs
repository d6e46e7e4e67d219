//! Attention over blocks of keys and values.
//!
//! For one layer and one key head, a block has the keys and values of [`BLOCK`] tokens. The keys
//! are transposed, `[head_dim][BLOCK]`, so that the same coordinate of sixteen keys stands side by
//! side, and a score needs no sum across the lanes of a vector. The values are `[BLOCK][head_dim]`.
//! So scores and outputs are both computed by the same small product, `tile` below. The rows of a
//! tile belong to queries that share a key head, from several query heads and tokens; so no key is
//! copied for them.

use super::float::softmax;
use super::isa::Isa;

/// How many tokens a block has.
pub const BLOCK: usize = 16;

/// How many rows a tile has at most. The sums of eight rows, and the vectors that are multiplied,
/// fit into the registers of every instruction set.
const ROWS: usize = 8;

/// A query of one token and head, and the keys that it sees.
pub struct Query<'a> {
    /// `head_dim` values, already scaled by `1 / √head_dim`.
    pub values: &'a [f32],
    /// The first position that it sees.
    pub from: usize,
    /// The position after the last that it sees.
    pub to: usize,
}

/// Computes `softmax(query · keys) · values` for each of the queries, which share a key head.
///
/// `blocks` gives the keys and values of the block with a given number, and `scores` is memory to work in. `out` is
/// called with the index of each query and its result. The result of a query does not depend on the queries beside it.
/// `head_dim` must be a multiple of [`BLOCK`].
pub fn attend<'a>(
    isa: Isa,
    queries: &[Query<'_>],
    head_dim: usize,
    blocks: impl Fn(usize) -> (&'a [f32], &'a [f32]),
    scores: &mut Vec<f32>,
    mut out: impl FnMut(usize, &[f32]),
) {
    for (t, tile_rows) in queries.chunks(ROWS).enumerate() {
        let first = tile_rows.iter().map(|q| q.from / BLOCK).min().unwrap_or(0);
        let last = tile_rows.iter().map(|q| q.to.div_ceil(BLOCK)).max().unwrap_or(0);
        let width = (last - first) * BLOCK;
        scores.clear();
        scores.resize(ROWS * width, f32::NEG_INFINITY);
        let rows = tile_rows.len();
        let mut a: [&[f32]; ROWS] = [tile_rows[0].values; ROWS];
        for (a, q) in a.iter_mut().zip(tile_rows) {
            *a = q.values;
        }
        for block in first..last {
            let mut sums = [[0f32; BLOCK]; ROWS];
            tile(isa, &mut sums, rows, a, blocks(block).0, BLOCK, head_dim);
            for (r, q) in tile_rows.iter().enumerate() {
                let start = block * BLOCK;
                let to = &mut scores[r * width + start - first * BLOCK..][..BLOCK];
                to.copy_from_slice(&sums[r]);
                if start < q.from || start + BLOCK > q.to {
                    for (i, s) in to.iter_mut().enumerate() {
                        if start + i < q.from || start + i >= q.to {
                            *s = f32::NEG_INFINITY;
                        }
                    }
                }
            }
        }
        let mut inverse = [0f32; ROWS];
        for (r, row) in scores.chunks_exact_mut(width).take(rows).enumerate() {
            inverse[r] = softmax(isa, row);
        }
        let mut result = vec![0f32; rows * head_dim];
        for column in (0..head_dim).step_by(BLOCK) {
            let mut sums = [[0f32; BLOCK]; ROWS];
            for block in first..last {
                let at = (block - first) * BLOCK;
                let p: [&[f32]; ROWS] = std::array::from_fn(|r| &scores[r * width + at..][..BLOCK]);
                tile(isa, &mut sums, rows, p, &blocks(block).1[column..], head_dim, BLOCK);
            }
            for r in 0..rows {
                for i in 0..BLOCK {
                    result[r * head_dim + column + i] = sums[r][i] * inverse[r];
                }
            }
        }
        for (r, row) in result.chunks_exact(head_dim).enumerate() {
            out(t * ROWS + r, row);
        }
    }
}

/// `sums[r][i] += Σ_k a[r][k] · b[k · stride + i]` for every `r` below `rows`, with `k` from 0 to `inner - 1`.
fn tile(
    isa: Isa,
    sums: &mut [[f32; BLOCK]; ROWS],
    rows: usize,
    a: [&[f32]; ROWS],
    b: &[f32],
    stride: usize,
    inner: usize,
) {
    assert!(a[..rows].iter().all(|a| a.len() >= inner) && b.len() >= (inner - 1) * stride + BLOCK);
    #[cfg(target_arch = "x86_64")]
    match isa {
        // SAFETY: `Isa::all` found the features; lengths are asserted.
        Isa::Avx512 => return unsafe { tile_avx512(sums, rows, a, b, stride, inner) },
        // SAFETY: as above.
        Isa::Avx2 => return unsafe { tile_avx2(sums, rows, a, b, stride, inner) },
        Isa::Portable | Isa::Neon => {}
    }
    #[cfg(target_arch = "aarch64")]
    if isa == Isa::Neon {
        // SAFETY: every AArch64 processor has NEON; lengths are asserted.
        return unsafe { tile_neon(sums, rows, a, b, stride, inner) };
    }
    let _ = isa;
    for k in 0..inner {
        let b: &[f32; BLOCK] = b[k * stride..][..BLOCK].try_into().expect("sixteen");
        for r in 0..rows {
            let a = a[r][k];
            for i in 0..BLOCK {
                sums[r][i] += a * b[i];
            }
        }
    }
}

/// Defines `tile` for one kind of vector.
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
macro_rules! tile_on {
    ($name:ident, $arch:ident, $features:literal, $vector:ty, $lanes:literal, $load:ident, $store:ident, $spread:ident, $fma:ident) => {
        /// # Safety
        /// The processor must have the features. Every used row of `a` must hold `inner` values, and `b` must hold
        /// `inner` rows of sixteen values, each `stride` values after the one before.
        #[target_feature(enable = $features)]
        unsafe fn $name(
            sums: &mut [[f32; BLOCK]; ROWS],
            rows: usize,
            a: [&[f32]; ROWS],
            b: &[f32],
            stride: usize,
            inner: usize,
        ) {
            use std::arch::$arch::*;
            /// # Safety
            /// As for the function around it, with `N` used rows.
            #[target_feature(enable = $features)]
            unsafe fn tile_of_rows<const N: usize>(
                sums: &mut [[f32; BLOCK]; ROWS],
                a: [&[f32]; ROWS],
                b: &[f32],
                stride: usize,
                inner: usize,
            ) {
                for part in (0..BLOCK).step_by($lanes) {
                    // SAFETY: by this function's contract; a part lies within sixteen.
                    unsafe {
                        let mut acc: [$vector; N] = std::array::from_fn(|r| $load(sums[r].as_ptr().add(part)));
                        for k in 0..inner {
                            let b = $load(b.as_ptr().add(k * stride + part));
                            for r in 0..N {
                                acc[r] = $fma($spread(*a[r].get_unchecked(k)), b, acc[r]);
                            }
                        }
                        for r in 0..N {
                            $store(sums[r].as_mut_ptr().add(part), acc[r]);
                        }
                    }
                }
            }
            // SAFETY: by this function's contract.
            unsafe {
                match rows {
                    1 => tile_of_rows::<1>(sums, a, b, stride, inner),
                    2 => tile_of_rows::<2>(sums, a, b, stride, inner),
                    3 => tile_of_rows::<3>(sums, a, b, stride, inner),
                    4 => tile_of_rows::<4>(sums, a, b, stride, inner),
                    5 => tile_of_rows::<5>(sums, a, b, stride, inner),
                    6 => tile_of_rows::<6>(sums, a, b, stride, inner),
                    7 => tile_of_rows::<7>(sums, a, b, stride, inner),
                    8 => tile_of_rows::<8>(sums, a, b, stride, inner),
                    _ => unreachable!("a tile has one to eight rows"),
                }
            }
        }
    };
}

#[cfg(target_arch = "x86_64")]
tile_on!(
    tile_avx512,
    x86_64,
    "avx512f",
    __m512,
    16,
    _mm512_loadu_ps,
    _mm512_storeu_ps,
    _mm512_set1_ps,
    _mm512_fmadd_ps
);
#[cfg(target_arch = "x86_64")]
tile_on!(tile_avx2, x86_64, "avx2,fma", __m256, 8, _mm256_loadu_ps, _mm256_storeu_ps, _mm256_set1_ps, _mm256_fmadd_ps);
#[cfg(target_arch = "aarch64")]
tile_on!(tile_neon, aarch64, "neon", float32x4_t, 4, vld1q_f32, vst1q_f32, vdupq_n_f32, neon_mul_add);

/// `a · b + c`, with the arguments in the order that `tile_on` needs: the intrinsic takes `c`
/// first.
#[cfg(target_arch = "aarch64")]
#[inline(always)]
fn neon_mul_add(
    a: std::arch::aarch64::float32x4_t,
    b: std::arch::aarch64::float32x4_t,
    c: std::arch::aarch64::float32x4_t,
) -> std::arch::aarch64::float32x4_t {
    // SAFETY: every AArch64 processor has NEON.
    unsafe { std::arch::aarch64::vfmaq_f32(c, a, b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The formula of attention, computed directly in double precision.
    fn plain(query: &[f32], keys: &[Vec<f32>], values: &[Vec<f32>]) -> Vec<f64> {
        let dot = |k: &Vec<f32>| query.iter().zip(k).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum::<f64>();
        let weights: Vec<f64> = keys.iter().map(|k| dot(k).exp()).collect();
        let sum: f64 = weights.iter().sum();
        let of = |d: usize| values.iter().zip(&weights).map(|(v, w)| f64::from(v[d]) * w / sum).sum();
        (0..query.len()).map(of).collect()
    }

    #[test]
    fn agrees_with_the_formula_for_every_row_and_window() {
        let (dim, tokens) = (32, 41);
        let number = |seed: usize| ((seed.wrapping_mul(2_654_435_761) >> 7) % 2000) as f32 / 1000. - 1.;
        let keys: Vec<Vec<f32>> = (0..tokens).map(|t| (0..dim).map(|d| number(t * 100 + d)).collect()).collect();
        let values: Vec<Vec<f32>> =
            (0..tokens).map(|t| (0..dim).map(|d| number(9999 + t * 77 + d)).collect()).collect();
        let mut blocks = vec![(vec![7f32; dim * BLOCK], vec![7f32; dim * BLOCK]); tokens.div_ceil(BLOCK)];
        for t in 0..tokens {
            for d in 0..dim {
                blocks[t / BLOCK].0[d * BLOCK + t % BLOCK] = keys[t][d];
                blocks[t / BLOCK].1[t % BLOCK * dim + d] = values[t][d];
            }
        }
        let rows: Vec<Vec<f32>> = (0..11).map(|r| (0..dim).map(|d| number(5 + r * 31 + d) / 2.).collect()).collect();
        let windows: Vec<(usize, usize)> = (0..11).map(|r| (if r % 3 == 0 { 0 } else { r }, 20 + 2 * r)).collect();
        for isa in Isa::all() {
            let queries: Vec<Query<'_>> =
                rows.iter().zip(&windows).map(|(values, &(from, to))| Query { values, from, to }).collect();
            let mut got = vec![Vec::new(); rows.len()];
            let look = |b: usize| (blocks[b].0.as_slice(), blocks[b].1.as_slice());
            attend(isa, &queries, dim, look, &mut Vec::new(), |r, out| got[r] = out.to_vec());
            for (r, &(from, to)) in windows.iter().enumerate() {
                let right = plain(&rows[r], &keys[from..to], &values[from..to]);
                for (g, w) in got[r].iter().zip(right) {
                    assert!((f64::from(*g) - w).abs() < 1e-5, "{isa:?} row {r}: {g} {w}");
                }
                let mut alone = Vec::new();
                attend(isa, &queries[r..=r], dim, look, &mut Vec::new(), |_, out| alone = out.to_vec());
                // Beside other rows, a row may go through more blocks than alone; the keys in them, which it must not
                // see, add nothing.
                assert_eq!(alone, got[r], "{isa:?} row {r}");
            }
        }
    }
}
