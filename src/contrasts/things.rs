//! Contrasts about things, places and tools, and about single occupations and kinds of people. Where the table has an
//! English noun and the French does not name its thing, the noun is replaced by one for another thing of the same set,
//! which the French names and the English does not: "school" for "hospital".

use super::{Contrast, ContrastKind, edit};
use crate::checks::Pair;
use crate::lang::Lang;
use crate::lexicon::things::{NamedThing, PEOPLE, Things, find_nouns, plural_of};

/// How many things that the French names are tried in place of one English noun at most.
const TRIED: usize = 2;

/// Adds the contrasts for each English noun of the table that has no capital, unless the French names one of the things
/// that the noun may mean.
pub(super) fn add(pair: &Pair<'_>, out: &mut Vec<Contrast>) {
    let (french, english) = (find_nouns(&pair.source.reading), find_nouns(&pair.target.reading));
    let names = |list: &[NamedThing], row: usize| list.iter().any(|n| n.things.iter().any(|t| t.row == row));
    for stands in &english {
        let supported = stands.things.iter().any(|t| names(&french, t.row));
        let may_change = !supported && !pair.target.reading.capital(stands.at);
        let mut tried = 0;
        for instead in french.iter().filter(|_| may_change) {
            for thing in &instead.things {
                let same_set = stands.things.iter().any(|t| t.set == thing.set);
                if tried < TRIED && same_set && !names(&english, thing.row) {
                    let plain = Things::get().plain[thing.row];
                    let words = if stands.plural { plural_of(plain, Lang::En) } else { plain.to_string() };
                    out.push(edit::replace(pair, kind(thing.set), stands.span, &words, Some(instead.span)));
                    tried += 1;
                }
            }
        }
    }
}

/// The kind of contrast for a set: sets of people are reported under another rule than sets of things.
fn kind(set: &str) -> ContrastKind {
    if PEOPLE.contains(&set) { ContrastKind::People } else { ContrastKind::Thing }
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
