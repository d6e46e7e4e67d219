//! Stretches of a name that the other text does not have, and what they are worth as evidence.

use super::fates::Fate;
use crate::facts::name::Name;
use crate::lexicon::{Lexicon, NameClass};
use crate::span::Span;

/// A name with the fates of its units.
pub(super) struct Judged<'n> {
    pub(super) name: &'n Name,
    pub(super) fates: Vec<Fate>,
}

impl<'n> Judged<'n> {
    /// Stretches of the name that the other side does not have: « Dieter Posch » of « Économie Dieter Posch ».
    pub(super) fn gaps(&self) -> Vec<Gap<'n>> {
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
pub(super) struct Gap<'n> {
    pub(super) name: &'n Name,
    pub(super) span: Span,
    /// Units that should have survived, and units of which nothing is asked.
    pub(super) lost: usize,
    pub(super) idle: usize,
    pub(super) acronym: bool,
    /// The lexicon knows one of them.
    pub(super) known: Option<NameClass>,
    /// Nothing of the name was kept.
    pub(super) whole: bool,
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
    pub(super) fn strong(&self) -> bool {
        let name = self.name;
        !name.unsure
            && !name.demonym
            && !name.term
            && (self.lost >= 2 || self.lost == 1 && self.idle > 0 && self.whole || self.acronym || self.proper_noun())
    }

    /// A place, person or organisation of the lexicon.
    pub(super) fn proper_noun(&self) -> bool {
        self.idle == 0 && self.known.is_some_and(|c| c != NameClass::Other) && !self.name.demonym
    }

    /// Two words or more that are nothing but a name.
    pub(super) fn plain(&self) -> bool {
        self.idle == 0 && self.lost >= 2
    }
}
