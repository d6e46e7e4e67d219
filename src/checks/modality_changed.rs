//! # modality-changed
//!
//! ## What it does
//! Reports that the French says what somebody threatens, plans, promises, is called upon or ordered to do, suspects or
//! fears, or what may be, and nothing in the English says so: what was only considered reads as done.
//!
//! ## Why is this bad?
//! A threat is no attack, and a suspicion no finding. Nothing in the sentence shows that it was different.
//!
//! ## Example
//! « Le groupe a menacé de tuer les otages » → “The group killed the hostages”

use super::compare::modality;
use super::{Finding, Pair, Severity, word_lost};

crate::rule!("modality-changed", Warning, "modality_changed.rs", check);

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    for source in modality::lost(pair) {
        let told = |f: &&Finding| f.severity > Severity::Note;
        if out.iter().filter(told).any(|f| f.source.is_some_and(|s| s.overlaps(source))) {
            continue;
        }
        out.push(word_lost::finding(RULE.name, pair, source));
    }
}
