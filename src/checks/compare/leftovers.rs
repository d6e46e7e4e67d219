//! Figures that met nothing: changed where both texts have one left over, missing or added otherwise.

use super::atoms::{Atom, Part, equal};
use super::matching::{Matching, distance, take, units};
use super::{FigureChange, FigureDifference, Figures, Texts};
use crate::checks::{Confidence, Severity, Side};
use crate::facts::quantity::{Duty, Measure, Unit};
use crate::facts::token::{Token, TokenKind};

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
        atom.duty > Duty::May && !repeated && !in_name && !relative_instead(atom, texts.t)
    };
    let missing: Vec<&Atom> = missing.into_iter().map(|i| &texts.s[s[i]]).filter(missed).collect();
    // « 3 000 francs (3 190 €) »: what it is worth elsewhere is the French writer's service to the reader.
    let (aside, missing): (Vec<&Atom>, Vec<&Atom>) = missing.into_iter().partition(|a| worth(texts.source, texts.s, a));
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
    // Where several facts are gone the translator left out a clause, which may be meant.
    let adapted = missing.iter().any(|a| a.fact != missing[0].fact);
    for atom in missing {
        lost(atom, adapted, out);
    }
    for j in added {
        let atom = &texts.t[t[j]];
        let repeated = matching.pairs.iter().any(|p| same(atom, &texts.t[p.target]));
        if atom.duty > Duty::May
            && !repeated
            && !named(texts.target, texts.source, atom.fact)
            && !converted(texts, atom)
            && !worth(texts.target, texts.t, atom)
            && !told_in_a_word(texts, atom)
            && !relative_instead(atom, texts.s)
            && !is_eve_or_morrow(texts, atom)
        {
            gained(atom, out);
        }
    }
}

/// « ce mercredi » as "today": without the day of publication nobody can tell.
fn relative_instead(atom: &Atom, others: &[Atom]) -> bool {
    let day = |o: &Atom| matches!(o.part, Part::Relative(r) if r.days().is_some());
    atom.part == Part::Weekday && atom.resolved.is_none() && others.iter().any(day)
}

/// « mardi, …, ses pertes de la veille » as "Monday's losses": the day before one that the text names.
fn is_eve_or_morrow(texts: &Texts, atom: &Atom) -> bool {
    if atom.part != Part::Weekday {
        return false;
    }
    let r = &texts.source.reading;
    let has = |word: &str| (0..r.len()).any(|i| r.lower(i) == word);
    let apart = |days: f64| {
        texts.s.iter().any(|s| s.part == Part::Weekday && equal((atom.value - s.value).rem_euclid(7.0), days))
    };
    apart(6.0) && has("veille") || apart(1.0) && has("lendemain")
}

/// Whether one text says twice what the other says once.
fn same(a: &Atom, b: &Atom) -> bool {
    a.part == b.part && equal(a.value, b.value) && units(a.unit, b.unit) < 5
}

/// A number or date in a name that both texts write alike: « Sixth Street », the Sunday Times.
fn named(own: &Side, other: &Side, fact: usize) -> bool {
    let span = own.facts[fact].span;
    let inside = |t: &&Token| t.kind == TokenKind::Word && t.capital && span.contains(t.span);
    own.reading.tokens.all().iter().filter(inside).any(|t| {
        let word = t.span.of(own.text);
        other.reading.tokens.all().iter().any(|o| o.span.of(other.text) == word)
    })
}

/// "30 km (18 miles)": a conversion, right within rounding, of something that the source says.
fn converted(texts: &Texts, atom: &Atom) -> bool {
    texts.s.iter().any(|s| super::atoms::converts(s.value, s.unit, atom.value, atom.unit, 0.06))
}

/// « l'avant-veille », « le surlendemain »: "two days" before or after.
fn told_in_a_word(texts: &Texts, atom: &Atom) -> bool {
    let r = &texts.source.reading;
    let eve = |i: usize| r.lower(i) == "avant" && (i + 1..i + 4).any(|k| matches!(r.lower(k), "veille" | "hier"));
    let is_two_days = equal(atom.value, 2.0) && atom.unit == Unit::Measure(Measure::Day);
    is_two_days && (0..r.len()).any(|i| eve(i) || r.lower(i) == "surlendemain" || r.lower(i) == "avant-veille")
}

/// Money in brackets behind other money.
fn worth(side: &Side, atoms: &[Atom], atom: &Atom) -> bool {
    let span = side.facts[atom.fact].span;
    let text = &side.text[..span.start];
    let money = |u: Unit| matches!(u, Unit::Money(_));
    let other = |a: &Atom| money(a.unit) && a.unit != atom.unit && a.fact < atom.fact;
    money(atom.unit) && text.rfind('(') > text.rfind(')') && atoms.iter().any(other)
}

/// What speaks against the one having become the other; `None` when they are not of one kind.
fn changed_cost(s: &Atom, t: &Atom) -> Option<u32> {
    if s.duty == Duty::May && t.duty == Duty::May {
        // « a triplé », "has doubled"
        return (s.part == Part::Multiple && t.part == Part::Multiple).then_some(2);
    }
    if !s.is_number() || !t.is_number() {
        let kind = match (s.part, t.part) {
            (Part::Month, Part::Month) | (Part::Weekday, Part::Weekday) => 0,
            (Part::Season(_), Part::Season(_)) | (Part::Relative(_), Part::Relative(_)) => return None,
            _ => return None,
        };
        return Some(kind);
    }
    // A word that may stand for a number was changed only if it measures the same thing.
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

fn change(s: &Atom, t: &Atom, out: &mut Figures) {
    let change = match (s.part, t.part) {
        (Part::Time(_), _) => FigureChange::DateChanged,
        _ if s.is_date() => FigureChange::DateChanged,
        _ => FigureChange::NumberChanged,
    };
    let format = t.other_reading.is_some_and(|v| equal(v, s.value));
    let converted = matches!((s.unit, t.unit), (Unit::Money(a), Unit::Money(b)) if a != b);
    // A night between two days may be named after either, but after no third one.
    let far = s.part == Part::Weekday && ![1, 6].contains(&((s.value - t.value).rem_euclid(7.0) as u8));
    // Figures of two kinds may have lost their own partners each.
    // "million" for « 24 millions » has lost its figure.
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
    // "an MP3 player", "the O2 network": a model has its number, and the French means the same without it.
    let (severity, confidence) = match atom.part {
        Part::Label => (Severity::Note, Confidence::Low),
        _ => (severity.min(Severity::Warning), confidence),
    };
    out.add(FigureDifference { change, source: None, target: Some(atom.fact), severity, confidence });
}

/// How bad it is that a figure has no counterpart.
fn certainty(atom: &Atom) -> (Severity, Confidence) {
    let figures = !atom.in_words && !atom.ambiguous;
    match atom.part {
        _ if atom.duty == Duty::Should || atom.part == Part::Ordinal && atom.in_words => {
            (Severity::Note, Confidence::Low)
        }
        // « à 100 % » is fully.
        Part::Number if atom.unit == Unit::Percent && equal(atom.value, 100.0) => (Severity::Warning, Confidence::Low),
        Part::Number | Part::Day | Part::Year if figures => (Severity::Error, Confidence::High),
        Part::Number if atom.unit != Unit::None || atom.value > 2.0 => (Severity::Warning, Confidence::Medium),
        _ => (Severity::Warning, Confidence::Medium),
    }
}
