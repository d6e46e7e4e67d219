//! What there is to ask about a pair.

use super::Contrast;
use super::support::Unsupported;
use crate::checks::{Finding, Pair, Severity, content_missing};
use serde::{Deserialize, Serialize};

/// A pair of texts, its contrasts, and whether it may have lost something.
#[derive(Debug)]
pub struct Question<'a> {
    pub pair: Pair<'a>,
    pub contrasts: Vec<Contrast>,
    /// Whether the English is short enough for the French to have lost words of it, and no rule has said so.
    pub seems_short: bool,
}

/// What the model answers to a question.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// The margin of each contrast; none where the texts are too long, or where one way was enough.
    pub margins: Vec<Option<f32>>,
    /// What of the French the English supports least, where that was asked for.
    pub unsupported: Option<Unsupported>,
}

/// Characters of English for one of French, from which on hardly anything is missing: of 200 translations of which a program
/// had cut two to nine words, 188 had fewer, and of whole ones one in two.
const SHORT: f64 = 0.9;
/// Words of French below which a run without support says nothing: a headline is rendered freely.
const LEAST_WORDS: usize = 8;

impl<'a> Question<'a> {
    /// What there is to ask about a pair: not what the rules have found already.
    pub fn new(source: &'a str, target: &'a str, known: &[Finding]) -> Self {
        let pair = Pair::new(source, target, None);
        let mut contrasts = super::of(&pair);
        contrasts.retain(|c| {
            let same = |f: &&Finding| f.rule == c.kind.rule() && f.severity > Severity::Note;
            !known.iter().filter(same).any(|f| f.target.is_none_or(|t| t.overlaps(c.target)))
        });
        let length = |text: &str| text.chars().count() as f64;
        let seems_short = source.split_whitespace().count() >= LEAST_WORDS
            && length(target) < SHORT * length(source)
            && !known.iter().any(content_missing::says_so);
        Question { pair, contrasts, seems_short }
    }

    /// Whether there is nothing to ask.
    pub fn is_empty(&self) -> bool {
        self.contrasts.is_empty() && !self.seems_short
    }
}
