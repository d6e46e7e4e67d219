//! No pair of texts makes the checker panic, and every span of a finding lies on character boundaries.

use depeche::checks::Pair;
use depeche::facts::discourse::Discourse;
use depeche::facts::reading::Reading;
use depeche::facts::{Context, extract_from};
use depeche::lang::Lang;
use proptest::prelude::*;

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

    /// Sources over several sentences, with all that stands between a subject and its verb.
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
}
