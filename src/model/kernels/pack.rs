//! Turns the blocks of a GGUF file into the records of [`super::format`].

use super::format::{Format, PANEL, STEP, b32, k4, k5, k6};

/// The numbers of one block of one column.
struct Block {
    /// `f16` bits of the scale of the block.
    d: u16,
    /// `f16` bits of the scale of the minima (Q4_K and Q5_K only).
    dmin: u16,
    /// Scales of the sub-blocks as bytes: 8 in Q4_K and Q5_K, 16 signed ones in Q6_K, none in the other formats.
    scales: [u8; 16],
    /// Minima of the sub-blocks (Q4_K and Q5_K only).
    mins: [u8; 8],
    /// Unsigned quants in the order of the inner positions: 256 of them, or 32 in formats with blocks of 32.
    quants: [u8; 256],
}

/// The bits of the `f16` number that stands at `at`.
fn half(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

/// Unpacks the eight scales and eight minima of Q4_K and Q5_K, which the file keeps in twelve bytes, six bits each.
fn scales_and_mins(packed: &[u8], block: &mut Block) {
    for j in 0..4 {
        block.scales[j] = packed[j] & 63;
        block.mins[j] = packed[j + 4] & 63;
        block.scales[j + 4] = packed[j + 8] & 15 | packed[j] >> 6 << 4;
        block.mins[j + 4] = packed[j + 8] >> 4 | packed[j + 4] >> 6 << 4;
    }
}

/// Reads the block that the file stores as `bytes`. Fields of `block` that the format does not have stay as they are.
fn decode(format: Format, bytes: &[u8], block: &mut Block) {
    block.d = half(bytes, 0);
    match format {
        Format::Q4K | Format::Q5K => {
            block.dmin = half(bytes, 2);
            scales_and_mins(&bytes[4..16], block);
            let nibbles = if format == Format::Q4K { &bytes[16..] } else { &bytes[48..] };
            for (chunk, from) in nibbles.chunks_exact(32).enumerate() {
                for (l, &byte) in from.iter().enumerate() {
                    block.quants[64 * chunk + l] = byte & 15;
                    block.quants[64 * chunk + 32 + l] = byte >> 4;
                }
            }
            if format == Format::Q5K {
                for (l, &bits) in bytes[16..48].iter().enumerate() {
                    for s in 0..8 {
                        block.quants[32 * s + l] |= (bits >> s & 1) << 4;
                    }
                }
            }
        }
        Format::Q6K => {
            let (low, high, scales) = (&bytes[..128], &bytes[128..192], &bytes[192..208]);
            block.d = half(bytes, 208);
            block.scales.copy_from_slice(scales);
            for (n, (low, high)) in low.chunks_exact(64).zip(high.chunks_exact(32)).enumerate() {
                let out = &mut block.quants[128 * n..128 * (n + 1)];
                for l in 0..32 {
                    out[l] = low[l] & 15 | (high[l] & 3) << 4;
                    out[l + 32] = low[l + 32] & 15 | (high[l] >> 2 & 3) << 4;
                    out[l + 64] = low[l] >> 4 | (high[l] >> 4 & 3) << 4;
                    out[l + 96] = low[l + 32] >> 4 | (high[l] >> 6) << 4;
                }
            }
        }
        Format::Q4_0 | Format::Q5_0 => {
            let nibbles = if format == Format::Q4_0 { &bytes[2..] } else { &bytes[6..] };
            for (l, &byte) in nibbles.iter().enumerate() {
                block.quants[l] = byte & 15;
                block.quants[l + 16] = byte >> 4;
            }
            if format == Format::Q5_0 {
                let bits = u32::from_le_bytes([bytes[2], bytes[3], bytes[4], bytes[5]]);
                for (l, q) in block.quants[..32].iter_mut().enumerate() {
                    *q |= ((bits >> l & 1) as u8) << 4;
                }
            }
        }
        Format::Q8_0 => {
            for (q, &byte) in block.quants.iter_mut().zip(&bytes[2..34]) {
                *q = byte ^ 128;
            }
        }
    }
}

/// Writes the bits of an `f16` number for a column into the row of sixteen that begins at `at`.
fn put_half(record: &mut [u8], at: usize, column: usize, value: u16) {
    record[at + 2 * column..at + 2 * column + 2].copy_from_slice(&value.to_le_bytes());
}

/// The four quants of step `step`, one in each byte.
fn four(block: &Block, step: usize) -> u32 {
    let q = &block.quants[4 * step..4 * step + 4];
    u32::from_le_bytes([q[0], q[1], q[2], q[3]])
}

/// Writes the four bytes of a column into the step that begins at `at`.
fn put_four(record: &mut [u8], at: usize, column: usize, value: u32) {
    record[at + 4 * column..at + 4 * column + 4].copy_from_slice(&value.to_le_bytes());
}

/// Writes the low four bits of a column's quants for `pairs` pairs of steps. Each pair has 64 bytes of the record,
/// which all columns share.
fn put_nibbles(record: &mut [u8], at: usize, column: usize, block: &Block, pairs: usize) {
    for pair in 0..pairs {
        let (even, odd) = (four(block, 2 * pair) & 0x0f0f_0f0f, four(block, 2 * pair + 1) & 0x0f0f_0f0f);
        put_four(record, at + pair * STEP, column, even | odd << 4);
    }
}

/// Writes the fifth bits of a column's quants, one bit for each byte of a step. The bits must be zero before.
fn put_fifth_bits(record: &mut [u8], at: usize, column: usize, block: &Block, steps: usize) {
    for step in 0..steps {
        let bits = four(block, step) >> 4 & 0x0101_0101;
        let nibble = (bits | bits >> 7 | bits >> 14 | bits >> 21) as u8 & 15;
        record[at + 8 * step + column / 2] |= nibble << (4 * (column % 2));
    }
}

/// Writes a block of one column into its record.
fn put(format: Format, record: &mut [u8], column: usize, block: &Block) {
    match format {
        Format::Q4K | Format::Q5K => {
            put_half(record, k4::D, column, block.d);
            put_half(record, k4::DMIN, column, block.dmin);
            for s in 0..8 {
                record[k4::SCALES + s * PANEL + column] = block.scales[s];
                record[k4::MINS + s / 2 * 2 * PANEL + 2 * column + s % 2] = block.mins[s];
            }
            put_nibbles(record, k4::NIBBLES, column, block, 32);
            if format == Format::Q5K {
                put_fifth_bits(record, k5::BITS, column, block, 64);
            }
        }
        Format::Q6K => {
            put_half(record, k6::D, column, block.d);
            for s in 0..16 {
                record[k6::SCALES + s * PANEL + column] = block.scales[s];
            }
            put_nibbles(record, k6::NIBBLES, column, block, 32);
            for group in 0..16 {
                let high = (0..4).map(|i| (four(block, 4 * group + i) >> 4 & 0x0303_0303) << (2 * i));
                put_four(record, k6::HIGH + group * STEP, column, high.fold(0, |a, b| a | b));
            }
        }
        Format::Q4_0 | Format::Q5_0 => {
            put_half(record, b32::D, column, block.d);
            put_nibbles(record, b32::QUANTS, column, block, 4);
            if format == Format::Q5_0 {
                put_fifth_bits(record, b32::BITS, column, block, 8);
            }
        }
        Format::Q8_0 => {
            put_half(record, b32::D, column, block.d);
            for step in 0..8 {
                put_four(record, b32::QUANTS + step * STEP, column, four(block, step));
            }
        }
    }
}

/// Packs one panel: `file` holds `columns` rows (at most [`PANEL`]) of `blocks` blocks each, one after the other;
/// `panel` gets as many records as a row has blocks, and must be all zeros before. Where there are fewer than [`PANEL`]
/// rows, the missing columns stay zero, and what they give in a product is never read.
pub fn pack_panel(format: Format, file: &[u8], columns: usize, blocks: usize, panel: &mut [u8]) {
    assert_eq!(file.len(), columns * blocks * format.file_bytes());
    assert_eq!(panel.len(), blocks * format.record_bytes());
    let mut block = Block { d: 0, dmin: 0, scales: [0; 16], mins: [0; 8], quants: [0; 256] };
    for (b, record) in panel.chunks_exact_mut(format.record_bytes()).enumerate() {
        for column in 0..columns {
            let at = (column * blocks + b) * format.file_bytes();
            decode(format, &file[at..at + format.file_bytes()], &mut block);
            put(format, record, column, &block);
        }
    }
}
