//! Compares persons by their family names. A given name in common (« Amina Sow » and "Amina Diop"), or a rank (« le
//! colonel Sadio » and "Colonel Camara"), shows that one person stands in the other's place.

use super::names::{NameChange, NameComparison};
use crate::checks::{Confidence, Severity, Side};
use crate::facts::name::is_loud;
use crate::facts::reading::Reading;
use crate::lang::Lang;
use crate::lexicon::persons::TitleKind;
use crate::lexicon::similar::{Likeness, compare};
use crate::lexicon::{Lexicon, NameClass, any, class};
use crate::span::Span;

/// A person as a text names one.
struct Person<'r> {
    span: Span,
    /// Token of the given name, if there is one.
    given: Option<usize>,
    /// Token of the family name.
    family: usize,
    /// Rows of the table of ranks, offices and forms of address that the title before the name stands in; empty without
    /// a title.
    titles: &'r [u8],
    /// A Roman numeral follows, so that it is a king or a pope.
    numbered: bool,
}

impl NameComparison {
    /// Reports persons whose family name became another one: a French and an English person have the same given name,
    /// or, where exactly one person is gone and exactly one came, a title in common. Then compares the titles of those
    /// that both texts have, and looks for translated names. Texts whose capitals show no names ([`is_loud`]) are not
    /// compared.
    pub(super) fn persons(&mut self, (source, target): (&Side<'_>, &Side<'_>)) {
        let (french, english) = (persons(&source.reading), persons(&target.reading));
        if french.is_empty() || english.is_empty() || is_loud(&source.reading) || is_loud(&target.reading) {
            return;
        }
        let lost: Vec<&Person<'_>> = french.iter().filter(|p| !self.is_there(p, source, target)).collect();
        let added: Vec<&Person<'_>> = english.iter().filter(|p| !self.is_there(p, target, source)).collect();
        let mut used = vec![false; added.len()];
        for person in &lost {
            let namesake = |p: &Person<'_>| same_given(person, p, &source.reading, &target.reading);
            let peer = |p: &Person<'_>| lost.len() == 1 && added.len() == 1 && same_title(person, p);
            let free = |k: usize| !used[k];
            let place = (0..added.len())
                .find(|&k| free(k) && namesake(added[k]))
                .or_else(|| (0..added.len()).find(|&k| free(k) && peer(added[k])));
            let Some(k) = place else { continue };
            used[k] = true;
            self.report_instead(person.span, added[k].span, Severity::Error, Confidence::High);
        }
        self.titles(&french, &english, (source, target));
        self.translated(&french, &english, (source, target));
    }

    /// Reports a change, in place of whatever was reported about either name before.
    fn report_instead(&mut self, source: Span, target: Span, severity: Severity, confidence: Confidence) {
        let about = |told: Option<Span>, span: Span| told.is_some_and(|s| s.overlaps(span));
        self.differences.retain(|d| !about(d.source, source) && !about(d.target, target));
        self.push(NameChange::Changed, Some(source), Some(target), severity, confidence);
    }

    /// Whether the other text has the person's family name in some spelling, or a name that the lexicon has for the
    /// same person. A translation of the family name does not count: « Mme Petit » is not "Mrs Small".
    fn is_there(&self, person: &Person<'_>, own: &Side<'_>, other: &Side<'_>) -> bool {
        let (r, o) = (&own.reading, &other.reading);
        let french = r.lang == Lang::Fr;
        let family = r.lower(person.family);
        let known = |side: &Side<'_>, span: Span| -> Vec<u32> {
            let units = crate::facts::name::names(&side.facts).flat_map(|n| n.units.iter());
            units.filter(|u| u.span.overlaps(span)).flat_map(|u| u.entries.iter().copied()).collect()
        };
        let own_entries = known(own, r.span(person.family, person.family + 1));
        let list = &Lexicon::get().entries;
        if !own_entries.is_empty() {
            let whole = Span::new(0, o.tokens.text.len());
            let theirs = known(other, whole);
            if own_entries.iter().any(|&a| theirs.iter().any(|&b| list.agree(a, b))) {
                return true;
            }
        }
        (0..o.len()).filter(|&k| o.is_word(k)).any(|k| {
            let (f, e) = if french { (family, o.lower(k)) } else { (o.lower(k), family) };
            r.words[person.family].fold == o.words[k].fold
                || o.capital(k) && o.lower(k).len() > 2 && compare(f, e) != Likeness::Different
        })
    }

    /// Reports persons of the same family name with another rank or form of address: « le général Diarra », "Colonel
    /// Diarra"; « M. Diarra », "Mrs Diarra".
    fn titles(&mut self, french: &[Person<'_>], english: &[Person<'_>], (source, target): (&Side<'_>, &Side<'_>)) {
        let words = &Lexicon::get().persons;
        for f in french.iter().filter(|p| !p.titles.is_empty()) {
            let fold = source.reading.words[f.family].fold;
            let same: Vec<&Person<'_>> =
                english.iter().filter(|e| target.reading.words[e.family].fold == fold).collect();
            let [e] = same[..] else { continue };
            let kind = |p: &Person<'_>| p.titles.first().map(|&row| words.kind(row));
            let comparable = matches!(
                (kind(f), kind(e)),
                (Some(TitleKind::Rank), Some(TitleKind::Rank)) | (Some(TitleKind::Address), Some(TitleKind::Address))
            );
            if comparable
                && !same_title(f, e)
                && french.iter().filter(|p| source.reading.words[p.family].fold == fold).count() == 1
            {
                self.push(NameChange::Changed, Some(f.span), Some(e.span), Severity::Warning, Confidence::Medium);
            }
        }
    }

    /// Reports persons, but no kings and popes, whose given name was translated and whose family name became another
    /// word: « Jean Charpentier », "John Carpenter".
    fn translated(&mut self, french: &[Person<'_>], english: &[Person<'_>], (source, target): (&Side<'_>, &Side<'_>)) {
        let (r, o) = (&source.reading, &target.reading);
        let words = &Lexicon::get().persons;
        for f in french.iter().filter(|p| !p.numbered) {
            let Some(given) = f.given else { continue };
            let translated = |e: &&Person<'_>| {
                e.given.is_some_and(|g| words.is_translated(r.words[given].fold, o.words[g].fold)) && !e.numbered
            };
            let stays = (0..o.len()).any(|k| o.words[k].fold == r.words[given].fold);
            let Some(e) = english.iter().find(translated).filter(|_| !stays) else { continue };
            if r.words[f.family].fold == o.words[e.family].fold {
                continue;
            }
            match compare(r.lower(f.family), o.lower(e.family)) {
                Likeness::Different => self.report_instead(f.span, e.span, Severity::Error, Confidence::High),
                Likeness::Cognate | Likeness::Near => {
                    self.report_instead(f.span, e.span, Severity::Warning, Confidence::Medium)
                }
                Likeness::Clipped | Likeness::Romanised | Likeness::Same => {}
            }
        }
    }
}

/// Whether both have the same given name, or one is a romanisation of the other.
fn same_given(a: &Person<'_>, b: &Person<'_>, french: &Reading<'_>, english: &Reading<'_>) -> bool {
    let (Some(f), Some(e)) = (a.given, b.given) else { return false };
    french.words[f].fold == english.words[e].fold || compare(french.lower(f), english.lower(e)) >= Likeness::Romanised
}

/// Whether the titles of both may render each other: they stand in one row of the table.
fn same_title(a: &Person<'_>, b: &Person<'_>) -> bool {
    a.titles.iter().any(|row| b.titles.contains(row))
}

/// The persons of a text, each named by a title and a family name, or by a given name and a family name.
fn persons<'r>(r: &'r Reading<'_>) -> Vec<Person<'r>> {
    let mut out = Vec::new();
    let mut i = 0;
    while i < r.len() {
        match person(r, i) {
            Some((person, end)) => {
                out.push(person);
                i = end;
            }
            None => i += 1,
        }
    }
    out
}

/// The person whose title or name begins at token `i`, and the token after the name; `None` where none begins there.
fn person<'r>(r: &'r Reading<'_>, i: usize) -> Option<(Person<'r>, usize)> {
    if !r.is_word(i) {
        return None;
    }
    // A « général-major » and a « sergent-major » are a general and a sergeant.
    let rank = if r.lower(i) == "major" && i > 1 && r.joins(i - 1) { i - 2 } else { i };
    let titles = Lexicon::get().persons.titles(r.lang, r.words[rank].exact);
    let stop = usize::from(r.mark(i + 1) == '.' && !r.spaced(i + 1));
    let mut head = i + 1 + stop;
    // The name may begin with particles: « Mme de Villepreux », "Mr al-Masri".
    while head < i + 5 && (r.is(head, class::PARTICLE) && !r.capital(head) && is_personal(r, head) || r.joins(head)) {
        head += 1;
    }
    let titled = !titles.is_empty() && starts_name(r, head) && r.spaced(i + 1 + stop);
    let first = if titled { head } else { i };
    let is_given = r.is(i, class::GIVEN) && r.capital(i);
    if !(titled || is_given || unknown_pair(r, i)) {
        return None;
    }
    let (words, end) = run(r, first);
    let family = *words.iter().rfind(|&&k| !is_suffix(r.lower(k)))?;
    if !titled && words.len() < 2 || r.lower(family).chars().count() < 3 || r.upper(family) && words.len() < 2 {
        return None;
    }
    let numbered = r.is_word(end) && crate::facts::class::roman(r.tokens.raw(end)).is_some();
    let given = (words.len() > 1).then_some(first);
    let span = r.span(first, family + 1);
    Some((Person { span, given, family, titles: if titled { titles } else { &[] }, numbered }, end))
}

/// Whether a person's name may begin at token `i`.
fn starts_name(r: &Reading<'_>, i: usize) -> bool {
    let other = class::TITLE | class::BODY | class::ROLE | class::FUNCTION;
    let may_be_a_name = r.is(i, class::GIVEN) || !r.is(i, other);
    r.is_word(i) && r.capital(i) && may_be_a_name && !is_known_other(r, i)
}

/// Whether two words with capitals stand at token `i` (perhaps with a particle such as "al-" between them) that are no
/// words of the language, except that they may be given names. They are taken for a given name and a family name.
fn unknown_pair(r: &Reading<'_>, i: usize) -> bool {
    let unknown = |k: usize| {
        r.is_word(k) && r.capital(k) && !r.upper(k) && r.info(k).class & !(class::GIVEN) == 0 && !is_known_other(r, k)
    };
    let before = i.checked_sub(1).is_none_or(|b| !(r.joins(b) || r.is_word(b) && r.capital(b)));
    before
        && unknown(i)
        && (unknown(i + 1) && r.spaced(i + 1)
            || r.is(i + 1, class::PARTICLE) && !r.capital(i + 1) && r.joins(i + 2) && unknown(i + 3))
}

/// Whether a name of the lexicon that is no person's begins at token `i`.
fn is_known_other(r: &Reading<'_>, i: usize) -> bool {
    let list = &Lexicon::get().entries;
    crate::facts::name::lexicon_form(r, i)
        .is_some_and(|(form, _)| form.entries.iter().any(|&e| list.get(e).class != NameClass::Person))
}

/// The capitalised words of a name that begins at `first`, among them initials, and the token after the name. Particles
/// and hyphens may stand between the words.
fn run(r: &Reading<'_>, first: usize) -> (Vec<usize>, usize) {
    let mut words = vec![first];
    let mut at = first + 1;
    loop {
        let mut k = at;
        // The stop of an initial is skipped, as in "J. Donohue".
        if r.mark(k) == '.' && !r.spaced(k) && r.tokens.raw(k - 1).chars().count() == 1 {
            k += 1;
        }
        let mut particles = 0;
        while particles < 3
            && k < r.len()
            && (r.joins(k) || r.is(k, class::PARTICLE) && !r.capital(k) && is_personal(r, k))
        {
            particles += 1;
            k += 1;
        }
        let numeral = crate::facts::class::roman(r.tokens.raw(k)).is_some();
        if !(k < r.len()
            && r.is_word(k)
            && r.capital(k)
            && !numeral
            && !r.is(k, class::TITLE | class::BODY | class::CONJ | class::PRON | class::PREP | class::AUX))
        {
            return (words, at);
        }
        words.push(k);
        at = k + 1;
    }
}

/// Whether the last word of a name is a suffix and not the family name: « Senior », "Jr".
fn is_suffix(lower: &str) -> bool {
    matches!(lower, "senior" | "junior" | "sr" | "snr" | "jr" | "jnr")
}

/// Whether a particle may belong to a person's name, as « de » and "al" may and "of" may not.
fn is_personal(r: &Reading<'_>, i: usize) -> bool {
    !(r.among(i, &any::NO_PERSONS) || r.lang == Lang::En && matches!(r.lower(i), "as" | "am"))
}
