//! Figures that have no equal in the other text. Where one that is left in the French and one that is left in the
//! English may be the same figure, it was changed; the others are missing or were added.

use super::atoms::{Atom, Part, equal};
use super::matching::{Matching, distance, take, units};
use super::{FigureChange, FigureDifference, Figures, Texts};
use crate::checks::{Confidence, Severity, Side};
use crate::facts::FactValue;
use crate::facts::quantity::{Duty, Measure, Unit};
use crate::facts::token::{Token, TokenKind};

/// Reports what `matching` has left over.
pub fn compare(texts: &Texts, matching: &Matching, out: &mut Figures) {
    let (s, t) = (&matching.source_left, &matching.target_left);
    if s.is_empty() && t.is_empty() {
        return;
    }
    let mut candidates = Vec::new();
    for (i, &a) in s.iter().enumerate() {
        for (j, &b) in t.iter().enumerate() {
            if let Some(cost) = changed_cost(&texts.s[a], &texts.t[b]) {
                candidates.push((cost * 1000 + distance(a, texts.s.len(), b, texts.t.len()), i, j));
            }
        }
    }
    let (changed, missing, added) = take(candidates, s.len(), t.len());
    for m in changed {
        let (a, b) = (&texts.s[s[m.source]], &texts.t[t[m.target]]);
        change(a, b, out);
    }
    let missed = |atom: &&Atom| {
        let repeated = matching.pairs.iter().any(|p| same(atom, &texts.s[p.source]));
        let in_name = atom.part != Part::Label && named(texts.source, texts.target, atom.fact);
        atom.duty > Duty::May
            && !repeated
            && !in_name
            && !relative_instead(atom, texts.t)
            && !told_as_every_other(texts, atom)
    };
    let missing: Vec<&Atom> = missing.into_iter().map(|i| &texts.s[s[i]]).filter(missed).collect();
    // The French may convert a sum for its readers: « 3 000 francs (3 190 €) ». The translation may leave out the sum
    // in brackets, and then it is only a note.
    let (aside, missing): (Vec<&Atom>, Vec<&Atom>) =
        missing.into_iter().partition(|a| is_converted_sum(texts.source, texts.s, a));
    for atom in aside {
        let (severity, confidence) = (Severity::Note, Confidence::Low);
        out.add(FigureDifference {
            change: FigureChange::NumberMissing,
            source: Some(atom.fact),
            target: None,
            severity,
            confidence,
        });
    }
    // Where several facts are gone, the translator may have left out a clause on purpose.
    let adapted = missing.iter().any(|a| a.fact != missing[0].fact);
    for atom in missing {
        lost(atom, adapted, out);
    }
    gains(texts, matching, added.into_iter().map(|j| &texts.t[t[j]]), out);
}

/// Reports English figures that nothing in the French accounts for.
fn gains<'t>(texts: &Texts, matching: &Matching, added: impl Iterator<Item = &'t Atom>, out: &mut Figures) {
    for atom in added {
        let repeated = matching.pairs.iter().any(|p| same(atom, &texts.t[p.target]));
        if atom.duty > Duty::May
            && !repeated
            && !named(texts.target, texts.source, atom.fact)
            && !converted(texts, atom)
            && !is_converted_sum(texts.target, texts.t, atom)
            && !told_in_a_word(texts, atom)
            && !relative_instead(atom, texts.s)
            && !is_eve_or_morrow(texts, atom)
        {
            gained(atom, out);
        }
    }
}

/// Whether a weekday without a known date may be the same day as a relative date of the other text (« ce mercredi » and
/// "today"). It counts as the same, since nobody can tell without the day of publication.
fn relative_instead(atom: &Atom, others: &[Atom]) -> bool {
    let day = |o: &Atom| matches!(o.part, Part::Relative(r) if r.days().is_some());
    atom.part == Part::Weekday && atom.resolved.is_none() && others.iter().any(day)
}

/// Whether an English weekday is the day before or after one in the French, which says « la veille » or « le
/// lendemain »: « mardi, …, ses pertes de la veille » as "Monday's losses".
fn is_eve_or_morrow(texts: &Texts, atom: &Atom) -> bool {
    if atom.part != Part::Weekday {
        return false;
    }
    let r = &texts.source.reading;
    let has = |word: &str| (0..r.len()).any(|i| r.lower(i) == word);
    let apart = |days: f64| {
        texts.s.iter().any(|s| s.part == Part::Weekday && equal((atom.value - s.value).rem_euclid(7.0), days))
    };
    // « L'homélie dominicale » is the Sunday homily.
    let is_sunday =
        equal(atom.value, 7.0) && (0..r.len()).any(|i| r.lower(i).starts_with("dominica") || r.lower(i) == "rameaux");
    apart(6.0) && has("veille") || apart(1.0) && has("lendemain") || is_sunday
}

/// Whether two atoms of one text are the same, so that the other text may say once what this one says twice.
fn same(a: &Atom, b: &Atom) -> bool {
    a.part == b.part && equal(a.value, b.value) && units(a.unit, b.unit) < 5
}

/// Whether a number or date belongs to a name that both texts write alike (« Sixth Street », "the Sunday Times"): there
/// is a capitalised word in it that the other text has as well.
fn named(own: &Side, other: &Side, fact: usize) -> bool {
    let span = own.facts[fact].span;
    let inside = |t: &&Token| t.kind == TokenKind::Word && t.capital && span.contains(t.span);
    own.reading.tokens.all().iter().filter(inside).any(|t| {
        let word = t.span.of(own.text);
        other.reading.tokens.all().iter().any(|o| o.span.of(other.text) == word)
    })
}

/// Whether an English figure is a conversion, right within rounding, of one that the French has: "30 km (18 miles)".
fn converted(texts: &Texts, atom: &Atom) -> bool {
    texts.s.iter().any(|s| super::atoms::converts(s.value, s.unit, atom.value, atom.unit, 0.06))
}

/// Whether an English "two days" renders one French word: « l'avant-veille » is two days before, « le surlendemain »
/// two days after.
fn told_in_a_word(texts: &Texts, atom: &Atom) -> bool {
    let r = &texts.source.reading;
    let eve = |i: usize| r.lower(i) == "avant" && (i + 1..i + 4).any(|k| matches!(r.lower(k), "veille" | "hier"));
    let is_two_days = equal(atom.value, 2.0) && atom.unit == Unit::Measure(Measure::Day);
    is_two_days && (0..r.len()).any(|i| eve(i) || r.lower(i) == "surlendemain")
}

/// Whether the atom is the « deux » of « un jour sur deux » and the English has "every other" or "every second".
fn told_as_every_other(texts: &Texts, atom: &Atom) -> bool {
    let is_half = matches!(&texts.source.facts[atom.fact].value, FactValue::Quantity(q) if q.share == Some(0.5));
    let e = &texts.target.reading;
    is_half && (1..e.len()).any(|k| e.lower(k - 1) == "every" && matches!(e.lower(k), "other" | "second"))
}

/// Whether the atom is a sum of money in brackets, and a sum in another currency stands before it.
fn is_converted_sum(side: &Side, atoms: &[Atom], atom: &Atom) -> bool {
    let span = side.facts[atom.fact].span;
    let text = &side.text[..span.start];
    let money = |u: Unit| matches!(u, Unit::Money(_));
    let other = |a: &Atom| money(a.unit) && a.unit != atom.unit && a.fact < atom.fact;
    money(atom.unit) && text.rfind('(') > text.rfind(')') && atoms.iter().any(other)
}

/// How much speaks against `s` having become `t`, 0 if nothing does; `None` where `s` cannot have become `t`.
fn changed_cost(s: &Atom, t: &Atom) -> Option<u32> {
    if s.duty == Duty::May && t.duty == Duty::May {
        // Words that need no counterpart were changed only where both are multiples: « a triplé », "has doubled".
        let both = |part: Part| s.part == part && t.part == part;
        return (both(Part::Multiple) || both(Part::Fraction)).then_some(2);
    }
    if !s.is_number() || !t.is_number() {
        return matches!((s.part, t.part), (Part::Month, Part::Month) | (Part::Weekday, Part::Weekday)).then_some(0);
    }
    // A word that need not be a number (« un ») was changed only if both have the same unit.
    if (s.duty == Duty::May || t.duty == Duty::May) && (s.unit.is_none() || s.unit != t.unit) {
        return None;
    }
    let part = match (s.part, t.part) {
        (a, b) if std::mem::discriminant(&a) == std::mem::discriminant(&b) => 0,
        (Part::Ordinal, Part::Number) | (Part::Number, Part::Ordinal) if s.in_words != t.in_words => return None,
        (Part::Year, Part::Number) | (Part::Number, Part::Year) => 1,
        (Part::Fraction | Part::Multiple | Part::Magnitude, _)
        | (_, Part::Fraction | Part::Multiple | Part::Magnitude) => 4,
        _ => 2,
    };
    let unit = match units(s.unit, t.unit) {
        5 => 4,
        u => u32::from(u),
    };
    let words = u32::from(s.in_words != t.in_words);
    let outcome = u32::from(matches!((s.outcome, t.outcome), (Some(a), Some(b)) if a != b)) * 2;
    Some(part + unit + words + outcome)
}

/// Reports a figure that became another one.
fn change(s: &Atom, t: &Atom, out: &mut Figures) {
    let change = match (s.part, t.part) {
        (Part::Time(_), _) => FigureChange::DateChanged,
        _ if s.is_date() => FigureChange::DateChanged,
        _ => FigureChange::NumberChanged,
    };
    // The English figure is right in its other reading: as a rule only its separators are wrong.
    let format = t.other_reading.is_some_and(|v| equal(v, s.value));
    let converted = matches!((s.unit, t.unit), (Unit::Money(a), Unit::Money(b)) if a != b);
    // A weekday that need not be matched is that of a night, which may be named after the day before it or the day
    // after it. So only weekdays further apart are surely wrong.
    let far = s.part == Part::Weekday && ![1, 6].contains(&((s.value - t.value).rem_euclid(7.0) as u8));
    // Two figures of different kinds may each have lost a partner of its own. But "million" for « 24 millions » is the
    // same figure without its number.
    let scale_left = t.part == Part::Magnitude && s.part == Part::Number && !s.in_words;
    let alike = scale_left || changed_cost(s, t).is_some_and(|cost| cost <= 2);
    let sure = alike
        && !s.ambiguous
        && !format
        && !converted
        && s.duty.max(t.duty) == Duty::Must
        && (s.duty.min(t.duty) > Duty::May || far);
    let (severity, confidence) = match sure {
        true => (Severity::Error, Confidence::High),
        false => (Severity::Warning, Confidence::Low),
    };
    out.add(FigureDifference { change, source: Some(s.fact), target: Some(t.fact), severity, confidence });
    if converted {
        out.add(FigureDifference {
            change: FigureChange::UnitChanged,
            source: Some(s.fact),
            target: Some(t.fact),
            severity,
            confidence,
        });
    }
}

/// Reports a figure that is missing, unless it is a one or a zero other than a day. `perhaps_meant` says that it may
/// have been left out on purpose.
fn lost(atom: &Atom, perhaps_meant: bool, out: &mut Figures) {
    if atom.is_number() && (equal(atom.value, 1.0) || atom.value == 0.0) && !matches!(atom.part, Part::Day) {
        return;
    }
    let change = match atom.part {
        _ if atom.is_date() => FigureChange::DateMissing,
        Part::Time(_) => FigureChange::DateMissing,
        _ => FigureChange::NumberMissing,
    };
    let (severity, confidence) = match certainty(atom) {
        (Severity::Error, _) if perhaps_meant => (Severity::Warning, Confidence::Medium),
        sure => sure,
    };
    out.add(FigureDifference { change, source: Some(atom.fact), target: None, severity, confidence });
}

/// Reports a figure that was added, unless it is a one other than a day.
fn gained(atom: &Atom, out: &mut Figures) {
    if atom.is_number() && equal(atom.value, 1.0) && !matches!(atom.part, Part::Day) {
        return;
    }
    let change = match atom.part {
        _ if atom.is_date() => FigureChange::DateAdded,
        Part::Time(_) => FigureChange::DateAdded,
        _ => FigureChange::NumberAdded,
    };
    let (severity, confidence) = certainty(atom);
    // A number in a name ("an MP3 player", "the O2 network") may be understood in the French without being there.
    let (severity, confidence) = match atom.part {
        Part::Label => (Severity::Note, Confidence::Low),
        _ => (severity.min(Severity::Warning), confidence),
    };
    out.add(FigureDifference { change, source: None, target: Some(atom.fact), severity, confidence });
}

/// How grave and how sure it is that a figure has no counterpart.
fn certainty(atom: &Atom) -> (Severity, Confidence) {
    let figures = !atom.in_words && !atom.ambiguous;
    match atom.part {
        _ if atom.duty == Duty::Should || atom.part == Part::Ordinal && atom.in_words => {
            (Severity::Note, Confidence::Low)
        }
        // « à 100 % » may be rendered without a figure: "fully".
        Part::Number if atom.unit == Unit::Percent && equal(atom.value, 100.0) => (Severity::Warning, Confidence::Low),
        Part::Number | Part::Day | Part::Year if figures => (Severity::Error, Confidence::High),
        _ => (Severity::Warning, Confidence::Medium),
    }
}
