//! Numbers that count what another number should count, or what the French mentions elsewhere: « huit pompiers … des
//! dizaines d'habitants » translated as "eight residents … dozens of firefighters".

use crate::checks::{Pair, Side};
use crate::facts::FactValue;
use crate::facts::class::Class;
use crate::facts::quantity::NumberForm;
use crate::facts::word_values;
use crate::lang::Lang;
use crate::lexicon::class;
use crate::span::Span;
use std::ops::Range;
use std::slice::from_ref;

/// The most tokens that what a number counts may have, such as « anciens hauts fonctionnaires ».
const LONGEST: usize = 5;

/// The places of a number and what it counts in each text, where the English number counts what the French mentions
/// elsewhere, and the French noun is elsewhere in the English.
pub fn exchanged(pair: &Pair<'_>) -> Option<(Span, Span)> {
    let phrases = |&(s, t): &(usize, usize)| Some((counted_phrase(&pair.source, s)?, counted_phrase(&pair.target, t)?));
    let mut counted = pair.figures().matched().iter().filter_map(phrases);
    let first = counted.next()?;
    let links = pair.links();
    // « Personnes » and "people" may be anybody.
    let are_people = |f: &Counted, e: &Counted| {
        let (r, t) = (&pair.source.reading, &pair.target.reading);
        f.phrase().any(|k| matches!(r.lower(k), "personne" | "personnes"))
            && e.phrase().any(|k| matches!(t.lower(k), "people" | "person" | "persons"))
    };
    let is_exchanged = |(f, e): &(Counted, Counted)| {
        // In French the noun is mostly the first word, in English the last: "two oil engineers".
        let has_nouns = (f.number + 1..=f.first).any(|k| links.has_french(k)) && links.has_english(e.end - 1);
        has_nouns && !are_people(f, e) && links.are_exchanged(from_ref(&f.phrase()), from_ref(&e.phrase()))
    };
    let (f, e) = std::iter::once(first).chain(counted).find(is_exchanged)?;
    Some((pair.source.reading.span(f.number, f.end), pair.target.reading.span(e.number, e.end)))
}

/// A number with what it counts, as tokens.
struct Counted {
    /// The first token of the number, with its qualifier.
    number: usize,
    /// The first word behind the fact of the number. The fact may have the noun in it already: « 255 morts ».
    first: usize,
    /// The token behind the last word that may belong to what is counted.
    end: usize,
}

impl Counted {
    fn phrase(&self) -> Range<usize> {
        self.number..self.end
    }
}

/// The phrase that a bare count begins; `None` where the fact is another figure or a label, where no word follows or
/// another number, and where what follows is a possessive.
fn counted_phrase(side: &Side<'_>, fact: usize) -> Option<Counted> {
    let fact = &side.facts[fact];
    let FactValue::Quantity(q) = &fact.value else { return None };
    if q.unit.is_some() || q.form != NumberForm::Cardinal || q.share.is_some() {
        return None;
    }
    let r = &side.reading;
    let number = r.tokens.first_at(fact.span.start);
    let before = |n: usize| number.checked_sub(n);
    // « La symphonie n° 4 » and "reactor No. 4" count nothing.
    let is_label = before(1).is_some_and(|k| matches!(r.mark(k), '°' | 'º' | '#') || r.lower(k) == "no")
        || before(2).is_some_and(|k| r.mark(k + 1) == '.' && matches!(r.lower(k), "no" | "n"));
    // « Sur les soixante-dix lancés »: what is counted stands before.
    if before(2).is_some_and(|k| r.lower(k) == "sur" && r.is(k + 1, class::DET)) {
        return None;
    }
    let behind = r.tokens.first_at(fact.span.end);
    // « Neuf morts parmi les soldats » counts soldiers, and so does "nine soldiers killed".
    let is_outcome = |k: usize| matches!(word_values::class(r.lower(k), r.lang), Class::Outcome(_));
    let counts_outcomes = is_outcome(behind - 1);
    let links_noun = |k: usize| matches!(r.lower(k), "de" | "d'" | "des" | "of" | "the");
    let first = (behind..behind + 3).find(|&k| !links_noun(k)).filter(|_| !is_label && !counts_outcomes)?;
    // A participle behind the noun tells what became of whoever is counted, and so does an outcome: "two soldiers
    // wounded", "31 people dead".
    let is_people = |k: usize| {
        r.lower(k).ends_with('s') || matches!(r.lower(k), "people" | "men" | "women" | "children" | "police")
    };
    let is_participle = |k: usize| {
        let ends_phrase = r.lower(k).ends_with("ed") || is_outcome(k);
        r.lang == Lang::En && k > number + 1 && !r.capital(k) && ends_phrase && is_people(k - 1)
    };
    let closes = |k: usize| {
        !r.is_word(k) && !r.joins(k)
            || is_participle(k)
            || r.is(k, class::PREP | class::DET | class::AUX | class::CONJ | class::REL)
    };
    let end = (first..(first + LONGEST).min(r.len())).find(|&k| closes(k)).unwrap_or((first + LONGEST).min(r.len()));
    // "A thousand of the sixty thousand": what is counted is behind another number.
    let inside = r.span(first, end);
    let has_number = side.facts.iter().any(|f| matches!(f.value, FactValue::Quantity(_)) && inside.contains(f.span));
    // In "66 parents' coordinators" the parents are not counted.
    let is_possessive = r.mark(end) == '\'' || r.mark(end) == '’';
    (number < end && !has_number && !is_possessive).then_some(Counted { number, first, end })
}
