//! Words as 64-bit keys, so that a lookup compares numbers and never allocates a string.

use super::fnv::{BASIS, key, step};
use std::hash::{BuildHasherDefault, Hasher};

/// FNV-1a of a word. Two of the some twenty thousand words of the tables share a key with probability 10⁻¹¹; a clash
/// would cost a wrong hint, never a wrong span.
pub type Key = u64;

/// Key of a lower-cased word, accents included: « tué » and « tue » differ.
pub fn exact(lower: &str) -> Key {
    key(lower)
}

/// Key of a lower-cased word without its accents and ligatures, for names: "Zelenský", "Zelensky".
pub fn folded(lower: &str) -> Key {
    if lower.is_ascii() {
        return exact(lower);
    }
    let mut key = BASIS;
    fold(lower, |b| key = step(key, b));
    key
}

/// Gives the bytes of `lower` without accents, ligatures as two letters.
pub fn fold(lower: &str, mut emit: impl FnMut(u8)) {
    let mut buffer = [0; 4];
    for c in lower.chars() {
        match c {
            c if c.is_ascii() => emit(c as u8),
            'œ' => b"oe".iter().for_each(|&b| emit(b)),
            'æ' => b"ae".iter().for_each(|&b| emit(b)),
            'ß' => b"ss".iter().for_each(|&b| emit(b)),
            'ø' => emit(b'o'),
            'ł' => emit(b'l'),
            'đ' | 'ð' => emit(b'd'),
            'ı' => emit(b'i'),
            'ʻ' | 'ʿ' | 'ʾ' => {}
            c => unicode_normalization::char::decompose_canonical(c, |d| {
                if !unicode_normalization::char::is_combining_mark(d) {
                    d.encode_utf8(&mut buffer).bytes().for_each(&mut emit);
                }
            }),
        }
    }
}

/// The keys are hashes already: this hasher only passes them on.
#[derive(Default)]
pub struct Pass(u64);

impl Hasher for Pass {
    fn finish(&self) -> u64 {
        // The high bits pick a control byte in the standard map, the low ones a bucket; FNV mixes upwards only.
        self.0 ^ (self.0 >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |k, &b| step(k, b));
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

pub type KeyMap<V> = std::collections::HashMap<Key, V, BuildHasherDefault<Pass>>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_same_with_and_without_accents() {
        assert_eq!(folded("erdoğan"), folded("erdogan"));
        assert_eq!(folded("œuvre"), folded("oeuvre"));
        assert_ne!(exact("tué"), exact("tue"));
    }
}
