//! Lines of JSON are articles, or errors of their own.
#![no_main]

use depeche::article::read::{Format, read_bytes};
use depeche::article::{Article, ReadOptions};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for document in read_bytes("a.jsonl", bytes, Format::JsonLines).unwrap_or_default() {
        let _ = document.and_then(|d| Article::from_document(d, &ReadOptions::default()));
    }
});
