//! Reads one name: a run of capitalised words and lexicon forms, with the particles between them.

use super::name::{Name, Unit, lexicon_form};
use super::reading::Reading;
use crate::lang::Lang;
use crate::lexicon::entries::NameForm;
use crate::lexicon::vocabulary::ends_like_common;
use crate::lexicon::{Lexicon, NameClass, any, class, fr};

/// Whether the word is one of the ISO 4217 codes in the lexicon, which a translation may write out: "GBP" is "pounds"
/// or "£".
fn is_currency(lower: &str) -> bool {
    any::CURRENCY_CODES.has(lower)
}

/// A name while it is being read.
pub(super) struct NameRun<'r, 'a> {
    r: &'r Reading<'a>,
    /// The parts read so far.
    units: Vec<Unit>,
    /// Whether its first part is a demonym.
    demonym: bool,
    /// Whether it has a capital that shows a name.
    capital: bool,
    /// Whether the capital of its first word may only come from its place in the sentence or from a text that is set in
    /// capitals.
    unsure: bool,
    /// The class of the first form of the lexicon in it.
    form_class: Option<NameClass>,
}

impl NameRun<'_, '_> {
    /// The name that begins at token `start`, and the index after it; `None` where none does. In a `loud` text
    /// ([`super::name::is_loud`]) a capital alone shows no name.
    pub(super) fn read(r: &Reading<'_>, start: usize, loud: bool) -> Option<(Name, usize)> {
        let mut run = NameRun { r, units: Vec::new(), demonym: false, capital: false, unsure: false, form_class: None };
        let lower_body = r.is(start, class::BODY) && !r.capital(start) && r.lang == Lang::Fr;
        let mut at = match lexicon_form(r, start) {
            Some((form, end)) => {
                run.take_form(form, start, end);
                // A form in lower case (« syrien », "human rights") is the whole name, and so is an English demonym.
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
            None if lower_body && run.lower_body_goes_on(start) => {
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

    /// Whether the noun for an organisation in lower case at `i` begins a name: « ministère » or the like with « de »
    /// and a capitalised word after it (« ministère de la Défense »), or « armée », « gouvernement » or the like with a
    /// demonym (« armée syrienne »).
    fn lower_body_goes_on(&self, i: usize) -> bool {
        let r = self.r;
        let mut k = i + 1;
        if lexicon_form(r, k.min(r.len() - 1)).is_some_and(|(f, _)| f.demonym) {
            return self.r.is(i, class::BODY)
                && matches!(r.lower(i), "armée" | "armées" | "gouvernement" | "parlement" | "police" | "parquet");
        }
        if !matches!(r.lower(k), "de" | "du" | "d'" | "des") || !r.among(i, &fr::HEADS_WITH_OF) {
            return false;
        }
        k += 1;
        while r.is(k, class::DET) {
            k += 1;
        }
        k < r.len() && r.capital(k) && !r.is(k, class::TITLE)
    }

    /// The token of the next part of the name, which is `at`, or stands after a hyphen, an apostrophe, an "&", the stop
    /// of an initial or title, or up to three particles; `None` where the name ends. `body` says that the name begins,
    /// at `start`, with a noun for an organisation.
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
                // The name goes on in "Al-Assad" and « Jean-Marc », but not in "Paris-based" or « Est-il ».
                return (r.capital(k) || r.is(k, class::PARTICLE)).then_some(k);
            }
            return None;
        }
        // The particles are those of persons' names (« ben », « von »), « de » and the like where only given names
        // stand before them, and further small words inside the name of an organisation.
        let mut skipped = 0;
        while k < r.len()
            && skipped < 3
            && (r.is_word(k) && !r.capital(k) || r.joins(k) || r.mark(k) == '-' && !r.spaced(k))
        {
            let word = r.lower(k);
            let personal = any::PARTICLES.has(word) && !(r.lang == Lang::En && word == "as");
            let given =
                matches!(word, "de" | "du" | "d'" | "la") && (start..at).all(|i| r.is(i, class::GIVEN) || r.joins(i));
            let in_body_name = body
                && any::INSIDE_BODY_NAMES.has(word)
                && !(matches!(word, "et" | "and" | "à" | "au" | "aux") && skipped == 0 && !r.is(at - 1, class::COMMON));
            if !(personal || given || in_body_name || r.joins(k)) {
                return None;
            }
            skipped += usize::from(r.is_word(k));
            k += 1;
        }
        (k > at && k < r.len() && r.is_word(k) && r.capital(k) && !r.is(k, class::TITLE)).then_some(k)
    }

    /// Adds the capitalised word at `i` as the first of the name. Returns false, and adds nothing, where it cannot be
    /// one. At the beginning of a sentence or in a `loud` text, a capital alone is not enough: the word must be a given
    /// name, or not look like an ordinary word.
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
            // The name is sure if the word is a city, or has up to four letters, all of them capitals. It is also sure
            // if the word is not all in capitals, the name goes on after it, and the text is not loud.
            let long = r.upper(i) && r.tokens.raw(i).chars().count() > 4;
            self.unsure = (!r.upper(i) || long) && !info.is(class::CITY) && (!goes_on || loud || long);
            let before_acronym = goes_on && r.upper(i + 1) && !r.upper(i);
            // A French word in « -é » that opens a sentence is probably a participle: « Interrogé par la police ».
            let participle = r.lang == Lang::Fr && r.lower(i).ends_with('é');
            if (self.unsure || before_acronym) && (participle || ends_like_common(r.lower(i), r.lang)) {
                return false;
            }
        } else if info.is(class::TITLE) && !info.is(class::BODY)
            || info.is(class::COMMON | class::DET) && !goes_on && !info.is(class::GIVEN | class::CITY | class::BODY)
        {
            return false;
        }
        self.capital = true;
        self.add_word(i);
        true
    }

    /// Adds the word at `i` as a unit of its own.
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
        // A word of up to six letters in capitals is an acronym, unless it is a Roman numeral, an ordinary word or a
        // currency code. A longer word, or a word beside another one in capitals that has more than three letters,
        // belongs to a text set in capitals.
        let beside = |k: usize| r.upper(k) && r.tokens.raw(k).chars().count() > 3;
        let no_acronym = lower.chars().count() > 6 || i > 0 && beside(i - 1) || beside(i + 1) || is_currency(lower);
        let proper = if r.upper(i) {
            !numeral && !no_acronym && !info.is(class::COMMON)
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

    /// Adds the words `from..to` as one unit that is no proper name by itself.
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

    /// Adds the form of the lexicon in the tokens `from..to` as one unit.
    fn take_form(&mut self, form: &NameForm, from: usize, to: usize) {
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

    /// The name in the tokens `start..end`, with its class; `None` if it has no unit.
    fn finish(mut self, start: usize, end: usize) -> Option<Name> {
        // Two or more unknown words, one of which is proper, are all proper, even if one ends like an ordinary word:
        // « Xavier Beauvois ».
        let unknown = self.units.iter().all(|u| !u.common && u.entries.is_empty());
        if self.units.len() >= 2 && !self.unsure && unknown && self.units.iter().any(|u| u.proper && !u.acronym) {
            for unit in self.units.iter_mut().filter(|u| u.span.len() > 2 && !u.acronym) {
                unit.proper = unit.span.of(self.r.tokens.text).chars().any(char::is_lowercase);
            }
        }
        let r = self.r;
        // A capitalised word after a given name is a name, even if it may be an ordinary word as well: « Paul Blanc »,
        // "Mark Temple".
        if self.units.len() >= 2 && r.is(start, class::GIVEN) && !r.is(start, class::COMMON) && !self.unsure {
            let word = |u: &&mut Unit| u.entries.is_empty() && u.span.len() > 3;
            for unit in self.units.iter_mut().skip(1).filter(word) {
                let at = r.tokens.first_at(unit.span.start);
                let no_surname = class::BODY | class::TITLE | class::ROLE | class::FUNCTION | class::PARTICLE;
                unit.proper |= r.capital(at) && !r.upper(at) && !r.is(at, no_surname);
            }
        }
        let first = self.units.first()?;
        let alone = self.units.len() == 1;
        let known = !first.entries.is_empty();
        let before = start.checked_sub(1).map_or(Default::default(), |b| r.info(b));
        // The title before a name may have a stop: « M. Sadi ».
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
