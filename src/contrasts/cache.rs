//! Answers of the model on disk, by content, so that a CI job pays once for a sentence that has not changed.
//!
//! The key is the hash of everything that an answer depends on: the two texts, what is asked about them, model and adapter, the device,
//! the prompts. What any of them changes is asked anew, and what is stored never goes stale. One small file an answer, put
//! in place whole or not at all, so that jobs may share a folder; a file that cannot be read is asked anew, and one that
//! cannot be written costs time at the next run, no more.

use super::{Answer, Question};
use crate::files::write_whole;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

/// The folder of the answers, and what all of them depend on.
#[derive(Debug, Clone)]
pub struct Cache {
    folder: PathBuf,
    asker: String,
}

impl Cache {
    /// A folder for the answers to one `asker`: model, adapter, device and prompts, in whatever words.
    pub fn new(folder: &Path, asker: &str) -> Self {
        Cache { folder: folder.join("contrasts"), asker: asker.to_string() }
    }

    /// The answer to a question that was asked before.
    pub fn get(&self, question: &Question<'_>) -> Option<Answer> {
        let answer: Answer = serde_json::from_slice(&fs::read(self.file(question)).ok()?).ok()?;
        (answer.margins.len() == question.contrasts.len()).then_some(answer)
    }

    /// Keeps an answer.
    pub fn put(&self, question: &Question<'_>, answer: &Answer) {
        let _ = write_whole(&self.file(question), &serde_json::to_vec(answer).unwrap_or_default());
    }

    fn file(&self, question: &Question<'_>) -> PathBuf {
        let mut hash = Sha256::new();
        let contrasts = question.contrasts.iter().map(|c| c.text.as_str());
        let texts = [env!("CARGO_PKG_VERSION"), &self.asker, question.pair.source.text, question.pair.target.text];
        for text in texts.into_iter().chain(contrasts) {
            // With its length, so that no two lists of texts read the same.
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text);
        }
        hash.update([u8::from(question.seems_short)]);
        let name: String = hash.finalize().iter().map(|b| format!("{b:02x}")).collect();
        // Folders of thousands of files are slow on some systems.
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
        let answer = Answer { margins: asked.contrasts.iter().map(|_| Some(1.25)).collect(), unsupported };
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
        cache.put(&question, &Answer { margins, unsupported: None });
        assert!(cache.get(&question).is_some());
        fs::write(cache.file(&question), "{\"margins\":[nul").unwrap();
        assert_eq!(cache.get(&question), None);
    }
}
