//! Things, places, tools, occupations and kinds of people that English may have put in each other's place:
//! `contrast-things.tsv`.

use super::events::plural;
use super::key::{Key, KeyMap, exact};
use super::table;
use crate::facts::reading::Reading;
use crate::lang::Lang;
use crate::language::sense::follows;
use crate::span::Span;
use std::sync::OnceLock;

/// A row of the table: one kind of thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thing {
    /// Name of the set of things that may be mistaken for one another.
    pub set: &'static str,
    /// Number of the row.
    pub row: usize,
}

/// The sets whose rows are kinds of people.
pub const PEOPLE: [&str; 4] = ["person", "job", "office", "kin"];

/// A form of a noun: the keys of the words after its first one, the thing, and whether the form is the plural.
type NounForm = (Vec<Key>, Thing, bool);

/// The table of things.
#[derive(Default)]
pub struct Things {
    /// For each language, the forms of nouns by the key of their first word.
    forms: [KeyMap<Vec<NounForm>>; 2],
    /// For each row, its first English noun: the one that a contrast writes.
    pub plain: Vec<&'static str>,
    /// For each row, the English nouns of other rows that may render it; `None` if too many do.
    near: Vec<Option<Vec<&'static str>>>,
}

impl Things {
    /// The table that is built in.
    pub fn get() -> &'static Things {
        static THINGS: OnceLock<Things> = OnceLock::new();
        THINGS.get_or_init(|| {
            let mut out = Things::default();
            for (row, cells) in table::CONTRAST_THINGS.rows().enumerate() {
                let thing = Thing { set: cells.cell(0), row };
                cells.forms(1).for_each(|form| out.add(form, Lang::Fr, thing));
                cells.forms(2).for_each(|form| out.add(form, Lang::En, thing));
                out.plain.push(cells.forms(2).next().unwrap_or_default());
                out.near.push(match cells.cell(3) {
                    "any" => None,
                    "none" => Some(Vec::new()),
                    _ => Some(cells.forms(3).collect()),
                });
            }
            out
        })
    }

    /// Adds the singular and the plural of a noun.
    fn add(&mut self, form: &'static str, lang: Lang, thing: Thing) {
        let form = form.to_lowercase();
        let words: Vec<&str> = form.split([' ', '-', '\'']).filter(|w| !w.is_empty()).collect();
        let plural = |word: &&str| plural_of(word, lang);
        // An English phrase has the plural in its last word ("police stations"), a French phrase of two words in both,
        // and any other French phrase in its first word (« centres de détention »).
        let plurals: Vec<String> = match (lang, words.as_slice()) {
            (Lang::En, [before @ .., last]) => before.iter().map(ToString::to_string).chain([plural(last)]).collect(),
            (Lang::Fr, [noun, adjective]) => vec![plural(noun), plural(adjective)],
            (Lang::Fr, [noun, rest @ ..]) => {
                [plural(noun)].into_iter().chain(rest.iter().map(ToString::to_string)).collect()
            }
            _ => return,
        };
        let keys = |words: &[String]| words.iter().map(|w| exact(w)).collect::<Vec<Key>>();
        let singular: Vec<String> = words.iter().map(ToString::to_string).collect();
        for (words, is_plural) in [(&singular, false), (&plurals, true)] {
            if let [first, rest @ ..] = keys(words).as_slice() {
                self.forms[lang as usize].entry(*first).or_default().push((rest.to_vec(), thing, is_plural));
            }
        }
    }

    /// Whether the two belong to one set and neither may render the other in a right translation.
    pub fn exclude(&self, a: Thing, b: Thing) -> bool {
        a.set == b.set && self.differ(a, b)
    }

    /// Whether the two are different rows and neither may render the other in a right translation,
    /// whatever their sets are.
    fn differ(&self, a: Thing, b: Thing) -> bool {
        let lacks =
            |a: Thing, b: Thing| self.near[a.row].as_ref().is_some_and(|near| !near.contains(&self.plain[b.row]));
        a.row != b.row && lacks(a, b) && lacks(b, a)
    }

    /// Whether the two belong to one set or both are people, and neither may render the other in a
    /// right translation.
    pub fn exclude_or_are_people(&self, a: Thing, b: Thing) -> bool {
        let people = |thing: Thing| PEOPLE.contains(&thing.set);
        (a.set == b.set || people(a) && people(b)) && self.differ(a, b)
    }
}

/// The plural of a noun, also of an English noun that ends in "man" ("women") or "child" ("children").
pub fn plural_of(noun: &str, lang: Lang) -> String {
    match lang {
        Lang::En if noun.ends_with("man") => format!("{}men", &noun[..noun.len() - 3]),
        Lang::En if noun.ends_with("child") => format!("{noun}ren"),
        _ => plural(noun, lang),
    }
}

/// A noun of the table as it stands in a text.
pub struct NamedThing {
    /// Number of the token with which it begins.
    pub at: usize,
    /// The place of all its words.
    pub span: Span,
    /// The things that it may mean.
    pub things: Vec<Thing>,
    /// Whether its form may be the plural of one of them.
    pub plural: bool,
}

/// The nouns of the table in a text. Where several begin at the same word, the longest counts.
pub fn find_nouns(r: &Reading<'_>) -> Vec<NamedThing> {
    let forms = &Things::get().forms[r.lang as usize];
    let mut out: Vec<NamedThing> = Vec::new();
    for at in (0..r.len()).filter(|&i| r.is_word(i)) {
        // A word that belongs to a noun found before ("station" in "police station") is not looked up by itself.
        let inside = out.last().is_some_and(|n| r.span(at, at + 1).start < n.span.end);
        let Some(list) = forms.get(&r.words[at].exact).filter(|_| !inside) else { continue };
        let fits: Vec<&NounForm> = list.iter().filter(|(tail, ..)| follows(r, at, tail)).collect();
        // "Police station" is the longer noun and counts, not "police".
        let Some(longest) = fits.iter().map(|(tail, ..)| tail.len()).max() else { continue };
        let fits = fits.into_iter().filter(|(tail, ..)| tail.len() == longest);
        let (mut things, mut is_plural) = (Vec::new(), false);
        for (_, thing, plural) in fits {
            things.push(*thing);
            is_plural |= plural;
        }
        out.push(NamedThing { at, span: r.span(at, at + 1 + longest), things, plural: is_plural });
    }
    out
}
