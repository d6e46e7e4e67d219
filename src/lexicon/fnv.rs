//! The hash that makes the keys of words. It is a file of its own because the build script uses it as well.

pub const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// One step of FNV-1a.
pub fn step(key: u64, byte: u8) -> u64 {
    (key ^ u64::from(byte)).wrapping_mul(PRIME)
}

/// FNV-1a of a word.
pub fn key(word: &str) -> u64 {
    word.bytes().fold(BASIS, step)
}
