//! What there is to ask about a pair.

use super::Contrast;
use crate::checks::{Finding, Pair, Severity};

/// A pair of texts and its contrasts.
#[derive(Debug)]
pub struct Question<'a> {
    pub pair: Pair<'a>,
    pub contrasts: Vec<Contrast>,
}

impl<'a> Question<'a> {
    /// What there is to ask about a pair: not what the rules have found already.
    pub fn new(source: &'a str, target: &'a str, known: &[Finding]) -> Self {
        let pair = Pair::new(source, target, None);
        let mut contrasts = super::of(&pair);
        contrasts.retain(|c| {
            let same = |f: &&Finding| f.rule == c.kind.rule() && f.severity > Severity::Note;
            !known.iter().filter(same).any(|f| f.target.is_none_or(|t| t.overlaps(c.target)))
        });
        Question { pair, contrasts }
    }
}
