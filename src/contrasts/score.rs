//! Which of two English texts a model finds likelier behind a French one.
//!
//! Both are given to the model in both directions, the English behind the French and the French behind the English, and
//! what counts is the sum of the log probabilities of all tokens: the mean would let length decide, and one direction alone
//! tells half as much.

use super::support::{Unsupported, least_supported};
use super::{Answer, Question};
use crate::checks::{Finding, content_missing};
use crate::model::{Generator, ModelError};
use crate::prompt::Prompt;
use crate::translate::chat::ADAPTED_PROMPT;
use crate::translate::likelihood::{self, Pair as Asked, likelihoods};

/// A model that is asked, and the prompts with which it is.
pub struct Judge<G> {
    generator: G,
    forward: Prompt,
    reverse: Prompt,
}

/// What the English of a contrast gains at least behind the French: of what is less likely by far, the other way round is
/// not worth asking, and most contrasts of right sentences are.
const LEAST: f32 = -3.;

/// What stands in the place of the English where the French is read behind none: a prompt without any text would ask for
/// something else.
const NOTHING: &str = "…";

/// The prompts with which a model is asked, there and back. `adapted`: it has the project's adapter for translation.
pub fn prompts(adapted: bool) -> [&'static str; 2] {
    let forward = match adapted {
        true => ADAPTED_PROMPT,
        false => include_str!("../../prompts/translate-plain.md"),
    };
    [forward, likelihood::REVERSE]
}

impl<G: Generator> Judge<G> {
    /// `adapted`: the model has the project's adapter for translation.
    pub fn new(generator: G, adapted: bool) -> Self {
        // A test parses every prompt of the project.
        let [forward, reverse] = prompts(adapted).map(|text| Prompt::parse(text).expect("a prompt of the project"));
        Judge { generator, forward, reverse }
    }

    /// The answer to each question.
    ///
    /// # Errors
    /// What the model fails with.
    pub fn answers(&mut self, questions: &[&Question<'_>]) -> Result<Vec<Answer>, ModelError> {
        let margins = self.margins(questions)?;
        let unsupported = self.unsupported(questions)?;
        Ok(margins.into_iter().zip(unsupported).map(|(margins, unsupported)| Answer { margins, unsupported }).collect())
    }

    /// By how many nats the model finds each contrast of each question likelier than the text that stands there, both ways
    /// together; none where the texts are too long, and where one way was enough.
    fn margins(&mut self, questions: &[&Question<'_>]) -> Result<Vec<Vec<Option<f32>>>, ModelError> {
        let asked: Vec<&&Question<'_>> = questions.iter().filter(|q| !q.contrasts.is_empty()).collect();
        let stand: Vec<(&str, &str)> = asked.iter().map(|q| (q.pair.source.text, q.pair.target.text)).collect();
        // Every contrast with the number of its question.
        let mut contrasts: Vec<(usize, (&str, &str))> = Vec::new();
        for (n, question) in asked.iter().enumerate() {
            contrasts.extend(question.contrasts.iter().map(|c| (n, (stand[n].0, c.text.as_str()))));
        }
        let pairs: Vec<(&str, &str)> = contrasts.iter().map(|(_, pair)| *pair).collect();
        let (stand_there, there) = (self.there(&stand)?, self.there(&pairs)?);
        let gain = |i: usize| Some(there[i]? - stand_there[contrasts[i].0]?);
        let wanted: Vec<usize> = (0..pairs.len()).filter(|&i| gain(i).is_some_and(|gain| gain >= LEAST)).collect();
        let mut owners: Vec<usize> = wanted.iter().map(|&i| contrasts[i].0).collect();
        owners.dedup();
        let both: Vec<(&str, &str)> =
            owners.iter().map(|&n| stand[n]).chain(wanted.iter().map(|&i| pairs[i])).collect();
        let back = self.back(&both)?;
        let (stand_back, back) = back.split_at(owners.len());
        let mut margins: Vec<Option<f32>> = vec![None; pairs.len()];
        for (&i, back) in wanted.iter().zip(back) {
            let before = owners.binary_search(&contrasts[i].0).ok().and_then(|at| stand_back[at]);
            margins[i] = gain(i).zip(*back).zip(before).map(|((there, back), before)| there + back - before);
        }
        let mut margins = margins.into_iter();
        Ok(questions.iter().map(|q| margins.by_ref().take(q.contrasts.len()).collect()).collect())
    }

    /// What of the French the English supports least, of questions that ask for it.
    fn unsupported(&mut self, questions: &[&Question<'_>]) -> Result<Vec<Option<Unsupported>>, ModelError> {
        let asked: Vec<usize> = (0..questions.len()).filter(|&i| questions[i].seems_short).collect();
        let texts = |i: usize| (questions[i].pair.source.text, questions[i].pair.target.text);
        let with: Vec<Asked<'_>> = asked.iter().map(|&i| Asked::alone(texts(i).1, texts(i).0)).collect();
        let without: Vec<Asked<'_>> = with.iter().map(|pair| Asked::alone(NOTHING, pair.answer)).collect();
        let with = likelihoods(&mut self.generator, &self.reverse, &with, &mut || true)?;
        let without = likelihoods(&mut self.generator, &self.reverse, &without, &mut || true)?;
        let mut out = vec![None; questions.len()];
        for ((&i, with), without) in asked.iter().zip(with).zip(without) {
            let (Some(with), Some(without)) = (with, without) else { continue };
            let (french, _) = texts(i);
            out[i] = least_supported(french, &with.ends, &with.tokens, &without.tokens);
        }
        Ok(out)
    }

    /// The log probability of each English text behind its French one; none where they are too long.
    fn there(&mut self, pairs: &[(&str, &str)]) -> Result<Vec<Option<f32>>, ModelError> {
        let pairs: Vec<Asked<'_>> = pairs.iter().map(|&(sentence, answer)| Asked::alone(sentence, answer)).collect();
        sums(&mut self.generator, &self.forward, &pairs)
    }

    /// The log probability of each French text behind its English one.
    fn back(&mut self, pairs: &[(&str, &str)]) -> Result<Vec<Option<f32>>, ModelError> {
        let pairs: Vec<Asked<'_>> = pairs.iter().map(|&(answer, sentence)| Asked::alone(sentence, answer)).collect();
        sums(&mut self.generator, &self.reverse, &pairs)
    }
}

fn sums<G: Generator>(generator: &mut G, prompt: &Prompt, pairs: &[Asked<'_>]) -> Result<Vec<Option<f32>>, ModelError> {
    let all = likelihoods(generator, prompt, pairs, &mut || true)?;
    Ok(all.iter().map(|l| l.as_ref().map(likelihood::Likelihood::sum)).collect())
}

/// What an answer makes findings of.
pub(super) fn findings(question: &Question<'_>, answer: &Answer) -> Vec<Finding> {
    let mut out = best(question, &answer.margins);
    out.extend(answer.unsupported.and_then(|part| content_missing::finding(&question.pair, part)));
    out
}

/// Of contrasts of one place, the one that the model likes best.
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

    /// Says nothing, and finds a text likely or not.
    type Silent = Scripted<fn(&Job) -> String>;

    /// Likes whatever speaks of killing on both sides.
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
        // And here the English tells of every word.
        let likes = |job: &Job| if job.messages.iter().any(|m| m.content.contains("Selm")) { -0.2 } else { -4. };
        let mut judge = Judge::new(Scripted::new(silent).with_likelihood(likes), false);
        let answers = judge.answers(&[&cut]).unwrap();
        assert!(findings(&cut, &answers[0]).is_empty(), "{answers:?}");
    }
}
