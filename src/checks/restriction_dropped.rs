//! # restriction-dropped
//!
//! ## What it does
//! Reports words that limit what is said, where nothing in the English answers to them: a condition (« à condition
//! que »), an exception (« sauf »), that something happens in spite of something (« malgré »), a doubt (« peut-être »),
//! or how, how much or for how long (« par contumace », « à peine », « provisoirement »).
//!
//! ## Why is this bad?
//! "The army will leave the town" is another promise than "the army will leave the town if the militia disarms".
//!
//! ## Example
//! « L'armée quittera la ville à condition que les milices désarment » → “The army will leave the town”

use super::{Finding, Pair, word_lost};
use crate::lexicon::answers::Answers;

crate::rule!("restriction-dropped", Warning, "restriction_dropped.rs", check);

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    let (r, e) = (&pair.source.reading, &pair.target.reading);
    let mut lost = Answers::restrictions().unanswered(r, e).map(|lost| r.span(lost.from, lost.to));
    let lost = lost.find(|&span| !word_lost::is_told(out, span, |f| f.source));
    out.extend(lost.map(|span| word_lost::finding(RULE.name, pair, span)));
}
