//! Which of two English texts a model finds likelier behind a French one.
//!
//! The model is asked in both directions: how likely the English is behind the French, and the French behind the
//! English. What counts is the sum of the log probabilities of all tokens, in both directions together, and not their
//! mean.

use super::support::least_supported;
use super::{Answer, Contrast, Question};
use crate::checks::{Finding, content_missing};
use crate::model::{Generator, ModelError};
use crate::prompt::Prompt;
use crate::translate::chat::ADAPTED_PROMPT;
use crate::translate::likelihood::{Likelihood, Pair as Asked, REVERSE, likelihoods};
use std::collections::{HashMap, HashSet};

/// A model that is asked, and the prompts with which it is asked.
pub struct Judge<G> {
    generator: G,
    forward: Prompt,
    reverse: Prompt,
}

/// The least gain with which a contrast is asked about in the other direction as well, in nats. The gain is how much
/// likelier the contrast is behind the French than the English that stands there. Most contrasts of right sentences are
/// far less likely than the sentence, and are not worth asking about again.
const LEAST: f32 = -3.;

/// What the model is given in place of the English, to tell how likely the French is without any. A prompt with no text
/// at all would ask for something else.
const NOTHING: &str = "…";

/// The prompts with which a model is asked, forward and reverse. `adapted` says whether the model has the project's
/// adapter for translation.
pub fn prompts(adapted: bool) -> [&'static str; 2] {
    let forward = match adapted {
        true => ADAPTED_PROMPT,
        false => include_str!("../../prompts/translate-plain.md"),
    };
    [forward, REVERSE]
}

impl<G: Generator> Judge<G> {
    /// `adapted` says whether the model has the project's adapter for translation.
    pub fn new(generator: G, adapted: bool) -> Self {
        // A test parses every prompt of the project.
        let [forward, reverse] = prompts(adapted).map(|text| Prompt::parse(text).expect("a prompt of the project"));
        Judge { generator, forward, reverse }
    }

    /// The answer to each question.
    ///
    /// # Errors
    /// When the model fails.
    pub fn answers(&mut self, questions: &[&Question<'_>]) -> Result<Vec<Answer>, ModelError> {
        let gains = self.gains(questions)?;
        let mut asked = Vec::new();
        for (question, gains) in questions.iter().zip(&gains) {
            let (french, english) = (question.pair.source.text, question.pair.target.text);
            let wanted = question.contrasts.iter().zip(gains).filter(|(_, gain)| gain.is_some());
            let before = asked.len();
            asked.extend(wanted.map(|(contrast, _)| (contrast.text.as_str(), french)));
            if question.seems_short {
                asked.push((NOTHING, french));
            }
            if asked.len() > before {
                asked.push((english, french));
            }
        }
        let back = each_once(&mut self.generator, &self.reverse, &asked)?;
        let answer = |(question, gains): (&&Question<'_>, Vec<Option<f32>>)| {
            let (french, english) = (question.pair.source.text, question.pair.target.text);
            let stands = back.get(&(english, french));
            let margin = |(contrast, gain): (&Contrast, Option<f32>)| {
                Some(gain? + back.get(&(contrast.text.as_str(), french))?.sum() - stands?.sum())
            };
            let margins = question.contrasts.iter().zip(gains).map(margin).collect();
            let nothing = question.seems_short.then(|| back.get(&(NOTHING, french))).flatten();
            let unsupported = stands
                .zip(nothing)
                .and_then(|(with, without)| least_supported(french, &with.ends, &with.tokens, &without.tokens));
            Answer { margins, unsupported }
        };
        Ok(questions.iter().zip(gains).map(answer).collect())
    }

    /// By how many nats the model finds each contrast of each question likelier behind the French than the text that
    /// stands there; `None` where that is less than [`LEAST`], and where a text is too long.
    fn gains(&mut self, questions: &[&Question<'_>]) -> Result<Vec<Vec<Option<f32>>>, ModelError> {
        let mut asked = Vec::new();
        for question in questions.iter().filter(|q| !q.contrasts.is_empty()) {
            let french = question.pair.source.text;
            asked.push((french, question.pair.target.text));
            asked.extend(question.contrasts.iter().map(|contrast| (french, contrast.text.as_str())));
        }
        let there = each_once(&mut self.generator, &self.forward, &asked)?;
        let gain = |question: &Question<'_>, contrast: &Contrast| {
            let sum = |english: &str| Some(there.get(&(question.pair.source.text, english))?.sum());
            let gain = sum(&contrast.text)? - sum(question.pair.target.text)?;
            (gain >= LEAST).then_some(gain)
        };
        Ok(questions.iter().map(|q| q.contrasts.iter().map(|c| gain(q, c)).collect()).collect())
    }
}

/// How likely the second text of each pair is behind the first. Each pair is asked about once, however often it stands
/// in `asked`. Pairs that are too long for the model are left out.
fn each_once<'a, G: Generator>(
    generator: &mut G,
    prompt: &Prompt,
    asked: &[(&'a str, &'a str)],
) -> Result<HashMap<(&'a str, &'a str), Likelihood>, ModelError> {
    let mut known = HashSet::new();
    let once: Vec<(&str, &str)> = asked.iter().copied().filter(|pair| known.insert(*pair)).collect();
    let pairs: Vec<Asked<'_>> = once.iter().map(|&(text, answer)| Asked::alone(text, answer)).collect();
    let found = likelihoods(generator, prompt, &pairs, &mut || true)?;
    Ok(once.into_iter().zip(found).filter_map(|(pair, likelihood)| Some((pair, likelihood?))).collect())
}

/// The findings that an answer gives reason for.
pub(super) fn findings(question: &Question<'_>, answer: &Answer) -> Vec<Finding> {
    let mut out = best(question, &answer.margins);
    out.extend(answer.unsupported.and_then(|part| content_missing::finding(&question.pair, part)));
    out
}

/// The findings of the contrasts that are likelier by enough, in the order of the text. Of contrasts whose places
/// overlap, only the one that the model likes best counts.
fn best(question: &Question<'_>, margins: &[Option<f32>]) -> Vec<Finding> {
    let mut found: Vec<(f32, Finding)> = Vec::new();
    for (contrast, margin) in question.contrasts.iter().zip(margins) {
        let &Some(margin) = margin else { continue };
        let Some(finding) = contrast.finding(margin, &question.pair) else { continue };
        found.push((margin, finding));
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut out: Vec<Finding> = Vec::new();
    for (_, finding) in found {
        let overlaps = |f: &Finding| f.target.zip(finding.target).is_some_and(|(a, b)| a.overlaps(b));
        if !out.iter().any(overlaps) {
            out.push(finding);
        }
    }
    out.sort_by_key(|f| f.target.map(|t| t.start));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::scripted::Scripted;
    use crate::model::{Job, Search};

    /// A model that writes nothing, and only tells how likely a text is.
    type Silent = Scripted<fn(&Job) -> String>;

    /// A judge that finds a text likelier if "killed" stands in it or in the prompt.
    fn judge() -> Judge<Silent> {
        let likes = |job: &Job| {
            let given = if let Search::Given(answer) = &job.search { answer.as_str() } else { "" };
            let last = job.messages.last().map_or("", |m| m.content.as_str());
            if format!("{given} {last}").contains("killed") { -0.5 } else { -3. }
        };
        let silent: fn(&Job) -> String = |_| String::new();
        Judge::new(Scripted::new(silent).with_likelihood(likes), false)
    }

    #[test]
    fn what_the_model_prefers_is_reported() {
        let wrong = Question::new("Les deux guides ont été tués.", "The two guides were freed.", &[]);
        let right = Question::new("Les deux guides ont été tués.", "The two guides were killed.", &[]);
        let answers = judge().answers(&[&wrong, &right]).unwrap();
        let found = [findings(&wrong, &answers[0]), findings(&right, &answers[1])];
        assert_eq!(found[0].len(), 1, "{found:?}");
        assert!(found[0][0].message.contains("“killed” likelier than “freed”"), "{found:?}");
        assert!(found[1].is_empty(), "{found:?}");
    }

    #[test]
    fn french_that_the_english_makes_no_likelier_is_missing() {
        let french = "Le port de Selm a rouvert dimanche, ce que dément le gouverneur de la province.";
        let known: &[Finding] = &[];
        let whole = "The port of Selm reopened on Sunday, which the governor of the province denies.";
        let [cut, whole] = ["The port of Selm reopened on Sunday.", whole].map(|e| Question::new(french, e, known));
        assert!(cut.seems_short && !whole.seems_short);
        // Every word is as likely behind this English as behind none.
        let silent: fn(&Job) -> String = |_| String::new();
        let mut judge = Judge::new(Scripted::new(silent).with_likelihood(|_| -3.), false);
        let answers = judge.answers(&[&cut, &whole]).unwrap();
        let found: Vec<&str> = findings(&cut, &answers[0]).iter().map(|f| f.rule).collect();
        assert_eq!(found, ["content-missing"]);
        assert!(findings(&whole, &answers[1]).is_empty());
        // Here every word is likelier behind the English than behind none.
        let likes = |job: &Job| if job.messages.iter().any(|m| m.content.contains("Selm")) { -0.2 } else { -4. };
        let mut judge = Judge::new(Scripted::new(silent).with_likelihood(likes), false);
        let answers = judge.answers(&[&cut]).unwrap();
        assert!(findings(&cut, &answers[0]).is_empty(), "{answers:?}");
    }
}
