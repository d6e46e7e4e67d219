//! Sources over the sentences of a text: « selon lui », « toujours selon cette ONG », "she added" mean somebody named
//! before.

use super::attribution::{Attribution, Speaker};
use super::reading::Reading;
use super::{Fact, FactValue};
use crate::lexicon::class;
use crate::span::Span;

/// Grammatical gender and number of a source, as far as its article or pronoun shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Masculine,
    Feminine,
    Plural,
    Open,
}

impl Form {
    fn fits(self, other: Form) -> bool {
        self == other || self == Form::Open && other != Form::Plural || other == Form::Open && self != Form::Plural
    }
}

/// A source that a later pronoun can mean.
#[derive(Debug, Clone)]
struct Antecedent {
    text: String,
    form: Form,
    /// Nouns of role in it, lower-cased: what « cette ONG » or "the agency" can pick up.
    nouns: Vec<String>,
    person: bool,
}

/// The sources that a text has named so far. Give it the facts of one sentence after the other, in order.
#[derive(Debug, Clone, Default)]
pub struct Discourse {
    /// The latest last; old ones are forgotten, since nobody writes "she" over twenty sentences.
    sources: Vec<Antecedent>,
}

const MEMORY: usize = 8;

impl Discourse {
    /// Fills in [`Attribution::antecedent`] where a pronoun or « cette source » means a source named before, and
    /// remembers the sources of this sentence.
    pub fn resolve(&mut self, r: &Reading<'_>, facts: &mut [Fact]) {
        for fact in facts.iter_mut() {
            let FactValue::Attribution(a) = &mut fact.value else { continue };
            let Some(source) = a.source else { continue };
            match a.speaker {
                Speaker::Pronoun => a.antecedent = self.find(r, source),
                Speaker::Named | Speaker::Role => self.remember(r, a, source),
                _ => {}
            }
        }
    }

    /// Who the pronoun or the demonstrative phrase means: the latest source that fits.
    fn find(&self, r: &Reading<'_>, source: Span) -> Option<String> {
        let tokens = || (0..r.len()).filter(|&i| source.contains(r.span(i, i + 1)));
        let first = tokens().next()?;
        let form = form_of(r.lower(first));
        let noun = tokens().find(|&i| r.is(i, class::ROLE | class::SPEECH)).map(|i| r.lower(i));
        let fits = |s: &&Antecedent| match noun {
            // « cette source » means any; « cette ONG » one that was called so, or a name that is no person.
            Some("source" | "sources") => true,
            Some(noun) => s.nouns.iter().any(|n| n == noun) || !s.person && s.form.fits(form),
            None => s.form.fits(form),
        };
        self.sources.iter().rev().find(fits).map(|s| s.text.clone())
    }

    fn remember(&mut self, r: &Reading<'_>, a: &Attribution, source: Span) {
        let inside: Vec<usize> = (0..r.len()).filter(|&i| source.contains(r.span(i, i + 1))).collect();
        let Some(&first) = inside.first() else { return };
        let person = inside.iter().any(|&i| r.is(i, class::GIVEN | class::TITLE)) && a.speaker == Speaker::Named;
        self.sources.push(Antecedent {
            text: source.of(r.tokens.text).to_string(),
            form: form_of(r.lower(first)),
            nouns: inside.iter().filter(|&&i| r.is(i, class::ROLE)).map(|&i| r.lower(i).to_string()).collect(),
            person,
        });
        if self.sources.len() > MEMORY {
            self.sources.remove(0);
        }
    }
}

fn form_of(word: &str) -> Form {
    match word {
        "il" | "lui" | "le" | "un" | "ce" | "cet" | "he" | "him" | "m" => Form::Masculine,
        "elle" | "la" | "une" | "cette" | "she" | "her" | "mme" => Form::Feminine,
        "ils" | "elles" | "eux" | "les" | "des" | "ces" | "plusieurs" | "deux" | "certains" | "they" | "them"
        | "these" => Form::Plural,
        _ => Form::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;

    fn antecedents(sentences: &[&str]) -> Vec<Option<String>> {
        let mut discourse = Discourse::default();
        let mut out = Vec::new();
        for text in sentences {
            let r = Reading::new(text, Lang::Fr);
            let mut facts = Vec::new();
            crate::facts::extract_statements(&r, &mut facts);
            discourse.resolve(&r, &mut facts);
            out.extend(facts.iter().filter_map(|f| match &f.value {
                FactValue::Attribution(a) if a.speaker == Speaker::Pronoun => Some(a.antecedent.clone()),
                _ => None,
            }));
        }
        out
    }

    #[test]
    fn this_organisation_is_the_one_named_before() {
        let found = antecedents(&[
            "Selon l'Observatoire syrien des droits de l'homme (OSDH), douze civils sont morts.",
            "Un responsable de la sécurité a déclaré que l'armée tenait la route.",
            "Toujours selon cette ONG, les combats continuent.",
        ]);
        assert_eq!(found, [Some("l'Observatoire syrien des droits de l'homme (OSDH)".to_string())]);
    }

    #[test]
    fn pronouns_agree_with_whom_they_mean() {
        let found = antecedents(&[
            "La ministre a annoncé que la route rouvrirait.",
            "Le gouverneur a affirmé que le pont tenait.",
            "Selon elle, la ville est sûre.",
            "Le pont est solide, a-t-il ajouté.",
        ]);
        assert_eq!(found, [Some("La ministre".to_string()), Some("Le gouverneur".to_string())]);
    }

    #[test]
    fn a_pronoun_without_anybody_before_stays_open() {
        assert_eq!(antecedents(&["Selon eux, la ville est tombée."]), [None]);
    }
}
