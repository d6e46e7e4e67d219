//! Who stands where around a verb, whatever the verb says: its subject, its object and those at whom the act is directed.
//!
//! [`super::clause`] reads the parties of the events that the tables know. What is read here needs no table: voice,
//! prepositions and the order of words show who acts. French relative clauses with « que » have the one who undergoes
//! it before the pronoun, and the one who acts before or behind the verb: « les rebelles que l'armée a attaqués », « les
//! rebelles qu'a attaqués l'armée ».

use super::noun_phrase::{Range, behind, by, from_whom, noun_phrase, subject, to_whom};
use super::verb_group::VerbGroup;
use crate::facts::event::EventForm;
use crate::facts::reading::Reading;
use crate::lang::Lang;
use crate::lexicon::class;
use crate::lexicon::events::part;
use crate::span::Span;

/// In how many tokens before a verb the relative pronoun stands whose antecedent is its object.
const TO_PRONOUN: usize = 8;
/// How many tokens behind a verb its inverted subject may begin: « qu'ont attaqués à l'aube les soldats ».
const INVERTED: usize = 5;
/// In how many tokens before a verb the « se » of « se voir » stands.
const TO_REFLEXIVE: usize = 5;

/// A verb and the phrases around it, by what they do in the act.
#[derive(Debug, Clone)]
pub struct Arguments {
    /// The verb with its auxiliaries.
    pub group: Span,
    /// Whether a preposition or a relative pronoun shows who acts, and not only the order of words.
    pub marked: bool,
    /// Who acts; `None` where no phrase says so, as with a pronoun.
    pub agent: Option<Span>,
    /// Who undergoes it, and to, from or against whom it is done.
    pub patients: Vec<Span>,
}

/// The arguments of the word at `i` as a verb; `None` where it is none here. `parts` says what its form can be
/// ([`crate::lexicon::events::part`]).
pub fn arguments(r: &Reading<'_>, i: usize, parts: u8) -> Option<Arguments> {
    let span = |(from, to): Range| r.span(from, to);
    let towards = || behind(r, i + 1, directed);
    // Behind "who" a verb follows, and no noun.
    let behind_pronoun = r.lang == Lang::En && i > 0 && matches!(r.lower(i - 1), "who" | "which" | "that");
    if behind_pronoun && parts & part::FINITE != 0 {
        let patients = noun_phrase(r, i + 1, false).into_iter().chain(towards()).map(span).collect();
        return Some(Arguments {
            group: r.span(i, i + 1),
            marked: false,
            agent: main_subject(r, i).map(span),
            patients,
        });
    }
    let group = match r.lang {
        Lang::Fr => super::fr::verb_group::group(r, i, parts),
        Lang::En => super::en::verb_group::group(r, i, parts),
    }?;
    let seen = seen_from(r, group, i);
    // A participle beside a noun acts on that noun alone: "the captured soldiers".
    if group.attributive || group.reflexive && seen.is_none() {
        return None;
    }
    let passive = group.passive || seen.is_some();
    if group.form == EventForm::Phrase && !passive {
        return None;
    }
    let by_whom = behind(r, i + 1, by);
    let marked = passive || by_whom.is_some();
    let mut out = Arguments { group: r.span(group.from, i + 1), marked, agent: None, patients: Vec::new() };
    if passive {
        out.agent = by_whom.map(span);
        out.patients.extend(undergoing(r, group, i, seen).map(span));
    } else if let Some((agent, antecedent)) = relative(r, group, i) {
        out.agent = agent.map(span);
        out.patients.push(span(antecedent));
        out.marked = true;
        return Some(out);
    } else {
        out.agent = main_subject(r, group.from).map(span);
        let is_direct = |&(from, _): &Range| !r.is(from, class::PREP) || r.is(from, class::DET);
        out.patients.extend(noun_phrase(r, i + 1, false).filter(is_direct).map(span));
    }
    out.patients.extend(towards().map(span));
    Some(out)
}

/// The subject of the verb group that begins at `at`. A relative clause without commas before the verb is passed over:
/// "farmers who were picking olives attacked".
fn main_subject(r: &Reading<'_>, at: usize) -> Option<Range> {
    let nearest = subject(r, at)?;
    let (from, _) = nearest;
    let is_pronoun = |k: usize| matches!(r.lower(k), "qui" | "who");
    let stops = |k: usize| r.mark(k) == ',' || r.mark(k) == ';';
    let in_clause = from > 0 && r.is(from - 1, class::AUX | class::REL);
    let pronoun = (from.saturating_sub(TO_PRONOUN)..from).rev().take_while(|&k| !stops(k)).find(|&k| is_pronoun(k));
    match pronoun {
        Some(k) if in_clause && !is_pronoun(at.saturating_sub(1)) => subject(r, k),
        _ => Some(nearest),
    }
}

/// Who undergoes the act of a passive: its subject, or, where a participle opens the sentence, the phrase behind the
/// comma: « Critiqué par les familles, le ministre ... ».
fn undergoing(r: &Reading<'_>, group: VerbGroup, i: usize, seen: Option<usize>) -> Option<Range> {
    if group.form == EventForm::Phrase && r.opens(group.from) {
        let comma = (i..r.len()).find(|&k| r.mark(k) == ',')?;
        return noun_phrase(r, comma + 1, false);
    }
    subject(r, seen.unwrap_or(group.from))
}

/// Where « se voir » begins, if the infinitive at `i` stands with it. It makes a passive of the infinitive: « s'est vu
/// reprocher par ».
fn seen_from(r: &Reading<'_>, group: VerbGroup, i: usize) -> Option<usize> {
    let sees = |k: usize| matches!(r.lower(k), "vu" | "vue" | "vus" | "vues" | "voit" | "voient");
    let is_seen = r.lang == Lang::Fr && (group.from.saturating_sub(2)..=i).any(sees);
    let mut before = (group.from.saturating_sub(TO_REFLEXIVE)..i).rev();
    before.find(|&k| is_seen && matches!(r.lower(k), "se" | "s'"))
}

/// The one who acts and the antecedent of the object pronoun of a relative clause, if the verb stands in one.
fn relative(r: &Reading<'_>, group: VerbGroup, i: usize) -> Option<(Option<Range>, Range)> {
    let is_pronoun = |k: usize| match r.lang {
        Lang::Fr => matches!(r.lower(k), "que" | "qu'"),
        Lang::En => matches!(r.lower(k), "whom" | "that" | "which"),
    };
    let near = group.from.saturating_sub(TO_PRONOUN)..group.from;
    let pronoun = near
        .rev()
        .take_while(|&k| r.mark(k) == '\0' || r.mark(k) == '\'' || r.mark(k) == '’' || is_pronoun(k))
        .find(|&k| is_pronoun(k))?;
    // "Said that the army had ...": the word before is a verb. Behind a comma only "whom" and « que » stand for somebody.
    let before = pronoun.checked_sub(1)?;
    let end = if r.mark(before) == ',' { before } else { pronoun };
    let last = end.checked_sub(1)?;
    if !r.is_word(last) || r.info(last).verb.is_some() || r.is(last, class::FUNCTION | class::AUX) {
        return None;
    }
    // An object of its own shows that the pronoun is a conjunction: « a dit au ministre que l'armée a pris la ville ».
    let has_object = r.is(i + 1, class::DET) && !matches!(r.lower(i + 1), "de" | "d'" | "des" | "du");
    let antecedent = subject(r, end)?;
    let between = (pronoun + 1 < group.from).then_some((pronoun + 1, group.from));
    if between.is_none() && r.lang == Lang::Fr {
        let from = (i + 1..=i + INVERTED).find(|&k| {
            r.is(k, class::DET) && !matches!(r.lower(k), "du" | "des" | "de") && !r.is(k - 1, class::PREP)
                || r.capital(k) && !r.is(k - 1, class::PREP)
        })?;
        return Some((noun_phrase(r, from, false), antecedent));
    }
    (!has_object && between.is_some()).then_some((between, antecedent))
}

/// Whether the word at `k` opens the phrase of those at whom an act is directed.
fn directed(r: &Reading<'_>, k: usize) -> bool {
    let at_whom = match r.lang {
        Lang::Fr => r.lower(k) == "contre",
        Lang::En => matches!(r.lower(k), "against" | "on" | "at"),
    };
    at_whom || to_whom(r, k) || from_whom(r, k)
}
