//! What the model is asked about a pair, and what it answers.

use super::Contrast;
use super::rivals::Rival;
use super::support::Unsupported;
use crate::checks::{Finding, Pair, Severity, content_missing, meaning_changed};
use crate::span::Span;
use serde::{Deserialize, Serialize};

/// A pair of texts, its contrasts, and whether the English may leave out a part of the French.
#[derive(Debug)]
pub struct Question<'a> {
    pub pair: Pair<'a>,
    pub contrasts: Vec<Contrast>,
    /// Whether the model is asked what it would write in place of the English. It is, unless the
    /// French is short.
    pub asks_rivals: bool,
    /// Where the rules have made a finding above a note in the English.
    told: Vec<Span>,
    /// Whether the English is so short that it may leave out words of the French, the French is not short itself, and
    /// the rule `sentence-dropped` has made no finding above a note.
    pub seems_short: bool,
}

/// What the model answers to a question.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// By how many nats the model finds each contrast likelier than the English; `None` where the texts are too long,
    /// and where the contrast was so unlikely in one direction that the other direction was not asked about.
    pub margins: Vec<Option<f32>>,
    /// The texts that the model would far rather write than the English, each with other words in
    /// one place.
    pub rivals: Vec<Rival>,
    /// The part of the French that the English supports least; `None` where that was not asked, where no such part is
    /// found, and where the texts are too long.
    pub unsupported: Option<Unsupported>,
}

/// Below this many characters of English for each character of French, something may be missing. It was measured on
/// translations: 188 of 200 from which a program had cut two to nine words had fewer, and so had half of the whole
/// ones.
const SHORT: f64 = 0.9;
/// How many contrasts of one pair the model judges at most, since each takes time.
const MOST: usize = 8;
/// With fewer words than this in the French, the model is asked neither what is missing nor what it would write itself:
/// short texts such as headlines are translated too freely for an answer to mean anything.
const LEAST_WORDS: usize = 8;

impl<'a> Question<'a> {
    /// What there is to ask about a pair, in which the rules have found `known`. A contrast is left
    /// out if its own rule or `meaning-changed` has already made a finding above a note at its
    /// place, or one without a place in the English.
    pub fn new(source: &'a str, target: &'a str, known: &[Finding]) -> Self {
        let pair = Pair::new(source, target, None);
        let mut contrasts = super::of(&pair);
        contrasts.retain(|c| {
            let rules = [c.kind.rule(), meaning_changed::RULE.name];
            let same = |f: &&Finding| rules.contains(&f.rule) && f.severity > Severity::Note;
            !known.iter().filter(same).any(|f| f.target.is_none_or(|t| t.overlaps(c.target)))
        });
        contrasts.truncate(MOST);
        let length = |text: &str| text.chars().count() as f64;
        let asks_rivals = source.split_whitespace().count() >= LEAST_WORDS;
        let seems_short =
            asks_rivals && length(target) < SHORT * length(source) && !known.iter().any(content_missing::says_so);
        let heavy = known.iter().filter(|f| f.severity > Severity::Note);
        let told = heavy.filter_map(|f| f.target).collect();
        Question { pair, contrasts, asks_rivals, told, seems_short }
    }

    /// Whether the rules have already made a finding above a note at the place of this one.
    pub fn is_reported(&self, finding: &Finding) -> bool {
        finding.target.is_some_and(|place| self.told.iter().any(|told| told.overlaps(place)))
    }

    /// Whether there is nothing to ask.
    pub fn is_empty(&self) -> bool {
        self.contrasts.is_empty() && !self.asks_rivals && !self.seems_short
    }
}
