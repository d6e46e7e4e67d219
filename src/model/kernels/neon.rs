//! The products with the dot-product instruction of AArch64: sixteen columns at a time, up to [`ROWS`] rows.
//!
//! `sdot` adds four products of signed bytes to each of four sums of 32 bits, so nothing overflows on the way. Quants
//! of up to six bits have the same value signed and unsigned; those of eight bits are made signed again.

// The loops over arrays of registers use indices, so that the compiler unrolls them.
#![allow(clippy::needless_range_loop)]

use super::activations::QuantizedRow;
use super::format::{Format, PANEL, STEP, b32, k4, k5, k6};
use std::arch::aarch64::*;
use std::arch::asm;

/// At most this many rows are multiplied with a step once it is unpacked. Their sums take 16 of the
/// 32 registers.
pub const ROWS: usize = 4;

/// A number for each column: four registers of four columns.
type Columns<T> = [T; 4];

/// Multiplies a panel with `R` rows.
///
/// # Safety
/// The processor must have the dot-product instructions. The panel must hold whole records of the format, and the rows
/// as many blocks as the panel has records.
#[target_feature(enable = "neon,dotprod")]
pub unsafe fn product<const R: usize>(format: Format, panel: &[u8], rows: &[QuantizedRow<'_>; R]) -> [[f32; PANEL]; R] {
    // SAFETY: the features are enabled here, the lengths are the caller's promise.
    let parts = unsafe {
        match format {
            Format::Q4K => with_minima::<R, 4>(panel, rows),
            Format::Q5K => with_minima::<R, 5>(panel, rows),
            Format::Q6K => six_bits(panel, rows),
            Format::Q4_0 => small::<R, 4>(panel, rows),
            Format::Q5_0 => small::<R, 5>(panel, rows),
            Format::Q8_0 => small::<R, 8>(panel, rows),
        }
    };
    let mut out = [[0f32; PANEL]; R];
    for (out, part) in out.iter_mut().zip(parts) {
        for c in 0..4 {
            // SAFETY: writes four of the sixteen floats, from index `4 · c` on.
            unsafe { vst1q_f32(out.as_mut_ptr().add(4 * c), part[c]) };
        }
    }
    out
}

/// For each of the four sums: `sums[i] + Σ_k quants[4 i + k] · activations[4 LANE + k]`, with `k` from 0 to 3. It is
/// written in assembly because Rust's intrinsic for the instruction is not stable yet.
#[inline]
#[target_feature(enable = "neon,dotprod")]
fn dot<const LANE: usize>(mut sums: int32x4_t, quants: int8x16_t, activations: int8x16_t) -> int32x4_t {
    // SAFETY: register operations only, and the feature is enabled.
    unsafe {
        asm!(
            "sdot {sums:v}.4s, {quants:v}.16b, {activations:v}.4b[{lane}]",
            sums = inout(vreg) sums,
            quants = in(vreg) quants,
            activations = in(vreg) activations,
            lane = const LANE,
            options(pure, nomem, nostack, preserves_flags),
        );
    }
    sums
}

/// Four `f16` numbers as `f32`. Every AArch64 processor has the instruction, but Rust has no stable intrinsic for it.
#[inline]
#[target_feature(enable = "neon,dotprod")]
fn four_halves(halves: uint16x4_t) -> float32x4_t {
    let out: float32x4_t;
    // SAFETY: register operations only.
    unsafe {
        asm!("fcvtl {out:v}.4s, {halves:v}.4h", out = lateout(vreg) out, halves = in(vreg) halves,
            options(pure, nomem, nostack, preserves_flags));
    }
    out
}

/// The sixteen `f16` numbers from `at` on, as `f32`.
///
/// # Safety
/// 32 bytes must be readable from `at` on.
#[inline]
#[target_feature(enable = "neon,dotprod")]
unsafe fn halves(at: *const u8) -> Columns<float32x4_t> {
    // SAFETY: the caller's promise.
    std::array::from_fn(|c| unsafe { four_halves(vld1_u16(at.add(8 * c).cast())) })
}

/// Sixteen bytes as numbers of 32 bits.
#[inline]
#[target_feature(enable = "neon,dotprod")]
fn widened(bytes: uint8x16_t) -> Columns<int32x4_t> {
    let (low, high) = (vmovl_u8(vget_low_u8(bytes)), vmovl_high_u8(bytes));
    [vmovl_u16(vget_low_u16(low)), vmovl_high_u16(low), vmovl_u16(vget_low_u16(high)), vmovl_high_u16(high)]
        .map(|four| vreinterpretq_s32_u32(four))
}

/// As [`widened`], for signed bytes.
#[inline]
#[target_feature(enable = "neon,dotprod")]
fn widened_signed(bytes: int8x16_t) -> Columns<int32x4_t> {
    let (low, high) = (vmovl_s8(vget_low_s8(bytes)), vmovl_high_s8(bytes));
    [vmovl_s16(vget_low_s16(low)), vmovl_high_s16(low), vmovl_s16(vget_low_s16(high)), vmovl_high_s16(high)]
}

/// Step `step` of 32 inner positions, as signed bytes.
///
/// # Safety
/// `low` must point to the nibbles of these positions (with eight bits: to their bytes). `high` must point to the
/// higher bits, which the format keeps elsewhere: eight bytes a step with five bits, [`STEP`] bytes for four steps with
/// six. With four or eight bits, `high` is not read.
#[inline]
#[target_feature(enable = "neon,dotprod")]
unsafe fn quants<const BITS: usize>(low: *const u8, high: *const u8, step: usize) -> Columns<int8x16_t> {
    // SAFETY: the caller's promise.
    std::array::from_fn(|c| unsafe {
        if BITS == 8 {
            return vreinterpretq_s8_u8(veorq_u8(vld1q_u8(low.add(step * STEP + 16 * c)), vdupq_n_u8(0x80)));
        }
        let both = vld1q_u8(low.add(step / 2 * STEP + 16 * c));
        let nibble = if step.is_multiple_of(2) { vandq_u8(both, vdupq_n_u8(15)) } else { vshrq_n_u8::<4>(both) };
        vreinterpretq_s8_u8(match BITS {
            5 => {
                let at = high.add(8 * step + 2 * c);
                let bytes = vcombine_u8(vld1_dup_u8(at), vld1_dup_u8(at.add(1)));
                let each = vreinterpretq_u8_u64(vdupq_n_u64(0x8040_2010_0804_0201));
                vorrq_u8(nibble, vandq_u8(vtstq_u8(bytes, each), vdupq_n_u8(16)))
            }
            6 => {
                let bits = vld1q_u8(high.add(step / 4 * STEP + 16 * c));
                let placed = match step % 4 {
                    0 => vshlq_n_u8::<4>(bits),
                    1 => vshlq_n_u8::<2>(bits),
                    2 => bits,
                    _ => vshrq_n_u8::<2>(bits),
                };
                vorrq_u8(nibble, vandq_u8(placed, vdupq_n_u8(0x30)))
            }
            _ => nibble,
        })
    })
}

/// Adds to the sums of each row the products of four steps with the row's sixteen activations from `at` on. `low` and
/// `high` belong to 32 inner positions, as for [`quants`]; `half` says whether the sixteen are the first (0) or the
/// last (1) of these.
///
/// # Safety
/// As for [`quants`]; the rows must have these positions.
#[inline]
#[target_feature(enable = "neon,dotprod")]
unsafe fn add_sixteen<const R: usize, const BITS: usize>(
    sums: &mut [Columns<int32x4_t>; R],
    rows: &[QuantizedRow<'_>; R],
    at: usize,
    [low, high]: [*const u8; 2],
    half: usize,
) {
    // SAFETY: the caller's promise.
    let activations: [int8x16_t; R] = std::array::from_fn(|r| unsafe { vld1q_s8(rows[r].quants.as_ptr().add(at)) });
    macro_rules! steps {
        ($($lane:literal)*) => {$(
            // SAFETY: the caller's promise.
            let step = unsafe { quants::<BITS>(low, high, 4 * half + $lane) };
            for r in 0..R {
                for c in 0..4 {
                    sums[r][c] = dot::<$lane>(sums[r][c], step[c], activations[r]);
                }
            }
        )*};
    }
    steps!(0 1 2 3);
}

/// `d · scale · sums`, each multiplication rounded by itself, as in the portable kernel.
#[inline]
#[target_feature(enable = "neon,dotprod")]
fn scaled_by(d: float32x4_t, scale: f32, sums: int32x4_t) -> float32x4_t {
    vmulq_f32(vmulq_n_f32(d, scale), vcvtq_f32_s32(sums))
}

/// Multiplies a panel of Q4_K or Q5_K.
///
/// # Safety
/// As for [`product`].
#[inline]
#[target_feature(enable = "neon,dotprod")]
unsafe fn with_minima<const R: usize, const BITS: usize>(
    panel: &[u8],
    rows: &[QuantizedRow<'_>; R],
) -> [Columns<float32x4_t>; R] {
    let bytes = if BITS == 5 { k5::BYTES } else { k4::BYTES };
    let zero = [[vdupq_n_s32(0); 4]; R];
    let mut out = [[vdupq_n_f32(0.); 4]; R];
    for (b, record) in panel.chunks_exact(bytes).enumerate() {
        let record = record.as_ptr();
        let (mut scaled, mut mins) = (zero, zero);
        // SAFETY: all offsets lie within a record, all positions within the rows, by the contract of `product`.
        unsafe {
            for s in 0..8 {
                let mut sums = zero;
                // Q4_K has no fifth bits: its second pointer is not read.
                let parts = [record.add(k4::NIBBLES + s * 4 * STEP), record.wrapping_add(k5::BITS + s * 64)];
                for half in 0..2 {
                    add_sixteen::<R, BITS>(&mut sums, rows, b * 256 + s * 32 + half * 16, parts, half);
                }
                let scale = widened(vld1q_u8(record.add(k4::SCALES + s * PANEL)));
                for r in 0..R {
                    for c in 0..4 {
                        scaled[r][c] = vmlaq_s32(scaled[r][c], sums[r][c], scale[c]);
                    }
                }
            }
            for pair in 0..4 {
                let uint8x16x2_t(even, odd) = vld2q_u8(record.add(k4::MINS + pair * 2 * PANEL));
                for (s, min) in [(2 * pair, widened(even)), (2 * pair + 1, widened(odd))] {
                    for r in 0..R {
                        let sum = i32::from(*rows[r].sums32.get_unchecked(b * 8 + s));
                        for c in 0..4 {
                            mins[r][c] = vmlaq_n_s32(mins[r][c], min[c], sum);
                        }
                    }
                }
            }
            let (d, dmin) = (halves(record.add(k4::D)), halves(record.add(k4::DMIN)));
            for r in 0..R {
                let scale = *rows[r].scales.get_unchecked(b);
                for c in 0..4 {
                    out[r][c] = vaddq_f32(out[r][c], scaled_by(d[c], scale, scaled[r][c]));
                    out[r][c] = vsubq_f32(out[r][c], scaled_by(dmin[c], scale, mins[r][c]));
                }
            }
        }
    }
    out
}

/// Multiplies a panel of Q6_K.
///
/// # Safety
/// As for [`product`].
#[inline]
#[target_feature(enable = "neon,dotprod")]
unsafe fn six_bits<const R: usize>(panel: &[u8], rows: &[QuantizedRow<'_>; R]) -> [Columns<float32x4_t>; R] {
    let mut out = [[vdupq_n_f32(0.); 4]; R];
    for (b, record) in panel.chunks_exact(k6::BYTES).enumerate() {
        let record = record.as_ptr();
        let mut scaled = [[vdupq_n_s32(0); 4]; R];
        // SAFETY: as in `with_minima`.
        unsafe {
            for s in 0..8 {
                let parts = [record.add(k6::NIBBLES + s * 4 * STEP), record.add(k6::HIGH + s * 2 * STEP)];
                for half in 0..2 {
                    let sub = 2 * s + half;
                    let offset =
                        |r: usize| -Format::Q6K.offset() * i32::from(*rows[r].sums16.get_unchecked(b * 16 + sub));
                    let mut sums: [Columns<int32x4_t>; R] = std::array::from_fn(|r| [vdupq_n_s32(offset(r)); 4]);
                    add_sixteen::<R, 6>(&mut sums, rows, b * 256 + sub * 16, parts, half);
                    let scale = widened_signed(vld1q_s8(record.add(k6::SCALES + sub * PANEL).cast()));
                    for r in 0..R {
                        for c in 0..4 {
                            scaled[r][c] = vmlaq_s32(scaled[r][c], sums[r][c], scale[c]);
                        }
                    }
                }
            }
            let d = halves(record.add(k6::D));
            for r in 0..R {
                for c in 0..4 {
                    let product = scaled_by(d[c], *rows[r].scales.get_unchecked(b), scaled[r][c]);
                    out[r][c] = vaddq_f32(out[r][c], product);
                }
            }
        }
    }
    out
}

/// Multiplies a panel of Q4_0, Q5_0 or Q8_0.
///
/// # Safety
/// As for [`product`].
#[inline]
#[target_feature(enable = "neon,dotprod")]
unsafe fn small<const R: usize, const BITS: usize>(
    panel: &[u8],
    rows: &[QuantizedRow<'_>; R],
) -> [Columns<float32x4_t>; R] {
    let (bytes, offset) = match BITS {
        4 => (b32::Q4_BYTES, Format::Q4_0.offset()),
        5 => (b32::Q5_BYTES, Format::Q5_0.offset()),
        // The bytes are made signed by `quants`, so that no offset is left to subtract.
        _ => (b32::Q8_BYTES, 0),
    };
    let mut out = [[vdupq_n_f32(0.); 4]; R];
    for (b, record) in panel.chunks_exact(bytes).enumerate() {
        let record = record.as_ptr();
        // SAFETY: as in `with_minima`.
        unsafe {
            let start = |r: usize| -offset * i32::from(*rows[r].sums32.get_unchecked(b));
            let mut sums: [Columns<int32x4_t>; R] = std::array::from_fn(|r| [vdupq_n_s32(start(r)); 4]);
            // Only Q5_0 has fifth bits: with the other formats, the second pointer is not read.
            let parts = [record.add(b32::QUANTS), record.wrapping_add(b32::BITS)];
            for half in 0..2 {
                add_sixteen::<R, BITS>(&mut sums, rows, b * 32 + half * 16, parts, half);
            }
            let d = halves(record.add(b32::D));
            for r in 0..R {
                for c in 0..4 {
                    let product = scaled_by(d[c], *rows[r].scales.get_unchecked(b), sums[r][c]);
                    out[r][c] = vaddq_f32(out[r][c], product);
                }
            }
        }
    }
    out
}
