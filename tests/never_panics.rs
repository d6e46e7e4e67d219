//! No pair of texts makes the checker panic, and every span of a finding lies on character boundaries.

use depeche::checks::Pair;
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
}
