//! Pairs the gaps of French names with those of English ones: which name stands in the place of which. Gaps are
//! stretches of names that the other text does not have ([`Gap`]).

use super::fates::{Fate, spelt_out};
use super::gaps::{Gap, Judged};
use super::names::{NameChange, NameComparison};
use super::runs::strange;
use crate::checks::{Confidence, Severity, Side};
use crate::facts::name::{Unit, names};
use crate::lexicon::similar::{Likeness, compare};
use crate::lexicon::{NameClass, class};
use crate::span::Span;

/// Severity and confidence of a name that became another one.
fn rating(sure: bool) -> (Severity, Confidence) {
    if sure { (Severity::Error, Confidence::High) } else { (Severity::Warning, Confidence::Medium) }
}

impl NameComparison {
    /// Reports that the English gap `c` stands in the place of the French gap `g`. It is a note where the two differ so
    /// much in kind that each may be gone or added by itself.
    pub(super) fn changed(&mut self, pair: (&Side<'_>, &Side<'_>), g: &Gap<'_>, c: &Gap<'_>, sure: bool) {
        let (french, english) = (g.span.of(pair.0.text), c.span.of(pair.1.text));
        let letters = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
        // The same letters are the same name: « You Tube », "YouTube".
        if letters(french) == letters(english) {
            return;
        }
        let differ_in_class = g.known.zip(c.known).is_some_and(|(a, b)| a != b);
        let is_one_word = |s: &str| !s.contains(' ');
        // An acronym and a name in words (« SPD », "Social Democrats") that the lexicon does not put in one class, or
        // names of different classes of which one is a single word (« Amérique », "Internet"), are rather a name that
        // was lost and another that was added. An acronym of a third language (« ČTÚ ») may be rendered in other words
        // by each of the two texts.
        let in_capitals = |s: &str| s.split(' ').any(|w| w.len() > 1 && w.chars().all(char::is_uppercase));
        let (french_capitals, english_capitals) = (in_capitals(french), in_capitals(english));
        let alike = g.known.is_some() && g.known == c.known;
        let abbreviated = french_capitals && !english_capitals && is_one_word(french)
            || english_capitals && !french_capitals && is_one_word(english);
        let apart = abbreviated && !alike
            || differ_in_class && !french_capitals && (is_one_word(french) || is_one_word(english))
            || g.acronym && is_foreign(french)
            || c.acronym && is_foreign(english);
        let (severity, confidence) = if apart {
            (Severity::Note, Confidence::Low)
        } else {
            rating(sure && (!differ_in_class || french_capitals))
        };
        self.push(NameChange::Changed, Some(g.span), Some(c.span), severity, confidence);
    }

    /// Pairs the gaps of both sides and reports them. Strong gaps come first; what is left without a partner is looked
    /// at in several steps after that.
    pub(super) fn pair_up(&mut self, pair: (&Side<'_>, &Side<'_>), fr: &[Judged<'_>], en: &[Judged<'_>]) {
        let gone: Vec<Gap<'_>> = fr.iter().flat_map(Judged::gaps).collect();
        let added: Vec<Gap<'_>> = en.iter().flat_map(Judged::gaps).collect();
        let mut used = vec![false; added.len()];
        let rows: Vec<Span> = strange(fr, pair.0, pair.1).map(|j| j.name.span).collect();
        let strangers: Vec<Span> = strange(en, pair.1, pair.0).map(|j| j.name.span).collect();
        let open = self.strong_with_strong(pair, (&gone, &added), (&rows, &strangers), &mut used);
        self.other_acronyms(pair, fr, &gone, &added, &mut used);
        let runs: Vec<&Judged<'_>> =
            strange(en, pair.1, pair.0).filter(|j| !self.differences.iter().any(|d| touches(d.target, j))).collect();
        let mut runs = runs.into_iter();
        self.in_lists(pair, &gone, &added);
        self.still_open(pair, &open, &rows, &added, &mut used, &mut runs);
        self.strange_runs(pair, fr, &gone, &added, &mut used, runs);
        self.parts(&gone, &added);
        self.left_over(pair, fr, (&gone, &added), &used);
        self.demonyms(pair, &gone, &added);
        self.in_pieces(pair, fr);
    }

    /// Pairs acronyms with acronyms, and other strong gaps ([`Gap::strong`]) with each other, in the order of the text.
    /// Returns the strong French gaps that have no partner.
    fn strong_with_strong<'g, 'n>(
        &mut self,
        pair: (&Side<'_>, &Side<'_>),
        (gone, added): (&'g [Gap<'n>], &[Gap<'_>]),
        (rows, strangers): (&[Span], &[Span]),
        used: &mut [bool],
    ) -> Vec<&'g Gap<'n>> {
        let mut open = Vec::new();
        for g in gone.iter().filter(|g| g.strong()) {
            let fits = |c: &Gap<'_>| c.strong() && c.acronym == g.acronym;
            match added.iter().zip(used.iter()).position(|(c, u)| !u && fits(c)) {
                Some(k) => {
                    used[k] = true;
                    let c = &added[k];
                    if g.acronym
                        && (spelt_out(g.span.of(pair.0.text), &pair.0.reading) || in_brackets(pair.0.text, g.span))
                        && spelt_out(c.span.of(pair.1.text), &pair.1.reading)
                    {
                        // Each abbreviates words of its own text, as in « Conseil canadien … (CCNR) ».
                        continue;
                    }
                    // Both are rows of capitalised words that share nothing, and the French one is no French: « Torvald
                    // College », "Hester Quay".
                    let whole = g.whole && c.whole && rows.contains(&g.name.span) && strangers.contains(&c.name.span);
                    let foreign = whole && is_foreign_row(pair.0, g.span);
                    let sure = foreign
                        || (g.lost >= 2 || !is_coordinated(pair.0, g.span))
                            && (g.acronym || g.plain() || c.plain() || g.proper_noun() && c.proper_noun());
                    self.changed(pair, g, c, sure);
                }
                None => open.push(g),
            }
        }
        open
    }

    /// Pairs a name of two words or more in a list of names, such as « Tarvik Omrane » in « Sarkis, Tarvik Omrane,
    /// Darla, Hassane. », if the French has at least two commas or opening brackets. Where nearly every word has a
    /// capital, a capital proves little, so there must be exactly one such name that is gone and one that came.
    fn in_lists(&mut self, pair: (&Side<'_>, &Side<'_>), gone: &[Gap<'_>], added: &[Gap<'_>]) {
        let r = &pair.0.reading;
        if (0..r.len()).filter(|&i| matches!(r.mark(i), ',' | '(')).count() < 2 {
            return;
        }
        let row = |g: &&Gap<'_>| g.name.unsure && g.whole && g.lost + g.idle >= 2;
        let (mut lost, mut new) = (gone.iter().filter(|g| row(g) && g.plain()), added.iter().filter(row));
        if let (Some(g), Some(c), None, None) = (lost.next(), new.next(), lost.next(), new.next()) {
            self.changed(pair, g, c, false);
        }
    }

    /// Reports a French acronym that the English does not have, but that is in no gap (mostly because words of the
    /// English begin with its letters, so that it counts as kept), where the English has another acronym that
    /// abbreviates none of its words.
    fn other_acronyms(
        &mut self,
        pair: (&Side<'_>, &Side<'_>),
        fr: &[Judged<'_>],
        gone: &[Gap<'_>],
        added: &[Gap<'_>],
        used: &mut [bool],
    ) {
        let abbreviated = fr.iter().flat_map(|j| &j.name.units).filter(|u| {
            u.acronym && u.span.len() > 2 && !english_has(pair.1, u) && !gone.iter().any(|g| g.span.overlaps(u.span))
        });
        for (unit, (k, c)) in abbreviated.zip(added.iter().enumerate().filter(|(_, c)| c.acronym)) {
            if !used[k] && !spelt_out(c.span.of(pair.1.text), &pair.1.reading) {
                used[k] = true;
                self.push(NameChange::Changed, Some(unit.span), Some(c.span), Severity::Error, Confidence::High);
            }
        }
    }

    /// Looks at the French gaps that have no partner yet (`open`), and reports each as replaced by another name of the
    /// English, as replaced by a row of capitalised words that the French does not have, or, for some kinds of names,
    /// as missing. Other gaps are not reported.
    fn still_open<'r>(
        &mut self,
        pair: (&Side<'_>, &Side<'_>),
        open: &[&Gap<'_>],
        rows: &[Span],
        added: &[Gap<'_>],
        used: &mut [bool],
        runs: &mut impl Iterator<Item = &'r Judged<'r>>,
    ) {
        for g in open {
            let other = added.iter().zip(used.iter()).position(|(c, u)| {
                !u && (c.strong() || !c.name.unsure && !c.name.term && !c.name.demonym && c.idle == 0)
            });
            let row = g.idle > 0 && rows.contains(&g.name.span);
            if let Some(k) = other.filter(|&k| g.idle == 0 || row && (added[k].strong() || added[k].name.person)) {
                used[k] = true;
                let c = &added[k];
                // It is sure for two names of one class of the lexicon, and for a person by given name and surname with
                // an unknown name in its place.
                let same_kind = g.proper_noun() && c.proper_noun() && g.known == c.known;
                let sure = g.idle == 0 && same_kind || g.plain() && g.name.person && c.known.is_none() && c.whole;
                self.changed(pair, g, c, sure);
            } else if (g.idle == 0 || row || g.lost >= 2 || is_foreign_row(pair.0, g.span))
                && !g.acronym
                && let Some(run) = runs.next()
            {
                used.iter_mut().zip(added).for_each(|(u, c)| *u |= c.span.overlaps(run.name.span));
                let (severity, confidence) = rating(g.plain() || g.proper_noun());
                self.push(NameChange::Changed, Some(g.span), Some(run.name.span), severity, confidence);
            } else if (row || g.known.is_some()) && is_foreign_row(pair.0, g.span) && is_nowhere(pair, g.span)
                || g.idle == 0 && (g.name.person && g.whole || g.acronym || g.plain() && g.whole)
            {
                // An acronym that the lexicon does not know as a body or place is often rendered in words: "the
                // agency".
                let unknown = g.acronym && !matches!(g.known, Some(NameClass::Organisation | NameClass::Place));
                let (severity, confidence) = if unknown && !acronym_came(pair) {
                    (Severity::Note, Confidence::Low)
                } else {
                    (Severity::Warning, Confidence::Medium)
                };
                self.push(NameChange::Missing, Some(g.span), None, severity, confidence);
            }
        }
    }

    /// Pairs rows of capitalised words ([`strange`]) that only one text has and of which nothing was reported, in the
    /// order of the text. After those of the French, persons' names that lost one word are taken as well.
    fn strange_runs<'r>(
        &mut self,
        pair: (&Side<'_>, &Side<'_>),
        fr: &[Judged<'_>],
        gone: &[Gap<'_>],
        added: &[Gap<'_>],
        used: &mut [bool],
        runs: impl Iterator<Item = &'r Judged<'r>>,
    ) {
        let rows = strange(fr, pair.0, pair.1)
            .filter(|j| !self.differences.iter().any(|d| touches(d.source, j)))
            .map(|j| (j.name.span, j.fates.iter().all(|f| *f == Fate::Idle) && !j.name.person));
        // A person's name with one lost word: « Tarvik » in « le colonel Tarvik »; or « Sergio Busquets », of which
        // « Sergio » counts as kept only because somebody else in the English is called Sergio.
        let family = gone.iter().filter(|g| {
            g.lost == 1
                && g.idle == 0
                && g.name.person
                && !self.differences.iter().any(|d| d.source.is_some_and(|s| s.overlaps(g.name.span)))
        });
        let lost: Vec<(Span, bool)> = rows.chain(family.map(|g| (g.name.span, false))).collect();
        for ((source, is_ordinary), run) in lost.into_iter().zip(runs) {
            used.iter_mut().zip(added).for_each(|(u, c)| *u |= c.span.overlaps(run.name.span));
            // A name of French words may be translated (« Boîte Bleue », "Blue Box"), unless it is a person's.
            let is_translatable = is_ordinary && !run.name.person && run.fates.contains(&Fate::Idle);
            let (severity, confidence) = if is_translatable {
                (Severity::Note, Confidence::Low)
            } else {
                (Severity::Warning, Confidence::Medium)
            };
            self.push(NameChange::Changed, Some(source), Some(run.name.span), severity, confidence);
        }
    }
}

/// Whether no word of a French name stands in the English, not even in lower case or spelt a little differently:
/// « Al-Qaida » may be "al-Qaeda".
fn is_nowhere(pair: (&Side<'_>, &Side<'_>), span: Span) -> bool {
    let (r, e) = (&pair.0.reading, &pair.1.reading);
    let inside = |&i: &usize| span.contains(r.span(i, i + 1)) && r.is_word(i) && r.lower(i).len() > 2;
    let alike = |i: usize, k: usize| {
        e.is_word(k) && (r.words[i].fold == e.words[k].fold || compare(r.lower(i), e.lower(k)) >= Likeness::Near)
    };
    !(0..r.len()).filter(inside).any(|i| (0..e.len()).any(|k| alike(i, k)))
}

/// Whether two words or more with capitals follow each other in the order of English, with nothing of French between
/// them: « Torvald College ». French begins with the word for the kind of thing (« Centre
/// Pompidou ») and joins names with small words.
fn is_foreign_row(side: &Side<'_>, span: Span) -> bool {
    let r = &side.reading;
    let inside: Vec<usize> = (0..r.len()).filter(|&i| span.contains(r.span(i, i + 1))).collect();
    let first = inside.first().is_some_and(|&i| !r.is(i, class::COMMON | class::BODY | class::TITLE | class::FUNCTION));
    first && inside.len() >= 2 && inside.iter().all(|&i| r.is_word(i) && r.capital(i))
}

/// Whether « et du », « ou de » or the like follows, as in « provinces du Nord et de l'Est ». English orders such names
/// otherwise.
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

/// Whether what was reported overlaps the name.
fn touches(reported: Option<Span>, j: &Judged<'_>) -> bool {
    reported.is_some_and(|s| s.overlaps(j.name.span))
}

/// Whether the English has the French acronym, or one that the lexicon has for the same body.
fn english_has(side: &Side<'_>, unit: &Unit) -> bool {
    side.reading.words.iter().any(|w| w.fold == unit.fold)
        || names(&side.facts)
            .flat_map(|n| &n.units)
            .any(|u| u.acronym && u.entries.iter().any(|e| unit.entries.contains(e)))
}

/// Whether an acronym stands in brackets, so that the words before it explain it: « … (CCNR) ».
fn in_brackets(text: &str, span: Span) -> bool {
    text[..span.start].ends_with('(') && text[span.end..].starts_with([')', ','])
}

/// Whether an acronym is of a third language, so that both texts may have put it into their own words: « ČTÚ ».
fn is_foreign(acronym: &str) -> bool {
    acronym.chars().any(|c| !c.is_ascii() && !matches!(c, 'É' | 'È' | 'À' | 'Ç' | 'Î' | 'Ô'))
}

/// Whether the English has a word all in capitals, which may be a Roman numeral, that nothing in the French accounts
/// for.
fn acronym_came(pair: (&Side<'_>, &Side<'_>)) -> bool {
    let french: Vec<&Unit> = names(&pair.0.facts).flat_map(|n| &n.units).collect();
    let known = |i: usize| {
        let at = pair.1.reading.span(i, i + 1);
        names(&pair.1.facts)
            .flat_map(|n| &n.units)
            .filter(|u| u.span.overlaps(at))
            .any(|u| u.entries.iter().any(|e| french.iter().any(|f| f.entries.contains(e))))
    };
    let (source, target) = (&pair.0.reading, &pair.1.reading);
    (0..target.len())
        .any(|i| target.upper(i) && !source.words.iter().any(|w| w.fold == target.words[i].fold) && !known(i))
}

/// Whether the French has a word all in capitals, which may be a Roman numeral, that the English does not have.
pub(super) fn acronym_went(pair: (&Side<'_>, &Side<'_>)) -> bool {
    let (source, target) = (&pair.0.reading, &pair.1.reading);
    (0..source.len()).any(|i| source.upper(i) && !target.words.iter().any(|w| w.fold == source.words[i].fold))
}
