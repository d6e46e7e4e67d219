//! Measures the kernels by themselves: the weights that they read (bytes a second) and their
//! multiply-adds (items a second).
//!
//!     cargo bench --bench kernels -- q4
//!
//! With a single row no kernel can be faster than a single pass through the memory, which `memory` measures. With many
//! rows the bound is clock · instructions a cycle · multiply-adds an instruction (AVX2: 32 in a `vpmaddubsw`,
//! AVX-512 VNNI: 64 in a `vpdpbusd`).

use candle_core::quantized::{GgmlDType, QTensor};
use candle_core::{Device, Tensor};
use depeche::model::kernels::{activations::Activations, float, format::Format, isa::Isa, matrix, pool::Pool};
use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

/// So many columns that no cache holds them: in a model, too, every step reads all weights from
/// memory.
const COLUMNS: usize = COPIES * 8960;
/// The columns are so many copies of the same ones, which is faster to set up.
const COPIES: usize = 8;
/// The inner dimension of the default model.
const INNER: usize = 1536;
/// Numbers of rows that are measured.
const ROWS: [usize; 7] = [1, 2, 4, 8, 16, 64, 512];

/// Measures the product of `rows` rows of activations and a matrix in the format `kind`, on as many
/// threads as the variable `THREADS` says. Does nothing where the processor lacks the instructions.
fn product(bencher: Bencher<'_, '_>, kind: GgmlDType, isa: Isa, rows: usize) {
    if !Isa::all().contains(&isa) {
        return;
    }
    let threads = std::env::var("THREADS").ok().and_then(|t| t.parse().ok()).unwrap_or(1);
    let mut pool = Pool::new(threads);
    let values: Vec<f32> = (0..COLUMNS / COPIES * INNER).map(|i| ((i * 7919) % 2003) as f32 / 1000. - 1.).collect();
    let weights = Tensor::from_vec(values, (COLUMNS / COPIES, INNER), &Device::Cpu).unwrap();
    let file = QTensor::quantize(&weights, kind).unwrap();
    let file = file.data().unwrap().repeat(COPIES);
    let packed = matrix::Matrix::pack(Format::of(kind).unwrap(), &file, COLUMNS, INNER, &mut pool);
    let mut activations = Activations::new(rows, INNER, packed.block());
    let row: Vec<f32> = (0..INNER).map(|i| (i as f32).sin()).collect();
    for r in 0..rows {
        float::quantize_row(isa, &mut activations, r, &row);
    }
    let mut out = vec![0f32; rows * COLUMNS];
    bencher
        .counter(BytesCount::new(packed.bytes()))
        .counter(ItemsCount::new(rows * COLUMNS * INNER))
        .bench_local(|| matrix::multiply(isa, &mut pool, black_box(&activations), &mut [(&packed, &mut out)]));
}

/// Declares a module of benchmarks for each format, with one for each set of instructions.
macro_rules! products {
    ($($name:ident $kind:ident;)*) => {
        $(mod $name {
            use super::*;

            #[divan::bench(args = ROWS)]
            fn avx512(bencher: Bencher<'_, '_>, rows: usize) {
                product(bencher, GgmlDType::$kind, Isa::Avx512, rows);
            }

            #[divan::bench(args = ROWS)]
            fn avx2(bencher: Bencher<'_, '_>, rows: usize) {
                product(bencher, GgmlDType::$kind, Isa::Avx2, rows);
            }
        })*
    };
}

products! {
    q4k Q4K;
    q5k Q5K;
    q6k Q6K;
    q5_0 Q5_0;
    q8_0 Q8_0;
}

/// Plain Rust, for comparison.
#[divan::bench(args = [1, 16])]
fn q4k_portable(bencher: Bencher<'_, '_>, rows: usize) {
    product(bencher, GgmlDType::Q4K, Isa::Portable, rows);
}

/// One pass over 256 MiB on one thread: no kernel can read weights faster.
#[divan::bench]
fn memory(bencher: Bencher<'_, '_>) {
    let data = vec![1u64; 1 << 25];
    bencher
        .counter(BytesCount::new(size_of_val(&data[..])))
        .bench_local(|| black_box(&data).iter().fold(0u64, |a, b| a ^ b));
}
