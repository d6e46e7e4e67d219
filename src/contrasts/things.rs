//! Contrasts about things, places and tools, and about single occupations and kinds of people. Where the table has an
//! English noun and the French does not name its thing, the noun is replaced by one for another thing of the same set,
//! which the French names and the English does not: "school" for "hospital".

use super::{Contrast, ContrastKind, edit};
use crate::checks::{Pair, Side};
use crate::lang::Lang;
use crate::language::sense::follows;
use crate::lexicon::events::plural;
use crate::lexicon::key::{Key, KeyMap, exact};
use crate::lexicon::table;
use crate::span::Span;
use std::sync::OnceLock;

/// How many things that the French names are tried in place of one English noun at most.
const TRIED: usize = 2;

/// A row of the table: one kind of thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Thing {
    /// Name of the set of things that may be mistaken for one another.
    set: &'static str,
    /// Number of the row.
    row: usize,
}

/// A form of a noun: the keys of the words after its first one, the thing, and whether the form is the plural.
type NounForm = (Vec<Key>, Thing, bool);

/// The table of things.
#[derive(Default)]
struct Things {
    /// For each language, the forms of nouns by the key of their first word.
    forms: [KeyMap<Vec<NounForm>>; 2],
    /// For each row, the English noun that a contrast writes.
    plain: Vec<&'static str>,
}

impl Things {
    fn get() -> &'static Things {
        static THINGS: OnceLock<Things> = OnceLock::new();
        THINGS.get_or_init(|| {
            let mut out = Things::default();
            for (row, cells) in table::CONTRAST_THINGS.rows().enumerate() {
                let thing = Thing { set: cells.cell(0), row };
                cells.forms(1).for_each(|form| out.add(form, Lang::Fr, thing));
                cells.forms(2).for_each(|form| out.add(form, Lang::En, thing));
                out.plain.push(cells.forms(2).next().unwrap_or_default());
            }
            out
        })
    }

    /// Adds the singular and the plural of a noun.
    fn add(&mut self, form: &'static str, lang: Lang, thing: Thing) {
        let form = form.to_lowercase();
        let words: Vec<&str> = form.split([' ', '-', '\'']).filter(|w| !w.is_empty()).collect();
        let many = |word: &&str| many(word, lang);
        // An English phrase has the plural in its last word ("police stations"), a French phrase of two words in both,
        // and any other French phrase in its first word (« centres de détention »).
        let plurals: Vec<String> = match (lang, words.as_slice()) {
            (Lang::En, [before @ .., last]) => before.iter().map(ToString::to_string).chain([many(last)]).collect(),
            (Lang::Fr, [noun, adjective]) => vec![many(noun), many(adjective)],
            (Lang::Fr, [noun, rest @ ..]) => {
                [many(noun)].into_iter().chain(rest.iter().map(ToString::to_string)).collect()
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
}

/// Adds the contrasts for each English noun of the table that has no capital, unless the French names one of the things
/// that the noun may mean.
pub(super) fn add(pair: &Pair<'_>, out: &mut Vec<Contrast>) {
    let (french, english) = (named(&pair.source), named(&pair.target));
    let names = |list: &[Named], row: usize| list.iter().any(|n| n.things.iter().any(|t| t.row == row));
    for stands in &english {
        let supported = stands.things.iter().any(|t| names(&french, t.row));
        let may_change = !supported && !pair.target.reading.capital(stands.at);
        let mut tried = 0;
        for instead in french.iter().filter(|_| may_change) {
            for thing in &instead.things {
                let other = stands.things.iter().any(|t| t.set == thing.set);
                if tried < TRIED && other && !names(&english, thing.row) {
                    let plain = Things::get().plain[thing.row];
                    let words = if stands.plural { many(plain, Lang::En) } else { plain.to_string() };
                    out.push(edit::replace(pair, kind(thing.set), stands.span, &words, Some(instead.span)));
                    tried += 1;
                }
            }
        }
    }
}

/// The plural of a noun, also of an English noun that ends in "man" ("women") or "child" ("children").
fn many(noun: &str, lang: Lang) -> String {
    match lang {
        Lang::En if noun.ends_with("man") => format!("{}men", &noun[..noun.len() - 3]),
        Lang::En if noun.ends_with("child") => format!("{noun}ren"),
        _ => plural(noun, lang),
    }
}

/// The kind of contrast for a set: sets of people are reported under another rule than sets of things.
fn kind(set: &str) -> ContrastKind {
    if matches!(set, "person" | "job" | "office" | "kin") { ContrastKind::People } else { ContrastKind::Thing }
}

/// A noun of the table as it stands in a text.
struct Named {
    /// Number of its first word in the reading.
    at: usize,
    span: Span,
    /// The things that it may mean.
    things: Vec<Thing>,
    /// Whether its form may be the plural of one of them.
    plural: bool,
}

/// The nouns of the table in a text. Where several begin at the same word, the longest counts.
fn named(side: &Side<'_>) -> Vec<Named> {
    let (r, forms) = (&side.reading, &Things::get().forms[side.reading.lang as usize]);
    let mut out: Vec<Named> = Vec::new();
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
        out.push(Named { at, span: r.span(at, at + 1 + longest), things, plural: is_plural });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::texts;

    #[test]
    fn the_thing_is_the_french_one() {
        let all = texts("L'obus est tombé sur une école.", "The shell hit a hospital.");
        assert_eq!(all, ["The shell hit a school."]);
        let all = texts("Deux hôpitaux ont brûlé.", "Two schools burned down.");
        assert_eq!(all, ["Two hospitals burned down."]);
        let all = texts("Un avion a survolé le port.", "A drone flew over the port.");
        assert_eq!(all, ["A plane flew over the port."]);
    }

    #[test]
    fn the_number_stays() {
        let all = texts("Trois hommes sont arrivés.", "Three women arrived.");
        assert_eq!(all, ["Three men arrived."]);
        let all = texts("Une infirmière a parlé.", "A policeman spoke.");
        assert_eq!(all, ["A nurse spoke."]);
    }

    #[test]
    fn what_the_french_names_is_not_doubted() {
        assert_eq!(texts("L'école est près de l'hôpital.", "The school is near the hospital."), [""; 0]);
        assert_eq!(texts("Le lycée et l'hôpital ont brûlé.", "The school burned down."), [""; 0]);
    }

    #[test]
    fn of_several_words_the_whole_counts() {
        let all = texts("Ils ont attaqué un commissariat.", "They attacked a railway station.");
        assert_eq!(all, ["They attacked a police station."]);
    }
}
