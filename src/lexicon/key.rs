//! Words as 64-bit keys, so that a lookup compares numbers and never allocates a string.

use super::fnv::{BASIS, key, step};
use std::borrow::Cow;
use std::hash::{BuildHasherDefault, Hasher};

/// FNV-1a of a word. The probability that any two words of the tables share a key is less than 10⁻⁸; a word would then
/// be taken for another, but nothing would fail.
pub type Key = u64;

/// Key of a lower-cased word, accents included: « tué » and « tue » differ.
pub fn exact(lower: &str) -> Key {
    key(lower)
}

/// Key of a lower-cased word without its accents and with its ligatures as two letters. It is used mostly for names, so
/// that "Zelenský" and "Zelensky" are one.
pub fn folded(lower: &str) -> Key {
    if lower.is_ascii() {
        return exact(lower);
    }
    let mut key = BASIS;
    fold(lower, |b| key = step(key, b));
    key
}

/// A lower-cased text without its accents and with its ligatures as two letters.
pub fn unaccented(lower: &str) -> Cow<'_, str> {
    if lower.is_ascii() {
        return Cow::Borrowed(lower);
    }
    let mut out = Vec::with_capacity(lower.len());
    fold(lower, |b| out.push(b));
    String::from_utf8(out).map_or(Cow::Borrowed(lower), Cow::Owned)
}

/// Calls `emit` with each byte of `lower` in its form without accents: ligatures become two letters, letters such as ø
/// become the plain letter, and the signs of romanised Arabic (ʿ, ʾ) are left out.
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

/// The hasher of [`KeyMap`]. Keys are hashes already, so it passes them on almost as they are.
#[derive(Default)]
pub struct KeyHasher(u64);

impl Hasher for KeyHasher {
    fn finish(&self) -> u64 {
        // The standard map uses the highest and the lowest bits. In FNV the low bits depend on few others, so the high
        // ones are mixed into them.
        self.0 ^ (self.0 >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |k, &b| step(k, b));
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key;
    }
}

/// A map by the keys of words.
pub type KeyMap<V> = std::collections::HashMap<Key, V, BuildHasherDefault<KeyHasher>>;

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
