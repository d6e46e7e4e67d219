//! A web page, a Markdown file or a text is read, or refused with an error that is no fault of the reader.
#![no_main]

use depeche::article::read::{Format, read_bytes};
use depeche::article::{Article, ReadOptions};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let options = ReadOptions { check_language: false, ..ReadOptions::default() };
    for format in [Format::Html, Format::Markdown, Format::Text] {
        let read = read_bytes("file", bytes, format).unwrap_or_default();
        for document in read {
            if let Err(e) = document.and_then(|d| Article::from_document(d, &options)) {
                assert!(!e.to_string().contains("fault"), "{e}");
            }
        }
    }
});
