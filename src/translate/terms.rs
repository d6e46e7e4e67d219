//! Names that the lexicon knows, in their English form: a French form that the model has left is replaced (OSDH → SOHR,
//! Alep → Aleppo), and the first mention in an article gives an organisation's name in full with its acronym after it.
//!
//! AP Stylebook, "abbreviations and acronyms": names in full on first reference, unless the acronym is known to all
//! readers.

use crate::facts::Fact;
use crate::facts::name::{self, Name, names};
use crate::facts::reading::Reading;
use crate::lang::Lang;
use crate::lexicon::any;
use crate::lexicon::hints::acronym;
use crate::lexicon::similar::{Likeness, compare};
use crate::lexicon::{Entry, Key, Lexicon, NameClass};
use std::collections::HashSet;
use std::rc::Rc;

/// Settles the names of an article's translations, one after the other.
#[derive(Debug, Clone)]
pub struct Settler {
    /// The words of those names of persons in the article that have several words. They are not translated: in an
    /// article on « François Hollande », « Hollande » is not the country.
    persons: Rc<HashSet<Key>>,
    /// Indices of the lexicon's entries for organisations that running text has introduced so far,
    /// or that need no introduction.
    introduced: Vec<usize>,
}

impl Settler {
    /// A settler for the article whose French sentences have these facts. No sentence has been settled yet.
    pub fn new<'f>(facts: impl Iterator<Item = &'f [Fact]>) -> Self {
        let is_person = |n: &&Name| (n.person || n.class == NameClass::Person) && n.units.len() > 1;
        let units = facts.flat_map(names).filter(is_person).flat_map(|n| &n.units);
        let persons = units.map(|u| u.fold).filter(|&fold| fold != 0).collect();
        Settler { persons: Rc::new(persons), introduced: Vec::new() }
    }

    /// Settles the names in the translation of the next sentence. `facts` are those of the French sentence. `is_body`
    /// says whether it is running text; in headlines and captions names keep their short form.
    pub fn settle(&mut self, text: &mut String, facts: &[Fact], is_body: bool) {
        let entries = &Lexicon::get().entries.list;
        for name in names(facts) {
            let units = name.units.iter().filter(|u| !name.demonym && !self.persons.contains(&u.fold));
            let known = units.filter_map(|u| {
                // Two entries of one form cannot be told apart without reading the article, unless English calls both
                // the same.
                let (first, rest) = u.entries.split_first()?;
                let entry = &entries[*first as usize];
                let same = rest.iter().all(|e| entries[*e as usize].en.first() == entry.en.first());
                same.then_some((*first as usize, entry))
            });
            for (id, entry) in known {
                replace_french(text, entry);
                respell(text, entry);
                let first = is_body && entry.class == NameClass::Organisation && !self.introduced.contains(&id);
                if first && introduce(text, entry) {
                    self.introduced.push(id);
                }
            }
        }
    }
}

/// The English name in full: the first form of several words, if there is one.
fn full(entry: &Entry) -> Option<&'static str> {
    entry.en.iter().find(|f| f.contains(' ')).copied()
}

/// Replaces every French form of the entry in the text by the English one. Forms that are also English forms of the
/// entry stay, and so do forms without a capital.
fn replace_french(text: &mut String, entry: &Entry) {
    let mut french: Vec<&str> = entry.fr.iter().filter(|f| !entry.en.contains(f)).copied().collect();
    french.sort_by_key(|f| std::cmp::Reverse(f.len()));
    for form in french {
        // A form without a capital is a word of the language and may be English, too ("coalition").
        if !form.starts_with(char::is_uppercase) {
            continue;
        }
        let Some(english) = english_of(form, entry) else { continue };
        let mut from = 0;
        while let Some(at) = find_word(text, form, from) {
            text.replace_range(at..at + form.len(), english);
            from = at + english.len();
        }
    }
}

/// Mends a slip in a name that the lexicon knows: "Mogadishio" where the French has « Mogadiscio ». This is done only
/// if the text has no right form of the name and exactly one unknown name that is like it.
fn respell(text: &mut String, entry: &Entry) {
    let Some(right) = entry.en.first().filter(|f| f.len() >= LONG_ENOUGH && f.chars().all(char::is_alphabetic)) else {
        return;
    };
    if entry.en.iter().any(|f| find_word(text, f, 0).is_some()) {
        return;
    }
    let like =
        |word: &str| (entry.fr.iter().chain([right])).any(|f| compare(&f.to_lowercase(), word) >= Likeness::Near);
    let english = name::extract(&Reading::new(text, Lang::En));
    // A word that the lexicon knows is another name, and a nationality ("Somalian") is no slip in its country's name.
    let unknown = english.iter().filter(|n| !n.demonym).flat_map(|n| &n.units).filter(|u| u.entries.is_empty());
    let mut slips = unknown.map(|u| u.span).filter(|s| s.len() >= LONG_ENOUGH && like(&s.of(text).to_lowercase()));
    if let (Some(slip), None) = (slips.next(), slips.next()) {
        text.replace_range(slip.start..slip.end, right);
    }
}

/// Names with fewer letters are not mended: one letter more or less makes another name of them.
const LONG_ENOUGH: usize = 6;

/// The English form for one of the French forms. An acronym is replaced by the English acronym. If
/// the first English form has several words, any other form is replaced by the single English word
/// that sounds like it, if there is one: « Daech » is "Daesh", since "Islamic State" may already
/// stand beside it. Otherwise the first English form is taken.
fn english_of(form: &str, entry: &Entry) -> Option<&'static str> {
    if form.chars().all(|c| !c.is_lowercase())
        && let Some(short) = acronym(entry)
    {
        return Some(short);
    }
    let lower = form.to_lowercase();
    let first = entry.en.first()?;
    let mut words = entry.en.iter().filter(|e| first.contains(' ') && !e.contains(' '));
    words.find(|e| compare(&lower, &e.to_lowercase()) >= Likeness::Romanised).or(Some(first)).copied()
}

/// Gives the name in full with its acronym at the first mention: "the NLM" and "the Norava
/// Liberation Movement" both become "the Norava Liberation Movement (NLM)". Names that lack an
/// acronym or a full form stay as they are, and so do names whose acronym all readers know. Returns
/// whether no later sentence has to introduce the name: false only if the name should be given in
/// full, but this sentence does not have its English form.
fn introduce(text: &mut String, entry: &Entry) -> bool {
    let (Some(short), Some(full)) = (acronym(entry), full(entry)) else { return true };
    if any::KNOWN_ACRONYMS.has(short) {
        return true;
    }
    let acronym = find_word(text, short, 0);
    if let Some(at) = entry.en.iter().filter(|f| f.contains(' ')).find_map(|f| Some(find_word(text, f, 0)? + f.len())) {
        if acronym.is_none() {
            // If another short name stands in brackets already, the acronym is put before it:
            // "Islamic State (IS, Daesh)".
            let bracket = text[at..].strip_prefix(" (").and_then(|rest| rest.split_once(')'));
            let is_short = bracket.is_some_and(|(inside, _)| !inside.contains([' ', ',']));
            match is_short {
                true => text.insert_str(at + " (".len(), &format!("{short}, ")),
                false => text.insert_str(at, &format!(" ({short})")),
            }
        }
        return true;
    }
    let Some(at) = acronym else { return false };
    let name = full.strip_prefix("the ").unwrap_or(full);
    // The words before an acronym in brackets are another form of the name. If they are the same words in another order
    // or form, they are replaced. An acronym in brackets or in a possessive is not spelt out itself.
    let bracketed = text[..at].ends_with('(');
    if let Some(before) = text[..at].strip_suffix(" (").filter(|_| bracketed)
        && let Some(start) = start_of_variant(before, name)
    {
        text.replace_range(start..at - " (".len(), name);
        return true;
    }
    let possessive = text[at + short.len()..].starts_with(['’', '\'', '-']);
    if !bracketed && !possessive {
        text.replace_range(at..at + short.len(), &format!("{name} ({short})"));
    }
    true
}

/// If `text` ends in the words of `name` in another order or form, the byte at which these words
/// begin: "Democratic Forces in Syria" has the words of "Syrian Democratic Forces". `None` for any
/// other text.
fn start_of_variant(text: &str, name: &str) -> Option<usize> {
    let stem = |word: &str| word.chars().take(STEM).collect::<String>().to_lowercase();
    let is_small = |w: &&str| matches!(*w, "of" | "for" | "in" | "the" | "and");
    let words: Vec<&str> = name.split(' ').filter(|w| !is_small(w)).collect();
    // A name with ordinary words in it, such as "UN mission in Mali", is left out, since a text may
    // use these words without meaning the name.
    if words.len() < 2 || !words.iter().all(|w| w.starts_with(char::is_uppercase)) {
        return None;
    }
    let mut wanted: Vec<String> = words.into_iter().map(stem).collect();
    let mut start = text.len();
    for word in text.rsplit(' ') {
        start -= word.len();
        if word.starts_with(char::is_uppercase) {
            let at = wanted.iter().position(|w| *w == stem(word))?;
            wanted.swap_remove(at);
        } else if !is_small(&word) {
            return None;
        }
        if wanted.is_empty() {
            return Some(start);
        }
        start = start.checked_sub(1)?;
    }
    None
}

/// How many letters are compared: words that begin with the same ones are taken for forms of one word ("Syria",
/// "Syrian").
const STEM: usize = 5;

/// Where `word` stands as a word of its own, at or after byte `from`.
fn find_word(text: &str, word: &str, from: usize) -> Option<usize> {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.get(from..)?.match_indices(word).map(|(at, _)| from + at).find(|&at| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        // Beside a hyphen it is a part of a longer name, as in "al-Alep".
        !letter(before) && !letter(after) && before != Some('-') && after != Some('-')
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{Context, extract};
    use crate::lang::Lang;

    fn rewritten(pairs: &[(&str, &str)]) -> Vec<String> {
        let facts: Vec<Vec<Fact>> =
            pairs.iter().map(|(fr, _)| extract(fr, &Context { lang: Lang::Fr, date: None })).collect();
        let mut settler = Settler::new(facts.iter().map(Vec::as_slice));
        let settled = |((_, english), facts): (&(&str, &str), &Vec<Fact>)| {
            let mut text = english.to_string();
            settler.settle(&mut text, facts, true);
            text
        };
        pairs.iter().zip(&facts).map(settled).collect()
    }

    #[test]
    fn a_source_is_named_in_full_once_and_by_its_english_acronym_after() {
        let texts = rewritten(&[
            ("Selon l’OSDH, dix civils sont morts.", "According to the OSDH, ten civilians died."),
            ("L’OSDH parle de frappes.", "The OSDH speaks of strikes."),
        ]);
        assert_eq!(texts[0], "According to the Syrian Observatory for Human Rights (SOHR), ten civilians died.");
        assert_eq!(texts[1], "The SOHR speaks of strikes.");
    }

    #[test]
    fn a_name_in_full_gets_its_acronym() {
        let texts = rewritten(&[(
            "Selon l’Observatoire syrien des droits de l’Homme (OSDH), dix civils sont morts.",
            "According to the Syrian Observatory for Human Rights (OSDH), ten civilians died.",
        )]);
        assert_eq!(texts[0], "According to the Syrian Observatory for Human Rights (SOHR), ten civilians died.");
    }

    #[test]
    fn a_name_in_brackets_is_explained_by_the_name_itself() {
        let french = "Les Forces démocratiques syriennes (FDS) avancent.";
        let right = "The Syrian Democratic Forces (SDF) are advancing.";
        assert_eq!(rewritten(&[(french, "The Democratic Forces in Syria (FDS) are advancing.")]), [right]);
        let french = "La mission de l’ONU au Mali (Minusma) a été visée.";
        let mission = "The mission of the UN in Mali (MINUSMA) was targeted.";
        assert_eq!(rewritten(&[(french, mission)]), [mission]);
        let french = "Les Forces démocratiques syriennes (FDS) avancent.";
        let other = "The Kurdish forces (SDF) are advancing.";
        assert_eq!(rewritten(&[(french, other)]), [other]);
    }

    #[test]
    fn french_place_names_become_english_and_longer_words_stay() {
        let texts = rewritten(&[("De Damas à Alep.", "From Damas to Alep, not Alepine.")]);
        assert_eq!(texts[0], "From Damascus to Aleppo, not Alepine.");
    }

    #[test]
    fn a_person_with_the_name_of_a_country_keeps_it() {
        let texts = rewritten(&[
            ("Le président François Hollande s’est rendu à Alep.", "President François Hollande went to Alep."),
            ("Hollande a quitté la ville.", "Hollande left the city."),
        ]);
        assert_eq!(texts, ["President François Hollande went to Aleppo.", "Hollande left the city."]);
        let french = "Le président de la République François Hollande et l’archevêque de Rouen Dominique Lebrun.";
        let english = "The president, François Hollande, and the archbishop of Rouen, Dominique Lebrun.";
        assert_eq!(rewritten(&[(french, english)])[0], english);
    }

    #[test]
    fn a_second_name_stays_a_second_name() {
        let french = "L’État islamique (Daech selon son acronyme arabe) recule.";
        let english = "The Islamic State (Daech according to its Arabic acronym) is retreating.";
        let settled = "The Islamic State (Daesh according to its Arabic acronym) is retreating.";
        assert_eq!(rewritten(&[(french, english)])[0].replace(" (IS)", ""), settled);
    }

    #[test]
    fn a_slip_in_a_known_name_is_mended() {
        let fr = "Cinq morts à Mogadiscio, en Somalie.";
        assert_eq!(rewritten(&[(fr, "Five dead in Mogadishio, Somalia.")]), ["Five dead in Mogadishu, Somalia."]);
        // An adjective is no slip, and neither is another country.
        let pairs = [("Le Niger et le Nigeria coopèrent.", "Nigeria and its neighbor cooperate.")];
        assert_eq!(rewritten(&pairs), ["Nigeria and its neighbor cooperate."]);
        let pairs = [("Les combats en Somalie continuent.", "The Somalian fighting continues.")];
        assert_eq!(rewritten(&pairs), ["The Somalian fighting continues."]);
    }

    #[test]
    fn household_acronyms_are_not_spelt_out() {
        assert_eq!(rewritten(&[("L’ONU l’a dit.", "The ONU said so.")])[0], "The UN said so.");
    }
}
