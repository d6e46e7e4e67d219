//! Contrasts in which two parties of an event change places (who did it to whom), or two names.

use super::verb::is_plural;
use super::{Contrast, ContrastKind, edit};
use crate::checks::{Pair, Side};
use crate::facts::event::EventForm;
use crate::facts::name::{Unit, names};
use crate::facts::reading::Reading;
use crate::lexicon::events::Events;
use crate::lexicon::{Lexicon, class};
use crate::span::Span;

/// How many exchanges of names are tried in one text at most.
const NAMES: usize = 2;
/// How many exchanges of neighbouring parties are tried in one text at most (see [`neighbours`]).
const NEIGHBOURS: usize = 2;
/// How many tokens may stand between two neighbouring parties.
const BETWEEN: usize = 6;
/// How many words between its article and its noun a party may have.
const ADJECTIVES: usize = 2;

/// Adds the exchanges of the parties of events, then those of names, then those of neighbouring
/// parties.
pub(super) fn add(pair: &Pair<'_>, out: &mut Vec<Contrast>) {
    parties(pair, out);
    exchanged_names(pair, out);
    neighbours(pair, out);
}

/// Exchanges two parties that the French names as well and that have a few words between them,
/// whatever these words say: "the leader asked the president". The tables of events know only few
/// verbs, but most verbs have an agent and somebody to whom something is done.
fn neighbours(pair: &Pair<'_>, out: &mut Vec<Contrast>) {
    let (r, text) = (&pair.target.reading, pair.target.text);
    let french = pair.parties(&pair.source);
    let mut phrases: Vec<Span> = Vec::new();
    for party in pair.parties(&pair.target) {
        let phrase = phrase(r, party.from, party.to);
        if french.iter().any(|f| f.who.may_be(&party.who)) && !phrases.iter().any(|p| p.overlaps(phrase)) {
            phrases.push(phrase);
        }
    }
    let before = out.len();
    for (first, second) in phrases.iter().zip(phrases.iter().skip(1)) {
        let between = r.tokens.first_at(first.end)..r.tokens.first_at(second.start);
        let is_close =
            between.len() <= BETWEEN && between.clone().all(|k| r.is_word(k) && !r.is(k, class::CONJ | class::REL));
        let tells = between.clone().any(|k| !r.is(k, class::FUNCTION) && r.is_plain(k));
        let (a, b) = (first.of(text), second.of(text));
        if is_close && tells && out.len() < before + NEIGHBOURS && agree(between.map(|k| r.lower(k)), a, b) {
            out.push(edit::exchange(pair, ContrastKind::Parties, (*first, *second), None));
        }
    }
}

/// The whole phrase of a party that stands from token `from` to token `to`: with the names around
/// it, and with its article and the adjectives between the two.
fn phrase(r: &Reading<'_>, mut from: usize, mut to: usize) -> Span {
    let name = |k: usize| r.is_word(k) && r.capital(k) && !r.opens(k) && !r.is(k, class::FUNCTION);
    while from > 0 && name(from - 1) {
        from -= 1;
    }
    while name(to + 1) {
        to += 1;
    }
    let article = |k: usize| r.is(k, class::DET) && !r.is(k, class::PRON);
    let adjectives = (0..=ADJECTIVES.min(from)).take_while(|n| *n == 0 || r.is_plain(from - n));
    let with_article = adjectives.map(|n| from - n).find(|&k| k > 0 && article(k - 1)).map(|k| k - 1);
    r.span(with_article.unwrap_or(from), to + 1)
}

/// Whether two phrases may change places around these words: where a verb shows the number of its subject, both are
/// singular or both are plural.
fn agree<'w>(mut between: impl Iterator<Item = &'w str>, a: &str, b: &str) -> bool {
    is_plural(a) == is_plural(b) || !between.any(|w| matches!(w, "was" | "were" | "is" | "are" | "has" | "have"))
}

/// Exchanges the agent of an English event and its patient (or, where there is no patient, the party from whom
/// something is taken). Only an event told by a clause counts, and only if a clause or phrase of the French tells an
/// event of a near class. The parties must be two different short phrases, one before the verb and one after it. Where
/// an auxiliary shows the verb's number ("was", "have"), both must be singular or both plural.
fn parties(pair: &Pair<'_>, out: &mut Vec<Contrast>) {
    let (told, tables) = (pair.events(), Events::get());
    for event in told.target.iter().filter(|e| e.form == EventForm::Clause && e.classes != 0) {
        let same =
            told.source.iter().find(|f| f.form != EventForm::Word && tables.near(event.classes) & f.classes != 0);
        let (Some(agent), Some(other), Some(french)) = (event.agent, event.patient.or(event.oblique), same) else {
            continue;
        };
        let (first, second) = if agent.start < other.start { (agent, other) } else { (other, agent) };
        let text = pair.target.text;
        let (a, b) = (first.of(text), second.of(text));
        let group = event.group.of(text).to_lowercase();
        let apart = first.end <= event.word.start && event.word.end <= second.start;
        if apart
            && is_party(&pair.target, first)
            && is_party(&pair.target, second)
            && a != b
            && agree(group.split(' '), a, b)
        {
            out.push(edit::exchange(pair, ContrastKind::Parties, (first, second), Some(french.group)));
        }
    }
}

/// Whether a phrase has at most six tokens and names somebody who can act: it has a word with a capital that does not
/// only come from the beginning of a sentence, or a noun for a person or a party.
fn is_party(side: &Side<'_>, span: Span) -> bool {
    let (r, tables) = (&side.reading, Events::get());
    let people = tables.noun_set("person") | tables.noun_set("party");
    let inside = |i: &usize| {
        let at = r.span(*i, *i + 1);
        at.start >= span.start && at.end <= span.end
    };
    let tokens: Vec<usize> = (0..r.len()).filter(inside).collect();
    tokens.len() <= 6
        && tokens.iter().any(|&i| {
            r.capital(i) && !r.opens(i) || tables.nouns(r.lang, r.words[i].exact).iter().any(|c| c.set & people != 0)
        })
}

/// Exchanges two different names of one unit each (a part of a name that is compared by itself) that are alike: of the
/// same class in the lexicon, or both not in it; both persons or neither; both demonyms or neither; both ending in "s"
/// or neither. Each must have exactly one entry in the lexicon, unless both are proper names. Each must stand in the
/// English once and be found in the French. They must not stand side by side in a list ("Kelba and Tarsal"), where
/// their order says nothing.
fn exchanged_names(pair: &Pair<'_>, out: &mut Vec<Contrast>) {
    let list = &Lexicon::get().entries;
    let known = |unit: &Unit| unit.entries.len() == 1;
    let english: Vec<(&Unit, bool, bool)> = names(&pair.target.facts)
        .filter(|n| n.units.len() == 1)
        .flat_map(|n| n.units.iter().map(move |u| (u, n.demonym, n.person)))
        .collect();
    let french: Vec<&Unit> = names(&pair.source.facts).flat_map(|n| &n.units).collect();
    let in_french = |e: &Unit| {
        french.iter().find(|f| {
            f.fold != 0 && f.fold == e.fold && f.proper
                || f.entries.iter().any(|&a| e.entries.iter().any(|&b| list.agree(a, b)))
        })
    };
    let mut made = 0;
    for (n, (a, demonym, person)) in english.iter().enumerate() {
        for (b, other_demonym, other_person) in &english[n + 1..] {
            let text = pair.target.text;
            let (x, y) = (a.span.of(text), b.span.of(text));
            let alike = demonym == other_demonym && person == other_person && x.ends_with('s') == y.ends_with('s');
            let same = x == y || a.entries.iter().any(|&i| b.entries.iter().any(|&j| list.agree(i, j)));
            let once = [x, y].iter().all(|w| text.matches(w).count() == 1);
            let class = |u: &Unit| u.entries.first().map(|&e| list.get(e).class);
            if made < NAMES
                && alike
                && !same
                && once
                && class(a) == class(b)
                && (known(a) && known(b) || a.proper && b.proper)
                && text[a.span.end..b.span.start] != *" and "
                && text[a.span.end..b.span.start] != *", "
                && let (Some(source), Some(_)) = (in_french(a), in_french(b))
            {
                out.push(edit::exchange(pair, ContrastKind::Names, (a.span, b.span), Some(source.span)));
                made += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::texts;

    #[test]
    fn parties_change_places() {
        let all = texts("L'armée a attaqué les rebelles.", "The rebels attacked the army.");
        assert!(all.contains(&"The army attacked the rebels.".to_string()), "{all:?}");
    }

    #[test]
    fn parties_change_places_whatever_the_verb_is() {
        let all = texts(
            "Le chef druze a été prié par le président intérimaire de désarmer ses hommes.",
            "The Druze leader has begged the interim president to disarm his men.",
        );
        let turned = "The interim president has begged the Druze leader to disarm his men.";
        assert!(all.contains(&turned.to_string()), "{all:?}");
        let all = texts(
            "Le général Idriss Mahamat remplace le colonel Saleh Abakar.",
            "Colonel Saleh Abakar takes over from General Idriss Mahamat.",
        );
        let turned = "General Idriss Mahamat takes over from Colonel Saleh Abakar.";
        assert!(all.contains(&turned.to_string()), "{all:?}");
    }

    #[test]
    fn names_change_places() {
        let all = texts("L'Ukraine accuse la Russie.", "Russia accuses Ukraine.");
        assert!(all.contains(&"Ukraine accuses Russia.".to_string()), "{all:?}");
    }
}
