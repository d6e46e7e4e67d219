//! The draft of a sentence's translation, and the candidates that may take its place.

use super::judged::{Judged, Verdict, Weight, weight};
use super::words::are_near;
use crate::model::Stop;
use crate::translate::likelihood::Likelihood;
use crate::translate::phrasing::for_model;
use crate::translate::word_doubt::{WrittenWord, written};
use crate::translate::{SentenceTask, Translation};
use std::borrow::Cow;

/// If the mean log probability of a greedy text is below this, a likelier text is looked for. This
/// is so for a fifth of 300 news sentences (WMT 2008 to 2011). A search for these alone gains 0.4
/// points of chrF, and one for all sentences 0.6.
const UNCERTAIN: f32 = -0.31;

/// How much likelier than the draft a text must be to count as likelier, as mean log probability of its tokens. A text
/// that gains less is only another way to say the same.
const LIKELIER: f32 = 0.01;

/// A candidate that shares at least this part of its words with the draft is the same text with something put right.
/// One that shares less is weighed in both directions: the English given the French, and the French given the English.
const SAME_WORDS: f64 = 0.85;

/// A candidate in which the rules find less must be weighed in both directions if it is less likely than the draft by
/// more than this.
const WEIGHED_BELOW: f32 = 0.1;

/// A sentence's translation while it is being steered.
pub struct Draft<'a> {
    /// The French sentence.
    pub sentence: &'a str,
    /// The sentence as the model is given it.
    pub asked: Cow<'a, str>,
    /// The sentence before, as the model is given it; empty for none.
    pub before: Cow<'a, str>,
    /// The translation that the model gave first.
    pub first: String,
    /// Mean log probability of the tokens of the first text.
    pub first_log_prob: f32,
    /// The best text so far.
    pub best: Judged,
    /// What is wrong with the best text.
    weight: Weight,
    /// How likely the best text is under the first prompt, as mean log probability of its tokens.
    /// After the text was replaced, this may still be the value of the old text: see
    /// [`Draft::forward_is_known`].
    pub log_prob: f32,
    /// Whether [`Draft::log_prob`] belongs to the best text, and not to one that it replaced.
    pub forward_is_known: bool,
    /// How likely the French is given the best text; `None` if the model was not asked.
    pub reverse: Option<Likelihood>,
    /// Whether the sentence was translated in one piece and to the end, and the translation is not
    /// empty. Only then is the model asked for other texts.
    pub is_whole: bool,
    /// Whether the first text was replaced.
    pub changed: bool,
    /// The words of the last text for which the model gave the likelihood of each token: the first
    /// text, or one that has taken its place.
    pub words: Vec<WrittenWord>,
    /// The number of tokens of the text to which `words` belong.
    pub tokens: usize,
}

impl<'a> Draft<'a> {
    /// The draft that begins with a translation of a sentence; `best` is its text, judged.
    pub fn new(unit: &'a SentenceTask, translation: &Translation, best: Judged) -> Self {
        let (t, sentence) = (translation, unit.text.as_str());
        Draft {
            sentence,
            asked: for_model(sentence),
            before: for_model(unit.before.as_deref().unwrap_or_default()),
            first: t.text.clone(),
            first_log_prob: t.mean_log_prob,
            weight: weight(sentence, &best),
            best,
            log_prob: t.mean_log_prob,
            forward_is_known: true,
            reverse: None,
            is_whole: t.parts == 1 && t.stop == Stop::End && !t.text.trim().is_empty(),
            changed: false,
            words: t.words.clone(),
            tokens: t.tokens,
        }
    }

    /// What is wrong with the best text.
    pub fn weight(&self) -> Weight {
        self.weight
    }

    /// Whether something is wrong with the draft that another text may put right.
    pub fn is_open(&self) -> bool {
        self.is_whole && self.weight.is_open()
    }

    /// Whether the draft is whole, and the rules find an error or a warning in it.
    pub fn has_findings(&self) -> bool {
        self.is_whole && self.best.verdict() > Verdict::default()
    }

    /// Replaces the text by one whose likelihood the model was not asked for. The likelihoods of
    /// the old text do not hold for the new one.
    pub fn take(&mut self, better: Judged) {
        self.weight = weight(self.sentence, &better);
        self.best = better;
        self.changed = true;
        self.forward_is_known = false;
        self.reverse = None;
    }

    /// Replaces the text by a candidate.
    pub fn take_candidate(&mut self, better: Candidate) {
        self.take(better.judged);
        self.reverse = better.reverse;
        self.log_prob = better.log_prob;
        self.forward_is_known = true;
    }

    /// Sets how likely the text is under the first prompt, as a whole and word by word.
    pub fn set_forward(&mut self, likelihood: &Likelihood) {
        self.log_prob = likelihood.mean;
        self.forward_is_known = true;
        self.words = written(&self.best.text, &likelihood.ends, &likelihood.tokens);
        self.tokens = likelihood.tokens.len();
    }

    /// Whether the model was so unsure of the first text that a likelier one is looked for.
    pub fn is_uncertain(&self) -> bool {
        self.is_whole && self.first_log_prob < UNCERTAIN
    }

    /// Whether the rules find more in the draft than in a candidate.
    pub fn has_more_findings(&self, candidate: &Candidate) -> bool {
        candidate.judged.verdict() < self.best.verdict()
    }

    /// Whether a candidate is likelier given the French, and not shorter than the draft. The length counts because a
    /// beam search prefers short texts.
    pub fn is_less_likely_than(&self, candidate: &Candidate) -> bool {
        candidate.log_prob - self.log_prob >= LIKELIER && !self.is_longer_than(candidate, 1.)
    }

    /// Whether a candidate has fewer characters than this share of the draft's.
    pub fn is_longer_than(&self, candidate: &Candidate, share: f32) -> bool {
        let length = |text: &str| text.chars().count() as f32;
        length(&candidate.judged.text) < share * length(&self.best.text)
    }

    /// Whether a candidate must be weighed in both directions before it can take the draft's place. It need not be if
    /// the rules find less in it, it is known to be hardly less likely than the draft, and it has nearly the same
    /// words.
    pub fn doubts(&self, candidate: &Candidate) -> bool {
        !self.forward_is_known
            || candidate.log_prob < self.log_prob - WEIGHED_BELOW
            || !self.has_more_findings(candidate)
            || self.is_reworded_by(candidate)
    }

    /// Whether a candidate has so many other words than the draft that it is not just the same text with something put
    /// right.
    pub fn is_reworded_by(&self, candidate: &Candidate) -> bool {
        !are_near(&candidate.judged.text, &self.best.text, SAME_WORDS)
    }
}

/// A text that may take a draft's place.
pub struct Candidate {
    pub judged: Judged,
    /// What is wrong with the text.
    pub weight: Weight,
    /// How likely the text is under the first prompt, as mean log probability of its tokens.
    pub log_prob: f32,
    /// How likely the French is given this text; `None` if the model was not asked.
    pub reverse: Option<Likelihood>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::translate::steer::tests::greedy;

    #[test]
    fn what_was_known_of_the_old_text_is_not_told_of_the_corrected_one() {
        let french = "Le pont de Brenne a été rouvert par 12 soldats.";
        let unit = SentenceTask::alone(french);
        let judged = |text: &str| Judged { text: text.into(), findings: Vec::new() };
        let old = greedy("The Brenne bridge was reopened by 21 soldiers.", -0.2);
        let mut draft = Draft::new(&unit, &old, judged(&old.text));
        draft.reverse = Some(Likelihood { mean: -3., tokens: vec![-3.], ends: Vec::new(), rivals: Vec::new() });
        draft.take(judged("The Brenne bridge was reopened by 12 soldiers."));
        assert_eq!(draft.reverse, None);
        assert!(!draft.forward_is_known);
    }
}
