//! Which of two English texts a model finds likelier behind a French one.
//!
//! The model is asked in both directions: how likely the English is behind the French, and the French behind the
//! English. What counts is the sum of the log probabilities of all tokens, in both directions together, and not their
//! mean.

use super::rivals::Rival;
use super::support::least_supported;
use super::{Answer, Contrast, Question};
use crate::checks::{Finding, content_missing};
use crate::model::{Generator, ModelError};
use crate::prompt::Prompt;
use crate::translate::chat::ADAPTED_PROMPT;
use crate::translate::likelihood::{Likelihood, Pair as LikelihoodPair, REVERSE, likelihoods};
use std::collections::{HashMap, HashSet};

/// A model, and the prompts with which it is asked in both directions.
pub struct Judge<G> {
    generator: G,
    forward: Prompt,
    reverse: Prompt,
}

/// The least gain with which a contrast is asked about in the other direction as well, in nats. The gain is how much
/// likelier the contrast is behind the French than the English that stands there. Most contrasts of right sentences are
/// far less likely than the sentence, and are not worth asking about again.
const LEAST: f32 = -3.;

/// What the model is given in place of the English, to tell how likely the French is without any
/// English. A prompt with no text at all would ask for something else.
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
    /// A judge that asks `generator`. `adapted` says whether this model has the project's adapter
    /// for translation.
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
        let forward = self.forward(questions)?;
        let gains: Vec<Gains<'_>> = questions.iter().map(|question| Gains::of(question, &forward)).collect();
        let mut asked = Vec::new();
        for (question, gains) in questions.iter().zip(&gains) {
            let (french, english) = (question.pair.source.text, question.pair.target.text);
            let before = asked.len();
            let wanted = question.contrasts.iter().zip(&gains.contrasts).filter(|(_, gain)| gain.is_some());
            asked.extend(wanted.map(|(contrast, _)| LikelihoodPair::alone(&contrast.text, french)));
            asked.extend(gains.rivals.iter().map(|(text, _)| LikelihoodPair::alone(text, french)));
            if question.seems_short {
                asked.push(LikelihoodPair::alone(NOTHING, french));
            }
            if asked.len() > before {
                asked.push(LikelihoodPair::alone(english, french));
            }
        }
        let reverse = each_once(&mut self.generator, &self.reverse, &asked)?;
        Ok(questions.iter().zip(gains).map(|(question, gains)| gains.answer(question, &reverse)).collect())
    }

    /// How likely the English and the contrasts of each question are behind the French. The
    /// likelihood of the English comes with its rivals, if the question asks for them.
    fn forward<'q>(&mut self, questions: &[&'q Question<'_>]) -> Result<Likelihoods<'q>, ModelError> {
        let mut asked = Vec::new();
        for question in questions.iter().filter(|q| q.asks_rivals || !q.contrasts.is_empty()) {
            let french = question.pair.source.text;
            let rivals = question.asks_rivals;
            asked.push(LikelihoodPair { rivals, ..LikelihoodPair::alone(french, question.pair.target.text) });
            asked.extend(question.contrasts.iter().map(|contrast| LikelihoodPair::alone(french, &contrast.text)));
        }
        each_once(&mut self.generator, &self.forward, &asked)
    }
}

/// How likely the second text of each pair is behind the first.
type Likelihoods<'a> = HashMap<(&'a str, &'a str), Likelihood>;

/// By how many nats the model finds other texts likelier behind the French than the English that stands there.
struct Gains<'a> {
    /// The gain of each contrast; `None` if it is less than [`LEAST`], or if a text is too long.
    contrasts: Vec<Option<f32>>,
    /// Each rival that may be reported, with its gain.
    rivals: Vec<(&'a str, f32)>,
}

impl<'a> Gains<'a> {
    fn of(question: &'a Question<'_>, forward: &'a Likelihoods<'a>) -> Gains<'a> {
        let (french, english) = (question.pair.source.text, question.pair.target.text);
        let Some(stands) = forward.get(&(french, english)) else {
            return Gains { contrasts: vec![None; question.contrasts.len()], rivals: Vec::new() };
        };
        let gain = |contrast: &Contrast| {
            let gain = forward.get(&(french, contrast.text.as_str()))?.sum() - stands.sum();
            (gain >= LEAST).then_some(gain)
        };
        let contrasts = question.contrasts.iter().map(gain).collect();
        let rivals = stands.rivals.iter().map(|(text, sum)| (text.as_str(), sum - stands.sum()));
        let rivals = rivals.filter(|&(text, gain)| Rival::may_be_reported(&question.pair, text, gain)).collect();
        Gains { contrasts, rivals }
    }

    /// The answer, once it is known how likely the French is behind each text.
    fn answer(self, question: &Question<'_>, reverse: &Likelihoods<'_>) -> Answer {
        let french = question.pair.source.text;
        let stands = reverse.get(&(question.pair.target.text, french));
        let gain = |text: &str| Some(reverse.get(&(text, french))?.sum() - stands?.sum());
        let contrasts = question.contrasts.iter().zip(self.contrasts);
        let margins = contrasts.map(|(contrast, forward_gain)| Some(forward_gain? + gain(&contrast.text)?)).collect();
        let rival = |(text, forward_gain): (&str, f32)| {
            Some(Rival { text: text.to_string(), forward_gain, reverse_gain: gain(text)? })
        };
        let rivals = self.rivals.into_iter().filter_map(rival).collect();
        let nothing = question.seems_short.then(|| reverse.get(&(NOTHING, french))).flatten();
        let unsupported = stands
            .zip(nothing)
            .and_then(|(with, without)| least_supported(french, &with.ends, &with.tokens, &without.tokens));
        Answer { margins, rivals, unsupported }
    }
}

/// How likely the answer of each pair is behind its sentence. Each pair is asked about once, however often it stands in
/// `asked`. Pairs that are too long for the model are left out.
fn each_once<'a, G: Generator>(
    generator: &mut G,
    prompt: &Prompt,
    asked: &[LikelihoodPair<'a>],
) -> Result<Likelihoods<'a>, ModelError> {
    let mut known = HashSet::new();
    let once: Vec<LikelihoodPair<'a>> =
        asked.iter().filter(|a| known.insert((a.sentence, a.answer))).copied().collect();
    let found = likelihoods(generator, prompt, &once, &mut || true)?;
    Ok(once.into_iter().zip(found).filter_map(|(a, likelihood)| Some(((a.sentence, a.answer), likelihood?))).collect())
}

/// The findings that an answer gives reason for.
pub(super) fn findings(question: &Question<'_>, answer: &Answer) -> Vec<Finding> {
    let mut out = best(question, answer);
    out.extend(answer.unsupported.and_then(|part| content_missing::finding(&question.pair, part)));
    out
}

/// The findings of the contrasts and rivals that are likelier by enough, in the order of the text.
/// Of those whose places overlap, only the one with the greatest margin stays.
fn best(question: &Question<'_>, answer: &Answer) -> Vec<Finding> {
    let contrasts = question.contrasts.iter().zip(&answer.margins);
    let mut found: Vec<(f32, Finding)> =
        contrasts.filter_map(|(c, margin)| Some(((*margin)?, c.finding((*margin)?, &question.pair)?))).collect();
    let rivals = answer.rivals.iter().filter_map(|r| Some((r.margin(), r.finding(&question.pair)?)));
    found.extend(rivals.filter(|(_, finding)| !question.is_reported(finding)));
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
        let french =
            "Le port de Selm a rouvert dimanche, ce que dément formellement à la radio le gouverneur de la province.";
        let known: &[Finding] = &[];
        let whole =
            "The port of Selm reopened on Sunday, which the governor of the province formally denies on the radio.";
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
