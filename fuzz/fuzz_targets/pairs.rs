//! The French up to the first line break, the English behind it: every finding lies within its text.
#![no_main]

use depeche::checks::Pair;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (french, english) = text.split_once('\n').unwrap_or((text, ""));
    for f in Pair::new(french, english, None).check() {
        for (span, text) in [(f.source, french), (f.target, english)] {
            assert!(span.is_none_or(|s| text.get(s.start..s.end).is_some()), "{}: {span:?} of {text:?}", f.rule);
        }
    }
});
