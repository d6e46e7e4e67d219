//! Turns text into tokens and back. What controls the model (the chat template) and what is data
//! are encoded by different tokenizers, so that no text of an article can control the model.

use super::ModelError;
use super::gguf::Gguf;
use super::sentencepiece;
use candle_core::quantized::gguf_file::Value;
use candle_core::quantized::tokenizer::TokenizerFromGguf;
use std::collections::HashSet;
use tokenizers::Tokenizer;

/// The vocabulary of a GGUF file.
pub struct Vocabulary {
    /// This tokenizer recognises control tokens in a text. It encodes only chat templates, and
    /// decodes everything.
    control: Tokenizer,
    /// The same vocabulary, but this tokenizer takes control tokens in a text for ordinary
    /// characters. It encodes all data.
    data: Tokenizer,
    /// Every token that is not plain text: control, user-defined, unused and unknown ones.
    added: HashSet<u32>,
    /// Tokens that end an answer.
    pub stops: Vec<u32>,
    /// The token that begins a text, as the chat template writes it; `None` where the file names none.
    pub bos: Option<String>,
    /// The token that ends a text, as the chat template writes it; `None` where the file names none.
    pub eos: Option<String>,
}

/// The values of `llama_token_type` for NORMAL and BYTE, the tokens that text is made of. Tokens of
/// all other types are called added tokens here.
pub(super) const PLAIN: [i64; 2] = [1, 6];

/// Texts of tokens that end a turn. Those that a file has among its added tokens end an answer, as
/// do the tokens that the file declares, since some files declare only one of several that their
/// model uses.
const STOP_NAMES: [&str; 6] = ["<|im_end|>", "<|endoftext|>", "<|eot_id|>", "<|end_of_text|>", "<end_of_turn>", "</s>"];

impl Vocabulary {
    /// Reads the tokenizer of a GGUF file.
    ///
    /// # Errors
    /// When the file's tokenizer is neither byte-level BPE (`gpt2`) nor SentencePiece (`llama`), when it lacks
    /// something or is damaged, or when the file has no token that ends an answer.
    pub fn load(file: &Gguf) -> Result<Self, ModelError> {
        let control = if sentencepiece::is_sentencepiece(&file.content) {
            sentencepiece::tokenizer(&file.content).map_err(|e| file.fail(format!("tokenizer: {e}")))?
        } else {
            Tokenizer::from_gguf(&file.content)
                .map_err(|e| file.fail(format!("tokenizer: {}", super::gguf::first_line(&e))))?
        };
        let mut data = control.clone();
        data.set_encode_special_tokens(true);
        let integer = |v: &Value| match v {
            Value::I32(v) => i64::from(*v),
            Value::U32(v) => i64::from(*v),
            _ => 1,
        };
        let types = match file.content.metadata.get("tokenizer.ggml.token_type") {
            Some(Value::Array(types)) => types.iter().map(integer).collect(),
            _ => Vec::new(),
        };
        let added: HashSet<u32> = (0u32..).zip(types).filter(|(_, t)| !PLAIN.contains(t)).map(|(i, _)| i).collect();
        let id = |key: &str| file.token_id(&format!("tokenizer.ggml.{key}"));
        let mut stops: Vec<u32> = ["eos_token_id", "eot_token_id", "eom_token_id"].into_iter().filter_map(id).collect();
        stops.extend(STOP_NAMES.iter().filter_map(|n| control.token_to_id(n)).filter(|i| added.contains(i)));
        stops.sort_unstable();
        stops.dedup();
        if stops.is_empty() {
            return Err(file.fail("declares no token that ends an answer (tokenizer.ggml.eos_token_id)"));
        }
        let name = |key: &str| id(key).and_then(|i| control.id_to_token(i));
        Ok(Vocabulary { bos: name("bos_token_id"), eos: name("eos_token_id"), control, data, added, stops })
    }

    /// Tokens of a part of the rendered chat template, control tokens included.
    ///
    /// # Errors
    /// When the tokenizer fails.
    pub fn encode_control(&self, text: &str) -> Result<Vec<u32>, ModelError> {
        encode(&self.control, text)
    }

    /// Tokens of data. Whatever the text holds, the result has no control token or other added
    /// token: a text whose tokens would include one is encoded character by character, and added
    /// tokens that still come out are left out.
    ///
    /// # Errors
    /// When the tokenizer fails.
    pub fn encode_data(&self, text: &str) -> Result<Vec<u32>, ModelError> {
        let ids = encode(&self.data, text)?;
        if !ids.iter().any(|id| self.added.contains(id)) {
            return Ok(ids);
        }
        let mut safe = Vec::new();
        for c in text.chars() {
            safe.extend(
                encode(&self.data, c.encode_utf8(&mut [0; 4]))?.into_iter().filter(|id| !self.added.contains(id)),
            );
        }
        Ok(safe)
    }

    /// Text of generated tokens.
    ///
    /// # Errors
    /// When the tokenizer fails.
    pub fn decode(&self, ids: &[u32]) -> Result<String, ModelError> {
        self.control.decode(ids, true).map_err(|e| ModelError::Run(format!("tokenizer: {e}")))
    }

    /// Where each token ends in the text that the tokens make together, in bytes. A token that ends
    /// within a character, or adds nothing to the text, is given the end of the token before it.
    ///
    /// # Errors
    /// When the tokenizer fails.
    pub fn ends(&self, ids: &[u32]) -> Result<Vec<usize>, ModelError> {
        let mut stream = self.control.decode_stream(true);
        let mut end = 0;
        let mut next = |&id: &u32| {
            let text = stream.step(id).map_err(|e| ModelError::Run(format!("tokenizer: {e}")))?;
            end += text.map_or(0, |text| text.len());
            Ok(end)
        };
        ids.iter().map(&mut next).collect()
    }

    /// Whether a token begins with white space or punctuation, so that it does not continue a word
    /// that the token before it began.
    pub fn opens(&self, token: u32) -> bool {
        // GPT-2's byte-level tokens have "Ġ" for a space and "Ċ" for a line break, SentencePiece's
        // have "▁" for a space.
        let opens = |c: char| matches!(c, 'Ġ' | 'Ċ' | '▁') || !c.is_alphanumeric();
        self.control.id_to_token(token).is_some_and(|text| text.starts_with(opens))
    }

    /// Tokens that the model must never choose: all added ones but those that end an answer.
    pub fn banned(&self) -> Vec<u32> {
        let mut ids: Vec<u32> = self.added.iter().copied().filter(|id| !self.stops.contains(id)).collect();
        ids.sort_unstable();
        ids
    }

    /// All added tokens (control, user-defined, unused and unknown ones), with their texts.
    pub fn added(&self) -> impl Iterator<Item = (u32, String)> + '_ {
        self.added.iter().filter_map(|&id| Some((id, self.control.id_to_token(id)?)))
    }
}

/// Tokens of a text, without the tokens that the tokenizer itself would add at its beginning or
/// end.
fn encode(tokenizer: &Tokenizer, text: &str) -> Result<Vec<u32>, ModelError> {
    let encoding = tokenizer.encode_fast(text, false).map_err(|e| ModelError::Run(format!("tokenizer: {e}")))?;
    Ok(encoding.get_ids().to_vec())
}
