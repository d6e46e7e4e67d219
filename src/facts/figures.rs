//! Finds quantities, dates, times and designators in a text, and the currencies and casualty words that are no part of
//! these. No token belongs to more than one of these facts, except a currency before its figure ("EUR 11"), which is
//! found by itself as well.

use super::class::{Class, ClassedTokens};
use super::dates::Sink;
use super::designators;
use super::forms::{fraction, half, ordinal_suffix, range};
use super::found::FoundQuantity;
use super::numeral::{self, Numeral};
use super::quantity::{BareCurrency, Bound, Casualty, Duty, Measure, NumberForm, Quantity, Unit};
use super::{Context, Fact, FactValue, en, fr};
use crate::lang::Lang;
use crate::lexicon::any;

/// Adds the quantities, dates, times and designators of a text, and its other currencies and casualty words, to `out`,
/// in the order of the text.
pub fn extract(r: &ClassedTokens, context: &Context, out: &mut Vec<Fact>) {
    let mut i = 0;
    // The index after the last fact, and the scale that the next number may leave out (see `elided_scale`).
    let mut last_end = 0;
    let mut scale = 1.0;
    while i < r.len() {
        if let Some(end) = address(r, i) {
            i = end;
            continue;
        }
        // The 2 or 3 of an exponent or of a chemical formula is no figure: « au m2 », "per km2", CO2.
        if r.is_any(i, &["m", "km", "cm", "co"]) && r.glued(i + 1) && r.is_any(i + 1, &["2", "3"]) {
            i += 2;
            continue;
        }
        let known = out.len();
        let mut sink = Sink { facts: out, published: context.date };
        let dated = match r.lang {
            Lang::Fr => fr::dates::read(r, i, &mut sink),
            Lang::En => en::dates::read(r, i, &mut sink),
        };
        if let Some(end) = dated {
            // The span of a date may begin with a word before it ("early May"), but not inside the fact before it.
            let free = r.tokens.get(last_end).map_or(0, |t| t.span.start);
            for fact in &mut out[known..] {
                fact.span.start = fact.span.start.max(free);
            }
            (i, last_end) = (end, end);
            continue;
        }
        if let Some((value, end)) = time_or_designator(r, i) {
            out.push(Fact { span: r.tokens.span(i, end), value });
            (i, last_end) = (end, end);
            continue;
        }
        match quantity(r, i) {
            Some(mut found) => {
                scale = elided_scale(r, &mut found, scale);
                let start = found.start.max(last_end);
                super::shares::mark_first(&found.quantity, out);
                shared_scale(r, scale, (last_end, i), out);
                out.push(Fact { span: r.tokens.span(start, found.end), value: FactValue::Quantity(found.quantity) });
                (i, last_end) = (found.end, found.end);
            }
            None => {
                out.extend(alone(r, i).map(|value| Fact { span: r.tokens.span(i, i + 1), value }));
                i += 1;
            }
        }
    }
}

/// The time of day or the designator (a name with a number, a version or a race time) that begins at token `i`, and the
/// index after it.
fn time_or_designator(r: &ClassedTokens, i: usize) -> Option<(FactValue, usize)> {
    // Versions and race times come first: the result "2:03:59" is not a time of day.
    if let Some((designator, end)) = designators::version(r, i) {
        return Some((FactValue::Designator(designator), end));
    }
    let time = match r.lang {
        Lang::Fr => fr::times::read(r, i),
        Lang::En => en::times::read(r, i),
    };
    let designator = || designators::read(r, i).map(|(designator, end)| (FactValue::Designator(designator), end));
    time.map(|(time, end)| (FactValue::Time(time), end)).or_else(designator)
}

/// The fact that a currency or a word of killing, wounding and the like at `i` makes by itself, where no quantity has
/// taken it in.
fn alone(r: &ClassedTokens, i: usize) -> Option<FactValue> {
    match r.class(i) {
        Class::Unit(Unit::Money(currency)) if r.is_word(i) && !currency.is_also_a_word() => {
            Some(FactValue::Currency(BareCurrency { currency }))
        }
        Class::Outcome(_) => super::casualties::alone(r, i).map(|outcome| FactValue::Casualty(Casualty { outcome })),
        _ => None,
    }
}

/// The index after the web address, or the "@" with its name, that begins at `i`. Addresses are skipped, because their
/// digits are no figures. `None` for an address of only two tokens, such as "@selm".
fn address(r: &ClassedTokens, i: usize) -> Option<usize> {
    if !r.is_any(i, &["http", "https", "www", "@"]) {
        return None;
    }
    let mut end = i + 1;
    while end < r.len() && r.glued(end) {
        end += 1;
    }
    (end > i + 2).then_some(end)
}

/// The quantity whose number begins at token `i`, with its qualifier, currency or unit, and what it counts. A qualifier
/// or a currency before the number is part of the quantity, which may therefore begin before token `i`.
fn quantity(r: &ClassedTokens, i: usize) -> Option<FoundQuantity> {
    if let Some(found) = vulgar_fraction(r, i).or_else(|| majority(r, i)) {
        return Some(found);
    }
    let Some(n) = numeral::read(r, i) else {
        let mut found = match r.lang {
            Lang::Fr => fr::quantities::without_numeral(r, i),
            Lang::En => en::quantities::without_numeral(r, i),
        }?;
        // Of the quantities that must or should have a counterpart, orders of magnitude and cardinals without a unit
        // take in all that can stand around a number. The others, and all fractions and measures, take in only a
        // qualifier.
        if found.quantity.unit.is_none()
            && matches!(found.quantity.form, NumberForm::Magnitude | NumberForm::Cardinal)
            && found.quantity.duty > Duty::May
        {
            finish(r, &mut found);
        } else if (found.quantity.duty > Duty::May
            || found.quantity.form == NumberForm::Fraction
            || matches!(found.quantity.unit, Unit::Measure(_)))
            && let Some((bound, start)) = bound_before(r, found.start)
        {
            (found.quantity.bound, found.start) = (bound, start);
        }
        return Some(found);
    };
    let mut found = FoundQuantity { quantity: from_numeral(r, &n), start: i, end: n.end };
    if let Some(end) = ordinal_suffix(r, &n) {
        found.quantity.form = NumberForm::Ordinal;
        found.quantity.duty = if n.value < 2.0 { Duty::May } else { Duty::Must };
        found.end = end;
        return Some(found);
    }
    if found.quantity.form == NumberForm::Ordinal {
        // « huitièmes de finale » is "the round of sixteen" in English, so twice the number is the other reading.
        if r.follows(n.end, &["de", "finale"]) {
            found.quantity.other_reading = Some(n.value * 2.0);
            found.quantity.duty = Duty::May;
            return Some(found);
        }
        // After twenty, thirty and so on, "second" may be a unit and not an ordinal: "a fifty-second pause" is one of
        // fifty seconds. So the number without the 2 is the other reading.
        if r.lang == Lang::En && r.is(n.end - 1, "second") && n.value > 20.0 {
            found.quantity.other_reading = Some(n.value - 2.0);
        }
        found.quantity.duty = duty(r, &found.quantity, i, n.end);
        return Some(found);
    }
    if let Some(end) = fraction(r, &n, &mut found.quantity) {
        found.end = end;
        if let Some((bound, start)) = bound_before(r, found.start) {
            (found.quantity.bound, found.start) = (bound, start);
        }
        return Some(found);
    }
    let times = r.skip_hyphen(found.end);
    if r.class(times) == Class::Times {
        found.quantity.form = NumberForm::Multiple;
        found.end = times + 1;
    }
    finish(r, &mut found);
    Some(found)
}

/// The quantity that « la plupart des » or "most of" tells: more than half, although the text has no number.
fn majority(r: &ClassedTokens, i: usize) -> Option<FoundQuantity> {
    let french = r.is_any(i, &["plupart", "majorité"]) && r.is_any(i + 1, &["des", "de", "du", "d'"]);
    let english = r.is(i, "most") && r.is(i + 1, "of") && !r.is(i.wrapping_sub(1), "the")
        || r.is(i, "majority") && r.is(i + 1, "of");
    if !(if r.lang == Lang::Fr { french } else { english }) {
        return None;
    }
    let mut quantity = Quantity::new(0.5, NumberForm::Fraction);
    (quantity.bound, quantity.in_words, quantity.duty) = (Bound::MoreThan, true, Duty::May);
    Some(FoundQuantity { quantity, start: i, end: i + 1 })
}

/// A fraction written as one character, such as « ¾ ». Only « ½ » is not read here: it has the class [`Class::Half`],
/// and is read by `without_numeral` or with the number before it.
fn vulgar_fraction(r: &ClassedTokens, i: usize) -> Option<FoundQuantity> {
    let value = numeral::vulgar(r, i).filter(|_| !r.is(i, "½"))?;
    let mut quantity = Quantity::new(value, NumberForm::Fraction);
    let mut start = i;
    if let Some((bound, from)) = bound_before(r, i) {
        (quantity.bound, start) = (bound, from);
    }
    Some(FoundQuantity { quantity, start, end: i + 1 })
}

/// The quantity of a number by itself, without what stands around it.
fn from_numeral(r: &ClassedTokens, n: &Numeral) -> Quantity {
    let mut q = Quantity::new(n.value, if n.ordinal { NumberForm::Ordinal } else { NumberForm::Cardinal });
    q.other_reading = n.other_reading;
    q.ambiguous = n.ambiguous;
    q.foreign_separators = n.other_reading.is_some() && !(r.is(n.end - 1, "milles"));
    q.in_words = n.in_words;
    q.rounded = n.rounded;
    q
}

/// Adds to a number what stands around it: currency or unit, the end of a range, qualifier, age, share and whom it
/// counts; and sets its duty, unless it is an order of magnitude.
fn finish(r: &ClassedTokens, found: &mut FoundQuantity) {
    // The tokens of the number by itself, before others are added.
    let core = (found.start, found.end);
    let currency = match r.lang {
        Lang::Fr => fr::units::currency_before(r, found.start),
        Lang::En => en::units::currency_before(r, found.start),
    };
    if let Some((c, start)) = currency {
        found.quantity.unit = Unit::Money(c);
        found.start = start;
    }
    range(r, found);
    if found.quantity.unit.is_none()
        && let Some((unit, end)) = unit_at(r, found.end, found.quantity.in_words)
    {
        found.quantity.unit = unit;
        found.quantity.ambiguous &= unit != Unit::Percent;
        found.end = end;
        half(r, found);
    }
    match bound_before(r, found.start) {
        Some((bound, start)) => (found.quantity.bound, found.start) = (bound, start),
        None => {
            let after = match r.lang {
                Lang::Fr => fr::qualifiers::bound_after(r, found.end),
                Lang::En => en::qualifiers::bound_after(r, found.end),
            };
            if let Some(bound) = after {
                found.quantity.bound = bound;
            }
        }
    }
    let age = match r.lang {
        Lang::Fr => fr::units::is_age(r, core.0, found.end),
        Lang::En => en::units::is_age(r, core.0),
    };
    if age && matches!(found.quantity.unit, Unit::None | Unit::Measure(Measure::Year)) {
        found.quantity.unit = Unit::Age;
    }
    // "25m" may be 25 million or 25 metres ("25m personal records"), so it is read as 25 without a unit, with 25
    // million as the other reading.
    if r.lang == Lang::En
        && r.is(found.end - 1, "m")
        && r.glued(found.end - 1)
        && found.quantity.other_reading.is_none()
    {
        found.quantity.other_reading = Some(found.quantity.value * 1e6);
        found.quantity.unit = Unit::None;
    }
    super::degrees::sign(r, found, core.0);
    super::shares::read(r, found, core.0);
    super::issuers::read(r, found);
    if found.quantity.form != NumberForm::Magnitude {
        found.quantity.duty = duty(r, &found.quantity, core.0, core.1);
    }
    super::casualties::count(r, found);
}

/// The qualifier of the number at token `start`, and where it begins.
pub(super) fn bound_before(r: &ClassedTokens, start: usize) -> Option<(Bound, usize)> {
    match r.lang {
        Lang::Fr => fr::qualifiers::bound_before(r, start),
        Lang::En => en::qualifiers::bound_before(r, start),
    }
}

/// In « 1,5 et 8 millions » the millions may be meant for both numbers. So the last quantity in `out` gets its value
/// times `scale` as its other reading, if only a word for "and", "or" or "to" stands between it and the next number,
/// and `scale` is a million or more. The quantity must be a cardinal below 1000, without a unit and without another
/// reading. `scale` is that of the next number, or if the next number has none, the last scale that the text has named.
/// `between` has the index after the last quantity, and the index of the next number.
fn shared_scale(r: &ClassedTokens, scale: f64, between: (usize, usize), out: &mut [Fact]) {
    let joined = between.1 == between.0 + 1 && r.is_any(between.0, &["et", "and", "ou", "or", "à", "to"]);
    if let Some(Fact { value: FactValue::Quantity(q), .. }) = out.last_mut().filter(|_| joined && scale >= 1e6)
        && q.unit.is_none()
        && q.form == NumberForm::Cardinal
        && q.other_reading.is_none()
        && q.value < 1000.0
    {
        q.other_reading = Some(q.value * scale);
    }
}

/// A scale may be left out where the text has named it before: in « 61 milliards de dollars, dont 14 pour l'armement »,
/// 14 means 14 billion. So a number that has no scale and no unit may get its value times the last scale that the text
/// has named (`before`) as its other reading, mostly only if no noun follows the quantity. Returns the scale that the
/// next number may leave out.
fn elided_scale(r: &ClassedTokens, found: &mut FoundQuantity, before: f64) -> f64 {
    let own = (found.start..found.end).find_map(|i| match r.class(i) {
        Class::Scale(e) => Some(10f64.powi(i32::from(e))),
        _ => None,
    });
    if let Some(scale) = own {
        return scale;
    }
    let bare = !r.is_word(found.end) || r.among(found.end, &any::BEHIND_FIGURES);
    let q = &mut found.quantity;
    // After millions, a number with decimals probably means millions even if a word follows it: « neuf millions, contre
    // les 5,2 reçus ».
    let bare = bare || before >= 1e6 && q.value.fract() != 0.0;
    let may_be_scaled = !q.in_words || before >= 1e6 && q.value < 1000.0;
    if before > 1.0
        && bare
        && q.unit.is_none()
        && q.form == NumberForm::Cardinal
        && q.other_reading.is_none()
        && may_be_scaled
    {
        q.other_reading = Some(q.value * before);
    }
    before
}

/// Whether the number must, should or may have a counterpart in the other text. Its tokens are `start..end`.
fn duty(r: &ClassedTokens, q: &Quantity, start: usize, end: usize) -> Duty {
    match r.lang {
        Lang::Fr => fr::quantities::duty(r, q, start, end),
        Lang::En => en::quantities::duty(r, q, start, end),
    }
}

/// The unit of the number that ends right before token `end`, and the index after it.
fn unit_at(r: &ClassedTokens, end: usize, in_words: bool) -> Option<(Unit, usize)> {
    match r.lang {
        Lang::Fr => fr::units::unit_at(r, end, in_words),
        Lang::En => en::units::unit_at(r, end, in_words),
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::Pair;
    use crate::facts::{Context, FactValue, extract};
    use crate::lang::Lang;
    use proptest::prelude::*;

    /// Words and signs that the grammars look for, so that random texts of them reach much of the grammars.
    const BITS: &[&str] = &[
        "12",
        "0",
        "2008",
        "1",
        "000",
        "200",
        "31",
        "3,158",
        "20.000",
        "14h30",
        "un",
        "une",
        "deux",
        "quatre",
        "vingt",
        "cent",
        "mille",
        "milles",
        "million",
        "milliards",
        "et",
        "demi",
        "demie",
        "dizaine",
        "dizaines",
        "de",
        "d'",
        "à",
        "entre",
        "les",
        "plus",
        "moins",
        "au",
        "pas",
        "jusqu'",
        "quart",
        "tiers",
        "premier",
        "siècle",
        "XXe",
        "XIX",
        "années",
        "lundi",
        "mars",
        "mai",
        "le",
        "du",
        "heures",
        "minuit",
        "GMT",
        "ans",
        "km",
        "%",
        "€",
        "$",
        "pour",
        "tué",
        "blessés",
        "nuit",
        "an",
        "one",
        "a",
        "two",
        "twenty",
        "hundred",
        "thousand",
        "million",
        "and",
        "half",
        "dozen",
        "tens",
        "of",
        "to",
        "between",
        "third",
        "quarter",
        "the",
        "1970s",
        "'s",
        "s",
        "th",
        "century",
        "Monday",
        "May",
        "March",
        "early",
        "mid",
        "p.m.",
        "am",
        "o'clock",
        "years",
        "old",
        "miles",
        "square",
        "per",
        "killed",
        "wounded",
        "T",
        "M23",
        "S-300",
        "Louis",
        "XVI",
        "-",
        "–",
        ",",
        ".",
        ":",
        "/",
        "(",
        ")",
        "½",
        "«",
        "»",
        "\u{a0}",
        "\u{202f}",
        "m",
        "bn",
        "k",
        "e",
        "er",
        "é",
        "’",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3000))]

        #[test]
        fn no_sequence_of_words_breaks_the_grammars(
            picks in proptest::collection::vec((0..BITS.len(), any::<bool>()), 0..24),
            more in proptest::collection::vec((0..BITS.len(), any::<bool>()), 0..24),
        ) {
            let text = |picks: &[(usize, bool)]| {
                picks.iter().fold(String::new(), |t, &(i, space)| t + BITS[i] + if space { " " } else { "" })
            };
            let (source, target) = (text(&picks), text(&more));
            for lang in [Lang::Fr, Lang::En] {
                let mut last = 0;
                let facts = extract(&source, &Context { lang, date: Some(jiff::civil::date(2024, 11, 29)) });
                let figure = |v: &FactValue| {
                    use FactValue::*;
                    matches!(v, Quantity(_) | Date(_) | Time(_) | Designator(_) | Casualty(_))
                };
                for fact in facts.iter().filter(|f| figure(&f.value)) {
                    prop_assert!(!fact.span.is_empty() && fact.span.start >= last);
                    prop_assert!(source.get(fact.span.start..fact.span.end).is_some());
                    last = fact.span.end;
                }
            }
            for finding in Pair::new(&source, &target, None).check() {
                prop_assert!(finding.source.is_none_or(|s| source.get(s.start..s.end).is_some()));
                prop_assert!(finding.target.is_none_or(|s| target.get(s.start..s.end).is_some()));
            }
        }

        #[test]
        fn no_text_breaks_the_grammars(source in "\\PC{0,80}", target in "\\PC{0,80}") {
            Pair::new(&source, &target, None).check();
        }
    }
}
