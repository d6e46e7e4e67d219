//! The language model: the only part of the program that works with tensors.
//!
//! The rest of the program uses it through [`Generator`]: chats in, texts out. [`engine::Engine`] answers with a GGUF
//! model on this machine; [`scripted::Scripted`] answers with what a function returns, for tests.

#[cfg(feature = "model")]
pub mod adapter;
#[cfg(feature = "model")]
pub mod bench;
#[cfg(feature = "model")]
pub mod chat;
#[cfg(feature = "model")]
pub mod decoder;
#[cfg(feature = "model")]
pub mod device;
#[cfg(feature = "model")]
pub mod engine;
#[cfg(feature = "fetch")]
pub mod fetch;
#[cfg(feature = "model")]
pub mod gguf;
#[cfg(feature = "model")]
pub mod kernels;
#[cfg(feature = "fetch")]
pub mod manifest;
#[cfg(feature = "model")]
pub mod rope;
pub mod scripted;
#[cfg(feature = "model")]
mod sentencepiece;
#[cfg(feature = "model")]
pub mod tokenizer;

use serde::{Deserialize, Serialize};

/// Who speaks in a chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    System,
    User,
    Assistant,
}

/// One turn of a chat. Its content is data: whatever it holds, it never becomes a control token.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Message {
    pub role: Role,
    pub content: String,
}

/// A chat that the model is asked to continue, and how far.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Job {
    pub messages: Vec<Message>,
    /// Generation ends after this many tokens at the latest, so that a model that repeats itself
    /// comes to an end. This has no effect with [`Search::Given`], which generates nothing, and
    /// with [`Search::Rivals`].
    pub max_tokens: usize,
    pub search: Search,
    /// Name of the adapter with which the model answers; `None` for the model's own weights.
    pub adapter: Option<String>,
}

impl Search {
    /// A beam search over `width` hypotheses without needs or bans.
    pub fn beam(width: usize) -> Search {
        Search::Beam { width, needs: Vec::new(), bans: Vec::new() }
    }
}

impl Job {
    /// A job that asks for the greedy answer of the model without an adapter.
    pub fn new(messages: Vec<Message>, max_tokens: usize) -> Job {
        Job { messages, max_tokens, search: Search::Greedy, adapter: None }
    }
}

/// How an answer is found.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub enum Search {
    /// The likeliest token at each step.
    #[default]
    Greedy,
    /// The same answer as [`Search::Greedy`], but sooner if it resembles this text: the model checks pieces of the text
    /// as guesses, several tokens in one pass, instead of writing one token after the other (inference with reference:
    /// Yang et al. 2023).
    GreedyNear(String),
    /// Beam search over `width` hypotheses (0 counts as 1), which ends at the latest when it has found that many
    /// answers. Every answer holds at least one string of each of the `needs` and none of the `bans` (lexically
    /// constrained decoding with dynamic beam allocation: Post & Vilar, NAACL 2018). The strings are compared as
    /// tokens: one that the model cuts into other tokens than the tokenizer is not recognised. If no such answer is
    /// found, the completion has an empty text and ends with [`Stop::Length`].
    Beam { width: usize, needs: Vec<Vec<String>>, bans: Vec<String> },
    /// No search: the answer is given, and only its likelihood is asked for. Where several jobs of
    /// one call have the same messages, they share the work for the tokens with which their answers
    /// begin alike.
    Given(String),
    /// As [`Search::Given`], and [`Completion::others`] also has the answer's rivals. A rival is
    /// the same answer with a few words replaced, in one place, by words that the model finds far
    /// likelier there. Each rival comes with its own likelihood.
    Rivals(String),
}

/// Why a generation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stop {
    /// The model gave a token that ends an answer.
    End,
    /// `max_tokens` was reached.
    Length,
}

/// The model's answer to one [`Job`].
#[derive(Debug, Clone, PartialEq)]
pub struct Completion {
    pub text: String,
    pub stop: Stop,
    /// Tokens of the text, the stop token not counted.
    pub tokens: usize,
    /// Mean log probability (natural logarithm) of the tokens, the stop token included if there is one: 0 is certain.
    pub mean_log_prob: f32,
    /// Log probability of each token, the stop token included if there is one; empty for the answers of a beam search.
    pub token_log_probs: Vec<f32>,
    /// Where each token of the text ends, in bytes; empty for the answers of a beam search.
    pub token_ends: Vec<usize>,
    /// Other answers of a [`Search::Beam`], likeliest first; the rivals of [`Search::Rivals`], in no order.
    pub others: Vec<Completion>,
}

/// Why a model cannot be loaded or cannot answer.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    #[error("{path}: {reason}")]
    File { path: String, reason: String },
    #[error("the model cannot run here: {0}")]
    Device(String),
    #[error("the prompt has {prompt} tokens and asks for {wanted} more; the model's context holds {context}")]
    TooLong { prompt: usize, wanted: usize, context: usize },
    #[error("the model's chat template fails: {0}")]
    Template(String),
    #[error("stopped by the user")]
    Cancelled,
    #[error("the model failed: {0}")]
    Run(String),
}

/// A function that is called with every finished job (its index among the jobs, and its answer), in the order in which
/// they finish. When it returns `false`, the generation stops.
pub type Progress<'a> = &'a mut dyn FnMut(usize, &Completion) -> bool;

/// Something that continues chats.
pub trait Generator {
    /// Answers every job. The answers are in the order of the jobs.
    ///
    /// # Errors
    /// [`ModelError::TooLong`], before anything is generated, when a job does not fit into the context;
    /// [`ModelError::Cancelled`] when `progress` returned `false`; and whatever else fails in the model.
    fn generate(&mut self, jobs: &[Job], progress: Progress<'_>) -> Result<Vec<Completion>, ModelError>;

    /// Number of tokens of a text, as the content of a message.
    fn count_tokens(&self, text: &str) -> usize;

    /// An estimate of the number of tokens of a prompt. For what the chat template adds, eight
    /// tokens are counted for each message, which is usually too many rather than too few.
    fn count_prompt(&self, messages: &[Message]) -> usize {
        messages.iter().map(|m| self.count_tokens(&m.content) + 8).sum()
    }

    /// How many tokens a prompt and its answer may have together.
    fn context_length(&self) -> usize;
}
