//! Asks the model for other translations of a sentence, and for how likely each one is.

use super::Prompts;
use super::draft::{Candidate, Draft};
use super::judged::Judged;
use super::needs::{bans, needs};
use crate::lexicon::field;
use crate::lexicon::hints::english_hints;
use crate::model::{Completion, Generator, Job, ModelError, Search};
use crate::prompt::Prompt;
use crate::translate::likelihood::{Pair, likelihoods};
use crate::translate::strangers::strangers;
use crate::translate::word_doubt::written;

/// How the model is asked for another translation. The prompts are those of [`Prompts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// A beam search under the first prompt, `translate`. Its answers must contain what is missing from the best text
    /// so far ([`needs`]), and must not contain what was added to it ([`bans`]). Where nothing is wrong with that text,
    /// and the model is only uncertain of it, the search has no such conditions.
    Wider,
    /// The greedy answer to another prompt for translations, `anew`.
    Anew,
    /// The best text so far, which the model corrects by a list of its faults: a beam search under the prompt `repair`,
    /// with the same conditions.
    Repair,
}

/// Hypotheses of a beam search with at most one need (a list of strings of which the answer must contain one). Each
/// further need adds a hypothesis, since the search shares its hypotheses out among those that satisfy no need, one
/// need, two needs and so on.
const WIDTH: usize = 4;

/// One answer of the model.
pub struct Answer {
    /// Index of the draft that it may replace.
    pub draft: usize,
    pub text: String,
    /// Mean log probability of its tokens, under the prompt to which it is the answer.
    pub log_prob: f32,
}

/// Asks for other translations: with [`Way::Wider`] of the drafts with which something is wrong or of which the model
/// is uncertain, with [`Way::Anew`] of those in which the rules find errors or warnings, and with [`Way::Repair`] of
/// those for which [`Draft::may_be_repaired`] holds. Drafts that were not translated in one piece and to the end,
/// and those too long for the model's context, are left out. Returns all answers that were not cut off; a beam search
/// gives several.
///
/// # Errors
/// Fails if the model fails, if a prompt lacks a variable, or with [`ModelError::Cancelled`] once `go_on` returns
/// false.
pub fn ask<G: Generator>(
    generator: &mut G,
    prompts: &Prompts,
    way: Way,
    drafts: &[Draft<'_>],
    go_on: &mut dyn FnMut() -> bool,
) -> Result<Vec<Answer>, ModelError> {
    let mut jobs = Jobs::new(generator);
    for (i, draft) in drafts.iter().enumerate() {
        let sentence = draft.sentence;
        let missing = if draft.is_open() { needs(sentence, &draft.best) } else { Vec::new() };
        let unwanted = if draft.is_open() { bans(sentence, &draft.best) } else { Vec::new() };
        let beam = |needs: &[Vec<String>]| Search::Beam {
            bans: unwanted.clone(),
            width: WIDTH + needs.len().saturating_sub(1),
            needs: needs.to_vec(),
        };
        match way {
            Way::Wider if draft.is_open() || draft.is_uncertain() => {
                jobs.add(i, &prompts.translate, &[("sentence", &draft.asked)], beam(&missing))?;
            }
            Way::Anew if draft.has_findings() => {
                // Half of the answer or more usually repeats the first text. `GreedyNear` reads what is repeated in one
                // pass, which is faster and gives the same answer as a greedy search.
                let near = Search::GreedyNear(draft.first.clone());
                jobs.add(i, &prompts.anew, &[("sentence", &draft.asked)], near)?;
            }
            Way::Repair if draft.may_be_repaired() => {
                let faults = faults(sentence, &draft.best);
                let variables = [("sentence", &*draft.asked), ("draft", &draft.best.text), ("notes", &faults)];
                jobs.add(i, &prompts.repair, &variables, beam(&missing))?;
            }
            _ => {}
        }
    }
    let mut out = Vec::new();
    for (draft, mut answer) in jobs.answers(go_on)? {
        let others = std::mem::take(&mut answer.others);
        for one in std::iter::once(answer).chain(others).filter(|a| a.stop == crate::model::Stop::End) {
            out.push(Answer { draft, text: one.text, log_prob: one.mean_log_prob });
        }
    }
    Ok(out)
}

/// Asks for the likelihoods by which candidates are compared with their drafts, in both directions: how likely the
/// French is given each English text (the reverse direction), and how likely the English text is under
/// `prompts.translate`, the first prompt (the forward direction). Each is asked only where it is not known yet. Drafts
/// of which every candidate can be judged without them (see [`Draft::doubts`]) are left out, with their candidates.
/// Where a text is too long for the model's context, its likelihood stays unknown.
///
/// # Errors
/// Fails if the model fails, if a prompt lacks a variable, or with [`ModelError::Cancelled`] once `go_on` returns
/// false.
pub fn ask_likelihoods<G: Generator>(
    generator: &mut G,
    prompts: &Prompts,
    drafts: &mut [Draft<'_>],
    candidates: &mut [Vec<Candidate>],
    go_on: &mut dyn FnMut() -> bool,
) -> Result<(), ModelError> {
    // The pairs of texts to ask about, and whose each is: the index of the draft, and the index of its candidate, or
    // `None` for the draft itself.
    let (mut reverse_of, mut reverse_pairs) = (Vec::new(), Vec::new());
    let (mut forward_of, mut forward_pairs) = (Vec::new(), Vec::new());
    for (i, (draft, candidates)) in drafts.iter().zip(&*candidates).enumerate() {
        if !candidates.iter().any(|c| draft.doubts(c)) {
            continue;
        }
        let mut add = |english, which| {
            reverse_pairs.push(Pair { sentence: english, answer: draft.sentence });
            reverse_of.push((i, which));
        };
        if draft.reverse.is_none() {
            add(&draft.best.text, None);
        }
        if !draft.forward_is_known {
            forward_pairs.push(Pair { sentence: &draft.asked, answer: &draft.best.text });
            forward_of.push((i, None));
        }
        for (k, candidate) in candidates.iter().enumerate() {
            add(&candidate.judged.text, Some(k));
            if candidate.forward.is_none() {
                forward_pairs.push(Pair { sentence: &draft.asked, answer: &candidate.judged.text });
                forward_of.push((i, Some(k)));
            }
        }
    }
    let forward = likelihoods(generator, &prompts.translate, &forward_pairs, go_on)?;
    let reverse = likelihoods(generator, &prompts.reverse, &reverse_pairs, go_on)?;
    for ((draft, which), likelihood) in forward_of.into_iter().zip(forward) {
        match which {
            None => drafts[draft].set_forward(likelihood),
            Some(k) => candidates[draft][k].forward = likelihood.map(|l| l.mean),
        }
    }
    for ((draft, which), likelihood) in reverse_of.into_iter().zip(reverse) {
        match which {
            None => drafts[draft].reverse = likelihood,
            Some(k) => candidates[draft][k].reverse = likelihood,
        }
    }
    Ok(())
}

/// Asks how likely the text of each draft that was replaced is under `prompt`, the first one, as a whole and word by word.
/// Drafts that were not translated in one piece and to the end are left out.
///
/// # Errors
/// Fails if the model fails, if the prompt lacks a variable, or with [`ModelError::Cancelled`] once `go_on` returns
/// false.
pub fn ask_forward<G: Generator>(
    generator: &mut G,
    prompt: &Prompt,
    drafts: &mut [Draft<'_>],
    go_on: &mut dyn FnMut() -> bool,
) -> Result<(), ModelError> {
    let replaced: Vec<usize> = (0..drafts.len()).filter(|&i| drafts[i].is_whole && drafts[i].changed).collect();
    let pair = |&i: &usize| Pair { sentence: &drafts[i].asked, answer: &drafts[i].best.text };
    let forward = likelihoods(generator, prompt, &replaced.iter().map(pair).collect::<Vec<_>>(), go_on)?;
    for (i, likelihood) in replaced.into_iter().zip(forward) {
        if let Some(likelihood) = &likelihood {
            drafts[i].words = written(&drafts[i].best.text, &likelihood.ends, &likelihood.tokens);
        }
        drafts[i].set_forward(likelihood);
    }
    Ok(())
}

/// Jobs that are asked together. They should share one prompt: the model then reads the beginning that is common to
/// them only once.
struct Jobs<'a, G> {
    generator: &'a mut G,
    jobs: Vec<Job>,
    /// For each job, the index of its draft.
    draft_indices: Vec<usize>,
}

impl<'a, G: Generator> Jobs<'a, G> {
    fn new(generator: &'a mut G) -> Self {
        Jobs { generator, jobs: Vec::new(), draft_indices: Vec::new() }
    }

    /// Asks the model, and returns its answers, each with the index of its draft.
    ///
    /// # Errors
    /// Fails if the model fails, or with [`ModelError::Cancelled`] once `go_on` returns false.
    fn answers(self, go_on: &mut dyn FnMut() -> bool) -> Result<impl Iterator<Item = (usize, Completion)>, ModelError> {
        let answers = self.generator.generate(&self.jobs, &mut |_, _| go_on())?;
        Ok(self.draft_indices.into_iter().zip(answers))
    }

    /// Adds a job, or silently drops it if the prompt and all hypotheses of the search together do not fit into the
    /// model's context.
    ///
    /// # Errors
    /// Fails if the prompt lacks a variable.
    fn add(
        &mut self,
        draft: usize,
        prompt: &Prompt,
        variables: &[(&str, &str)],
        search: Search,
    ) -> Result<(), ModelError> {
        let sentence = variables.iter().find(|(name, _)| *name == "sentence").map_or("", |(_, text)| text);
        // No translation should be longer than this; an answer that is cut off here is dropped.
        let max_tokens = self.generator.count_tokens(sentence) * 2 + 32;
        let job = prompt.job(variables, max_tokens)?;
        let length = self.generator.count_prompt(&job.messages);
        let answers = match &search {
            Search::Beam { width, .. } => *width,
            _ => 1,
        };
        let fits = length + max_tokens * answers <= self.generator.context_length();
        if fits {
            self.jobs.push(Job { search, ..job });
            self.draft_indices.push(draft);
        }
        Ok(())
    }
}

/// The list of faults that the repair prompt shows, one line each: errors and warnings of the rules, the English form
/// of French names that these mention, what to write for the conditional where a dropped hedge is among them, lost
/// terms of conflict reporting, and names that the French does not have.
fn faults(sentence: &str, draft: &Judged) -> String {
    let has_heavy = |rule: &str| draft.heavy().any(|f| f.rule == rule);
    let mut lines: Vec<String> = draft.heavy().map(|f| format!("- {}", f.message.replace(['\n', '\r'], " "))).collect();
    for hint in english_hints(sentence) {
        if lines.iter().any(|l| l.contains(&hint.french)) {
            lines.push(format!("- « {} » is “{}” in English", hint.french, hint.english));
        }
    }
    if has_heavy("hedge-dropped") {
        lines.push("- write “reportedly” where the French uses the conditional".to_string());
    }
    for lost in field::missing(sentence, &draft.text) {
        lines.push(format!("- « {} » is “{}” in English", lost.french, lost.english[0]));
    }
    for span in strangers(sentence, &draft.text) {
        lines.push(format!("- the French does not name “{}”", span.of(&draft.text)));
    }
    lines.join("\n")
}
