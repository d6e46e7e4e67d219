//! # attribution-changed
//!
//! ## What it does
//! Reports a verb of saying that became one of another kind: said → denied, denied → said, claimed an attack →
//! condemned it. *Said* is accepted for most verbs. *Démentir*, *revendiquer*, *prétendre*, *dénoncer*, *admettre* and
//! *confirmer* must be rendered by a verb of their own kind, and “admitted”, “confirmed”, “condemned”, “alleged”,
//! “threatened” or “claimed responsibility” must have such a verb in French. A verb of the contrary kind is mostly an
//! error, and so are “said” for *démentir* and “claimed responsibility” without such a verb in French; any other verb
//! that only says less or more than the French is a warning.
//!
//! ## Why is this bad?
//! Who denies a claim contradicts it, and who admits it says that it is true: the speaker is made to say something
//! else.
//!
//! ## Example
//! « L'armée a démenti avoir tiré » → “The army said it had fired”

use super::compare::source_change::SourceChange;
use super::{Finding, Pair};
use crate::lexicon::verbs::SpeechAct;

crate::rule!("attribution-changed", "attribution_changed.rs", check);

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    for d in &pair.sources().differences {
        let SourceChange::Changed(french, english) = d.change else { continue };
        if is_denied_admission(pair, [french, english]) {
            continue;
        }
        let message = match (d.source, d.target) {
            (Some(s), Some(t)) => {
                format!("French says “{}”; English says “{}”", s.of(pair.source.text), t.of(pair.target.text))
            }
            (None, Some(t)) => format!("English says “{}”; French has no such verb", t.of(pair.target.text)),
            (Some(s), None) => format!("French says “{}”; English has no such verb", s.of(pair.source.text)),
            (None, None) => continue,
        };
        out.push(d.finding(RULE.name, pair, |_, _| message));
    }
}

/// Whether the French may say that something was not admitted or confirmed, and the English that it was denied.
fn is_denied_admission(pair: &Pair<'_>, acts: [SpeechAct; 2]) -> bool {
    use SpeechAct::{Admit, Confirm, Deny};
    matches!(acts, [Admit | Confirm, Deny]) && pair.source.denies()
}
