//! Keeps answers of the model on disk, so that a CI job does not ask the model again about a pair that has not changed.
//!
//! The name of an answer's file is the hash of everything that the answer depends on: this program's version, the two
//! texts, what is asked about them, the model, its adapter, the device and the prompts. If one of
//! these has changed, the question is asked again. Each answer is a small file that is written
//! whole or not at all, so several jobs may share the folder. If a file cannot be read, the
//! question is asked again; if it cannot be written, that only costs time at the next run.

use super::{Answer, Question};
use crate::files::write_whole;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

/// The folder of the answers, and what all of them depend on.
#[derive(Debug, Clone)]
pub struct Cache {
    folder: PathBuf,
    /// Model, adapter, device and prompts, in one text.
    asker: String,
}

impl Cache {
    /// The cache in `folder` for one `asker`: any text that changes with the model, the adapter, the device or the
    /// prompts.
    pub fn new(folder: &Path, asker: &str) -> Self {
        Cache { folder: folder.join("contrasts"), asker: asker.to_string() }
    }

    /// The stored answer to a question; `None` where there is none that can be read and has as many margins as the
    /// question has contrasts.
    pub fn get(&self, question: &Question<'_>) -> Option<Answer> {
        let answer: Answer = serde_json::from_slice(&fs::read(self.file(question)).ok()?).ok()?;
        (answer.margins.len() == question.contrasts.len()).then_some(answer)
    }

    /// Stores an answer, if the folder can be written to.
    pub fn put(&self, question: &Question<'_>, answer: &Answer) {
        let _ = write_whole(&self.file(question), &serde_json::to_vec(answer).unwrap_or_default());
    }

    /// The file that an answer to this question has, or would have.
    fn file(&self, question: &Question<'_>) -> PathBuf {
        let mut hash = Sha256::new();
        let contrasts = question.contrasts.iter().map(|c| c.text.as_str());
        let texts = [env!("CARGO_PKG_VERSION"), &self.asker, question.pair.source.text, question.pair.target.text];
        for text in texts.into_iter().chain(contrasts) {
            // Each text is hashed with its length: otherwise ["ab", "c"] and ["a", "bc"] would have the same hash.
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text);
        }
        hash.update([u8::from(question.seems_short)]);
        let name: String = hash.finalize().iter().map(|b| format!("{b:02x}")).collect();
        // The first two digits are a folder of their own, because folders of thousands of files are slow on some
        // systems.
        self.folder.join(&name[..2]).join(&name[2..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contrasts::support::Unsupported;

    #[test]
    fn an_answer_is_found_again_until_anything_changes() {
        let dir = tempfile::tempdir().unwrap();
        let question = |english| Question::new("Les deux guides ont été tués.", english, &[]);
        let (asked, other) = (question("The two guides were freed."), question("The two guides were rescued."));
        let cache = Cache::new(dir.path(), "model 1");
        let unsupported = Some(Unsupported { start: 4, end: 8, nats: 2.5 });
        let answer =
            Answer { margins: asked.contrasts.iter().map(|_| Some(1.25)).collect(), unsupported, rivals: Vec::new() };
        assert_eq!(cache.get(&asked), None);
        cache.put(&asked, &answer);
        assert_eq!(cache.get(&asked), Some(answer));
        assert_eq!(cache.get(&other), None);
        assert_eq!(Cache::new(dir.path(), "model 2").get(&asked), None);
    }

    #[test]
    fn what_was_cut_off_is_asked_anew() {
        let dir = tempfile::tempdir().unwrap();
        let question = Question::new("Les deux guides ont été tués.", "The two guides were freed.", &[]);
        let cache = Cache::new(dir.path(), "model");
        let margins = question.contrasts.iter().map(|_| None).collect();
        cache.put(&question, &Answer { margins, unsupported: None, rivals: Vec::new() });
        assert!(cache.get(&question).is_some());
        fs::write(cache.file(&question), "{\"margins\":[nul").unwrap();
        assert_eq!(cache.get(&question), None);
    }
}
