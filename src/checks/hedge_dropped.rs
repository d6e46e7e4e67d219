//! # hedge-dropped
//!
//! ## What it does
//! Reports a French press conditional (« aurait fait 12 morts »), an allegation (« l'auteur présumé », « accusé
//! d'avoir ») or a guess (« semble », « probablement ») where the English states a fact: no *reportedly*, no
//! *suspected*, no *would* or *may*, and no source.
//!
//! ## Why is this bad?
//! French newsrooms mark in this way what they could not confirm. Without the mark, a rumour reads as a fact and a
//! suspect as guilty.
//!
//! ## Example
//! « L'attaque aurait fait douze morts » → “The attack killed twelve people”

use super::{By, Confidence, Finding, Pair, Severity};
use crate::facts::en::signals::signals;
use crate::facts::fr::hedge::past_conditionals;
use crate::facts::hedge::HedgeKind;
use crate::facts::reading::Reading;
use crate::facts::{Fact, FactValue};
use crate::lexicon::{class, en, fr};
use crate::span::Span;

crate::rule!("hedge-dropped", Warning, "hedge_dropped.rs", check);

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    let is_hedged =
        pair.target.facts.iter().any(|f| matches!(f.value, FactValue::Hedge(_)) && hedges_claim(pair, f.span));
    let conditional = |f: &&Fact| matches!(f.value, FactValue::Hedge(h) if h.kind == HedgeKind::PressConditional);
    let lost = match pair.source.facts.iter().find(conditional) {
        Some(_) if is_hedged || signals(&pair.target.reading) > 0 => None,
        Some(fact) => Some(fact.span),
        None => allegation(&pair.source.reading)
            .filter(|_| !leaves_open(&pair.target.reading))
            .or_else(|| reported_beside(&pair.source.reading).filter(|_| !is_hedged && !reports(&pair.target.reading))),
    };
    if let Some(span) = lost {
        out.push(Finding {
            rule: RULE.name,
            severity: Severity::Warning,
            confidence: Confidence::Medium,
            message: format!(
                "French leaves open whether it is so (“{}”); English states it as a fact",
                span.of(pair.source.text)
            ),
            source: Some(span),
            target: None,
            by: By::Rule,
        });
    }
}

/// Whether an English hedge leaves a claim open. The noun "suspect" and "appeared in public" don't.
fn hedges_claim(pair: &Pair<'_>, hedge: Span) -> bool {
    let e = &pair.target.reading;
    let i = e.tokens.first_at(hedge.start);
    let is_noun = i > 0 && e.is(i - 1, class::DET) && e.lower(i).starts_with("suspect");
    let is_seen = e.lower(i).starts_with("appear") && e.lower(i + 1) != "to" && e.is(i + 1, class::PREP);
    !is_noun && !is_seen
}

/// Whether an English text says that somebody says something, or that nobody vouches for it.
fn reports(r: &Reading<'_>) -> bool {
    (0..r.len()).any(|i| r.is_word(i) && en::UNVOUCHED.has(r.lower(i))) || signals(r) > 0
}

/// The auxiliary of a past conditional that reports a claim in a relative clause behind a comma: « l'ancien gouverneur,
/// qui aurait détourné deux milliards ». Without the comma the clause says what would be: « le seul accord qui aurait
/// mis fin à la guerre ».
fn reported_beside(r: &Reading<'_>) -> Option<Span> {
    let is_relative = |i: usize| (i.saturating_sub(2).max(1)..i).any(|k| r.lower(k) == "qui" && r.mark(k - 1) == ',');
    let found = past_conditionals(r).into_iter().find(|c| c.is_reported && is_relative(c.at));
    found.map(|c| r.span(c.at, c.at + 1))
}

/// Where a French text says that somebody is only thought to have done something, or that something only seems to be
/// so.
fn allegation(r: &Reading<'_>) -> Option<Span> {
    let before_de = |i: usize| matches!(r.lower(i + 1), "de" | "d'" | "du" | "des");
    let alleges = |i: usize| {
        let word = r.lower(i);
        fr::SUSPICION.has(word) && !(i > 0 && (r.is(i - 1, class::DET | class::AUX)) || is_planned(r, i))
            || fr::GUESSES.has(word) && !(i > 0 && matches!(r.lower(i - 1), "ne" | "n'") || is_opinion(r, i))
            || fr::ACCUSED.has(word) && before_de(i)
            // « peut-être » is three tokens.
            || word == "peut" && r.mark(i + 1) == '-' && r.lower(i + 2) == "être"
    };
    (0..r.len()).find(|&i| r.is_word(i) && alleges(i)).map(|i| r.span(i, i + 1))
}

/// Whether « sembler » gives somebody's opinion, as in « ça me semble peu », and does not leave a fact open.
fn is_opinion(r: &Reading<'_>, i: usize) -> bool {
    i > 0 && r.lower(i).starts_with("sembl") && fr::DATIVES.has(r.lower(i - 1))
}

/// Whether « supposé » tells what was planned, as in « supposé rester un an », and not what is suspected.
fn is_planned(r: &Reading<'_>, i: usize) -> bool {
    let infinitive = |k: usize| r.is_word(k) && ["er", "ir", "re", "oir"].iter().any(|e| r.lower(k).ends_with(e));
    r.lower(i).starts_with("suppos") && (infinitive(i + 1) || r.lower(i + 1) == "ne" && infinitive(i + 3))
}

/// Whether an English text has anything that may leave a claim open, such as a hedge, a contracted negation, a question
/// or a verb of saying.
fn leaves_open(r: &Reading<'_>) -> bool {
    (0..r.len()).any(|i| {
        r.is_word(i)
            && (r.is(i, class::HEDGE)
                || en::LEAVES_OPEN.has(r.lower(i))
                || r.lower(i).ends_with("n't")
                || is_question(r, i))
    }) || signals(r) > 0
}

/// Whether a question mark follows token `i`.
fn is_question(r: &Reading<'_>, i: usize) -> bool {
    r.mark(i + 1) == '?'
}
