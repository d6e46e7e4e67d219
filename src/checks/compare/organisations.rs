//! Organisations and places of the lexicon of which the English has only a piece of the name: « un cadre de l'État
//! islamique » as "a state Islamic leader", « le Croissant-Rouge » as "the red moon". A paraphrase ("the jihadists")
//! has no piece of the name, and is not reported.

use super::fates::Fate;
use super::gaps::Judged;
use super::names::{NameChange, NameComparison};
use crate::checks::{Confidence, Severity, Side};
use crate::facts::name::Unit;
use crate::facts::reading::Reading;
use crate::lexicon::{Lexicon, NameClass, any, class};
use crate::span::Span;

impl NameComparison {
    /// Reports organisations and places of two words or more that the English has lost, where a word of their English
    /// name stands in the text, but not the whole name.
    pub(super) fn in_pieces(&mut self, pair: (&Side<'_>, &Side<'_>), fr: &[Judged<'_>]) {
        let e = &pair.1.reading;
        for j in fr.iter().filter(|j| !j.name.demonym) {
            for (unit, _) in j.name.units.iter().zip(&j.fates).filter(|(_, fate)| matches!(fate, Fate::Lost)) {
                let told = self.differences.iter().any(|d| d.source.is_some_and(|s| s.overlaps(unit.span)));
                if told || !is_body_by_name(unit, pair.0) {
                    continue;
                }
                if let Some(piece) = piece_of(unit, pair.0, e) {
                    let (severity, confidence) = (Severity::Warning, Confidence::Medium);
                    self.push(NameChange::Changed, Some(unit.span), Some(piece), severity, confidence);
                }
            }
        }
    }
}

/// Whether the unit is an organisation or a place that the French calls by two words or more, apart from very short
/// ones, and not by an acronym.
fn is_body_by_name(unit: &Unit, french: &Side<'_>) -> bool {
    let list = &Lexicon::get().entries;
    let words = unit.span.of(french.text).split([' ', '-', '\u{a0}']).filter(|w| w.len() > 2).count();
    words >= 2
        && !unit.acronym
        && unit.entries.iter().any(|&e| matches!(list.get(e).class, NameClass::Organisation | NameClass::Place))
}

/// The first word of the full English name that stands in the text, where no whole English name does. A function word
/// is no piece, and neither is a word that the French has elsewhere. `None` also where the full name is one word, and
/// where the text has a word of the name that may refer to the body by itself, as "the Council" does.
fn piece_of(unit: &Unit, french: &Side<'_>, e: &Reading<'_>) -> Option<Span> {
    let list = &Lexicon::get().entries;
    let forms: Vec<Vec<String>> = unit
        .entries
        .iter()
        .flat_map(|&id| &list.get(id).en)
        .map(|form| form.split([' ', '-']).map(str::to_lowercase).filter(|w| w.len() > 2).collect())
        .collect();
    let at = |word: &str| (0..e.len()).find(|&i| e.lower(i) == word);
    if forms.iter().any(|form| is_whole(form, e)) {
        return None;
    }
    // The first English form is the full name, to be used at first mention. Very short words of it do not count, and a
    // name of one word has no pieces.
    let main = forms.first().filter(|form| form.len() >= 2)?;
    let refers = |word: &str| any::HEADS_THAT_REFER.has(word);
    if main.iter().any(|word| refers(word) && at(word).is_some()) {
        return None;
    }
    let elsewhere = |i: usize| {
        let r = &french.reading;
        (0..r.len()).any(|k| !unit.span.contains(r.span(k, k + 1)) && r.words[k].fold == e.words[i].fold)
    };
    // Of a place, only the first word is a piece, unless it is an ordinary one ("New", "South"), and only where a
    // capitalised word follows that does not begin with the second one: "Los Angels" is a slip for "Los Angeles",
    // "Costa Rican" is no slip.
    let place = unit.entries.iter().all(|&id| list.get(id).class == NameClass::Place);
    let second = main.get(1).map_or("", String::as_str);
    let goes_on = |i: usize| e.lower(i) == main[0] && e.capital(i + 1) && !e.lower(i + 1).starts_with(second);
    let tells = |i: usize| !place || e.capital(i) && !e.is(i, class::COMMON) && goes_on(i);
    main.iter()
        .filter_map(|word| at(word))
        .find(|&i| !e.is(i, class::FUNCTION) && tells(i) && !elsewhere(i))
        .map(|i| e.span(i, i + 1))
}

/// Whether the words of a form stand in a row, with only small words between them.
fn is_whole(form: &[String], e: &Reading<'_>) -> bool {
    !form.is_empty()
        && (0..e.len()).filter(|&i| e.lower(i) == form[0]).any(|i| {
            let mut at = i + 1;
            form[1..].iter().all(|word| {
                while at < e.len() && (e.joins(at) || e.is_word(at) && e.lower(at).len() <= 3 && e.lower(at) != *word) {
                    at += 1;
                }
                at += 1;
                at <= e.len() && e.lower(at - 1) == word
            })
        })
}
