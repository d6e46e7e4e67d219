//! The products in plain Rust: for processors without kernels of their own, and the yardstick of the others, which give
//! the very same numbers.

// Arrays of registers are walked by number: the loops must unroll.
#![allow(clippy::needless_range_loop)]

use super::activations::Row;
use super::format::{Format, PANEL, STEP, b32, k4, k5, k6};
use half::f16;

fn halves(record: &[u8], at: usize) -> [f32; PANEL] {
    std::array::from_fn(|c| f16::from_bits(u16::from_le_bytes([record[at + 2 * c], record[at + 2 * c + 1]])).to_f32())
}

/// The unsigned quants of the 32 inner positions `part` of a record: eight steps.
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

/// `Σ quant · activation` of some steps, one sum a column, added to `sums`.
fn dot(steps: &[[u8; STEP]], activations: &[i8], sums: &mut [i32; PANEL]) {
    for (step, a) in steps.iter().zip(activations.as_chunks::<4>().0) {
        for (column, sum) in sums.iter_mut().enumerate() {
            for i in 0..4 {
                *sum += i32::from(step[4 * column + i]) * i32::from(a[i]);
            }
        }
    }
}

/// The products of one panel with one row: [`PANEL`] numbers.
pub fn product(format: Format, panel: &[u8], row: Row<'_>) -> [f32; PANEL] {
    let mut out = [0f32; PANEL];
    let offset = format.offset();
    for (b, record) in panel.chunks_exact(format.record_bytes()).enumerate() {
        let scale = row.scales[b];
        let d = halves(record, 0);
        match format {
            Format::Q4K | Format::Q5K => {
                let dmin = halves(record, k4::DMIN);
                let (mut scaled, mut mins) = ([0i32; PANEL], [0i32; PANEL]);
                for s in 0..8 {
                    let mut sums = [0i32; PANEL];
                    let at = b * 256 + s * 32;
                    dot(&unpack(format, record, s), &row.quants[at..at + 32], &mut sums);
                    for c in 0..PANEL {
                        scaled[c] += i32::from(record[k4::SCALES + s * PANEL + c]) * sums[c];
                        let min = record[k4::MINS + s / 2 * 2 * PANEL + 2 * c + s % 2];
                        mins[c] += i32::from(min) * i32::from(row.sums32[b * 8 + s]);
                    }
                }
                for c in 0..PANEL {
                    out[c] += d[c] * scale * scaled[c] as f32;
                    out[c] -= dmin[c] * scale * mins[c] as f32;
                }
            }
            Format::Q6K => {
                let mut scaled = [0i32; PANEL];
                for s in 0..16 {
                    let sum = i32::from(row.sums16[b * 16 + s]);
                    let mut sums = [-offset * sum; PANEL];
                    let at = b * 256 + s * 16;
                    let steps = unpack(format, record, s / 2);
                    dot(&steps[s % 2 * 4..][..4], &row.quants[at..at + 16], &mut sums);
                    for c in 0..PANEL {
                        scaled[c] += i32::from(record[k6::SCALES + s * PANEL + c] as i8) * sums[c];
                    }
                }
                for c in 0..PANEL {
                    out[c] += d[c] * scale * scaled[c] as f32;
                }
            }
            Format::Q4_0 | Format::Q5_0 | Format::Q8_0 => {
                let mut sums = [-offset * i32::from(row.sums32[b]); PANEL];
                dot(&unpack(format, record, 0), &row.quants[b * 32..(b + 1) * 32], &mut sums);
                for c in 0..PANEL {
                    out[c] += d[c] * scale * sums[c] as f32;
                }
            }
        }
    }
    out
}
