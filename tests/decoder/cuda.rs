//! The decoder on an NVIDIA card against the same decoder on the CPU. Without a card these tests say so and pass.

use super::tiny::{LAYERS, Random, Tiny};
use super::{EXACT, KINDS, TOLERANCE, after, cpu, crowded, distance};
use candle_core::Device;
use candle_core::cuda_backend::cudarc::driver::{CudaContext, DriverError, sys::CUresult};
use candle_core::quantized::GgmlDType;
use depeche::model::adapter::Adapter;
use depeche::model::decoder::device::DeviceDecoder;
use depeche::model::decoder::{AdapterId, Decoder, StepInput};
use depeche::model::kernels::isa::Isa;
use std::io::Write;

/// The card. Only where there is none is a test skipped; a card that does not work is a failure.
fn card(test: &str) -> Option<Device> {
    let reason = match CudaContext::device_count() {
        Ok(0) => "the driver counts none".to_string(),
        Err(e @ DriverError(CUresult::CUDA_ERROR_NO_DEVICE)) => format!("{e:?}"),
        _ => return Some(Device::new_cuda(0).expect("a card that works")),
    };
    // The test harness hides what `eprintln` writes in tests that pass.
    let _ = writeln!(std::io::stderr(), "skipped: {test}: no CUDA device: {reason}");
    None
}

/// The model on a device, by candle's tensors.
fn load(tiny: &Tiny, adapters: &[Adapter], device: &Device) -> DeviceDecoder {
    DeviceDecoder::load(&tiny.open(), adapters, device, &mut |_, _| ()).unwrap()
}

/// Fails where a distance is not below its limit. A name, the distance and the limit are given for
/// each. All are measured first, so that one run on an expensive card shows everything that is
/// wrong. The distance that comes nearest to its limit is printed in any case.
fn judge(distances: &[(String, f64, f64)]) {
    let shown = |(what, off, limit): &(String, f64, f64)| format!("{what}: {off:.4} (at most {limit})");
    if let Some(furthest) = distances.iter().max_by(|a, b| (a.1 / a.2).total_cmp(&(b.1 / b.2))) {
        let _ = writeln!(std::io::stderr(), "furthest of {}: {}", distances.len(), shown(furthest));
    }
    let wrong: Vec<String> = distances.iter().filter(|d| d.1.is_nan() || d.1 >= d.2).map(shown).collect();
    assert!(wrong.is_empty(), "off by:\n{}", wrong.join("\n"));
}

#[test]
fn cuda_gives_the_logits_of_the_cpu() {
    let Some(card) = card("logits") else { return };
    let mut distances = Vec::new();
    for architecture in ["qwen2", "qwen3", "llama", "gemma3"] {
        for (kinds, most) in [(&KINDS[..], TOLERANCE), (&[GgmlDType::F32], EXACT)] {
            let tiny = Tiny::new(architecture, kinds);
            let (mut on_card, mut on_cpu) = (load(&tiny, &[], &card), load(&tiny, &[], &Device::Cpu));
            // One token, a few, and many take different kernels; the last ones are longer than gemma3's window.
            for length in [1, 2, 7, 8, 9, 17, 70] {
                let tokens = Random(7 + length as u64).tokens(length);
                let right = after(&mut on_cpu, &tokens);
                let off = distance(&after(&mut on_card, &tokens), &right);
                distances.push((format!("{architecture}, {kinds:?}, {length} tokens"), off, most));
            }
        }
    }
    judge(&distances);
}

/// Each format is read by itself, and the logits are compared with the project's own kernels as
/// well.
#[test]
fn cuda_reads_every_format() {
    let Some(card) = card("formats") else { return };
    let mut distances = Vec::new();
    let others = [GgmlDType::F16, GgmlDType::Q2K, GgmlDType::Q3K, GgmlDType::Q4_1, GgmlDType::Q5_1];
    for kind in KINDS.into_iter().chain(others) {
        let tiny = Tiny::new("qwen2", &[kind]);
        for length in [1, 30] {
            let tokens = Random(5).tokens(length);
            let got = after(&mut load(&tiny, &[], &card), &tokens);
            let off = distance(&got, &after(&mut load(&tiny, &[], &Device::Cpu), &tokens));
            distances.push((format!("{kind:?}, {length} tokens"), off, TOLERANCE));
            let off = distance(&got, &after(&mut cpu(&tiny, 2, Isa::best()), &tokens));
            distances.push((format!("{kind:?}, {length} tokens, own kernels"), off, TOLERANCE));
        }
    }
    judge(&distances);
}

/// The sequences stand behind a shared prefix, and are read in pieces, in a batch with others that
/// come and go.
#[test]
fn cuda_reads_sequences_in_company_as_alone() {
    let Some(card) = card("company") else { return };
    let mut distances = Vec::new();
    for architecture in ["qwen2", "gemma3"] {
        let tiny = Tiny::new(architecture, &[GgmlDType::F32]);
        let prefix = Random(1).tokens(37);
        let texts: Vec<Vec<u32>> = (0..11).map(|i| Random(100 + i).tokens(3 + 5 * i as usize)).collect();
        let mut on_cpu = load(&tiny, &[], &Device::Cpu);
        for chunk in [1, 7, 50] {
            let together = crowded(&mut load(&tiny, &[], &card), &prefix, &texts, chunk);
            for (i, (got, text)) in together.iter().zip(&texts).enumerate() {
                let right = after(&mut on_cpu, &[prefix.as_slice(), text].concat());
                distances.push((format!("{architecture}, pieces of {chunk}, text {i}"), distance(got, &right), EXACT));
            }
        }
    }
    judge(&distances);
}

#[test]
fn cuda_runs_each_sequence_with_its_adapter() {
    let Some(card) = card("adapters") else { return };
    let tiny = Tiny::new("qwen2", &[GgmlDType::F32]);
    let kinds = (GgmlDType::Q8_0, GgmlDType::Q8_0);
    let adapters = [Adapter::open("translation", Tiny::adapter("qwen2", 32, kinds, LAYERS).path()).unwrap()];
    let texts: Vec<Vec<u32>> = (0..5).map(|i| Random(100 + i).tokens(3 + 4 * i as usize)).collect();
    let rows = |device: &Device| -> Vec<Vec<f32>> {
        let mut decoder = load(&tiny, &adapters, device);
        let open: Vec<_> = texts.iter().map(|t| decoder.open(None, t.len()).unwrap()).collect();
        let input = |(i, tokens)| StepInput {
            sequence: open[i],
            tokens,
            adapter: (i % 2 == 0).then_some(AdapterId(0)),
            logits: 1,
        };
        let inputs: Vec<StepInput<'_>> = texts.iter().map(Vec::as_slice).enumerate().map(input).collect();
        decoder.step(&inputs).unwrap().rows().map(<[f32]>::to_vec).collect()
    };
    let both = rows(&card).into_iter().zip(rows(&Device::Cpu)).enumerate();
    judge(&both.map(|(i, (got, right))| (format!("text {i}"), distance(&got, &right), EXACT)).collect::<Vec<_>>());
}
