//! The tables that need no model: who says what, which claims exclude each other, and which figures count the same
//! thing. They are made from the facts of the French; from the translation they take only the English words for these.

pub mod contradictions;
pub mod figures;
pub mod rows;
pub mod sentence_pair;
pub mod sources;
pub mod words;

use crate::article::Article;
use crate::facts;
use crate::facts::reading::Reading;
use crate::lang::Lang;
use rows::{Contradiction, FigureGroup, FigureRow, SourceRow};
use schemars::JsonSchema;
use sentence_pair::SentencePair;
use serde::{Deserialize, Serialize};

/// The tables of one article.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Tables {
    pub who_says_what: Vec<SourceRow>,
    /// Claims of that table that exclude each other.
    #[serde(default)]
    pub contradictions: Vec<Contradiction>,
    pub figures: Vec<FigureRow>,
    /// Figures of that table that count the same thing.
    #[serde(default)]
    pub figure_groups: Vec<FigureGroup>,
}

/// Makes the tables of an article from its sentences, in their order.
pub fn of_sentences(sentences: &[SentencePair<'_>]) -> Tables {
    let readings: Vec<Reading<'_>> = sentences.iter().map(|l| Reading::new(l.source, Lang::Fr)).collect();
    let who_says_what = sources::table(sentences, &readings);
    let counted = figures::table(sentences, &readings, &who_says_what);
    let figure_groups = figures::groups::group(&counted);
    let mut contradictions = contradictions::find(sentences, &readings, &who_says_what);
    contradictions.extend(contradictions::figures::find(&counted, &figure_groups, &who_says_what));
    let figures = counted.into_iter().map(|c| c.row).collect();
    Tables { who_says_what, contradictions, figures, figure_groups }
}

/// The tables of an article that is not translated. What they would take from the translation is missing in them.
pub fn of_article(article: &Article) -> Tables {
    let facts = facts::of_article(article);
    let blocks = article.blocks.iter().enumerate();
    let sentences = blocks.flat_map(|(i, b)| b.sentences.iter().map(move |s| (i, b.kind, s)));
    let sentences: Vec<SentencePair<'_>> = sentences
        .zip(&facts)
        .enumerate()
        .map(|(i, ((block, kind, s), source_facts))| SentencePair {
            number: i + 1,
            kind,
            block,
            source: &s.text,
            target: "",
            source_facts,
            target_facts: &[],
        })
        .collect();
    of_sentences(&sentences)
}

/// The tables of pairs of sentences, French and English, that stand in one paragraph.
#[cfg(test)]
pub fn of_pairs(pairs: &[(&str, &str)]) -> Tables {
    use crate::article::BlockKind;
    use crate::facts::{Context, Fact, discourse::Discourse, extract, extract_from};
    let mut discourse = Discourse::default();
    let facts: Vec<(Vec<Fact>, Vec<Fact>)> = pairs
        .iter()
        .map(|(fr, en)| {
            let reading = Reading::new(fr, Lang::Fr);
            let mut french = extract_from(&reading, &Context { lang: Lang::Fr, date: None });
            discourse.resolve(&reading, &mut french);
            (french, extract(en, &Context { lang: Lang::En, date: None }))
        })
        .collect();
    let sentences: Vec<SentencePair<'_>> = pairs
        .iter()
        .zip(&facts)
        .enumerate()
        .map(|(i, ((source, target), facts))| SentencePair {
            number: i + 1,
            kind: BlockKind::Paragraph,
            block: 0,
            source,
            target,
            source_facts: &facts.0,
            target_facts: &facts.1,
        })
        .collect();
    of_sentences(&sentences)
}
