//! A [`Generator`] whose answers a function makes, so that tests of everything that uses a model
//! take only milliseconds.

use super::{Completion, Generator, Job, ModelError, Progress, Search, Stop};

/// Answers each job with the text that `answer` returns for it. Each word counts as one token.
pub struct Scripted<F> {
    answer: F,
    /// How many words a prompt and its answer may have together.
    context: usize,
    /// The mean log probability of the answer to a job.
    likelihood: fn(&Job) -> f32,
}

impl<F: FnMut(&Job) -> String> Scripted<F> {
    /// A generator with a context of 4096 words, all of whose answers are certain.
    pub fn new(answer: F) -> Self {
        Scripted { answer, context: 4096, likelihood: |_| 0.0 }
    }

    /// Gives each answer the mean log probability that `likelihood` returns for its job. Unless
    /// this is called, it is 0 for all answers.
    pub fn with_likelihood(mut self, likelihood: fn(&Job) -> f32) -> Self {
        self.likelihood = likelihood;
        self
    }

    /// Sets the context to `context` words. Unless this is called, the context is 4096 words.
    pub fn with_context(mut self, context: usize) -> Self {
        self.context = context;
        self
    }
}

impl<F: FnMut(&Job) -> String> Generator for Scripted<F> {
    fn generate(&mut self, jobs: &[Job], progress: Progress<'_>) -> Result<Vec<Completion>, ModelError> {
        for job in jobs {
            let prompt = job.messages.iter().map(|m| self.count_tokens(&m.content)).sum();
            if prompt + job.max_tokens > self.context {
                return Err(ModelError::TooLong { prompt, wanted: job.max_tokens, context: self.context });
            }
        }
        let mut done = Vec::with_capacity(jobs.len());
        for (i, job) in jobs.iter().enumerate() {
            let text = (self.answer)(job);
            let tokens = self.count_tokens(&text);
            let mean_log_prob = (self.likelihood)(job);
            let token_ends = match &job.search {
                Search::Given(answer) | Search::Rivals(answer) => word_ends(answer),
                Search::Beam { .. } => Vec::new(),
                _ => word_ends(&text),
            };
            let token_log_probs = match &job.search {
                Search::Beam { .. } => Vec::new(),
                _ => vec![mean_log_prob; token_ends.len() + 1],
            };
            let others = Vec::new();
            done.push(Completion { text, stop: Stop::End, tokens, mean_log_prob, token_log_probs, token_ends, others });
            if !progress(i, &done[i]) {
                return Err(ModelError::Cancelled);
            }
        }
        Ok(done)
    }

    fn count_tokens(&self, text: &str) -> usize {
        text.split_whitespace().count()
    }

    fn context_length(&self) -> usize {
        self.context
    }
}

/// Where the words of a text end, in bytes. [`Scripted`] counts each word as one token.
fn word_ends(text: &str) -> Vec<usize> {
    text.split_whitespace().map(|word| word.as_ptr() as usize - text.as_ptr() as usize + word.len()).collect()
}
