//! French quantities without a numeral (« des milliers », « la moitié », « un trimestre »), and the duty of French
//! numbers: whether the English must, should or may have a counterpart of them.

use crate::facts::class::{Class, ClassedTokens, roman_ordinal};
use crate::facts::found::FoundQuantity;
use crate::facts::quantity::{Bound, Duty, Measure, NumberForm, Quantity, Unit};
use crate::lexicon::fr;

/// Whether the English must, should or may have a counterpart of the number in the tokens `start..end`. Where idiom may
/// change the number, the answer is less than must: « les deux » becomes "both", and « quinze jours » "two weeks".
pub fn duty(r: &ClassedTokens, q: &Quantity, start: usize, end: usize) -> Duty {
    let before = r.lower(start.wrapping_sub(1));
    // « Sur leur 31 » means *in their best clothes*.
    if q.value == 31.0 && matches!(before, "son" | "leur" | "mon" | "notre" | "votre") {
        return Duty::May;
    }
    // « Le 20 Heures » is the evening news.
    if q.unit == Unit::Measure(Measure::Hour) && r.capital(end) && matches!(before, "le" | "au" | "du") {
        return Duty::May;
    }
    if !q.in_words {
        return Duty::Must;
    }
    // English may say "the deputy leader" for « le numéro deux de la guérilla ».
    if before == "numéro" && q.value < 4.0 {
        return Duty::May;
    }
    // Numbers inside compounds may be lost: « l'entre-deux-guerres », « un deux-roues », « les Deux-Sèvres ».
    let glued =
        |hyphen: usize, word: usize| r.is_hyphen(hyphen) && r.glued(hyphen) && r.glued(hyphen + 1) && r.is_word(word);
    if start >= 2 && glued(start - 1, start - 2) || glued(end, end + 1) {
        return Duty::May;
    }
    // « N'y va pas par quatre chemins ».
    if q.value == 4.0 && before == "par" && r.is(end, "chemins") {
        return Duty::May;
    }
    // Idioms: « aux quatre coins du pays », « tiré à quatre épingles », « entre quatre yeux ».
    if q.value == 4.0 && r.is_any(end, &["coins", "épingles", "yeux"]) {
        return Duty::May;
    }
    match q.form {
        NumberForm::Ordinal if q.value < 2.0 => Duty::May,
        NumberForm::Ordinal if q.value < 3.0 => Duty::Should,
        NumberForm::Multiple if q.value == 2.0 => Duty::Should,
        _ if q.value == 0.0 => Duty::May,
        _ if q.value == 2.0 && fr::BEFORE_TWO.has(before) => Duty::Should,
        // « Neuf » also means *new* (« un camion neuf »), so it counts fully only before a plural or a unit.
        _ if q.value == 9.0 && !plural(r, end) && q.unit.is_none() => Duty::May,
        _ if matches!(q.value as u32, 8 | 15) && q.unit == Unit::Measure(Measure::Day) => Duty::Should,
        // « Mille mercis » and « trente-six solutions » mean *many*.
        _ if q.value == 1000.0 && r.is(start, "mille") && q.unit.is_none() => Duty::Should,
        _ if q.value == 36.0 => Duty::Should,
        _ => Duty::Must,
    }
}

/// Whether the word at `i` looks like a plural.
fn plural(r: &ClassedTokens, i: usize) -> bool {
    r.is_word(i) && r.lower(i).ends_with(['s', 'x'])
}

/// The quantity that begins at token `i` and has no numeral: « des milliers », « la moitié », « un tiers »,
/// « doubler », « un trimestre ».
pub fn without_numeral(r: &ClassedTokens, i: usize) -> Option<FoundQuantity> {
    let cardinal = |value, duty, end| FoundQuantity::in_words(value, NumberForm::Cardinal, duty, (i, end));
    match r.class(i) {
        Class::Collective(n) => Some(collective(r, i, n)),
        Class::Scale(e) if r.lower(i).ends_with('s') => Some(magnitude(r, i, 10f64.powi(i32::from(e)))),
        // As in « au million » and « le milliard ».
        Class::Scale(e) => Some(cardinal(10f64.powi(i32::from(e)), Duty::May, i + 1)),
        // As in « la dernière décennie ».
        Class::Unit(unit @ Unit::Measure(Measure::Decade | Measure::Century)) => {
            Some(cardinal(1.0, Duty::May, i + 1).of_unit(unit))
        }
        // As in « XVe congrès » and « IIIe République ».
        Class::Other if r.capital(i) => {
            let rank = roman_ordinal(r.tokens.raw(i))?;
            // Before a word, which may be the noun that it numbers (« IIIe corps »), the rank should be in the English.
            // Where no word follows, it may be the number of a district, which English may put in another way.
            let duty = if r.is_word(i + 1) { Duty::Should } else { Duty::May };
            Some(FoundQuantity::in_words(f64::from(rank), NumberForm::Ordinal, duty, (i, i + 1)))
        }
        Class::Half => Some(half(r, i)),
        Class::One | Class::Part(_) => part_of_scale(r, i)
            .map(|(value, end)| cardinal(value, Duty::Must, end))
            .or_else(|| part_of_century(r, i).map(|(years, end)| cardinal(years, Duty::Should, end).of_unit(YEAR)))
            .or_else(|| part(r, i))
            .or_else(|| one_unit(r, i)),
        Class::Factor(n) => Some(factor(r, i, n)),
        Class::MayCount(n) => Some(cardinal(f64::from(n), Duty::May, i + 1)),
        Class::MayMeasure(n, measure) => Some(cardinal(f64::from(n), Duty::May, i + 1).of_unit(Unit::Measure(measure))),
        _ => None,
    }
}

const YEAR: Unit = Unit::Measure(Measure::Year);

/// What a collective noun gives: a rounded number (« une bonne vingtaine »), an age (« la trentaine »), or an order of
/// magnitude (« des dizaines »). `n` is the noun's own number.
fn collective(r: &ClassedTokens, i: usize, n: u16) -> FoundQuantity {
    if matches!(n, 10 | 12 | 100 | 1000) && r.lower(i).ends_with('s') {
        return magnitude(r, i, f64::from(n));
    }
    let of = r.is_any(i + 1, &["de", "d'"]);
    let duty = if of { Duty::Must } else { Duty::May };
    // As in « une bonne cinquantaine de milliards ».
    let scale = match r.class(i + 2) {
        Class::Collective(n) if of && n >= 1000 => f64::from(n),
        Class::Scale(e) if of => 10f64.powi(i32::from(e)),
        _ => 1.0,
    };
    let end = i + if scale > 1.0 { 3 } else { 1 };
    let found = FoundQuantity::in_words(f64::from(n) * scale, NumberForm::Cardinal, duty, (i, end)).rounded();
    let age = !of && r.is_any(i.wrapping_sub(1), &["la", "sa", "leur", "ma"]);
    if age { found.of_unit(Unit::Age) } else { found }
}

/// The number that « demi » makes with the word after it (« demi-million », « demi-douzaine », « demi-siècle »), or
/// else one half.
fn half(r: &ClassedTokens, i: usize) -> FoundQuantity {
    let halved = r.skip_hyphen(i + 1);
    let whole = match r.class(halved) {
        Class::Scale(e) => 10f64.powi(i32::from(e)),
        Class::Collective(n @ (12 | 1000)) => f64::from(n),
        Class::Unit(unit @ Unit::Measure(Measure::Century | Measure::Decade)) => {
            return FoundQuantity::in_words(0.5, NumberForm::Cardinal, Duty::May, (i, halved + 1)).of_unit(unit);
        }
        _ => return FoundQuantity::in_words(0.5, NumberForm::Fraction, Duty::May, (i, i + 1)),
    };
    FoundQuantity::in_words(whole / 2.0, NumberForm::Cardinal, Duty::Must, (i, halved + 1))
}

/// The fraction that begins at token `i` (« un tiers », « quart »), with its denominator as the other reading.
fn part(r: &ClassedTokens, i: usize) -> Option<FoundQuantity> {
    let at = i + usize::from(r.class(i) == Class::One);
    let Class::Part(n) = r.class(at) else { return None };
    // « Les tiers » may be third parties, and in « un tiers payant » it is no fraction.
    let party = r.is(at, "tiers") && r.is_word(at + 1) && !r.is_any(at + 1, &["des", "de", "du", "d'", "seulement"]);
    let duty = if at == i || party { Duty::May } else { Duty::Should };
    Some(FoundQuantity::in_words(1.0 / f64::from(n), NumberForm::Fraction, duty, (i, at + 1)).or(f64::from(n)))
}

/// One unit, or one and a half: « une heure », « un an et demi ».
fn one_unit(r: &ClassedTokens, i: usize) -> Option<FoundQuantity> {
    let Class::Unit(unit @ Unit::Measure(_)) = r.class(i + 1) else { return None };
    // One or two letters other than « an » are no unit here: « un T-72 » is no tonne.
    if r.lower(i + 1).chars().count() < 3 && !r.is(i + 1, "an") {
        return None;
    }
    let half = r.is(i + 2, "et") && r.class(i + 3) == Class::Half;
    let (value, duty, end) = if half { (1.5, Duty::Should, i + 4) } else { (1.0, Duty::May, i + 2) };
    Some(FoundQuantity::in_words(value, NumberForm::Cardinal, duty, (i, end)).of_unit(unit))
}

/// The value of « (un) quart de million », and the index after it.
fn part_of_scale(r: &ClassedTokens, i: usize) -> Option<(f64, usize)> {
    let at = i + usize::from(r.class(i) == Class::One);
    match (r.class(at), r.class(at + 2)) {
        (Class::Part(n), Class::Scale(e)) if r.is(at + 1, "de") => {
            Some((10f64.powi(i32::from(e)) / f64::from(n), at + 3))
        }
        _ => None,
    }
}

/// The years of « (un) quart de siècle », and the index after it.
fn part_of_century(r: &ClassedTokens, i: usize) -> Option<(f64, usize)> {
    let at = i + usize::from(r.class(i) == Class::One);
    let Class::Part(n) = r.class(at) else { return None };
    (r.is(at + 1, "de") && r.is(at + 2, "siècle")).then(|| (100.0 / f64::from(n), at + 3))
}

/// The order of magnitude that the word at `i` makes with the words after it; `own` is its own number: « des dizaines
/// de milliers » (10 000), « plusieurs centaines » (100), « des millions ».
fn magnitude(r: &ClassedTokens, i: usize, own: f64) -> FoundQuantity {
    let mut value = if own == 12.0 { 10.0 } else { own };
    let mut end = i + 1;
    if r.is_any(end, &["de", "d'"]) {
        match r.class(end + 1) {
            Class::Collective(n) if n >= 1000 => (value, end) = (value * f64::from(n), end + 2),
            Class::Scale(e) => (value, end) = (value * 10f64.powi(i32::from(e)), end + 2),
            _ => {}
        }
    }
    FoundQuantity::in_words(value, NumberForm::Magnitude, Duty::Should, (i, end))
}

/// A factor with its limit: « a plus que doublé », « a presque triplé ».
fn factor(r: &ClassedTokens, i: usize, n: u8) -> FoundQuantity {
    let mut found = FoundQuantity::in_words(f64::from(n), NumberForm::Multiple, Duty::May, (i, i + 1));
    let before = |k: usize, words: &[&str]| r.is_any(i.wrapping_sub(k), words);
    if before(1, &["que"]) && before(2, &["plus"]) {
        found.quantity.bound = Bound::MoreThan;
    } else if before(1, &["presque", "quasiment", "pratiquement", "quasi"]) {
        found.quantity.bound = Bound::Nearly;
    }
    found
}
