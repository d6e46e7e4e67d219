//! Named things with their forms in both languages, found in a text by the keys of their words.

use super::key::{Key, KeyMap, exact, folded};
use super::states::StateRole;
use super::table::{self, Table};
use crate::lang::Lang;

/// Class of a named thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum NameClass {
    Person,
    Place,
    Organisation,
    Other,
}

impl NameClass {
    /// How a class is written in facts.
    pub fn name(self) -> &'static str {
        match self {
            NameClass::Person => "person",
            NameClass::Place => "place",
            NameClass::Organisation => "organisation",
            NameClass::Other => "other",
        }
    }
}

/// Number of an entry in [`Entries`].
pub type EntryId = u32;

/// A named thing.
#[derive(Debug)]
pub struct Entry {
    /// What kind of thing it is.
    pub class: NameClass,
    /// The French forms, as written in the table.
    pub fr: Vec<&'static str>,
    /// The English forms, as written in the table; a translation should use the first.
    pub en: Vec<&'static str>,
    /// The state that the entry is, or that it stands for as a capital or a house of the government.
    pub(super) state: Option<State>,
}

/// How an entry stands for a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct State {
    /// The entry of the state itself, from the table of territories.
    pub(super) id: EntryId,
    /// What the entry is to that state.
    pub(super) role: StateRole,
}

/// One form of one or more entries, as the keys of its words.
#[derive(Debug)]
pub struct NameForm {
    /// The keys of its words, made with [`folded`].
    pub keys: Vec<Key>,
    /// Entries with this form: "RSF" is Sudan's Rapid Support Forces and Reporters Without Borders.
    pub entries: Vec<EntryId>,
    /// Whether the form is never the name itself, only an adjective or noun for who or what belongs to the named thing:
    /// « syrien », "Syrians".
    pub demonym: bool,
    /// Number of the word that must have a capital in the text, counted from 0; none if the table writes the form
    /// without a capital.
    pub capital: Option<usize>,
    /// Whether the form must be all upper case in the text, because the table has it as one word of capitals: "IS" is
    /// the armed group, "Is" is not.
    pub upper: bool,
}

/// Entries and, for each language, their forms by first word.
#[derive(Default)]
pub struct Entries {
    /// All entries; an [`EntryId`] is the place in this list.
    pub list: Vec<Entry>,
    fr: Index,
    en: Index,
    /// Roles of sources (`roles.tsv`) in French and in English. Here the entries of a form are not
    /// places in `list` but numbers of rows of that table.
    fr_roles: Index,
    en_roles: Index,
}

/// Forms of one language.
#[derive(Default)]
struct Index {
    forms: Vec<NameForm>,
    /// For each first word, the places in `forms` of those that begin with it, longest first.
    first: KeyMap<Vec<u32>>,
    /// The place in `forms` of each form, by a key of all its words; empty once everything is
    /// loaded.
    whole: KeyMap<u32>,
}

impl Index {
    /// Adds a form of an entry, or the entry to a form that is there already.
    fn add(&mut self, text: &str, entry: EntryId, demonym: bool) {
        let mut keys = Vec::new();
        let (mut capital, mut upper, mut is_article) = (None, true, false);
        for (i, word) in words(text).enumerate() {
            // At the beginning of a sentence any article has a capital, so the word after it must have one as well:
            // « La Réunion » is a name, « La réunion a duré » has none.
            let may_count = capital.is_none() || i == 1 && is_article;
            if may_count && word.starts_with(char::is_uppercase) {
                capital = Some(i);
                is_article = matches!(word, "La" | "Le" | "Les" | "L" | "The");
            }
            upper &= word.chars().count() > 1 && word.chars().all(|c| !c.is_lowercase());
            keys.push(folded(&word.to_lowercase()));
        }
        let Some(&first) = keys.first() else { return };
        upper &= keys.len() == 1;
        // The key of the form depends also on the capitals that the text must have, so that the same word with and
        // without such a condition makes two forms.
        let marks = [u8::from(capital.is_some()), u8::from(upper)];
        // The multiplier is that of Fibonacci hashing, 2⁶⁴ divided by the golden ratio. It makes
        // the order of the words count.
        let whole = keys.iter().fold(exact(&format!("{marks:?}")), |k, w| (k ^ w).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        if let Some(&form) = self.whole.get(&whole) {
            let form = &mut self.forms[form as usize];
            form.demonym &= demonym;
            if !form.entries.contains(&entry) {
                form.entries.push(entry);
            }
            return;
        }
        let id = self.forms.len() as u32;
        self.whole.insert(whole, id);
        self.first.entry(first).or_default().push(id);
        self.forms.push(NameForm { keys, entries: vec![entry], demonym, capital, upper });
    }

    /// Sorts the forms with the same first word, longest first, once all are there.
    fn finish(&mut self) {
        for list in self.first.values_mut() {
            list.sort_by_key(|&f| std::cmp::Reverse(self.forms[f as usize].keys.len()));
        }
        self.whole = KeyMap::default();
    }
}

/// Parts of names that British and American English spell differently.
const SPELLINGS: &[(&str, &str)] = &[
    ("isation", "ization"),
    ("Programme", "Program"),
    ("Labour", "Labor"),
    ("Defence", "Defense"),
    ("Centre", "Center"),
    ("Co-operation", "Cooperation"),
];

/// The words of a form, cut at everything that is no letter or digit: at hyphens and stops, and at the apostrophe of
/// « l' », which is left out.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty())
}

impl Entries {
    /// Reads the tables of names that are built in.
    pub fn load() -> Self {
        let mut e = Entries::default();
        // The entries of territories by their codes, and those of the tables below by their first
        // French form. The rows of capitals and demonyms refer to entries in this way.
        let mut codes: KeyMap<EntryId> = KeyMap::default();
        let tables: [(&Table, NameClass); 5] = [
            (&table::PLACES, NameClass::Place),
            (&table::ORGANISATIONS, NameClass::Organisation),
            (&table::ACRONYMS, NameClass::Other),
            (&table::PERSONS, NameClass::Person),
            (&table::EVENTS_AND_TREATIES, NameClass::Other),
        ];
        for (table, class) in tables {
            for row in table.rows() {
                let id = e.add(class, row.forms(0).collect(), row.forms(1).collect());
                codes.entry(exact(row.forms(0).next().unwrap_or(""))).or_insert(id);
            }
        }
        for row in table::ZONE_CITIES.rows() {
            e.add(NameClass::Place, vec![row.cell(0)], vec![row.cell(1)]);
        }
        for row in table::TERRITORIES.rows() {
            let id = e.add(NameClass::Place, row.forms(1).collect(), row.forms(2).collect());
            codes.insert(exact(row.cell(0)), id);
            // Continents and other regions have numbers as codes, and are no states.
            if !row.cell(0).starts_with(|c: char| c.is_ascii_digit()) {
                e.list[id as usize].state = Some(State { id, role: StateRole::Itself });
            }
        }
        e.load_capitals(&codes);
        for row in table::DEMONYMS.rows() {
            // The first cell is either the code of a territory, or "- " and the French name of a
            // place, which may have no entry yet.
            let place = row.cell(0);
            let key = exact(place.strip_prefix("- ").unwrap_or(place));
            let id = *codes.entry(key).or_insert_with(|| {
                e.list.push(Entry { class: NameClass::Other, fr: Vec::new(), en: Vec::new(), state: None });
                e.list.len() as EntryId - 1
            });
            for form in row.forms(1) {
                e.fr.add(form, id, true);
                for plural in french_plurals(form) {
                    e.fr.add(&plural, id, true);
                }
            }
            for form in row.forms(2) {
                e.en.add(form, id, true);
            }
        }
        for (role, row) in (0..).zip(table::ROLES.rows()) {
            for (index, column) in [(&mut e.fr_roles, 0), (&mut e.en_roles, 1)] {
                for form in row.forms(column) {
                    let form = form.to_lowercase();
                    index.add(&form, role, false);
                    index.add(&format!("{form}s"), role, false);
                }
            }
        }
        e.name_states();
        for index in [&mut e.fr, &mut e.en, &mut e.fr_roles, &mut e.en_roles] {
            index.finish();
        }
        e
    }

    /// Adds an entry with its forms; the English ones also in the other spelling (British or American), and with "and"
    /// for "&".
    pub(super) fn add(&mut self, class: NameClass, fr: Vec<&'static str>, en: Vec<&'static str>) -> EntryId {
        let id = self.list.len() as EntryId;
        fr.iter().for_each(|f| self.fr.add(f, id, false));
        for form in &en {
            self.en.add(form, id, false);
            if form.contains(" & ") {
                self.en.add(&form.replace(" & ", " and "), id, false);
            }
            for (british, american) in SPELLINGS {
                for (a, b) in [(british, american), (american, british)] {
                    if form.contains(a) && !form.contains(b) {
                        self.en.add(&form.replace(a, b), id, false);
                    }
                }
            }
        }
        self.list.push(Entry { class, fr, en, state: None });
        id
    }

    /// For each form of either language, the entries that have this form.
    pub(super) fn shared_forms(&self) -> impl Iterator<Item = &[EntryId]> {
        self.fr.forms.iter().chain(&self.en.forms).map(|f| f.entries.as_slice())
    }

    fn index(&self, lang: Lang) -> &Index {
        match lang {
            Lang::Fr => &self.fr,
            Lang::En => &self.en,
        }
    }

    /// Forms of a language that begin with the word `first`, longest first.
    pub fn beginning(&self, lang: Lang, first: Key) -> impl Iterator<Item = &NameForm> {
        let index = self.index(lang);
        index.first.get(&first).into_iter().flatten().map(|&f| &index.forms[f as usize])
    }

    /// Forms of roles that begin with the word `first`, longest first; their entries are rows of the roles table.
    pub fn roles(&self, lang: Lang, first: Key) -> impl Iterator<Item = &NameForm> {
        let index = if lang == Lang::Fr { &self.fr_roles } else { &self.en_roles };
        index.first.get(&first).into_iter().flatten().map(|&f| &index.forms[f as usize])
    }

    /// The entry with this number.
    ///
    /// # Panics
    /// If there is no such entry.
    pub fn get(&self, id: EntryId) -> &Entry {
        &self.list[id as usize]
    }
}

/// The plurals that a French form may have; none for a form that ends in s, x or z. For a form
/// in -al both -als and -aux are given: the ending does not tell which of them is right.
fn french_plurals(form: &str) -> Vec<String> {
    let mut out = Vec::new();
    if !form.ends_with(['s', 'x', 'z']) {
        out.push(format!("{form}s"));
    }
    if let Some(stem) = form.strip_suffix("al") {
        out.push(format!("{stem}aux"));
    }
    out
}
