//! Words that tell of events, and the class of event that each tells of: to free, to kill, to capture …
//!
//! A class is a small number; a set of classes has a bit for each. A word may have several classes (« reprendre »:
//! retake, resume). Where the table says so, the object of the verb, or its subject, decides which one is meant.

use super::conjugation::{en, fr};
use super::key::{Key, KeyMap, exact};
use super::table;
use crate::lang::Lang;
use std::sync::OnceLock;

/// A set of classes, one bit each.
pub type Classes = u128;

/// What a form of a word can be; one form may be several things ("killed", "put").
pub mod part {
    /// An infinitive, or the English base form.
    pub const INFINITIVE: u8 = 1;
    /// A form with a person: « attaque », "attacks", "attacked".
    pub const FINITE: u8 = 1 << 1;
    /// A past participle: « attaqué », "attacked".
    pub const PARTICIPLE: u8 = 1 << 2;
    /// A form in -ant or -ing.
    pub const GERUND: u8 = 1 << 3;
    /// An English past tense: "rose", "attacked".
    pub const PAST: u8 = 1 << 5;
    /// No form of a verb: a noun, an adjective or an adverb.
    pub const WORD: u8 = 1 << 4;
}

/// One meaning of a word.
#[derive(Debug)]
pub struct Sense {
    /// The class of the event; none for a set phrase in which the word tells of no event: « finir par obtenir ».
    pub class: Option<u8>,
    /// Keys of the words that must follow, in this order: "down" in "shoot down".
    pub tail: Vec<Key>,
    /// Whether the word has this meaning only with a reflexive pronoun: « se rendre ».
    pub reflexive: bool,
    /// Bit of the set of nouns to which the object must belong (the subject, if the sense is unaccusative); 0 where any
    /// object will do.
    pub object: u32,
    /// Whether the subject undergoes the event, or moves by itself: « mourir », "flee".
    pub unaccusative: bool,
}

impl Sense {
    /// The bit of its class; 0 if it has none.
    pub fn bit(&self) -> Classes {
        self.class.map_or(0, |c| 1 << c)
    }
}

/// A word with its senses.
#[derive(Debug)]
pub struct Lemma {
    /// The infinitive or base form of a verb; any other word as the table has it, mostly in the singular.
    pub text: &'static str,
    /// The language of the word.
    pub lang: Lang,
    /// What it may mean. A sense that asks for more words after it, or else for a certain object,
    /// stands before one that asks for fewer or for none.
    pub senses: Vec<Sense>,
}

/// Number of a lemma in [`Events::lemmas`].
pub type LemmaId = u16;

/// What a noun names: a kind of person or thing that events happen to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Concept {
    /// Bit of its set: person, place, weapon …
    pub set: u32,
    /// Concepts of one family may stand for each other; one of family 0 may stand for every other concept of its set.
    pub family: u8,
    /// Number of the concept itself.
    pub concept: u8,
}

/// The words of one language.
#[derive(Default)]
struct Language {
    /// For each form, by its key, the place of its first reading in `readings`.
    forms: KeyMap<u32>,
    readings: Vec<FormReading>,
    /// Nouns of one word, by its key.
    nouns: KeyMap<Vec<Concept>>,
    /// Nouns of several words: by the first word, the keys of the others and what the noun names.
    phrases: KeyMap<Vec<(Vec<Key>, Concept)>>,
}

/// What a form may be; the readings of one form are a linked list.
struct FormReading {
    lemma: LemmaId,
    /// Bits of [`part`].
    parts: u8,
    /// The place of the next reading of the same form, or [`END`].
    next: u32,
}

/// Marks the end of a list of readings.
const END: u32 = u32::MAX;

/// How two classes stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// One may stand for the other.
    Near,
    /// One excludes the other.
    Opposite,
    /// The tables say nothing.
    Apart,
}

/// The tables of events.
pub struct Events {
    /// The words that tell of events, in both languages.
    pub lemmas: Vec<Lemma>,
    /// Names of the classes, by their numbers.
    names: Vec<&'static str>,
    /// Names of the concepts, sets and families of nouns, by their numbers.
    concepts: Vec<&'static str>,
    sets: Vec<&'static str>,
    families: Vec<&'static str>,
    /// For each class, those that may stand for it, itself among them.
    near: Vec<Classes>,
    /// For each class, those that exclude it.
    opposite: Vec<Classes>,
    fr: Language,
    en: Language,
}

impl Events {
    /// The tables that are built in.
    pub fn get() -> &'static Events {
        static EVENTS: OnceLock<Events> = OnceLock::new();
        EVENTS.get_or_init(Events::load)
    }

    fn load() -> Self {
        let mut e = Events {
            lemmas: Vec::new(),
            names: Vec::new(),
            concepts: Vec::new(),
            sets: Vec::new(),
            // "any" is family 0, which may stand for every other concept of its set (see
            // `Concept::family`).
            families: vec!["any"],
            near: Vec::new(),
            opposite: Vec::new(),
            fr: Language::default(),
            en: Language::default(),
        };
        e.load_classes();
        e.load_nouns();
        e.load_events();
        e
    }

    /// Reads the classes. What a row says of two classes holds both ways.
    fn load_classes(&mut self) {
        let rows: Vec<table::Row> = table::EVENT_CLASSES.rows().collect();
        self.names = rows.iter().map(|r| r.cell(0)).collect();
        assert!(self.names.len() <= Classes::BITS as usize, "event-classes.tsv: more classes than bits");
        self.near = (0..rows.len()).map(|i| 1 << i).collect();
        self.opposite = vec![0; rows.len()];
        for (i, row) in rows.iter().enumerate() {
            for (list, column) in [(&mut self.opposite, 2), (&mut self.near, 3)] {
                for name in row.forms(column).filter(|n| *n != "-") {
                    let Some(other) = self.names.iter().position(|n| *n == name) else {
                        row.fail(&format!("no class is called `{name}`"))
                    };
                    list[i] |= 1 << other;
                    list[other] |= 1 << i;
                }
            }
        }
        // A class that may stand for another does not exclude it, even if some row says so.
        for i in 0..self.near.len() {
            self.opposite[i] &= !self.near[i];
        }
    }

    /// Reads the nouns. Concepts, sets and families are numbered in the order in which the table
    /// first names them.
    fn load_nouns(&mut self) {
        for row in table::EVENT_NOUNS.rows() {
            let [name, set, family] = std::array::from_fn(|n| row.cell(n));
            let number = |list: &mut Vec<&'static str>, name| {
                list.iter().position(|n| *n == name).unwrap_or_else(|| {
                    list.push(name);
                    list.len() - 1
                })
            };
            let concept = Concept {
                set: 1 << number(&mut self.sets, set),
                family: number(&mut self.families, family) as u8,
                concept: number(&mut self.concepts, name) as u8,
            };
            row.forms(3).for_each(|f| self.fr.add_noun(f, Lang::Fr, concept));
            row.forms(4).for_each(|f| self.en.add_noun(f, Lang::En, concept));
        }
    }

    /// Reads the words that tell of events. [`Self::load_classes`] and [`Self::load_nouns`] come
    /// first, because the rows name classes and sets of nouns.
    fn load_events(&mut self) {
        let mut known: KeyMap<LemmaId> = KeyMap::default();
        for row in table::EVENTS.rows() {
            let class = self.class(row.cell(0));
            if class.is_none() && row.cell(0) != "-" {
                row.fail("no such class in event-classes.tsv");
            }
            let lang = if row.cell(1) == "fr" { Lang::Fr } else { Lang::En };
            let kind = row.cell(2);
            for form in row.forms(3) {
                let Some((head, sense)) = self.sense(form, class, lang) else {
                    row.fail(&format!("`{form}` asks for a set that event-nouns.tsv does not have"))
                };
                // The same letters are a lemma of their own in each language, and as a verb and as
                // any other word.
                let key = exact(head) ^ u64::from(lang == Lang::Fr) ^ if kind == "word" { 2 } else { 0 };
                let id = *known.entry(key).or_insert_with(|| {
                    let id = self.lemmas.len() as LemmaId;
                    self.lemmas.push(Lemma { text: head, lang, senses: Vec::new() });
                    let language = if lang == Lang::Fr { &mut self.fr } else { &mut self.en };
                    language.add_lemma(id, head, lang, kind == "word");
                    id
                });
                self.lemmas[id as usize].senses.push(sense);
            }
        }
        // Senses that ask for more words, or for a certain object, go first: "shoot down" before "shoot".
        for lemma in &mut self.lemmas {
            lemma.senses.sort_by_key(|s| std::cmp::Reverse((s.tail.len(), s.object != 0)));
        }
    }

    /// Reads a form of the table into its head word and a sense. « s'emparer » is reflexive; "shoot down" must have
    /// "down" after it, "fire=weapon" an object of the set of weapons; « mourir° » is unaccusative. The pronoun « en »
    /// of « s'en sortir » is dropped, and the text need not have it. `None` if the form asks for a set that does not
    /// exist.
    fn sense(&self, form: &'static str, class: Option<u8>, lang: Lang) -> Option<(&'static str, Sense)> {
        let unaccusative = form.contains('°');
        let mut text = form;
        let mut reflexive = false;
        if lang == Lang::Fr {
            for clitic in ["se ", "s'", "en "] {
                if let Some(rest) = text.strip_prefix(clitic) {
                    reflexive |= clitic.starts_with('s');
                    text = rest;
                }
            }
        }
        let text = text.trim_end_matches('°');
        let (text, set) = text.split_once('=').map_or((text, None), |(t, s)| (t, Some(s.trim_end_matches('°'))));
        let object = match set {
            Some(name) => 1 << self.sets.iter().position(|s| *s == name)?,
            None => 0,
        };
        let (head, tail) = text.split_once(' ').unwrap_or((text, ""));
        // « l'ennemi » is two tokens in a text, so it makes two keys here. The keys of elided words have no apostrophe.
        let tail = tail.split([' ', '\'']).filter(|w| !w.is_empty()).map(exact).collect();
        Some((head, Sense { class, tail, reflexive, object, unaccusative }))
    }

    /// Number of the class with this name, if there is one.
    pub fn class(&self, name: &str) -> Option<u8> {
        self.names.iter().position(|n| *n == name).map(|i| i as u8)
    }

    /// Name of a class.
    pub fn name(&self, class: u8) -> &'static str {
        self.names[class as usize]
    }

    /// The set of the classes with these names; names of no class are passed over.
    pub fn set_of(&self, names: &[&str]) -> Classes {
        names.iter().filter_map(|n| self.class(n)).fold(0, |set, c| set | 1 << c)
    }

    /// All classes that may stand for one of `set`, those of `set` included.
    pub fn near(&self, set: Classes) -> Classes {
        bits(set).fold(0, |all, c| all | self.near[c as usize])
    }

    /// All classes that exclude one of `set`.
    pub fn opposites(&self, set: Classes) -> Classes {
        bits(set).fold(0, |all, c| all | self.opposite[c as usize])
    }

    /// How two classes stand to each other.
    pub fn relation(&self, a: u8, b: u8) -> Relation {
        match (self.near[a as usize] >> b & 1, self.opposite[a as usize] >> b & 1) {
            (1, _) => Relation::Near,
            (_, 1) => Relation::Opposite,
            _ => Relation::Apart,
        }
    }

    fn language(&self, lang: Lang) -> &Language {
        if lang == Lang::Fr { &self.fr } else { &self.en }
    }

    /// The lemmas that may have the form with this key, each with what the form can be, as bits of [`part`].
    pub fn readings(&self, lang: Lang, key: Key) -> impl Iterator<Item = (LemmaId, u8)> {
        let language = self.language(lang);
        let mut at = language.forms.get(&key).copied().unwrap_or(END);
        std::iter::from_fn(move || {
            let reading = language.readings.get(at as usize)?;
            at = reading.next;
            Some((reading.lemma, reading.parts))
        })
    }

    /// The concepts that a noun of one word names, in the singular or plural; none if the tables don't have it.
    pub fn nouns(&self, lang: Lang, key: Key) -> &[Concept] {
        self.language(lang).nouns.get(&key).map_or(&[], Vec::as_slice)
    }

    /// Nouns of several words that begin with this one: the keys of the other words, and what the noun names.
    pub fn phrases(&self, lang: Lang, first: Key) -> &[(Vec<Key>, Concept)] {
        self.language(lang).phrases.get(&first).map_or(&[], Vec::as_slice)
    }

    /// The bit of the set of nouns with this name; 0 if there is none.
    pub fn noun_set(&self, name: &str) -> u32 {
        self.sets.iter().position(|s| *s == name).map_or(0, |i| 1 << i)
    }

    /// Name of a concept.
    pub fn concept(&self, concept: u8) -> &'static str {
        self.concepts[concept as usize]
    }
}

/// The classes of a set, in the order of their numbers.
pub fn bits(set: Classes) -> impl Iterator<Item = u8> {
    let mut rest = set;
    std::iter::from_fn(move || {
        let next = rest.trailing_zeros();
        (rest != 0).then(|| {
            rest &= rest - 1;
            next as u8
        })
    })
}

impl Language {
    /// Adds what a form may be. If the form has a reading with the same lemma already, the parts are added to that
    /// reading.
    fn add(&mut self, form: &str, lemma: LemmaId, parts: u8) {
        let head = self.forms.entry(exact(form)).or_insert(END);
        let mut at = *head;
        while let Some(reading) = self.readings.get_mut(at as usize) {
            if reading.lemma == lemma {
                reading.parts |= parts;
                return;
            }
            at = reading.next;
        }
        self.readings.push(FormReading { lemma, parts, next: *head });
        *head = self.readings.len() as u32 - 1;
    }

    /// Adds all forms of a lemma.
    fn add_lemma(&mut self, id: LemmaId, head: &str, lang: Lang, is_word: bool) {
        match lang {
            _ if is_word => {
                self.add(head, id, part::WORD);
                self.add(&plural(head, lang), id, part::WORD);
            }
            _ => each_form(head, lang, |form, parts| self.add(form, id, parts)),
        }
    }

    /// Adds a noun of one word or several, with its plural if it has one or two words.
    fn add_noun(&mut self, form: &str, lang: Lang, concept: Concept) {
        if let Some((first, rest)) = form.split_once([' ', '-']) {
            let tail: Vec<Key> = rest.split([' ', '\'', '-']).filter(|w| !w.is_empty()).map(exact).collect();
            self.phrases.entry(exact(first)).or_default().push((tail.clone(), concept));
            // Of two words, both become plural in French (« travailleurs humanitaires »), but only
            // the second in English ("aid workers").
            if let ([_], Some(last)) = (&tail[..], rest.rsplit([' ', '-']).next()) {
                let first = if lang == Lang::Fr { plural(first, lang) } else { first.to_string() };
                self.phrases.entry(exact(&first)).or_default().push((vec![exact(&plural(last, lang))], concept));
            }
            return;
        }
        for form in [form.to_lowercase(), plural(&form.to_lowercase(), lang)] {
            let list = self.nouns.entry(exact(&form)).or_default();
            if !list.contains(&concept) {
                list.push(concept);
            }
        }
    }
}

/// Calls `emit` with each form of a verb and with what the form can be, as bits of [`part`].
pub(super) fn each_form(verb: &str, lang: Lang, mut emit: impl FnMut(&str, u8)) {
    match lang {
        Lang::Fr => fr::each_form(verb, |form, what| {
            let parts = match what {
                fr::VerbForm::Infinitive => part::INFINITIVE,
                fr::VerbForm::Gerund => part::GERUND,
                fr::VerbForm::Participle { .. } => part::PARTICIPLE,
                fr::VerbForm::Finite(..) => part::FINITE,
            };
            emit(form, parts);
        }),
        Lang::En => en::each_form(verb, |form, what| {
            let parts = match what {
                en::VerbForm::Base => part::INFINITIVE | part::FINITE,
                en::VerbForm::ThirdPerson => part::FINITE,
                en::VerbForm::Past => part::FINITE | part::PAST,
                en::VerbForm::Participle => part::PARTICIPLE,
                en::VerbForm::Gerund => part::GERUND,
            };
            emit(form, parts);
        }),
    }
}

/// The plural of a noun or adjective by the general rules of the language; exceptions are not known here.
pub fn plural(word: &str, lang: Lang) -> String {
    match lang {
        Lang::Fr if word.ends_with(['s', 'x', 'z']) => word.to_string(),
        Lang::Fr if word.ends_with("al") => format!("{}aux", &word[..word.len() - 2]),
        Lang::Fr if word.ends_with("au") || word.ends_with("eu") => format!("{word}x"),
        Lang::En if ["s", "x", "ch", "sh", "z"].iter().any(|e| word.ends_with(e)) => format!("{word}es"),
        Lang::En if word.ends_with('y') && !["ay", "ey", "oy", "uy"].iter().any(|e| word.ends_with(e)) => {
            format!("{}ies", &word[..word.len() - 1])
        }
        _ => format!("{word}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn classes(lang: Lang, form: &str) -> Vec<&'static str> {
        let events = Events::get();
        let mut all: Vec<_> = events
            .readings(lang, exact(form))
            .flat_map(|(lemma, _)| &events.lemmas[lemma as usize].senses)
            .filter(|s| s.tail.is_empty())
            .filter_map(|s| s.class)
            .map(|c| events.name(c))
            .collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    #[test]
    fn forms_lead_to_classes_in_both_languages() {
        assert!(classes(Lang::Fr, "libérées").contains(&"free"));
        assert!(classes(Lang::En, "freed").contains(&"free"));
        assert!(classes(Lang::Fr, "conquirent").contains(&"capture"));
        assert!(classes(Lang::En, "slain").contains(&"kill"));
        assert!(classes(Lang::Fr, "otages").contains(&"abduct"));
    }

    #[test]
    fn opposites_hold_both_ways() {
        let events = Events::get();
        let of = |name| events.class(name).unwrap();
        assert_eq!(events.relation(of("kill"), of("free")), Relation::Opposite);
        assert_eq!(events.relation(of("free"), of("kill")), Relation::Opposite);
        assert_eq!(events.relation(of("withdraw"), of("retreat")), Relation::Near);
        assert_eq!(events.relation(of("open"), of("sell")), Relation::Apart);
    }

    #[test]
    fn nouns_of_both_languages_share_a_family() {
        let events = Events::get();
        let family = |lang, word| events.nouns(lang, exact(word))[0].family;
        assert_eq!(family(Lang::Fr, "civils"), family(Lang::En, "civilians"));
        assert_ne!(family(Lang::Fr, "journalistes"), family(Lang::En, "soldiers"));
    }
}
