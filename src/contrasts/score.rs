//! Which of two English texts a model finds likelier behind a French one.
//!
//! Both are given to the model in both directions, the English behind the French and the French behind the English, and
//! what counts is the sum of the log probabilities of all tokens: the mean would let length decide, and one direction alone
//! tells half as much.

use super::Contrast;
use crate::checks::{Finding, Pair};
use crate::model::{Generator, ModelError};
use crate::prompt::Prompt;
use crate::translate::likelihood::{self, Pair as Asked, likelihoods};

/// A model that is asked, and the prompts with which it is.
pub struct Judge<G> {
    generator: G,
    forward: Prompt,
    reverse: Prompt,
}

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
            let same = |f: &&Finding| f.rule == c.kind.rule() && f.severity > crate::checks::Severity::Note;
            !known.iter().filter(same).any(|f| f.target.is_none_or(|t| t.overlaps(c.target)))
        });
        Question { pair, contrasts }
    }
}

impl<G: Generator> Judge<G> {
    /// `adapted`: the model has the project's adapter for translation.
    pub fn new(generator: G, adapted: bool) -> Self {
        // A test parses every prompt of the project.
        let parse = |text| Prompt::parse(text).expect("a prompt of the project");
        let forward = match adapted {
            true => include_str!("../../prompts/translate-adapter.md"),
            false => include_str!("../../prompts/translate-plain.md"),
        };
        Judge { generator, forward: parse(forward), reverse: parse(likelihood::REVERSE) }
    }

    /// The findings of each question, in their order: the likeliest contrast of each place.
    ///
    /// # Errors
    /// What the model fails with.
    pub fn findings(&mut self, questions: &[Question<'_>]) -> Result<Vec<Vec<Finding>>, ModelError> {
        let texts = |q: &Question<'_>| match q.contrasts.is_empty() {
            true => Vec::new(),
            false => [q.pair.target.text]
                .into_iter()
                .map(String::from)
                .chain(q.contrasts.iter().map(|c| c.text.clone()))
                .collect(),
        };
        let english: Vec<Vec<String>> = questions.iter().map(texts).collect();
        let mut scores = self.scores(questions, &english)?.into_iter();
        let mut out = Vec::with_capacity(questions.len());
        for (question, english) in questions.iter().zip(&english) {
            let scores: Vec<Option<f32>> = scores.by_ref().take(english.len()).collect();
            out.push(best(question, &scores));
        }
        Ok(out)
    }

    /// The log probability of each English text with its French, both ways together; none where they are too long.
    fn scores(&mut self, questions: &[Question<'_>], english: &[Vec<String>]) -> Result<Vec<Option<f32>>, ModelError> {
        let with_source = questions.iter().zip(english);
        let all: Vec<(&str, &str)> =
            with_source.flat_map(|(q, list)| list.iter().map(|e| (q.pair.source.text, e.as_str()))).collect();
        let forward: Vec<Asked<'_>> = all.iter().map(|&(sentence, answer)| Asked { sentence, answer }).collect();
        let reverse: Vec<Asked<'_>> = all.iter().map(|&(answer, sentence)| Asked { sentence, answer }).collect();
        let there = likelihoods(&mut self.generator, &self.forward, &forward, &mut || true)?;
        let back = likelihoods(&mut self.generator, &self.reverse, &reverse, &mut || true)?;
        let sum = |l: &likelihood::Likelihood| l.tokens.iter().sum::<f32>();
        Ok(there.iter().zip(&back).map(|(t, b)| Some(sum(t.as_ref()?) + sum(b.as_ref()?))).collect())
    }
}

/// Of contrasts of one place, the one that the model likes best.
fn best(question: &Question<'_>, scores: &[Option<f32>]) -> Vec<Finding> {
    let Some((Some(stands), others)) = scores.split_first() else { return Vec::new() };
    let mut found: Vec<(f32, Finding)> = Vec::new();
    for (contrast, score) in question.contrasts.iter().zip(others) {
        let Some(margin) = score.map(|s| s - stands) else { continue };
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
        let found = judge().findings(&[wrong, right]).unwrap();
        assert_eq!(found[0].len(), 1, "{found:?}");
        assert!(found[0][0].message.contains("“killed” likelier than “freed”"), "{found:?}");
        assert!(found[1].is_empty(), "{found:?}");
    }
}
