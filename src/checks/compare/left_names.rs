//! The last steps of pairing names. [`parts`](NameComparison::parts) pairs single parts of names in the order of the
//! texts; [`left_over`](NameComparison::left_over) reports English names that no step has paired, as a replacement for
//! a French name or as added.

use super::gaps::{Gap, Judged};
use super::names::{NameChange, NameComparison};
use super::swaps::acronym_went;
use crate::checks::{Confidence, Severity, Side};
use crate::facts::name::Name;
use crate::facts::reading::Reading;
use crate::lexicon::dictionary::Dictionary;
use crate::lexicon::similar::{Likeness, compare};
use crate::lexicon::{NameClass, class};
use crate::span::Span;

impl NameComparison {
    /// Pairs words that are each one part of a longer name, in the order of the texts, and reports them: « Joan
    /// Herrera » → "Joan Hasina".
    pub(super) fn parts(&mut self, gone: &[Gap<'_>], added: &[Gap<'_>]) {
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
        for (g, c) in gone.iter().filter(part).zip(added.iter().filter(part)) {
            // « RPG Byty », "RPG Flats": a name that is not a person's may have been translated.
            let person = g.name.person || c.name.person;
            let severity = if person { Severity::Warning } else { Severity::Note };
            self.push(NameChange::Changed, Some(g.name.span), Some(c.name.span), severity, Confidence::Low);
        }
    }

    /// Reports strong gaps of the English ([`Gap::strong`]) that no French name was paired with.
    /// Each takes the next weak gap of the French, even one that another step has reported. It is
    /// reported as a changed name if it has no ordinary words and there is such a gap, or if it may
    /// stand in the place of the next name that [`half_missing`] finds; otherwise as added, if it
    /// is a person or an acronym.
    pub(super) fn left_over(
        &mut self,
        pair: (&Side<'_>, &Side<'_>),
        fr: &[Judged<'_>],
        (gone, added): (&[Gap<'_>], &[Gap<'_>]),
        used: &[bool],
    ) {
        let mut weak =
            gone.iter().filter(|g| !g.strong() && !g.name.unsure && !g.name.term && !g.name.demonym && g.idle == 0);
        let told: Vec<Span> = self.differences.iter().filter_map(|d| d.source).collect();
        let mut half_missing_names = half_missing(fr, pair).filter(|span| !told.iter().any(|t| t.overlaps(*span)));
        for (c, _) in added.iter().zip(used).filter(|(c, u)| !**u && c.strong()) {
            // Each takes the next French name, whether or not it fits, so that names stay paired in the order of the
            // texts.
            if let Some(g) = weak.next().filter(|_| c.idle == 0) {
                self.changed(pair, g, c, c.plain() && c.name.person);
            } else if let Some(french) = half_missing_names.next().filter(|&m| takes_its_place(pair, m, c)) {
                self.push(NameChange::Changed, Some(french), Some(c.span), Severity::Warning, Confidence::Medium);
            } else if c.idle == 0
                && (c.name.person && c.whole || c.acronym || c.plain() && c.known == Some(NameClass::Person))
            {
                // Translators add and drop the acronyms of agencies, so that a new acronym is more than a note only
                // where a French one is gone.
                let severity = if c.acronym && !acronym_went(pair) { Severity::Note } else { Severity::Warning };
                self.push(NameChange::Added, None, Some(c.span), severity, Confidence::Low);
            }
        }
    }
}

/// Whether the English name `c`, which nothing in the French accounts for, may stand in the place
/// of the French name at `french`, which [`half_missing`] has found. `c` must be a whole name of at
/// least two units. Either none of them is an ordinary word; or the French is a title such as « Le
/// Miroir » and `c` is not its translation, which would begin with "The".
fn takes_its_place(pair: (&Side<'_>, &Side<'_>), french: Span, c: &Gap<'_>) -> bool {
    let titled = ["Le ", "La ", "Les ", "L'", "L’"].iter().any(|article| french.of(pair.0.text).starts_with(article));
    let translated = c.span.of(pair.1.text).starts_with("The ");
    c.whole && (c.plain() || titled && !translated && c.lost + c.idle >= 2)
}

/// French names with at least two capitalised words that the lexicon does not know as names (« Le Miroir », « Hôtel
/// Carlin »), where the English has at least half of these words, small ones aside, less often than the French. A free
/// rendering has them less often as well, so these names are reported only together with an English name that nothing
/// in the French accounts for.
fn half_missing<'j>(fr: &'j [Judged<'_>], pair: (&'j Side<'_>, &'j Side<'_>)) -> impl Iterator<Item = Span> + 'j {
    let (r, e) = (&pair.0.reading, &pair.1.reading);
    let names = fr.iter().map(|j| j.name).filter(|n| !n.unsure && !n.demonym && !n.term);
    // Words that the lexicon knows are left to the comparison of its entries.
    let unknown = |n: &Name, i: usize| {
        let at = r.span(i, i + 1);
        n.span.contains(at) && !n.units.iter().any(|u| !u.entries.is_empty() && u.span.contains(at))
    };
    let is_half_missing = move |n: &&Name| {
        let capitals: Vec<usize> = (0..r.len()).filter(|&i| r.is_word(i) && r.capital(i) && unknown(n, i)).collect();
        let words: Vec<usize> = capitals.iter().copied().filter(|&i| !r.is(i, class::FUNCTION)).collect();
        // An article with a capital counts: « Le Miroir » has two such words, « le Parti » one.
        let row = capitals.len() >= 2;
        let gone = words.iter().filter(|&&i| is_rarer(r, i, e)).count();
        row && gone > 0 && gone * 2 >= words.len()
    };
    names.filter(is_half_missing).map(|n| n.span)
}

/// Whether the English has the word, or one that may render it, less often than the French has it.
fn is_rarer(r: &Reading<'_>, i: usize, e: &Reading<'_>) -> bool {
    let own = (0..r.len()).filter(|&k| r.words[k].fold == r.words[i].fold).count();
    let renders = |k: usize| {
        e.is_word(k)
            && (e.words[k].fold == r.words[i].fold
                || compare(r.lower(i), e.lower(k)) != Likeness::Different
                || Dictionary::get().pairs(r.lower(i), e.lower(k)))
    };
    (0..e.len()).filter(|&k| renders(k)).count() < own
}
