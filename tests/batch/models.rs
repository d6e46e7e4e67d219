//! Model files that are damaged, or made to do harm. Whatever is wrong with one, the program prints
//! one line of error that names it.

use crate::{Desk, stderr, tiny};
use candle_core::quantized::gguf_file::Value;
use depeche::model::chat::Template;
use depeche::model::decoder::cpu::CpuDecoder;
use depeche::model::decoder::{Decoder, Resources, StepInput};
use depeche::model::gguf::Gguf;
use depeche::model::kernels::isa::Isa;
use depeche::model::tokenizer::Vocabulary;
use depeche::model::{Message, ModelError, Role};

/// Translates with the model and wants one line of error, and no panic.
#[track_caller]
fn refused(desk: &Desk, what: &str) {
    let output = desk.run(&["press.jsonl", "-o", "out"]);
    let said = stderr(&output);
    assert!([Some(2), Some(75)].contains(&output.status.code()), "{what}: {:?} {said}", output.status);
    assert!(!said.contains("panicked") && !said.contains("fault"), "{what}: {said}");
    let errors: Vec<&str> = said.lines().filter(|l| l.contains("error")).collect();
    assert!(errors.len() == 1 && errors[0].contains("tiny"), "{what}: {said}");
}

#[test]
fn numbers_that_make_no_sense_are_refused() {
    let desk = Desk::new(1);
    let keys = [
        "block_count",
        "embedding_length",
        "attention.head_count",
        "attention.head_count_kv",
        "attention.key_length",
        "context_length",
    ];
    for key in keys {
        for value in [Value::U32(0), Value::U32(u32::MAX), Value::U64(1 << 32), Value::U64(u64::MAX), Value::I32(-1)] {
            let what = format!("{key} {value:?}");
            tiny::model(&desk.path("tiny.gguf"), None, &[(&format!("llama.{key}"), value)]);
            refused(&desk, &what);
        }
    }
    for alignment in [0, 1, 3, 1 << 30] {
        tiny::model(&desk.path("tiny.gguf"), None, &[("general.alignment", Value::U32(alignment))]);
        refused(&desk, "alignment");
    }
    for base in [0., -1., f32::NAN, f32::INFINITY] {
        tiny::model(&desk.path("tiny.gguf"), None, &[("llama.rope.freq_base", Value::F32(base))]);
        refused(&desk, "base");
    }
}

#[test]
fn a_template_that_never_ends_or_never_stops_growing_is_refused() {
    let desk = Desk::new(1);
    let loops = "{% for a in range(9999) %}{% for b in range(9999) %}{% for c in range(9999) %}{% endfor %}{% endfor %}{% endfor %}";
    let doubling = "{% set ns = namespace(s='xxxxxxxxxxxxxxxx') %}{% for a in range(60) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}";
    let output = "{% for a in range(99999) %}{{ 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' }}{% endfor %}";
    for template in [loops, doubling, output, "{{ raise_exception('no') }}", "{% for %}"] {
        tiny::model(&desk.path("tiny.gguf"), Some(template), &[]);
        refused(&desk, template);
    }
}

/// How many rounds a random test makes: `usual`, or as many as `DEPECHE_FUZZ` says, to search for
/// longer.
fn rounds(usual: usize) -> usize {
    std::env::var("DEPECHE_FUZZ").ok().and_then(|n| n.parse().ok()).unwrap_or(usual)
}

/// xorshift64 (Marsaglia 2003).
struct Random(u64);

impl Random {
    /// A number below `n`.
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n as u64) as usize
    }

    /// The file with some bytes, numbers or pieces of its header changed. The rest of a file is
    /// mostly weights, where a change breaks nothing.
    fn damaged(&mut self, whole: &[u8]) -> Vec<u8> {
        const NUMBERS: [u64; 10] =
            [0, 1, 7, 0xff, 0x7fff_ffff, 0xffff_ffff, 1 << 32, 1 << 61, u64::MAX, i64::MAX as u64];
        let mut bytes = whole.to_vec();
        for _ in 0..1 + self.below(3) {
            // The header of the tiny model has less than 12,000 bytes. At most 16 bytes are changed
            // or copied at one place.
            let header = bytes.len().min(12_000) - 16;
            let at = if self.below(3) == 0 { self.below(64) } else { self.below(header) };
            let length = 1 + self.below(16);
            match self.below(8) {
                0 => bytes.truncate(at),
                1 => drop(bytes.drain(at..at + length)),
                2 => bytes.splice(at..at, vec![self.below(256) as u8; length]).for_each(drop),
                3 => {
                    let from = self.below(header);
                    bytes.copy_within(from..from + length, at);
                }
                4 | 5 => {
                    let wide = [4, 8][self.below(2)];
                    bytes[at..at + wide].copy_from_slice(&NUMBERS[self.below(NUMBERS.len())].to_le_bytes()[..wide]);
                }
                _ => bytes[at] = [0, 1, 0xff, 0x80, self.below(256) as u8][self.below(5)],
            }
            if bytes.len() < 100 {
                break;
            }
        }
        bytes
    }
}

/// The model is refused or works, and nothing panics.
#[test]
fn a_damaged_header_is_refused_or_harmless() {
    let desk = Desk::new(1);
    tiny::model(&desk.path("tiny.gguf"), None, &[]);
    let whole = std::fs::read(desk.path("tiny.gguf")).unwrap();
    let mut random = Random(7);
    for round in 0..rounds(60) {
        std::fs::write(desk.path("tiny.gguf"), random.damaged(&whole)).unwrap();
        let output = desk.run(&["press.jsonl"]);
        let said = stderr(&output);
        assert!(output.status.code().is_some_and(|c| c != 101 && c != 134), "{round}: {:?} {said}", output.status);
        assert!(!said.contains("panicked") && !said.contains("fault"), "{round}: {said}");
    }
}

/// As above, but within one process, and therefore many times as often: words, template and weights
/// are read from the file, and the model chooses one token.
#[test]
fn nothing_in_a_file_makes_its_reader_panic() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("tiny.gguf");
    tiny::model(&path, None, &[]);
    let whole = std::fs::read(&path).unwrap();
    let say = || -> Result<(), ModelError> {
        let file = Gguf::open(&path)?;
        let vocabulary = Vocabulary::load(&file)?;
        let messages = [Message { role: Role::User, content: "Sarcy".into() }];
        let tokens = Template::new(file.text("tokenizer.chat_template").unwrap_or_default())?.tokens(
            &messages,
            true,
            &vocabulary,
        )?;
        let tokens = &tokens[..tokens.len().min(64)];
        let resources = Resources { threads: 1, tokens: 64, isa: Isa::best() };
        let mut decoder = CpuDecoder::load(&file, &[], resources, &mut |_, _| ())?;
        let sequence = decoder.open(None, tokens.len())?;
        let inputs = [StepInput { sequence, tokens, adapter: None, logits: tokens.len().min(1) }];
        let mut logits = decoder.step(&inputs)?;
        for choice in decoder.choose(&mut logits, &vocabulary.banned()) {
            vocabulary.decode(&[choice.token])?;
        }
        Ok(())
    };
    say().unwrap();
    let mut random = Random(std::env::var("DEPECHE_SEED").ok().and_then(|n| n.parse().ok()).unwrap_or(11));
    let mut worked = 0;
    for _ in 0..rounds(3000) {
        std::fs::write(&path, random.damaged(&whole)).unwrap();
        worked += usize::from(say().is_ok());
    }
    assert!(worked > 0, "what is damaged is no model at all");
}
