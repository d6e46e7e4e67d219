//! How weights lie in memory: the *record* of sixteen output columns over one block of the inner dimension.
//!
//! A GGUF file stores a weight matrix row by row, each row (one output column of `x · Wᵀ`) as blocks of 256 or 32
//! weights. A kernel that worked through one row at a time would have to load every activation again for each row. So
//! the rows are interleaved: a *panel* holds [`PANEL`] columns, and a *record* holds one block of each column of a
//! panel. In a record, the weights of four neighbouring inner positions of all sixteen columns stand side by side. As
//! bytes, these are the 64 bytes that one AVX-512 VNNI instruction multiplies with four activations; they are called a
//! *step*. 32 inner positions are eight steps. Formats with fewer than eight bits split the bits of a step, as the
//! modules below say: two steps share 64 bytes for their low four bits, and the higher bits stand apart.
//!
//! A block of 256 weights is divided into sub-blocks, each with an integer scale and in some
//! formats a minimum of its own. A weight is `d · scale · quant − dmin · minimum`, where `d` and
//! `dmin` are floating-point numbers of the whole block. In formats without minima, a number that
//! is the same for all quants ([`Format::offset`]) is subtracted from the quant instead. A block of
//! 32 weights has `d` only.
//!
//! Quants (the integers of a quantised block) are kept unsigned, with an offset where the format is signed, because
//! `vpdpbusd` and `vpmaddubsw` multiply unsigned with signed bytes. Packing rounds nothing: a record holds the same
//! numbers as the file.
//!
//! Source of the formats: `ggml-common.h` and `ggml-quants.c` of <https://github.com/ggml-org/ggml>.

use candle_core::quantized::GgmlDType;

/// Output columns of a panel.
pub const PANEL: usize = 16;

/// Bytes of a step: [`PANEL`] columns times four inner positions.
pub const STEP: usize = 4 * PANEL;

/// A quantised format that the kernels can multiply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// 4 bits, 256 weights a block, eight sub-blocks with scales and minima of 6 bits.
    Q4K,
    /// 5 bits, otherwise as [`Format::Q4K`].
    Q5K,
    /// 6 bits, 256 weights a block, sixteen sub-blocks with scales of 8 bits.
    Q6K,
    /// 4 bits, 32 weights a block, one scale.
    Q4_0,
    /// 5 bits, otherwise as [`Format::Q4_0`].
    Q5_0,
    /// 8 bits, otherwise as [`Format::Q4_0`].
    Q8_0,
}

impl Format {
    /// All formats.
    pub const ALL: [Format; 6] = [Format::Q4K, Format::Q5K, Format::Q6K, Format::Q4_0, Format::Q5_0, Format::Q8_0];

    /// The format of a GGUF tensor type; `None` for types that the kernels cannot multiply.
    pub fn of(kind: GgmlDType) -> Option<Format> {
        Some(match kind {
            GgmlDType::Q4K => Format::Q4K,
            GgmlDType::Q5K => Format::Q5K,
            GgmlDType::Q6K => Format::Q6K,
            GgmlDType::Q4_0 => Format::Q4_0,
            GgmlDType::Q5_0 => Format::Q5_0,
            GgmlDType::Q8_0 => Format::Q8_0,
            _ => return None,
        })
    }

    /// Weights of a block.
    pub const fn block(self) -> usize {
        match self {
            Format::Q4K | Format::Q5K | Format::Q6K => 256,
            Format::Q4_0 | Format::Q5_0 | Format::Q8_0 => 32,
        }
    }

    /// Bytes of a block in a GGUF file.
    pub const fn file_bytes(self) -> usize {
        match self {
            Format::Q4K => 144,
            Format::Q5K => 176,
            Format::Q6K => 210,
            Format::Q4_0 => 18,
            Format::Q5_0 => 22,
            Format::Q8_0 => 34,
        }
    }

    /// Bytes of a record: one block of each of [`PANEL`] columns.
    pub const fn record_bytes(self) -> usize {
        match self {
            Format::Q4K => k4::BYTES,
            Format::Q5K => k5::BYTES,
            Format::Q6K => k6::BYTES,
            Format::Q4_0 => b32::Q4_BYTES,
            Format::Q5_0 => b32::Q5_BYTES,
            Format::Q8_0 => b32::Q8_BYTES,
        }
    }

    /// What is subtracted from an unsigned quant to get the number that the format means.
    pub const fn offset(self) -> i32 {
        match self {
            Format::Q4K | Format::Q5K => 0,
            Format::Q6K => 32,
            Format::Q4_0 => 8,
            Format::Q5_0 => 16,
            Format::Q8_0 => 128,
        }
    }
}

/// Offsets within a [`Format::Q4K`] record.
pub mod k4 {
    /// `f16` scale of the block, one for each column.
    pub const D: usize = 0;
    /// `f16` scale of the minima, one for each column.
    pub const DMIN: usize = 32;
    /// `u8` scales `[8 sub-blocks][16 columns]`.
    pub const SCALES: usize = 64;
    /// `u8` minima `[4 pairs of sub-blocks][16 columns][2]`.
    pub const MINS: usize = SCALES + 128;
    /// The four low bits of the quants, `[8 sub-blocks][4 pairs of steps][64]`: the low nibbles of the bytes belong to
    /// the first step of the pair, the high nibbles to the second.
    pub const NIBBLES: usize = MINS + 128;
    /// Length of the record.
    pub const BYTES: usize = NIBBLES + 2048;
}

/// Offsets within a [`Format::Q5K`] record: it begins like a Q4_K record (see [`k4`]), and the fifth bits follow.
pub mod k5 {
    /// `u64` `[8 sub-blocks][8 steps]`: the fifth bit of each byte of a step.
    pub const BITS: usize = super::k4::BYTES;
    /// Length of the record.
    pub const BYTES: usize = BITS + 512;
}

/// Offsets within a [`Format::Q6K`] record.
pub mod k6 {
    /// `f16` scale of the block, one for each column.
    pub const D: usize = 0;
    /// `i8` scales `[16 sub-blocks][16 columns]`.
    pub const SCALES: usize = 32;
    /// The four low bits, as in [`super::k4::NIBBLES`].
    pub const NIBBLES: usize = SCALES + 256;
    /// The two high bits of the quants, `[8 groups of 32 positions][2 groups of four steps][64]`: bits `2i` and `2i +
    /// 1` of a byte belong to step `i` of the four, counted from 0.
    pub const HIGH: usize = NIBBLES + 2048;
    /// Length of the record.
    pub const BYTES: usize = HIGH + 1024;
}

/// Offsets within the records of the formats with blocks of 32.
pub mod b32 {
    /// `f16` scale of the block, one for each column.
    pub const D: usize = 0;
    /// Q4_0 and Q5_0: nibbles `[4 pairs of steps][64]`, as in [`super::k4::NIBBLES`]; Q8_0: bytes `[8 steps][64]`.
    pub const QUANTS: usize = 32;
    /// Q5_0: `u64` `[8 steps]`, as in [`super::k5::BITS`].
    pub const BITS: usize = QUANTS + 256;
    /// Length of a Q4_0 record.
    pub const Q4_BYTES: usize = QUANTS + 256;
    /// Length of a Q5_0 record.
    pub const Q5_BYTES: usize = BITS + 64;
    /// Length of a Q8_0 record.
    pub const Q8_BYTES: usize = QUANTS + 512;
}
