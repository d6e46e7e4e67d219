//! Claims that exclude each other by their verbs: one negates what the other tells (« n'ont pas
//! atteint les limites de la ville », « sont entrés dans la ville »), or both tell what cannot hold
//! together (« tient la ville », « ont pris la ville »).

use super::Exclusion;
use super::statement::{Content, Statement};
use crate::checks::Confidence;
use crate::facts::reading::Reading;
use crate::lexicon::{class, fr};
use crate::span::Span;
use crate::tables::rows::Conflict;
use crate::tables::words::Class;
use std::collections::BTreeSet;

/// A word that is negated or taken for a verb, with the content words before and after it in its clause.
struct Predicate<'s> {
    verb: &'s Content,
    negated: bool,
    before: Vec<&'s Content>,
    after: Vec<&'s Content>,
    /// The clause.
    span: Span,
}

/// Classes of verbs of moving into a place. Each implies those before it: whoever has captured a town has reached and
/// entered it.
const MOVING_IN: &[Class] = &["reach", "enter", "capture"];

/// Classes of words that exclude each other if they are told of the same thing.
const OPPOSITES: &[(Class, Class)] = &[
    ("hold", "capture"),
    ("respect", "breach"),
    ("open", "shut"),
    ("destroy", "intact"),
    ("leave", "stay"),
    ("alive", "dead"),
];

/// Classes of words for the parties of a conflict.
const ACTORS: &[Class] = &["opposition", "forces"];

/// How two statements exclude each other. If several pairs of their predicates do, the pair with
/// the highest confidence counts, and of equals the first. `None` if no pair does.
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

/// The predicates of a statement: words that are negated or taken for verbs (see [`is_verb`]).
fn predicates<'s>(s: &'s Statement<'_>) -> Vec<Predicate<'s>> {
    let negated: Vec<Span> = s.sentence.negations().collect();
    let mut out = Vec::new();
    for verb in &s.words {
        let (from, to) = clause(s.r, verb.token);
        let is_negated = negated.iter().any(|n| negates(s.r, *n, verb.token, to));
        if !is_negated && !is_verb(s.r, verb) {
            continue;
        }
        let inside = |w: &&Content| w.token >= from && w.token < to && w.token != verb.token;
        let (before, after) = s.words.iter().filter(inside).partition(|w| w.token < verb.token);
        out.push(Predicate { verb, negated: is_negated, before, after, span: s.r.span(from, to) });
    }
    out
}

/// Whether a negation belongs to the verb at token `verb`, whose clause ends at token `end`: it
/// encloses the verb (« ne | passe | plus »), or it encloses an auxiliary and nothing but adverbs
/// and auxiliaries stands between it and the verb (« n'ont pas | atteint »).
fn negates(r: &Reading<'_>, negation: Span, verb: usize, end: usize) -> bool {
    let at = r.span(verb, verb + 1);
    if negation.contains(at) {
        return true;
    }
    let last = r.tokens.all().partition_point(|t| t.span.end <= negation.end);
    // Adverbs or another auxiliary may stand before the verb: « n'ont pas encore atteint », « n'a pas été utilisé ».
    let compound = (0..last).rev().take(4).any(|i| r.is(i, class::AUX) && negation.contains(r.span(i, i + 1)));
    compound && last <= verb && verb < end && (last..verb).all(|i| r.is(i, class::AUX | class::ADV))
}

/// Whether a word is taken for a verb: it is of a class in [`MOVING_IN`] or [`OPPOSITES`] and has no article or the
/// like before it (see [`after_article`]), or it ends like a participle and has an auxiliary before it.
fn is_verb(r: &Reading<'_>, w: &Content) -> bool {
    let participle = || {
        let word = r.lower(w.token);
        fr::PARTICIPLE_ENDINGS.has(word)
    };
    let after_aux =
        (0..w.token).rev().take(3).take_while(|&i| r.is(i, class::AUX | class::ADV)).any(|i| r.is(i, class::AUX));
    let known = w.classes.iter().any(|c| MOVING_IN.contains(c) || OPPOSITES.iter().any(|(a, b)| a == c || b == c));
    known && !after_article(r, w.token) || after_aux && participle()
}

/// Whether an article, « de » or « en » stands before the word, which is then taken for a noun that is written like a
/// verb: « la ferme », « une garde ».
fn after_article(r: &Reading<'_>, i: usize) -> bool {
    i > 0 && r.among(i - 1, &fr::BEFORE_NOUNS)
}

/// The clause around token `at`, as its first token and the token after its last. Its edges are marks such as commas,
/// relative pronouns, « après », « avant », « malgré », and conjunctions other than « et », « ou » and « ni ».
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

/// How two predicates exclude each other if they are about the same thing. If one of the two is
/// negated, the other must imply what is negated (« n'ont pas atteint », « ont pris »), or both
/// must have the same verb or verbs of one class that has an opposite. If neither is negated, they
/// must be of opposite classes. `None` for all other pairs.
fn exclude(p: &Predicate<'_>, q: &Predicate<'_>) -> Option<Conflict> {
    let has = |p: &Predicate<'_>, c: Class| p.verb.classes.contains(&c);
    if p.negated != q.negated {
        let (denied, told) = if p.negated { (p, q) } else { (q, p) };
        let rank = |p: &Predicate<'_>| MOVING_IN.iter().position(|c| has(p, c));
        let implied = rank(denied).zip(rank(told)).is_some_and(|(d, t)| d <= t);
        let same = p.verb.stem == q.verb.stem
            || p.verb.classes.iter().any(|c| q.verb.classes.contains(c) && !MOVING_IN.contains(c) && has_opposite(c));
        return (implied || same).then_some(Conflict::Negation);
    }
    if p.negated {
        return None;
    }
    let opposite = OPPOSITES.iter().any(|&(a, b)| has(p, a) && has(q, b) || has(p, b) && has(q, a));
    opposite.then_some(Conflict::Opposite)
}

/// Whether a class excludes another one.
fn has_opposite(c: &Class) -> bool {
    OPPOSITES.iter().any(|(a, b)| a == c || b == c)
}

/// How sure it is that two predicates that exclude each other are about the same thing; `None` if nothing shows it.
fn agree(
    a: &Statement<'_>,
    p: &Predicate<'_>,
    b: &Statement<'_>,
    q: &Predicate<'_>,
    conflict: Conflict,
) -> Option<Confidence> {
    let (of_a, of_b) = (Arguments::of(a, p), Arguments::of(b, q));
    let is_moving = |p: &Predicate<'_>| p.verb.classes.iter().any(|c| MOVING_IN.contains(c) || *c == "hold");
    if is_moving(p) && is_moving(q) {
        agree_on_a_town(&of_a, &of_b, conflict)
    } else {
        agree_on_a_matter(&of_a, &of_b, conflict)
    }
}

/// A predicate with the words around it that tell who does it, to what, and where.
struct Arguments<'s> {
    statement: &'s Statement<'s>,
    predicate: &'s Predicate<'s>,
    /// Stems of the content words before the verb.
    subject: BTreeSet<String>,
    /// Stems of the content words after the verb.
    object: BTreeSet<String>,
    /// The parties of the conflict that are named before the verb.
    actors: BTreeSet<Class>,
}

impl<'s> Arguments<'s> {
    fn of(statement: &'s Statement<'s>, predicate: &'s Predicate<'s>) -> Self {
        let stems = |words: &[&Content]| words.iter().map(|w| w.stem.clone()).collect::<BTreeSet<_>>();
        let classes = predicate.before.iter().flat_map(|w| w.classes.iter().copied());
        Arguments {
            statement,
            predicate,
            subject: stems(&predicate.before),
            object: stems(&predicate.after),
            actors: classes.filter(|c| ACTORS.contains(c)).collect(),
        }
    }

    /// Stems of the content words before and after the verb.
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

    /// Whether a word for a settlement or the name of a place stands before or after the verb.
    fn has_town(&self) -> bool {
        let names_town = |words: &[&Content], stems: &BTreeSet<String>| {
            words.iter().any(|w| w.classes.contains(&"settlement"))
                || self.statement.places.iter().any(|n| stems.iter().any(|w| n.contains(w.as_str())))
        };
        names_town(&self.predicate.after, &self.object) || names_town(&self.predicate.before, &self.subject)
    }
}

/// The confidence for two verbs of moving into a town or holding it. The town must be the same. If
/// one claim negates what the other tells, their subjects must not show that they are about
/// different parties. If one tells that a town is held and the other that it was taken, their
/// subjects must not be the same. If both claims have a subject, at least one of the subjects must
/// name a party of the conflict, unless one claim negates what the other tells and the subjects
/// share a word.
fn agree_on_a_town(a: &Arguments<'_>, b: &Arguments<'_>, conflict: Conflict) -> Option<Confidence> {
    // What happens in Kelba does not exclude anything in Tarsal.
    if a.towns().is_disjoint(&b.towns()) || !a.has_town() || !b.has_town() {
        return None;
    }
    let same_actor = !a.actors.is_disjoint(&b.actors) || !a.subject.is_disjoint(&b.subject);
    let known = !a.predicate.before.is_empty() && !b.predicate.before.is_empty();
    match conflict {
        Conflict::Opposite if same_actor || known && a.actors.is_empty() && b.actors.is_empty() => None,
        Conflict::Opposite => Some(if known { Confidence::High } else { Confidence::Medium }),
        _ if same_actor => Some(Confidence::High),
        // « l'armée n'est pas entrée » and « les rebelles sont entrés » can both be true.
        _ if !a.actors.is_empty() && !b.actors.is_empty() => None,
        _ if known && a.actors.is_empty() && b.actors.is_empty() => None,
        _ => Some(Confidence::Medium),
    }
}

/// The confidence for any other two verbs: the more words their clauses share, the surer it is that
/// they are about the same thing. `None` if they share no word, if they name different parties or
/// places, or if the only word that they share is not enough.
fn agree_on_a_matter(a: &Arguments<'_>, b: &Arguments<'_>, conflict: Conflict) -> Option<Confidence> {
    if are_others(&a.actors, &b.actors) || are_others(&a.statement.places, &b.statement.places) {
        return None;
    }
    match a.words().intersection(&b.words()).count() {
        0 => None,
        1 if conflict == Conflict::Opposite => Some(Confidence::Medium),
        // One word is enough if it is in both subjects, and one of the two verbs has no object.
        1 => (!a.subject.is_disjoint(&b.subject) && (a.object.is_empty() || b.object.is_empty()))
            .then_some(Confidence::Medium),
        _ => Some(Confidence::High),
    }
}

/// Whether neither set is empty, and the two have nothing in common.
fn are_others<T: Ord>(a: &BTreeSet<T>, b: &BTreeSet<T>) -> bool {
    !a.is_empty() && !b.is_empty() && a.is_disjoint(b)
}

/// The French words that both clauses have; if there are none, the stem of the town that « la ville » means in `a`.
fn about(a: &Statement<'_>, p: &Predicate<'_>, q: &Predicate<'_>) -> Vec<String> {
    let words = |p: &Predicate<'_>| p.before.iter().chain(&p.after).map(|w| w.stem.clone()).collect::<BTreeSet<_>>();
    let mut about: Vec<String> = words(p).intersection(&words(q)).filter_map(|s| a.written(s)).collect();
    if about.is_empty() {
        about.extend(a.town.clone());
    }
    about
}
