//! Whether an English sentence may stand in a summary: the rules compare it with its French, and accept or refuse it.

use super::statement::Statement;
use super::support;
use super::wording::Wording;
use crate::checks::engine::{self, Settings};
use crate::checks::{Finding, Severity};
use crate::facts::{self, Context, Fact, FactValue};
use crate::lang::Lang;
use crate::lexicon::{any, fr};
use jiff::civil::Date;

/// How the sentences of an article are checked.
#[derive(Clone, Copy)]
pub struct Checks<'a> {
    pub settings: &'a Settings,
    /// The article's day of publication, which must be known to compare « hier » with the name of a
    /// weekday.
    pub date: Option<Date>,
}

impl Checks<'_> {
    /// The errors and warnings that the rules find, after the user's settings were applied.
    fn findings(self, french: &str, english: &str) -> Vec<Finding> {
        let date = self.date.or(self.settings.date);
        let mut findings = engine::check_pair_of(french, english, date, self.settings);
        engine::settle(&mut findings, french, english, self.settings);
        findings.retain(|f| f.severity >= Severity::Warning);
        findings
    }
}

/// A statement of the article, with what the rules find in its translation.
pub struct Vetted<'a> {
    pub statement: Statement,
    /// The translation with neutral words in place of those that judge.
    pub english: String,
    /// The errors and warnings in the whole translation, each as its rule and what it is about. A
    /// warning among them is no objection to a shorter form that has it as well.
    known: Vec<(&'static str, String)>,
    /// How many errors and warnings there are in the whole translation.
    doubts: usize,
    /// Why the whole translation cannot stand; `None` if it can.
    flaw: Option<String>,
    /// Whether the translation lacks a term of conflict reporting, so that no shorter form of it can be trusted.
    has_lost_terms: bool,
    checks: Checks<'a>,
}

impl<'a> Vetted<'a> {
    /// Checks a statement, after words that judge were replaced by neutral ones.
    ///
    /// # Errors
    /// The reason why no form of it can stand in a summary: it is a notice, or has a loaded word that cannot be
    /// replaced.
    pub fn new(statement: &Statement, wording: &Wording, checks: Checks<'a>) -> Result<Self, String> {
        if let Some(reason) = boilerplate(&statement.french) {
            return Err(reason);
        }
        let english = wording.neutral(&statement.english).map_err(|w| format!("needs the loaded word “{w}”"))?;
        let known = checks.findings(&statement.french, &english);
        // In the dispatch the translation may have an error, and a footnote that says so. A summary may not repeat it.
        let error = known.iter().find(|f| f.severity == Severity::Error).map(|f| f.message.clone());
        let doubts = known.len();
        let known = known.into_iter().map(|f| (f.rule, subject(&f, &statement.french))).collect();
        let term = support::lost_term(&statement.french, &english);
        let has_lost_terms = term.is_some();
        let flaw = error.or_else(|| unsupported(&statement.french, &english)).or(term);
        Ok(Vetted { statement: statement.clone(), english, known, doubts, flaw, has_lost_terms, checks })
    }

    /// Why the whole statement cannot stand; `None` if it can. A shorter form may stand even so, if it does not have
    /// the part that is wrong.
    pub fn flaw(&self) -> Option<&str> {
        self.flaw.as_deref()
    }

    /// How many errors and warnings the rules find in the translation. Each makes it better to take another sentence.
    pub fn doubts(&self) -> usize {
        self.doubts
    }

    /// Why a shorter form of the statement cannot stand; `None` if it can.
    pub fn objection(&self, short: &str) -> Option<String> {
        if self.has_lost_terms {
            return self.flaw.clone();
        }
        let is_known = |f: &Finding| self.known.contains(&(f.rule, subject(f, &self.statement.french)));
        // The other rules may object to the lack of what stood in an aside, which a summary is free
        // to leave out.
        let mut strict =
            self.checks.findings(&self.statement.french, short).into_iter().filter(|f| any::STRICT.has(f.rule));
        let new = strict.find(|f| f.severity == Severity::Error || !is_known(f));
        new.map(|f| f.message).or_else(|| unsupported(&self.statement.french, short))
    }
}

/// The first reason found to refuse the English: it says something that the French does not, or it
/// lacks the source or the doubt that the French has.
fn unsupported(french: &str, english: &str) -> Option<String> {
    support::stranger(french, english)
        .or_else(|| support::other_role(french, english))
        .or_else(|| support::other_bound(french, english))
        .or_else(|| support::other_fate(french, english))
        .or_else(|| support::unhedged(french, english))
        .or_else(|| support::turned(french, english))
        .or_else(|| support::likened(french, english))
        .or_else(|| unsourced(french, english))
}

/// The objection that the French names a source and the English shows none. If the English counts victims, the message
/// says which figure is left without its source.
fn unsourced(french: &str, english: &str) -> Option<String> {
    let named = read(french, Lang::Fr).iter().any(is_source);
    let ours = read(english, Lang::En);
    if !named || ours.iter().any(is_source) || super::reports_speech(english) {
        return None;
    }
    let figure = ours.iter().find(|f| matches!(&f.value, FactValue::Quantity(q) if q.outcome.is_some()));
    Some(match figure {
        Some(f) => format!("says “{}” without the source that the French gives for it", f.span.of(english)),
        None => "leaves out who says it".into(),
    })
}

/// The reason to refuse a line that begins like a notice of the page, such as « Mis à jour »; `None` for others.
fn boilerplate(french: &str) -> Option<String> {
    let lower = french.to_lowercase();
    fr::NOTICES.has(&lower).then(|| "is no part of the story".to_string())
}

/// Whether a fact names somebody who vouches for what the sentence says.
pub(super) fn is_source(fact: &Fact) -> bool {
    matches!(&fact.value, FactValue::Attribution(a) if a.has_strong_source())
}

/// The facts of a text, read without a day of publication.
fn read(text: &str, lang: Lang) -> Vec<Fact> {
    facts::extract(text, &Context { lang, date: None })
}

/// What a finding is about, by which the same finding is recognised in a shorter form: its French words, or its message
/// if it points to none.
fn subject(finding: &Finding, french: &str) -> String {
    finding.source.map_or(finding.message.clone(), |s| s.of(french).to_string())
}
