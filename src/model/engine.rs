//! The [`Generator`] over a GGUF model: batches of sequences that join and leave between steps.

use super::chat::Template;
use super::decoder::{Decoder, Piece};
use super::gguf::Gguf;
use super::kv::Cache;
use super::tokenizer::Vocabulary;
use super::{Completion, Generator, Job, ModelError, Progress, Stop};
use candle_core::Device;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// How the engine runs.
#[derive(Debug, Clone)]
pub struct EngineOptions {
    /// Sequences that are decoded together.
    pub batch: usize,
    /// Prompt tokens of one step: bounds the memory that a long prompt takes.
    pub chunk: usize,
    /// Tokens that a prompt and its answer may have, if less than the model's own context.
    pub context: usize,
}

impl Default for EngineOptions {
    fn default() -> Self {
        EngineOptions { batch: 16, chunk: 512, context: 8192 }
    }
}

/// A loaded model.
pub struct Engine {
    decoder: Decoder,
    vocabulary: Vocabulary,
    template: Template,
    options: EngineOptions,
    banned: Vec<u32>,
    /// Keys and values of recent prefixes (the system message and the examples of a prompt), latest last.
    prefixes: Vec<(Vec<u32>, Arc<Cache>)>,
    cancel: Arc<AtomicBool>,
}

/// Prefixes kept: one for each prompt that an article needs.
const PREFIXES: usize = 3;

/// A sequence that is being generated.
struct Sequence {
    job: usize,
    cache: Cache,
    /// Tokens not yet in the cache: the rest of the prompt, then the last generated token.
    pending: Vec<u32>,
    generated: Vec<u32>,
    log_prob: f64,
}

impl Engine {
    /// Loads a GGUF file; `progress` is told layers done and layers in all.
    ///
    /// # Errors
    /// When the file is unsound, of an unknown architecture, or has no chat template.
    pub fn load(
        path: &Path,
        device: &Device,
        options: EngineOptions,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<Engine, ModelError> {
        let mut file = Gguf::open(path)?;
        file.config()?;
        let template = file
            .text("tokenizer.chat_template")
            .ok_or_else(|| file.fail("has no chat template; depeche needs an instruct model"))?;
        let template = Template::new(template)?;
        let vocabulary = Vocabulary::load(&file)?;
        let decoder = Decoder::load(&mut file, device, progress)?;
        Ok(Engine {
            banned: vocabulary.banned(),
            decoder,
            vocabulary,
            template,
            options,
            prefixes: Vec::new(),
            cancel: Arc::default(),
        })
    }

    /// Set it (from a signal handler, say) and the running generation ends with [`ModelError::Cancelled`].
    pub fn cancel_flag(&self) -> Arc<AtomicBool> {
        self.cancel.clone()
    }

    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The messages that all jobs share, the last one of each excepted: system message and examples. Only whole messages
    /// count, so that the same job has the same prefix in whatever company it comes.
    fn prefix_tokens(&self, jobs: &[Job]) -> Result<Vec<u32>, ModelError> {
        let first = &jobs[0].messages;
        let head = &first[..first.len().saturating_sub(1)];
        if head.is_empty() || !jobs.iter().all(|j| j.messages.len() == first.len() && j.messages.starts_with(head)) {
            return Ok(Vec::new());
        }
        self.template.tokens(head, false, &self.vocabulary)
    }

    fn prefix(&mut self, tokens: Vec<u32>) -> Result<Option<Arc<Cache>>, ModelError> {
        if tokens.is_empty() {
            return Ok(None);
        }
        if let Some(at) = self.prefixes.iter().position(|(t, _)| *t == tokens) {
            let found = self.prefixes.remove(at);
            self.prefixes.push(found);
        } else {
            let mut cache = Cache::new(&self.decoder.config, tokens.len(), &self.decoder.device)?;
            for chunk in tokens.chunks(self.options.chunk) {
                self.check_cancelled()?;
                self.decoder.step(None, &mut [Piece { cache: &mut cache, tokens: chunk }])?;
            }
            if self.prefixes.len() == PREFIXES {
                self.prefixes.remove(0);
            }
            self.prefixes.push((tokens, Arc::new(cache)));
        }
        Ok(self.prefixes.last().map(|(_, cache)| cache.clone()))
    }

    fn check_cancelled(&self) -> Result<(), ModelError> {
        if self.cancel.load(Ordering::Relaxed) { Err(ModelError::Cancelled) } else { Ok(()) }
    }

    /// The likeliest allowed token and its log probability.
    fn choose(&self, logits: &mut [f32]) -> (u32, f64) {
        for &id in &self.banned {
            if let Some(l) = logits.get_mut(id as usize) {
                *l = f32::NEG_INFINITY;
            }
        }
        let (mut best, mut top) = (0, f32::NEG_INFINITY);
        for (i, &l) in logits.iter().enumerate() {
            if l > top {
                (best, top) = (i, l);
            }
        }
        let sum: f64 = logits.iter().map(|&l| f64::from((l - top).exp())).sum();
        (best as u32, -sum.ln())
    }

    fn finish(&self, sequence: &Sequence, stop: Stop) -> Result<Completion, ModelError> {
        let steps = sequence.generated.len() + usize::from(stop == Stop::End);
        Ok(Completion {
            text: self.vocabulary.decode(&sequence.generated)?,
            stop,
            tokens: sequence.generated.len(),
            mean_log_prob: (sequence.log_prob / steps.max(1) as f64) as f32,
        })
    }
}

impl Generator for Engine {
    fn generate(&mut self, jobs: &[Job], progress: Progress<'_>) -> Result<Vec<Completion>, ModelError> {
        if jobs.is_empty() {
            return Ok(Vec::new());
        }
        let mut prefix_tokens = self.prefix_tokens(jobs)?;
        let mut prompts = Vec::with_capacity(jobs.len());
        for job in jobs {
            let prompt = self.template.tokens(&job.messages, true, &self.vocabulary)?;
            if prompt.len() + job.max_tokens > self.context_length() {
                let context = self.context_length();
                return Err(ModelError::TooLong { prompt: prompt.len(), wanted: job.max_tokens, context });
            }
            prompts.push(prompt);
        }
        // A template may render its last message otherwise than the others; the prefix must be one of every prompt.
        if !prompts.iter().all(|p| p.len() > prefix_tokens.len() && p.starts_with(&prefix_tokens)) {
            prefix_tokens.clear();
        }
        let skip = prefix_tokens.len();
        let prefix = self.prefix(prefix_tokens)?;

        let mut done: Vec<Option<Completion>> = vec![None; jobs.len()];
        let mut active: Vec<Sequence> = Vec::new();
        // Longest prompts first: what is left at the end is short, and the batch stays full longer.
        let mut waiting: Vec<usize> = (0..jobs.len()).collect();
        waiting.sort_by_key(|&i| (prompts[i].len(), std::cmp::Reverse(i)));
        while !waiting.is_empty() || !active.is_empty() {
            self.check_cancelled()?;
            let mut budget = self.options.chunk.saturating_sub(active.iter().map(|s| s.pending.len()).sum());
            while active.len() < self.options.batch
                && let Some(&job) = waiting.last()
                && (active.is_empty() || prompts[job].len() - skip <= budget)
            {
                waiting.pop();
                let pending = prompts[job].split_off(skip);
                budget = budget.saturating_sub(pending.len());
                let cache =
                    Cache::new(&self.decoder.config, pending.len() + jobs[job].max_tokens, &self.decoder.device)?;
                active.push(Sequence { job, cache, pending, generated: Vec::new(), log_prob: 0. });
            }
            let mut pieces: Vec<Piece<'_>> = active
                .iter_mut()
                .map(|s| {
                    let n = s.pending.len().min(self.options.chunk);
                    Piece { cache: &mut s.cache, tokens: &s.pending[..n] }
                })
                .collect();
            let logits = self.decoder.step(prefix.as_deref(), &mut pieces)?;
            let mut rows = logits.to_vec2::<f32>()?;
            let mut kept = Vec::with_capacity(active.len());
            for (mut sequence, row) in active.drain(..).zip(&mut rows) {
                let n = sequence.pending.len().min(self.options.chunk);
                sequence.pending.drain(..n);
                if !sequence.pending.is_empty() {
                    kept.push(sequence);
                    continue;
                }
                let (token, log_prob) = self.choose(row);
                sequence.log_prob += log_prob;
                let ended = self.vocabulary.stops.contains(&token);
                if !ended {
                    sequence.generated.push(token);
                    sequence.pending.push(token);
                }
                if ended || sequence.generated.len() >= jobs[sequence.job].max_tokens {
                    let stop = if ended { Stop::End } else { Stop::Length };
                    let completion = self.finish(&sequence, stop)?;
                    let go_on = progress(sequence.job, &completion);
                    done[sequence.job] = Some(completion);
                    if !go_on {
                        return Err(ModelError::Cancelled);
                    }
                } else {
                    kept.push(sequence);
                }
            }
            active = kept;
        }
        Ok(done.into_iter().flatten().collect())
    }

    fn count_tokens(&self, text: &str) -> usize {
        self.vocabulary.encode_data(text).map_or(text.len(), |t| t.len())
    }

    fn context_length(&self) -> usize {
        self.options.context.min(self.decoder.config.context_length)
    }
}
