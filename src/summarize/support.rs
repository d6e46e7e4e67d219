//! Rules for what the English of a summary may say, given the French. They are stricter than the checks of
//! translations, since a summary can do without a doubtful sentence. Each rule returns the reason
//! for refusing the English, or `None` if there is none.

use crate::facts::attribution::Attribution;
use crate::facts::hedge::HedgeKind;
use crate::facts::name::names;
use crate::facts::negation::full_negations;
use crate::facts::quantity::{self, Bound, Direction, Duty, Outcome, Quantity};
use crate::facts::reading::Reading;
use crate::facts::{self, Context, Fact, FactValue, role};
use crate::lang::Lang;
use crate::language::clause;
use crate::lexicon::events::Events;
use crate::lexicon::field::{self, Missing};
use crate::lexicon::{EntryId, NameClass, class, en, fr};
use crate::span::Span;
use crate::translate::strangers::strangers;

/// The facts of a text, read without a day of publication.
fn read(text: &str, lang: Lang) -> Vec<Fact> {
    facts::extract(text, &Context { lang, date: None })
}

/// A name or a nationality of the English that the French sentence does not have in any form.
pub fn stranger(french: &str, english: &str) -> Option<String> {
    let span = strangers(french, english).into_iter().next()?;
    Some(format!("names “{}”, which the French does not", span.of(english)))
}

/// The English gives another role to the source than the French does ("the federal parliament" for
/// « le parquet fédéral »), or has no source where the French has one. There is no objection if the
/// English has the role of a French source anywhere, if it gives a source by name, or if the
/// lexicon does not know the role of a French source.
pub fn other_role(french: &str, english: &str) -> Option<String> {
    let (source, target) = (read(french, Lang::Fr), read(english, Lang::En));
    let theirs: Vec<Span> = sources(&source).collect();
    let rows: Vec<EntryId> = theirs.iter().flat_map(|s| roles(s.of(french), Lang::Fr)).collect();
    // Where the French has no source, or one whose role the lexicon does not know, there is nothing to compare.
    if theirs.is_empty() || theirs.iter().any(|s| roles(s.of(french), Lang::Fr).is_empty()) {
        return None;
    }
    let anywhere = roles(english, Lang::En);
    let ours: Vec<Span> = sources(&target).collect();
    // A source that the English names need not be called by its role.
    let named = names(&target).any(|n| !n.demonym && ours.iter().any(|s| s.overlaps(n.span)));
    if named || rows.iter().any(|r| anywhere.contains(r)) {
        return None;
    }
    let theirs = theirs[0].of(french);
    Some(match ours.first() {
        Some(ours) => format!("the source is « {theirs} » in the French, not “{}”", ours.of(english)),
        None => format!("the source « {theirs} » of the French is not in the English"),
    })
}

/// The places of the sources that attributions name.
fn sources(facts: &[Fact]) -> impl Iterator<Item = Span> {
    facts.iter().filter_map(|f| match &f.value {
        FactValue::Attribution(Attribution { source: Some(source), .. }) => Some(*source),
        _ => None,
    })
}

/// The lexicon's rows for the roles in a text. A text with « chef de l'État » has the row of
/// « chef » as well.
fn roles(text: &str, lang: Lang) -> Vec<EntryId> {
    role::rows(&Reading::new(text, lang))
}

/// English words that tell another story than the French, unless a French word begins with one of the stems beside
/// them.
const TURNS: &[(&str, &[&str])] =
    &[("accident", &["accident", "collision"]), ("accidents", &["accident", "collision"])];

/// A word of the English that tells another story than the French: "boat accident" for « attentat contre un ferry »,
/// "has yet to ban" for « a interdit ».
pub fn turned(french: &str, english: &str) -> Option<String> {
    let (ours, theirs) = (Reading::new(english, Lang::En), Reading::new(french, Lang::Fr));
    let said = |stems: &[&str]| (0..theirs.len()).any(|i| stems.iter().any(|s| theirs.lower(i).starts_with(s)));
    let word = TURNS.iter().find(|(word, stems)| (0..ours.len()).any(|i| ours.lower(i) == *word) && !said(stems));
    let negated = full_negations(&read(french, Lang::Fr)).next().is_some();
    let not_yet = english.contains(" yet to ") && !negated && !said(&["encore", "toujours"]);
    let word = word.map(|(word, _)| *word).or(not_yet.then_some("yet to"))?;
    Some(format!("says “{word}”, which the French does not"))
}

/// A figure whose qualifier has another direction than the qualifier of the same figure in the French. The directions
/// are up, down, around, and none where there is no qualifier. A qualifier such as "about" may be added to a figure
/// that has none in the French. "Less than 163" does not render « près de 163 », since it may be any number below.
pub fn other_bound(french: &str, english: &str) -> Option<String> {
    let theirs = read(french, Lang::Fr);
    let source: Vec<&Quantity> = quantities(&theirs).map(|(_, q)| q).collect();
    let target = read(english, Lang::En);
    let other = quantities(&target).find(|(_, q)| {
        let same: Vec<Bound> =
            source.iter().filter(|s| s.value == q.value && s.high == q.high).map(|s| s.bound).collect();
        !same.is_empty() && !same.iter().any(|b| b.direction() == q.bound.direction() || may_differ(*b, q.bound))
    });
    other.map(|(span, _)| format!("says “{}” with another qualifier than the French", span.of(english)))
}

/// People whom the English counts as killed, while the French has the same figure and does not count them as killed:
/// "killed about fifteen people" for « a touché une quinzaine de personnes ».
pub fn other_fate(french: &str, english: &str) -> Option<String> {
    // Where the French tells of deaths in any words, as in « Six jeunes ont perdu la vie », the figure may count these.
    let kill = Events::get().set_of(&["kill"]);
    if clause::events(&Reading::new(french, Lang::Fr)).iter().any(|e| e.possible & kill != 0) {
        return None;
    }
    let (source, target) = (read(french, Lang::Fr), read(english, Lang::En));
    let other = quantity::quantities(&target).find(|(_, q)| {
        let same: Vec<&Quantity> =
            quantity::quantities(&source).map(|(_, s)| s).filter(|s| s.value == q.value && s.high == q.high).collect();
        q.outcome == Some(Outcome::Killed) && !same.is_empty() && same.iter().all(|s| s.outcome != q.outcome)
    });
    other.map(|(span, _)| format!("counts “{}” as killed, which the French does not", span.of(english)))
}

/// Whether a difference between qualifiers is acceptable: the French has none, and the English has one such as "about",
/// since the number may be a round one anyway ("about a dozen"). It is never acceptable that the English leaves a
/// French qualifier out.
fn may_differ(french: Bound, english: Bound) -> bool {
    french.direction() == Direction::Open && english.direction() == Direction::Around
}

/// The quantities that a translation must render.
fn quantities(facts: &[Fact]) -> impl Iterator<Item = (Span, &Quantity)> {
    quantity::quantities(facts).filter(|(_, q)| q.duty == Duty::Must)
}

/// Whether a fact of the French shows that the writer does not vouch for something: a sign of hearsay, a press
/// conditional, or any other « aurait », « auraient », « serait » or « seraient » that the facts have as a hedge, since
/// in the news most of these are press conditionals.
pub fn is_open(fact: &Fact, french: &str) -> bool {
    let conditional = ["aurait", "auraient", "serait", "seraient"];
    match &fact.value {
        FactValue::Hedge(h) => {
            matches!(h.kind, HedgeKind::PressConditional | HedgeKind::Hearsay)
                || conditional.contains(&fact.span.of(french).to_lowercase().as_str())
        }
        _ => false,
    }
}

/// A term of conflict reporting that the English does not render: "summary" for the *bilan* (toll) of an attack.
pub fn lost_term(french: &str, english: &str) -> Option<String> {
    // « terroriste » may be missing: a summary replaces the word, unless it quotes somebody (`summary-words.tsv`).
    let is_judging = |lost: &Missing| matches!(lost.french, "terroriste" | "terroristes");
    let lost = field::missing(french, english).into_iter().find(|lost| !is_judging(lost))?;
    Some(format!("lacks “{}” for « {} »", lost.english.join("” or “"), lost.french))
}

/// A claim that the French does not vouch for (« aurait fait douze morts ») and that the English states as a fact: it
/// has no source and no word such as "reportedly". A source is not enough where the French names one and even so puts
/// what it says into the conditional.
pub fn unhedged(french: &str, english: &str) -> Option<String> {
    let source = read(french, Lang::Fr);
    let hedge = source.iter().find(|f| is_open(f, french))?;
    let r = Reading::new(english, Lang::En);
    // "It is said that" is enough where nobody is named.
    let open = leaves_open(&r) || (0..r.len()).any(|i| r.lower(i) == "said") || super::reports_speech(english);
    // In « La chaîne affirme que le guide aurait disparu » the channel itself does not vouch for it: naming it is not
    // enough.
    let told_and_open = is_told_and_open(&Reading::new(french, Lang::Fr));
    (!open || told_and_open && !leaves_open(&r)).then(|| {
        format!("« {} » is not vouched for in the French; the English states it as a fact", hedge.span.of(french))
    })
}

/// Whether the English has a word by which it does not vouch for what it tells.
pub fn leaves_open(r: &Reading<'_>) -> bool {
    r.has_any(&en::HEDGES)
}

/// A « comme » that means "and" before the name of a place, and that the English renders by "like", which makes the
/// place an example: "miners like Bolivia" for « les mineurs comme la Bolivie ». It is taken for "and" only after
/// « les » and a noun that does not mean countries: in « des États comme la Norvège » Norway is an example.
pub fn likened(french: &str, english: &str) -> Option<String> {
    let ours = Reading::new(english, Lang::En);
    let at = (1..ours.len()).find(|&i| ours.lower(i) == "like" && ours.capital(i + 1))?;
    let theirs = Reading::new(french, Lang::Fr);
    let facts = read(french, Lang::Fr);
    let is_place = |i: usize| {
        let here = theirs.span(i, i + 1);
        names(&facts).any(|n| n.class == NameClass::Place && !n.demonym && n.span.overlaps(here))
    };
    let is_joined = (2..theirs.len().saturating_sub(2)).any(|i| {
        theirs.lower(i) == "comme"
            && theirs.lower(i - 2) == "les"
            && !theirs.among(i - 1, &fr::KINDS_OF_COUNTRIES)
            && matches!(theirs.lower(i + 1), "la" | "le" | "l'")
            && is_place(i + 2)
    });
    is_joined.then(|| format!("says “like {}”, where « comme » joins the two", ours.span(at + 1, at + 2).of(english)))
}

/// Whether a past conditional with *avoir* stands after a « que » (« affirme que le guide aurait disparu »), so that
/// the source itself does not vouch for the claim. Sentences with « si », « s'il », « sans » or « sinon » are not
/// counted, since these may make the conditional an unreal one. Nor are modal verbs (« aurait dû »), and conditionals
/// of *être*, which may be a future in the past (« a annoncé que l'armée serait retirée »).
fn is_told_and_open(r: &Reading<'_>) -> bool {
    let modal = ["dû", "pu", "fallu", "voulu", "souhaité", "aimé", "préféré"];
    let participle = |i: usize| {
        let at = (i + 1..(i + 4).min(r.len())).find(|&k| !r.is(k, class::ADV | class::PRON))?;
        let word = r.lower(at);
        (["é", "i", "u", "it", "is", "ert"].iter().any(|e| word.ends_with(e)) && !modal.contains(&word)).then_some(at)
    };
    // « S'il » means « si il », a condition; in « s'est » the « s' » is a pronoun.
    let is_if = |i: usize| r.lower(i) == "s'" && matches!(r.lower(i + 1), "il" | "ils");
    let unreal = (0..r.len()).any(|i| matches!(r.lower(i), "si" | "sans" | "sinon") || is_if(i));
    let told = |i: usize| (0..i).any(|k| matches!(r.lower(k), "que" | "qu'"));
    !unreal && (0..r.len()).any(|i| matches!(r.lower(i), "aurait" | "auraient") && told(i) && participle(i).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_source_keeps_its_role() {
        let french = "Le parquet a confirmé que deux hommes étaient morts.";
        assert!(other_role(french, "The parliament confirmed that two men had died.").is_some());
        let head = "Le chef de l’État a déclaré que la ville tenait.";
        assert_eq!(other_role(head, "The president said that the city held."), None);
        assert_eq!(other_role(french, "Prosecutors confirmed that two men had died."), None);
    }

    #[test]
    fn whoever_was_hit_is_not_counted_as_killed() {
        let french = "La fusillade a touché une quinzaine de personnes.";
        assert!(other_fate(french, "The shooting killed about fifteen people.").is_some());
        assert_eq!(other_fate(french, "The shooting hit about fifteen people."), None);
        let lost = "Une quinzaine de personnes y ont perdu la vie.";
        assert_eq!(other_fate(lost, "About fifteen people were killed there."), None);
        let dead = "La fusillade a tué une quinzaine de personnes.";
        assert_eq!(other_fate(dead, "The shooting killed about fifteen people."), None);
    }

    #[test]
    fn an_attack_is_no_accident() {
        let french = "Au moins cinq morts dans un attentat à la voiture piégée.";
        assert!(turned(french, "At least five dead in a car accident.").is_some());
        assert_eq!(turned(french, "At least five dead in a car bombing."), None);
        assert!(turned("Le Conseil a interdit ces essais.", "The Council has yet to ban these tests.").is_some());
        assert_eq!(turned("Le Conseil n’a pas interdit ces essais.", "The Council has yet to ban these tests."), None);
    }

    #[test]
    fn a_country_beside_others_is_no_example_of_them() {
        let french = "Depuis, les séparatistes comme la Russie ont adouci leur discours.";
        assert!(likened(french, "Since then, separatists like Russia have softened their speech.").is_some());
        assert_eq!(likened(french, "Since then, both separatists and Russia have softened their speech."), None);
        let example = "L’ONU appelle les pays comme la Turquie à ouvrir leurs frontières.";
        assert_eq!(likened(example, "The UN calls on countries like Turkey to open their borders."), None);
        let example = "Des pays comme la Russie ont adouci leur discours.";
        assert_eq!(likened(example, "Countries like Russia have softened their speech."), None);
    }

    #[test]
    fn a_qualifier_keeps_its_direction() {
        let french = "Près de 163 combattants ont été tués.";
        assert!(other_bound(french, "Less than 163 fighters were killed.").is_some());
        assert_eq!(other_bound(french, "Nearly 163 fighters were killed."), None);
        assert_eq!(other_bound(french, "About 163 fighters were killed."), None);
    }

    #[test]
    fn the_press_conditional_stays_open() {
        let french = "Le camion aurait parcouru deux kilomètres.";
        assert!(unhedged(french, "The truck had travelled two kilometres.").is_some());
        assert!(unhedged(french, "The truck had travelled approximately two kilometres.").is_some());
        assert_eq!(unhedged(french, "The truck reportedly travelled two kilometres."), None);
        assert_eq!(unhedged(french, "The truck travelled two kilometres, police said."), None);
    }

    #[test]
    fn a_term_of_conflict_reporting_must_be_rendered() {
        let french = "Le bilan de l’attentat est de 86 morts.";
        assert!(lost_term(french, "The summary of the attack is 86 dead.").is_some());
        assert_eq!(lost_term(french, "The toll of the attack is 86 dead."), None);
        let french = "L’organisation terroriste n’a rien dit.";
        assert_eq!(lost_term(french, "The organization has said nothing."), None, "the summary does not judge");
    }

    #[test]
    fn what_the_source_itself_leaves_open_stays_open() {
        let french = "La radio annonce que le chauffeur aurait appelé la police.";
        assert!(unhedged(french, "The radio announces that the driver called the police.").is_some());
        assert_eq!(unhedged(french, "The radio announces that the driver reportedly called the police."), None);
        let future = "La radio annonce que l’armée serait retirée lundi.";
        assert_eq!(unhedged(future, "The radio announces that the army would be withdrawn on Monday."), None);
    }
}
