//! Names of the two sides against each other: unit by unit through the lexicon, spelling and romanisation.

use super::fates::{Fate, Slip, english_fate, french_fate, spelt_out};
use super::runs::strange;
use crate::checks::{Confidence, Pair, Severity, Side};
use crate::facts::name::{Name, Unit};
use crate::facts::{Fact, FactValue};
use crate::lexicon::{Lexicon, NameClass};
use crate::span::Span;

/// What became of a name.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    Missing,
    Added,
    /// Another name stands in its place.
    Changed,
    /// The same name, a letter or two apart.
    Misspelt,
    /// The French form was left standing; the English one.
    LeftFrench(&'static str),
}

/// One disagreement about names.
#[derive(Debug, Clone)]
pub struct Difference {
    pub what: What,
    pub source: Option<Span>,
    pub target: Option<Span>,
    pub severity: Severity,
    pub confidence: Confidence,
}

/// All disagreements of a pair.
#[derive(Debug, Default)]
pub struct Comparison {
    pub differences: Vec<Difference>,
    /// English units that nothing French explains, for other rules.
    pub unexplained: Vec<Span>,
    /// French units that nothing English renders.
    pub lost: Vec<Span>,
}

/// « Amérique du Nord et du Sud »: English puts the heads the other way round.
fn is_coordinated(side: &Side<'_>, span: Span) -> bool {
    let r = &side.reading;
    (0..r.len()).any(|i| {
        r.span(i, i + 1).start >= span.end
            && i + 1 < r.len()
            && matches!(r.lower(i), "et" | "ou")
            && matches!(r.lower(i + 1), "du" | "de" | "d'")
            && r.span(i, i + 1).start <= span.end + 1
    })
}

fn touches(reported: Option<Span>, j: &Judged<'_>) -> bool {
    reported.is_some_and(|s| s.overlaps(j.name.span))
}

/// Whether the English has an acronym's letters, or what the lexicon puts for it.
fn english_has(side: &Side<'_>, unit: &Unit) -> bool {
    side.reading.words.iter().any(|w| w.fold == unit.fold)
        || names(&side.facts)
            .flat_map(|n| &n.units)
            .any(|u| u.acronym && u.entries.iter().any(|e| unit.entries.contains(e)))
}

/// Whether the side has the unit's word with a capital.
fn has_capital(side: &Side<'_>, unit: &Unit) -> bool {
    let r = &side.reading;
    unit.fold != 0 && (0..r.len()).any(|i| r.words[i].fold == unit.fold && r.capital(i))
}

/// « … (CCNR) »: an acronym that the words before it explain.
fn in_brackets(text: &str, span: Span) -> bool {
    text[..span.start].ends_with('(') && text[span.end..].starts_with(')')
}

/// « ČTÚ »: an acronym of another language, which both translators may have put into their own.
fn is_foreign(acronym: &str) -> bool {
    acronym.chars().any(|c| !c.is_ascii() && !matches!(c, 'É' | 'È' | 'À' | 'Ç' | 'Î' | 'Ô'))
}

/// Whether the French has a word in capitals, be it a numeral, that the English does not.
fn acronym_went(pair: (&Side<'_>, &Side<'_>)) -> bool {
    let (source, target) = (&pair.0.reading, &pair.1.reading);
    (0..source.len()).any(|i| source.upper(i) && !target.words.iter().any(|w| w.fold == source.words[i].fold))
}

/// Names among facts.
pub fn names(facts: &[Fact]) -> impl Iterator<Item = &Name> {
    facts.iter().filter_map(|f| match &f.value {
        FactValue::Name(n) => Some(n),
        _ => None,
    })
}

impl Pair<'_> {
    /// The names of both sides, compared.
    pub fn names(&self) -> &Comparison {
        self.shared.names.get_or_init(|| Comparison::new(&self.source, &self.target))
    }
}

/// A name with the fates of its units.
pub(super) struct Judged<'n> {
    pub(super) name: &'n Name,
    pub(super) fates: Vec<Fate>,
}

impl<'n> Judged<'n> {
    /// Stretches of the name that the other side does not have: « Dieter Posch » of « Économie Dieter Posch ».
    fn gaps(&self) -> Vec<Gap<'n>> {
        let mut gaps = Vec::new();
        let mut from = 0;
        for to in 0..=self.fates.len() {
            if to < self.fates.len() && matches!(self.fates[to], Fate::Lost | Fate::Idle) {
                continue;
            }
            gaps.extend(Gap::new(self, from, to));
            from = to + 1;
        }
        gaps
    }
}

/// A stretch of a name without a counterpart.
struct Gap<'n> {
    name: &'n Name,
    span: Span,
    /// Units that should have survived, and units of which nothing is asked.
    lost: usize,
    idle: usize,
    acronym: bool,
    /// The lexicon knows one of them.
    known: Option<NameClass>,
    /// Nothing of the name was kept.
    whole: bool,
}

impl<'n> Gap<'n> {
    fn new(j: &Judged<'n>, mut from: usize, mut to: usize) -> Option<Self> {
        let whole = from == 0 && to == j.fates.len();
        if !whole {
            while from < to && j.fates[from] == Fate::Idle {
                from += 1;
            }
            while from < to && j.fates[to - 1] == Fate::Idle {
                to -= 1;
            }
        }
        let fates = j.fates.get(from..to)?;
        let units = &j.name.units[from..to];
        let lost = fates.iter().filter(|f| **f == Fate::Lost).count();
        if lost == 0 {
            return None;
        }
        let entry = units.iter().find_map(|u| u.entries.first());
        Some(Gap {
            name: j.name,
            span: units[0].span.cover(units[units.len() - 1].span),
            lost,
            idle: fates.len() - lost,
            acronym: lost == 1
                && units.iter().zip(fates).any(|(u, f)| *f == Fate::Lost && u.acronym && u.span.len() > 2),
            known: entry.map(|&e| Lexicon::get().entries.get(e).class),
            whole,
        })
    }

    /// It can hardly be a translated word.
    fn strong(&self) -> bool {
        let name = self.name;
        !name.unsure
            && !name.demonym
            && !name.term
            && (self.lost >= 2 || self.lost == 1 && self.idle > 0 && self.whole || self.acronym || self.proper_noun())
    }

    /// A place, person or organisation of the lexicon.
    fn proper_noun(&self) -> bool {
        self.idle == 0 && self.known.is_some_and(|c| c != NameClass::Other) && !self.name.demonym
    }

    /// Two words or more that are nothing but a name.
    fn plain(&self) -> bool {
        self.idle == 0 && self.lost >= 2
    }
}

fn rating(sure: bool) -> (Severity, Confidence) {
    if sure { (Severity::Error, Confidence::High) } else { (Severity::Warning, Confidence::Medium) }
}

impl Comparison {
    fn new(source: &Side<'_>, target: &Side<'_>) -> Self {
        let mut out = Comparison::default();
        let french: Vec<&Name> = names(&source.facts).collect();
        let english: Vec<&Name> = names(&target.facts).collect();
        if french.is_empty() && english.is_empty() {
            return out;
        }
        let fr: Vec<Judged> = french
            .iter()
            .map(|n| Judged {
                name: n,
                fates: n.units.iter().map(|u| french_fate(u, &source.reading, target, &english)).collect(),
            })
            .collect();
        let en: Vec<Judged> = english
            .iter()
            .map(|n| Judged {
                name: n,
                fates: n.units.iter().map(|u| english_fate(u, &target.reading, source, &french)).collect(),
            })
            .collect();
        for (list, spans) in [(&fr, &mut out.lost), (&en, &mut out.unexplained)] {
            for j in list.iter().filter(|j| !j.name.term && !j.name.unsure) {
                spans.extend(
                    j.name.units.iter().zip(&j.fates).filter(|(_, f)| matches!(f, Fate::Lost)).map(|(u, _)| u.span),
                );
            }
        }
        out.near_and_left(source, &fr, &en);
        out.pair_up((source, target), &fr, &en);
        out
    }

    fn push(
        &mut self,
        what: What,
        source: Option<Span>,
        target: Option<Span>,
        severity: Severity,
        confidence: Confidence,
    ) {
        self.differences.push(Difference { what, source, target, severity, confidence });
    }

    /// Slips of spelling, seen from the English, and French forms left standing, seen from the French.
    fn near_and_left(&mut self, source: &Side<'_>, fr: &[Judged<'_>], en: &[Judged<'_>]) {
        for j in en {
            // "Peggy Whitson" → "Peggy Whison": the rest of the name shows that it is the same person.
            let rest = |own: Span| {
                j.name.units.iter().zip(&j.fates).any(|(u, f)| {
                    u.span != own && (*f == Fate::Kept || u.span.len() > 2 && has_capital(source, u))
                })
            };
            for (unit, fate) in j.name.units.iter().zip(&j.fates) {
                let Fate::Near(source, slip) = *fate else { continue };
                let beside = rest(unit.span);
                let (severity, confidence) = match (slip, beside) {
                    (Slip::Clipped, true) if unit.span.len() >= 5 => (Severity::Error, Confidence::High),
                    (Slip::Clipped, _) | (_, true) => (Severity::Warning, Confidence::Medium),
                    _ => continue,
                };
                self.push(What::Misspelt, Some(source), Some(unit.span), severity, confidence);
            }
        }
        for j in fr {
            for (unit, fate) in j.name.units.iter().zip(&j.fates) {
                let Fate::Left(target, entry) = *fate else { continue };
                let english = Lexicon::get().entries.get(entry).en.first().copied().unwrap_or_default();
                // "Red Hot Chili Peppers": part of another name.
                let part = en.iter().any(|n| n.name.span.overlaps(target) && n.name.units.len() > 1);
                if !part {
                    self.push(
                        What::LeftFrench(english),
                        Some(unit.span),
                        Some(target),
                        Severity::Warning,
                        Confidence::Medium,
                    );
                }
            }
        }
    }

    fn pair_up(&mut self, pair: (&Side<'_>, &Side<'_>), fr: &[Judged<'_>], en: &[Judged<'_>]) {
        let gone: Vec<Gap<'_>> = fr.iter().flat_map(Judged::gaps).collect();
        let come: Vec<Gap<'_>> = en.iter().flat_map(Judged::gaps).collect();
        let mut used = vec![false; come.len()];
        let mut open = Vec::new();
        // Acronyms with acronyms, then strong names with strong ones, in the order of the text.
        for g in gone.iter().filter(|g| g.strong()) {
            let fits = |c: &Gap<'_>| c.strong() && c.acronym == g.acronym;
            match come.iter().zip(&used).position(|(c, u)| !u && fits(c)) {
                Some(k) => {
                    used[k] = true;
                    let c = &come[k];
                    if g.acronym
                        && (spelt_out(g.span.of(pair.0.text), &pair.0.reading) || in_brackets(pair.0.text, g.span))
                        && spelt_out(c.span.of(pair.1.text), &pair.1.reading)
                    {
                        // Each stands for words beside it, as « Conseil canadien … (CCNR) » does.
                        continue;
                    }
                    let sure = !is_coordinated(pair.0, g.span)
                        && match (g.known, c.known) {
                            _ if g.acronym => !is_foreign(g.span.of(pair.0.text)),
                            (Some(a), Some(b)) if a != b => false,
                            _ => g.plain() || c.plain() || g.proper_noun() && c.proper_noun(),
                        };
                    let (severity, confidence) = rating(sure);
                    self.push(What::Changed, Some(g.span), Some(c.span), severity, confidence);
                }
                None => open.push(g),
            }
        }
        // An acronym that the English spells out and that yet has another in its place.
        let abbreviated = fr.iter().flat_map(|j| &j.name.units).filter(|u| {
            u.acronym && u.span.len() > 2 && !english_has(pair.1, u) && !gone.iter().any(|g| g.span.overlaps(u.span))
        });
        for (unit, (k, c)) in abbreviated.zip(come.iter().enumerate().filter(|(_, c)| c.acronym)) {
            if !used[k] && !spelt_out(c.span.of(pair.1.text), &pair.1.reading) {
                used[k] = true;
                self.push(What::Changed, Some(unit.span), Some(c.span), Severity::Error, Confidence::High);
            }
        }
        let runs: Vec<&Judged<'_>> =
            strange(en, pair.1, pair.0).filter(|j| !self.differences.iter().any(|d| touches(d.target, j))).collect();
        let mut runs = runs.into_iter();
        for g in open {
            let other = come.iter().zip(&used).position(|(c, u)| {
                !u && (c.strong() || !c.name.unsure && !c.name.term && !c.name.demonym && c.idle == 0)
            });
            if let Some(k) = other.filter(|_| g.idle == 0) {
                used[k] = true;
                let c = &come[k];
                // A person by given name and surname, and another name of which French knows nothing.
                let same_kind = g.proper_noun() && c.proper_noun() && g.known == c.known;
                let sure = same_kind || g.plain() && g.name.person && c.known.is_none() && c.whole;
                let (severity, confidence) = rating(sure);
                self.push(What::Changed, Some(g.span), Some(c.span), severity, confidence);
            } else if g.idle == 0
                && !g.acronym
                && let Some(run) = runs.next()
            {
                used.iter_mut().zip(&come).for_each(|(u, c)| *u |= c.span.overlaps(run.name.span));
                let (severity, confidence) = rating(g.plain() || g.proper_noun());
                self.push(What::Changed, Some(g.span), Some(run.name.span), severity, confidence);
            } else if g.idle == 0 && (g.name.person && g.whole || g.acronym || g.plain() && g.whole) {
                self.push(What::Missing, Some(g.span), None, Severity::Warning, Confidence::Medium);
            }
        }
        let rows = strange(fr, pair.0, pair.1)
            .filter(|j| !self.differences.iter().any(|d| touches(d.source, j)))
            .map(|j| j.name.span);
        // « Sergio Busquets », of whom another Sergio's name was kept.
        let family = gone.iter().filter(|g| {
            !g.whole
                && g.lost == 1
                && g.idle == 0
                && g.name.person
                && !self.differences.iter().any(|d| d.source.is_some_and(|s| s.overlaps(g.name.span)))
        });
        let lost: Vec<Span> = rows.chain(family.map(|g| g.name.span)).collect();
        for (source, run) in lost.into_iter().zip(runs) {
            used.iter_mut().zip(&come).for_each(|(u, c)| *u |= c.span.overlaps(run.name.span));
            self.push(What::Changed, Some(source), Some(run.name.span), Severity::Warning, Confidence::Medium);
        }
        // One word of a longer name each: « Joan Herrera » → "Joan Hasina".
        let part = |g: &&Gap<'_>| {
            !g.strong()
                && g.lost == 1
                && g.idle == 0
                && !g.whole
                && !g.name.unsure
                && !g.name.term
                && !g.name.demonym
                && g.known.is_none()
        };
        for (g, c) in gone.iter().filter(part).zip(come.iter().filter(part)) {
            self.push(What::Changed, Some(g.name.span), Some(c.name.span), Severity::Warning, Confidence::Low);
        }
        let mut weak =
            gone.iter().filter(|g| !g.strong() && !g.name.unsure && !g.name.term && !g.name.demonym && g.idle == 0);
        for (c, _) in come.iter().zip(&used).filter(|(c, u)| !**u && c.strong()) {
            if let Some(g) = weak.next().filter(|_| c.idle == 0) {
                let (severity, confidence) = rating(c.plain() && c.name.person);
                self.push(What::Changed, Some(g.span), Some(c.span), severity, confidence);
            } else if c.idle == 0 && (c.name.person && c.whole || c.acronym) {
                // Agencies' acronyms come and go; one that comes where a French one went is no accident.
                let severity = if c.acronym && !acronym_went(pair) { Severity::Note } else { Severity::Warning };
                self.push(What::Added, None, Some(c.span), severity, Confidence::Low);
            }
        }
        self.demonyms(&gone, &come);
    }

    /// « nigérien » → "Nigerian": a word of belonging to another country, where the right one is not there.
    fn demonyms(&mut self, gone: &[Gap<'_>], come: &[Gap<'_>]) {
        let mut come = come.iter().filter(|c| c.name.demonym);
        for g in gone.iter().filter(|g| g.name.demonym && g.known == Some(NameClass::Place)) {
            if let Some(c) = come.next().filter(|c| c.known == Some(NameClass::Place)) {
                self.push(What::Changed, Some(g.span), Some(c.span), Severity::Warning, Confidence::Medium);
            }
        }
    }
}
