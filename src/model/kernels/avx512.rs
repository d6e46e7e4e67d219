//! The products with AVX-512 VNNI: a record is unpacked once and multiplied with up to [`ROWS`] rows.
//!
//! One `vpdpbusd` multiplies a step (sixteen columns, four inner positions) with four activations of a row, which it
//! reads as one broadcast operand.

// Loops over arrays of registers use indices, because they must be unrolled.
#![allow(clippy::needless_range_loop)]

use super::activations::QuantizedRow;
use super::format::{Format, PANEL, STEP, b32, k4, k5, k6};
use super::prefetch::prefetch;
use std::arch::x86_64::*;

/// At most this many rows are multiplied with the steps of a record once they are unpacked. Eight
/// sums, eight scaled sums, eight steps and a few numbers more fill the 32 registers.
pub const ROWS: usize = 8;

/// Multiplies a panel with `R` rows.
///
/// # Safety
/// The processor must have AVX2, FMA and F16C, and AVX-512 F, BW, VL and VNNI. The panel must hold
/// whole records of the format, and the rows as many blocks as the panel has records.
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vnni,avx2,fma,f16c")]
pub unsafe fn product<const R: usize>(format: Format, panel: &[u8], rows: &[QuantizedRow<'_>; R]) -> [[f32; PANEL]; R] {
    // SAFETY: the features are enabled here, the lengths are the caller's promise.
    unsafe {
        match format {
            Format::Q4K => with_minima::<R, false>(panel, rows),
            Format::Q5K => with_minima::<R, true>(panel, rows),
            Format::Q6K => six_bits(panel, rows),
            Format::Q4_0 => small::<R, 4>(panel, rows),
            Format::Q5_0 => small::<R, 5>(panel, rows),
            Format::Q8_0 => small::<R, 8>(panel, rows),
        }
    }
}

// The helpers below have no `target_feature` of their own, so that they can be forced to be inlined. All of them end up
// inside `product`, where they become AVX-512 code.

/// Unpacks eight steps of nibbles.
#[inline(always)]
unsafe fn nibbles(at: *const u8) -> [__m512i; 8] {
    // SAFETY: the caller gives 256 readable bytes.
    unsafe {
        let mask = _mm512_set1_epi8(15);
        let mut out = [mask; 8];
        for pair in 0..4 {
            let both = _mm512_loadu_si512(at.add(pair * STEP).cast());
            out[2 * pair] = _mm512_and_si512(both, mask);
            out[2 * pair + 1] = _mm512_and_si512(_mm512_srli_epi16::<4>(both), mask);
        }
        out
    }
}

/// Adds the fifth bits to eight steps; `bits` points to a `u64` for each step.
#[inline(always)]
unsafe fn fifth(steps: &mut [__m512i; 8], bits: *const u8) {
    // SAFETY: the caller gives 64 readable bytes.
    unsafe {
        let sixteen = _mm512_set1_epi8(16);
        for (i, step) in steps.iter_mut().enumerate() {
            let mask = bits.add(8 * i).cast::<u64>().read_unaligned();
            *step = _mm512_mask_add_epi8(*step, mask, *step, sixteen);
        }
    }
}

/// Adds the two high bits of Q6_K to eight steps.
#[inline(always)]
unsafe fn high(steps: &mut [__m512i; 8], at: *const u8) {
    // SAFETY: the caller gives 128 readable bytes.
    unsafe {
        let mask = _mm512_set1_epi8(0x30);
        for half in 0..2 {
            let bits = _mm512_loadu_si512(at.add(half * STEP).cast());
            let four = [_mm512_slli_epi16::<4>(bits), _mm512_slli_epi16::<2>(bits), bits, _mm512_srli_epi16::<2>(bits)];
            for (i, bits) in four.into_iter().enumerate() {
                // low | (bits & mask)
                let step = &mut steps[4 * half + i];
                *step = _mm512_ternarylogic_epi32::<0b1111_1000>(*step, bits, mask);
            }
        }
    }
}

/// Sixteen `f16` numbers.
#[inline(always)]
unsafe fn halves(at: *const u8) -> __m512 {
    // SAFETY: the caller gives 32 readable bytes.
    unsafe { _mm512_cvtph_ps(_mm256_loadu_si256(at.cast())) }
}

/// The four activations from `at` on, repeated in every lane.
#[inline(always)]
unsafe fn four(row: &QuantizedRow<'_>, at: usize) -> __m512i {
    // SAFETY: the caller keeps `at + 4` within the row.
    unsafe { _mm512_set1_epi32(row.quants.as_ptr().add(at).cast::<i32>().read_unaligned()) }
}

/// `sums[r] += steps · activations`, with the activations from inner position `at` on.
#[inline(always)]
unsafe fn dot<const R: usize, const N: usize>(
    sums: &mut [__m512i; R],
    steps: &[__m512i; N],
    rows: &[QuantizedRow<'_>; R],
    at: usize,
) {
    for (i, step) in steps.iter().enumerate() {
        for r in 0..R {
            // SAFETY: the caller keeps `at + 4 · N` within the rows.
            unsafe { sums[r] = _mm512_dpbusd_epi32(sums[r], *step, four(&rows[r], at + 4 * i)) };
        }
    }
}

/// `out += d · scale · sums`, each operation rounded, as the portable kernel does it.
#[inline(always)]
unsafe fn add_scaled(out: __m512, d: __m512, scale: f32, sums: __m512i) -> __m512 {
    // SAFETY: register operations only.
    unsafe { _mm512_add_ps(out, _mm512_mul_ps(_mm512_mul_ps(d, _mm512_set1_ps(scale)), _mm512_cvtepi32_ps(sums))) }
}

/// The numbers of `R` registers as arrays.
#[inline(always)]
unsafe fn store<const R: usize>(out: [__m512; R]) -> [[f32; PANEL]; R] {
    let mut result = [[0f32; PANEL]; R];
    for (to, from) in result.iter_mut().zip(out) {
        // SAFETY: sixteen floats.
        unsafe { _mm512_storeu_ps(to.as_mut_ptr(), from) };
    }
    result
}

/// Multiplies a panel of Q4_K or Q5_K.
#[inline(always)]
unsafe fn with_minima<const R: usize, const FIVE: bool>(
    panel: &[u8],
    rows: &[QuantizedRow<'_>; R],
) -> [[f32; PANEL]; R] {
    let bytes = if FIVE { k5::BYTES } else { k4::BYTES };
    // SAFETY: all offsets lie within a record, all positions within the rows, by the contract of `product`.
    unsafe {
        let zero = _mm512_setzero_si512();
        let mut out = [_mm512_setzero_ps(); R];
        for (b, record) in panel.chunks_exact(bytes).enumerate() {
            let record = record.as_ptr();
            let mut scaled = [zero; R];
            for s in 0..8 {
                prefetch(record, bytes, s, 8);
                let mut steps = nibbles(record.add(k4::NIBBLES + s * 4 * STEP));
                if FIVE {
                    fifth(&mut steps, record.add(k5::BITS + s * 64));
                }
                let mut sums = [zero; R];
                dot(&mut sums, &steps, rows, b * 256 + s * 32);
                let scale = _mm512_cvtepu8_epi32(_mm_loadu_si128(record.add(k4::SCALES + s * PANEL).cast()));
                for r in 0..R {
                    scaled[r] = _mm512_add_epi32(scaled[r], _mm512_mullo_epi32(sums[r], scale));
                }
            }
            let mut mins = [zero; R];
            for pair in 0..4 {
                let min = _mm512_cvtepu8_epi16(_mm256_loadu_si256(record.add(k4::MINS + pair * 2 * PANEL).cast()));
                for r in 0..R {
                    let sums = rows[r].sums32.as_ptr().add(b * 8 + pair * 2).cast::<i32>().read_unaligned();
                    mins[r] = _mm512_dpwssd_epi32(mins[r], min, _mm512_set1_epi32(sums));
                }
            }
            let (d, dmin) = (halves(record.add(k4::D)), halves(record.add(k4::DMIN)));
            for r in 0..R {
                let scale = *rows[r].scales.get_unchecked(b);
                out[r] = add_scaled(out[r], d, scale, scaled[r]);
                let product = _mm512_mul_ps(_mm512_mul_ps(dmin, _mm512_set1_ps(scale)), _mm512_cvtepi32_ps(mins[r]));
                out[r] = _mm512_sub_ps(out[r], product);
            }
        }
        store(out)
    }
}

/// Multiplies a panel of Q6_K.
#[inline(always)]
unsafe fn six_bits<const R: usize>(panel: &[u8], rows: &[QuantizedRow<'_>; R]) -> [[f32; PANEL]; R] {
    // SAFETY: as in `with_minima`.
    unsafe {
        let zero = _mm512_setzero_si512();
        let mut out = [_mm512_setzero_ps(); R];
        for (b, record) in panel.chunks_exact(k6::BYTES).enumerate() {
            let record = record.as_ptr();
            // Σ scale · (quant − 32) · activation = Σ scale · quant · activation − 32 · Σ scale · activation
            let (mut scaled, mut offsets) = ([zero; R], [zero; R]);
            for s in 0..8 {
                prefetch(record, k6::BYTES, s, 8);
                let mut steps = nibbles(record.add(k6::NIBBLES + s * 4 * STEP));
                high(&mut steps, record.add(k6::HIGH + s * 2 * STEP));
                let mut pair = [zero; 2];
                for half in 0..2 {
                    let at = record.add(k6::SCALES + (2 * s + half) * PANEL);
                    pair[half] = _mm512_cvtepi8_epi32(_mm_loadu_si128(at.cast()));
                    let mut sums = [zero; R];
                    let four: &[__m512i; 4] = steps[4 * half..4 * half + 4].try_into().unwrap_unchecked();
                    dot(&mut sums, four, rows, b * 256 + s * 32 + half * 16);
                    for r in 0..R {
                        scaled[r] = _mm512_add_epi32(scaled[r], _mm512_mullo_epi32(sums[r], pair[half]));
                    }
                }
                // The scales of both halves stand side by side, as their sums do in `sums16`.
                let scales = _mm512_mask_blend_epi16(0xaaaa_aaaa, pair[0], _mm512_slli_epi32::<16>(pair[1]));
                for r in 0..R {
                    let sums = rows[r].sums16.as_ptr().add(b * 16 + s * 2).cast::<i32>().read_unaligned();
                    offsets[r] = _mm512_dpwssd_epi32(offsets[r], scales, _mm512_set1_epi32(sums));
                }
            }
            let d = halves(record.add(k6::D));
            for r in 0..R {
                let sums = _mm512_sub_epi32(scaled[r], _mm512_slli_epi32::<5>(offsets[r]));
                out[r] = add_scaled(out[r], d, *rows[r].scales.get_unchecked(b), sums);
            }
        }
        store(out)
    }
}

/// Multiplies a panel of Q4_0, Q5_0 or Q8_0.
#[inline(always)]
unsafe fn small<const R: usize, const BITS: usize>(panel: &[u8], rows: &[QuantizedRow<'_>; R]) -> [[f32; PANEL]; R] {
    let format = match BITS {
        4 => Format::Q4_0,
        5 => Format::Q5_0,
        _ => Format::Q8_0,
    };
    // SAFETY: as in `with_minima`.
    unsafe {
        let offset = _mm512_set1_epi32(-format.offset() & 0xffff);
        let mut out = [_mm512_setzero_ps(); R];
        for (b, record) in panel.chunks_exact(format.record_bytes()).enumerate() {
            let record = record.as_ptr();
            prefetch(record, format.record_bytes(), 0, 1);
            let steps = if BITS == 8 {
                let mut steps = [_mm512_setzero_si512(); 8];
                for (i, step) in steps.iter_mut().enumerate() {
                    *step = _mm512_loadu_si512(record.add(b32::QUANTS + i * STEP).cast());
                }
                steps
            } else {
                let mut steps = nibbles(record.add(b32::QUANTS));
                if BITS == 5 {
                    fifth(&mut steps, record.add(b32::BITS));
                }
                steps
            };
            let mut sums = [_mm512_setzero_si512(); R];
            for r in 0..R {
                // The sum of this block and the number after it, which is multiplied by zero. Two are read at a time
                // because 32 bits can be broadcast from memory at no cost.
                let two = rows[r].sums32.as_ptr().add(b).cast::<i32>().read_unaligned();
                sums[r] = _mm512_dpwssd_epi32(sums[r], offset, _mm512_set1_epi32(two));
            }
            dot(&mut sums, &steps, rows, b * 32);
            let d = halves(record.add(b32::D));
            for r in 0..R {
                out[r] = add_scaled(out[r], d, *rows[r].scales.get_unchecked(b), sums[r]);
            }
        }
        store(out)
    }
}
