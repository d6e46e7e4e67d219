//! Contrasts about the people in a text. An English noun for a kind of people that no French noun names is replaced by
//! a noun for a kind that the French names and the English does not.

use super::verb::is_plural;
use super::{Contrast, ContrastKind, edit};
use crate::checks::{Pair, Side};
use crate::lang::Lang;
use crate::lexicon::events::{Concept, Events, plural};
use crate::lexicon::table;
use crate::span::Span;

/// Adds at most two contrasts for each English noun for a kind of people that the French does not name.
pub(super) fn add(pair: &Pair<'_>, out: &mut Vec<Contrast>) {
    let (french, english) = (people(&pair.source), people(&pair.target));
    let lacks = |list: &[(Span, Concept)], family: u8| list.iter().all(|(_, c)| c.family != family);
    // Where `things` has already made a contrast about people at this place, from a finer table, no other is made.
    let doubted: Vec<Span> = out.iter().filter(|c| c.kind == ContrastKind::People).map(|c| c.target).collect();
    let open = |span: &Span| !doubted.iter().any(|d| d.overlaps(*span));
    for (span, concept) in english.iter().filter(|(span, c)| open(span) && lacks(&french, c.family)) {
        let wanted = french.iter().filter(|(_, f)| lacks(&english, f.family) && f.set == concept.set);
        for (source, instead) in wanted.take(2) {
            let Some(noun) = english_noun(instead.concept) else { continue };
            let many = is_plural(&span.of(pair.target.text).to_lowercase());
            let words = if many { plural(noun, Lang::En) } else { noun.to_string() };
            out.push(edit::replace(pair, ContrastKind::People, *span, &words, Some(*source)));
        }
    }
}

/// The nouns of one word that can only mean a kind of people.
fn people(side: &Side<'_>) -> Vec<(Span, Concept)> {
    let (tables, r) = (Events::get(), &side.reading);
    let person = tables.noun_set("person");
    let plain = |i: usize| {
        let nouns = tables.nouns(r.lang, r.words[i].exact);
        let [only] = nouns else { return None };
        (only.set == person && only.family != 0 && r.is_plain(i)).then(|| (r.span(i, i + 1), *only))
    };
    (0..r.len()).filter(|&i| r.is_word(i)).filter_map(plain).collect()
}

/// The first English noun that the table has for a concept, if any.
fn english_noun(concept: u8) -> Option<&'static str> {
    let name = Events::get().concept(concept);
    table::EVENT_NOUNS.rows().find(|row| row.cell(0) == name).and_then(|row| row.forms(4).next())
}

#[cfg(test)]
mod tests {
    use super::super::texts;

    #[test]
    fn the_kind_of_people_is_the_french_one() {
        let all = texts("Douze civils ont été tués.", "Twelve soldiers were killed.");
        assert!(all.contains(&"Twelve civilians were killed.".to_string()), "{all:?}");
    }
}
