//! The model's second look at pairs, with a cache of its answers: the model is loaded only for a question that the
//! cache cannot answer.

use super::cache::Cache;
use super::score::{Judge, findings};
use super::{Answer, Asked, Question};
use crate::checks::Finding;
use crate::model::Generator;
use std::io;

/// Answers questions from the cache, and asks a model where the cache has no answer.
pub struct Look<F, G> {
    /// `None` where answers are neither looked up nor stored.
    cache: Option<Cache>,
    /// Loads the model.
    open: F,
    /// The model, once it is loaded.
    judge: Option<Judge<G>>,
}

impl<G: Generator, F: FnMut() -> io::Result<Judge<G>>> Look<F, G> {
    /// `open` loads the model; it is called at the first question that the cache cannot answer.
    pub fn new(cache: Option<Cache>, open: F) -> Self {
        Look { cache, open, judge: None }
    }

    /// What the model finds in each pair, in the order of the pairs.
    ///
    /// # Errors
    /// When the model cannot be loaded, or fails.
    pub fn findings(&mut self, asked: &[Asked<'_>]) -> io::Result<Vec<Vec<Finding>>> {
        let questions: Vec<Question<'_>> = asked.iter().map(|a| Question::new(a.source, a.target, a.known)).collect();
        let known = |q: &Question<'_>| match q.is_empty() {
            true => Some(Answer::default()),
            false => self.cache.as_ref().and_then(|cache| cache.get(q)),
        };
        let mut answers: Vec<Option<Answer>> = questions.iter().map(known).collect();
        let unknown: Vec<&Question<'_>> =
            questions.iter().zip(&answers).filter(|(_, a)| a.is_none()).map(|(q, _)| q).collect();
        if !unknown.is_empty() {
            let judge = match &mut self.judge {
                Some(judge) => judge,
                empty => empty.insert((self.open)()?),
            };
            let new = judge.answers(&unknown).map_err(io::Error::other)?;
            if let Some(cache) = &self.cache {
                unknown.iter().zip(&new).for_each(|(question, answer)| cache.put(question, answer));
            }
            let empty = answers.iter_mut().filter(|a| a.is_none());
            empty.zip(new).for_each(|(answer, new)| *answer = Some(new));
        }
        let all = questions.iter().zip(answers);
        Ok(all.map(|(question, answer)| findings(question, &answer.unwrap_or_default())).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Job;
    use crate::model::scripted::Scripted;

    type Silent = Scripted<fn(&Job) -> String>;

    const PAIR: Asked<'_> =
        Asked { source: "Les deux guides ont été tués.", target: "The two guides were freed.", known: &[] };

    /// A judge that finds texts with "killed" likelier than others.
    fn open() -> io::Result<Judge<Silent>> {
        let likes = |job: &Job| if format!("{job:?}").contains("killed") { -0.5 } else { -3. };
        let silent: fn(&Job) -> String = |_| String::new();
        Ok(Judge::new(Scripted::new(silent).with_likelihood(likes), false))
    }

    #[test]
    fn the_second_run_asks_no_model() {
        let dir = tempfile::tempdir().unwrap();
        let cache = || Some(Cache::new(dir.path(), "scripted"));
        let first = Look::new(cache(), open).findings(&[PAIR]).unwrap();
        assert_eq!(first[0].len(), 1, "{first:?}");
        let never = || -> io::Result<Judge<Silent>> { Err(io::Error::other("the model was loaded")) };
        assert_eq!(Look::new(cache(), never).findings(&[PAIR]).unwrap(), first);
        assert!(Look::new(None, never).findings(&[PAIR]).is_err());
    }

    #[test]
    fn a_pair_without_a_doubt_loads_no_model() {
        let never = || -> io::Result<Judge<Silent>> { Err(io::Error::other("the model was loaded")) };
        let plain = Asked { source: "Le pont est en bois.", target: "The bridge is made of wood.", known: &[] };
        assert_eq!(Look::new(None, never).findings(&[plain]).unwrap(), [vec![]]);
    }
}
