//! Attributions: who says what, and with which verb or preposition the text says so.

use super::reading::Reading;
use crate::lexicon::verbs::SpeechAct;
use crate::lexicon::{any, class};
use crate::span::Span;

/// How a sentence names its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttributionForm {
    /// A preposition before the source: « selon l'OSDH », "according to the police".
    Prepositional,
    /// A verb of saying, mostly with a clause or a quotation: « a déclaré que », "said that".
    Clause,
    /// A verb of saying with a noun and no clause, or its participle with « par » or "by": « a annoncé la mort de »,
    /// "denied the report", "announced by Moscow".
    Object,
    /// The medium that quotes or asks somebody: « cité par Reuters », « interrogé par la BBC ».
    Medium,
}

/// Who the source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speaker {
    /// A name, or a phrase with a name in it.
    Named,
    /// A role or a kind of document: « un officier des douanes », "a report".
    Role,
    /// A pronoun or a phrase such as « cette source », which means somebody named before.
    Pronoun,
    /// A pronoun such as « je », « nous », « on » or « cela », in French only: it may mean the author of the text, the
    /// person who is quoted, or nobody in particular.
    VaguePronoun,
    /// The sentence names no source.
    Unknown,
    /// Probably a source, because of where it stands (such as the beginning of the sentence), although none of its
    /// words is known to name a person, body or text: « Selon certaines indications, ». In French only.
    Thing,
    /// Not known to be a source: a rule, a measure or a manner (« selon la loi »), or a phrase none of whose words is
    /// known to name a person, body or text.
    Other,
}

/// One attribution.
#[derive(Debug, Clone, PartialEq)]
pub struct Attribution {
    /// Where the source stands, without the preposition; `None` where the sentence names none.
    pub source: Option<Span>,
    /// If the source is a pronoun, a general noun or another form of a name: whom it means, as the text first named
    /// them (see `discourse`). `None` where that is not known, and where the source is written exactly as at its first
    /// mention.
    pub antecedent: Option<String>,
    /// What kind of source it is.
    pub speaker: Speaker,
    /// The preposition or the verb, with its auxiliary.
    pub cue: Span,
    /// What the source does by saying it, such as accuse, deny or confirm.
    pub kind: SpeechAct,
    pub form: AttributionForm,
    /// The words that are claimed, where they follow a verb of saying in the sentence.
    pub claim: Option<Span>,
}

impl Attribution {
    /// Where the fact stands: the source, or the cue where no source is named.
    pub fn span(&self) -> Span {
        self.source.unwrap_or(self.cue)
    }

    /// The place from the source to its cue, or from the cue to the source, both included.
    pub fn clause(&self) -> Span {
        let source = self.source.unwrap_or(self.cue);
        Span::new(source.start.min(self.cue.start), source.end.max(self.cue.end))
    }

    /// Whether a translation that loses the attribution changes who vouches for the claim: its form is not
    /// [`AttributionForm::Object`], and its speaker is neither [`Speaker::Other`] nor [`Speaker::VaguePronoun`].
    pub fn is_strong(&self) -> bool {
        matches!(self.form, AttributionForm::Prepositional | AttributionForm::Clause | AttributionForm::Medium)
            && !matches!(self.speaker, Speaker::Other | Speaker::VaguePronoun)
    }

    /// Whether the attribution is [strong](Self::is_strong) and names who vouches for the claim.
    pub fn has_strong_source(&self) -> bool {
        self.is_strong() && self.source.is_some()
    }
}

/// Whether a noun after a verb of this kind can be what is said: « confirme l'accord », "denies the claim".
pub(super) fn takes_object(kind: SpeechAct) -> bool {
    use SpeechAct::{Accuse, Admit, Allege, Announce, Claim, Confirm, Denounce, Deny};
    matches!(kind, Announce | Deny | Claim | Denounce | Confirm | Admit | Accuse | Allege)
}

/// What kind of source the noun phrase of tokens `from..to` is; `Unknown` if it is empty.
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
    // Plural nouns for persons are known by their endings: « les organisateurs », "the meteorologists".
    if (from..to)
        .any(|i| any::PERSON_PLURALS.endings().any(|e| r.lower(i).ends_with(e) && r.lower(i).len() > e.len() + 3))
    {
        return Speaker::Role;
    }
    Speaker::Other
}
