//! Contrasts: the English with one place changed, so that it says what the French may really say.
//!
//! Rules can compare figures and sources, but a model knows better whether « repris » means
//! "retaken" or "resumed" in a sentence. So tables of words and rules of grammar, which need no
//! model, make a contrast where something in the French gives reason for one. Then `score` works
//! out which of the two texts the model finds likelier. Each way of making contrasts has a file of
//! its own.

#[cfg(feature = "model")]
pub mod cache;
mod difference;
mod edit;
mod event;
mod exchange;
mod figures;
#[cfg(feature = "model")]
pub mod look;
mod margin;
mod negation;
mod opposites;
mod people;
mod question;
pub mod rivals;
#[cfg(feature = "model")]
pub mod score;
mod speakers;
pub mod support;
mod things;
mod verb;
mod words;

pub use question::{Answer, Question};

use crate::checks::{By, Confidence, Finding, Pair, Preferred, Severity};
use crate::span::Span;
use margin::Margin;

/// A pair that is looked at a second time, with what the rules have found in it.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The French.
    pub source: &'a str,
    /// The English.
    pub target: &'a str,
    /// What the rules have found in the pair.
    pub known: &'a [Finding],
}

/// Looks at pairs a second time, many at once. Returns the new findings of each pair, in the order of the pairs.
pub type SecondLook<'a> = Box<dyn FnMut(&[Asked<'_>]) -> std::io::Result<Vec<Vec<Finding>>> + 'a>;

/// What a contrast changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ContrastKind {
    /// What happened: "freed" for "killed".
    Event,
    /// Whether it happened: a negation put in or taken out.
    Negation,
    /// Who did it to whom.
    Parties,
    /// Two names that change places.
    Names,
    /// Two speakers that change places.
    Speakers,
    /// Two figures that change places.
    Figures,
    /// Two years, months or days of the week that change places.
    Dates,
    /// "before" for "after".
    Time,
    /// "rose" for "fell".
    Trend,
    /// How much, how often or of what kind: "all" for "some", "never" for "always", "legal" for "illegal".
    Degree,
    /// What kind of people: "soldiers" for "civilians".
    People,
    /// What it happened to, where and with what: "school" for "hospital".
    Thing,
}

impl ContrastKind {
    /// The rule under which a finding of this kind is reported.
    pub fn rule(self) -> &'static str {
        match self {
            ContrastKind::Event | ContrastKind::Trend | ContrastKind::Degree | ContrastKind::Thing => {
                crate::checks::event_changed::RULE.name
            }
            ContrastKind::Negation => crate::checks::negation_changed::RULE.name,
            ContrastKind::Parties | ContrastKind::Names => crate::checks::roles_exchanged::RULE.name,
            ContrastKind::Speakers => crate::checks::speaker_changed::RULE.name,
            ContrastKind::Figures => crate::checks::number_changed::RULE.name,
            ContrastKind::Dates => crate::checks::date_changed::RULE.name,
            ContrastKind::Time => crate::checks::time_relation_changed::RULE.name,
            ContrastKind::People => crate::checks::party_changed::RULE.name,
        }
    }

    /// All kinds.
    pub const ALL: [ContrastKind; 12] = [
        ContrastKind::Event,
        ContrastKind::Negation,
        ContrastKind::Parties,
        ContrastKind::Names,
        ContrastKind::Speakers,
        ContrastKind::Figures,
        ContrastKind::Dates,
        ContrastKind::Time,
        ContrastKind::Trend,
        ContrastKind::Degree,
        ContrastKind::People,
        ContrastKind::Thing,
    ];

    /// The kind's name in the table of margins.
    pub fn name(self) -> &'static str {
        match self {
            ContrastKind::Event => "event",
            ContrastKind::Negation => "negation",
            ContrastKind::Parties => "parties",
            ContrastKind::Names => "names",
            ContrastKind::Speakers => "speakers",
            ContrastKind::Figures => "figures",
            ContrastKind::Dates => "dates",
            ContrastKind::Time => "time",
            ContrastKind::Trend => "trend",
            ContrastKind::Degree => "degree",
            ContrastKind::People => "people",
            ContrastKind::Thing => "thing",
        }
    }
}

/// The English with one place changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contrast {
    pub kind: ContrastKind,
    /// The whole English text with the change.
    pub text: String,
    /// The place that is changed, in the English before the change.
    pub target: Span,
    /// The words that stand there after the change.
    pub words: String,
    /// The French words that give reason for the contrast; `None` if no particular words do, or if
    /// their place is not known.
    pub source: Option<Span>,
}

/// The contrasts of a pair without duplicates. A contrast that changes nothing is left out.
pub fn of(pair: &Pair<'_>) -> Vec<Contrast> {
    let mut out = Vec::new();
    for add in [
        event::add,
        negation::add,
        exchange::add,
        words::add,
        opposites::add,
        things::add,
        people::add,
        speakers::add,
        figures::add,
    ] {
        add(pair, &mut out);
    }
    let mut seen = std::collections::HashSet::new();
    out.retain(|c| c.text != pair.target.text && seen.insert(c.text.clone()));
    out
}

impl Contrast {
    /// The finding, if the contrast is likelier by enough. `margin` says by how many nats the model
    /// finds the contrast likelier than the English. `None` if `margin` is less than the least
    /// margin of the kind, or NaN.
    pub fn finding(&self, margin: f32, pair: &Pair<'_>) -> Option<Finding> {
        let enough = Margin::of(self.kind);
        if margin.is_nan() || margin < enough.least {
            return None;
        }
        let confidence = if margin >= enough.sure { Confidence::High } else { Confidence::Medium };
        Some(Finding {
            rule: self.kind.rule(),
            severity: Severity::Warning,
            confidence,
            message: format!(
                "the model finds “{}” likelier than “{}” behind the French",
                self.words,
                self.target.of(pair.target.text)
            ),
            source: self.source,
            target: Some(self.target),
            by: By::Contrast(Box::new(Preferred::new(margin, &self.text))),
        })
    }
}

#[cfg(test)]
fn texts(french: &str, english: &str) -> Vec<String> {
    of(&Pair::new(french, english, None)).into_iter().map(|c| c.text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_margin_makes_a_finding_and_its_size_the_confidence() {
        let pair = Pair::new("Les deux guides ont été tués.", "The two guides were freed.", None);
        let contrast = of(&pair).into_iter().find(|c| c.words == "killed").unwrap();
        assert_eq!(contrast.finding(0.5, &pair), None);
        let finding = contrast.finding(40., &pair).unwrap();
        assert_eq!((finding.rule, finding.confidence), ("event-changed", Confidence::High));
        assert_eq!(finding.message, "the model finds “killed” likelier than “freed” behind the French");
    }

    #[test]
    fn a_sentence_without_any_doubt_has_no_contrast() {
        assert_eq!(texts("Le pont est en bois.", "The bridge is made of wood."), [""; 0]);
    }
}
