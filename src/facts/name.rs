//! Names of persons, places, organisations and other things, and words of belonging (demonyms).
//!
//! A name is a run of capitalised words with the particles between them; the lexicon adds what is known, and word
//! classes take out what is capitalised for another reason. Both languages share this grammar, since capitals mean the
//! same in both; what differs are the words (`lexicon/data/words.*.txt`).

use super::reading::Reading;
use crate::lang::Lang;
use crate::lexicon::entries::Form;
use crate::lexicon::vocabulary::ends_like_common;
use crate::lexicon::{EntryId, Key, Lexicon, NameClass, class};
use crate::span::Span;

/// A part of a name that is compared by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    pub span: Span,
    /// Key of the accent-free form, when it is one word; 0 otherwise.
    pub fold: Key,
    /// Entries of the lexicon that are called so.
    pub entries: Vec<EntryId>,
    /// No word of the language, as far as is known: it should survive as it is.
    pub proper: bool,
    /// A word that the language is known to have.
    pub common: bool,
    /// All upper case.
    pub acronym: bool,
}

/// A name as it stands in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Name {
    pub span: Span,
    pub class: NameClass,
    pub units: Vec<Unit>,
    /// An adjective or noun of belonging: "syrien", "Syrians".
    pub demonym: bool,
    /// A lexicon term that is written in lower case: "droits de l'homme".
    pub term: bool,
    /// The capital may be due to the place in the sentence.
    pub unsure: bool,
    /// A given name, a title or a particle shows that it is a person.
    pub person: bool,
}

impl Name {
    /// Kind in the list of facts.
    pub fn kind(&self) -> &'static str {
        match (self.demonym, self.term) {
            (true, _) => "demonym",
            // « armée syrienne », « talibans »: bodies are names in lower case too.
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
        match Run::read(r, i, loud) {
            Some((name, end)) => {
                names.push(name);
                i = end;
            }
            None => i += 1,
        }
    }
    names
}

/// Headlines in capitals, or With Every Word Capitalised, where capitals prove nothing.
fn is_loud(r: &Reading<'_>) -> bool {
    let (mut long, mut capital, mut upper) = (0, 0, 0);
    for t in r.tokens.all() {
        if t.span.len() >= 4 && t.kind == super::token::TokenKind::Word {
            long += 1;
            capital += usize::from(t.capital);
            upper += usize::from(t.upper);
        }
    }
    long >= 4 && (capital * 4 >= long * 3 || upper * 2 >= long)
}

/// A lexicon form that stands at token `i`, and the token after it.
pub fn lexicon_form<'l>(r: &Reading<'_>, i: usize) -> Option<(&'l Form, usize)> {
    let entries = &Lexicon::get().entries;
    entries.beginning(r.lang, r.words[i].fold).find_map(|form| Some((form, matches(r, i, form)?)))
}

fn matches(r: &Reading<'_>, start: usize, form: &Form) -> Option<usize> {
    let mut at = start;
    for (n, &key) in form.keys.iter().enumerate() {
        if n > 0 {
            while at < r.len() && (r.joins(at) || r.mark(at) == '.' && !r.spaced(at) && !r.spaced(at + 1)) {
                at += 1;
            }
        }
        let word = r.words.get(at)?;
        if word.fold != key || form.capital == Some(n) && !r.capital(at) || form.upper && !r.upper(at) {
            return None;
        }
        at += 1;
    }
    // "U.S.": the last stop belongs to it.
    if form.keys.len() > 1 && r.mark(at) == '.' && !r.spaced(at) && r.tokens.raw(at - 1).len() == 1 {
        at += 1;
    }
    Some(at)
}

/// ISO 4217 codes that stand for words: "GBP" is "pounds" or "£".
fn is_currency(lower: &str) -> bool {
    matches!(
        lower,
        "gbp" | "eur" | "usd" | "chf" | "czk" | "huf" | "pln" | "rub" | "uah" | "jpy" | "cad" | "aud" | "cny"
    )
}

/// Reads one run of name words.
struct Run<'r, 'a> {
    r: &'r Reading<'a>,
    units: Vec<Unit>,
    demonym: bool,
    capital: bool,
    unsure: bool,
    form_class: Option<NameClass>,
}

impl Run<'_, '_> {
    fn read(r: &Reading<'_>, start: usize, loud: bool) -> Option<(Name, usize)> {
        let mut run = Run { r, units: Vec::new(), demonym: false, capital: false, unsure: false, form_class: None };
        let body_below = r.is(start, class::BODY) && !r.capital(start) && r.lang == Lang::Fr;
        let mut at = match lexicon_form(r, start) {
            Some((form, end)) => {
                run.take_form(form, start, end);
                // « syrien », "human rights": in lower case they stand alone.
                if !run.capital || form.demonym && r.lang == Lang::En {
                    return Some((run.finish(start, end)?, end));
                }
                end
            }
            None if r.capital(start) => {
                if !run.take_word(start, loud) {
                    return None;
                }
                start + 1
            }
            None if body_below && run.lower_body_goes_on(start) => {
                run.push_common(start, start + 1);
                start + 1
            }
            None => return None,
        };
        let body = r.is(start, class::BODY);
        while let Some(next) = run.next(at, start, body) {
            if let Some((form, end)) = lexicon_form(r, next) {
                if form.demonym && !r.capital(next) && !body {
                    break;
                }
                run.take_form(form, next, end);
                at = end;
            } else {
                run.add_word(next);
                at = next + 1;
            }
        }
        Some((run.finish(start, at)?, at))
    }

    /// « ministère de la Défense », « armée syrienne »: a body in lower case with a name or a people after it.
    fn lower_body_goes_on(&self, i: usize) -> bool {
        let r = self.r;
        let mut k = i + 1;
        if lexicon_form(r, k.min(r.len() - 1)).is_some_and(|(f, _)| f.demonym) {
            return self.r.is(i, class::BODY)
                && matches!(r.lower(i), "armée" | "armées" | "gouvernement" | "parlement" | "police" | "parquet");
        }
        let heads = [
            "ministère",
            "université",
            "institut",
            "école",
            "lycée",
            "collège",
            "hôpital",
            "conseil",
            "cour",
            "tribunal",
            "parquet",
            "commissariat",
            "académie",
            "musée",
            "observatoire",
            "comité",
            "commission",
            "agence",
            "parlement",
            "sénat",
            "chambre",
            "ambassade",
            "consulat",
            "préfecture",
            "mairie",
            "mosquée",
            "cathédrale",
            "basilique",
            "secrétariat",
            "haut-commissariat",
            "fédération",
            "front",
        ];
        if !matches!(r.lower(k), "de" | "du" | "d'" | "des") || !heads.contains(&r.lower(i)) {
            return false;
        }
        k += 1;
        while r.is(k, class::DET) {
            k += 1;
        }
        k < r.len() && r.capital(k) && !r.is(k, class::TITLE)
    }

    /// The next token of the run after `at`, particles skipped; none where the run ends.
    fn next(&self, at: usize, start: usize, body: bool) -> Option<usize> {
        let r = self.r;
        if at >= r.len() {
            return None;
        }
        if r.is_word(at) && r.capital(at) && !r.is(at, class::REL | class::CONJ | class::PRON) {
            return Some(at);
        }
        if body && at == start + 1 && lexicon_form(r, at).is_some_and(|(f, _)| f.demonym) {
            return Some(at);
        }
        let stop_of_initial = r.mark(at) == '.'
            && !r.spaced(at)
            && r.is_word(at - 1)
            && r.capital(at - 1)
            && (r.tokens.raw(at - 1).chars().count() == 1 || r.lower(at - 1) == "st" || r.is(at - 1, class::TITLE));
        let mut k = at;
        if stop_of_initial || r.joins(at) || r.mark(at) == '&' {
            k += 1;
            if k < r.len()
                && r.is_word(k)
                && (r.capital(k)
                    || r.mark(at) != '.' && r.mark(at) != '&' && (r.is(k, class::PARTICLE) || r.capital(at - 1)))
            {
                // "Al-Assad", « Deir ez-Zor », « Jean-Marc », but not "Paris-based" or « Est-il ».
                return (r.capital(k) || r.is(k, class::PARTICLE)).then_some(k);
            }
            return None;
        }
        // Particles: any after the head of a body's name, those of persons after a capital.
        let person = [
            "al", "el", "ben", "bin", "ibn", "von", "van", "der", "den", "da", "dos", "abou", "abu", "ould", "ag",
            "di", "del", "della", "as", "ez", "az", "ash",
        ];
        let of = [
            "de", "du", "d'", "des", "la", "l'", "le", "les", "of", "the", "for", "and", "et", "pour", "à", "aux", "au",
        ];
        let mut skipped = 0;
        while k < r.len()
            && skipped < 3
            && (r.is_word(k) && !r.capital(k) || r.joins(k) || r.mark(k) == '-' && !r.spaced(k))
        {
            let word = r.lower(k);
            let personal = person.contains(&word) && !(r.lang == Lang::En && word == "as");
            let given =
                matches!(word, "de" | "du" | "d'" | "la") && (start..at).all(|i| r.is(i, class::GIVEN) || r.joins(i));
            let bodily = body
                && of.contains(&word)
                && !(matches!(word, "et" | "and" | "à" | "au" | "aux") && skipped == 0 && !r.is(at - 1, class::COMMON));
            if !(personal || given || bodily || r.joins(k)) {
                return None;
            }
            skipped += usize::from(r.is_word(k));
            k += 1;
        }
        (k > at && k < r.len() && r.is_word(k) && r.capital(k) && !r.is(k, class::TITLE)).then_some(k)
    }

    /// The first word of a run, if it can be one.
    fn take_word(&mut self, i: usize, loud: bool) -> bool {
        let r = self.r;
        let info = r.info(i);
        let opens = loud || r.opens(i);
        let goes_on = r.is_word(i + 1) && r.capital(i + 1) && r.spaced(i + 1) || r.joins(i + 1);
        let single = r.tokens.raw(i).chars().count() == 1;
        if info.is(class::PRON | class::CONJ | class::REL | class::AUX | class::PREP | class::ADV) && !r.upper(i)
            || single && !(r.mark(i + 1) == '.' && r.capital(i + 2))
        {
            return false;
        }
        if opens && !info.is(class::GIVEN) {
            if info.is(class::FUNCTION | class::SAYING | class::TITLE)
                || info.is(class::COMMON) && !info.is(class::BODY)
            {
                return false;
            }
            if info.is(class::BODY) && !goes_on && !matches!(r.lower(i + 1), "de" | "du" | "d'" | "des" | "of") {
                return false;
            }
            let long = r.upper(i) && r.tokens.raw(i).chars().count() > 4;
            self.unsure = (!r.upper(i) || long) && !info.is(class::CITY) && (!goes_on || loud || long);
            let glued = goes_on && r.upper(i + 1) && !r.upper(i);
            let participle = r.lang == Lang::Fr && r.lower(i).ends_with('é');
            if (self.unsure || glued) && (participle || ends_like_common(r.lower(i), r.lang)) {
                return false;
            }
        } else if info.is(class::TITLE) && !info.is(class::BODY) {
            return false;
        } else if info.is(class::DET) && !goes_on {
            return false;
        } else if info.is(class::COMMON | class::DET) && !goes_on && !info.is(class::GIVEN | class::CITY | class::BODY)
        {
            return false;
        }
        self.capital = true;
        self.add_word(i);
        true
    }

    fn add_word(&mut self, i: usize) {
        let r = self.r;
        let info = r.info(i);
        let lower = r.lower(i);
        let common = info.is(class::COMMON
            | class::FUNCTION
            | class::TITLE
            | class::BODY
            | class::ROLE
            | class::SAYING
            | class::LANGUAGE);
        let numeral = r.upper(i) && lower.bytes().all(|b| matches!(b, b'i' | b'v' | b'x' | b'l' | b'c' | b'm'));
        let short = r.tokens.raw(i).chars().count() < 3;
        // A word in capitals is an acronym if it is short and stands alone; a row of them is shouting.
        let beside = |k: usize| r.upper(k) && r.tokens.raw(k).chars().count() > 3;
        let shouted = lower.chars().count() > 6 || i > 0 && beside(i - 1) || beside(i + 1) || is_currency(lower);
        let proper = if r.upper(i) {
            !numeral && !shouted && !info.is(class::COMMON)
        } else {
            r.capital(i)
                && !short
                && (info.is(class::GIVEN | class::CITY) && !info.is(class::COMMON)
                    || !common && !ends_like_common(lower, r.lang))
        };
        self.capital |= r.capital(i);
        self.units.push(Unit {
            span: r.span(i, i + 1),
            fold: r.words[i].fold,
            entries: Vec::new(),
            proper,
            common,
            acronym: r.upper(i) && proper,
        });
    }

    fn push_common(&mut self, from: usize, to: usize) {
        let fold = if to == from + 1 { self.r.words[from].fold } else { 0 };
        self.units.push(Unit {
            span: self.r.span(from, to),
            fold,
            entries: Vec::new(),
            proper: false,
            common: true,
            acronym: false,
        });
    }

    fn take_form(&mut self, form: &Form, from: usize, to: usize) {
        let r = self.r;
        let entries = &Lexicon::get().entries;
        self.capital |= (from..to).any(|i| r.capital(i)) && (form.capital.is_some() || !r.opens(from));
        self.demonym |= form.demonym && self.units.is_empty();
        self.form_class = self.form_class.or(form.entries.first().map(|&e| entries.get(e).class));
        self.units.push(Unit {
            span: r.span(from, to),
            fold: if to == from + 1 { r.words[from].fold } else { 0 },
            entries: form.entries.clone(),
            proper: true,
            common: false,
            acronym: form.upper,
        });
    }

    fn finish(mut self, start: usize, end: usize) -> Option<Name> {
        // « Xavier Beauvois »: two unknown words with capitals are a name, whatever they end in.
        let unknown = self.units.iter().all(|u| !u.common && u.entries.is_empty());
        if self.units.len() >= 2 && !self.unsure && unknown && self.units.iter().any(|u| u.proper && !u.acronym) {
            for unit in self.units.iter_mut().filter(|u| u.span.len() > 2 && !u.acronym) {
                unit.proper = unit.span.of(self.r.tokens.text).chars().any(char::is_lowercase);
            }
        }
        let first = self.units.first()?;
        let r = self.r;
        let alone = self.units.len() == 1;
        let known = !first.entries.is_empty();
        let before = start.checked_sub(1).map_or(Default::default(), |b| r.info(b));
        let before = if r.mark(start.saturating_sub(1)) == '.' && start > 1 { r.info(start - 2) } else { before };
        let person = r.is(start, class::GIVEN) && !alone || before.is(class::TITLE) && !known;
        let class = if let Some(class) = self.form_class.filter(|_| known) {
            class
        } else if r.is(start, class::BODY) {
            NameClass::Organisation
        } else if person {
            NameClass::Person
        } else if first.acronym {
            NameClass::Organisation
        } else if r.is(start, class::CITY) && alone {
            NameClass::Place
        } else if self.units.len() >= 2 && self.units.iter().all(|u| u.proper) {
            NameClass::Person
        } else {
            self.form_class.unwrap_or(NameClass::Other)
        };
        Some(Name {
            span: r.span(start, end),
            class,
            demonym: self.demonym && alone,
            term: known && alone && !self.capital,
            unsure: self.unsure && !known,
            person,
            units: self.units,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
