//! French qualifiers, units and the numbers that hide in words: « près de », « km carrés », « des milliers ».

use crate::facts::class::{Class, Reader};
use crate::facts::figures::Found;
use crate::facts::quantity::{Bound, Currency, Duty, Form, Measure, Quantity, Unit};
use crate::lexicon::fr;

/// The qualifier that ends right before token `start`, and where it begins.
pub fn bound_before(r: &Reader, start: usize) -> Option<(Bound, usize)> {
    let mut at = start;
    // « plus des 50 villes », « près de ces 300 »
    if at > 0 && r.is_any(at - 1, &["les", "la", "le", "l'", "ces", "leurs", "ses"]) {
        at -= 1;
    }
    if at == 0 {
        return None;
    }
    let last = r.lower(at - 1);
    let link = match last {
        w if fr::LINKS.has(w) => 1,
        _ => 0,
    };
    let k = at - link;
    if k == 0 {
        return None;
    }
    let word = r.lower(k - 1);
    let of = link == 1 && matches!(last, "de" | "d'" | "des" | "du");
    let found = match word {
        "plus" if of && r.is_any(k.wrapping_sub(2), &["pas", "au"]) => (Bound::AtMost, k - 2),
        // « en plus de 300 soldats »: besides them; « un plus de 630 »: a gain.
        "moins" if of && r.is(k.wrapping_sub(2), "en") && measures_time(r, start) => (Bound::LessThan, k - 1),
        "plus" | "moins" if of && r.is_any(k.wrapping_sub(2), &["en", "ni", "un"]) => return None,
        "plus" if of && r.is_any(k.wrapping_sub(2), &["beaucoup", "bien"]) => (Bound::MoreThan, k - 2),
        "plus" if of => (Bound::MoreThan, k - 1),
        // « pas moins de 5 », and « au moins de 5 », which careless writers put for « d'au moins 5 ».
        "moins" if of && r.is_any(k.wrapping_sub(2), &["pas", "au"]) => (Bound::AtLeast, k - 2),
        "moins" if of => (Bound::LessThan, k - 1),
        "moins" if r.is_any(k.wrapping_sub(2), &["au", "du"]) => (Bound::AtLeast, k - 2),
        "plus" if r.precedes(k - 1, &["au"]) => (Bound::AtMost, k - 2),
        "près" if of && r.precedes(k - 1, &["peu"]) => (Bound::About, k - 2),
        "près" if of => (Bound::Nearly, k - 1),
        "peu" if r.precedes(k - 1, &["à"]) => (Bound::About, k - 2),
        "près" if r.precedes(k - 1, &["à", "peu"]) => (Bound::About, k - 3),
        "presque" => (Bound::Nearly, k - 1),
        "peine" if r.is(k.wrapping_sub(2), "à") => (Bound::Barely, k - 2),
        "loin" if of && r.is(k.wrapping_sub(2), "pas") => (Bound::Nearly, k - 2),
        "mieux" if r.is(k.wrapping_sub(2), "au") => (Bound::AtMost, k - 2),
        "mot" | "," if bas_mot(r, k).is_some() => (Bound::AtLeast, bas_mot(r, k)?),
        "plus" if r.precedes(k - 1, &["tout", "au"]) => (Bound::AtMost, k - 3),
        "environ" | "quelque" | "quelques" | "approximativement" => (Bound::About, k - 1),
        "autour" | "alentours" | "ordre" | "avoisiner" | "voisinage" if of => (Bound::About, k - 1),
        w if fr::APPROACHING.has(w) => (Bound::Nearly, k - 1),
        "jusqu'" if link == 1 => (Bound::AtMost, k - 1),
        "delà" if link == 1 && (k.saturating_sub(5)..k - 1).any(|j| r.is_any(j, &["pas", "n'", "ne"])) => {
            (Bound::AtMost, k - 1)
        }
        "delà" if link == 1 => (Bound::MoreThan, k - 1),
        "supérieur" | "supérieure" | "supérieurs" | "supérieures" if link == 1 && !of => (Bound::MoreThan, k - 1),
        "inférieur" | "inférieure" | "inférieurs" | "inférieures" if link == 1 && !of => (Bound::LessThan, k - 1),
        w if fr::EXCEEDING.has(w) => {
            let denied = (k.saturating_sub(6)..k - 1).any(|j| r.is_any(j, &["ne", "n'", "pas", "sans"]));
            (if denied { Bound::AtMost } else { Bound::MoreThan }, k - 1)
        }
        "minimum" if r.is_any(k.wrapping_sub(2), &["un", "au"]) => (Bound::AtLeast, k - 2),
        "maximum" if r.is_any(k.wrapping_sub(2), &["un", "au"]) => (Bound::AtMost, k - 2),
        "minimum" => (Bound::AtLeast, k - 1),
        "maximum" => (Bound::AtMost, k - 1),
        _ => return None,
    };
    Some(found)
}

/// A qualifier behind the number: « 200 environ », « 12 morts au moins », « 30 % ou plus ».
pub fn bound_after(r: &Reader, end: usize) -> Option<Bound> {
    for at in end..end + 2 {
        let found = match r.lower(at) {
            // « 12 environ 30 »: the qualifier of what follows.
            "environ" | "approximativement" if !numeral_follows(r, at + 1) => Bound::About,
            "minimum" if !numeral_follows(r, at + 1) => Bound::AtLeast,
            "maximum" if !numeral_follows(r, at + 1) => Bound::AtMost,
            "au" if r.follows(at + 1, &["bas", "mot"]) => Bound::AtLeast,
            "au" if r.is(at + 1, "mieux") => Bound::AtMost,
            "tout" if r.follows(at + 1, &["au", "plus"]) => Bound::AtMost,
            "au" if r.is_any(at + 1, &["moins", "minimum"]) && !numeral_follows(r, at + 2) => Bound::AtLeast,
            "au" if r.is_any(at + 1, &["plus", "maximum"]) && !numeral_follows(r, at + 2) => Bound::AtMost,
            "ou" | "et" if r.is(at + 1, "plus") && !r.is_any(at + 2, &["de", "d'"]) => Bound::AtLeast,
            "ou" if r.is(at + 1, "moins") && !r.is(at - 1, "plus") => Bound::AtMost,
            _ if r.is_word(at) => continue,
            _ => return None,
        };
        return Some(found);
    }
    None
}

fn numeral_follows(r: &Reader, i: usize) -> bool {
    matches!(r.class(i), Class::Digits | Class::Small(_) | Class::Tens(_) | Class::Hundred | Class::Thousand)
}

/// « au bas mot » before `k`, with the comma behind it perhaps: where it begins.
fn bas_mot(r: &Reader, k: usize) -> Option<usize> {
    let end = k - usize::from(r.is(k - 1, ","));
    r.precedes(end, &["au", "bas", "mot"]).then(|| end - 3)
}

/// Whether a length of time begins at `start`: « en moins de dix jours » is not "besides".
fn measures_time(r: &Reader, start: usize) -> bool {
    let duration = |i: usize| matches!(r.class(i), Class::Unit(Unit::Measure(m)) if m.size().0 == crate::facts::quantity::Dimension::Duration);
    (start..start + 4).any(duration)
}

/// The currency sign or code before figures: « £ 1 million », « EUR 5 ».
pub fn currency_before(r: &Reader, start: usize) -> Option<(Currency, usize)> {
    match (start > 0).then(|| r.class(start - 1))? {
        Class::Unit(Unit::Money(c)) if !r.is_word(start - 1) || r.tokens.all()[start - 1].upper => Some((c, start - 1)),
        _ => None,
    }
}

/// The unit that begins at `end`, and the index after it. Signs and letters of one or two characters count after
/// figures only.
pub fn unit_at(r: &Reader, end: usize, in_words: bool) -> Option<(Unit, usize)> {
    let mut at = end;
    if r.is_any(at, &["de", "d'"]) && matches!(r.class(at + 1), Class::Unit(Unit::Money(_) | Unit::Measure(_))) {
        at += 1;
    }
    if r.among(at, &fr::BEFORE_UNITS) && matches!(r.class(at + 1), Class::Unit(Unit::Measure(_))) {
        at += 1;
    }
    at = r.skip_hyphen(at);
    if r.follows(at, &["pour", "cent"]) || r.follows(at, &["pour", "cents"]) {
        return Some((Unit::Percent, at + 2));
    }
    if r.follows(at, &["pour", "-", "cent"]) {
        return Some((Unit::Percent, at + 3));
    }
    if r.follows(at, &["p", ".", "100"]) {
        return Some((Unit::Percent, at + 3));
    }
    let next = |k: usize, words: &[&str]| r.is_any(at + k, words);
    let metric = |measure, length: usize| Some((Unit::Measure(measure), at + length));
    if let Some(degrees) = crate::facts::degrees::unit_at(r, at) {
        return Some(degrees);
    }
    match r.class(at) {
        Class::Thousand if crate::facts::numeral::nautical(r, at) => {
            let length = if next(1, &["nautique", "nautiques", "marin", "marins"]) { 2 } else { 1 };
            metric(Measure::NauticalMile, length)
        }
        Class::Hundred if !in_words => Some((Unit::Money(Currency::Cent), at + 1)),
        Class::Unit(Unit::Measure(Measure::Kilometre)) if next(1, &["carré", "carrés", "2", "²"]) => {
            metric(Measure::SquareKilometre, 2)
        }
        Class::Unit(Unit::Measure(Measure::Metre)) if next(1, &["carré", "carrés", "2", "²"]) => {
            metric(Measure::SquareMetre, 2)
        }
        Class::Unit(Unit::Measure(Measure::Metre)) if next(1, &["cube", "cubes", "3", "³"]) => {
            metric(Measure::CubicMetre, 2)
        }
        Class::Unit(Unit::Measure(Measure::Kilometre)) if next(1, &["/"]) && next(2, &["h"]) => {
            metric(Measure::KilometrePerHour, 3)
        }
        Class::Unit(Unit::Measure(Measure::Kilometre))
            if r.follows(at + 1, &["à", "l'", "heure"]) || r.follows(at + 1, &["par", "heure"]) =>
        {
            metric(Measure::KilometrePerHour, if next(1, &["par"]) { 3 } else { 4 })
        }
        Class::Unit(Unit::Measure(Measure::Mile)) if next(1, &["nautique", "nautiques"]) => {
            metric(Measure::NauticalMile, 2)
        }
        Class::Unit(Unit::Point) if in_words => None,
        Class::Unit(_) if in_words && r.lower(at).chars().count() < 3 && !r.is(at, "an") => None,
        Class::Unit(unit) => Some((unit, at + 1)),
        _ => None,
    }
}

/// Whether « 29 ans » at `start` is an age.
pub fn is_age(r: &Reader, start: usize, end: usize) -> bool {
    let before = |w: &[&str]| start >= w.len() && r.precedes(start, w);
    let aged = start >= 2 && r.is(start - 1, "de") && r.is_any(start - 2, &["âgé", "âgée", "âgés", "âgées", "âge"]);
    r.is(end - 1, "ans") && (aged || before(&[","]) && r.is_any(end, &[",", ")", "."]))
}

/// How surely a number in words has to return: idiom makes « les deux » both, « quinze jours » two weeks.
pub fn duty(r: &Reader, q: &Quantity, start: usize, end: usize) -> Duty {
    let before = r.lower(start.wrapping_sub(1));
    // « mises sur leur 31 »: in their best clothes.
    if q.value == 31.0 && matches!(before, "son" | "leur" | "mon" | "notre" | "votre") {
        return Duty::May;
    }
    // « le 20 Heures », the evening news
    if q.unit == Unit::Measure(Measure::Hour) && r.capital(end) && matches!(before, "le" | "au" | "du") {
        return Duty::May;
    }
    if !q.in_words {
        return Duty::Must;
    }
    // « le numéro trois de la guérilla »: the deputy leader
    if before == "numéro" && q.value < 4.0 {
        return Duty::May;
    }
    // « l'entre-deux-guerres », « un deux-roues », « les Deux-Sèvres »
    let glued =
        |hyphen: usize, word: usize| r.is_hyphen(hyphen) && r.glued(hyphen) && r.glued(hyphen + 1) && r.is_word(word);
    if start >= 2 && glued(start - 1, start - 2) || glued(end, end + 1) {
        return Duty::May;
    }
    if q.value == 4.0 && r.is_any(end, &["coins", "épingles", "yeux"]) {
        return Duty::May;
    }
    match q.form {
        Form::Ordinal if q.value < 2.0 => Duty::May,
        Form::Ordinal if q.value < 3.0 => Duty::Should,
        Form::Multiple if q.value == 2.0 => Duty::Should,
        _ if q.value == 0.0 => Duty::May,
        _ if q.value == 2.0 && fr::BEFORE_TWO.has(before) => Duty::Should,
        // « neuf » is new as well: « un camion neuf, ».
        _ if q.value == 9.0 && !plural(r, end) && q.unit.is_none() => Duty::May,
        _ if matches!(q.value as u32, 8 | 15) && q.unit == Unit::Measure(Measure::Day) => Duty::Should,
        // mille mercis, trente-six solutions: many.
        _ if q.value == 1000.0 && r.is(start, "mille") && q.unit.is_none() => Duty::Should,
        _ if q.value == 36.0 => Duty::Should,
        _ => Duty::Must,
    }
}

fn plural(r: &Reader, i: usize) -> bool {
    r.is_word(i) && r.lower(i).ends_with(['s', 'x'])
}

/// Numbers without a numeral: « des milliers », « la moitié », « un tiers », « doubler », « un trimestre ».
pub fn special(r: &Reader, i: usize) -> Option<Found> {
    let make = |value, form, duty, end| {
        let mut q = Quantity::new(value, form);
        q.in_words = true;
        q.duty = duty;
        Some(Found { quantity: q, start: i, end })
    };
    let before = r.lower(i.wrapping_sub(1));
    match r.class(i) {
        Class::Collective(n) if matches!(n, 10 | 12 | 100 | 1000) && r.lower(i).ends_with('s') => {
            magnitude(r, i, f64::from(n))
        }
        // « la trentaine », « une bonne vingtaine »
        Class::Collective(n) => {
            let of = r.is_any(i + 1, &["de", "d'"]);
            let mut found = make(f64::from(n), Form::Cardinal, if of { Duty::Must } else { Duty::May }, i + 1)?;
            found.quantity.rounded = true;
            if matches!(before, "la" | "sa" | "leur" | "ma") && !of {
                found.quantity.unit = Unit::Age;
            }
            Some(found)
        }
        Class::Scale(e) if r.lower(i).ends_with('s') => magnitude(r, i, 10f64.powi(i32::from(e))),
        // « au million », « le milliard »
        Class::Scale(e) => make(10f64.powi(i32::from(e)), Form::Cardinal, Duty::May, i + 1),
        // « la dernière décennie »
        Class::Unit(Unit::Measure(measure @ (Measure::Decade | Measure::Century))) => {
            let mut found = make(1.0, Form::Cardinal, Duty::May, i + 1)?;
            found.quantity.unit = Unit::Measure(measure);
            Some(found)
        }
        // « XVe congrès », « IIIe République »
        Class::Other if r.capital(i) => {
            let rank = crate::facts::class::roman_ordinal(r.tokens.raw(i))?;
            // « IIIe corps », « Ve République »: what is numbered is said; the third floor is not.
            make(f64::from(rank), Form::Ordinal, if r.is_word(i + 1) { Duty::Should } else { Duty::May }, i + 1)
        }
        // « demi-million », « demi-douzaine »
        Class::Half => {
            let scale = match r.class(r.skip_hyphen(i + 1)) {
                Class::Scale(e) => 10f64.powi(i32::from(e)),
                Class::Collective(n @ (12 | 1000)) => f64::from(n),
                // « en un demi-siècle »
                Class::Unit(Unit::Measure(measure @ (Measure::Century | Measure::Decade))) => {
                    let mut found = make(0.5, Form::Cardinal, Duty::May, r.skip_hyphen(i + 1) + 1)?;
                    found.quantity.unit = Unit::Measure(measure);
                    return Some(found);
                }
                _ => return make(0.5, Form::Fraction, Duty::May, i + 1),
            };
            make(scale / 2.0, Form::Cardinal, Duty::Must, r.skip_hyphen(i + 1) + 1)
        }
        // « un quart de million »
        Class::One | Class::Part(_) if part_of_scale(r, i).is_some() => {
            let (value, end) = part_of_scale(r, i)?;
            make(value, Form::Cardinal, Duty::Must, end)
        }
        // « un quart de siècle »
        Class::One | Class::Part(_) if part_of_century(r, i).is_some() => {
            let (value, end) = part_of_century(r, i)?;
            let mut found = make(value, Form::Cardinal, Duty::Should, end)?;
            found.quantity.unit = Unit::Measure(Measure::Year);
            Some(found)
        }
        Class::One if matches!(r.class(i + 1), Class::Part(_)) => {
            let Class::Part(n) = r.class(i + 1) else { return None };
            let mut found = make(1.0 / f64::from(n), Form::Fraction, Duty::Should, i + 2)?;
            found.quantity.other_reading = Some(f64::from(n));
            if r.is(i + 1, "tiers") && r.is_word(i + 2) && !r.is_any(i + 2, &["des", "de", "du", "d'", "seulement"]) {
                found.quantity.duty = Duty::May;
            }
            Some(found)
        }
        Class::Part(n) => {
            // « les tiers » are third parties.
            let mut found = make(1.0 / f64::from(n), Form::Fraction, Duty::May, i + 1)?;
            found.quantity.other_reading = Some(f64::from(n));
            Some(found)
        }
        Class::Factor(n) => make(f64::from(n), Form::Multiple, Duty::May, i + 1),
        Class::MayCount(n) => make(f64::from(n), Form::Cardinal, Duty::May, i + 1),
        Class::MayMeasure(n, measure) => {
            let mut found = make(f64::from(n), Form::Cardinal, Duty::May, i + 1)?;
            found.quantity.unit = Unit::Measure(measure);
            Some(found)
        }
        // « un an et demi », « une heure »
        Class::One => {
            let Class::Unit(Unit::Measure(measure)) = r.class(i + 1) else { return None };
            // « un T-72 » is no tonne.
            if r.lower(i + 1).chars().count() < 3 && !r.is(i + 1, "an") {
                return None;
            }
            let half = r.is(i + 2, "et") && r.class(i + 3) == Class::Half;
            let (value, duty, end) = if half { (1.5, Duty::Should, i + 4) } else { (1.0, Duty::May, i + 2) };
            let mut found = make(value, Form::Cardinal, duty, end)?;
            found.quantity.unit = Unit::Measure(measure);
            Some(found)
        }
        _ => None,
    }
}

/// « (un) quart de million »: its value, and the index after it.
fn part_of_scale(r: &Reader, i: usize) -> Option<(f64, usize)> {
    let at = i + usize::from(r.class(i) == Class::One);
    match (r.class(at), r.class(at + 2)) {
        (Class::Part(n), Class::Scale(e)) if r.is(at + 1, "de") => {
            Some((10f64.powi(i32::from(e)) / f64::from(n), at + 3))
        }
        _ => None,
    }
}

/// « (un) quart de siècle »: its years, and the index after it.
fn part_of_century(r: &Reader, i: usize) -> Option<(f64, usize)> {
    let at = i + usize::from(r.class(i) == Class::One);
    let Class::Part(n) = r.class(at) else { return None };
    (r.is(at + 1, "de") && r.is(at + 2, "siècle")).then(|| (100.0 / f64::from(n), at + 3))
}

/// « des dizaines de milliers », « plusieurs centaines », « des millions »: an order of magnitude.
fn magnitude(r: &Reader, i: usize, unit: f64) -> Option<Found> {
    let mut value = if unit == 12.0 { 10.0 } else { unit };
    let mut end = i + 1;
    if r.is_any(end, &["de", "d'"]) {
        match r.class(end + 1) {
            Class::Collective(n) if n >= 1000 => (value, end) = (value * f64::from(n), end + 2),
            Class::Scale(e) => (value, end) = (value * 10f64.powi(i32::from(e)), end + 2),
            _ => {}
        }
    }
    let mut q = Quantity::new(value, Form::Magnitude);
    q.in_words = true;
    q.duty = Duty::Should;
    Some(Found { quantity: q, start: i, end })
}
