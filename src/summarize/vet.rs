//! What a sentence of a summary may not say: the rules that pass or refuse it, held against the French.

use super::fidelity;
use super::statement::Statement;
use super::wording::Wording;
use crate::checks::engine::{self, Settings};
use crate::checks::{Finding, Severity};
use crate::facts::attribution::Attribution;
use crate::facts::name::Name;
use crate::facts::reading::Reading;
use crate::facts::{self, Context, Fact, FactValue};
use crate::lang::Lang;
use crate::lexicon::EntryId;
use crate::lexicon::similar::{Likeness, compare};

/// A statement of the article, with what the rules find in its translation.
pub struct Vetted<'a> {
    pub statement: &'a Statement,
    /// The translation in the summary's own words.
    pub english: String,
    known: Vec<(&'static str, String)>,
    settings: &'a Settings,
}

/// Rules whose findings mean that something is said which the French does not say, or not so. What is only left out, a
/// summary is free to leave out; a source and a qualifier are never free.
const STRICT: &[&str] = &[
    "number-changed", "number-added", "qualifier-dropped", "qualifier-changed", "casualty-changed", "unit-changed",
    "date-changed", "date-added", "time-changed", "source-missing", "source-changed", "source-added",
    "attribution-dropped", "attribution-changed", "speaker-changed", "quote-changed", "quote-added", "name-changed",
    "name-added", "hedge-dropped", "untranslated",
];

impl<'a> Vetted<'a> {
    /// A statement in the summary's own words.
    ///
    /// # Errors
    /// Why it cannot stand in a summary, whatever is left out of it.
    pub fn new(statement: &'a Statement, wording: &Wording, settings: &'a Settings) -> Result<Self, String> {
        let english = wording.neutral(&statement.english).map_err(|w| format!("needs the loaded word “{w}”"))?;
        let known = findings(&statement.french, &statement.english, settings);
        let known = known.into_iter().map(|f| (f.rule, place(&f, &statement.french))).collect();
        let vetted = Vetted { statement, english, known, settings };
        let english = &vetted.english;
        match stranger(&statement.french, english).or_else(|| vetted.unsourced(english)) {
            Some(reason) => Err(reason),
            None => Ok(vetted),
        }
    }

    /// Number of findings in the translation itself that concern a summary.
    pub fn doubts(&self) -> usize {
        self.known.len()
    }

    /// Why a shorter form of the statement cannot stand; `None` when it can.
    pub fn objection(&self, short: &str) -> Option<String> {
        let short = short.trim();
        if !short.ends_with(['.', '!', '”', '?']) {
            return Some("does not come to an end".into());
        }
        if let Some(reason) = fidelity::objection(&self.english, short) {
            return Some(reason);
        }
        let new = findings(&self.statement.french, short, self.settings)
            .into_iter()
            .find(|f| !self.known.contains(&(f.rule, place(f, &self.statement.french))));
        new.map(|f| f.message).or_else(|| self.unsourced(short))
    }

    /// A figure whose source the French names and the English does not.
    fn unsourced(&self, english: &str) -> Option<String> {
        let french = read(&self.statement.french, Lang::Fr);
        let named = french.iter().any(is_source);
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
}

/// A name of the English that the French sentence does not have in any form.
fn stranger(french: &str, english: &str) -> Option<String> {
    let theirs = Reading::new(french, Lang::Fr);
    let entries: Vec<EntryId> = names(&read(french, Lang::Fr)).flat_map(|n| &n.units).flat_map(|u| u.entries.clone()).collect();
    let ours = read(english, Lang::En);
    for name in names(&ours).filter(|n| !n.unsure && !n.term && !n.demonym) {
        for unit in name.units.iter().filter(|u| u.proper || !u.entries.is_empty()) {
            let text = unit.span.of(english);
            let known = if unit.entries.is_empty() {
                let lower = text.to_lowercase();
                (0..theirs.len()).any(|i| {
                    theirs.words[i].fold == unit.fold && unit.fold != 0
                        || theirs.is_word(i) && compare(theirs.lower(i), &lower) >= Likeness::Near
                }) || unit.acronym // what it stands for is looked at by the rule on added names
            } else {
                // "North Korea" for « Corée du Sud »: of what the lexicon knows, a likeness proves nothing.
                unit.entries.iter().any(|e| entries.contains(e)) || has_whole(&theirs, text)
            };
            if !known {
                return Some(format!("names “{text}”, which the French does not"));
            }
        }
    }
    None
}

/// Whether the words stand in the French as they are: "Hayat Tahrir al-Sham", "Sana".
fn has_whole(french: &Reading<'_>, english: &str) -> bool {
    french.tokens.text.to_lowercase().contains(&english.to_lowercase())
}

fn names(facts: &[Fact]) -> impl Iterator<Item = &Name> {
    facts.iter().filter_map(|f| match &f.value {
        FactValue::Name(n) => Some(n),
        _ => None,
    })
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
    findings.retain(|f| f.severity >= Severity::Warning && STRICT.contains(&f.rule));
    findings
}

/// What a finding is about, by which it is known again in a shorter form.
fn place(finding: &Finding, french: &str) -> String {
    finding.source.map_or(finding.message.clone(), |s| s.of(french).to_string())
}
