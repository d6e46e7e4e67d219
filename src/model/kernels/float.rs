//! The arithmetic between the products, in single precision: norms, activations, rotations, softmax.
//!
//! The functions are plain loops, which are compiled for each instruction set. Sums are kept in sixteen lanes and added
//! in the same order with every set: first within the lanes, then over the lanes. Only `mul_add` may give different
//! numbers: a processor with an instruction for it rounds once, otherwise the result is rounded
//! twice.

use super::activations::{Activations, Sink};
use super::isa::Isa;

/// Compiles the body of a function for each instruction set. The function runs the version that `isa` names. In the
/// body, the name in square brackets says whether there is a fused multiply-add.
macro_rules! for_each_isa {
    ($(#[$doc:meta])* $vis:vis fn $name:ident[$fma:ident]($($arg:ident: $type:ty),* $(,)?) $(-> $ret:ty)? $body:block) => {
        $(#[$doc])*
        #[allow(clippy::too_many_arguments)]
        $vis fn $name(isa: Isa, $($arg: $type),*) $(-> $ret)? {
            #[inline(always)]
            #[allow(clippy::too_many_arguments)]
            fn body<const $fma: bool>($($arg: $type),*) $(-> $ret)? $body
            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vnni,avx2,fma,f16c")]
                #[allow(clippy::too_many_arguments)]
                fn avx512($($arg: $type),*) $(-> $ret)? { body::<true>($($arg),*) }
                #[target_feature(enable = "avx2,fma,f16c")]
                #[allow(clippy::too_many_arguments)]
                fn avx2($($arg: $type),*) $(-> $ret)? { body::<true>($($arg),*) }
                match isa {
                    // SAFETY: `Isa::all` found these features.
                    Isa::Avx512 => return unsafe { avx512($($arg),*) },
                    // SAFETY: as above.
                    Isa::Avx2 => return unsafe { avx2($($arg),*) },
                    Isa::Portable | Isa::Neon => {}
                }
            }
            // Every AArch64 processor has vectors and a fused multiply-add, so no feature needs to be enabled.
            #[cfg(target_arch = "aarch64")]
            if isa == Isa::Neon {
                return body::<true>($($arg),*);
            }
            let _ = isa;
            body::<false>($($arg),*)
        }
    };
}

/// `a · b + c`, rounded once with `FMA`, otherwise after each operation.
#[inline(always)]
pub(super) fn mul_add<const FMA: bool>(a: f32, b: f32, c: f32) -> f32 {
    if FMA { a.mul_add(b, c) } else { a * b + c }
}

/// The sum of the sixteen lanes, always added in the same order.
#[inline(always)]
fn sum_of_lanes(sums: &[f32; 16]) -> f32 {
    let mut s = *sums;
    for width in [8, 4, 2, 1] {
        for i in 0..width {
            s[i] += s[i + width];
        }
    }
    s[0]
}

/// `eˣ`, with a relative error below 2⁻²² for `x` from −87 to 88. Below −87.3 it is 0, and above 88.3 it stays at the
/// value for 88.3.
///
/// It is computed by a Cody–Waite reduction and a polynomial with the coefficients of Cephes' `expf`
/// (<https://www.netlib.org/cephes/>).
#[inline(always)]
pub(super) fn exp<const FMA: bool>(x: f32) -> f32 {
    // 1.5 · 2²³: a number to which it is added is rounded to an integer, which then stands in the
    // lowest bits.
    const ROUND: f32 = 12_582_912.;
    let clamped = x.clamp(-87.3, 88.3);
    let shifted = mul_add::<FMA>(clamped, std::f32::consts::LOG2_E, ROUND);
    let n = shifted - ROUND;
    // eˣ = 2ⁿ · eʳ with r = x − n · ln 2. The two constants together are −ln 2; the first has few
    // binary digits, so that its product with n is exact.
    let r = mul_add::<FMA>(n, -0.693_359_4, clamped);
    let r = mul_add::<FMA>(n, 2.121_944_4e-4, r);
    let mut p = 1.987_569_2e-4;
    for c in [1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 1.666_666_5e-1, 0.5] {
        p = mul_add::<FMA>(p, r, c);
    }
    let p = mul_add::<FMA>(p * r, r, r + 1.);
    // 2ⁿ: n is shifted into the exponent, to which the bias of 127 is added.
    let power = f32::from_bits((shifted.to_bits() << 23).wrapping_add(0x3f80_0000));
    if x < -87.3 { 0. } else { p * power }
}

/// `out = x / rms(x) · weight`, where `rms(x)` is the root of (the mean square plus `eps`).
#[inline(always)]
fn normed<const FMA: bool>(x: &[f32], weight: &[f32], eps: f32, out: &mut [f32]) {
    let mut sums = [0f32; 16];
    let (sixteens, rest) = x.as_chunks::<16>();
    for chunk in sixteens {
        for i in 0..16 {
            sums[i] = mul_add::<FMA>(chunk[i], chunk[i], sums[i]);
        }
    }
    for (s, v) in sums.iter_mut().zip(rest) {
        *s = mul_add::<FMA>(*v, *v, *s);
    }
    let scale = 1. / (sum_of_lanes(&sums) / x.len() as f32 + eps).sqrt();
    for ((o, x), w) in out.iter_mut().zip(x.iter()).zip(weight) {
        *o = *x * scale * *w;
    }
}

for_each_isa! {
    /// `out = x / rms(x) · weight`, where `rms(x)` is the root of (the mean square plus `eps`).
    pub fn rms_norm[FMA](x: &[f32], weight: &[f32], eps: f32, out: &mut [f32]) {
        normed::<FMA>(x, weight, eps, out);
    }
}

for_each_isa! {
    /// `x += y`, then [`rms_norm`] of `x` (Zhang & Sennrich 2019, <https://arxiv.org/abs/1910.07467>). If `y` is empty,
    /// nothing is added.
    pub fn add_rms_norm[FMA](x: &mut [f32], y: &[f32], weight: &[f32], eps: f32, out: &mut [f32]) {
        for (x, y) in x.iter_mut().zip(y) {
            *x += *y;
        }
        normed::<FMA>(x, weight, eps, out);
    }
}

for_each_isa! {
    /// `x += y`
    pub fn add[FMA](x: &mut [f32], y: &[f32]) {
        for (x, y) in x.iter_mut().zip(y) {
            *x += *y;
        }
    }
}

for_each_isa! {
    /// `gate = silu(gate) · up`, where `silu(x) = x / (1 + e⁻ˣ)`
    pub fn silu_mul[FMA](gate: &mut [f32], up: &[f32]) {
        for (g, u) in gate.iter_mut().zip(up) {
            *g = *g / (1. + exp::<FMA>(-*g)) * *u;
        }
    }
}

for_each_isa! {
    /// `gate = gelu(gate) · up`, the tanh form of GELU (Hendrycks & Gimpel 2016, <https://arxiv.org/abs/1606.08415>).
    pub fn gelu_mul[FMA](gate: &mut [f32], up: &[f32]) {
        for (g, u) in gate.iter_mut().zip(up) {
            let x = *g;
            // tanh(y / 2) = 1 − 2 / (eʸ + 1), and 0.797… is √(2/π).
            let y = 2. * 0.797_884_6 * mul_add::<FMA>(0.044_715 * x * x, x, x);
            *g = 0.5 * x * (2. - 2. / (exp::<FMA>(y) + 1.)) * *u;
        }
    }
}

for_each_isa! {
    /// Replaces each score by `e^(score − greatest)`, and returns the inverse of the sum of these. The number of scores
    /// must be a multiple of 16. Scores that must not count are minus infinity.
    pub fn softmax[FMA](scores: &mut [f32]) -> f32 {
        let (chunks, _) = scores.as_chunks_mut::<16>();
        let mut tops = [f32::NEG_INFINITY; 16];
        for chunk in chunks.iter() {
            for i in 0..16 {
                tops[i] = tops[i].max(chunk[i]);
            }
        }
        let top = tops.iter().fold(f32::NEG_INFINITY, |a, &b| a.max(b));
        let mut sums = [0f32; 16];
        for chunk in chunks {
            for i in 0..16 {
                chunk[i] = exp::<FMA>(chunk[i] - top);
                sums[i] += chunk[i];
            }
        }
        1. / sum_of_lanes(&sums)
    }
}

for_each_isa! {
    /// The index of the greatest value (of several, the first), and `ln Σ e^(value − greatest)`.
    pub fn greatest[FMA](values: &[f32]) -> (usize, f32) {
        let (chunks, rest) = values.as_chunks::<16>();
        let mut tops = [f32::NEG_INFINITY; 16];
        for chunk in chunks {
            for i in 0..16 {
                tops[i] = tops[i].max(chunk[i]);
            }
        }
        let top = tops.iter().chain(rest).fold(f32::NEG_INFINITY, |a, &b| a.max(b));
        let mut sums = [0f32; 16];
        for chunk in chunks {
            for i in 0..16 {
                sums[i] += exp::<FMA>(chunk[i] - top);
            }
        }
        for (s, v) in sums.iter_mut().zip(rest) {
            *s += exp::<FMA>(*v - top);
        }
        (values.iter().position(|v| *v == top).unwrap_or(0), sum_of_lanes(&sums).ln())
    }
}

for_each_isa! {
    /// Rotates pairs of the `d` numbers of a head by angles with these cosines and sines. The pairs are `(i, i + d/2)`,
    /// or neighbours if `interleaved`.
    pub fn rotate[FMA](head: &mut [f32], cos: &[f32], sin: &[f32], interleaved: bool) {
        if interleaved {
            for ((pair, c), s) in head.as_chunks_mut::<2>().0.iter_mut().zip(cos).zip(sin) {
                let (a, b) = (pair[0], pair[1]);
                *pair = [a * c - b * s, a * s + b * c];
            }
        } else {
            let (first, second) = head.split_at_mut(cos.len());
            for (((a, b), c), s) in first.iter_mut().zip(second).zip(cos).zip(sin) {
                (*a, *b) = (*a * c - *b * s, *a * s + *b * c);
            }
        }
    }
}

for_each_isa! {
    /// Quantises a whole row of activations.
    pub fn quantize_row[_FMA](activations: &mut Activations, row: usize, values: &[f32]) {
        activations.put(row, values);
    }
}

for_each_isa! {
    /// Quantises whole blocks of a row. Other threads may do the same with other blocks, but not with these (the
    /// contract of [`Sink::put`]).
    pub(in crate::model) fn quantize[_FMA](sink: Sink, row: usize, from: usize, values: &[f32]) {
        // SAFETY: the caller's promise.
        unsafe { sink.put(row, from, values) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exp_is_right_to_two_units_in_the_last_place() {
        for i in -8700..8800 {
            let x = i as f32 / 100.;
            let right = f64::from(x).exp();
            for (fma, got) in [(false, exp::<false>(x)), (true, exp::<true>(x))] {
                let off = (f64::from(got) - right).abs() / right;
                assert!(off < 2. * f64::from(f32::EPSILON), "e^{x} = {got}, not {right} (fma: {fma})");
            }
        }
        assert_eq!((exp::<false>(f32::NEG_INFINITY), exp::<true>(-1e9), exp::<true>(0.)), (0., 0., 1.));
    }

    #[test]
    fn softmax_hides_what_is_minus_infinity() {
        for isa in Isa::all() {
            let mut scores = [f32::NEG_INFINITY; 32];
            scores[..3].copy_from_slice(&[1., 3., 2.]);
            let inverse = softmax(isa, &mut scores);
            let got: Vec<f32> = scores.iter().map(|s| s * inverse).collect();
            let sum = 1f32.exp() + 2f32.exp() + 3f32.exp();
            for (g, x) in got.iter().zip([1f32, 3., 2.]) {
                assert!((g - x.exp() / sum).abs() < 1e-6, "{isa:?}: {got:?}");
            }
            assert!(got[3..].iter().all(|&g| g == 0.));
        }
    }

    #[test]
    fn greatest_is_the_first_of_equals_and_the_sum_is_that_of_all() {
        let mut values: Vec<f32> = (0..1003).map(|i| ((i * 7919) % 1000) as f32 / 100.).collect();
        values[1001] = 11.;
        values[400] = 11.;
        let right = values.iter().map(|v| f64::from(v - 11.).exp()).sum::<f64>().ln();
        for isa in Isa::all() {
            let (at, sum) = greatest(isa, &values);
            assert_eq!(at, 400, "{isa:?}");
            assert!((f64::from(sum) - right).abs() < 1e-5, "{isa:?}: {sum} {right}");
        }
    }

    #[test]
    fn gelu_and_silu_follow_their_formulas() {
        for isa in Isa::all() {
            for i in -80..80 {
                let x = i as f32 / 8.;
                let (mut s, mut g) = ([x], [x]);
                silu_mul(isa, &mut s, &[2.]);
                gelu_mul(isa, &mut g, &[2.]);
                let silu = 2. * x / (1. + (-x).exp());
                let gelu = x * (1. + (0.797_884_6 * (x + 0.044_715 * x * x * x)).tanh());
                assert!((s[0] - silu).abs() < 1e-5 && (g[0] - gelu).abs() < 1e-5, "{isa:?} {x}: {s:?} {g:?}");
            }
        }
    }
}
