//! Who says it, in the two sides.

use super::verbs;
use crate::checks::{By, Confidence, Finding, Pair, Severity};
use crate::facts::attribution::{Attribution, Form, Speaker};
use crate::facts::en::signals::{has_any_saying, signals};
use crate::facts::name::{Unit, names};
use crate::facts::reading::Reading;
use crate::facts::{Fact, FactValue, role};
use crate::lexicon::similar::{Likeness, compare};
use crate::lexicon::verbs::Kind;
use crate::lexicon::{EntryId, class};
use crate::span::Span;

/// What became of an attribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    SourceMissing,
    SourceChanged,
    SourceAdded,
    Dropped,
    /// The verb commits the speaker to something else.
    Changed(Kind, Kind),
    SpeakerChanged,
}

/// One disagreement about sources.
#[derive(Debug, Clone)]
pub struct Difference {
    pub what: What,
    pub source: Option<Span>,
    pub target: Option<Span>,
    pub severity: Severity,
    pub confidence: Confidence,
}

impl Difference {
    /// The finding that reports it; `message` is given the words of both sides, empty where a side has none.
    pub fn finding(&self, rule: &'static str, pair: &Pair<'_>, message: impl Fn(&str, &str) -> String) -> Finding {
        let words = |span: Option<Span>, text| span.map_or("", |s| s.of(text));
        Finding {
            rule,
            severity: self.severity,
            confidence: self.confidence,
            message: message(words(self.source, pair.source.text), words(self.target, pair.target.text)),
            source: self.source,
            target: self.target,
            by: By::Rule,
        }
    }
}

/// All disagreements of a pair.
#[derive(Debug, Default)]
pub struct Comparison {
    pub differences: Vec<Difference>,
}

impl Pair<'_> {
    /// The attributions of both sides, compared.
    pub fn sources(&self) -> &Comparison {
        self.shared.sources.get_or_init(|| Comparison::new(self))
    }
}

/// Attributions among facts.
pub fn attributions(facts: &[Fact]) -> impl Iterator<Item = &Attribution> {
    facts.iter().filter_map(|f| match &f.value {
        FactValue::Attribution(a) => Some(a),
        _ => None,
    })
}

impl Comparison {
    fn new(pair: &Pair<'_>) -> Self {
        let mut out = Comparison::default();
        let fr: Vec<&Attribution> = attributions(&pair.source.facts).collect();
        let en: Vec<&Attribution> = attributions(&pair.target.facts).collect();
        verbs::compare(pair, &fr, &en, &mut out.differences);
        if !fr.is_empty() {
            out.lost(pair, &fr, &en);
            out.speakers(pair, &fr, &en);
            out.speakers_exchanged(pair, &fr, &en);
        }
        out.exchanged(pair, &fr, &en);
        out
    }

    fn push(&mut self, what: What, source: Option<Span>, target: Option<Span>, sure: bool) {
        let (severity, confidence) =
            if sure { (Severity::Error, Confidence::High) } else { (Severity::Warning, Confidence::Medium) };
        self.differences.push(Difference { what, source, target, severity, confidence });
    }

    /// Attributions that the English does without.
    fn lost(&mut self, pair: &Pair<'_>, fr: &[&Attribution], en: &[&Attribution]) {
        let strong: Vec<&&Attribution> = fr.iter().filter(|a| a.is_strong()).collect();
        if strong.is_empty() {
            return;
        }
        let signs = signals(&pair.target.reading);
        let quoted = pair.target.facts.iter().any(|f| matches!(f.value, FactValue::Quote(_)));
        // "I think": whoever speaks already, and no source for anything French but « je pense ».
        let own = |e: &&Attribution| {
            let mut words = e.source.map_or("", |s| s.of(pair.target.text)).split(|c: char| !c.is_alphanumeric());
            words.any(|w| matches!(w, "I" | "we" | "We"))
        };
        let english = en.iter().filter(|e| e.is_strong() && !own(e)).count();
        let prepositions = |list: &[&Attribution]| list.iter().filter(|a| a.form == Form::Prepositional).count();
        let as_many = prepositions(en) >= prepositions(fr);
        let silent = !has_any_saying(&pair.target.reading);
        for a in &strong {
            let Some(source) = a.source else { continue };
            let presence = presence(source, pair);
            let seen = matches!(presence, Presence::Found | Presence::Role | Presence::Resembled);
            let plain = matches!(
                a.kind,
                Kind::Say
                    | Kind::Announce
                    | Kind::Confirm
                    | Kind::Deny
                    | Kind::Admit
                    | Kind::Claim
                    | Kind::Allege
                    | Kind::Accuse
            );
            let named = matches!(a.speaker, Speaker::Named | Speaker::Role | Speaker::Thing);
            // « Pour l'armée, la route est sûre », "For the army …": whoever is meant, somebody is.
            let opinion = a.cue.of(pair.source.text).eq_ignore_ascii_case("pour");
            let meant = |i: usize| matches!(pair.target.reading.lower(i), "for" | "to" | "as" | "in");
            if opinion && (0..pair.target.reading.len()).any(|i| meant(i) && pair.target.reading.opens(i)) {
                continue;
            }
            if a.form == Form::Prepositional && named {
                // The role stands in the sentence: it may have become a subject ("police count twelve dead").
                let vouches = match presence {
                    Presence::Found => true,
                    Presence::Role => !silent || signs > 0,
                    Presence::Resembled => signs > 0 || english > 0,
                    Presence::NameLost | Presence::NotSeen => false,
                };
                if vouches || as_many {
                    continue;
                }
                // Nobody says anything in the English, or one source fewer and this one's name is nowhere.
                let alone = signs == 0 && english == 0;
                if alone || english < strong.len() {
                    let unseen = matches!(presence, Presence::NameLost | Presence::NotSeen);
                    let sure = a.speaker != Speaker::Thing && unseen && alone;
                    let sure = sure || presence == Presence::NameLost && signs < strong.len();
                    self.push(What::SourceMissing, Some(source), None, sure);
                }
            } else if signs == 0 && english == 0 && !quoted {
                // Opinions, demands and reports have many renderings: any verb that looks like one will do.
                if plain || silent && !seen {
                    self.push(What::Dropped, Some(a.span()), None, false);
                }
            } else if a.kind != Kind::Think
                && !seen
                && english < strong.len()
                && (presence == Presence::NameLost || signs < strong.len() && plain)
            {
                self.push(What::Dropped, Some(a.span()), None, false);
            }
        }
    }

    /// "according to X" where French names Y.
    fn exchanged(&mut self, pair: &Pair<'_>, fr: &[&Attribution], en: &[&Attribution]) {
        let names = pair.names();
        for e in en.iter().filter(|e| e.form == Form::Prepositional) {
            let Some(target) = e.source else { continue };
            if !names.unexplained.iter().any(|s| target.contains(*s)) {
                continue;
            }
            // The French source that it stands for: a preposition's first, then any.
            let partner =
                fr.iter().find(|a| a.form == Form::Prepositional).or_else(|| fr.iter().find(|a| a.is_strong()));
            match partner.and_then(|a| a.source) {
                Some(source) => self.push(
                    What::SourceChanged,
                    Some(source),
                    Some(target),
                    matches!(presence(source, pair), Presence::NameLost | Presence::NotSeen),
                ),
                None => self.push(What::SourceAdded, None, Some(target), false),
            }
        }
    }

    /// Two speakers in a row that stand in each other's place: « promet le maire … répond le général » as "promises the
    /// general … replies the mayor".
    fn speakers_exchanged(&mut self, pair: &Pair<'_>, fr: &[&Attribution], en: &[&Attribution]) {
        let spoken = |list: &[&Attribution]| -> Vec<Span> {
            let clauses = list.iter().filter(|a| a.form == Form::Clause);
            clauses.filter(|a| matches!(a.speaker, Speaker::Named | Speaker::Role)).filter_map(|a| a.source).collect()
        };
        let (french, english) = (spoken(fr), spoken(en));
        let ([a, b], [c, d]) = (&french[..], &english[..]) else { return };
        let same = |s: &Span, t: &Span| is_same_speaker(pair, *s, *t);
        if same(a, d) && same(b, c) && !same(a, c) && !same(b, d) {
            self.push(What::SpeakerChanged, Some(*a), Some(*c), false);
        }
    }

    /// One speaker on each side, both with names, and neither name on the other side.
    fn speakers(&mut self, pair: &Pair<'_>, fr: &[&Attribution], en: &[&Attribution]) {
        let spoken = |a: &&&Attribution| a.form == Form::Clause && a.speaker == Speaker::Named;
        let (mut french, mut english) = (fr.iter().filter(spoken), en.iter().filter(spoken));
        let (Some(f), Some(e), None, None) = (french.next(), english.next(), french.next(), english.next()) else {
            return;
        };
        let (Some(source), Some(target)) = (f.source, e.source) else { return };
        let names = pair.names();
        let strange = names.unexplained.iter().any(|s| target.contains(*s));
        if strange && presence(source, pair) == Presence::NameLost {
            self.push(What::SpeakerChanged, Some(source), Some(target), false);
        }
    }
}

/// Whether two sources are one: by a row of the roles table, or by a name.
fn is_same_speaker(pair: &Pair<'_>, source: Span, target: Span) -> bool {
    let (french, english) = (&pair.source.reading, &pair.target.reading);
    let (a, b) = (roles(french, |s| source.contains(s)), roles(english, |s| target.contains(s)));
    let capitals = |r: &Reading<'_>, span: Span| -> Vec<usize> {
        (0..r.len()).filter(|&i| r.capital(i) && r.lower(i).len() > 2 && span.contains(r.span(i, i + 1))).collect()
    };
    let named = capitals(french, source).iter().any(|&i| {
        let fold = french.words[i].fold;
        capitals(english, target).iter().any(|&k| {
            english.words[k].fold == fold || compare(french.lower(i), english.lower(k)) >= Likeness::Romanised
        })
    });
    named || a.iter().any(|row| b.contains(row))
}

/// Whether the English shows a source in any way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Presence {
    /// By its name, or most of it.
    Found,
    /// By a word of the roles table.
    Role,
    /// By a word of the same root only.
    Resembled,
    /// It has a name, which is nowhere in the English.
    NameLost,
    /// A role or a document, of which nothing is seen.
    NotSeen,
}

fn presence(source: Span, pair: &Pair<'_>) -> Presence {
    let (french, english) = (&pair.source.reading, &pair.target.reading);
    let lost = &pair.names().lost;
    let (mut kept, mut gone) = (0, 0);
    for name in names(&pair.source.facts).filter(|n| source.overlaps(n.span) && !n.term && !n.demonym) {
        for unit in name.units.iter().filter(|u| u.proper && source.overlaps(u.span)) {
            if lost.contains(&unit.span) {
                gone += 1;
            } else if !stands_elsewhere(unit, source, pair) {
                kept += 1;
            }
        }
    }
    if kept > gone {
        return Presence::Found;
    }
    if gone > 0 {
        return Presence::NameLost;
    }
    let rows = roles(french, |s| source.contains(s));
    if !rows.is_empty() {
        let (around, there) = (roles(french, |s| !source.overlaps(s)), roles(english, |_| true));
        let count = |list: &[EntryId], row| list.iter().filter(|&r| r == row).count();
        if rows.iter().any(|row| count(&there, row) > count(&around, row)) {
            return Presence::Role;
        }
    }
    if has_cognate(french, source, english) {
        return Presence::Resembled;
    }
    Presence::NotSeen
}

/// Whether what English shows of a name is another's: « selon le FMI, … du FMI » with one "IMF", « selon Political
/// Capital » with "political".
fn stands_elsewhere(unit: &Unit, source: Span, pair: &Pair<'_>) -> bool {
    let (french, english) = (&pair.source.reading, &pair.target.reading);
    if unit.fold == 0 {
        return false;
    }
    let other = |i: &usize| french.words[*i].fold == unit.fold && !source.contains(french.span(*i, *i + 1));
    let outside = (0..french.len()).filter(other).count();
    let same: Vec<usize> = (0..english.len()).filter(|&i| english.words[i].fold == unit.fold).collect();
    if same.is_empty() { outside > 0 } else { same.iter().filter(|&&i| english.capital(i)).count() <= outside }
}

/// « les organisateurs », "the organisers": a word of the same root, which no other French word accounts for.
fn has_cognate(french: &Reading<'_>, source: Span, english: &Reading<'_>) -> bool {
    let alike =
        |word: &str, k: usize| english.lower(k).len() > 4 && compare(word, english.lower(k)) >= Likeness::Cognate;
    let content = |i: usize| french.is_word(i) && french.lower(i).len() > 4 && !french.is(i, class::FUNCTION);
    let inside = |i: usize| source.contains(french.span(i, i + 1));
    (0..french.len()).filter(|&i| content(i) && inside(i)).any(|i| {
        let found: Vec<usize> = (0..english.len()).filter(|&k| alike(french.lower(i), k)).collect();
        let others = |f: &usize| content(*f) && !inside(*f) && found.iter().any(|&k| alike(french.lower(*f), k));
        !found.is_empty() && found.len() > (0..french.len()).filter(others).count()
    })
}

/// Rows of the roles table, one for each word or words of a place that is asked for.
fn roles(r: &Reading<'_>, wanted: impl Fn(Span) -> bool) -> Vec<EntryId> {
    let found = role::roles(r).into_iter().filter(|role| wanted(r.span(role.from, role.from + 1)));
    found.flat_map(|role| role.rows.iter().copied()).collect()
}
