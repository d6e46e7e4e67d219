//! # quote-changed
//!
//! ## What it does
//! Reports a quotation that took in the sentence around it, or shrank to a part of itself: one quotation on each side,
//! and a share of the sentence inside the marks that differs by more than half; or, inside the English marks, who says
//! it, or a name, that stand behind the French ones.
//!
//! ## Why is this bad?
//! Words that nobody said stand in somebody's mouth, or words of a party in the voice of the newsroom.
//!
//! ## Example
//! « Il a promis « une réponse » et quitté la salle » → ““He promised a response and left the room””

use super::quote_lost::quotes;
use super::{Confidence, Finding, Pair, Severity, Side};
use crate::facts::en::signals::signals;
use crate::facts::name::{Unit, names};
use crate::facts::quote::Quote;
use crate::facts::reading::Reading;
use crate::facts::{self, Context, Fact, FactValue};
use crate::lang::Lang;
use crate::span::Span;

crate::rule!("quote-changed", "quote_changed.rs", check);

/// Difference of shares from which the extent of a quotation has changed.
const MUCH: f64 = 0.5;

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    let (french, english) = (quotes(&pair.source.facts), quotes(&pair.target.facts));
    let ([f], [e]) = (french.as_slice(), english.as_slice()) else { return };
    if !(f.opened && f.closed && e.opened && e.closed) || f.words.max(e.words) < 4 {
        return;
    }
    let inner = |q: &Quote, side: &Side<'_>| q.inner.of(side.text).trim().to_string();
    let (message, target) = if (share(f, &pair.source) - share(e, &pair.target)).abs() > MUCH {
        let message =
            format!("French quotes “{}”; English quotes “{}”", inner(f, &pair.source), inner(e, &pair.target));
        (message, e.span)
    } else if let Some(taken) = speaker_taken_in(pair, f, e).or_else(|| name_taken_in(pair, f, e)) {
        let message = format!(
            "French quotes “{}”; the English quotation goes on to “{}”",
            inner(f, &pair.source),
            taken.of(pair.target.text)
        );
        (message, taken)
    } else {
        return;
    };
    out.push(Finding {
        rule: RULE.name,
        severity: Severity::Warning,
        confidence: Confidence::Medium,
        message,
        source: Some(f.span),
        target: Some(target),
    });
}

/// Who says it, inside the English marks and behind the French ones: “Nothing will change, said the mayor.”
fn speaker_taken_in(pair: &Pair<'_>, f: &Quote, e: &Quote) -> Option<Span> {
    let theirs = speakers(&pair.source.facts);
    let is_behind = !theirs.is_empty() && theirs.iter().all(|s| s.start >= f.span.end);
    let (text, end) = (pair.target.text, e.inner.end);
    let is_outside =
        [&text[..e.span.start], &text[e.span.end..]].iter().any(|t| signals(&Reading::new(t, Lang::En)) > 0);
    if !is_behind || is_outside {
        return None;
    }
    let commas = text[..end].match_indices(", ").map(|(at, _)| at + 1).filter(|&at| at > e.inner.start);
    commas.into_iter().find_map(|comma| {
        // With marks before it, a reporting clause is known as one.
        let closed = format!("{}”{}", &text[..comma], &text[comma..end]);
        let clause = comma + "” ".len();
        let facts = facts::extract(&closed, &Context { lang: Lang::En, date: None });
        // “…, our survey shows that …” reports within the quotation.
        let begins_there = !text[comma..end].contains(" that ") && speakers(&facts).iter().any(|s| s.start == clause);
        begins_there.then(|| Span::new(comma + 1, comma + 1 + text[comma + 1..end].trim_end_matches(['.', ',']).len()))
    })
}

/// Sources with their verbs.
fn speakers(facts: &[Fact]) -> Vec<Span> {
    let speaker = |f: &Fact| match &f.value {
        FactValue::Attribution(a) if a.is_strong() => {
            a.source.map(|s| Span::new(s.start.min(a.cue.start), s.end.max(a.cue.end)))
        }
        _ => None,
    };
    facts.iter().filter_map(speaker).collect()
}

/// A known name inside the English marks and nowhere else in the English, where the French has it behind its marks and
/// nowhere else.
fn name_taken_in(pair: &Pair<'_>, f: &Quote, e: &Quote) -> Option<Span> {
    let (french, english) = (units(&pair.source.facts), units(&pair.target.facts));
    let same = |a: &Unit, b: &Unit| a.entries.iter().any(|id| b.entries.contains(id));
    let taken = english.iter().find(|ours| {
        let theirs: Vec<&&Unit> = french.iter().filter(|u| same(u, ours)).collect();
        !theirs.is_empty()
            // A title may be in English in the French as well.
            && !f.inner.of(pair.source.text).contains(ours.span.of(pair.target.text))
            && theirs.iter().all(|u| u.span.start >= f.span.end)
            && english.iter().filter(|u| same(u, ours)).all(|u| e.inner.contains(u.span))
    });
    taken.map(|u| u.span)
}

fn units(facts: &[Fact]) -> Vec<&Unit> {
    names(facts).filter(|n| !n.demonym).flat_map(|n| &n.units).filter(|u| !u.entries.is_empty()).collect()
}

/// Share of the text's words that stand inside the quotation.
fn share(q: &Quote, side: &Side<'_>) -> f64 {
    let words = (0..side.reading.len()).filter(|&i| side.reading.is_word(i)).count();
    q.words as f64 / words.max(1) as f64
}
