//! Finds names of persons, places, organisations and other things, and demonyms (« syrien », "Syrians").
//!
//! A name is a run of capitalised words with the particles between them. The lexicon adds names that it knows, also
//! some in lower case, and word classes exclude words that have a capital for another reason. Both languages share this
//! grammar, because capitals show names in both; mostly the words differ (`lexicon/data/words.*.tsv`).

use super::name_run::NameRun;
use super::reading::Reading;
use super::{Fact, FactValue};
use crate::lexicon::entries::NameForm;
use crate::lexicon::{EntryId, Key, Lexicon, NameClass, class};
use crate::span::Span;

/// A part of a name that is compared by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    pub span: Span,
    /// Key of its form without accents, if it is one word; otherwise 0.
    pub fold: Key,
    /// The entries of the lexicon that have this name.
    pub entries: Vec<EntryId>,
    /// Whether it is a form of the lexicon, or else a word that is probably no ordinary word of the language and should
    /// stand in the translation as it is.
    pub proper: bool,
    /// Whether it is known to be an ordinary word of the language.
    pub common: bool,
    /// Whether it is written in capitals, is no ordinary word, Roman numeral or currency code, and seems to be no part
    /// of a text that is set in capitals.
    pub acronym: bool,
}

/// A name as it stands in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Name {
    pub span: Span,
    pub class: NameClass,
    pub units: Vec<Unit>,
    /// Whether it is an adjective or noun for the people of a place: « syrien », "Syrians".
    pub demonym: bool,
    /// Whether it is one form of the lexicon, written in lower case or with a capital that shows no name: « droits de
    /// l'homme ».
    pub term: bool,
    /// Whether it may be no name, because its capital may only come from its place in the sentence or from a text that
    /// is set in capitals.
    pub unsure: bool,
    /// Whether a given name at its head, with another part after it, or a title before it shows that it is a person.
    pub person: bool,
}

/// Names among facts.
pub fn names(facts: &[Fact]) -> impl Iterator<Item = &Name> {
    facts.iter().filter_map(|f| match &f.value {
        FactValue::Name(n) => Some(n),
        _ => None,
    })
}

impl Name {
    /// Its kind in the list of facts: "demonym", "term" or "name".
    pub fn kind(&self) -> &'static str {
        match (self.demonym, self.term) {
            (true, _) => "demonym",
            // Organisations in lower case count as names: « armée syrienne », « talibans ».
            (_, true) if self.class != NameClass::Organisation => "term",
            _ => "name",
        }
    }
}

/// Finds all names of a text.
pub fn extract(r: &Reading<'_>) -> Vec<Name> {
    let mut names = Vec::new();
    let loud = is_loud(r);
    let mut i = 0;
    while i < r.len() {
        if !r.is_word(i) {
            i += 1;
            continue;
        }
        match NameRun::read(r, i, loud) {
            Some((name, end)) => {
                names.push(name);
                i = end;
            }
            None => i += 1,
        }
    }
    names
}

/// Whether the text is set in capitals or, like a headline, With Every Word Capitalised, so that capitals show no
/// names. Only words of four bytes or more are counted, and the text must have four of them.
pub fn is_loud(r: &Reading<'_>) -> bool {
    let (mut long, mut capital, mut upper, mut plain) = (0, 0, 0, 0);
    for (i, t) in r.tokens.all().iter().enumerate() {
        if t.span.len() >= 4 && t.kind == super::token::TokenKind::Word {
            long += 1;
            capital += usize::from(t.capital);
            upper += usize::from(t.upper);
            plain += usize::from(!t.capital && !r.is(i, class::FUNCTION));
        }
    }
    // Three of four long words must have a capital, and in a short text all but function words: "Commander Hassan
    // Diallo was arrested" is a sentence with a name, because a headline would have "Arrested".
    let titled = capital * 4 >= long * 3 && (plain == 0 || long >= 8);
    long >= 4 && (titled || upper * 2 >= long)
}

/// The longest form of the lexicon that stands at token `i`, and the index after it.
pub fn lexicon_form<'l>(r: &Reading<'_>, i: usize) -> Option<(&'l NameForm, usize)> {
    let entries = &Lexicon::get().entries;
    entries.beginning(r.lang, r.words[i].fold).find_map(|form| Some((form, matches(r, i, form)?)))
}

/// The index after the lexicon's form, if it stands at `start`.
fn matches(r: &Reading<'_>, start: usize, form: &NameForm) -> Option<usize> {
    let mut at = start;
    for (n, &key) in form.keys.iter().enumerate() {
        if n > 0 {
            // Hyphens, apostrophes and stops between the words are stepped over. A stop may have a space after it only
            // in "St. Petersburg", and not in "U.S.".
            let saint = r.lower(at - 1) == "st";
            while at < r.len() && (r.joins(at) || r.mark(at) == '.' && !r.spaced(at) && (saint || !r.spaced(at + 1))) {
                at += 1;
            }
        }
        let word = r.words.get(at)?;
        if word.fold != key || form.capital == Some(n) && !r.capital(at) || form.upper && !r.upper(at) {
            return None;
        }
        at += 1;
    }
    // The last stop of "U.S." belongs to the name.
    if form.keys.len() > 1 && r.mark(at) == '.' && !r.spaced(at) && r.tokens.raw(at - 1).len() == 1 {
        at += 1;
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;

    fn names(text: &str, lang: Lang) -> Vec<String> {
        let r = Reading::new(text, lang);
        extract(&r).iter().filter(|n| n.kind() == "name").map(|n| n.span.of(text).to_string()).collect()
    }

    #[test]
    fn persons_keep_particles_and_lose_titles() {
        assert_eq!(
            names("Le président Bachar al-Assad a reçu M. Jean-Marc de La Porte à Damas.", Lang::Fr),
            ["Bachar al-Assad", "Jean-Marc de La Porte", "Damas"]
        );
    }

    #[test]
    fn a_body_is_one_name_with_its_place() {
        assert_eq!(
            names("Le ministère de l'Intérieur et l'armée syrienne à Deir ez-Zor", Lang::Fr),
            ["ministère de l'Intérieur", "armée syrienne", "Deir ez-Zor"]
        );
    }

    #[test]
    fn words_that_open_a_sentence_are_no_names() {
        assert_eq!(names("Malheureusement, les combats continuent. Travailler à Gaza est risqué.", Lang::Fr), ["Gaza"]);
        assert_eq!(names("Unfortunately, fighting goes on. Working in Gaza is risky.", Lang::En), ["Gaza"]);
    }
}
