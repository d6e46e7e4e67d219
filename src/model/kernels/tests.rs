//! Compares the kernels with each other and with exact arithmetic.

use super::activations::Activations;
use super::float::quantize_row;
use super::format::Format;
use super::isa::Isa;
use super::matrix::{Matrix, multiply};
use super::pool::Pool;
use candle_core::quantized::{GgmlDType, QTensor};
use candle_core::{Device, Tensor};
use proptest::prelude::*;

const KINDS: [GgmlDType; 6] =
    [GgmlDType::Q4K, GgmlDType::Q5K, GgmlDType::Q6K, GgmlDType::Q4_0, GgmlDType::Q5_0, GgmlDType::Q8_0];

/// Weights that candle has quantised: packed for the kernels, and as single-precision numbers of the same values.
fn weights(kind: GgmlDType, values: Vec<f32>, columns: usize, inner: usize, pool: &mut Pool) -> (Matrix, Vec<f32>) {
    let tensor = Tensor::from_vec(values, (columns, inner), &Device::Cpu).unwrap();
    let quantised = QTensor::quantize(&tensor, kind).unwrap();
    let plain = quantised.dequantize(&Device::Cpu).unwrap().flatten_all().unwrap().to_vec1().unwrap();
    let file = quantised.data().unwrap();
    (Matrix::pack(Format::of(kind).unwrap(), &file, columns, inner, pool), plain)
}

fn activations(isa: Isa, values: &[f32], rows: usize, inner: usize, block: usize) -> Activations {
    let mut out = Activations::new(rows, inner, block);
    for (r, row) in values.chunks_exact(inner).enumerate() {
        quantize_row(isa, &mut out, r, row);
    }
    out
}

fn product(isa: Isa, pool: &mut Pool, matrix: &Matrix, values: &[f32], rows: usize) -> Vec<f32> {
    let mut out = vec![f32::NAN; rows * matrix.columns()];
    let a = activations(isa, values, rows, matrix.inner(), matrix.block());
    multiply(isa, pool, &a, &mut [(matrix, &mut out)]);
    out
}

/// Numbers as activations have them: mostly small, some large, some zero.
fn number() -> impl Strategy<Value = f32> {
    prop_oneof![4 => -1f32..1., 1 => -30f32..30., 1 => Just(0f32)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// The portable kernel differs from exact arithmetic by no more than the rounding of the activations to eight bits
    /// explains. Every other kernel gives bit for bit what the portable one gives, on one thread or on three; and a row
    /// gives the same alone as among others.
    #[test]
    fn products_are_right_and_the_same_everywhere(
        kind in 0usize..6,
        columns in 1usize..50,
        // Three blocks of 32 a group, so that odd numbers of blocks occur.
        groups in 1usize..4,
        rows in 1usize..19,
        threads in prop_oneof![Just(1usize), Just(3)],
        seed in proptest::collection::vec(number(), 997),
    ) {
        let kind = KINDS[kind];
        let inner = groups * if kind.block_size() == 256 { 256 } else { 3 * 32 };
        let value = |i: usize| seed[(i * 31 + i / 997) % 997];
        let mut pool = Pool::new(threads);
        let w: Vec<f32> = (0..columns * inner).map(|i| value(i * 3 + 1)).collect();
        let (matrix, plain) = weights(kind, w, columns, inner, &mut pool);
        let x: Vec<f32> = (0..rows * inner).map(|i| value(i * 7)).collect();
        let portable = product(Isa::Portable, &mut pool, &matrix, &x, rows);
        for (r, x) in x.chunks_exact(inner).enumerate() {
            let block = matrix.block();
            for c in 0..columns {
                let w = &plain[c * inner..(c + 1) * inner];
                let right: f64 = x.iter().zip(w).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum();
                // Each activation is off by at most half a quantisation step of its block; the term with 1e-5 allows
                // for the rounding of single precision.
                let bound: f64 = x.chunks_exact(block).zip(w.chunks_exact(block)).map(|(x, w)| {
                    let step = f64::from(x.iter().fold(0f32, |a, b| a.max(b.abs()))) / 127.;
                    w.iter().map(|w| f64::from(w.abs())).sum::<f64>() * step * 0.51
                        + x.iter().zip(w).map(|(a, b)| f64::from((a * b).abs())).sum::<f64>() * 1e-5
                }).sum::<f64>() * 1.01 + 1e-3;
                let got = f64::from(portable[r * columns + c]);
                prop_assert!((got - right).abs() <= bound, "{kind:?}: {got} for {right}, bound {bound}");
            }
        }
        for isa in Isa::all() {
            prop_assert_eq!(&product(isa, &mut pool, &matrix, &x, rows), &portable, "{:?} {:?}", isa, kind);
            let last = &x[(rows - 1) * inner..];
            let alone = product(isa, &mut pool, &matrix, last, 1);
            prop_assert_eq!(&alone[..], &portable[(rows - 1) * columns..], "alone {:?} {:?}", isa, kind);
        }
    }
}

/// The largest integers that the formats can hold: nothing may overflow on the way.
#[test]
fn extreme_weights_and_activations_do_not_overflow() {
    let mut pool = Pool::new(1);
    for format in Format::ALL {
        for fill in [0x00u8, 0x7f, 0x80, 0xff] {
            let inner = 512;
            let blocks = inner / format.block();
            let mut file = vec![fill; 16 * blocks * format.file_bytes()];
            // Scales of 1: only the integers are extreme.
            for block in file.chunks_exact_mut(format.file_bytes()) {
                let one = 0x3c00u16.to_le_bytes();
                match format {
                    Format::Q6K => block[208..210].copy_from_slice(&one),
                    Format::Q4K | Format::Q5K => {
                        block[..2].copy_from_slice(&one);
                        block[2..4].copy_from_slice(&one);
                    }
                    _ => block[..2].copy_from_slice(&one),
                }
            }
            let matrix = Matrix::pack(format, &file, 16, inner, &mut pool);
            for sign in [1f32, -1.] {
                let x = vec![sign * 127.; 9 * inner];
                let portable = product(Isa::Portable, &mut pool, &matrix, &x, 9);
                for isa in Isa::all() {
                    assert_eq!(product(isa, &mut pool, &matrix, &x, 9), portable, "{isa:?} {format:?} {fill:#x}");
                }
            }
        }
    }
}

/// Quantisation takes the nearest of 255 values, and the sums of 16 and of 32 neighbours are right.
#[test]
fn activations_are_rounded_to_the_nearest_step() {
    for isa in Isa::all() {
        let values: Vec<f32> = (0..512).map(|i| ((i * 37) % 101) as f32 - 50.3).collect();
        for block in [32, 256] {
            let a = activations(isa, &values, 1, 512, block);
            let row = a.row(0);
            for (i, (v, q)) in values.iter().zip(row.quants).enumerate() {
                let scale = row.scales[i / block];
                assert!((v - f32::from(*q) * scale).abs() <= scale * 0.5001, "{isa:?} {i}");
            }
            let sum = |from: usize, n: usize| row.quants[from..from + n].iter().map(|&q| i16::from(q)).sum::<i16>();
            assert!((0..32).all(|i| row.sums16[i] == sum(16 * i, 16)));
            assert!((0..16).all(|i| row.sums32[i] == sum(32 * i, 32)));
        }
    }
}
