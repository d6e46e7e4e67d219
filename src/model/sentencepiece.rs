//! SentencePiece vocabularies (`tokenizer.ggml.model = "llama"`: Llama 2, Mistral, Gemma) as byte-pair encoding.
//!
//! A BPE tokenizer needs a list of merges, but a GGUF file holds only the pieces and their scores.
//! SentencePiece repeatedly joins the two neighbouring pieces whose union has the best score. So
//! each way to cut a normal piece into two other normal pieces becomes a merge, ranked by the score
//! of the whole piece. Hugging Face converts such vocabularies in the same way.

use super::tokenizer::PLAIN;
use candle_core::quantized::gguf_file::{Content, Value};
use std::collections::HashMap;
use tokenizers::decoders::byte_fallback::ByteFallback;
use tokenizers::decoders::fuse::Fuse;
use tokenizers::decoders::sequence::Sequence as Decoders;
use tokenizers::decoders::strip::Strip;
use tokenizers::models::bpe::{BPE, Vocab};
use tokenizers::normalizers::{Prepend, Replace, Sequence};
use tokenizers::{AddedToken, DecoderWrapper, NormalizerWrapper, Tokenizer};

/// Stands for a space in a piece.
const SPACE: &str = "▁";

/// The array that the file has under `tokenizer.ggml.KEY`.
fn array<'a>(content: &'a Content, key: &str) -> Option<&'a [Value]> {
    match content.metadata.get(&format!("tokenizer.ggml.{key}"))? {
        Value::Array(values) => Some(values),
        _ => None,
    }
}

/// Whether the vocabulary of the file with this metadata is one of SentencePiece.
pub fn is_sentencepiece(content: &Content) -> bool {
    let model = content.metadata.get("tokenizer.ggml.model").and_then(|v| v.to_string().ok());
    model.is_some_and(|m| m == "llama")
}

/// Makes the tokenizer of the file with this metadata, whose vocabulary must be one of
/// SentencePiece.
///
/// # Errors
/// A message that says what is missing in the file, what does not fit together, or what the tokenizer does not accept.
pub fn tokenizer(content: &Content) -> Result<Tokenizer, String> {
    let need = |key: &str| array(content, key).ok_or_else(|| format!("lacks tokenizer.ggml.{key}"));
    let text = |v: &Value| v.to_string().cloned().map_err(|e| e.to_string());
    let pieces = need("tokens")?.iter().map(text).collect::<Result<Vec<String>, String>>()?;
    let scores: Vec<f32> = need("scores")?.iter().map(|v| v.to_f32().unwrap_or(f32::MIN)).collect();
    let kind = |v: &Value| v.to_i32().map(i64::from).or_else(|_| v.to_u32().map(i64::from)).unwrap_or(1);
    let kinds: Vec<i64> = need("token_type")?.iter().map(kind).collect();
    if scores.len() != pieces.len() || kinds.len() != pieces.len() {
        return Err(format!("has {} pieces, {} scores and {} types", pieces.len(), scores.len(), kinds.len()));
    }
    let flag = |key: &str| match content.metadata.get(&format!("tokenizer.ggml.{key}")) {
        Some(Value::Bool(v)) => Some(*v),
        _ => None,
    };
    build(&pieces, &scores, &kinds, flag("add_space_prefix").unwrap_or(true))
}

/// Builds the tokenizer. `kinds` are values of `llama_token_type`: 1 is a normal piece, 2 the piece
/// for unknown text, 6 a byte. All pieces but normal ones and bytes become special tokens. With
/// `space_first`, a space is put before a text that is encoded, and removed from the beginning of a
/// text that is decoded.
fn build(pieces: &[String], scores: &[f32], kinds: &[i64], space_first: bool) -> Result<Tokenizer, String> {
    let ids: HashMap<&str, usize> = pieces.iter().enumerate().map(|(i, p)| (p.as_str(), i)).collect();
    let mut merges = Vec::new();
    for (i, piece) in pieces.iter().enumerate().filter(|(i, _)| kinds[*i] == 1) {
        let cuts = piece.char_indices().skip(1).map(|(at, _)| piece.split_at(at));
        let known = |part: &str| ids.get(part).copied().filter(|&p| kinds[p] == 1);
        merges.extend(cuts.filter_map(|(a, b)| Some((i, known(a)?, known(b)?))));
    }
    // The best score first; of equal scores, the piece that stands earlier in the vocabulary.
    merges.sort_by(|a, b| scores[b.0].total_cmp(&scores[a.0]).then(a.cmp(b)));
    let merges = merges.into_iter().map(|(_, a, b)| (pieces[a].clone(), pieces[b].clone())).collect::<Vec<_>>();
    let vocabulary: Vocab = pieces.iter().cloned().zip(0..).collect();
    let unknown = kinds.iter().position(|&k| k == 2).map(|i| pieces[i].clone());
    let mut bpe = BPE::builder().vocab_and_merges(vocabulary, merges);
    bpe = bpe.byte_fallback(true).fuse_unk(true);
    if let Some(unknown) = unknown {
        bpe = bpe.unk_token(unknown);
    }
    let mut tokenizer = Tokenizer::new(bpe.build().map_err(|e| e.to_string())?);
    let space = || Replace::new(" ", SPACE).map_err(|e| e.to_string());
    let mut normal: Vec<NormalizerWrapper> = Vec::new();
    let mut decode: Vec<DecoderWrapper> = Vec::new();
    if space_first {
        normal.push(Prepend::new(SPACE.into()).into());
    }
    normal.push(space()?.into());
    decode.push(Replace::new(SPACE, " ").map_err(|e| e.to_string())?.into());
    decode.push(ByteFallback::new().into());
    decode.push(Fuse::new().into());
    if space_first {
        decode.push(Strip::new(' ', 1, 0).into());
    }
    tokenizer.with_normalizer(Some(Sequence::new(normal))).map_err(|e| e.to_string())?;
    tokenizer.with_decoder(Some(Decoders::new(decode)));
    let added = pieces.iter().zip(kinds).filter(|(_, k)| !PLAIN.contains(k));
    let added: Vec<AddedToken> = added.map(|(p, _)| AddedToken::from(p.clone(), true).normalized(false)).collect();
    tokenizer.add_special_tokens(added).map_err(|e| e.to_string())?;
    Ok(tokenizer)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A small tokenizer whose vocabulary is laid out as SentencePiece does it: 3 special pieces,
    /// 256 bytes, then normal pieces with falling scores.
    fn small(space_first: bool) -> Tokenizer {
        let mut pieces = vec!["<unk>".to_string(), "<s>".into(), "</s>".into()];
        let mut kinds = vec![2, 3, 3];
        pieces.extend((0..=255).map(|b| format!("<0x{b:02X}>")));
        kinds.extend([6; 256]);
        let words = ["▁l", "▁la", "ar", "ée", "mée", "▁", "l", "a", "r", "m", "é", "e"];
        kinds.extend([1; 12]);
        pieces.extend(words.map(str::to_string));
        let scores: Vec<f32> = (0..pieces.len()).map(|i| if i < 259 { 0. } else { -((i - 259) as f32) }).collect();
        build(&pieces, &scores, &kinds, space_first).unwrap()
    }

    #[test]
    fn the_pieces_with_the_best_score_are_joined_first_and_unknown_letters_become_bytes() {
        let tokenizer = small(true);
        let encoding = tokenizer.encode("larmée né", false).unwrap();
        assert_eq!(encoding.get_tokens(), ["▁la", "r", "mée", "▁", "<0x6E>", "é"]);
        assert_eq!(tokenizer.decode(encoding.get_ids(), true).unwrap(), "larmée né");
    }

    #[test]
    fn gemma_gets_no_space_first_and_control_tokens_in_a_text_are_recognised() {
        let tokenizer = small(false);
        let encoding = tokenizer.encode("armée</s>", false).unwrap();
        assert_eq!(encoding.get_tokens(), ["ar", "mée", "</s>"]);
        assert_eq!(tokenizer.decode(encoding.get_ids(), true).unwrap(), "armée");
    }
}
