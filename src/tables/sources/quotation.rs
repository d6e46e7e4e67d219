//! Quotations that go on over several sentences.

use crate::facts::FactValue;
use crate::tables::sentence_pair::SentencePair;

/// A quotation that goes on over several sentences. Its speaker is named in the first of them or in the last.
#[derive(Default)]
pub struct Quotation {
    /// Indices of the sentences inside the quotation that name no source.
    waiting: Vec<usize>,
    /// Row of the only source that the first sentence of the quotation names; `None` if that
    /// sentence names none or several.
    speaker: Option<usize>,
    /// Whether a quotation has begun and not ended yet.
    open: bool,
}

impl Quotation {
    /// If more sentences than this wait for the end of the quotation, its closing mark must have been lost, and it is
    /// given up.
    const LONGEST: usize = 8;

    /// Reads the quotation marks of sentence `i`. `only` is the row of the source that the sentence
    /// names, if it names exactly one; `names_none` says whether it names none. If the quotation
    /// ends in this sentence and its speaker is known, returns a pair for each of its sentences
    /// that names no source: the row of the speaker, and the index of the sentence.
    pub fn read(
        &mut self,
        sentences: &[SentencePair<'_>],
        i: usize,
        only: Option<usize>,
        names_none: bool,
    ) -> Vec<(usize, usize)> {
        let quotes = sentences[i].source_facts.iter().filter_map(|f| match &f.value {
            FactValue::Quote(q) => Some(q),
            _ => None,
        });
        let (mut opens, mut closes) = (false, false);
        for q in quotes {
            opens |= q.opened && !q.closed;
            closes |= q.closed && !q.opened;
        }
        let mut out = Vec::new();
        if self.open {
            if names_none {
                self.waiting.push(i);
            }
            if closes {
                let speaker = self.speaker.or(only);
                out = speaker.map_or(Vec::new(), |at| self.waiting.iter().map(|&k| (at, k)).collect());
            }
            if closes || self.waiting.len() > Self::LONGEST {
                *self = Quotation::default();
            }
        }
        // Each paragraph of a long quotation may begin with a mark of its own, which continues it.
        if opens && !(self.open && names_none) {
            *self = Quotation { waiting: if names_none { vec![i] } else { Vec::new() }, speaker: only, open: true };
        }
        out
    }
}
