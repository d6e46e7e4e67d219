//! Gaps, which are stretches of a name without a counterpart in the other text, and what each is worth as evidence that
//! a name was lost or added.

use super::fates::Fate;
use crate::facts::name::Name;
use crate::lexicon::{Lexicon, NameClass};
use crate::span::Span;

/// A name, and what became of each of its units in the other text.
pub(super) struct Judged<'n> {
    pub(super) name: &'n Name,
    pub(super) fates: Vec<Fate>,
}

impl<'n> Judged<'n> {
    /// The gaps of the name. Where the English has "economy" for « Économie Dieter Posch », « Dieter Posch » is a gap.
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
    /// The name that it is a part of.
    pub(super) name: &'n Name,
    pub(super) span: Span,
    /// How many of its units should have survived and did not ([`Fate::Lost`]).
    pub(super) lost: usize,
    /// How many of its units are ordinary words, which need no counterpart ([`Fate::Idle`]).
    pub(super) idle: usize,
    /// It has one lost unit, which is an acronym longer than two bytes.
    pub(super) acronym: bool,
    /// The class of the first of its units that the lexicon knows, if there is one.
    pub(super) known: Option<NameClass>,
    /// It is the whole name: nothing of it was kept.
    pub(super) whole: bool,
}

impl<'n> Gap<'n> {
    /// The units `from..to` of a name as a gap, if one of them is lost. Ordinary words at its ends do not belong to it,
    /// unless it is the whole name.
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

    /// Whether it is so surely a name that it must have a counterpart, and cannot be an ordinary word that was
    /// translated: it has two lost units or more, or a single lost unit that makes up the whole name together with
    /// ordinary words, is an acronym, or is known to the lexicon as a proper noun. A gap of a demonym, a term or a name
    /// that is unsure is never strong.
    pub(super) fn strong(&self) -> bool {
        let name = self.name;
        !name.unsure
            && !name.demonym
            && !name.term
            && (self.lost >= 2 || self.lost == 1 && self.idle > 0 && self.whole || self.acronym || self.proper_noun())
    }

    /// Whether it is a place, person or organisation of the lexicon, without ordinary words, and no demonym.
    pub(super) fn proper_noun(&self) -> bool {
        self.idle == 0 && self.known.is_some_and(|c| c != NameClass::Other) && !self.name.demonym
    }

    /// Whether it has two units or more, none of them an ordinary word.
    pub(super) fn plain(&self) -> bool {
        self.idle == 0 && self.lost >= 2
    }
}
