//! What is wrong with a translation, in a form in which two translations can be compared.

use crate::checks::{Finding, Severity};
use crate::lexicon::field;
use crate::translate::strangers::strangers;

/// How many errors and warnings a translation has. The lesser verdict is the better one; errors count first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Verdict {
    pub errors: usize,
    pub warnings: usize,
}

impl Verdict {
    /// The errors and warnings among the findings, counted.
    pub fn of(findings: &[Finding]) -> Verdict {
        let count = |severity| findings.iter().filter(|f| f.severity == severity).count();
        Verdict { errors: count(Severity::Error), warnings: count(Severity::Warning) }
    }
}

/// What is wrong with a translation, gravest first: what the rules find, then names that the French does not have, then
/// terms of conflict reporting that the translation lacks, then notes. For « un Lillois d'origine
/// malienne », "of Chadian origin" (a wrong name) is worse than "a Malian citizen" (a lost term).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Weight {
    pub verdict: Verdict,
    /// Names that the French does not have.
    strangers: usize,
    /// Terms of conflict reporting that are lost.
    pub terms: usize,
    /// Findings of the rules that are only notes.
    notes: usize,
}

impl Weight {
    /// The same weight without the notes.
    pub fn without_notes(self) -> Weight {
        Weight { notes: 0, ..self }
    }

    /// Whether enough is wrong for another try. Notes alone are not enough.
    pub fn is_open(self) -> bool {
        self.without_notes() > Weight::default()
    }
}

/// What is wrong with a translation of a sentence.
pub fn weight(sentence: &str, judged: &Judged) -> Weight {
    let notes = judged.findings.len() - judged.heavy().count();
    Weight {
        verdict: judged.verdict(),
        strangers: strangers(sentence, &judged.text).len(),
        terms: field::missing(sentence, &judged.text).len(),
        notes,
    }
}

/// A translation as it will be printed, with settled names, and what the rules find in it.
#[derive(Debug, Clone)]
pub struct Judged {
    pub text: String,
    pub findings: Vec<Finding>,
}

impl Judged {
    /// How many errors and warnings the translation has.
    pub fn verdict(&self) -> Verdict {
        Verdict::of(&self.findings)
    }

    /// The findings that are errors or warnings.
    pub fn heavy(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|f| f.severity != Severity::Note)
    }
}
