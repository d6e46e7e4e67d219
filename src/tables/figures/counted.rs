//! What a figure counts, and to which event it belongs.

use super::{Counted, Key, row};
use crate::english::values;
use crate::facts::FactValue;
use crate::facts::class::Class;
use crate::facts::quantity::{Outcome, Quantity, Unit, Whom};
use crate::facts::reading::Reading;
use crate::facts::word_values;
use crate::lang::Lang;
use crate::lexicon::key::unaccented;
use crate::lexicon::{NameClass, class, fr};
use crate::span::Span;
use crate::tables::sentence_pair::SentencePair;
use crate::tables::words::stem;
use std::collections::BTreeSet;

/// The figure at `span`; `english` is where the translation has it. If the figure is a part of
/// another one, `whole` has the key of that one, and in English what that one counts.
pub fn figure(
    sentence: &SentencePair<'_>,
    r: &Reading<'_>,
    span: Span,
    q: &Quantity,
    english: Option<Span>,
    whole: Option<(Option<Key>, Option<String>)>,
) -> Counted {
    let fate = |outcome, whom| Key::Fate(outcome, whom);
    let noun = noun(r, span);
    let inherited = whole.as_ref().and_then(|(key, _)| key.clone());
    let key = match (q.outcome, q.whom, &inherited) {
        (Some(outcome), whom, _) => Some(fate(outcome, whom.unwrap_or(Whom::People))),
        // « 37 soldats tués, dont douze »: a part counts the same outcome as its whole.
        (None, whom, Some(Key::Fate(outcome, all))) => Some(fate(*outcome, whom.unwrap_or(*all))),
        _ if q.unit.is_none() => noun.clone().map(|n| Key::Noun(stem(&unaccented(&n)))),
        _ => None,
    };
    let what = match &key {
        Some(Key::Fate(outcome, whom)) => Some(outcome_name(*outcome, *whom)),
        _ if !q.unit.is_none() => unit_name(&q.unit),
        // « trois hommes »: the figure's own span has the noun.
        _ if q.whom.is_some() => q.whom.map(|w| values::people(w, true).to_string()),
        _ => english.and_then(|e| english_noun(sentence.target, e)),
    };
    let (event, places) = event(sentence, r, span);
    Counted {
        row: row(sentence, span, q, english, what),
        speaker: None,
        key,
        event,
        places,
        passing: passing(r),
        others: others(r, span),
    }
}

/// The English words for what became of which people: "civilians killed", "people wounded".
fn outcome_name(outcome: Outcome, whom: Whom) -> String {
    format!("{} {}", values::people(whom, true), outcome.name())
}

/// The name of a unit as the JSON has it, such as `kilometre`.
fn unit_name(unit: &Unit) -> Option<String> {
    serde_json::to_value(unit).ok().and_then(|v| match v {
        serde_json::Value::String(name) => Some(name),
        _ => None,
    })
}

/// The French noun that is counted: the last word of the figure's own span, or one of the next three. `None` if no word
/// there can be such a noun.
fn noun(r: &Reading<'_>, span: Span) -> Option<String> {
    let next = r.tokens.first_at(span.end);
    // « quatre civils »: the noun may belong to the figure's own span.
    let own = next
        .checked_sub(1)
        .filter(|&i| r.is_word(i) && r.span(i, i + 1).start > span.start && r.span(i, i + 1).end == span.end);
    let own = own.filter(|&i| !r.is(i, class::FUNCTION) && !is_number(r.lower(i)));
    let after =
        (next..next + 3).find(|&i| !matches!(r.lower(i), "de" | "d'" | "des" | "autres" | "nouveaux" | "nouvelles"));
    let after = after.filter(|&i| r.is_word(i) && !r.is(i, class::FUNCTION | class::CONJ) && !r.capital(i));
    own.or(after).map(|i| r.lower(i).to_string())
}

/// Whether a French word is a number.
fn is_number(word: &str) -> bool {
    use Class::{Collective, Hundred, One, Scale, Small, Tens, Thousand};
    let class = word_values::class(word, Lang::Fr);
    matches!(class, One | Small(_) | Tens(_) | Hundred | Thousand | Scale(_) | Collective(_))
}

/// The words after the English figure that name what it counts, such as "villages": three at most, and after a plural
/// perhaps "and" with another plural. An "of" right after the figure is passed over.
fn english_noun(target: &str, figure: Span) -> Option<String> {
    let r = Reading::new(target, Lang::En);
    let next = r.tokens.first_at(figure.end);
    let next = if r.lower(next) == "of" { next + 1 } else { next };
    let end = (next..(next + 3).min(r.len()))
        .take_while(|&i| {
            r.is_word(i)
                && !r.is(
                    i,
                    class::DET
                        | class::PREP
                        | class::PRON
                        | class::REL
                        | class::CONJ
                        | class::AUX
                        | class::ADV
                        | class::FINITE,
                )
        })
        .last()?;
    // The words end at the first plural ("armed groups" in "armed groups allied …"), or at the
    // second plural of a pair: "cities and villages".
    let is_plural = |i: usize| r.is_word(i) && r.lower(i).ends_with('s') && !r.lower(i).ends_with("ss");
    let last = (next..=end).find(|&i| is_plural(i)).unwrap_or(end);
    let pair = is_plural(last) && r.lower(last + 1) == "and" && is_plural(last + 2);
    Some(r.span(next, last + 1 + if pair { 2 } else { 0 }).of(target).to_string())
}

/// Two sets of stems that show to which event a figure belongs. The first has the words that follow
/// a preposition such as « dans » or « lors » after the figure in its clause. The second has the
/// places that the sentence names.
fn event(sentence: &SentencePair<'_>, r: &Reading<'_>, span: Span) -> (BTreeSet<String>, BTreeSet<String>) {
    let next = r.tokens.first_at(span.end);
    let end = (next..r.len())
        .find(|&i| {
            matches!(r.mark(i), ',' | ';' | ':' | '.' | '(' | ')') || r.is(i, class::REL) || r.lower(i) == "selon"
        })
        .unwrap_or(r.len());
    let preposition = |i: &usize| r.among(*i, &fr::OF_CIRCUMSTANCES);
    let words: BTreeSet<String> = (next..end)
        .skip_while(|i| !preposition(i))
        .filter(|&i| r.is_word(i) && !r.is(i, class::FUNCTION) && r.lower(i).chars().count() > 3)
        .map(|i| stem(&unaccented(r.lower(i))))
        .collect();
    let places = sentence.source_facts.iter().filter_map(|f| match &f.value {
        FactValue::Name(n) if n.class == NameClass::Place && !n.demonym && !n.term => {
            Some(stem(&unaccented(&f.span.of(sentence.source).to_lowercase())))
        }
        _ => None,
    });
    (words, places.collect())
}

/// Whether the sentence seems to tell how a count changed, or what it was before.
fn passing(r: &Reading<'_>) -> bool {
    (0..r.len()).any(|i| r.among(i, &fr::TOLL_HISTORY) || r.lower(i) == "premier" && r.lower(i + 1) == "bilan")
}

/// Whether the figure counts others than one before it: « trois autres ».
fn others(r: &Reading<'_>, span: Span) -> bool {
    let next = r.tokens.first_at(span.end);
    let first = r.tokens.first_at(span.start);
    (first..next + 2).any(|i| matches!(r.lower(i), "autre" | "autres"))
        || first > 0 && matches!(r.lower(first - 1), "autre" | "autres")
}
