//! Names of the two sides against each other: unit by unit through the lexicon, spelling and romanisation.

use crate::checks::{Confidence, Pair, Severity, Side};
use crate::facts::name::{Name, Unit};
use crate::facts::reading::Reading;
use crate::facts::{Fact, FactValue};
use crate::lexicon::similar::{Likeness, compare};
use crate::lexicon::{EntryId, Key, Lexicon, NameClass, class};
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

/// How an unit of one side fares on the other.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Fate {
    Kept,
    /// Another unit of the other side, almost the same.
    Near(Span, bool),
    Left(Span, EntryId),
    Lost,
    /// No name by itself: nothing is asked of it.
    Idle,
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
struct Judged<'n> {
    name: &'n Name,
    fates: Vec<Fate>,
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
            acronym: fates.len() == 1 && units[0].acronym && units[0].span.len() > 2,
            known: entry.map(|&e| Lexicon::get().entries.get(e).class),
            whole,
        })
    }

    /// It can hardly be a translated word.
    fn strong(&self) -> bool {
        let name = self.name;
        !name.unsure && !name.demonym && !name.term && (self.lost >= 2 || self.lost == 1 && self.idle > 0 && self.whole || self.acronym || self.proper_noun())
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
        let near: Vec<Span> = fr
            .iter()
            .flat_map(|j| &j.fates)
            .filter_map(|f| if let Fate::Near(s, _) = f { Some(*s) } else { None })
            .collect();
        for (list, spans) in [(&fr, &mut out.lost), (&en, &mut out.unexplained)] {
            for j in list.iter().filter(|j| !j.name.term && !j.name.unsure) {
                spans.extend(
                    j.name.units.iter().zip(&j.fates).filter(|(_, f)| matches!(f, Fate::Lost)).map(|(u, _)| u.span),
                );
            }
        }
        out.near_and_left(&fr);
        out.pair_up((source, target), &fr, &en, &near);
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

    fn near_and_left(&mut self, fr: &[Judged<'_>]) {
        for j in fr {
            for (unit, fate) in j.name.units.iter().zip(&j.fates) {
                match *fate {
                    Fate::Near(target, clipped) => {
                        // "Peggy Whitson" → "Peggy Whison": the rest of the name shows that it is the same person.
                        let beside = j.fates.contains(&Fate::Kept);
                        let (severity, confidence) = match (clipped, beside) {
                            (true, true) if unit.span.len() >= 5 => (Severity::Error, Confidence::High),
                            (true, _) | (_, true) => (Severity::Warning, Confidence::Medium),
                            _ => continue,
                        };
                        self.push(What::Misspelt, Some(unit.span), Some(target), severity, confidence);
                    }
                    Fate::Left(target, entry) => {
                        let english = Lexicon::get().entries.get(entry).en.first().copied().unwrap_or_default();
                        self.push(What::LeftFrench(english), Some(unit.span), Some(target), Severity::Warning, Confidence::Medium);
                    }
                    _ => {}
                }
            }
        }
    }

    fn pair_up(&mut self, pair: (&Side<'_>, &Side<'_>), fr: &[Judged<'_>], en: &[Judged<'_>], near: &[Span]) {
        let gone: Vec<Gap<'_>> = fr.iter().flat_map(Judged::gaps).collect();
        let come: Vec<Gap<'_>> = en.iter().flat_map(Judged::gaps).filter(|g| !near.iter().any(|n| g.span.overlaps(*n))).collect();
        let mut used = vec![false; come.len()];
        let mut open = Vec::new();
        // Acronyms with acronyms, then strong names with strong ones, in the order of the text.
        for g in gone.iter().filter(|g| g.strong()) {
            let fits = |c: &Gap<'_>| c.strong() && c.acronym == g.acronym;
            match come.iter().zip(&used).position(|(c, u)| !u && fits(c)) {
                Some(k) => {
                    used[k] = true;
                    let c = &come[k];
                    if g.acronym && spelt_out(g.span.of(pair.0.text), &pair.0.reading) && spelt_out(c.span.of(pair.1.text), &pair.1.reading) {
                        // Each stands for words beside it, as « Conseil canadien … (CCNR) » does.
                        continue;
                    }
                    let sure = g.acronym || g.plain() || c.plain() || g.proper_noun() && c.proper_noun();
                    let (severity, confidence) = if sure { (Severity::Error, Confidence::High) } else { (Severity::Warning, Confidence::Medium) };
                    self.push(What::Changed, Some(g.span), Some(c.span), severity, confidence);
                }
                None => open.push(g),
            }
        }
        for g in open {
            let other = come.iter().zip(&used).position(|(c, u)| !u && (c.strong() || !c.name.unsure && !c.name.term && !c.name.demonym && c.idle == 0));
            if let Some(k) = other.filter(|_| g.idle == 0) {
                used[k] = true;
                self.push(What::Changed, Some(g.span), Some(come[k].span), Severity::Warning, Confidence::Medium);
            } else if g.idle == 0 && (g.name.person && g.whole || g.acronym || g.plain() && g.whole) {
                self.push(What::Missing, Some(g.span), None, Severity::Warning, Confidence::Medium);
            }
        }
        let mut weak = gone.iter().filter(|g| !g.strong() && !g.name.unsure && !g.name.term && !g.name.demonym && g.idle == 0);
        for (c, _) in come.iter().zip(&used).filter(|(c, u)| !**u && c.strong()) {
            if let Some(g) = weak.next().filter(|_| c.idle == 0) {
                self.push(What::Changed, Some(g.span), Some(c.span), Severity::Warning, Confidence::Medium);
            } else if c.idle == 0 && (c.name.person && c.whole || c.acronym) {
                self.push(What::Added, None, Some(c.span), Severity::Warning, Confidence::Low);
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

fn shares(a: &[EntryId], b: &[EntryId]) -> bool {
    a.iter().any(|e| b.contains(e))
}

fn has_word(r: &Reading<'_>, fold: Key) -> bool {
    fold != 0 && r.words.iter().any(|w| w.fold == fold)
}

fn french_fate(unit: &Unit, own: &Reading<'_>, other: &Side<'_>, english: &[&Name]) -> Fate {
    if !unit.proper {
        return Fate::Idle;
    }
    let units = || english.iter().flat_map(|n| &n.units);
    if !unit.entries.is_empty() && units().any(|u| shares(&u.entries, &unit.entries)) {
        return Fate::Kept;
    }
    if has_word(&other.reading, unit.fold) {
        if unit.entries.is_empty() {
            return Fate::Kept;
        }
        // The lexicon knows an English form, and it is not this one.
        let here = other.reading.words.iter().position(|w| w.fold == unit.fold).map(|i| other.reading.span(i, i + 1));
        let list = &Lexicon::get().entries;
        let same = unit.entries.iter().any(|&e| {
            list.get(e).en.iter().any(|f| {
                f.split(|c: char| !c.is_alphanumeric())
                    .any(|w| crate::lexicon::key::folded(&w.to_lowercase()) == unit.fold)
            })
        });
        return match here {
            Some(span) if !same && !unit.entries.iter().any(|&e| list.get(e).class == NameClass::Other) && !list.get(unit.entries[0]).en.is_empty() => Fate::Left(span, unit.entries[0]),
            _ => Fate::Kept,
        };
    }
    if unit.acronym
        && (permuted(unit.span.of(own.tokens.text), &other.reading)
            || spelt_out(unit.span.of(own.tokens.text), &other.reading))
    {
        return Fate::Kept;
    }
    let mut fate = Fate::Lost;
    let lower = unit.span.of(own.tokens.text).to_lowercase();
    for (i, w) in other.reading.words.iter().enumerate() {
        if w.exact == 0 || !other.reading.capital(i) || w.info.is(class::FUNCTION) {
            continue;
        }
        match compare(&lower, other.reading.lower(i)) {
            Likeness::Same | Likeness::Romanised => return Fate::Kept,
            like @ (Likeness::Near | Likeness::Clipped) if unit.entries.is_empty() && !unit.acronym && !w.info.is(class::COMMON) => {
                fate = Fate::Near(other.reading.span(i, i + 1), like == Likeness::Clipped);
            }
            // A common word of the same root: « Constitution », « Sénateur ».
            Likeness::Cognate | Likeness::Near | Likeness::Clipped if !unit.acronym => return Fate::Kept,
            _ => {}
        }
    }
    fate
}

fn english_fate(unit: &Unit, own: &Reading<'_>, other: &Side<'_>, french: &[&Name]) -> Fate {
    if !unit.proper {
        return Fate::Idle;
    }
    let units = || french.iter().flat_map(|n| &n.units);
    if !unit.entries.is_empty() && units().any(|u| shares(&u.entries, &unit.entries))
        || has_word(&other.reading, unit.fold)
    {
        return Fate::Kept;
    }
    let written = unit.span.of(own.tokens.text);
    if unit.acronym && (permuted(written, &other.reading) || spelt_out(written, &other.reading)) {
        return Fate::Kept;
    }
    let lower = written.to_lowercase();
    for (i, w) in other.reading.words.iter().enumerate() {
        if w.exact == 0 || w.info.is(class::FUNCTION) {
            continue;
        }
        let like = compare(other.reading.lower(i), &lower);
        if like >= Likeness::Romanised || like >= Likeness::Cognate && !unit.acronym {
            return Fate::Kept;
        }
    }
    Fate::Lost
}

/// "UE" and "EU": an acronym whose letters the other language puts in another order.
fn permuted(acronym: &str, other: &Reading<'_>) -> bool {
    let sorted = |s: &str| {
        let mut b: Vec<u8> = s.bytes().filter(u8::is_ascii_uppercase).collect();
        b.sort_unstable();
        b
    };
    let own = sorted(acronym);
    (0..other.len()).any(|i| other.upper(i) && sorted(other.tokens.raw(i)) == own)
}

/// Whether capitalised words of the other side begin with the letters of the acronym, in any order.
fn spelt_out(acronym: &str, other: &Reading<'_>) -> bool {
    let letters: Vec<u8> = acronym.bytes().filter(u8::is_ascii_uppercase).collect();
    if letters.len() < 3 {
        return false;
    }
    let mut left = letters.clone();
    for i in 0..other.len() {
        if !other.is_word(i) || other.is(i, class::FUNCTION) {
            continue;
        }
        let first = other.tokens.raw(i).as_bytes()[0].to_ascii_uppercase();
        match left.iter().position(|&l| l == first) {
            Some(k) => {
                left.remove(k);
                if left.is_empty() {
                    return true;
                }
            }
            // Words in a row: one that does not fit starts again.
            None => left.clone_from(&letters),
        }
    }
    false
}
