//! Finds the arguments of a verb, whatever the verb means: who acts, who undergoes the act, and at whom it is directed.
//!
//! [`super::clause`] reads the parties of the events that the tables know. What is read here needs no table: voice,
//! prepositions and the order of words show who acts. In French relative clauses with « que », whoever undergoes the
//! act stands before the pronoun, and whoever acts stands before or after the verb: « les rebelles que l'armée a
//! attaqués », « les rebelles qu'a attaqués l'armée ».

use super::noun_phrase::{Range, noun_phrase, opens_agent, opens_loser, opens_recipient, phrase_after, subject};
use super::verb_group::VerbGroup;
use crate::facts::event::EventForm;
use crate::facts::reading::Reading;
use crate::lang::Lang;
use crate::lexicon::class;
use crate::lexicon::events::part;
use crate::span::Span;

/// How many tokens before a verb or a noun phrase are searched for the relative pronoun of the clause it stands in.
const TO_PRONOUN: usize = 8;
/// Within how many tokens after a verb its inverted subject must begin: « qu'ont attaqués à l'aube les soldats ».
const INVERTED: usize = 5;
/// How many tokens before a verb group are searched for the « se » of « se voir ».
const TO_REFLEXIVE: usize = 5;

/// A verb, and the phrases around it by their part in the act.
#[derive(Debug, Clone)]
pub struct Arguments {
    /// The verb with its auxiliaries.
    pub group: Span,
    /// Whether a preposition or a relative pronoun shows who acts, and not only the order of words.
    pub marked: bool,
    /// Who acts; `None` where no phrase says so, as in a passive without « par » or "by".
    pub agent: Option<Span>,
    /// Who undergoes the act, and to, from or against whom it is done.
    pub patients: Vec<Span>,
}

/// The arguments of the verb at `i`; `None` where the word is no verb here, or where its form has no agent and patient
/// of its own (an infinitive or gerund by itself, a participle before its noun, a reflexive verb). `parts` says what
/// the form of the word can be ([`crate::lexicon::events::part`]).
pub fn arguments(r: &Reading<'_>, i: usize, parts: u8) -> Option<Arguments> {
    let span = |(from, to): Range| r.span(from, to);
    let towards = || phrase_after(r, i + 1, directed);
    // After "who" even a form that could be a noun, such as "attack", is a verb.
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
    let se_voir = se_voir_from(r, group, i);
    // A participle before its noun names only who undergoes the act ("the captured soldiers"), and whoever acts in a
    // reflexive verb also undergoes the act. « Se voir » is no such reflexive.
    if group.attributive || group.reflexive && se_voir.is_none() {
        return None;
    }
    let passive = group.passive || se_voir.is_some();
    if group.form == EventForm::Phrase && !passive {
        return None;
    }
    let by_whom = phrase_after(r, i + 1, opens_agent);
    let marked = passive || by_whom.is_some();
    let mut out = Arguments { group: r.span(group.from, i + 1), marked, agent: None, patients: Vec::new() };
    if passive {
        out.agent = by_whom.map(span);
        out.patients.extend(undergoing(r, group, i, se_voir).map(span));
    } else if let Some((agent, antecedent)) = relative(r, group, i) {
        out.agent = agent.map(span);
        out.patients.push(span(antecedent));
        out.marked = true;
        return Some(out);
    } else if is_inverted(r, group.from, i) {
        out.agent = noun_phrase(r, i + 1, false).map(span);
    } else {
        out.agent = main_subject(r, group.from).map(span);
        let is_direct = |&(from, _): &Range| !r.is(from, class::PREP) || r.is(from, class::DET);
        out.patients.extend(noun_phrase(r, i + 1, false).filter(is_direct).map(span));
    }
    out.patients.extend(towards().map(span));
    Some(out)
}

/// Whether a French verb of saying stands between what is said and its speaker: « …, a dénoncé l'ONU ».
fn is_inverted(r: &Reading<'_>, from: usize, i: usize) -> bool {
    let follows_speech = from > 0 && (r.mark(from - 1) == ',' || r.mark(from - 1) == '»');
    r.lang == Lang::Fr && follows_speech && r.info(i).verb.is_some() && !r.is(i + 1, class::PREP)
}

/// The subject of the verb group that begins at `at`. A relative clause without commas between the subject and the verb
/// is passed over: in "farmers who were picking olives attacked" the subject is "farmers".
fn main_subject(r: &Reading<'_>, at: usize) -> Option<Range> {
    let nearest = subject(r, at)?;
    let (from, _) = nearest;
    let is_pronoun = |k: usize| matches!(r.lower(k), "qui" | "who");
    let stops = |k: usize| r.mark(k) == ',' || r.mark(k) == ';';
    // "The van that hit a wall was found": a past tense shows that "that" is a pronoun.
    if from > 0
        && matches!(r.lower(from - 1), "that" | "which")
        && r.has_past_form(from)
        && r.mark(from.saturating_sub(2)) != ','
    {
        return subject(r, from - 1);
    }
    // In « qui affirme que des migrants ont été abandonnés » the last clause has a subject of its own.
    let has_own = from > 0 && matches!(r.lower(from - 1), "que" | "qu'" | "that");
    let in_clause = from > 0 && r.is(from - 1, class::AUX | class::REL) && !has_own;
    let pronoun = (from.saturating_sub(TO_PRONOUN)..from).rev().take_while(|&k| !stops(k)).find(|&k| is_pronoun(k));
    match pronoun {
        Some(k) if in_clause && !is_pronoun(at.saturating_sub(1)) => subject(r, k),
        _ => Some(nearest),
    }
}

/// Who undergoes the act of a passive: its subject, or, where a participle opens the sentence, the phrase after the
/// comma: « Critiqué par les familles, le ministre ... ». The subject stands before « se voir », if that is there
/// (`se_voir` is its first token), or else before the verb group.
fn undergoing(r: &Reading<'_>, group: VerbGroup, i: usize, se_voir: Option<usize>) -> Option<Range> {
    if group.form == EventForm::Phrase && r.opens(group.from) {
        let comma = (i..r.len()).find(|&k| r.mark(k) == ',')?;
        return noun_phrase(r, comma + 1, false);
    }
    main_subject(r, se_voir.unwrap_or(group.from))
}

/// Where « se voir » begins, if the infinitive at `i` stands with it. « Se voir » gives an infinitive a passive
/// meaning: « s'est vu reprocher par ».
fn se_voir_from(r: &Reading<'_>, group: VerbGroup, i: usize) -> Option<usize> {
    let is_voir = |k: usize| matches!(r.lower(k), "vu" | "vue" | "vus" | "vues" | "voit" | "voient");
    let has_voir = r.lang == Lang::Fr && (group.from.saturating_sub(2)..=i).any(is_voir);
    let mut before = (group.from.saturating_sub(TO_REFLEXIVE)..i).rev();
    before.find(|&k| has_voir && matches!(r.lower(k), "se" | "s'"))
}

/// If the verb stands in a relative clause whose pronoun is its object: who acts, and the antecedent of the pronoun
/// (whoever undergoes the act).
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
    // An antecedent, perhaps with a comma after it, must stand before the pronoun. In "said that the army had ..." the
    // word before "that" is a verb of saying, so "that" is a conjunction.
    let before = pronoun.checked_sub(1)?;
    let end = if r.mark(before) == ',' { before } else { pronoun };
    let last = end.checked_sub(1)?;
    if !r.is_word(last) || r.info(last).verb.is_some() || r.is(last, class::FUNCTION | class::AUX) {
        return None;
    }
    // An object of its own shows that the pronoun is a conjunction: « a dit au ministre que l'armée a pris la ville ».
    let has_object = r.is(i + 1, class::DET) && !matches!(r.lower(i + 1), "de" | "d'" | "des" | "du");
    let antecedent = subject(r, end)?;
    // The words between the pronoun and the verb are the agent. If there are none in French, the agent follows the
    // verb.
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
    at_whom || opens_recipient(r, k) || opens_loser(r, k)
}
