//! What a summary may not say: the rules that pass or refuse one of its sentences.

use crate::facts::name::Unit;
use crate::facts::quantity::{Duty, Quantity};
use crate::facts::{self, Context, Fact, FactValue};
use crate::lang::Lang;

/// The translation that summaries are held against, read once.
pub struct Article {
    sentences: Vec<Vec<Fact>>,
}

impl Article {
    pub fn new<'a>(sentences: impl IntoIterator<Item = &'a str>) -> Self {
        Article { sentences: sentences.into_iter().map(read).collect() }
    }

    /// Why a sentence of a summary cannot stand; `None` when it can.
    pub fn objection(&self, sentence: &str) -> Option<String> {
        let facts = read(sentence);
        let sourced = facts.iter().any(attributes);
        facts.iter().find_map(|fact| {
            let text = fact.span.of(sentence);
            match &fact.value {
                FactValue::Quantity(q) if q.duty == Duty::Must => self.about_figure(q, text, sourced),
                FactValue::Date(date) => {
                    let same = self.all().any(|k| matches!(&k.value, FactValue::Date(k) if agrees(k, date)));
                    (!same).then(|| format!("says “{text}”, a date that the article does not give"))
                }
                FactValue::Name(name) if !name.demonym && !name.term && !name.unsure => {
                    let unknown = name.units.iter().find(|u| u.proper && !self.names(u))?;
                    Some(format!("names “{}”, whom the article does not name", unknown.span.of(sentence)))
                }
                _ => None,
            }
        })
    }

    fn all(&self) -> impl Iterator<Item = &Fact> {
        self.sentences.iter().flatten()
    }

    fn about_figure(&self, q: &Quantity, text: &str, sourced: bool) -> Option<String> {
        let equal = |k: &Quantity| k.value == q.value && k.high == q.high;
        let of = |facts: &[Fact]| -> Vec<Quantity> {
            let quantity = |f: &Fact| match &f.value {
                FactValue::Quantity(k) if equal(k) => Some(k.clone()),
                _ => None,
            };
            facts.iter().filter_map(quantity).collect()
        };
        let places: Vec<(&Vec<Fact>, Vec<Quantity>)> =
            self.sentences.iter().map(|s| (s, of(s))).filter(|(_, same)| !same.is_empty()).collect();
        if places.is_empty() {
            return Some(format!("says “{text}”, a figure that the article does not give"));
        }
        if !places.iter().any(|(_, same)| same.iter().any(|k| k.bound == q.bound)) {
            return Some(format!("says “{text}” with another qualifier than the article"));
        }
        let needs_source = places.iter().all(|(facts, _)| facts.iter().any(attributes));
        (needs_source && !sourced).then(|| format!("says “{text}” without the source that the article gives for it"))
    }

    fn names(&self, unit: &Unit) -> bool {
        let same = |k: &Unit| k.fold == unit.fold && k.fold != 0 || k.entries.iter().any(|e| unit.entries.contains(e));
        self.all().any(|f| matches!(&f.value, FactValue::Name(n) if n.units.iter().any(same)))
    }
}

fn read(text: &str) -> Vec<Fact> {
    facts::extract(text, &Context { lang: Lang::En, date: None })
}

fn attributes(fact: &Fact) -> bool {
    matches!(&fact.value, FactValue::Attribution(a) if a.is_strong() && a.source.is_some())
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

    const ARTICLE: [&str; 3] = [
        "More than 255 people have been killed since Wednesday, the SOHR said.",
        "The army sent 3,000 men to Aleppo on Friday.",
        "Talks will resume in Geneva.",
    ];

    fn objection(sentence: &str) -> Option<String> {
        Article::new(ARTICLE).objection(sentence)
    }

    #[test]
    fn a_figure_that_the_article_lacks_is_refused() {
        assert_eq!(objection("More than 255 people were killed, the SOHR said."), None);
        assert!(objection("More than 225 people were killed, the SOHR said.").unwrap().contains("225"));
    }

    #[test]
    fn a_qualifier_that_was_lost_is_refused() {
        assert!(objection("The SOHR said that 255 people were killed.").unwrap().contains("qualifier"));
    }

    #[test]
    fn a_figure_without_its_source_is_refused() {
        assert!(objection("More than 255 people were killed.").unwrap().contains("without the source"));
        assert_eq!(objection("The army sent 3,000 men to Aleppo."), None);
    }

    #[test]
    fn a_weekday_that_the_article_lacks_is_refused() {
        assert!(objection("The army sent 3,000 men on Sunday.").unwrap().contains("Sunday"));
    }

    #[test]
    fn a_name_that_the_article_lacks_is_refused() {
        assert!(objection("Talks will resume in Vienna.").unwrap().contains("Vienna"));
        assert_eq!(objection("Talks will resume in Geneva."), None);
    }
}
