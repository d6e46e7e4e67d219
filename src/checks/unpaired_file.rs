//! # unpaired-file
//!
//! ## What it does
//! Reports a file on one side of a `[[pairs]]` of `depeche.toml` whose counterpart on the other side does not exist.
//!
//! A source without target is a warning: the translation may still be to come. A target without source is an error:
//! there is nothing it could be checked against.
//!
//! ## Why is this bad?
//! A renamed or misspelt file would otherwise be left out of every check without a word.
//!
//! ## Example
//! With `source = "fr/{name}.fr.txt"` and `target = "en/{name}.en.md"`, the file `fr/alep.fr.txt` needs
//! `en/alep.en.md`.

use super::{By, Confidence, Finding, Severity};

/// The rule's name, as it stands in findings and in the settings.
pub const NAME: &str = "unpaired-file";
/// The text of this file, whose leading `//!` lines are the rule's documentation.
pub(super) const FILE: &str = include_str!("unpaired_file.rs");

/// The finding that the source `file` has no target; `wanted` is the file that would be the target.
pub fn without_target(file: &str, wanted: &str) -> Finding {
    finding(Severity::Warning, format!("{file} has no translation: there is no {wanted}"))
}

/// The finding that the target `file` has no source; `wanted` is the file that would be the source.
pub fn without_source(file: &str, wanted: &str) -> Finding {
    finding(Severity::Error, format!("{file} translates nothing: there is no {wanted}"))
}

fn finding(severity: Severity, message: String) -> Finding {
    Finding { rule: NAME, severity, confidence: Confidence::High, message, source: None, target: None, by: By::Rule }
}
