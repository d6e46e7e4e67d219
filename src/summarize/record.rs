//! The summary as it stands in the dispatch: the chosen sentences with names in full where they stand first, the
//! headline, the plan, and what was refused.

use super::desk::Desk;
use super::plan::{Piece, Selection};
use super::{count_words, headline, names};
use crate::dispatch::{Origin, Rejected, SummaryKind, SummaryRecord, SummarySentence, SummaryStyle};

impl Desk<'_> {
    /// Makes the summary from the statements on the desk.
    pub fn compose(mut self) -> SummaryRecord {
        let (limit, most) = (self.options.limit(self.material.words), self.options.sentences());
        let Selection { pieces, plan, rejected, .. } = Selection::of(&self, limit, most);
        self.rejected.extend(rejected);
        self.record_refused(&pieces);
        let sentences: Vec<SummarySentence> = pieces
            .iter()
            .zip(self.texts(&pieces, limit))
            .map(|(piece, text)| SummarySentence {
                text,
                origin: piece.form.origin,
                sentences: piece.sources.clone(),
                needs_review: piece.statement.is_some_and(|i| self.material.lines[i].needs_review),
            })
            .collect();
        let style = self.options.style;
        let own = self.title.as_ref().and_then(|t| t.as_ref().ok()).map(|t| t.english.as_str());
        let headline = headline::of(own, sentences.first().map(|s| s.text.as_str()));
        let (text, kind) = (text(&sentences, style), kind(&sentences));
        SummaryRecord { kind, style, headline, text, sentences, limit, plan, rejected: self.rejected }
    }

    /// The sentences with names in full at the first mention, and acronyms after that (see [`names`]). If this makes
    /// more words than `limit`, the sentences stay as they are.
    fn texts(&self, pieces: &[Piece], limit: usize) -> Vec<String> {
        let plain: Vec<String> = pieces.iter().map(|p| p.form.text.clone()).collect();
        let lines = &self.material.lines;
        let article: Vec<&str> = lines.iter().map(|l| l.english.as_str()).collect();
        let persons = names::persons(lines.iter().map(|l| (l.english.as_str(), l.target_facts.as_slice())));
        let mut texts = plain.clone();
        names::introduce_acronyms(&mut texts, &names::acronyms(article.iter().copied()));
        names::introduce(&mut texts, &persons);
        for at in 0..texts.len() {
            let before = &article[..lines.partition_point(|l| l.number < pieces[at].number)];
            let told: Vec<&str> = texts[..at].iter().map(String::as_str).collect();
            texts[at] = names::bring_in(&texts[at], before, &told);
        }
        let words: usize = texts.iter().map(|t| count_words(t)).sum();
        if words > limit { plain } else { texts }
    }

    /// Records the statements that the summary would have taken first and that the rules refuse,
    /// with the reasons. A statement that the summary tells in a shorter form is not recorded.
    fn record_refused(&mut self, pieces: &[Piece]) {
        let wanted: Vec<usize> = self.wanted_first().collect();
        for i in wanted {
            let reason = match &self.vetted[i] {
                Err(reason) => Some(reason.as_str()),
                Ok(vetted) => vetted.flaw().filter(|_| !pieces.iter().any(|p| p.statement == Some(i))),
            };
            if let Some(reason) = reason {
                let rejected = Rejected { text: self.statements[i].english.clone(), reason: reason.into() };
                if !self.rejected.contains(&rejected) {
                    self.rejected.push(rejected);
                }
            }
        }
    }
}

/// Written if all sentences were corrected by the model or composed by rules; extractive if none
/// was; else mixed. A sentence without its asides counts as a sentence of the translation, even if
/// the model corrected it.
fn kind(sentences: &[SummarySentence]) -> SummaryKind {
    let written = sentences.iter().filter(|s| matches!(s.origin, Origin::Written | Origin::Composed)).count();
    match written {
        0 => SummaryKind::Extractive,
        n if n == sentences.len() => SummaryKind::Written,
        _ => SummaryKind::Mixed,
    }
}

/// The sentences as one text: in one line, or in the style `bullets` one line for each.
fn text(sentences: &[SummarySentence], style: SummaryStyle) -> String {
    let texts = sentences.iter().map(|s| s.text.as_str());
    match style {
        SummaryStyle::Wire | SummaryStyle::Brief => texts.collect::<Vec<_>>().join(" "),
        SummaryStyle::Bullets => texts.map(|t| format!("- {t}")).collect::<Vec<_>>().join("\n"),
    }
}
