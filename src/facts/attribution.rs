//! Attributions: who is the source of what, by which verb.

use super::reading::Reading;
use crate::lexicon::verbs::SpeechAct;
use crate::lexicon::{any, class};
use crate::span::Span;

/// How a source stands in the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttributionForm {
    /// « selon l'OSDH », "according to the police".
    Prepositional,
    /// « a déclaré que », "said that", or beside a quotation.
    Clause,
    /// A verb of saying with an object only: « a annoncé la mort de », "denied the report".
    Object,
    /// « cité par », « interrogé par », "quoted by".
    Medium,
}

/// Who the source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speaker {
    /// Has a name in it.
    Named,
    /// A role or a kind of document: « un officier des douanes », "a report".
    Role,
    /// A pronoun or « cette source »: somebody named before.
    Pronoun,
    /// Whoever speaks already: « je pense que », "I said that".
    First,
    /// Nobody in this sentence.
    Unknown,
    /// Something that claims can rest on, and need not: « selon le même scénario ».
    Thing,
    /// What nobody says: « selon la loi ».
    Other,
}

/// One attribution.
#[derive(Debug, Clone, PartialEq)]
pub struct Attribution {
    /// The source as written, without the preposition.
    pub source: Option<Span>,
    /// Who that is, when the source is a pronoun and the text before says it (see `discourse`).
    pub antecedent: Option<String>,
    pub speaker: Speaker,
    /// The preposition or the verb, with its auxiliary.
    pub cue: Span,
    pub kind: SpeechAct,
    pub form: AttributionForm,
    /// What is claimed, as far as this sentence shows it.
    pub claim: Option<Span>,
}

impl Attribution {
    /// Where the fact stands: the source, or the verb that implies one.
    pub fn span(&self) -> Span {
        self.source.unwrap_or(self.cue)
    }

    /// The source with its preposition or verb.
    pub fn clause(&self) -> Span {
        let source = self.source.unwrap_or(self.cue);
        Span::new(source.start.min(self.cue.start), source.end.max(self.cue.end))
    }

    /// Losing it changes who vouches for the claim.
    pub fn is_strong(&self) -> bool {
        matches!(self.form, AttributionForm::Prepositional | AttributionForm::Clause | AttributionForm::Medium)
            && !matches!(self.speaker, Speaker::Other | Speaker::First)
    }
}

/// Whether what a verb of this kind commits its speaker to may be its object: « confirme l'accord », "denies the claim".
pub(super) fn takes_object(kind: SpeechAct) -> bool {
    use SpeechAct::{Accuse, Admit, Allege, Announce, Claim, Confirm, Denounce, Deny};
    matches!(kind, Announce | Deny | Claim | Denounce | Confirm | Admit | Accuse | Allege)
}

/// Who the noun phrase of tokens `from..to` is.
pub fn speaker(r: &Reading<'_>, from: usize, to: usize) -> Speaker {
    if from >= to {
        return Speaker::Unknown;
    }
    let demonstrative = r.among(from, &any::DEMONSTRATIVES);
    if r.is(from, class::PRON) && to - from <= 4
        || demonstrative && (from..to).any(|i| r.is(i, class::ROLE | class::SPEECH))
    {
        return Speaker::Pronoun;
    }
    if (from..to).any(|i| r.is_word(i) && r.capital(i) && !(r.opens(i) && r.is(i, class::FUNCTION | class::COMMON))) {
        return Speaker::Named;
    }
    if (from..to).any(|i| r.is(i, class::ROLE | class::SPEECH)) {
        return Speaker::Role;
    }
    // Plural nouns of persons: « les organisateurs », "the meteorologists".
    if (from..to)
        .any(|i| any::PERSON_PLURALS.endings().any(|e| r.lower(i).ends_with(e) && r.lower(i).len() > e.len() + 3))
    {
        return Speaker::Role;
    }
    Speaker::Other
}
