//! What a summary may not say: the rules that pass or refuse one of its sentences.

use crate::facts::quantity::{Bound, Duty};
use crate::facts::{self, Context, Fact, FactValue};
use crate::lang::Lang;

/// Why a sentence of a summary cannot stand, compared with the translation; `None` when it can.
pub fn objection(sentence: &str, title: Option<&str>, article: &[&str]) -> Option<String> {
    let read = |text: &str| facts::extract(text, &Context { lang: Lang::En, date: None });
    let known: Vec<Fact> = title.iter().chain(article).flat_map(|text| read(text)).collect();
    read(sentence).iter().find_map(|fact| match &fact.value {
        FactValue::Quantity(q) if q.duty == Duty::Must => {
            let text = fact.span.of(sentence);
            let same = || {
                known.iter().filter_map(|k| match &k.value {
                    FactValue::Quantity(k) if k.value == q.value && k.high == q.high => Some(k),
                    _ => None,
                })
            };
            if same().next().is_none() {
                Some(format!("says “{text}”, a figure that the article does not give"))
            } else if !same().any(|k| k.bound == q.bound || k.bound == Bound::Exact && q.bound == Bound::Exact) {
                Some(format!("says “{text}” with another qualifier than the article"))
            } else {
                None
            }
        }
        FactValue::Date(date) => {
            let same = known.iter().any(|k| matches!(&k.value, FactValue::Date(k) if agrees(k, date)));
            (!same).then(|| format!("says “{}”, a date that the article does not give", fact.span.of(sentence)))
        }
        _ => None,
    })
}

/// Whether nothing that the summary's date says is otherwise in the article's.
fn agrees(article: &facts::date::DateFact, summary: &facts::date::DateFact) -> bool {
    fn fits<T: PartialEq>(article: Option<T>, summary: Option<T>) -> bool {
        summary.is_none() || article == summary
    }
    fits(article.year, summary.year)
        && fits(article.month, summary.month)
        && fits(article.day, summary.day)
        && fits(article.weekday, summary.weekday)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARTICLE: [&str; 2] =
        ["More than 255 people have been killed since Wednesday, the SOHR said.", "The army sent 3,000 men on Friday."];

    #[test]
    fn a_figure_that_the_article_lacks_is_refused() {
        assert_eq!(objection("More than 255 people were killed.", None, &ARTICLE), None);
        assert!(objection("More than 225 people were killed.", None, &ARTICLE).unwrap().contains("225"));
    }

    #[test]
    fn a_qualifier_that_was_lost_is_refused() {
        assert!(objection("255 people were killed.", None, &ARTICLE).unwrap().contains("qualifier"));
    }

    #[test]
    fn a_weekday_that_the_article_lacks_is_refused() {
        assert!(objection("The army sent 3,000 men on Sunday.", None, &ARTICLE).unwrap().contains("Sunday"));
    }
}
