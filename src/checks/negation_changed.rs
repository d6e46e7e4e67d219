//! # negation-changed
//!
//! ## What it does
//! Reports a French negation (« ne … pas », « jamais », « aucun ») where nothing in the English denies: no *not*, no
//! *un-*, no verb like *fail* or *refuse*. « ne … que », expletive « ne » and « non seulement » do not count as
//! negations. The reverse is reported as well: an English *not*, *never* or *cannot* where nothing in the French
//! denies.
//!
//! ## Why is this bad?
//! The English says the contrary of the French.
//!
//! ## Example
//! « L'armée n'a pas atteint la ville » → “The army has reached the city”

use super::compare::events::EventChange;
use super::{By, Confidence, Finding, Pair, Severity, Side};
use crate::facts::event::Event;
use crate::facts::negation::{Negation, Strength};
use crate::facts::quantity::{Bound, quantities};
use crate::facts::reading::Reading;
use crate::facts::{Fact, FactValue};
use crate::lexicon::events::Events;
use crate::lexicon::{WordSet, class, en, fr};
use crate::span::Span;

crate::rule!("negation-changed", Warning, "negation_changed.rs", check);

fn check(pair: &Pair<'_>, out: &mut Vec<Finding>) {
    let (french, english) = (negations(&pair.source), negations(&pair.target));
    let full = |n: &&Negation| n.strength == Strength::Full;
    let count = |list: &[Negation]| list.iter().filter(full).count();
    if let Some(lost) = french.iter().find(full)
        && count(&english) + renderings(pair, &french, &english) < count(&french)
    {
        // An English that still denies something may have merged two French negations into one.
        let (severity, confidence) = match count(&english) {
            0 => (Severity::Warning, Confidence::Medium),
            _ => (Severity::Note, Confidence::Low),
        };
        out.push(Finding {
            rule: RULE.name,
            severity,
            confidence,
            message: format!("French denies (“{}”); nothing in the English does", lost.span.of(pair.source.text)),
            source: Some(lost.span),
            target: None,
            by: By::Rule,
        });
    }
    let grade = (Severity::Warning, Confidence::Medium);
    if let Some(places) = ruled_out(pair) {
        out.push(Finding::between(RULE.name, grade, pair, places, |french, english| {
            format!("of “{french}” and “{english}” one is denied and the other is not")
        }));
    }
    let is_reported = out.iter().any(|f| f.rule == RULE.name);
    for d in pair.events().differences.iter().filter(|d| d.change == EventChange::Denied && !is_reported) {
        out.push(Finding::between(RULE.name, grade, pair, (d.source, d.target), |french, english| {
            format!("French denies (“{french}”); English tells it (“{english}”)")
        }));
    }
    if let Some(added) = english.iter().find(|n| full(n) && is_verbal(pair, n.span))
        && (french.is_empty() || french.len() == 1 && french[0].inside && denies_twice(&english, added))
    {
        let renders = is_rendering(pair, added.span);
        out.push(Finding {
            rule: RULE.name,
            severity: if renders { Severity::Note } else { Severity::Warning },
            confidence: if renders { Confidence::Low } else { Confidence::Medium },
            message: format!("English denies (“{}”); nothing in the French does", added.span.of(pair.target.text)),
            source: None,
            target: Some(added.span),
            by: By::Rule,
        });
    }
}

/// Verbs that deny by themselves, so that counting negations does not show what « n'a pas cessé » became.
const DENYING_VERBS: [(&WordSet, &WordSet); 4] = [
    (&fr::RULING_OUT, &en::RULING_OUT),
    (&fr::STOPPING, &en::STOPPING),
    (&fr::HESITATING, &en::HESITATING),
    (&fr::OPPOSING, &en::OPPOSING),
];

/// Where the French denies a verb that denies by itself and the English does not, or the reverse: « n'exclut pas » as
/// "rules out". Each text must have exactly one such verb.
fn ruled_out(pair: &Pair<'_>) -> Option<(Span, Span)> {
    DENYING_VERBS.iter().find_map(|(french, english)| denied_differently(pair, french, english))
}

fn denied_differently(pair: &Pair<'_>, french: &WordSet, english: &WordSet) -> Option<(Span, Span)> {
    let (r, e) = (&pair.source.reading, &pair.target.reading);
    let one = |all: Vec<usize>| if let [i] = all[..] { Some(i) } else { None };
    let french = one((0..r.len()).filter(|&i| r.is_word(i) && r.among(i, french)).collect())?;
    // "Rule" is such a verb only with "out".
    let is_whole = |i: usize| !e.lower(i).starts_with("rul") || e.lower(i + 1) == "out";
    let is_verb = |&i: &usize| e.is_word(i) && e.among(i, english) && is_whole(i);
    let english = one((0..e.len()).filter(is_verb).collect())?;
    // « N'excluent plus », "no longer ruling out".
    let is_ended = |r: &Reading<'_>, k: usize| r.lower(k) == "no" && r.lower(k + 1) == "longer";
    let denies =
        |r: &Reading<'_>, k: usize| r.is(k, class::NEG) || matches!(r.lower(k), "sans" | "ne" | "n'" | "unless");
    let not = |r: &Reading<'_>, i: usize| (i.saturating_sub(DENIED)..i).any(|k| denies(r, k) || is_ended(r, k));
    // The negation may stand behind its verb: « n'exclut pas », "ruling out no motive".
    let denied = |r: &Reading<'_>, i: usize| not(r, i) || (i + 1..r.len().min(i + 3)).any(|k| r.is(k, class::NEG));
    (denied(r, french) != denied(e, english)).then(|| (r.span(french, french + 1), e.span(english, english + 1)))
}

/// Whether an English negation may render French words that deny nothing. It may if
/// - it denies the opposite of a French event ("are not open" for « sont fermées »),
/// - the French has a word that English may render by a negation (« hâte », "can't wait"),
/// - it begins with a capital inside the text, as in a title,
/// - the French text has it as well, letter for letter,
/// - it denies little, or
/// - it leaves something unknown and the French asks something.
fn is_rendering(pair: &Pair<'_>, at: Span) -> bool {
    let tables = Events::get();
    let events = pair.events();
    let told = events.source.iter().fold(0, |all, e| all | e.possible);
    // In "are not open", the adjective, which is the event, stands right after the negation.
    let near = |e: &&Event| e.group.start <= at.end + 2 && at.start <= e.group.end;
    let opposite =
        events.target.iter().filter(near).any(|e| e.classes & told == 0 && tables.opposites(e.classes) & told != 0);
    let word = at.of(pair.target.text);
    let is_title = word.starts_with(char::is_uppercase) && at.start > 0;
    let is_copied = pair.source.text.contains(word) && word.len() > 3;
    let source = &pair.source.reading;
    if denies_little(&pair.target.reading, at) || asks(source) && leaves_unknown(&pair.target.reading, at) {
        return true;
    }
    opposite || is_title || is_copied || (0..source.len()).any(|i| fr::UNDENIED.has(source.lower(i)))
}

/// Whether a word that begins at most six bytes after the negation denies by a prefix, so that both together affirm:
/// "not unusual".
fn denies_twice(english: &[Negation], added: &Negation) -> bool {
    english.iter().any(|n| n.inside && n.span.start > added.span.end && n.span.start <= added.span.end + 6)
}

/// Whether the negation denies less than it seems to, so that French may say the same without « ne »: "will not be
/// known until Monday", "won't be just a festival", "cannot be ruled out", "whether it is or is not".
fn denies_little(r: &Reading<'_>, at: Span) -> bool {
    let first = r.tokens.first_at(at.start);
    let is = |k: usize, words: &WordSet| r.is_word(k) && words.has(r.lower(k));
    let until = (first + 1..first + CLAUSE)
        .take_while(|&k| !matches!(r.mark(k), ';' | '.' | ':'))
        .any(|k| matches!(r.lower(k), "until" | "till" | "unless" | "before"));
    until
        || (first + 1..first + 4).any(|k| is(k, &en::DENYING_NOTHING) || is(k, &en::DENIED_DENIALS))
        || (first.saturating_sub(2)..first).any(|k| r.lower(k) == "or")
}

/// Whether the English negation says that something is not known: "it is not clear if the bridge holds".
fn leaves_unknown(r: &Reading<'_>, at: Span) -> bool {
    let first = r.tokens.first_at(at.start);
    (first + 1..first + 4).any(|k| matches!(r.lower(k), "clear" | "known" | "certain" | "sure" | "know"))
}

/// Whether a French text may ask something: it has a question mark, or a verb before its pronoun (« a-t-il », but also
/// « dit-il »).
fn asks(r: &Reading<'_>) -> bool {
    let inverted = |i: usize| {
        r.mark(i) == '-'
            && r.is(i + 1, class::PRON)
            && matches!(r.lower(i + 1), "il" | "elle" | "ils" | "elles" | "on" | "t")
    };
    (0..r.len()).any(|i| r.mark(i) == '?' || inverted(i))
}

fn negations(side: &Side<'_>) -> Vec<Negation> {
    let negation = |f: &Fact| if let FactValue::Negation(n) = f.value { Some(n) } else { None };
    side.facts.iter().filter_map(negation).collect()
}

/// How many tokens before a verb of ruling out are searched for its negation.
const DENIED: usize = 5;
/// How many tokens, with the negation as the first, are searched for a word such as "until": "will not be known until
/// Monday".
const CLAUSE: usize = 12;
/// How many tokens after « ne … jamais » are searched for a word such as « aussi » (see
/// [`superlatives`]).
const COMPARED: usize = 6;
/// How far apart a negation and its rendering may stand. The place of each is given as a share of its text.
const REACH: f64 = 0.2;
/// As [`REACH`], for « guère », which "little" and "hardly" render at the object as well as at the verb, and for
/// "unless".
const WIDE: f64 = 0.4;
/// For an English negation inside a word ("unhurt", "irregular"), the reach is at least this many bytes. A share of a
/// short sentence would be too little, since the verb may be at either end.
const INSIDE: f64 = 40.0;
/// For an English negation that is a word of its own ("will fail"), the reach is at least this many bytes.
const BESIDE: f64 = 16.0;

/// How many full negations of the French the English may render without a full negation. It counts the [`superlatives`]
/// and the English words that limit or deny softly ("unable", "only") near a full French negation, but not the words
/// that render a soft French negation.
fn renderings(pair: &Pair<'_>, french: &[Negation], english: &[Negation]) -> usize {
    let (n, m) = (pair.source.text.len().max(1) as f64, pair.target.text.len().max(1) as f64);
    let apart = |f: &Negation, e: &Negation| (f.span.start as f64 / n - e.span.start as f64 / m).abs();
    let soft = |n: &&Negation| n.strength == Strength::Soft;
    let mut free: Vec<&Negation> = english.iter().filter(soft).collect();
    for f in french.iter().filter(soft) {
        // An English prefix ("un-") renders a French prefix or a verb that is denied, but neither « peu » nor « ne …
        // que ».
        let nearest = (0..free.len())
            .filter(|&k| f.inside || !free[k].inside)
            .min_by(|&a, &b| apart(f, free[a]).total_cmp(&apart(f, free[b])));
        if let Some(k) = nearest.filter(|&k| apart(f, free[k]) < REACH) {
            free.remove(k);
        }
    }
    let reach = |f: &Negation, e: &Negation| {
        let near = REACH.max(if e.inside { INSIDE } else { BESIDE } / m);
        // « Aucun des blessés » denies at the head of its clause what "unhurt" denies at the end.
        let subject =
            ["aucun", "nul", "personne"].iter().any(|w| f.span.of(pair.source.text).to_lowercase().starts_with(w));
        if subject && e.inside || e.span.of(pair.target.text).eq_ignore_ascii_case("unless") {
            return 1.0;
        }
        // English may say « guère » far from the verb: « n'a guère aidé » is "did little to help".
        let far = f.span.of(pair.source.text).ends_with("guère");
        if far { near.max(WIDE) } else { near }
    };
    let near_full =
        free.iter().filter(|e| french.iter().any(|f| f.strength == Strength::Full && apart(f, e) < reach(f, e)));
    near_full.count() + superlatives(pair, french) + upper_bounds(pair, french) + usize::from(lasts_until(pair))
}

/// Whether the French says « tant que … ne pas » or « aussi longtemps que … ne pas », and the English "until".
fn lasts_until(pair: &Pair<'_>) -> bool {
    let (r, e) = (&pair.source.reading, &pair.target.reading);
    let lasts = |i: usize| matches!(r.lower(i), "tant" | "longtemps") && matches!(r.lower(i + 1), "que" | "qu'");
    (0..r.len()).any(lasts) && (0..e.len()).any(|k| e.lower(k) == "until")
}

/// How many French negations deny that there was more, which English can say with an upper bound: « n'a pas duré plus
/// de dix minutes », "was over in ten minutes at most". No more are counted than the English has such bounds.
fn upper_bounds(pair: &Pair<'_>, french: &[Negation]) -> usize {
    let r = &pair.source.reading;
    let denies_more = |n: &&Negation| {
        let end = r.tokens.first_at(n.span.end);
        (end..end + 3).any(|k| r.lower(k) == "plus" && matches!(r.lower(k + 1), "de" | "d'"))
    };
    let bounded = quantities(&pair.target.facts).filter(|(_, q)| matches!(q.bound, Bound::AtMost | Bound::LessThan));
    french.iter().filter(|n| n.strength == Strength::Full).filter(denies_more).count().min(bounded.count())
}

/// How many French negations only name an extreme, which English can name without a negation: « n'a jamais été aussi
/// faible » is "at an all-time low" as well as "has never been so low". No more are counted than the English has words
/// such as "all-time".
fn superlatives(pair: &Pair<'_>, french: &[Negation]) -> usize {
    let (r, e) = (&pair.source.reading, &pair.target.reading);
    let compares = |n: &Negation| {
        let end = r.tokens.first_at(n.span.end);
        n.span.of(pair.source.text).ends_with("jamais") && (end..end + COMPARED).any(|k| r.among(k, &fr::COMPARING))
    };
    let utmost = (0..e.len()).filter(|&k| e.among(k, &en::UTMOST)).count();
    french.iter().filter(|n| n.strength == Strength::Full && compares(n)).count().min(utmost)
}

/// Whether the negation denies a verb: "not" after an auxiliary (and not before an article, a conjunction or a
/// preposition), a contraction with "n't", "never", "cannot". Others ("no", "without", "nothing") are left out, since
/// they also render French that denies nothing: "by no means", "no more than".
fn is_verbal(pair: &Pair<'_>, at: Span) -> bool {
    let word = at.of(pair.target.text);
    let r = &pair.target.reading;
    let index = r.tokens.first_at(at.start);
    let beside_auxiliary =
        index > 0 && r.is(index - 1, class::AUX) && !r.is(index + 1, class::DET | class::CONJ | class::PREP);
    word.ends_with("n't")
        || word.ends_with("n’t")
        || word.eq_ignore_ascii_case("never")
        || word.eq_ignore_ascii_case("cannot")
        || word == "not" && beside_auxiliary
}
