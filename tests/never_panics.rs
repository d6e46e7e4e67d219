//! No text, file or settings make the program panic, and the spans of findings and facts lie on
//! character boundaries. The name of each test says what the program never panics on.

use depeche::article::read::{Format, read_bytes};
use depeche::article::{Article, ReadOptions};
use depeche::baseline::Baseline;
use depeche::checks::Pair;
use depeche::config::Config;
use depeche::facts::discourse::Discourse;
use depeche::facts::reading::Reading;
use depeche::facts::{Context, extract_from};
use depeche::lang::Lang;
use proptest::prelude::*;

/// Checks a pair of texts, and that the spans of all findings can be cut out of them.
fn check(french: &str, english: &str) -> Result<(), TestCaseError> {
    for f in Pair::new(french, english, None).check() {
        if let Some(span) = f.source {
            prop_assert!(french.get(span.start..span.end).is_some(), "{}: {span:?} of {french:?}", f.rule);
        }
        if let Some(span) = f.target {
            prop_assert!(english.get(span.start..span.end).is_some(), "{}: {span:?} of {english:?}", f.rule);
        }
    }
    Ok(())
}

/// Sentences break off: headlines are cut, subtitles and quotations end in the middle.
#[test]
fn on_sentences_that_break_off() {
    for file in std::fs::read_dir("tests/cases").unwrap() {
        for line in std::fs::read_to_string(file.unwrap().path()).unwrap().lines() {
            let Some((side, sentence)) = line.strip_prefix("- ").and_then(|l| l.split_once(": ")) else { continue };
            for (end, _) in sentence.match_indices(' ') {
                for tail in ["", ".", " ,", "\u{a0}»", "”"] {
                    let text = format!("{}{tail}", &sentence[..end]);
                    let (french, english) = if side == "French" { (text.as_str(), "") } else { ("", text.as_str()) };
                    check(french, english).unwrap();
                }
            }
        }
    }
}

proptest! {
    #[test]
    fn on_any_text(french in "\\PC{0,120}", english in "\\PC{0,120}") {
        check(&french, &english)?;
    }

    /// Words, marks and capitals of the news, in any order.
    #[test]
    fn on_words_of_the_news(
        french in "((selon|d'|après|l'|OSDH|Alep|Poutine|a|déclaré|que|qu'|ne|pas|armée|syrienne|de|source|«|»|”|'|-|\\.|,|t-il|ministère|É|U\\.S\\.|12) ?){0,25}",
        english in "((according|to|the|SOHR|Aleppo|Putin|said|denied|that|not|army|Syrian|of|source|“|”|'|s|-|\\.|,|Ministry|É|U\\.S\\.|12) ?){0,25}",
    ) {
        check(&french, &english)?;
    }

    /// Sources that are mentioned in several sentences, with anything between a subject and its
    /// verb.
    #[test]
    fn on_sources_of_a_text(
        text in "((L'|OSDH|une|ONG|,|qui|et|des|témoins|affirme|a|ont|fait|état|de|que|démentie|par|cette|source|elle|dont|armée|son|soutien|apporté|\\.|\n\n|«|»|\\(|\\)|É|12) ?){0,40}",
    ) {
        for lang in [Lang::Fr, Lang::En] {
            let reading = Reading::new(&text, lang);
            let mut facts = extract_from(&reading, &Context { lang, date: None });
            Discourse::default().resolve(&reading, &mut facts);
            for fact in &facts {
                prop_assert!(text.get(fact.span.start..fact.span.end).is_some(), "{:?} of {text:?}", fact.span);
            }
        }
    }

    /// Whatever a file holds, reading it gives an article or an error, and never a message that depeche has a fault.
    #[test]
    fn on_files(
        page in "((<|</|<!--|-->|>|/>|div|p|table|td|tr|svg|script|style|title|b|i|a|li|ul|select|option|template|math|href|=|\"|'|&amp;|#|\\*|Sarcy a reçu douze familles\\.|\n\n|\u{a0}) ?){0,150}",
    ) {
        for format in [Format::Html, Format::Markdown, Format::Text, Format::JsonLines] {
            let documents = match read_bytes("file", page.as_bytes(), format) {
                Ok(documents) => documents,
                Err(e) => vec![Err(e)],
            };
            for document in documents {
                let read = document.and_then(|d| Article::from_document(d, &ReadOptions::default()));
                if let Err(e) = read {
                    prop_assert!(!e.to_string().contains("fault"), "{e}: {page:?}");
                }
            }
        }
    }

    /// Lines of JSON that are nearly articles.
    #[test]
    fn on_json_lines(line in "(\\{|\\}|\\[|\\]|\"id\"|\"text\"|\"date\"|\"title\"|:|,|\"|1|null|\"2025-03-14\"|\\\\u0000|\"Sarcy a reçu douze familles\\.\"|\n){0,40}") {
        let _ = read_bytes("a.jsonl", line.as_bytes(), Format::JsonLines);
    }

    #[test]
    fn on_settings(text in "(\\[|\\]|rules|glossary|ignore|pairs|summary|=|\"|'|\\{|\\}|fr|en|source|target|off|error|\\.|,|\n|1){0,40}") {
        let _ = Config::parse(&text, std::path::Path::new("."));
        let _ = Baseline::parse(&text);
    }
}
