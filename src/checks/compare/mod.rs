//! Comparisons of a source text with its target, each made once for all rules that ask. This file compares figures
//! (numbers, dates, times of day); `names`, `sources`, `events` and `times` compare what they are named after.
//!
//! Figures are taken apart into [`atoms`], and equal atoms are paired ([`matching`]). Atoms without a partner, pairs
//! that are equal in value only, and pairs that changed places become [`FigureDifference`]s, which the rules turn into
//! findings.

pub mod agents;
pub mod atoms;
mod attempts;
mod casualties;
mod clause_order;
mod commitments;
pub mod comparatives;
pub mod confusions;
mod context;
pub mod counted;
mod currencies;
mod difference;
pub mod events;
mod exchange;
mod fates;
mod gaps;
pub mod groups;
pub mod instead;
mod left_names;
mod leftovers;
pub mod lists;
pub mod matching;
pub mod modality;
pub mod names;
pub mod nationalities;
mod organisations;
mod pairs;
mod parties;
mod persons;
mod presence;
mod roles;
mod runs;
pub mod source_change;
pub mod sources;
mod speakers;
pub mod speech;
mod states;
mod swaps;
pub mod times;
mod verbs;
mod word_links;

use super::{By, Confidence, Finding, Pair, Severity, Side};
use crate::facts::FactValue;
use crate::span::Span;
use matching::Matching;
use std::cell::OnceCell;

/// Comparisons that the rules share for one pair; each is made once, when the first rule asks for it.
#[derive(Debug, Default)]
pub struct Shared {
    pub figures: OnceCell<Figures>,
    pub names: OnceCell<names::NameComparison>,
    pub sources: OnceCell<sources::SourceComparison>,
    pub events: OnceCell<events::EventComparison>,
    links: OnceCell<word_links::WordLinks>,
    /// Those of the French, and those of the English.
    parties: [OnceCell<Vec<agents::Standing>>; 2],
}

/// How a figure of the two texts differs; each way belongs to one rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FigureChange {
    NumberChanged,
    NumberMissing,
    NumberAdded,
    /// Two figures of the text stand in each other's place.
    NumbersExchanged,
    QualifierDropped,
    QualifierChanged,
    /// The figure counts somebody or something else: wounded for killed.
    CasualtyChanged,
    UnitChanged,
    /// A date or a time of day became another one.
    DateChanged,
    /// A date or a time of day is missing.
    DateMissing,
    /// A date or a time of day was added.
    DateAdded,
}

/// One difference between the figures of two texts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FigureDifference {
    pub change: FigureChange,
    /// Index of the fact in the source, unless only the target has one.
    pub source: Option<usize>,
    /// Index of the fact in the target, unless only the source has one.
    pub target: Option<usize>,
    pub severity: Severity,
    pub confidence: Confidence,
}

impl FigureDifference {
    /// The finding that reports it; `message` is given the words of both facts, empty where a side has none.
    pub fn finding(&self, rule: &'static str, pair: &Pair<'_>, message: impl Fn(&str, &str) -> String) -> Finding {
        let text = |side: &Side, fact: Option<usize>| fact.map_or(String::new(), |f| on_one_line(side.fact_text(f)));
        Finding {
            rule,
            severity: self.severity,
            confidence: self.confidence,
            message: message(&text(&pair.source, self.source), &text(&pair.target, self.target)),
            source: self.source.map(|f| pair.source.facts[f].span),
            target: self.target.map(|f| pair.target.facts[f].span),
            by: By::Rule,
        }
    }
}

/// What messages call a fact that the date rules report.
pub(super) fn date_or_time(side: &Side, fact: Option<usize>) -> &'static str {
    match fact.map(|f| &side.facts[f].value) {
        Some(FactValue::Time(_)) => "time",
        _ => "date",
    }
}

/// A fact's text with its white space as single spaces.
fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Everything in which the figures of two texts differ.
#[derive(Debug, Default)]
pub struct Figures {
    differences: Vec<FigureDifference>,
    /// See [`Self::matched`].
    matched: Vec<(usize, usize)>,
}

impl Figures {
    /// Compares the figures of two texts.
    pub fn compare(source: &Side, target: &Side) -> Self {
        let s = atoms::atoms(&source.facts);
        let t = atoms::atoms(&target.facts);
        let matching: Matching = matching::pair(&s, &t);
        let matched = matching.pairs.iter().map(|m| (s[m.source].fact, t[m.target].fact)).collect();
        let mut out = Figures { matched, ..Figures::default() };
        let texts = Texts { source, target, s: &s, t: &t };
        pairs::compare(&texts, &matching, &mut out);
        exchange::find(&texts, &matching, &mut out);
        leftovers::compare(&texts, &matching, &mut out);
        casualties::compare(&texts, &mut out);
        currencies::compare(&texts, &mut out);
        out
    }

    /// Adds a difference. Where the same facts differ in this way already, as when both day and month of a date do,
    /// there remains one difference with the graver of the two severities and the surer of the two confidences.
    fn add(&mut self, d: FigureDifference) {
        match self.differences.iter_mut().find(|x| x.change == d.change && x.source == d.source && x.target == d.target)
        {
            Some(x) => {
                x.severity = x.severity.max(d.severity);
                x.confidence = x.confidence.max(d.confidence);
            }
            None => self.differences.push(d),
        }
    }

    /// For each pair of atoms, the indices of their facts in the source and in the target.
    pub fn matched(&self) -> &[(usize, usize)] {
        &self.matched
    }

    /// The differences of one kind, in the order in which they were found.
    pub fn of(&self, change: FigureChange) -> impl Iterator<Item = &FigureDifference> {
        self.differences.iter().filter(move |d| d.change == change)
    }
}

/// Both sides with their atoms: what the parts of the comparison read.
pub(crate) struct Texts<'t, 'a> {
    pub source: &'t Side<'a>,
    pub target: &'t Side<'a>,
    /// Atoms of the source.
    pub s: &'t [atoms::Atom],
    /// Atoms of the target.
    pub t: &'t [atoms::Atom],
}

impl Texts<'_, '_> {
    fn source_span(&self, atom: usize) -> Span {
        self.source.facts[self.s[atom].fact].span
    }

    fn target_span(&self, atom: usize) -> Span {
        self.target.facts[self.t[atom].fact].span
    }
}
