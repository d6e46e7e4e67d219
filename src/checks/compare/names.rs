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
    Near(Span),
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

impl Judged<'_> {
    fn lost(&self) -> usize {
        self.fates.iter().filter(|f| matches!(f, Fate::Lost)).count()
    }

    fn kept(&self) -> bool {
        self.fates.iter().any(|f| matches!(f, Fate::Kept | Fate::Near(_) | Fate::Left(..)))
    }

    fn idle(&self) -> usize {
        self.fates.iter().filter(|f| matches!(f, Fate::Idle)).count()
    }

    fn acronym(&self) -> bool {
        self.name.units.iter().zip(&self.fates).any(|(u, f)| u.acronym && *f == Fate::Lost && u.span.len() > 2)
    }

    /// Nothing of it is on the other side, and it can hardly be a translated word.
    fn strong(&self) -> bool {
        !self.name.unsure
            && !self.name.demonym
            && !self.name.term
            && !self.kept()
            && (self.lost() >= 2 || self.lost() == 1 && self.name.units.len() >= 2 || self.acronym())
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
            .filter_map(|f| if let Fate::Near(s) = f { Some(*s) } else { None })
            .collect();
        for (list, spans) in [(&fr, &mut out.lost), (&en, &mut out.unexplained)] {
            for j in list.iter().filter(|j| !j.name.term && !j.name.unsure) {
                spans.extend(
                    j.name.units.iter().zip(&j.fates).filter(|(_, f)| matches!(f, Fate::Lost)).map(|(u, _)| u.span),
                );
            }
        }
        out.near_and_left(&fr);
        out.pair_up(&fr, &en, &near);
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
                    Fate::Near(target) => {
                        // "Peggy Whitson" → "Peggy Whison": the rest of the name shows that it is the same person.
                        let sure = j.fates.contains(&Fate::Kept) && unit.span.len() >= 5;
                        let severity = if sure { Severity::Error } else { Severity::Warning };
                        self.push(
                            What::Misspelt,
                            Some(unit.span),
                            Some(target),
                            severity,
                            if sure { Confidence::High } else { Confidence::Medium },
                        );
                    }
                    Fate::Left(target, entry) => {
                        let english = Lexicon::get().entries.get(entry).en.first().copied().unwrap_or_default();
                        self.push(
                            What::LeftFrench(english),
                            Some(unit.span),
                            Some(target),
                            Severity::Warning,
                            Confidence::Medium,
                        );
                    }
                    _ => {}
                }
            }
        }
    }

    fn pair_up(&mut self, fr: &[Judged<'_>], en: &[Judged<'_>], near: &[Span]) {
        let taken = |j: &&Judged<'_>| !j.name.units.iter().any(|u| near.contains(&u.span));
        let mut gone: Vec<&Judged> = fr.iter().filter(|j| j.strong()).collect();
        let mut come: Vec<&Judged> = en.iter().filter(taken).filter(|j| j.strong()).collect();
        // Acronyms with acronyms, names with names, in the order of the text.
        for acronyms in [true, false] {
            let mut k = 0;
            while k < gone.len() {
                match come
                    .iter()
                    .position(|c| c.acronym() == gone[k].acronym() || !acronyms)
                    .filter(|_| !acronyms || gone[k].acronym())
                {
                    Some(c) => {
                        let (g, c) = (gone.remove(k), come.remove(c));
                        let sure = g.idle() == 0 && c.idle() == 0 && (acronyms || plain(g) && plain(c));
                        let severity = if sure { Severity::Error } else { Severity::Warning };
                        self.push(
                            What::Changed,
                            Some(g.name.span),
                            Some(c.name.span),
                            severity,
                            if sure { Confidence::High } else { Confidence::Medium },
                        );
                    }
                    None => k += 1,
                }
            }
        }
        // What is left has no strong partner: weaker ones are looked for, to say "changed" and not "missing".
        let weak = |j: &&Judged<'_>| !j.strong() && j.lost() > 0 && !j.name.unsure && !j.name.term && !j.name.demonym;
        let mut weak_en: Vec<&Judged> = en.iter().filter(taken).filter(weak).collect();
        let mut weak_fr: Vec<&Judged> = fr.iter().filter(weak).collect();
        for g in gone {
            if !weak_en.is_empty() {
                let c = weak_en.remove(0);
                self.push(What::Changed, Some(g.name.span), Some(c.name.span), Severity::Warning, Confidence::Medium);
            } else if g.name.class == NameClass::Person && g.idle() == 0 || g.acronym() {
                self.push(What::Missing, Some(g.name.span), None, Severity::Warning, Confidence::Medium);
            }
        }
        for c in come {
            if !weak_fr.is_empty() {
                let g = weak_fr.remove(0);
                self.push(What::Changed, Some(g.name.span), Some(c.name.span), Severity::Warning, Confidence::Medium);
            } else if c.idle() == 0 && (c.name.class == NameClass::Person || c.acronym()) {
                self.push(What::Added, None, Some(c.name.span), Severity::Warning, Confidence::Low);
            }
        }
        for (g, c) in weak_fr.iter().zip(&weak_en) {
            if g.idle() == 0 && c.idle() == 0 && g.name.class == c.name.class {
                self.push(What::Changed, Some(g.name.span), Some(c.name.span), Severity::Warning, Confidence::Low);
            }
        }
        self.demonyms(fr, en);
    }

    /// « nigérien » → "Nigerian": a word of belonging to another country, where the right one is not there.
    fn demonyms(&mut self, fr: &[Judged<'_>], en: &[Judged<'_>]) {
        let lost = |j: &&Judged<'_>| j.name.demonym && j.lost() > 0;
        for (g, c) in fr.iter().filter(lost).zip(en.iter().filter(lost)) {
            self.push(What::Changed, Some(g.name.span), Some(c.name.span), Severity::Warning, Confidence::Medium);
        }
    }
}

/// Two words or more that are nothing but names, or a person.
fn plain(j: &Judged<'_>) -> bool {
    j.lost() >= 2 || j.name.class == NameClass::Person
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
            Some(span) if !same && !list.get(unit.entries[0]).en.is_empty() => Fate::Left(span, unit.entries[0]),
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
            Likeness::Near if unit.entries.is_empty() && !unit.acronym && !w.info.is(class::COMMON) => {
                fate = Fate::Near(other.reading.span(i, i + 1))
            }
            // A common word of the same root: « Constitution », « Sénateur ».
            Likeness::Cognate | Likeness::Near => return Fate::Kept,
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
        if compare(other.reading.lower(i), &lower) >= Likeness::Cognate {
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
