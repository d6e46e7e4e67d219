//! Tiny models with random weights, written as GGUF files.

use candle_core::quantized::gguf_file::{Value, write};
use candle_core::quantized::{GgmlDType, QTensor};
use candle_core::{Device, Tensor};
use depeche::model::adapter::Adapter;
use depeche::model::gguf::Gguf;
use std::path::{Path, PathBuf};

/// How many tokens the models have.
pub const VOCABULARY: usize = 320;
const HIDDEN: usize = 256;
const HEADS: usize = 4;
const KV_HEADS: usize = 2;
/// The width of an attention head.
const HEAD: usize = 64;
/// The inner width of the feed-forward network.
const FFN: usize = 512;
/// How many layers the models have.
pub const LAYERS: usize = 7;

/// Numbers that look random and are the same in every run (xorshift64, Marsaglia 2003). The seed
/// must not be 0.
pub struct Random(pub u64);

impl Random {
    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A text of `n` tokens.
    pub fn tokens(&mut self, n: usize) -> Vec<u32> {
        (0..n).map(|_| (self.next() % VOCABULARY as u64) as u32).collect()
    }

    /// Numbers around `middle`, `spread` away at most.
    fn numbers(&mut self, n: usize, middle: f32, spread: f32) -> Vec<f32> {
        (0..n).map(|_| middle + spread * ((self.next() % 20_001) as f32 / 10_000. - 1.)).collect()
    }
}

/// A model file of an architecture, in a folder that lives as long as the value.
pub struct Tiny {
    _dir: tempfile::TempDir,
    path: PathBuf,
}

impl Tiny {
    /// A model of this architecture. Its matrices take the formats of `kinds` in turn.
    pub fn new(architecture: &str, kinds: &[GgmlDType]) -> Tiny {
        let mut random = Random(42);
        let mut tensors: Vec<(String, QTensor)> = Vec::new();
        let mut kinds = kinds.iter().cycle();
        let mut add = |name: String, shape: &[usize], middle: f32, spread: f32, kind: GgmlDType| {
            let values = random.numbers(shape.iter().product(), middle, spread);
            let tensor = Tensor::from_vec(values, shape, &Device::Cpu).unwrap();
            tensors.push((name, QTensor::quantize(&tensor, kind).unwrap()));
        };
        let f32 = GgmlDType::F32;
        let mut matrix = |name: String, columns: usize, inner: usize| {
            // About as large as trained weights, so that sums over the inner dimension neither grow nor shrink from
            // layer to layer: numbers spread evenly up to √3 / √n on either side of 0 have a variance of 1 / n.
            (name, [columns, inner], 1.7 / (inner as f32).sqrt(), *kinds.next().unwrap())
        };
        let mut matrices = vec![matrix("token_embd.weight".into(), VOCABULARY, HIDDEN)];
        if architecture != "gemma3" {
            matrices.push(matrix("output.weight".into(), VOCABULARY, HIDDEN));
        }
        for i in 0..LAYERS {
            let mut of = |part: &str, columns, inner| {
                matrices.push(matrix(format!("blk.{i}.{part}.weight"), columns, inner));
            };
            of("attn_q", HEADS * HEAD, HIDDEN);
            of("attn_k", KV_HEADS * HEAD, HIDDEN);
            of("attn_v", KV_HEADS * HEAD, HIDDEN);
            of("attn_output", HIDDEN, HEADS * HEAD);
            of("ffn_gate", FFN, HIDDEN);
            of("ffn_up", FFN, HIDDEN);
            of("ffn_down", HIDDEN, FFN);
        }
        for (name, shape, spread, kind) in matrices {
            add(name, &shape, 0., spread, kind);
        }
        add("output_norm.weight".into(), &[HIDDEN], 1., 0.2, f32);
        for i in 0..LAYERS {
            for norm in ["attn_norm", "ffn_norm"] {
                add(format!("blk.{i}.{norm}.weight"), &[HIDDEN], 1., 0.2, f32);
            }
            if architecture == "gemma3" {
                for norm in ["post_attention_norm", "post_ffw_norm"] {
                    add(format!("blk.{i}.{norm}.weight"), &[HIDDEN], 0.5, 0.2, f32);
                }
            }
            if matches!(architecture, "qwen3" | "gemma3") {
                for norm in ["attn_q_norm", "attn_k_norm"] {
                    add(format!("blk.{i}.{norm}.weight"), &[HEAD], 1., 0.3, f32);
                }
            }
            if architecture == "qwen2" {
                for (part, width) in
                    [("attn_q", HEADS * HEAD), ("attn_k", KV_HEADS * HEAD), ("attn_v", KV_HEADS * HEAD)]
                {
                    add(format!("blk.{i}.{part}.bias"), &[width], 0., 0.5, f32);
                }
            }
        }
        let key = |k: &str| format!("{architecture}.{k}");
        let number = |k: &str, v: usize| (key(k), Value::U32(v as u32));
        let mut metadata = vec![
            ("general.architecture".to_string(), Value::String(architecture.into())),
            number("block_count", LAYERS),
            number("embedding_length", HIDDEN),
            number("feed_forward_length", FFN),
            number("attention.head_count", HEADS),
            number("attention.head_count_kv", KV_HEADS),
            number("attention.key_length", HEAD),
            number("attention.value_length", HEAD),
            number("rope.dimension_count", HEAD),
            number("context_length", 512),
            (key("attention.layer_norm_rms_epsilon"), Value::F32(1e-6)),
            (key("rope.freq_base"), Value::F32(10_000.)),
        ];
        if architecture == "gemma3" {
            metadata.push(number("attention.sliding_window", 24));
        }
        let metadata: Vec<(&str, &Value)> = metadata.iter().map(|(k, v)| (k.as_str(), v)).collect();
        Tiny::write(&metadata, &tensors)
    }

    /// An adapter of this rank for the first `layers` layers of such a model: A matrices of the
    /// format `kinds.0`, B matrices of `kinds.1`.
    pub fn adapter(architecture: &str, rank: usize, kinds: (GgmlDType, GgmlDType), layers: usize) -> Tiny {
        let mut random = Random(77 + rank as u64);
        let mut tensors = Vec::new();
        for i in 0..layers {
            for (part, columns, inner) in [
                ("attn_q", HEADS * HEAD, HIDDEN),
                ("attn_v", KV_HEADS * HEAD, HIDDEN),
                ("attn_output", HIDDEN, HEADS * HEAD),
                ("ffn_gate", FFN, HIDDEN),
                ("ffn_down", HIDDEN, FFN),
            ] {
                for (which, shape, spread, kind) in [
                    ("lora_a", (rank, inner), 1.7 / (inner as f32).sqrt(), kinds.0),
                    ("lora_b", (columns, rank), 0.5 / (rank as f32).sqrt(), kinds.1),
                ] {
                    let values = random.numbers(shape.0 * shape.1, 0., spread);
                    let tensor = Tensor::from_vec(values, shape, &Device::Cpu).unwrap();
                    let name = format!("blk.{i}.{part}.weight.{which}");
                    tensors.push((name, QTensor::quantize(&tensor, kind).unwrap()));
                }
            }
        }
        let text = |text: &str| Value::String(text.into());
        let (kind, lora, architecture) = (text("adapter"), text("lora"), text(architecture));
        let metadata = [
            ("general.type", &kind),
            ("general.architecture", &architecture),
            ("adapter.type", &lora),
            ("adapter.lora.alpha", &Value::F32(2. * rank as f32)),
        ];
        Tiny::write(&metadata, &tensors)
    }

    /// The same model with an adapter's updates added to its weights, in single precision.
    pub fn merged(&self, adapter: &Adapter) -> Tiny {
        let file = self.open();
        let content = &file.content;
        let merge = |name: &String| {
            let weight = file.dequantized(name, &Device::Cpu).unwrap();
            let (columns, inner) = weight.dims2().unwrap_or((0, 0));
            let factors = if columns > 0 { adapter.factors(name, columns, inner).unwrap() } else { None };
            let weight = factors.map_or(weight.clone(), |f| {
                let a = Tensor::from_vec(f.a, (f.rank, inner), &Device::Cpu).unwrap();
                let b = Tensor::from_vec(f.b, (columns, f.rank), &Device::Cpu).unwrap();
                (weight + b.matmul(&a).unwrap()).unwrap()
            });
            (name.clone(), QTensor::quantize(&weight, GgmlDType::F32).unwrap())
        };
        let tensors: Vec<(String, QTensor)> = content.tensor_infos.keys().map(merge).collect();
        Tiny::write(&content.metadata.iter().map(|(k, v)| (k.as_str(), v)).collect::<Vec<_>>(), &tensors)
    }

    /// Writes a GGUF file with this metadata and these tensors.
    fn write(metadata: &[(&str, &Value)], tensors: &[(String, QTensor)]) -> Tiny {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("tiny.gguf");
        let mut file = std::fs::File::create(&path).unwrap();
        let tensors: Vec<(&str, &QTensor)> = tensors.iter().map(|(n, t)| (n.as_str(), t)).collect();
        write(&mut file, metadata, &tensors).unwrap();
        Tiny { _dir: dir, path }
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The file, opened as the program opens it.
    pub fn open(&self) -> Gguf {
        Gguf::open(&self.path).unwrap()
    }
}
