//! The hash that makes the keys of words: FNV-1a with 64 bits (Fowler, Noll and Vo). It is a file
//! of its own because the build script uses it as well.

/// The key of the empty word: the offset basis of the 64-bit FNV-1a hash.
pub const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
/// The 64-bit FNV prime.
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// The key of a word with one more byte, by the key of the word without it.
pub fn step(key: u64, byte: u8) -> u64 {
    (key ^ u64::from(byte)).wrapping_mul(PRIME)
}

/// The key of a word.
pub fn key(word: &str) -> u64 {
    word.bytes().fold(BASIS, step)
}
