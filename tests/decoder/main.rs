//! The decoder gives the logits of candle-transformers, and the same ones alone, in batches, in
//! pieces and on more threads.

mod adapters;
#[cfg(feature = "cuda")]
mod cuda;
mod tiny;

use candle_core::quantized::GgmlDType;
use candle_core::quantized::gguf_file::Content;
use candle_core::{Device, Tensor};
use candle_transformers::models::{quantized_llama, quantized_qwen2, quantized_qwen3};
use depeche::model::decoder::cpu::CpuDecoder;
use depeche::model::decoder::device::DeviceDecoder;
use depeche::model::decoder::{Decoder, Resources, SequenceId, StepInput};
use depeche::model::kernels::isa::Isa;
use std::fs::File;
use std::path::Path;
use tiny::{Random, Tiny};

/// The formats that a Q4_K_M file has, and those that stand in for them in a small model whose
/// width is no multiple of 256.
const KINDS: [GgmlDType; 6] =
    [GgmlDType::Q4K, GgmlDType::Q6K, GgmlDType::Q8_0, GgmlDType::Q5_0, GgmlDType::Q5K, GgmlDType::Q4_0];

/// The model on the project's own kernels.
fn cpu(tiny: &Tiny, threads: usize, isa: Isa) -> CpuDecoder {
    CpuDecoder::load(&tiny.open(), &[], Resources { threads, tokens: 4096, isa }, &mut |_, _| ()).unwrap()
}

/// The logits behind a text that is read in one piece.
fn after(decoder: &mut dyn Decoder, tokens: &[u32]) -> Vec<f32> {
    let sequence = decoder.open(None, tokens.len()).unwrap();
    let logits = decoder.step(&[StepInput { sequence, tokens, adapter: None, logits: 1 }]).unwrap();
    decoder.close(sequence);
    logits.values
}

/// Root mean square of the difference over that of the reference.
fn distance(got: &[f32], reference: &[f32]) -> f64 {
    assert_eq!(got.len(), reference.len());
    let square = |v: &mut dyn Iterator<Item = f32>| v.map(|v| f64::from(v).powi(2)).sum::<f64>();
    let off = square(&mut got.iter().zip(reference).map(|(a, b)| a - b));
    (off / square(&mut reference.iter().copied())).sqrt()
}

/// The logits that candle-transformers gives behind a text.
fn reference(architecture: &str, path: &Path, tokens: &[u32]) -> Vec<f32> {
    let mut file = File::open(path).unwrap();
    let content = Content::read(&mut file).unwrap();
    let x = Tensor::new(tokens, &Device::Cpu).unwrap().unsqueeze(0).unwrap();
    let logits = match architecture {
        "qwen2" => quantized_qwen2::ModelWeights::from_gguf(content, &mut file, &Device::Cpu).unwrap().forward(&x, 0),
        "qwen3" => quantized_qwen3::ModelWeights::from_gguf(content, &mut file, &Device::Cpu).unwrap().forward(&x, 0),
        "llama" => quantized_llama::ModelWeights::from_gguf(content, &mut file, &Device::Cpu).unwrap().forward(&x, 0),
        other => panic!("no reference for {other}"),
    };
    logits.unwrap().flatten_all().unwrap().to_vec1().unwrap()
}

/// Both sides round activations to eight bits before each product, in blocks of different sizes. Each error is up to a
/// 254th of a block's largest value; over fourteen parts of seven layers they come to 2 to 3 %, and to 5 where they
/// change what a random attention looks at. candle's own kernels differ by 3.6 % when nothing but the order of the sums
/// in attention changes. A mistake (an angle, a head, a mask) makes 50 % and more.
const TOLERANCE: f64 = 0.06;

/// The tolerance where nothing is rounded to eight bits: single precision, summed in different orders.
const EXACT: f64 = 0.003;

#[test]
fn logits_agree_with_candle_transformers() {
    for architecture in ["qwen2", "qwen3", "llama"] {
        let tiny = Tiny::new(architecture, &KINDS);
        for length in [1, 2, 17, 70] {
            let tokens = Random(7 + length as u64).tokens(length);
            let right = reference(architecture, tiny.path(), &tokens);
            for isa in Isa::all() {
                let off = distance(&after(&mut cpu(&tiny, 2, isa), &tokens), &right);
                assert!(off < TOLERANCE, "{architecture}, {length} tokens, {isa:?}: off by {off:.4}");
            }
        }
        let plain = Tiny::new(architecture, &[GgmlDType::F32]);
        for length in [1, 17, 70] {
            let tokens = Random(7 + length as u64).tokens(length);
            let right = reference(architecture, plain.path(), &tokens);
            let mut device = DeviceDecoder::load(&plain.open(), &[], &Device::Cpu, &mut |_, _| ()).unwrap();
            let off = distance(&after(&mut device, &tokens), &right);
            assert!(off < EXACT, "{architecture}, {length} tokens, on candle's tensors: off by {off:.4}");
        }
    }
}

/// candle-transformers 0.11 is no reference for gemma3: it has SiLU, where the model has GELU, and sees one token more
/// in its windows. So our two decoders are compared with each other, over texts longer than the window.
#[test]
fn gemma3_agrees_between_kernels_and_tensors() {
    let tiny = Tiny::new("gemma3", &KINDS);
    for length in [1, 20, 24, 25, 80] {
        let tokens = Random(3 + length as u64).tokens(length);
        let mut device = DeviceDecoder::load(&tiny.open(), &[], &Device::Cpu, &mut |_, _| ()).unwrap();
        let right = after(&mut device, &tokens);
        let off = distance(&after(&mut cpu(&tiny, 2, Isa::best()), &tokens), &right);
        assert!(off < TOLERANCE, "{length} tokens: off by {off:.4}");
    }
}

/// Weights in formats without kernels are converted to eight bits.
#[test]
fn other_formats_work_too() {
    for kind in [GgmlDType::F16, GgmlDType::Q3K, GgmlDType::Q4_1] {
        let tiny = Tiny::new("qwen2", &[kind]);
        let tokens = Random(5).tokens(30);
        let off = distance(&after(&mut cpu(&tiny, 2, Isa::best()), &tokens), &reference("qwen2", tiny.path(), &tokens));
        assert!(off < TOLERANCE, "{kind:?}: off by {off:.4}");
    }
}

/// The logits of hypotheses that are forked from each other, as a beam search does it: first with
/// the prefix in a sequence of its own, which they share, then with the prefix in the first
/// hypothesis. Both times the same six texts are read.
fn forked(decoder: &mut dyn Decoder) -> Vec<Vec<f32>> {
    let [prefix, stem, left, right] = [(1, 9), (2, 5), (3, 4), (4, 6)].map(|(s, n)| Random(s).tokens(n));
    let read = |decoder: &mut dyn Decoder, sequence, tokens: &[u32]| {
        decoder.step(&[StepInput { sequence, tokens, adapter: None, logits: 1 }]).unwrap().values
    };
    let mut out = Vec::new();
    for shared in [true, false] {
        let root = decoder.open(None, prefix.len() + 40).unwrap();
        out.push(read(decoder, root, &prefix));
        let first = if shared { decoder.open(Some(root), 40).unwrap() } else { root };
        out.push(read(decoder, first, &stem));
        let second = decoder.open(Some(first), 20).unwrap();
        out.push(read(decoder, first, &left));
        out.push(read(decoder, second, &right));
        let third = decoder.open(Some(second), 10).unwrap();
        out.push(read(decoder, third, &left));
        out.push(read(decoder, second, &left));
        for sequence in [third, second, first] {
            decoder.close(sequence);
        }
        if shared {
            decoder.close(root);
        }
    }
    out
}

#[test]
fn hypotheses_fork_on_every_decoder() {
    let tiny = Tiny::new("qwen2", &[GgmlDType::F32]);
    let own = forked(&mut cpu(&tiny, 1, Isa::best()));
    let device = forked(&mut DeviceDecoder::load(&tiny.open(), &[], &Device::Cpu, &mut |_, _| ()).unwrap());
    assert_eq!(own.len(), 12);
    for (i, (own, device)) in own.iter().zip(&device).enumerate() {
        let off = distance(device, own);
        assert!(off < TOLERANCE, "text {i}: off by {off:.5}");
    }
    // The logits depend only on the tokens of a hypothesis, not on what it was forked from.
    assert_eq!(own[..6], own[6..]);
}

/// Reads texts behind a prefix that they share, in pieces of up to `chunk` tokens; text `i` joins the batch at step
/// `i`. Returns the logits behind each text.
fn crowded(decoder: &mut dyn Decoder, prefix: &[u32], texts: &[Vec<u32>], chunk: usize) -> Vec<Vec<f32>> {
    let shared = decoder.open(None, prefix.len()).unwrap();
    decoder.step(&[StepInput { sequence: shared, tokens: prefix, adapter: None, logits: 0 }]).unwrap();
    let open: Vec<SequenceId> = texts.iter().map(|t| decoder.open(Some(shared), t.len()).unwrap()).collect();
    let mut last = vec![Vec::new(); texts.len()];
    let mut read = vec![0; texts.len()];
    for step in 0.. {
        let now: Vec<usize> = (0..texts.len()).filter(|&i| i <= step && read[i] < texts[i].len()).collect();
        if now.is_empty() {
            break;
        }
        let ends: Vec<usize> = now.iter().map(|&i| texts[i].len().min(read[i] + 1 + (i + step) % chunk)).collect();
        let input = |(&i, &end): (&usize, &usize)| StepInput {
            sequence: open[i],
            tokens: &texts[i][read[i]..end],
            adapter: None,
            logits: 1,
        };
        let logits = decoder.step(&now.iter().zip(&ends).map(input).collect::<Vec<_>>()).unwrap();
        for ((row, &i), &end) in logits.rows().zip(&now).zip(&ends) {
            last[i] = row.to_vec();
            read[i] = end;
            if read[i] == texts[i].len() {
                decoder.close(open[i]);
            }
        }
    }
    decoder.close(shared);
    last
}

#[test]
fn a_text_gives_the_same_bits_alone_and_in_any_company() {
    for architecture in ["qwen2", "gemma3"] {
        let tiny = Tiny::new(architecture, &KINDS);
        let prefix = Random(1).tokens(37);
        let texts: Vec<Vec<u32>> = (0..11).map(|i| Random(100 + i).tokens(3 + 5 * i as usize)).collect();
        let mut vectors: Option<Vec<Vec<f32>>> = None;
        for isa in Isa::all() {
            let mut decoder = cpu(&tiny, 1, isa);
            let alone: Vec<Vec<f32>> =
                texts.iter().map(|t| after(&mut decoder, &[prefix.as_slice(), t].concat())).collect();
            // Without fused multiply-add, what lies between the products is rounded differently; all other instruction
            // sets agree.
            if isa != Isa::Portable {
                assert!(*vectors.get_or_insert_with(|| alone.clone()) == alone, "{architecture}, {isa:?}");
            }
            for threads in [1, 3] {
                for chunk in [1, 7, 50] {
                    let together = crowded(&mut cpu(&tiny, threads, isa), &prefix, &texts, chunk);
                    assert!(together == alone, "{architecture}, {isa:?}, {threads} threads, pieces of up to {chunk}");
                }
            }
        }
    }
}
