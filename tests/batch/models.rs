//! Model files that are not what they should be: one line that names the file, whatever is wrong with it.

use crate::{Desk, stderr, tiny};
use candle_core::quantized::gguf_file::Value;

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

/// Bytes of the header that are changed at random: the model is refused or works, and nothing panics.
#[test]
fn a_damaged_header_is_refused_or_harmless() {
    let desk = Desk::new(1);
    tiny::model(&desk.path("tiny.gguf"), None, &[]);
    let whole = std::fs::read(desk.path("tiny.gguf")).unwrap();
    let mut state = 7u64;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below as u64) as usize
    };
    let rounds = std::env::var("DEPECHE_FUZZ").ok().and_then(|n| n.parse().ok()).unwrap_or(60);
    for round in 0..rounds {
        let mut bytes = whole.clone();
        for _ in 0..1 + random(3) {
            // Most of the file is weights.
            let at = if random(3) == 0 { random(64) } else { random(whole.len().min(12_000)) };
            let value = [0, 1, 0xff, 0x80, random(256) as u8][random(5)];
            bytes[at] = value;
        }
        std::fs::write(desk.path("tiny.gguf"), &bytes).unwrap();
        let output = desk.run(&["press.jsonl"]);
        let said = stderr(&output);
        assert!(output.status.code().is_some_and(|c| c != 101 && c != 134), "{round}: {:?} {said}", output.status);
        assert!(!said.contains("panicked") && !said.contains("fault"), "{round}: {said}");
    }
}
