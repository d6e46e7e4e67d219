//! Compares the names of both sides, unit by unit, through the lexicon, by spelling and by romanisation.

use super::difference::Difference;
use super::fates::{Fate, Slip, english_fate, french_fate};
use super::gaps::{Gap, Judged};
use crate::checks::{Confidence, Pair, Severity, Side};
use crate::facts::name::{Name, Unit, lexicon_form, names};
use crate::facts::reading::Reading;
use crate::lang::Lang;
use crate::lexicon::key::folded;
use crate::lexicon::similar::{Likeness, compare};
use crate::lexicon::{Lexicon, NameClass, fr};
use crate::span::Span;
use std::collections::HashMap;

/// What became of a name.
#[derive(Debug, Clone, PartialEq)]
pub enum NameChange {
    Missing,
    Added,
    /// Another name stands in its place.
    Changed,
    /// The same name, a letter or two apart.
    Misspelt,
    /// The French form was left standing; this is the English one.
    LeftFrench(&'static str),
}

/// One disagreement about names.
pub type NameDifference = Difference<NameChange>;

/// All disagreements of a pair about names.
#[derive(Debug, Default)]
pub struct NameComparison {
    pub differences: Vec<NameDifference>,
    /// Units of English names that nothing in the French accounts for. Terms (`Name::term`) and unsure names are left
    /// out.
    pub unexplained: Vec<Span>,
    /// Units of French names that nothing in the English renders. Terms and unsure names are left out.
    pub lost: Vec<Span>,
}

/// Whether the side has the unit's word with a capital.
fn has_capital(side: &Side<'_>, unit: &Unit) -> bool {
    let r = &side.reading;
    unit.fold != 0 && (0..r.len()).any(|i| r.words[i].fold == unit.fold && r.capital(i))
}

/// The names, with what becomes of each of their units. For units that are written alike behind the same words this is
/// worked out once, since names are repeated again and again in a text.
fn judged<'n>(names: &[&'n Name], text: &str, fate: impl Fn(&Unit) -> Fate) -> Vec<Judged<'n>> {
    let mut known = HashMap::new();
    let mut of = |unit: &'n Unit| {
        let before = text[..unit.span.start].split_whitespace().next_back();
        let key = (before, unit.span.of(text), unit.proper, unit.common, unit.acronym, &unit.entries);
        *known.entry(key).or_insert_with(|| fate(unit))
    };
    names.iter().map(|&name| Judged { name, fates: name.units.iter().map(&mut of).collect() }).collect()
}

impl Pair<'_> {
    /// The names of both sides, compared.
    pub fn names(&self) -> &NameComparison {
        self.shared.names.get_or_init(|| NameComparison::new(&self.source, &self.target))
    }
}

impl NameComparison {
    fn new(source: &Side<'_>, target: &Side<'_>) -> Self {
        let mut out = NameComparison::default();
        let french: Vec<&Name> = names(&source.facts).collect();
        let english: Vec<&Name> = names(&target.facts).collect();
        if french.is_empty() && english.is_empty() {
            out.persons((source, target));
            return out;
        }
        let fr = judged(&french, source.text, |u| french_fate(u, source, target, &french, &english));
        let en = judged(&english, target.text, |u| english_fate(u, target, source, &english, &french));
        for (list, spans) in [(&fr, &mut out.lost), (&en, &mut out.unexplained)] {
            for j in list.iter().filter(|j| !j.name.term && !j.name.unsure) {
                spans.extend(
                    j.name.units.iter().zip(&j.fates).filter(|(_, f)| matches!(f, Fate::Lost)).map(|(u, _)| u.span),
                );
            }
        }
        out.near_and_left((source, target), &fr, &en);
        out.pair_up((source, target), &fr, &en);
        out.persons((source, target));
        out.places_for_states((source, target));
        out.states_replaced((source, target));
        out
    }

    pub(super) fn push(
        &mut self,
        change: NameChange,
        source: Option<Span>,
        target: Option<Span>,
        severity: Severity,
        confidence: Confidence,
    ) {
        self.differences.push(Difference { change, source, target, severity, confidence });
    }

    /// Reports English units that misspell a French name, known names in the place of unknown French ones, and French
    /// forms that were left standing.
    fn near_and_left(&mut self, (source, target): (&Side<'_>, &Side<'_>), fr: &[Judged<'_>], en: &[Judged<'_>]) {
        let english_text = target.text;
        for j in en {
            // In « Peggy Whitson » → "Peggy Whison", the rest of the name shows that it is the same person.
            let other_fits = |own: Span| {
                j.name
                    .units
                    .iter()
                    .zip(&j.fates)
                    .any(|(u, f)| u.span != own && (*f == Fate::Kept || u.span.len() > 2 && has_capital(source, u)))
            };
            for (unit, fate) in j.name.units.iter().zip(&j.fates) {
                let Fate::Near(at, slip) = *fate else { continue };
                let has_fitting_unit = other_fits(unit.span);
                // Where no other unit is written as in the French, the whole name may be romanised otherwise: "Georgi
                // Yankov" for « Georgij Jankov ».
                let has_unit_spelt_alike = j.name.units.iter().any(|u| u.span != unit.span && has_capital(source, u));
                let (severity, confidence) = match (slip, has_fitting_unit) {
                    (Slip::Clipped, true) if unit.span.len() >= 5 => (Severity::Error, Confidence::High),
                    (Slip::Other, true) if !has_unit_spelt_alike => (Severity::Note, Confidence::Low),
                    (Slip::Clipped, _) | (_, true) => (Severity::Warning, Confidence::Medium),
                    _ => continue,
                };
                self.push(NameChange::Misspelt, Some(at), Some(unit.span), severity, confidence);
            }
        }
        for j in fr {
            for (unit, fate) in j.name.units.iter().zip(&j.fates) {
                if let Fate::Other(target) = *fate {
                    let (severity, confidence) = (Severity::Warning, Confidence::Medium);
                    self.push(NameChange::Changed, Some(unit.span), Some(target), severity, confidence);
                }
                let Fate::Left(target, entry) = *fate else { continue };
                let english = Lexicon::get().entries.get(entry).en.first().copied().unwrap_or_default();
                // The word belongs to another English name: "Chili" is no « Chili » (Chile) in "Red Hot Chili Peppers".
                let part = en.iter().any(|n| n.name.span.overlaps(target) && n.name.units.len() > 1);
                // The word belongs to a name that stays French: "the Promenade des Anglais", "the Journal des
                // Français".
                let kept = j.name.demonym && english_text[..target.start].ends_with(" des ");
                if part || kept {
                    continue;
                }
                // With the full name before it, readers know what the French acronym stands for: "the International
                // Atomic Energy Agency (AIEA)".
                let explained = unit.acronym && english_text[..target.start].ends_with('(');
                let (severity, confidence) = match explained {
                    true => (Severity::Note, Confidence::Medium),
                    false => (Severity::Warning, Confidence::Medium),
                };
                self.push(NameChange::LeftFrench(english), Some(unit.span), Some(target), severity, confidence);
            }
        }
    }

    /// Reports demonyms, words such as « nigérien », that became those of another country ("Nigerian"), where the right
    /// one is nowhere in the English.
    pub(super) fn demonyms(&mut self, pair: (&Side<'_>, &Side<'_>), gone: &[Gap<'_>], added: &[Gap<'_>]) {
        let mut added = added.iter().filter(|c| c.name.demonym);
        for g in gone.iter().filter(|g| g.name.demonym && g.known == Some(NameClass::Place)) {
            if let Some(c) = added.next().filter(|c| c.known == Some(NameClass::Place)) {
                self.push(NameChange::Changed, Some(g.span), Some(c.span), Severity::Warning, Confidence::Medium);
            }
        }
        // The French demonym may be one that the lexicon does not know, and the English one in its place a known one:
        // « l'armée dravénienne », "the Bulgarian army".
        let unknown: Vec<usize> = unknown_demonyms(&pair.0.reading).collect();
        for c in added.filter(|c| c.known == Some(NameClass::Place)) {
            if let Some(&i) = unknown.iter().find(|&&i| !is_rendered(&pair.0.reading, i, &pair.1.reading, c.span)) {
                let span = pair.0.reading.span(i, i + 1);
                self.push(NameChange::Changed, Some(span), Some(c.span), Severity::Warning, Confidence::Medium);
            }
        }
    }
}

/// French words in lower case that end as demonyms do, and of which the lexicon knows neither the whole word nor a
/// demonym at its end. Short words are left out.
fn unknown_demonyms<'r>(r: &'r Reading<'_>) -> impl Iterator<Item = usize> + 'r {
    let ends = |word: &str| {
        let singular = word.strip_suffix('s').unwrap_or(word);
        word.len() > 6
            && (fr::DEMONYM_ENDINGS.has(word) || fr::DEMONYM_ENDINGS.has(singular))
            && !fr::NO_DEMONYMS.has(word)
            && !fr::NO_DEMONYMS.has(singular)
    };
    (0..r.len()).filter(move |&i| {
        let unknown = r.is_word(i) && !r.capital(i) && r.info(i).class == 0 && lexicon_form(r, i).is_none();
        unknown && ends(r.lower(i)) && !holds_known(r.lower(i))
    })
}

/// Whether the word ends in a known demonym with something before it: « proeuropéen », « sudafricain ».
fn holds_known(word: &str) -> bool {
    let entries = &Lexicon::get().entries;
    word.char_indices()
        .skip(2)
        .map(|(at, _)| &word[at..])
        .take_while(|rest| rest.len() > 4)
        .any(|rest| entries.beginning(Lang::Fr, folded(rest)).any(|form| form.demonym && form.keys.len() == 1))
}

/// Whether some English word has the root of the French one, as its translation usually has. For the demonym at
/// `other`, which may be the wrong one, a common root is not enough: it must be spelt nearly like the French word.
fn is_rendered(r: &Reading<'_>, i: usize, e: &Reading<'_>, other: Span) -> bool {
    (0..e.len()).filter(|&k| e.is_word(k)).any(|k| {
        let like = compare(r.lower(i), e.lower(k));
        like >= if other.contains(e.span(k, k + 1)) { Likeness::Near } else { Likeness::Cognate }
    })
}
