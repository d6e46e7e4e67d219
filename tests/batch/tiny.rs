//! An instruct model with random weights, good enough for a whole run: what it writes is nonsense,
//! but always the same.

use candle_core::quantized::gguf_file::{Value, write};
use candle_core::quantized::{GgmlDType, QTensor};
use candle_core::{Device, Tensor};
use std::path::Path;

const HIDDEN: usize = 64;
const FFN: usize = 128;
const HEAD: usize = 32;
/// The tokens: 256 bytes, one merge, three control tokens, and unused ones up to a multiple of 32.
const VOCABULARY: usize = 288;

const TEMPLATE: &str = "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}\
                        {% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}";

/// The characters by which byte-level BPE writes bytes (GPT-2's table).
fn byte_tokens() -> Vec<String> {
    let mut next = 256;
    let shown = |b: u32| matches!(b, 0x21..=0x7e | 0xa1..=0xac | 0xae..=0xff);
    let mut char_of = |b: u32| {
        if shown(b) {
            return b;
        }
        next += 1;
        next - 1
    };
    (0..256).map(|b| char::from_u32(char_of(b)).unwrap().to_string()).collect()
}

/// Writes the model. `template` and the metadata of `more` replace those that it has otherwise.
pub fn model(path: &Path, template: Option<&str>, more: &[(&str, Value)]) {
    let mut state = 0x9E37_79B9_7F4A_7C15u64;
    let mut tensors: Vec<(String, QTensor)> = Vec::new();
    let mut add = |name: String, shape: &[usize], middle: f32, spread: f32, kind: GgmlDType| {
        let values: Vec<f32> = (0..shape.iter().product())
            .map(|_| {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                middle + spread * ((state % 20_001) as f32 / 10_000. - 1.)
            })
            .collect();
        let tensor = Tensor::from_vec(values, shape, &Device::Cpu).unwrap();
        tensors.push((name, QTensor::quantize(&tensor, kind).unwrap()));
    };
    // About as large as trained weights, so that sums over the inner dimension neither grow nor
    // shrink.
    let wide = |inner: usize| 1.7 / (inner as f32).sqrt();
    for name in ["token_embd.weight", "output.weight"] {
        add(name.into(), &[VOCABULARY, HIDDEN], 0., wide(HIDDEN), GgmlDType::Q8_0);
    }
    for (part, columns, inner) in [
        ("attn_q", HIDDEN, HIDDEN),
        ("attn_k", HEAD, HIDDEN),
        ("attn_v", HEAD, HIDDEN),
        ("attn_output", HIDDEN, HIDDEN),
        ("ffn_gate", FFN, HIDDEN),
        ("ffn_up", FFN, HIDDEN),
        ("ffn_down", HIDDEN, FFN),
    ] {
        add(format!("blk.0.{part}.weight"), &[columns, inner], 0., wide(inner), GgmlDType::Q8_0);
    }
    for norm in ["output_norm", "blk.0.attn_norm", "blk.0.ffn_norm"] {
        add(format!("{norm}.weight"), &[HIDDEN], 1., 0.2, GgmlDType::F32);
    }
    // Types of tokens in GGUF files: 1 is a normal token, 3 a control token, 5 an unused one.
    let (mut tokens, mut types) = (byte_tokens(), vec![1; 257]);
    tokens.push("es".into());
    for control in ["<|endoftext|>", "<|im_start|>", "<|im_end|>"] {
        tokens.push(control.into());
        types.push(3);
    }
    for n in tokens.len()..VOCABULARY {
        tokens.push(format!("<|unused_{n}|>"));
        types.push(5);
    }
    let strings = |all: Vec<String>| Value::Array(all.into_iter().map(Value::String).collect());
    let number = |v: usize| Value::U32(v as u32);
    let mut metadata = vec![
        ("general.architecture", Value::String("llama".into())),
        ("llama.block_count", number(1)),
        ("llama.embedding_length", number(HIDDEN)),
        ("llama.feed_forward_length", number(FFN)),
        ("llama.attention.head_count", number(HIDDEN / HEAD)),
        ("llama.attention.head_count_kv", number(1)),
        ("llama.attention.key_length", number(HEAD)),
        ("llama.rope.dimension_count", number(HEAD)),
        ("llama.context_length", number(8192)),
        ("llama.attention.layer_norm_rms_epsilon", Value::F32(1e-6)),
        ("llama.rope.freq_base", Value::F32(10_000.)),
        ("tokenizer.ggml.model", Value::String("gpt2".into())),
        ("tokenizer.ggml.pre", Value::String("qwen2".into())),
        ("tokenizer.ggml.tokens", strings(tokens)),
        ("tokenizer.ggml.token_type", Value::Array(types.into_iter().map(Value::I32).collect())),
        ("tokenizer.ggml.merges", strings(vec!["e s".into()])),
        // `<|im_end|>`.
        ("tokenizer.ggml.eos_token_id", number(259)),
        ("tokenizer.chat_template", Value::String(template.unwrap_or(TEMPLATE).into())),
    ];
    for (key, value) in more {
        metadata.retain(|(k, _)| k != key);
        metadata.push((key, value.clone()));
    }
    let metadata: Vec<(&str, &Value)> = metadata.iter().map(|(k, v)| (*k, v)).collect();
    let tensors: Vec<(&str, &QTensor)> = tensors.iter().map(|(n, t)| (n.as_str(), t)).collect();
    write(&mut std::fs::File::create(path).unwrap(), &metadata, &tensors).unwrap();
}
