//! # content-missing
//!
//! ## What it does
//! Reports words of the French that nothing in the English answers to, as a model sees it: a clause, a thing of a list,
//! a place or a source that the translation left out. Only `depeche check --deep` looks for it.
//!
//! The model is asked how likely the French is given the English, and how likely it is by itself. A run of French words
//! that the English makes no likelier is what the English does not tell.
//!
//! ## Why is this bad?
//! The figures and names of what is left may all be right. Who reads the English alone cannot notice that the other
//! side's version, or half of what happened, is gone.
//!
//! ## Example
//! « Les rebelles ont pris la ville, ce que l’armée dément, et avancent vers le sud. » → “Rebels have taken the town
//! and are advancing south.”

use super::{By, Confidence, Finding, Pair, Severity, Shortfall, sentence_dropped};
use crate::contrasts::support::Unsupported;

/// The rule's name, as it stands in findings and in the settings.
pub const NAME: &str = "content-missing";
/// The text of this file, whose leading `//!` lines are the rule's documentation.
pub(super) const FILE: &str = include_str!("content_missing.rs");

/// A run is reported if its support falls short by this many nats or more ([`Unsupported::nats`]). Of 288 right
/// translations written for measuring, many of them freely built, none has such a run; with a limit of 18 nats, four
/// would have one. Of as many wrong ones, 14 have one, nearly all of which the rules report as well.
const LEAST: f32 = 25.;
/// The support must also fall short by this many nats for each byte of the run. Where all words of
/// a long clause have a little less support than is expected, the English tells the clause in its
/// own way. Of 48 runs in translations that do leave something out, one falls short by less; of
/// nine runs in right translations, three do.
const DENSE: f32 = 0.2;
/// The confidence is high from this many nats on.
const SURE: f32 = 28.;

/// The finding about a run of French words that lack support; `None` where too little support is
/// missing, and where all words of the run have a capital.
pub fn finding(pair: &Pair<'_>, part: Unsupported) -> Option<Finding> {
    let words = part.span().of(pair.source.text);
    // Words with capitals are taken for a name. The two languages may spell a name differently, so
    // that it lacks support, and the rules about names report one that is lost.
    let is_name = words.split_whitespace().all(|word| word.starts_with(char::is_uppercase));
    if part.nats < LEAST || part.nats < DENSE * words.len() as f32 || is_name {
        return None;
    }
    let confidence = if part.nats >= SURE { Confidence::High } else { Confidence::Medium };
    Some(Finding {
        rule: NAME,
        severity: Severity::Warning,
        confidence,
        message: format!("the model finds nothing in the English that answers to “{words}”"),
        source: Some(part.span()),
        target: None,
        by: By::Support(Shortfall::new(part.nats)),
    })
}

/// Whether the finding already says that most of the French is missing: it is one of `sentence-dropped`, and more than
/// a note.
pub fn says_so(finding: &Finding) -> bool {
    finding.rule == sentence_dropped::RULE.name && finding.severity > Severity::Note
}
