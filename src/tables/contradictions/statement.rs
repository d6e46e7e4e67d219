//! Claims in the form in which they are compared to find contradictions: with their content words
//! and the places that they name.

use crate::facts::FactValue;
use crate::facts::reading::Reading;
use crate::lexicon::key::unaccented;
use crate::lexicon::{NameClass, class, fr};
use crate::span::{CharIndex, Span};
use crate::tables::rows::{Claim, ClaimRef, SourceRow};
use crate::tables::sentence_pair::SentencePair;
use crate::tables::words::{Class, classes, stem};
use std::collections::BTreeSet;

/// A content word: any word of at least three letters, except function words without a class and
/// words such as « jour », which claims about different things share.
#[derive(Debug, Clone)]
pub struct Content {
    /// Index of its token in the sentence.
    pub token: usize,
    /// The word in lower case, without accents and inflections (see [`stem`]).
    pub stem: String,
    /// The classes of the word; none if the table of claim words does not have it.
    pub classes: Vec<Class>,
}

/// One claim of the table with its words.
pub struct Statement<'a> {
    /// Index of its source in the who-says-what table.
    pub row: usize,
    /// Index of the claim in that row.
    pub index: usize,
    pub claim: &'a Claim,
    /// Name of the source in the table.
    pub source: &'a str,
    pub sentence: &'a SentencePair<'a>,
    /// The reading of the French sentence.
    pub r: &'a Reading<'a>,
    /// The part of the sentence that is claimed.
    pub scope: Span,
    /// The content words of that part.
    pub words: Vec<Content>,
    /// Stems of the places that the claim names.
    pub places: BTreeSet<String>,
    /// The town that « la ville » means if the claim names no town: the last town that an earlier
    /// sentence names, else the first one that its own sentence names.
    pub town: Option<String>,
}

impl Statement<'_> {
    /// The stems of its content words.
    pub fn stems(&self) -> BTreeSet<&str> {
        self.words.iter().map(|w| w.stem.as_str()).collect()
    }

    /// Stems of the content words, names among them, that both claims have.
    pub fn shared(&self, other: &Statement<'_>) -> Vec<String> {
        let (a, b) = (self.stems(), other.stems());
        a.intersection(&b).map(|s| s.to_string()).collect()
    }

    /// The claim as one side of a contradiction. The two sides contradict each other in the French words at `words`.
    pub fn claim_ref(&self, words: Span) -> ClaimRef {
        ClaimRef {
            row: self.row,
            claim: self.index,
            source: self.source.to_string(),
            sentence: self.claim.sentence,
            words: CharIndex::new(self.sentence.source).char_span(words),
        }
    }

    /// The first word of this claim that has the stem, as the French writes it; `None` if there is none.
    pub fn written(&self, stem: &str) -> Option<String> {
        self.words.iter().find(|w| w.stem == stem).map(|w| self.r.tokens.raw(w.token).to_string())
    }
}

/// The claims of the table, in the order of the article.
pub fn statements<'a>(
    sentences: &'a [SentencePair<'a>],
    readings: &'a [Reading<'a>],
    rows: &'a [SourceRow],
) -> Vec<Statement<'a>> {
    let towns = towns(sentences, readings);
    let mut out: Vec<Statement<'a>> = Vec::new();
    for (row, source) in rows.iter().enumerate() {
        for (index, claim) in source.claims.iter().enumerate() {
            let Some(at) = sentences.iter().position(|l| l.number == claim.sentence) else { continue };
            let (sentence, r) = (&sentences[at], &readings[at]);
            let scope = sentence.bytes(&claim.french);
            let words = content(r, scope);
            let places = places(sentence, r, scope);
            let before = towns[..at].iter().rev().find_map(|t| t.last().cloned());
            let town = before.or_else(|| towns[at].first().cloned());
            let source = source.source.as_str();
            out.push(Statement { row, index, claim, source, sentence, r, scope, words, places, town });
        }
    }
    out.sort_by_key(|s| (s.claim.sentence, s.scope.start));
    out
}

/// The content words of a span.
pub fn content(r: &Reading<'_>, span: Span) -> Vec<Content> {
    let from = r.tokens.first_at(span.start);
    (from..r.len())
        .take_while(|&i| r.span(i, i + 1).end <= span.end)
        .filter(|&i| r.is_word(i) && r.tokens.raw(i).chars().count() > 2)
        .filter_map(|i| {
            let word = unaccented(r.lower(i));
            let classes = classes(&word);
            let is_empty = r.is(i, class::FUNCTION) && classes.is_empty() || fr::IDLE_IN_CLAIMS.has(&word);
            (!is_empty).then(|| Content { token: i, stem: stem(&word), classes })
        })
        .collect()
}

/// Stems of the places that are named within `scope`.
fn places(sentence: &SentencePair<'_>, r: &Reading<'_>, scope: Span) -> BTreeSet<String> {
    let named = sentence.source_facts.iter().filter(|f| scope.contains(f.span)).filter(|f| match &f.value {
        FactValue::Name(n) => {
            !n.demonym && !n.term && (n.class == NameClass::Place || n.class != NameClass::Person && is_town(r, f.span))
        }
        _ => false,
    });
    named.map(|f| stem(&unaccented(&f.span.of(sentence.source).to_lowercase()))).collect()
}

/// For every sentence the stems of the towns that it names.
fn towns(sentences: &[SentencePair<'_>], readings: &[Reading<'_>]) -> Vec<Vec<String>> {
    let town = |(sentence, r): (&SentencePair<'_>, &Reading<'_>)| {
        let named = sentence.source_facts.iter().filter(|f| match &f.value {
            FactValue::Name(n) => !n.demonym && !n.term && n.class != NameClass::Person && is_town(r, f.span),
            _ => false,
        });
        named.map(|f| stem(&unaccented(&f.span.of(sentence.source).to_lowercase()))).collect()
    };
    sentences.iter().zip(readings).map(town).collect()
}

/// Whether the name at `span` is a town's: the lexicon has it as a city, « à » stands before it (« à Alep », but « en
/// Syrie »), or a word for a settlement does.
fn is_town(r: &Reading<'_>, span: Span) -> bool {
    let at = r.tokens.first_at(span.start);
    let settlement =
        |n: usize| at.checked_sub(n).is_some_and(|k| classes(&unaccented(r.lower(k))).contains(&"settlement"));
    let of = at > 0 && matches!(r.lower(at - 1), "de" | "d'");
    // « la ville de Selm », « le quartier Selm »
    r.is(at, class::CITY) || at > 0 && r.lower(at - 1) == "à" || of && settlement(2) || settlement(1)
}
