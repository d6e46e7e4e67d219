//! Who says it, in the two sides.

use crate::checks::{Confidence, Pair, Severity, Side};
use crate::facts::attribution::{Attribution, Form, Speaker};
use crate::facts::en::attribution::signals;
use crate::facts::reading::Reading;
use crate::facts::{Fact, FactValue};
use crate::lexicon::verbs::Kind;
use crate::lexicon::{EntryId, Lexicon};
use crate::span::Span;

/// What became of an attribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    SourceMissing,
    SourceChanged,
    SourceAdded,
    Dropped,
    /// The verb commits the speaker to something else.
    Changed(Kind, Kind),
    SpeakerChanged,
}

/// One disagreement about sources.
#[derive(Debug, Clone)]
pub struct Difference {
    pub what: What,
    pub source: Option<Span>,
    pub target: Option<Span>,
    pub severity: Severity,
    pub confidence: Confidence,
}

/// All disagreements of a pair.
#[derive(Debug, Default)]
pub struct Comparison {
    pub differences: Vec<Difference>,
}

impl Pair<'_> {
    /// The attributions of both sides, compared.
    pub fn sources(&self) -> &Comparison {
        self.shared.sources.get_or_init(|| Comparison::new(self))
    }
}

/// Attributions among facts.
pub fn attributions(facts: &[Fact]) -> impl Iterator<Item = &Attribution> {
    facts.iter().filter_map(|f| match &f.value {
        FactValue::Attribution(a) => Some(a),
        _ => None,
    })
}

impl Comparison {
    fn new(pair: &Pair<'_>) -> Self {
        let mut out = Comparison::default();
        let fr: Vec<&Attribution> = attributions(&pair.source.facts).collect();
        let en: Vec<&Attribution> = attributions(&pair.target.facts).collect();
        out.verbs(pair, &fr, &en);
        out.lost(pair, &fr, &en);
        out.exchanged(pair, &fr, &en);
        out
    }

    fn push(
        &mut self,
        what: What,
        source: Option<Span>,
        target: Option<Span>,
        severity: Severity,
        confidence: Confidence,
    ) {
        self.differences.push(Difference { what, source, target, severity, confidence });
    }

    /// Attributions that the English does without.
    fn lost(&mut self, pair: &Pair<'_>, fr: &[&Attribution], en: &[&Attribution]) {
        let strong: Vec<&&Attribution> = fr.iter().filter(|a| a.is_strong()).collect();
        let signs = signals(&pair.target.reading);
        for a in &strong {
            let Some(source) = a.source else { continue };
            let found = source_is_in(&pair.source.reading, source, pair);
            let prepositional = a.form == Form::Prepositional && matches!(a.speaker, Speaker::Named | Speaker::Role);
            let what = if prepositional { What::SourceMissing } else { What::Dropped };
            if signs == 0 && pair.target.facts.iter().all(|f| !matches!(f.value, FactValue::Quote(_))) {
                if prepositional && !found {
                    self.push(what, Some(a.span()), None, Severity::Error, Confidence::High);
                } else if !found || a.form == Form::Clause && a.kind != Kind::Think {
                    self.push(what, Some(a.span()), None, Severity::Warning, Confidence::Medium);
                }
            } else if prepositional && !found && en.iter().filter(|e| e.is_strong()).count() < strong.len() {
                self.push(what, Some(a.span()), None, Severity::Warning, Confidence::Medium);
            }
        }
    }

    /// "according to X" where French names Y.
    fn exchanged(&mut self, pair: &Pair<'_>, fr: &[&Attribution], en: &[&Attribution]) {
        let unexplained = &pair.names().unexplained;
        let lost = &pair.names().lost;
        for e in en.iter().filter(|e| e.form == Form::Prepositional) {
            let Some(target) = e.source else { continue };
            let strange = unexplained.iter().any(|s| target.contains(*s));
            if !strange {
                continue;
            }
            // The French source that it stands for: a preposition's first, then any that is not in the English.
            let partner =
                fr.iter().find(|a| a.form == Form::Prepositional).or_else(|| fr.iter().find(|a| a.is_strong()));
            match partner.and_then(|a| a.source) {
                Some(source) => {
                    let gone =
                        lost.iter().any(|s| source.contains(*s)) || !source_is_in(&pair.source.reading, source, pair);
                    let severity = if gone { Severity::Error } else { Severity::Warning };
                    self.push(
                        What::SourceChanged,
                        Some(source),
                        Some(target),
                        severity,
                        if gone { Confidence::High } else { Confidence::Medium },
                    );
                }
                None => self.push(What::SourceAdded, None, Some(target), Severity::Warning, Confidence::Medium),
            }
        }
    }

    /// Verbs that commit the speaker to something else: said → denied.
    fn verbs(&mut self, pair: &Pair<'_>, fr: &[&Attribution], en: &[&Attribution]) {
        let french_denies = (0..pair.source.reading.len()).any(|i| {
            pair.source.reading.info(i).verb == Some(Kind::Deny)
                || ["refus", "priv", "interdi", "démenti", "défend", "exclu", "nég", "renon", "repouss", "contest"]
                    .iter()
                    .any(|p| pair.source.reading.lower(i).starts_with(p))
        });
        for e in en.iter().filter(|e| e.kind == Kind::Deny && pair.target.reading_word(e.cue).starts_with("den")) {
            if french_denies {
                break;
            }
            let said = fr.iter().find(|a| a.kind != Kind::Deny);
            let severity = if said.is_some() { Severity::Error } else { Severity::Warning };
            self.push(
                What::Changed(said.map_or(Kind::Say, |a| a.kind), Kind::Deny),
                said.map(|a| a.cue),
                Some(e.cue),
                severity,
                Confidence::High,
            );
        }
    }
}

impl Side<'_> {
    /// The last word of `span`, lower-cased: the verb of a cue.
    fn reading_word(&self, span: Span) -> String {
        span.of(self.text).split_whitespace().last().unwrap_or("").to_lowercase()
    }
}

/// Whether the English shows the source in any way: a name of it, or a role by the table.
fn source_is_in(r: &Reading<'_>, source: Span, pair: &Pair<'_>) -> bool {
    let lost = &pair.names().lost;
    let names = super::names::names(&pair.source.facts).filter(|n| source.overlaps(n.span) && !n.term && !n.unsure);
    let mut any = false;
    for name in names {
        for unit in name.units.iter().filter(|u| u.proper) {
            any = true;
            if !lost.contains(&unit.span) {
                return true;
            }
        }
    }
    let rows = roles(r, source);
    if !rows.is_empty() {
        let target = &pair.target.reading;
        let whole = Span::new(0, pair.target.text.len());
        return roles(target, whole).iter().any(|row| rows.contains(row));
    }
    !any && false
}

/// Rows of the roles table that stand in `span`.
fn roles(r: &Reading<'_>, span: Span) -> Vec<EntryId> {
    let list = &Lexicon::get().entries;
    let mut out = Vec::new();
    for i in 0..r.len() {
        if !r.is_word(i) || !span.contains(r.span(i, i + 1)) {
            continue;
        }
        for form in list.roles(r.lang, r.words[i].fold) {
            let mut at = i;
            let whole = form.keys.iter().all(|&k| {
                while r.joins(at) {
                    at += 1;
                }
                at += 1;
                r.words.get(at - 1).is_some_and(|w| w.fold == k)
            });
            if whole {
                out.extend(&form.entries);
            }
        }
    }
    out
}
