//! The products with AVX2: eight columns at a time, up to [`ROWS`] rows.
//!
//! `vpmaddubsw` adds two products into sixteen bits. These have room for the sums of a few steps (eight with quants of
//! 4 bits, four with 5 bits, two with 6) before `vpmaddwd` widens them and multiplies them by the sub-block's scale, or
//! by 1.

// Loops over arrays of registers use indices, because they must be unrolled.
#![allow(clippy::needless_range_loop)]

use super::activations::QuantizedRow;
use super::format::{Format, PANEL, STEP, b32, k4, k5, k6};
use super::prefetch::prefetch;
use std::arch::x86_64::*;

/// At most this many rows are multiplied with a step once it is unpacked. More would not fit into
/// the 16 registers.
pub const ROWS: usize = 4;

/// Multiplies a panel with `R` rows.
///
/// # Safety
/// The processor must have AVX2, FMA and F16C. The panel must hold whole records of the format, and the rows as many
/// blocks as the panel has records.
#[target_feature(enable = "avx2,fma,f16c")]
pub unsafe fn product<const R: usize>(format: Format, panel: &[u8], rows: &[QuantizedRow<'_>; R]) -> [[f32; PANEL]; R] {
    let mut out = [[0f32; PANEL]; R];
    for half in 0..2 {
        // SAFETY: the features are enabled here, the lengths are the caller's promise.
        let part = unsafe {
            match format {
                Format::Q4K => with_minima::<R, false>(panel, rows, half),
                Format::Q5K => with_minima::<R, true>(panel, rows, half),
                Format::Q6K => six_bits(panel, rows, half),
                Format::Q4_0 => small::<R, 4>(panel, rows, half),
                Format::Q5_0 => small::<R, 5>(panel, rows, half),
                Format::Q8_0 => small::<R, 8>(panel, rows, half),
            }
        };
        for (out, part) in out.iter_mut().zip(part) {
            // SAFETY: eight of the sixteen floats, from `8 · half` on.
            unsafe { _mm256_storeu_ps(out.as_mut_ptr().add(8 * half), part) };
        }
    }
    out
}

// As in `avx512`, the helpers have no `target_feature`, so that they can be forced to be inlined into `product`. `half`
// says which eight of the sixteen columns are meant: the first (0) or the last (1).

/// Step number `step` of a block of nibbles, for this half's eight columns.
#[inline(always)]
unsafe fn nibble_step(at: *const u8, step: usize, half: usize) -> __m256i {
    // SAFETY: the caller gives the nibbles of a block that has this step.
    unsafe {
        let both = _mm256_loadu_si256(at.add(step / 2 * STEP + 32 * half).cast());
        let shifted = if step.is_multiple_of(2) { both } else { _mm256_srli_epi16::<4>(both) };
        _mm256_and_si256(shifted, _mm256_set1_epi8(15))
    }
}

/// The fifth bits of a step, as bytes: 16 where the bit is set, 0 elsewhere.
#[inline(always)]
unsafe fn fifth(bits: *const u8, step: usize, half: usize) -> __m256i {
    // SAFETY: the caller gives eight bytes for each step.
    unsafe {
        let word = bits.add(8 * step + 4 * half).cast::<i32>().read_unaligned();
        let spread = _mm256_setr_epi64x(0, 0x0101_0101_0101_0101, 0x0202_0202_0202_0202, 0x0303_0303_0303_0303);
        let bytes = _mm256_shuffle_epi8(_mm256_set1_epi32(word), spread);
        let each = _mm256_set1_epi64x(0x8040_2010_0804_0201_u64 as i64);
        let set = _mm256_cmpeq_epi8(_mm256_and_si256(bytes, each), each);
        _mm256_and_si256(set, _mm256_set1_epi8(16))
    }
}

/// Eight `f16` numbers, those of this half's columns.
#[inline(always)]
unsafe fn halves(at: *const u8, half: usize) -> __m256 {
    // SAFETY: the caller gives 32 readable bytes.
    unsafe { _mm256_cvtph_ps(_mm_loadu_si128(at.add(16 * half).cast())) }
}

/// The four activations from `at` on, repeated in every lane.
#[inline(always)]
unsafe fn four(row: &QuantizedRow<'_>, at: usize) -> __m256i {
    // SAFETY: the caller keeps `at + 4` within the row.
    unsafe { _mm256_set1_epi32(row.quants.as_ptr().add(at).cast::<i32>().read_unaligned()) }
}

/// `out += d · scale · sums`, each operation rounded, as the portable kernel does it.
#[inline(always)]
unsafe fn add_scaled(out: __m256, d: __m256, scale: f32, sums: __m256i) -> __m256 {
    // SAFETY: register operations only.
    unsafe { _mm256_add_ps(out, _mm256_mul_ps(_mm256_mul_ps(d, _mm256_set1_ps(scale)), _mm256_cvtepi32_ps(sums))) }
}

/// Eight scales, which come as `i32`: each is put as an `i16` into both halves of its lane.
#[inline(always)]
unsafe fn twice(scales: __m256i) -> __m256i {
    // SAFETY: register operations only.
    unsafe { _mm256_or_si256(_mm256_and_si256(scales, _mm256_set1_epi32(0xffff)), _mm256_slli_epi32::<16>(scales)) }
}

/// Multiplies this half's eight columns of a panel of Q4_K or Q5_K.
#[inline(always)]
unsafe fn with_minima<const R: usize, const FIVE: bool>(
    panel: &[u8],
    rows: &[QuantizedRow<'_>; R],
    half: usize,
) -> [__m256; R] {
    let bytes = if FIVE { k5::BYTES } else { k4::BYTES };
    // SAFETY: all offsets lie within a record, all positions within the rows, by the contract of `product`.
    unsafe {
        let zero = _mm256_setzero_si256();
        let mut out = [_mm256_setzero_ps(); R];
        for (b, record) in panel.chunks_exact(bytes).enumerate() {
            let record = record.as_ptr();
            let mut scaled = [zero; R];
            for s in 0..8 {
                if half == 0 {
                    prefetch(record, bytes, s, 8);
                }
                let quants = record.add(k4::NIBBLES + s * 4 * STEP);
                let scale = _mm_loadl_epi64(record.add(k4::SCALES + s * PANEL + 8 * half).cast());
                let scale = twice(_mm256_cvtepu8_epi32(scale));
                // With each step, two products are added to a sum of 16 bits. It has room for sixteen of up to 15 · 127
                // each, but only for eight of up to 31 · 127, so five bits are summed in two groups.
                let groups = if FIVE { 2 } else { 1 };
                for group in 0..groups {
                    let mut sums = [zero; R];
                    for step in group * 8 / groups..(group + 1) * 8 / groups {
                        let mut q = nibble_step(quants, step, half);
                        if FIVE {
                            q = _mm256_or_si256(q, fifth(record.add(k5::BITS + s * 64), step, half));
                        }
                        for r in 0..R {
                            let product = _mm256_maddubs_epi16(q, four(&rows[r], b * 256 + s * 32 + step * 4));
                            sums[r] = _mm256_add_epi16(sums[r], product);
                        }
                    }
                    for r in 0..R {
                        scaled[r] = _mm256_add_epi32(scaled[r], _mm256_madd_epi16(sums[r], scale));
                    }
                }
            }
            let mut mins = [zero; R];
            for pair in 0..4 {
                let at = record.add(k4::MINS + pair * 2 * PANEL + 16 * half);
                let min = _mm256_cvtepu8_epi16(_mm_loadu_si128(at.cast()));
                for r in 0..R {
                    let sums = rows[r].sums32.as_ptr().add(b * 8 + pair * 2).cast::<i32>().read_unaligned();
                    mins[r] = _mm256_add_epi32(mins[r], _mm256_madd_epi16(min, _mm256_set1_epi32(sums)));
                }
            }
            let (d, dmin) = (halves(record.add(k4::D), half), halves(record.add(k4::DMIN), half));
            for r in 0..R {
                let scale = *rows[r].scales.get_unchecked(b);
                out[r] = add_scaled(out[r], d, scale, scaled[r]);
                let product = _mm256_mul_ps(_mm256_mul_ps(dmin, _mm256_set1_ps(scale)), _mm256_cvtepi32_ps(mins[r]));
                out[r] = _mm256_sub_ps(out[r], product);
            }
        }
        out
    }
}

/// Multiplies this half's eight columns of a panel of Q6_K.
#[inline(always)]
unsafe fn six_bits<const R: usize>(panel: &[u8], rows: &[QuantizedRow<'_>; R], half: usize) -> [__m256; R] {
    // SAFETY: as in `with_minima`.
    unsafe {
        let mut out = [_mm256_setzero_ps(); R];
        let mask = _mm256_set1_epi8(0x30);
        for (b, record) in panel.chunks_exact(k6::BYTES).enumerate() {
            let record = record.as_ptr();
            let mut scaled = [_mm256_setzero_si256(); R];
            // Σ scale · (quant − 32) · activation = Σ scale · quant · activation − 32 · Σ scale · activation
            let mut offsets = [_mm256_setzero_si256(); R];
            for s in 0..8 {
                if half == 0 {
                    prefetch(record, k6::BYTES, s, 8);
                }
                let quants = record.add(k6::NIBBLES + s * 4 * STEP);
                let mut both = [_mm256_setzero_si256(); 2];
                for sub in 0..2 {
                    let at = record.add(k6::SCALES + (2 * s + sub) * PANEL + 8 * half);
                    let scale = twice(_mm256_cvtepi8_epi32(_mm_loadl_epi64(at.cast())));
                    both[sub] = scale;
                    let bits = record.add(k6::HIGH + (s * 2 + sub) * STEP + 32 * half);
                    let bits = _mm256_loadu_si256(bits.cast());
                    // The two bits of each of the four steps, moved to where they belong in a
                    // quant.
                    let placed = [
                        _mm256_slli_epi16::<4>(bits),
                        _mm256_slli_epi16::<2>(bits),
                        bits,
                        _mm256_srli_epi16::<2>(bits),
                    ];
                    // With each step, two products are added to a sum of 16 bits, which has room for four of up to 63 ·
                    // 127.
                    for group in 0..2 {
                        let mut sums = [_mm256_setzero_si256(); R];
                        for i in group * 2..group * 2 + 2 {
                            let low = nibble_step(quants, 4 * sub + i, half);
                            let q = _mm256_or_si256(low, _mm256_and_si256(placed[i], mask));
                            for r in 0..R {
                                let at = b * 256 + s * 32 + sub * 16 + i * 4;
                                sums[r] = _mm256_add_epi16(sums[r], _mm256_maddubs_epi16(q, four(&rows[r], at)));
                            }
                        }
                        for r in 0..R {
                            scaled[r] = _mm256_add_epi32(scaled[r], _mm256_madd_epi16(sums[r], scale));
                        }
                    }
                }
                // The scales of both sub-blocks stand side by side, as their sums do in `sums16`.
                let pair = _mm256_blend_epi16::<0b1010_1010>(both[0], both[1]);
                for r in 0..R {
                    let sums = rows[r].sums16.as_ptr().add(b * 16 + s * 2).cast::<i32>().read_unaligned();
                    offsets[r] = _mm256_add_epi32(offsets[r], _mm256_madd_epi16(pair, _mm256_set1_epi32(sums)));
                }
            }
            let d = halves(record.add(k6::D), half);
            for r in 0..R {
                let sums = _mm256_sub_epi32(scaled[r], _mm256_slli_epi32::<5>(offsets[r]));
                out[r] = add_scaled(out[r], d, *rows[r].scales.get_unchecked(b), sums);
            }
        }
        out
    }
}

/// Multiplies this half's eight columns of a panel of Q4_0, Q5_0 or Q8_0.
#[inline(always)]
unsafe fn small<const R: usize, const BITS: usize>(
    panel: &[u8],
    rows: &[QuantizedRow<'_>; R],
    half: usize,
) -> [__m256; R] {
    let format = match BITS {
        4 => Format::Q4_0,
        5 => Format::Q5_0,
        _ => Format::Q8_0,
    };
    // SAFETY: as in `with_minima`.
    unsafe {
        let one = _mm256_set1_epi16(1);
        let mut out = [_mm256_setzero_ps(); R];
        for (b, record) in panel.chunks_exact(format.record_bytes()).enumerate() {
            let record = record.as_ptr();
            if half == 0 {
                prefetch(record, format.record_bytes(), 0, 1);
            }
            let quants = record.add(b32::QUANTS);
            let mut sums = [_mm256_setzero_si256(); R];
            if BITS == 8 {
                for step in 0..8 {
                    let bytes = _mm256_loadu_si256(quants.add(step * STEP + 32 * half).cast());
                    // The quants are made signed again. Then their signs are given to the activations, so that one
                    // factor is unsigned. Two products of up to 128 · 127 fit into 16 bits.
                    let signed = _mm256_xor_si256(bytes, _mm256_set1_epi8(-128));
                    let size = _mm256_abs_epi8(signed);
                    for r in 0..R {
                        let a = _mm256_sign_epi8(four(&rows[r], b * 32 + step * 4), signed);
                        let wide = _mm256_madd_epi16(_mm256_maddubs_epi16(size, a), one);
                        sums[r] = _mm256_add_epi32(sums[r], wide);
                    }
                }
            } else {
                for r in 0..R {
                    sums[r] = _mm256_set1_epi32(-format.offset() * i32::from(*rows[r].sums32.get_unchecked(b)));
                }
                for group in 0..2 {
                    let mut short = [_mm256_setzero_si256(); R];
                    for step in group * 4..group * 4 + 4 {
                        let mut q = nibble_step(quants, step, half);
                        if BITS == 5 {
                            q = _mm256_or_si256(q, fifth(record.add(b32::BITS), step, half));
                        }
                        for r in 0..R {
                            let product = _mm256_maddubs_epi16(q, four(&rows[r], b * 32 + step * 4));
                            short[r] = _mm256_add_epi16(short[r], product);
                        }
                    }
                    for r in 0..R {
                        sums[r] = _mm256_add_epi32(sums[r], _mm256_madd_epi16(short[r], one));
                    }
                }
            }
            let d = halves(record.add(b32::D), half);
            for r in 0..R {
                out[r] = add_scaled(out[r], d, *rows[r].scales.get_unchecked(b), sums[r]);
            }
        }
        out
    }
}
