//! The products in plain Rust: for processors without kernels of their own, and as the reference for the other kernels,
//! which must give exactly the same numbers.

// The loops over arrays of registers use indices, so that the compiler unrolls them.
#![allow(clippy::needless_range_loop)]

use super::activations::QuantizedRow;
use super::format::{Format, PANEL, STEP, b32, k4, k5, k6};
use half::f16;

/// The sixteen `f16` numbers from `at` on, as `f32`.
fn halves(record: &[u8], at: usize) -> [f32; PANEL] {
    std::array::from_fn(|c| f16::from_bits(u16::from_le_bytes([record[at + 2 * c], record[at + 2 * c + 1]])).to_f32())
}

/// The unsigned quants of 32 inner positions of a record, as eight steps. `part` says which 32, counted from 0.
fn unpack(format: Format, record: &[u8], part: usize) -> [[u8; STEP]; 8] {
    let nibbles = |at: usize| -> [[u8; STEP]; 8] {
        std::array::from_fn(|step| {
            let from = &record[at + (part * 4 + step / 2) * STEP..][..STEP];
            std::array::from_fn(|i| if step.is_multiple_of(2) { from[i] & 15 } else { from[i] >> 4 })
        })
    };
    let fifth = |mut steps: [[u8; STEP]; 8], at: usize| {
        for (step, quants) in steps.iter_mut().enumerate() {
            let from = &record[at + (part * 8 + step) * 8..][..8];
            for (i, q) in quants.iter_mut().enumerate() {
                *q |= (from[i / 8] >> (i % 8) & 1) << 4;
            }
        }
        steps
    };
    match format {
        Format::Q4K => nibbles(k4::NIBBLES),
        Format::Q5K => fifth(nibbles(k4::NIBBLES), k5::BITS),
        Format::Q6K => {
            let mut steps = nibbles(k6::NIBBLES);
            for (step, quants) in steps.iter_mut().enumerate() {
                let from = &record[k6::HIGH + (part * 2 + step / 4) * STEP..][..STEP];
                for (q, high) in quants.iter_mut().zip(from) {
                    *q |= (high >> (2 * (step % 4)) & 3) << 4;
                }
            }
            steps
        }
        Format::Q4_0 => nibbles(b32::QUANTS),
        Format::Q5_0 => fifth(nibbles(b32::QUANTS), b32::BITS),
        Format::Q8_0 => std::array::from_fn(|step| std::array::from_fn(|i| record[b32::QUANTS + step * STEP + i])),
    }
}

/// Adds `Σ quant · activation` of some steps to `sums`, one sum a column.
///
/// Products are first summed in sixteen bits, which compilers turn into vectors of any width. `room` is a number of
/// steps whose sum fits into sixteen bits, whatever the quants are.
#[inline(always)]
fn dot(steps: &[[u8; STEP]], activations: &[i8], room: usize, sums: &mut [i32; PANEL]) {
    for (steps, activations) in steps.chunks(room).zip(activations.chunks(4 * room)) {
        let mut short = [0i16; STEP];
        for (step, a) in steps.iter().zip(activations.as_chunks::<4>().0) {
            let repeated = [a.map(i16::from); PANEL];
            for ((sum, q), a) in short.iter_mut().zip(step).zip(repeated.as_flattened()) {
                *sum += i16::from(*q) * a;
            }
        }
        for (sum, four) in sums.iter_mut().zip(short.as_chunks::<4>().0) {
            *sum += four.iter().map(|&v| i32::from(v)).sum::<i32>();
        }
    }
}

/// At most this many rows are multiplied with a part of a record once it is unpacked.
pub const ROWS: usize = 8;

/// The products of one panel with up to [`ROWS`] rows. The result has zeros for rows that are not
/// given.
pub fn product(format: Format, panel: &[u8], rows: &[QuantizedRow<'_>]) -> [[f32; PANEL]; ROWS] {
    let mut out = [[0f32; PANEL]; ROWS];
    for (b, record) in panel.chunks_exact(format.record_bytes()).enumerate() {
        match format {
            Format::Q4K | Format::Q5K => with_minima(format, record, b, rows, &mut out),
            Format::Q6K => six_bits(record, b, rows, &mut out),
            Format::Q4_0 | Format::Q5_0 | Format::Q8_0 => small(format, record, b, rows, &mut out),
        }
    }
    out
}

/// For each row, the sums of the sixteen columns.
type Out = [[f32; PANEL]; ROWS];

/// Adds the products of one block of Q4_K or Q5_K.
fn with_minima(format: Format, record: &[u8], b: usize, rows: &[QuantizedRow<'_>], out: &mut Out) {
    let (mut scaled, mut mins) = ([[0i32; PANEL]; ROWS], [[0i32; PANEL]; ROWS]);
    for s in 0..8 {
        let steps = unpack(format, record, s);
        let scales = &record[k4::SCALES + s * PANEL..][..PANEL];
        let minima = &record[k4::MINS + s / 2 * 2 * PANEL..][..2 * PANEL];
        for (r, row) in rows.iter().enumerate() {
            let mut sums = [0i32; PANEL];
            dot(&steps, &row.quants[b * 256 + s * 32..][..32], 8, &mut sums);
            let sum = i32::from(row.sums32[b * 8 + s]);
            for c in 0..PANEL {
                scaled[r][c] += i32::from(scales[c]) * sums[c];
                mins[r][c] += i32::from(minima[2 * c + s % 2]) * sum;
            }
        }
    }
    let (d, dmin) = (halves(record, k4::D), halves(record, k4::DMIN));
    for (r, row) in rows.iter().enumerate() {
        for c in 0..PANEL {
            out[r][c] += d[c] * row.scales[b] * scaled[r][c] as f32;
            out[r][c] -= dmin[c] * row.scales[b] * mins[r][c] as f32;
        }
    }
}

/// Adds the products of one block of Q6_K.
fn six_bits(record: &[u8], b: usize, rows: &[QuantizedRow<'_>], out: &mut Out) {
    let mut scaled = [[0i32; PANEL]; ROWS];
    for s in 0..8 {
        let steps = unpack(Format::Q6K, record, s);
        for (half, steps) in steps.chunks_exact(4).enumerate() {
            let sub = 2 * s + half;
            let scales = &record[k6::SCALES + sub * PANEL..][..PANEL];
            for (r, row) in rows.iter().enumerate() {
                let mut sums = [-Format::Q6K.offset() * i32::from(row.sums16[b * 16 + sub]); PANEL];
                dot(steps, &row.quants[b * 256 + sub * 16..][..16], 4, &mut sums);
                for c in 0..PANEL {
                    scaled[r][c] += i32::from(scales[c] as i8) * sums[c];
                }
            }
        }
    }
    let d = halves(record, k6::D);
    for (r, row) in rows.iter().enumerate() {
        for c in 0..PANEL {
            out[r][c] += d[c] * row.scales[b] * scaled[r][c] as f32;
        }
    }
}

/// Adds the products of one block of Q4_0, Q5_0 or Q8_0.
fn small(format: Format, record: &[u8], b: usize, rows: &[QuantizedRow<'_>], out: &mut Out) {
    let steps = unpack(format, record, 0);
    // Sixteen bits hold one product of 255 · 127, but not the sum of two.
    let room = if format == Format::Q8_0 { 1 } else { 8 };
    let d = halves(record, b32::D);
    for (r, row) in rows.iter().enumerate() {
        let mut sums = [-format.offset() * i32::from(row.sums32[b]); PANEL];
        dot(&steps, &row.quants[b * 32..][..32], room, &mut sums);
        for c in 0..PANEL {
            out[r][c] += d[c] * row.scales[b] * sums[c] as f32;
        }
    }
}
