//! French sentences into English ones.
//!
//! [`Translator`] is the interface: [`chat::ChatTranslator`] implements it with a chat model, and a dedicated
//! translation model could do so as well. Whatever translates, its texts go through [`crate::english::typography`] and
//! [`terms`].

pub mod antecedent;
pub mod article;
pub mod chat;
pub mod consistency;
pub mod doubt;
pub mod likelihood;
pub mod phrasing;
pub mod split;
pub mod steer;
pub mod strangers;
pub mod terms;
pub mod word_doubt;

use crate::article::BlockKind;
use crate::dispatch::PromptRecord;
use crate::model::{ModelError, Stop};

/// A sentence to be translated, with its context.
#[derive(Debug, Clone)]
pub struct SentenceTask {
    /// The French sentence.
    pub text: String,
    /// The sentence before this one in the article, given only if `text` leans on it (see
    /// [`antecedent`]).
    pub before: Option<String>,
    /// The kind of block in which the sentence stands.
    pub kind: BlockKind,
}

impl SentenceTask {
    /// A sentence of running text, given to the model without the one before it.
    pub fn alone(text: &str) -> Self {
        SentenceTask { text: text.into(), before: None, kind: BlockKind::Paragraph }
    }
}

/// A translated sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Translation {
    /// The English sentence.
    pub text: String,
    /// Mean log probability (natural logarithm) of the model's tokens. If the sentence was split,
    /// it is that of the least certain part.
    pub mean_log_prob: f32,
    /// Whether the model ended by itself; a translation that ran into the length limit is not to be trusted.
    pub stop: Stop,
    /// Number of parts that a sentence too long for the model was cut into; 1 for all others.
    pub parts: usize,
    /// Number of tokens of the text to which `words` belong.
    pub tokens: usize,
    /// The words of the text that the model wrote, or of the text with which steering replaced it.
    /// They may differ from those of `text`, because later corrections change only `text`. Empty if
    /// the model's tokens cannot be placed in the text that it wrote.
    pub words: Vec<word_doubt::WrittenWord>,
}

/// Something that translates French sentences into English.
pub trait Translator {
    /// Translates every unit; the translations are in the order of the units. `progress` is told
    /// the index of every unit that is finished, and returns whether to go on.
    ///
    /// # Errors
    /// Any error of the model; [`ModelError::Cancelled`] when `progress` returned `false`.
    fn translate(
        &mut self,
        units: &[SentenceTask],
        progress: &mut dyn FnMut(usize) -> bool,
    ) -> Result<Vec<Translation>, ModelError>;

    /// The prompt in use, as the dispatch records it; `None` for a model that needs none.
    fn prompt(&self) -> Option<PromptRecord>;
}
