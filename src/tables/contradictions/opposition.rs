//! The same told with a negation and without, and what cannot hold together: « n'ont pas atteint les limites de la
//! ville » and « sont entrés dans la ville », « tient la ville » and « ont pris la ville ».

use super::Exclusion;
use super::statement::{Content, Statement};
use crate::checks::Confidence;
use crate::facts::reading::Reading;
use crate::lexicon::{class, fr};
use crate::span::Span;
use crate::tables::rows::Conflict;
use crate::tables::words::Class;
use std::collections::BTreeSet;

/// A verb or participle with what stands before and after it in its clause.
struct Predicate<'s> {
    verb: &'s Content,
    negated: bool,
    before: Vec<&'s Content>,
    after: Vec<&'s Content>,
    span: Span,
}

/// Verbs of moving in, weakest first: who has done a later one has done the earlier ones.
const MOVING_IN: &[Class] = &["reach", "enter", "capture"];

/// Classes that exclude each other about the same thing, and whether it must be different actors who do them.
const OPPOSITES: &[(Class, Class, bool)] = &[
    ("hold", "capture", true),
    ("respect", "breach", false),
    ("open", "shut", false),
    ("destroy", "intact", false),
    ("leave", "stay", false),
    ("alive", "dead", false),
];

const ACTORS: &[Class] = &["opposition", "forces"];

/// What two statements contradict each other in, if anything.
pub fn between(a: &Statement<'_>, b: &Statement<'_>) -> Option<Exclusion> {
    let (of_a, of_b) = (predicates(a), predicates(b));
    let mut best: Option<Exclusion> = None;
    for p in &of_a {
        for q in &of_b {
            let found = exclude(p, q).and_then(|conflict| {
                let confidence = agree(a, p, b, q, conflict)?;
                Some(Exclusion { conflict, confidence, words: [p.span, q.span], about: about(a, p, q) })
            });
            if let Some(pair) = found
                && best.as_ref().is_none_or(|known| known.confidence < pair.confidence)
            {
                best = Some(pair);
            }
        }
    }
    best
}

fn predicates<'s>(s: &'s Statement<'_>) -> Vec<Predicate<'s>> {
    let negated: Vec<Span> = s.sentence.negations().collect();
    let mut out = Vec::new();
    for verb in &s.words {
        let (from, to) = clause(s.r, verb.token);
        let denied = negated.iter().any(|n| denies(s.r, *n, verb.token, to));
        if !denied && !is_verb(s.r, verb) {
            continue;
        }
        let inside = |w: &&Content| w.token >= from && w.token < to && w.token != verb.token;
        let (before, after) = s.words.iter().filter(inside).partition(|w| w.token < verb.token);
        out.push(Predicate { verb, negated: denied, before, after, span: s.r.span(from, to) });
    }
    out
}

/// Whether a negation is that of the verb: it closes right before it (« n'ont pas | atteint ») or holds it
/// (« ne | passe | plus »).
fn denies(r: &Reading<'_>, negation: Span, verb: usize, end: usize) -> bool {
    let at = r.span(verb, verb + 1);
    if negation.contains(at) {
        return true;
    }
    let last = r.tokens.all().partition_point(|t| t.span.end <= negation.end);
    // « n'ont pas encore atteint », « n'a pas été utilisé »; in a simple tense the verb stands inside the negation.
    let compound = (0..last).rev().take(4).any(|i| r.is(i, class::AUX) && negation.contains(r.span(i, i + 1)));
    compound && last <= verb && verb < end && (last..verb).all(|i| r.is(i, class::AUX | class::ADV))
}

/// Verbs of the table, participles, and words with an auxiliary before them.
fn is_verb(r: &Reading<'_>, w: &Content) -> bool {
    let participle = || {
        let word = r.lower(w.token);
        fr::PARTICIPLE_ENDINGS.has(word)
    };
    let after_aux =
        (0..w.token).rev().take(3).take_while(|&i| r.is(i, class::AUX | class::ADV)).any(|i| r.is(i, class::AUX));
    let known = w.classes.iter().any(|c| MOVING_IN.contains(c) || OPPOSITES.iter().any(|(a, b, _)| a == c || b == c));
    known && !after_article(r, w.token) || after_aux && participle()
}

/// « la ferme », « une garde »: nouns that are written like verbs.
fn after_article(r: &Reading<'_>, i: usize) -> bool {
    i > 0 && r.among(i - 1, &fr::BEFORE_NOUNS)
}

/// The clause around a token: up to marks, relative pronouns and conjunctions of clauses.
fn clause(r: &Reading<'_>, at: usize) -> (usize, usize) {
    let edge = |i: usize| {
        matches!(r.mark(i), ',' | ';' | ':' | '.' | '!' | '?' | '(' | ')')
            || r.is(i, class::REL)
            || r.is(i, class::CONJ) && !matches!(r.lower(i), "et" | "ou" | "ni")
            || matches!(r.lower(i), "après" | "avant" | "malgré")
    };
    let from = (0..at).rev().find(|&i| edge(i)).map_or(0, |i| i + 1);
    let to = (at + 1..r.len()).find(|&i| edge(i)).unwrap_or(r.len());
    (from, to)
}

/// How two predicates exclude each other, leaving aside what they are about.
fn exclude(p: &Predicate<'_>, q: &Predicate<'_>) -> Option<Conflict> {
    let has = |p: &Predicate<'_>, c: Class| p.verb.classes.contains(&c);
    if p.negated != q.negated {
        let (denied, told) = if p.negated { (p, q) } else { (q, p) };
        let rank = |p: &Predicate<'_>| MOVING_IN.iter().position(|c| has(p, c));
        let implied = rank(denied).zip(rank(told)).is_some_and(|(d, t)| d <= t);
        let same = p.verb.stem == q.verb.stem
            || p.verb
                .classes
                .iter()
                .any(|c| q.verb.classes.contains(c) && !MOVING_IN.contains(c) && is_class_of_verbs(c));
        return (implied || same).then_some(Conflict::Negation);
    }
    if p.negated {
        return None;
    }
    let opposite = OPPOSITES.iter().any(|&(a, b, _)| has(p, a) && has(q, b) || has(p, b) && has(q, a));
    opposite.then_some(Conflict::Opposite)
}

fn is_class_of_verbs(c: &Class) -> bool {
    OPPOSITES.iter().any(|(a, b, _)| a == c || b == c)
}

/// How sure it is that two predicates are about the same thing; none where it is not.
fn agree(
    a: &Statement<'_>,
    p: &Predicate<'_>,
    b: &Statement<'_>,
    q: &Predicate<'_>,
    conflict: Conflict,
) -> Option<Confidence> {
    let (of_a, of_b) = (Parties::of(a, p), Parties::of(b, q));
    let is_moving = |p: &Predicate<'_>| p.verb.classes.iter().any(|c| MOVING_IN.contains(c) || *c == "hold");
    if is_moving(p) && is_moving(q) {
        agree_on_a_town(&of_a, &of_b, conflict)
    } else {
        agree_on_a_matter(&of_a, &of_b, conflict)
    }
}

/// The words around a predicate: who does it, to what, and where.
struct Parties<'s> {
    statement: &'s Statement<'s>,
    predicate: &'s Predicate<'s>,
    subject: BTreeSet<String>,
    object: BTreeSet<String>,
    actors: BTreeSet<Class>,
}

impl<'s> Parties<'s> {
    fn of(statement: &'s Statement<'s>, predicate: &'s Predicate<'s>) -> Self {
        let stems = |words: &[&Content]| words.iter().map(|w| w.stem.clone()).collect::<BTreeSet<_>>();
        let classes = predicate.before.iter().flat_map(|w| w.classes.iter().copied());
        Parties {
            statement,
            predicate,
            subject: stems(&predicate.before),
            object: stems(&predicate.after),
            actors: classes.filter(|c| ACTORS.contains(c)).collect(),
        }
    }

    fn words(&self) -> BTreeSet<String> {
        &self.object | &self.subject
    }

    /// The places that the predicate names, else the town of its statement.
    fn towns(&self) -> BTreeSet<String> {
        let words = self.words();
        let is_named = |place: &&String| words.iter().any(|w| place.contains(w.as_str()));
        let named: BTreeSet<String> = self.statement.places.iter().filter(is_named).cloned().collect();
        if named.is_empty() { self.statement.town.iter().cloned().collect() } else { named }
    }

    /// Whether a town or a place stands on one of the two sides of the verb.
    fn has_town(&self) -> bool {
        let names_one = |words: &[&Content], stems: &BTreeSet<String>| {
            words.iter().any(|w| w.classes.contains(&"settlement"))
                || self.statement.places.iter().any(|n| stems.iter().any(|w| n.contains(w.as_str())))
        };
        names_one(&self.predicate.after, &self.object) || names_one(&self.predicate.before, &self.subject)
    }
}

/// Two moves into a town or out of it: it must be the same town, and no actor may be known to differ.
fn agree_on_a_town(a: &Parties<'_>, b: &Parties<'_>, conflict: Conflict) -> Option<Confidence> {
    // Places that exclude each other end it: Kelba is not Tarsal.
    if a.towns().is_disjoint(&b.towns()) || !a.has_town() || !b.has_town() {
        return None;
    }
    let same_actor = !a.actors.is_disjoint(&b.actors) || !a.subject.is_disjoint(&b.subject);
    let known = !a.predicate.before.is_empty() && !b.predicate.before.is_empty();
    match conflict {
        Conflict::Opposite if same_actor || known && a.actors.is_empty() => None,
        Conflict::Opposite => Some(if known { Confidence::High } else { Confidence::Medium }),
        _ if same_actor => Some(Confidence::High),
        // « l'armée n'est pas entrée », « les rebelles sont entrés »
        _ if !a.actors.is_empty() && !b.actors.is_empty() => None,
        _ if known && a.actors.is_empty() && b.actors.is_empty() => None,
        _ => Some(Confidence::Medium),
    }
}

/// Any other two predicates: the more words they share, the surer they are about one thing.
fn agree_on_a_matter(a: &Parties<'_>, b: &Parties<'_>, conflict: Conflict) -> Option<Confidence> {
    if are_others(&a.actors, &b.actors) || are_others(&a.statement.places, &b.statement.places) {
        return None;
    }
    match a.words().intersection(&b.words()).count() {
        0 => None,
        1 if conflict == Conflict::Opposite => Some(Confidence::Medium),
        // What is denied and told of one subject, where one of the two leaves its object out.
        1 => (!a.subject.is_disjoint(&b.subject) && (a.object.is_empty() || b.object.is_empty()))
            .then_some(Confidence::Medium),
        _ => Some(Confidence::High),
    }
}

/// Whether both are known and have nothing in common.
fn are_others<T: Ord>(a: &BTreeSet<T>, b: &BTreeSet<T>) -> bool {
    !a.is_empty() && !b.is_empty() && a.is_disjoint(b)
}

fn about(a: &Statement<'_>, p: &Predicate<'_>, q: &Predicate<'_>) -> Vec<String> {
    let words = |p: &Predicate<'_>| p.before.iter().chain(&p.after).map(|w| w.stem.clone()).collect::<BTreeSet<_>>();
    let mut about: Vec<String> = words(p).intersection(&words(q)).filter_map(|s| a.written(s)).collect();
    if about.is_empty() {
        about.extend(a.town.clone());
    }
    about
}
