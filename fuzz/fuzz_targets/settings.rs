//! A `depeche.toml` or a baseline is read or refused.
#![no_main]

use depeche::baseline::Baseline;
use depeche::config::Config;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = Config::parse(text, std::path::Path::new("."));
    let _ = Baseline::parse(text);
});
