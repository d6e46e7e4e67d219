//! Two documents, parted by a line of `%`, the second one perhaps a dispatch that was written and edited: they are aligned
//! and compared, and every finding lies within its text.
#![no_main]

use depeche::article::read::{Format, read_bytes};
use depeche::checks::documents::{Text, check_texts};
use depeche::checks::engine::Settings;
use depeche::lang::Lang;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (french, english) = text.split_once("%\n").unwrap_or((text, ""));
    let read = |text: &str, lang| {
        let document = read_bytes("a.md", text.as_bytes(), Format::Markdown).ok()?.pop()?.ok()?;
        Text::read(document, lang, None, false).ok()
    };
    let (Some(source), Some(target)) = (read(french, Lang::Fr), read(english, Lang::En)) else { return };
    for f in check_texts(&source, &target, &Settings::default()).unwrap_or_default() {
        for (span, text) in [(f.source, &source), (f.target, &target)] {
            let text = &text.article.original.text;
            assert!(span.is_none_or(|s| text.get(s.start..s.end).is_some()), "{}: {span:?} of {text:?}", f.rule);
        }
    }
});
