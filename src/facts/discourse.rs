//! Follows the sources of claims from sentence to sentence. The sources in « selon lui », « d'après cette agence » and
//! "she added" were named before, and « le MLN » is short for « le Mouvement de libération du Norava (MLN) ».

use super::attribution::{Attribution, Speaker, speaker};
use super::reading::Reading;
use super::{Fact, FactValue};
use crate::lexicon::{EntryId, Lexicon, NameClass, any, class};
use crate::span::Span;

/// Grammatical gender and number of a source, as far as its first word shows them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Agreement {
    Masculine,
    Feminine,
    Plural,
    /// Not shown: « l'ONG », a name.
    Open,
}

impl Agreement {
    /// Whether two phrases of these forms can mean the same source: their forms are equal, or one is `Open` and the
    /// other is not the plural.
    fn fits(self, other: Agreement) -> bool {
        self == other
            || self == Agreement::Open && other != Agreement::Plural
            || other == Agreement::Open && self != Agreement::Plural
    }
}

/// What a source is, as far as its words show it; `Open` where they do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Nature {
    Person,
    /// An organisation, a place or a document.
    Body,
    Open,
}

/// A source that the text has named.
#[derive(Debug, Clone)]
struct Antecedent {
    /// As it was first named.
    text: String,
    /// Its words in lower case, without the article or preposition in front ([`key`]). Sources with equal keys are the
    /// same.
    key: String,
    /// The lexicon's entry that the source names, if the source begins with that name ([`is_whole`]). All names of one
    /// entry mean the same source.
    entry: Option<EntryId>,
    form: Agreement,
    nature: Nature,
    /// The nouns in it that name a role or a kind of body, in lower case: « cette ONG » may mean a source that has
    /// « ong ».
    nouns: Vec<String>,
}

/// The sources that a text has named so far. [`Discourse::resolve`] must be called for one sentence after the other, in
/// the order of the text.
#[derive(Debug, Clone, Default)]
pub struct Discourse {
    sources: Vec<Antecedent>,
    /// Indices into `sources` of the last [`MEMORY`] that were mentioned, the latest last: the ones that a pronoun or a
    /// general noun can mean.
    recent: Vec<usize>,
}

/// How many sources [`Discourse::recent`] holds.
const MEMORY: usize = 8;

impl Discourse {
    /// Works on the facts of one sentence. Splits attributions to two sources (« l'ONG et des témoins ») into two
    /// facts, fills in [`Attribution::antecedent`] where the source was named before in other words, and remembers the
    /// sources of this sentence.
    pub fn resolve(&mut self, r: &Reading<'_>, facts: &mut Vec<Fact>) {
        split(r, facts);
        let names: Vec<(Span, Option<EntryId>, NameClass)> = facts.iter().filter_map(entry_of).collect();
        for fact in facts.iter_mut() {
            let FactValue::Attribution(a) = &mut fact.value else { continue };
            let Some(source) = a.source else { continue };
            let entry = names.iter().find_map(|&(span, entry, _)| entry.filter(|_| is_whole(r, source, span)));
            let known = match a.speaker {
                Speaker::Pronoun => self.find(r, source),
                Speaker::Named | Speaker::Role | Speaker::Thing => self.same(r, source, entry),
                _ => continue,
            };
            match known {
                Some(at) => {
                    a.antecedent = Some(self.sources[at].text.clone()).filter(|t| t != source.of(r.tokens.text));
                    self.mention(at);
                }
                None if a.speaker != Speaker::Pronoun => self.remember(r, a, source, entry),
                None => {}
            }
        }
    }

    /// The index of the earlier source that is named again here: by the same words, by the same entry of the lexicon,
    /// by its acronym, or by a determiner and a general noun (« l'ONG »). With « un », « une » or « des » such a noun
    /// means somebody new.
    fn same(&self, r: &Reading<'_>, source: Span, entry: Option<EntryId>) -> Option<usize> {
        let key = key(source.of(r.tokens.text));
        let again = |s: &Antecedent| {
            s.key == key
                || entry.is_some() && s.entry == entry
                // « l'Observatoire de Tarsal (OT) » is later « l'OT ».
                || !key.contains(' ') && s.key.split_once('(').is_some_and(|(_, a)| a.trim_end_matches(')') == key)
        };
        let inside = words(r, source);
        let general = match inside.as_slice() {
            [first, noun] => {
                r.is(*first, class::DET)
                    && !matches!(r.lower(*first), "un" | "une" | "des")
                    && r.among(*noun, &any::GENERAL_SOURCES)
            }
            _ => false,
        };
        self.sources.iter().rposition(again).or_else(|| general.then(|| self.find(r, source)).flatten())
    }

    /// Whom a pronoun or a phrase such as « cette ONG » means: the index of the latest recent source that fits.
    fn find(&self, r: &Reading<'_>, source: Span) -> Option<usize> {
        let inside = words(r, source);
        let form = form_of(r.lower(*inside.first()?));
        let noun = inside.iter().find(|&&i| r.is(i, class::ROLE | class::SPEECH)).map(|&i| r.lower(i));
        let fits = |s: &Antecedent| match noun {
            // « cette source » may mean any source. A general noun such as « ONG » means a source that has this noun,
            // or any that agrees in gender and number and isn't known to be a person. Other nouns, such as
            // « ministère », mean only a source that has the noun. A pronoun means any source that agrees.
            Some("source" | "sources") => true,
            Some(noun) if s.nouns.iter().any(|n| n == noun) => true,
            Some(noun) => any::GENERAL_BODIES.has(noun) && s.nature != Nature::Person && s.form.fits(form),
            None => s.form.fits(form),
        };
        self.recent.iter().rev().copied().find(|&at| fits(&self.sources[at]))
    }

    /// Adds a source that was not named before.
    fn remember(&mut self, r: &Reading<'_>, a: &Attribution, source: Span, entry: Option<EntryId>) {
        let inside = words(r, source);
        let Some(&first) = inside.first() else { return };
        let text = source.of(r.tokens.text);
        self.sources.push(Antecedent {
            text: text.to_string(),
            key: key(text),
            entry,
            form: form_of(r.lower(first)),
            nature: nature(r, a, &inside, entry),
            nouns: inside.iter().filter(|&&i| r.is(i, class::ROLE)).map(|&i| r.lower(i).to_string()).collect(),
        });
        self.mention(self.sources.len() - 1);
    }

    /// Makes the source at `at` the latest one mentioned.
    fn mention(&mut self, at: usize) {
        self.recent.retain(|&r| r != at);
        self.recent.push(at);
        if self.recent.len() > MEMORY {
            self.recent.remove(0);
        }
    }
}

/// Splits every attribution to two sources (« l'ONG et des témoins », "the NGO and the witnesses") into two, because
/// each source may have been named before.
fn split(r: &Reading<'_>, facts: &mut Vec<Fact>) {
    let mut at = 0;
    while at < facts.len() {
        if let Some((first, second)) = halves(r, &facts[at]) {
            let other = part(r, &facts[at], second);
            facts[at] = part(r, &facts[at], first);
            facts.insert(at + 1, other);
        }
        at += 1;
    }
}

/// The two sources that an attribution names with « et » or "and", if each of them can be a source by itself.
fn halves(r: &Reading<'_>, fact: &Fact) -> Option<(Span, Span)> {
    let FactValue::Attribution(Attribution { source: Some(source), .. }) = &fact.value else { return None };
    let inside = words(r, *source);
    let and = inside.iter().position(|&i| matches!(r.lower(i), "et" | "and"))?;
    let (first, second) = (&inside[..and], &inside[and + 1..]);
    let (&from, &middle, &next, &last) = (first.first()?, first.last()?, second.first()?, second.last()?);
    let is_source = |from: usize, to: usize| matches!(speaker(r, from, to), Speaker::Named | Speaker::Role);
    // « le ministère de l'Eau et des Forêts » is one source, « l'ONG et des témoins » are two. After « et », « du »
    // never begins a second source, and « des » only before a word such as « témoins » that can be a source.
    let article =
        r.is(next, class::DET) && r.lower(next) != "du" && (r.lower(next) != "des" || r.is(next + 1, class::ROLE));
    let both = (r.is(from, class::DET) || r.capital(from)) && article
        || r.capital(from) && r.capital(next) && !r.is(from, class::DET);
    // « Karim et Nadia Sadi » share a surname and stay together, because « Karim » alone would not say who he is.
    let couple = middle == from && second.len() == 2 && r.is(from, class::GIVEN) && !r.is(next, class::DET);
    let both = both && !couple;
    let to = source.end.max(r.span(last, last + 1).end);
    let middle = r.span(middle, middle + 1).end;
    (both && is_source(from, inside[and]) && is_source(next, last + 1))
        .then(|| (Span::new(source.start, middle), Span::new(r.span(next, next + 1).start, to)))
}

/// The attribution of `fact` with one of its two sources.
fn part(r: &Reading<'_>, fact: &Fact, source: Span) -> Fact {
    let mut fact = fact.clone();
    fact.span = source;
    if let FactValue::Attribution(a) = &mut fact.value {
        a.source = Some(source);
        let inside = words(r, source);
        if let (Some(&from), Some(&last)) = (inside.first(), inside.last()) {
            a.speaker = speaker(r, from, last + 1);
        }
    }
    fact
}

/// The tokens of a span that are words.
fn words(r: &Reading<'_>, span: Span) -> Vec<usize> {
    let start = r.tokens.first_at(span.start);
    (start..r.len()).take_while(|&i| r.span(i, i + 1).end <= span.end).filter(|&i| r.is_word(i)).collect()
}

/// For a name that is no demonym, the place of its first part that has exactly one entry in the lexicon, that entry,
/// and the class of the name. If no part has exactly one entry, the place is that of the whole name, and the entry is
/// `None`.
fn entry_of(fact: &Fact) -> Option<(Span, Option<EntryId>, NameClass)> {
    match &fact.value {
        FactValue::Name(n) if !n.demonym => {
            let unit = n.units.iter().find(|u| u.entries.len() == 1);
            Some((unit.map_or(fact.span, |u| u.span), unit.map(|u| u.entries[0]), n.class))
        }
        _ => None,
    }
}

/// Whether the source begins with the name, so that at most an article and a noun such as « agence » stand before it:
/// true of « l'OSDH », false of « responsable de l'OSDH ». What follows the name does not matter.
fn is_whole(r: &Reading<'_>, source: Span, name: Span) -> bool {
    let before = words(r, source).into_iter().take_while(|&i| r.span(i, i + 1).start < name.start);
    name.overlaps(source)
        && before.clone().count() <= 2
        && before.into_iter().all(|i| r.is(i, class::DET | class::BODY) || r.lower(i) == "agence")
}

/// Whether a source is a person or a body. Its entry in the lexicon decides, or else the first word after its article
/// (a noun for a body, an acronym, a role or a title), or else a given name or title in it.
fn nature(r: &Reading<'_>, a: &Attribution, inside: &[usize], entry: Option<EntryId>) -> Nature {
    match entry.map(|id| Lexicon::get().entries.list[id as usize].class) {
        Some(NameClass::Person) => return Nature::Person,
        Some(NameClass::Organisation | NameClass::Place) => return Nature::Body,
        _ => {}
    }
    let head = inside.iter().find(|&&i| !r.is(i, class::DET));
    let body = |i: usize| r.is(i, class::BODY | class::SPEECH) || r.among(i, &any::GENERAL_BODIES);
    match head {
        Some(&i) if body(i) || r.upper(i) && r.tokens.raw(i).len() > 1 => Nature::Body,
        Some(&i) if r.is(i, class::ROLE | class::TITLE) => Nature::Person,
        _ if a.speaker == Speaker::Named && inside.iter().any(|&i| r.is(i, class::GIVEN | class::TITLE)) => {
            Nature::Person
        }
        _ => Nature::Open,
    }
}

/// The gender and number that a source's first word shows: « elle » and « la » are feminine, « ces » is plural.
fn form_of(word: &str) -> Agreement {
    match word {
        w if any::MASCULINE.has(w) => Agreement::Masculine,
        w if any::FEMININE.has(w) => Agreement::Feminine,
        w if any::PLURAL.has(w) => Agreement::Plural,
        _ => Agreement::Open,
    }
}

/// The text in lower case, without the articles, demonstratives and prepositions at its beginning.
pub fn key(text: &str) -> String {
    let lower = text.to_lowercase().replace('’', "'");
    let mut rest = lower.trim();
    while let Some(next) = any::INTRODUCING.words().find_map(|word| {
        let next = rest.strip_prefix(word)?;
        // A word ends at a space or with an apostrophe: « la ville » begins with the article « la », « latitude » does
        // not.
        (word.ends_with('\'') || next.starts_with(' ')).then_some(next)
    }) {
        rest = next.trim_start();
    }
    rest.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;

    /// The sources of the sentences, each with its antecedent.
    fn sources(sentences: &[&str]) -> Vec<(String, Option<String>)> {
        let mut discourse = Discourse::default();
        let mut out = Vec::new();
        for text in sentences {
            let r = Reading::new(text, Lang::Fr);
            let mut facts = Vec::new();
            crate::facts::extract_statements(&r, &mut facts);
            facts.sort_by_key(|f| f.span.start);
            discourse.resolve(&r, &mut facts);
            out.extend(facts.iter().filter_map(|f| match &f.value {
                FactValue::Attribution(a) => Some((a.source?.of(text).to_string(), a.antecedent.clone())),
                _ => None,
            }));
        }
        out
    }

    /// The antecedent of the last source with these words. Panics if there is no such source.
    fn antecedent(sentences: &[&str], source: &str) -> Option<String> {
        let all = sources(sentences);
        let found = all.iter().rfind(|(s, _)| s == source);
        found.unwrap_or_else(|| panic!("no source {source} in {all:?}")).1.clone()
    }

    #[test]
    fn this_organisation_is_the_one_named_before() {
        let before = [
            "Selon l'Observatoire syrien des droits de l'homme (OSDH), douze civils sont morts.",
            "Une source de la sécurité a déclaré que l'armée tenait la route.",
        ];
        let known = Some("l'Observatoire syrien des droits de l'homme (OSDH)".to_string());
        for (sentence, source) in [
            ("Toujours selon cette ONG, les combats continuent.", "cette ONG"),
            ("Une information démentie par l'ONG et des témoins qui affirment que le pont tient.", "l'ONG"),
            ("L'OSDH fait état de trois morts.", "L'OSDH"),
        ] {
            assert_eq!(antecedent(&[&before[..], &[sentence]].concat(), source), known, "{sentence}");
        }
        let source = antecedent(&[&before[..], &["Selon cette source, le pont tient."]].concat(), "cette source");
        assert_eq!(source.as_deref(), Some("Une source de la sécurité"));
    }

    #[test]
    fn two_sources_of_one_claim_are_two() {
        let all = sources(&["Le retrait a été confirmé par l'armée et des témoins."]);
        assert_eq!(all, [("l'armée".to_string(), None), ("des témoins".to_string(), None)]);
        for one in ["le ministère de l'Eau et de la Pêche", "le ministère de l'Eau et des Forêts"] {
            let found = sources(&[&format!("Le retrait a été confirmé par {one}.")]);
            assert_eq!(found, [(one.to_string(), None)]);
        }
    }

    #[test]
    fn pronouns_agree_with_whom_they_mean() {
        let before = ["La ministre a annoncé que la route rouvrirait.", "Le gouverneur a affirmé que le pont tenait."];
        let she = antecedent(&[&before[..], &["Selon elle, la ville est sûre."]].concat(), "elle");
        assert_eq!(she.as_deref(), Some("La ministre"));
        let he = antecedent(&[&before[..], &["Le pont est solide, a-t-il ajouté."]].concat(), "il");
        assert_eq!(he.as_deref(), Some("Le gouverneur"));
    }

    #[test]
    fn an_acronym_means_the_name_it_was_given_with() {
        let before = ["Selon le Réseau d'alerte de Tarsal (RAT), le barrage fuit."];
        let known = antecedent(&[&before[..], &["Le RAT a précisé que la vanne était cassée."]].concat(), "Le RAT");
        assert_eq!(known.as_deref(), Some("le Réseau d'alerte de Tarsal (RAT)"));
    }

    #[test]
    fn a_pronoun_without_anybody_before_stays_open() {
        assert_eq!(antecedent(&["Selon eux, la ville est tombée."], "eux"), None);
    }

    #[test]
    fn the_army_is_not_the_organisation_named_before() {
        let before = ["Selon l'OSDH, douze civils sont morts."];
        assert_eq!(antecedent(&[&before[..], &["L'armée a déclaré que le pont tenait."]].concat(), "L'armée"), None);
    }
}
