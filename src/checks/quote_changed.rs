//! # quote-changed
//!
//! ## What it does
//! Reports a quotation that is longer or shorter in the English: the marks enclose words around it, or only a part of
//! it. Each text must have exactly one quotation, and one of the two must have four words or more. It is reported where
//! the shares of the two texts inside the marks are more than 50 percentage points apart, or where the English marks
//! also enclose the speaker or a name that stands after the French quotation.
//!
//! ## Why is this bad?
//! Somebody is quoted with words that nobody said, or the words of one party stand in the newsroom's own voice.
//!
//! ## Example
//! « Il a promis « une réponse » et quitté la salle » → ““He promised a response and left the room””

use super::quote_lost::quotes;
use super::{By, Confidence, Finding, Pair, Severity, Side};
use crate::facts::en::signals::signals;
use crate::facts::name::{Unit, names};
use crate::facts::quote::Quote;
use crate::facts::reading::Reading;
use crate::facts::{self, Context, Fact, FactValue};
use crate::lang::Lang;
use crate::lexicon::fr;
use crate::span::Span;

crate::rule!("quote-changed", Warning, "quote_changed.rs", check);

/// By how much the shares of the texts inside the marks must differ to be reported.
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
        by: By::Rule,
    });
}

/// Where the English marks enclose a reporting clause, which stands after the marks in French: “Nothing will change,
/// said the mayor.”
fn speaker_taken_in(pair: &Pair<'_>, f: &Quote, e: &Quote) -> Option<Span> {
    let french_speakers = speakers(&pair.source.facts);
    let is_behind = !french_speakers.is_empty() && french_speakers.iter().all(|s| s.start >= f.span.end);
    let (text, end) = (pair.target.text, e.inner.end);
    let tells = |text: &str| signals(&Reading::new(text, Lang::En)) > 0;
    if !is_behind || tells(&text[..e.span.start]) || tells(&text[e.span.end..]) {
        return None;
    }
    let mut commas = text[..end].match_indices(", ").map(|(at, _)| at + 1).filter(|&at| at > e.inner.start);
    commas.find_map(|comma| {
        // A clause is recognised as reporting only after closing marks, so they are put in here.
        let closed = format!("{}”{}", &text[..comma], &text[comma..end]);
        let clause = comma + "” ".len();
        let facts = facts::extract(&closed, &Context { lang: Lang::En, date: None });
        // A clause with "that" is part of what is quoted: “…, our survey shows that …”.
        let begins_there = !text[comma..end].contains(" that ") && speakers(&facts).iter().any(|s| s.start == clause);
        let keeps = keeps_most(f, &text[e.inner.start..comma]);
        let clause_end = comma + 1 + text[comma + 1..end].trim_end_matches(['.', ',']).len();
        (begins_there && keeps).then(|| Span::new(comma + 1, clause_end))
    })
}

/// Where a text names the source of a claim: the place from the source to its verb or preposition. Only strong
/// attributions count: those whose loss changes who vouches for the claim.
fn speakers(facts: &[Fact]) -> Vec<Span> {
    let speaker = |f: &Fact| match &f.value {
        FactValue::Attribution(a) if a.has_strong_source() => Some(a.clause()),
        _ => None,
    };
    facts.iter().filter_map(speaker).collect()
}

/// The English quotation must have at least this many words, as a share of those of the French quotation, before the
/// words that its marks should not enclose.
const KEPT: f64 = 0.6;

/// Whether the English words `before` what the marks should not enclose are enough to render the French quotation.
fn keeps_most(f: &Quote, before: &str) -> bool {
    before.split_whitespace().count() as f64 >= KEPT * f.words as f64
}

/// A name of the lexicon inside the English marks and nowhere else in the English, where the French has it right after
/// its marks and nowhere else.
fn name_taken_in(pair: &Pair<'_>, f: &Quote, e: &Quote) -> Option<Span> {
    // Adjectives of countries do not count, since English puts them before the noun and so between the marks: « « les
    // méthodes de la police » malienne » is “the Malian police’s methods”.
    let (french, english) = (known(&pair.source.facts, false), known(&pair.target.facts, false));
    let adjectives = known(&pair.source.facts, true);
    let same = |a: &Unit, b: &Unit| a.entries.iter().any(|id| b.entries.contains(id));
    let text = pair.source.text;
    let taken = english.iter().find(|en_unit| {
        let fr_units: Vec<&&Unit> = french.iter().filter(|u| same(u, en_unit)).collect();
        let [fr_unit] = fr_units.as_slice() else { return false };
        fr_unit.span.start >= f.span.end
            // The French adjective (« russes ») may be what the English name ("Russia") renders.
            && !adjectives.iter().any(|u| same(u, en_unit))
            && leads(&text[f.span.end..fr_unit.span.start])
            // French marks that enclose an English title may enclose the name as well.
            && !f.inner.of(text).contains(en_unit.span.of(pair.target.text))
            && english.iter().filter(|u| same(u, en_unit)).all(|u| e.inner.contains(u.span))
            && keeps_most(f, &pair.target.text[e.inner.start..en_unit.span.start])
    });
    taken.map(|u| u.span)
}

/// The units of names that the lexicon knows: with `demonym`, only those of demonyms (« russe »); without, only those
/// of other names.
fn known(facts: &[Fact], demonym: bool) -> Vec<&Unit> {
    let names = names(facts).filter(|n| n.demonym == demonym);
    names.flat_map(|n| &n.units).filter(|u| !u.entries.is_empty()).collect()
}

/// Whether French words are only articles and prepositions, which lead to the name after them.
fn leads(words: &str) -> bool {
    words.split(|c: char| !c.is_alphanumeric()).all(|w| w.is_empty() || fr::LEADING.has(w))
}

/// Share of the text's words that stand inside the quotation.
fn share(q: &Quote, side: &Side<'_>) -> f64 {
    let words = (0..side.reading.len()).filter(|&i| side.reading.is_word(i)).count();
    q.words as f64 / words.max(1) as f64
}
