//! Asks the model for other translations of a sentence, and for how likely each one is.

use super::Prompts;
use super::draft::{Candidate, Draft};
use super::needs::{bans, needs};
use crate::model::{Generator, Job, ModelError, Search, Stop};
use crate::prompt::Prompt;
use crate::translate::likelihood::{Pair, likelihoods};

/// How many hypotheses a beam search has if it has one need or none. A need is a list of strings of
/// which the answer must contain one. Each further need adds a hypothesis, since the search divides
/// its hypotheses among those that meet no need, one need, two needs and so on.
const WIDTH: usize = 4;

/// One answer of the model.
pub struct Answer {
    /// Index of the draft that it may replace.
    pub draft: usize,
    pub text: String,
    /// Mean log probability of its tokens, under the prompt to which it is the answer.
    pub log_prob: f32,
}

/// Asks for other translations of the drafts with which something is wrong or of which the model is uncertain: a beam
/// search under `prompt`, which made the first translations. The answers must contain what is missing from the best
/// text so far ([`needs`]), and must not contain what was added to it ([`bans`]). Where nothing is wrong with that
/// text, and the model is only uncertain of it, the search has no such conditions. Drafts that were not translated in
/// one piece and to the end, and those too long for the model's context, are left out. Returns all answers that were
/// not cut off, several for a draft.
///
/// # Errors
/// Fails if the model fails, if the prompt lacks a variable, or with [`ModelError::Cancelled`] once `go_on` returns
/// false.
pub fn ask<G: Generator>(
    generator: &mut G,
    prompt: &Prompt,
    drafts: &[Draft<'_>],
    go_on: &mut dyn FnMut() -> bool,
) -> Result<Vec<Answer>, ModelError> {
    // All jobs have the same prompt, so that the model reads their common beginning only once.
    let (mut jobs, mut owners) = (Vec::new(), Vec::new());
    for (i, draft) in drafts.iter().enumerate().filter(|(_, d)| d.is_open() || d.is_uncertain()) {
        let (needs, bans) = match draft.is_open() {
            true => (needs(draft.sentence, &draft.best), bans(draft.sentence, &draft.best)),
            false => (Vec::new(), Vec::new()),
        };
        let width = WIDTH + needs.len().saturating_sub(1);
        // No translation should be longer than this; an answer that is cut off here is dropped.
        let max_tokens = generator.count_tokens(&draft.asked) * 2 + 32;
        let job = prompt.job(&[("sentence", &draft.asked), ("before", &draft.before)], max_tokens)?;
        // The prompt and all hypotheses together must fit.
        if generator.count_prompt(&job.messages) + max_tokens * width <= generator.context_length() {
            jobs.push(Job { search: Search::Beam { width, needs, bans }, ..job });
            owners.push(i);
        }
    }
    let mut out = Vec::new();
    let answers = generator.generate(&jobs, &mut |_, _| go_on())?;
    for (draft, mut answer) in owners.into_iter().zip(answers) {
        let others = std::mem::take(&mut answer.others);
        for one in std::iter::once(answer).chain(others).filter(|a| a.stop == Stop::End) {
            out.push(Answer { draft, text: one.text, log_prob: one.mean_log_prob });
        }
    }
    Ok(out)
}

/// Asks for the likelihoods by which candidates are compared with their drafts: how likely the French is given each
/// English text, and how likely a draft that was corrected in place is under `prompts.translate`, the first prompt.
/// Drafts of which every candidate can be judged without them (see [`Draft::doubts`]) are left out, with their
/// candidates. Where a text is too long for the model's context, its likelihood stays unknown.
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
    let doubted: Vec<usize> =
        (0..drafts.len()).filter(|&i| candidates[i].iter().any(|c| drafts[i].doubts(c))).collect();
    let corrected: Vec<usize> = doubted.iter().copied().filter(|&i| !drafts[i].forward_is_known).collect();
    ask_forward(generator, &prompts.translate, drafts, &corrected, go_on)?;
    let mut pairs = Vec::new();
    for &i in &doubted {
        let texts = std::iter::once(&drafts[i].best).chain(candidates[i].iter().map(|c| &c.judged));
        pairs.extend(texts.map(|judged| Pair::alone(&judged.text, drafts[i].sentence)));
    }
    let mut reverse = likelihoods(generator, &prompts.reverse, &pairs, go_on)?.into_iter();
    for &i in &doubted {
        drafts[i].reverse = reverse.next().flatten();
        for candidate in &mut candidates[i] {
            candidate.reverse = reverse.next().flatten();
        }
    }
    Ok(())
}

/// Asks how likely the texts of the drafts with these indices are under `prompt`, which made the first translations, as
/// a whole and word by word.
///
/// # Errors
/// Fails if the model fails, if the prompt lacks a variable, or with [`ModelError::Cancelled`] once `go_on` returns
/// false.
pub fn ask_forward<G: Generator>(
    generator: &mut G,
    prompt: &Prompt,
    drafts: &mut [Draft<'_>],
    indices: &[usize],
    go_on: &mut dyn FnMut() -> bool,
) -> Result<(), ModelError> {
    let pair = |&i: &usize| Pair {
        sentence: &drafts[i].asked,
        before: &drafts[i].before,
        answer: &drafts[i].best.text,
        rivals: false,
    };
    let forward = likelihoods(generator, prompt, &indices.iter().map(pair).collect::<Vec<_>>(), go_on)?;
    for (&i, likelihood) in indices.iter().zip(forward) {
        if let Some(likelihood) = likelihood {
            drafts[i].set_forward(&likelihood);
        }
    }
    Ok(())
}
