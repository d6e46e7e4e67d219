//! What a sentence of a summary may not say: the rules that pass or refuse it, held against the French.

use super::statement::Statement;
use super::wording::Wording;
use super::{grammar, support};
use crate::checks::engine::{self, Settings};
use crate::checks::{Finding, Severity};
use crate::facts::attribution::Attribution;
use crate::facts::{self, Context, Fact, FactValue};
use crate::lang::Lang;
use crate::lexicon::{any, fr};
use crate::span::Span;

/// A statement of the article, with what the rules find in its translation.
pub struct Vetted<'a> {
    pub statement: Statement,
    /// The translation in the summary's own words.
    pub english: String,
    known: Vec<(&'static str, String)>,
    doubts: usize,
    flaw: Option<String>,
    /// Terms of the field that the translation has wrong: no shorter form of it is to be trusted.
    has_lost_terms: bool,
    settings: &'a Settings,
}

impl<'a> Vetted<'a> {
    /// A statement in the summary's own words.
    ///
    /// # Errors
    /// Why nothing of it can stand in a summary.
    pub fn new(statement: &Statement, wording: &Wording, settings: &'a Settings) -> Result<Self, String> {
        if let Some(reason) = boilerplate(&statement.french) {
            return Err(reason);
        }
        let english = wording.neutral(&statement.english).map_err(|w| format!("needs the loaded word “{w}”"))?;
        let mut known = engine::check_pair(&statement.french, &english, settings);
        engine::settle(&mut known, &statement.french, &english, settings);
        known.retain(|f| f.severity >= Severity::Warning);
        let doubts = known.len();
        let known = known.into_iter().map(|f| (f.rule, place(&f, &statement.french))).collect();
        let term = support::lost_term(&statement.french, &english);
        let has_lost_terms = term.is_some();
        let flaw = unsupported(&statement.french, &english).or(term);
        Ok(Vetted { statement: statement.clone(), english, known, doubts, flaw, has_lost_terms, settings })
    }

    /// Why the whole statement cannot stand; forms without the part that is wrong can.
    pub fn flaw(&self) -> Option<&str> {
        self.flaw.as_deref()
    }

    /// Number of findings in the translation: each is a reason to take another sentence.
    pub fn doubts(&self) -> usize {
        self.doubts
    }

    /// Why a shorter form of the statement cannot stand; `None` when it can.
    pub fn objection(&self, short: &str) -> Option<String> {
        let short = short.trim();
        if self.has_lost_terms {
            return self.flaw.clone();
        }
        if !short.ends_with(['.', '!', '”', '?']) {
            return Some("does not come to an end".into());
        }
        if !grammar::is_sentence(short) {
            return Some("is no sentence".into());
        }
        // What is wrong with the whole may be its toll.
        if self.flaw.is_none()
            && let Some(lost) = self.lost_toll(short)
        {
            return Some(format!("leaves out “{lost}”"));
        }
        let new = findings(&self.statement.french, short, self.settings)
            .into_iter()
            .find(|f| !self.known.contains(&(f.rule, place(f, &self.statement.french))));
        new.map(|f| f.message).or_else(|| unsupported(&self.statement.french, short))
    }

    /// Killed, wounded or missing people that the short form does not count any more.
    fn lost_toll(&self, short: &str) -> Option<String> {
        let counted = read(short, Lang::En);
        let tolls = |facts: &[Fact]| -> Vec<(f64, Span)> {
            let toll = |f: &Fact| match &f.value {
                FactValue::Quantity(q) if q.outcome.is_some() => Some((q.value, f.span)),
                _ => None,
            };
            facts.iter().filter_map(toll).collect()
        };
        let left: Vec<f64> = counted
            .iter()
            .filter_map(|f| match &f.value {
                FactValue::Quantity(q) => Some(q.value),
                _ => None,
            })
            .collect();
        let lost = tolls(&read(&self.english, Lang::En)).into_iter().find(|(value, _)| !left.contains(value));
        lost.map(|(_, span)| span.of(&self.english).to_string())
    }
}

/// What the French does not bear out, or what the English lacks to be fair to it.
fn unsupported(french: &str, english: &str) -> Option<String> {
    support::stranger(french, english)
        .or_else(|| support::other_role(french, english))
        .or_else(|| support::other_bound(french, english))
        .or_else(|| support::unhedged(french, english))
        .or_else(|| support::turned(french, english))
        .or_else(|| support::likened(french, english))
        .or_else(|| unsourced(french, english))
}

/// A figure whose source the French names and the English does not.
fn unsourced(french: &str, english: &str) -> Option<String> {
    let named = read(french, Lang::Fr).iter().any(is_source);
    let ours = read(english, Lang::En);
    if !named || ours.iter().any(is_source) || super::sources_in(english) {
        return None;
    }
    let figure = ours.iter().find(|f| matches!(&f.value, FactValue::Quantity(q) if q.outcome.is_some()));
    Some(match figure {
        Some(f) => format!("says “{}” without the source that the French gives for it", f.span.of(english)),
        None => "leaves out who says it".into(),
    })
}

/// Openings of lines that are not the story.
fn boilerplate(french: &str) -> Option<String> {
    let lower = french.to_lowercase();
    fr::NOTICES.has(&lower).then(|| "is no part of the story".to_string())
}

fn is_source(fact: &Fact) -> bool {
    let strong = |a: &Attribution| a.is_strong() && a.source.is_some();
    matches!(&fact.value, FactValue::Attribution(a) if strong(a))
}

fn read(text: &str, lang: Lang) -> Vec<Fact> {
    facts::extract(text, &Context { lang, date: None })
}

/// The findings that matter for a summary.
fn findings(french: &str, english: &str, settings: &Settings) -> Vec<Finding> {
    let mut findings = engine::check_pair(french, english, settings);
    engine::settle(&mut findings, french, english, settings);
    findings.retain(|f| f.severity >= Severity::Warning && any::STRICT.has(f.rule));
    findings
}

/// What a finding is about, by which it is known again in a shorter form.
fn place(finding: &Finding, french: &str) -> String {
    finding.source.map_or(finding.message.clone(), |s| s.of(french).to_string())
}
