//! Extracts the facts of a dispatch again from its sentences, and makes the tables from them.

use super::{Dispatch, SentenceRecord};
use crate::facts::discourse::Discourse;
use crate::facts::reading::Reading;
use crate::facts::{self, Context, Fact};
use crate::lang::Lang;
use crate::tables::sentence_pair::SentencePair;
use crate::tables::{self, Tables};
use jiff::civil::Date;

/// The tables of a dispatch, made again from its sentences.
pub fn tables_of(d: &Dispatch) -> Tables {
    let date = d.source.date.as_deref().and_then(|date| date.parse().ok());
    let mut discourse = Discourse::default();
    let facts: Vec<(Vec<Fact>, Vec<Fact>)> = d.sentences().map(|s| read(s, &mut discourse, date)).collect();
    let records = d.blocks.iter().enumerate().flat_map(|(i, b)| b.sentences.iter().map(move |s| (i, b.kind, s)));
    let lines: Vec<SentencePair<'_>> = records
        .zip(&facts)
        .map(|((block, kind, s), facts)| SentencePair {
            number: s.number,
            kind,
            block,
            source: &s.cleaned,
            target: &s.target,
            source_facts: &facts.0,
            target_facts: &facts.1,
        })
        .collect();
    tables::of_sentences(&lines)
}

/// The facts of a sentence and of its translation. `discourse` goes on from the sentences before, so that the French
/// facts know whom a pronoun or "the group" means.
pub(crate) fn read(s: &SentenceRecord, discourse: &mut Discourse, date: Option<Date>) -> (Vec<Fact>, Vec<Fact>) {
    let reading = Reading::new(&s.cleaned, Lang::Fr);
    let mut source = facts::extract_from(&reading, &Context { lang: Lang::Fr, date });
    discourse.resolve(&reading, &mut source);
    let reading = Reading::new(&s.target, Lang::En);
    let mut target = facts::extract_from(&reading, &Context { lang: Lang::En, date });
    // For the English, the discourse is this one sentence. It is needed only to split "the NGO and
    // the witnesses" into two sources, since whom a pronoun means is known from the French.
    Discourse::default().resolve(&reading, &mut target);
    (source, target)
}
