//! Adapters give what merging them into the weights would give, and each sequence runs with its own
//! adapter.

use super::tiny::{LAYERS, Random, Tiny};
use super::{EXACT, KINDS, TOLERANCE, distance, reference};
use candle_core::Device;
use candle_core::quantized::GgmlDType;
use depeche::model::adapter::Adapter;
use depeche::model::decoder::cpu::CpuDecoder;
use depeche::model::decoder::device::DeviceDecoder;
use depeche::model::decoder::{AdapterId, Decoder, Resources, StepInput};
use depeche::model::kernels::isa::Isa;

/// Single precision for both matrices of an adapter.
const F32: (GgmlDType, GgmlDType) = (GgmlDType::F32, GgmlDType::F32);

fn open(file: &Tiny) -> Adapter {
    Adapter::open("translation", file.path()).unwrap()
}

fn cpu(tiny: &Tiny, adapters: &[Adapter], isa: Isa) -> CpuDecoder {
    let resources = Resources { threads: 2, tokens: 4096, isa };
    CpuDecoder::load(&tiny.open(), adapters, resources, &mut |_, _| ()).unwrap()
}

/// The logits behind a text that is read in one piece, with the adapter of this number or with none.
fn after(decoder: &mut dyn Decoder, tokens: &[u32], adapter: Option<usize>) -> Vec<f32> {
    let sequence = decoder.open(None, tokens.len()).unwrap();
    let input = StepInput { sequence, tokens, adapter: adapter.map(AdapterId), logits: 1 };
    let logits = decoder.step(&[input]).unwrap();
    decoder.close(sequence);
    logits.values
}

/// The reference is candle-transformers on weights into which the update was merged.
#[test]
fn an_adapter_does_what_merging_it_would() {
    for architecture in ["qwen2", "qwen3", "llama"] {
        let plain = Tiny::new(architecture, &[GgmlDType::F32]);
        let adapter = open(&Tiny::adapter(architecture, 8, F32, LAYERS));
        let merged = plain.merged(&adapter);
        for length in [1, 17, 70] {
            let tokens = Random(7 + length as u64).tokens(length);
            let right = reference(architecture, merged.path(), &tokens);
            let without = reference(architecture, plain.path(), &tokens);
            assert!(distance(&without, &right) > 0.3, "{architecture}: the adapter changes nothing worth a test");
            let adapters = std::slice::from_ref(&adapter);
            let mut device = DeviceDecoder::load(&plain.open(), adapters, &Device::Cpu, &mut |_, _| ()).unwrap();
            let off = distance(&after(&mut device, &tokens, Some(0)), &right);
            assert!(off < EXACT, "{architecture}, {length} tokens, on candle's tensors: off by {off:.4}");
            for isa in Isa::all() {
                let mut decoder = cpu(&plain, adapters, isa);
                let off = distance(&after(&mut decoder, &tokens, Some(0)), &right);
                assert!(off < TOLERANCE, "{architecture}, {length} tokens, {isa:?}: off by {off:.4}");
                let off = distance(&after(&mut decoder, &tokens, None), &without);
                assert!(off < TOLERANCE, "{architecture}, {length} tokens, {isa:?}, without: off by {off:.4}");
            }
        }
    }
}

/// The adapters have eight or sixteen bits. One rank fills a block of 32, the others do not.
#[test]
fn adapters_come_in_all_formats_and_ranks() {
    let tiny = Tiny::new("qwen2", &KINDS);
    let tokens = Random(5).tokens(30);
    for (rank, kinds) in [
        (32, (GgmlDType::Q8_0, GgmlDType::Q8_0)),
        (16, (GgmlDType::Q8_0, GgmlDType::F16)),
        (40, (GgmlDType::F16, GgmlDType::F16)),
    ] {
        let adapters = [open(&Tiny::adapter("qwen2", rank, kinds, LAYERS))];
        let mut device = DeviceDecoder::load(&tiny.open(), &adapters, &Device::Cpu, &mut |_, _| ()).unwrap();
        let right = after(&mut device, &tokens, Some(0));
        let off = distance(&after(&mut cpu(&tiny, &adapters, Isa::best()), &tokens, Some(0)), &right);
        assert!(off < TOLERANCE, "rank {rank}: off by {off:.4}");
    }
}

#[test]
fn an_adapter_may_leave_whole_layers_as_they_are() {
    // All weights are in blocks of 256, so nothing else asks for the inputs of the last layer in blocks of 32.
    let tiny = Tiny::new("qwen2", &[GgmlDType::Q4K]);
    let adapters = [open(&Tiny::adapter("qwen2", 8, F32, LAYERS - 1))];
    let tokens = Random(7).tokens(9);
    let mut device = DeviceDecoder::load(&tiny.open(), &adapters, &Device::Cpu, &mut |_, _| ()).unwrap();
    let right = after(&mut device, &tokens, Some(0));
    for isa in Isa::all() {
        let off = distance(&after(&mut cpu(&tiny, &adapters, isa), &tokens, Some(0)), &right);
        assert!(off < TOLERANCE, "{isa:?}: off by {off:.4}");
    }
}

#[test]
fn sequences_with_different_adapters_and_with_none_do_not_see_each_other() {
    let tiny = Tiny::new("qwen2", &KINDS);
    let adapters = [open(&Tiny::adapter("qwen2", 32, F32, LAYERS)), open(&Tiny::adapter("qwen2", 8, F32, LAYERS - 1))];
    let texts: Vec<Vec<u32>> = (0..9).map(|i| Random(100 + i).tokens(3 + 4 * i as usize)).collect();
    let with = |i: usize| [None, Some(0), Some(1)][i % 3];
    for isa in Isa::all() {
        let mut decoder = cpu(&tiny, &adapters, isa);
        let alone: Vec<Vec<f32>> = texts.iter().enumerate().map(|(i, t)| after(&mut decoder, t, with(i))).collect();
        let plain: Vec<Vec<f32>> = texts.iter().map(|t| after(&mut cpu(&tiny, &[], isa), t, None)).collect();
        for i in 0..texts.len() {
            assert_eq!(alone[i] == plain[i], with(i).is_none(), "{isa:?}, sequence {i}");
        }
        let open: Vec<_> = texts.iter().map(|t| decoder.open(None, t.len()).unwrap()).collect();
        let input = |(i, t): (usize, &Vec<u32>), range: std::ops::Range<usize>| StepInput {
            sequence: open[i],
            tokens: &texts[i][range.start..range.end.min(t.len())],
            adapter: with(i).map(AdapterId),
            logits: 1,
        };
        decoder.step(&texts.iter().enumerate().map(|t| input(t, 0..2)).collect::<Vec<_>>()).unwrap();
        let rest: Vec<_> = texts.iter().enumerate().map(|t| input(t, 2..usize::MAX)).collect();
        let together: Vec<Vec<f32>> = decoder.step(&rest).unwrap().rows().map(<[f32]>::to_vec).collect();
        assert!(together == alone, "{isa:?}");
    }
}

#[test]
fn an_adapter_for_another_model_is_refused_in_one_line() {
    let tiny = Tiny::new("qwen2", &[GgmlDType::Q8_0]);
    let load = |adapter: &Tiny| -> Result<(), String> {
        let adapter = Adapter::open("translation", adapter.path()).map_err(|e| e.to_string())?;
        let resources = Resources { threads: 1, tokens: 512, isa: Isa::best() };
        let loaded = CpuDecoder::load(&tiny.open(), &[adapter], resources, &mut |_, _| ());
        loaded.map(|_| ()).map_err(|e| e.to_string())
    };
    for (adapter, reason) in [
        (Tiny::adapter("llama", 8, F32, LAYERS), "was made for another model (\"llama\", not \"qwen2\")"),
        (Tiny::adapter("qwen2", 8, F32, LAYERS + 1), "was made for another model (8 layers, not 7)"),
        (Tiny::new("qwen2", &[GgmlDType::Q8_0]), "is no adapter"),
    ] {
        let error = load(&adapter).unwrap_err();
        assert!(error.contains(reason) && !error.contains('\n'), "{error}");
    }
    assert_eq!(load(&Tiny::adapter("qwen2", 8, F32, LAYERS)), Ok(()));
}
