//! Other translations, and how likely each is.

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

/// How another translation comes about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// A beam search under the first prompt, whose answers must contain what is missing.
    Wider,
    /// The likeliest text under another prompt.
    Anew,
    /// The text as it stands, corrected by what the rules found.
    Repair,
}

/// Hypotheses of a beam search. Each needed string but the first adds one, since the hypotheses are divided among those
/// that contain none of what is needed, one string of it, and so on.
const WIDTH: usize = 4;

/// One answer of the model.
pub struct Asked {
    /// Number of the sentence.
    pub owner: usize,
    pub text: String,
    /// Mean log probability of its tokens.
    pub log_prob: f32,
}

/// Asks for other translations of the drafts that need one.
///
/// # Errors
/// What the model fails with.
pub fn ask<G: Generator>(
    generator: &mut G,
    prompts: &Prompts,
    way: Way,
    drafts: &[Draft<'_>],
    go_on: &mut dyn FnMut() -> bool,
) -> Result<Vec<Asked>, ModelError> {
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
                // Half of the answer or more repeats the first text, which makes the search faster.
                let near = Search::GreedyNear(draft.first.clone());
                jobs.add(i, &prompts.anew, &[("sentence", &draft.asked)], near)?;
            }
            Way::Repair if draft.may_be_repaired() => {
                let notes = notes(sentence, &draft.best);
                let variables = [("sentence", &*draft.asked), ("draft", &draft.best.text), ("notes", &notes)];
                jobs.add(i, &prompts.repair, &variables, beam(&missing))?;
            }
            _ => {}
        }
    }
    let mut asked = Vec::new();
    for (owner, mut answer) in jobs.answers(go_on)? {
        let others = std::mem::take(&mut answer.others);
        for one in std::iter::once(answer).chain(others).filter(|a| a.stop == crate::model::Stop::End) {
            asked.push(Asked { owner, text: one.text, log_prob: one.mean_log_prob });
        }
    }
    Ok(asked)
}

/// Asks how likely the French is given each candidate and given the draft that it would replace; and, of texts that
/// came from another prompt or were corrected in place, how likely they are under the first prompt.
///
/// # Errors
/// What the model fails with.
pub fn weigh<G: Generator>(
    generator: &mut G,
    prompts: &Prompts,
    drafts: &mut [Draft<'_>],
    candidates: &mut [Vec<Candidate>],
    go_on: &mut dyn FnMut() -> bool,
) -> Result<(), ModelError> {
    // For each pair the sentence, and which of its candidates; `None` for the draft.
    let mut of = Vec::new();
    let mut pairs = Vec::new();
    let (mut forward_of, mut forward_pairs) = (Vec::new(), Vec::new());
    for (i, (draft, candidates)) in drafts.iter().zip(&*candidates).enumerate() {
        if !candidates.iter().any(|c| draft.doubts(c)) {
            continue;
        }
        let mut add = |english, which| {
            pairs.push(Pair { sentence: english, answer: draft.sentence });
            of.push((i, which));
        };
        if draft.reverse.is_none() {
            add(&draft.best.text, None);
        }
        if !draft.is_weighed {
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
    let weights = likelihoods(generator, &prompts.reverse, &pairs, go_on)?;
    for ((owner, which), weight) in forward_of.into_iter().zip(forward) {
        match which {
            None => drafts[owner].set_forward(weight),
            Some(k) => candidates[owner][k].forward = weight.map(|w| w.mean),
        }
    }
    for ((owner, which), weight) in of.into_iter().zip(weights) {
        match which {
            None => drafts[owner].reverse = weight,
            Some(k) => candidates[owner][k].reverse = weight,
        }
    }
    Ok(())
}

/// Asks how likely those texts are under the first prompt that were corrected in place since they were last weighed.
///
/// # Errors
/// What the model fails with.
pub fn weigh_corrected<G: Generator>(
    generator: &mut G,
    prompt: &Prompt,
    drafts: &mut [Draft<'_>],
    go_on: &mut dyn FnMut() -> bool,
) -> Result<(), ModelError> {
    let corrected: Vec<usize> = (0..drafts.len()).filter(|&i| drafts[i].is_whole && !drafts[i].is_weighed).collect();
    let pair = |&i: &usize| Pair { sentence: &drafts[i].asked, answer: &drafts[i].best.text };
    let weights = likelihoods(generator, prompt, &corrected.iter().map(pair).collect::<Vec<_>>(), go_on)?;
    for (i, weight) in corrected.into_iter().zip(weights) {
        drafts[i].set_forward(weight);
    }
    Ok(())
}

/// Jobs of one prompt, which are asked together, so that the model reads its beginning once.
pub struct Jobs<'a, G> {
    generator: &'a mut G,
    jobs: Vec<Job>,
    /// Number of the sentence of each.
    owners: Vec<usize>,
}

impl<'a, G: Generator> Jobs<'a, G> {
    pub fn new(generator: &'a mut G) -> Self {
        Jobs { generator, jobs: Vec::new(), owners: Vec::new() }
    }

    /// What the model answers, each with the number of its sentence.
    ///
    /// # Errors
    /// What the model fails with.
    pub fn answers(
        self,
        go_on: &mut dyn FnMut() -> bool,
    ) -> Result<impl Iterator<Item = (usize, Completion)>, ModelError> {
        let answers = self.generator.generate(&self.jobs, &mut |_, _| go_on())?;
        Ok(self.owners.into_iter().zip(answers))
    }

    /// Adds a job, if the model has room for it.
    ///
    /// # Errors
    /// When the template of the prompt cannot be filled in.
    pub fn add(
        &mut self,
        owner: usize,
        prompt: &Prompt,
        variables: &[(&str, &str)],
        search: Search,
    ) -> Result<(), ModelError> {
        let sentence = variables.iter().find(|(name, _)| *name == "sentence").map_or("", |(_, text)| text);
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
            self.owners.push(owner);
        }
        Ok(())
    }
}

/// What the rules found, one line each, and how names in it are called in English.
fn notes(sentence: &str, draft: &Judged) -> String {
    let heavy_rule = |rule: &str| draft.heavy().any(|f| f.rule == rule);
    let mut lines: Vec<String> = draft.heavy().map(|f| format!("- {}", f.message.replace(['\n', '\r'], " "))).collect();
    for hint in english_hints(sentence) {
        if lines.iter().any(|l| l.contains(&hint.french)) {
            lines.push(format!("- « {} » is “{}” in English", hint.french, hint.english));
        }
    }
    if heavy_rule("hedge-dropped") {
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
