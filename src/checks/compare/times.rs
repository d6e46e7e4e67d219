//! Compares how events stand in time: what links them to a date or a length of time that both texts have (before,
//! after, since), and words that say when and how often.

use crate::checks::{Confidence, Pair, Severity, Side as Text};
use crate::facts::date::{DateFact, Relative};
use crate::facts::time_relation::{TimeRelation, Whole};
use crate::facts::{Fact, FactValue};
use crate::lexicon::time_words::{DayPart, Link, Period, Side};
use crate::span::Span;

/// One relation that changed.
pub struct TimeDifference {
    pub source: Span,
    pub target: Span,
    pub severity: Severity,
    pub confidence: Confidence,
}

/// A value with its place.
type Placed<T> = (Span, T);

/// The relations in time in which the two texts of a pair differ.
pub fn compare(pair: &Pair<'_>) -> Vec<TimeDifference> {
    let mut out = Vec::new();
    out.extend(super::clause_order::turned(pair).map(|(source, target)| {
        let (severity, confidence) = (Severity::Warning, Confidence::Medium);
        TimeDifference { source, target, severity, confidence }
    }));
    if !speaks_of_time(&pair.source) || !speaks_of_time(&pair.target) {
        return out;
    }
    links(pair, &mut out);
    parts(pair, &mut out);
    sides(pair, &mut out);
    often(pair, &mut out);
    let mut add = |found: Option<(Span, Span)>| {
        let (severity, confidence) = (Severity::Warning, Confidence::Medium);
        out.extend(found.map(|(source, target)| TimeDifference { source, target, severity, confidence }));
    };
    add(alone(&day_parts(&pair.source), &day_parts(&pair.target), day_parts_agree));
    let feasts = |t: &Text<'_>| relations(t, |x| if let TimeRelation::Feast(f) = x { Some(f) } else { None });
    add(left_over(&feasts(&pair.source), &feasts(&pair.target)));
    let turns = |t: &Text<'_>| {
        relations(
            t,
            |x| if let TimeRelation::PartOfYear { months, number } = x { Some((months, number)) } else { None },
        )
    };
    add(alone(&turns(&pair.source), &turns(&pair.target), |a, b| a == b));
    let seasons = |t: &Text<'_>| dates(t, |d| d.season);
    add(alone(&seasons(&pair.source), &seasons(&pair.target), |a, b| a == b));
    let periods = |t: &Text<'_>| dates(t, |d| d.relative.filter(|r| r.period().is_some()));
    add(alone(&periods(&pair.source), &periods(&pair.target), |a, b| a == b));
    if dates(&pair.source, |d| d.weekday).is_empty() && dates(&pair.target, |d| d.weekday).is_empty() {
        let days = |t: &Text<'_>| dates(t, |d| d.relative.filter(|r| r.days().is_some()));
        add(alone(&days(&pair.source), &days(&pair.target), |a, b| a == b));
    }
    out
}

fn speaks_of_time(text: &Text<'_>) -> bool {
    text.facts.iter().any(|f| matches!(f.value, FactValue::TimeRelation(_) | FactValue::Date(_)))
}

/// The values that `pick` takes from the relations of a text, with their places.
fn relations<T>(text: &Text<'_>, pick: impl Fn(TimeRelation) -> Option<T>) -> Vec<Placed<T>> {
    let of = |f: &Fact| match f.value {
        FactValue::TimeRelation(relation) => pick(relation).map(|value| (f.span, value)),
        _ => None,
    };
    text.facts.iter().filter_map(of).collect()
}

/// The values that `pick` takes from the dates of a text, with their places.
fn dates<T>(text: &Text<'_>, pick: impl Fn(&DateFact) -> Option<T>) -> Vec<Placed<T>> {
    let of = |f: &Fact| match &f.value {
        FactValue::Date(date) => pick(date).map(|value| (f.span, value)),
        _ => None,
    };
    text.facts.iter().filter_map(of).collect()
}

/// The places of the two values if each side has a single value (which may stand there several times) and the two do
/// not agree.
fn alone<T: PartialEq + Copy>(
    source: &[Placed<T>],
    target: &[Placed<T>],
    agree: impl Fn(T, T) -> bool,
) -> Option<(Span, Span)> {
    let single = |list: &[Placed<T>]| {
        let first = *list.first()?;
        list.iter().all(|(_, v)| *v == first.1).then_some(first)
    };
    let ((source, a), (target, b)) = (single(source)?, single(target)?);
    (!agree(a, b)).then_some((source, target))
}

/// The places of the first value that only the source has, and of the first that only the target has; `None` unless
/// there are both.
fn left_over<T: PartialEq>(source: &[Placed<T>], target: &[Placed<T>]) -> Option<(Span, Span)> {
    let left = |own: &[Placed<T>], other: &[Placed<T>]| {
        own.iter().find(|(_, v)| !other.iter().any(|(_, o)| o == v)).map(|(span, _)| *span)
    };
    Some((left(source, target)?, left(target, source)?))
}

/// Reports contradictory links to the same date, hour or length of time: « avant le 15 mars » and "after March 15". A
/// link that is denied ("not before") is not compared.
fn links(pair: &Pair<'_>, out: &mut Vec<TimeDifference>) {
    let of = |text: &Text<'_>| {
        relations(
            text,
            |x| if let TimeRelation::Link { link, of, denied } = x { Some((link, of, denied)) } else { None },
        )
    };
    let (french, english) = (of(&pair.source), of(&pair.target));
    if french.is_empty() || english.is_empty() {
        return;
    }
    for &(s, t) in pair.figures().matched() {
        let (own, other) = (pair.source.facts[s].span, pair.target.facts[t].span);
        let at =
            |list: &[Placed<(Link, Span, bool)>], span: Span| list.iter().find(|(_, (_, of, _))| *of == span).copied();
        let (Some((source, (a, _, french_denied))), Some((target, (b, _, english_denied)))) =
            (at(&french, own), at(&english, other))
        else {
            continue;
        };
        let length = matches!(pair.source.facts[s].value, FactValue::Quantity(_));
        if !french_denied
            && !english_denied
            && contradict(a, b, length)
            && !out.iter().any(|d: &TimeDifference| d.source == source)
        {
            let (severity, confidence) = (Severity::Warning, Confidence::Medium);
            out.push(TimeDifference { source, target, severity, confidence });
        }
    }
}

/// Whether two links contradict each other; `length` says that they link to a length of time (« il y a trois jours »).
fn contradict(a: Link, b: Link, length: bool) -> bool {
    use Link::{After, Ago, Ahead, Before, Since, Until};
    let opposed = |a: Link, b: Link| match length {
        true => matches!((a, b), (Before | Ago, After | Ahead)),
        false => matches!((a, b), (Before | Until, After | Since)),
    };
    opposed(a, b) || opposed(b, a)
}

/// Reports another part of the same month, day, week or year, or the same part of another unit: « fin janvier » and
/// "early January", « au milieu de la semaine » and "halfway through the month".
fn parts(pair: &Pair<'_>, out: &mut Vec<TimeDifference>) {
    let of = |text: &Text<'_>| {
        relations(text, |x| if let TimeRelation::Part { part, of } = x { Some((part, of)) } else { None })
    };
    let (french, english) = (of(&pair.source), of(&pair.target));
    for (source, (part, whole)) in &french {
        // In « début mai et fin mai », "late May" renders « fin mai », so it is not compared with « début mai ».
        let free = |e: &&Placed<(_, Whole)>| e.1 == (*part, *whole) || !french.iter().any(|(_, own)| *own == e.1);
        let same: Vec<_> = english.iter().filter(|(_, (_, other))| other == whole).filter(free).collect();
        let kept = same.iter().any(|(_, (other, _))| other == part);
        let other = match same.first() {
            Some((target, _)) => (!kept).then_some(*target),
            None => other_unit(&french, &english).filter(|_| matches!(whole, Whole::Unit(_))),
        };
        if let Some(target) = other {
            let (severity, confidence) = (Severity::Warning, Confidence::Medium);
            out.push(TimeDifference { source: *source, target, severity, confidence });
        }
    }
}

/// The place of the English part, if each text has only one and both are the same part of two different units: « fin du
/// mois » and "end of the year".
fn other_unit<P: PartialEq + Copy>(french: &[Placed<(P, Whole)>], english: &[Placed<(P, Whole)>]) -> Option<Span> {
    match (french, english) {
        ([(_, (a, Whole::Unit(x)))], [(target, (b, Whole::Unit(y)))]) if a == b && x != y => Some(*target),
        _ => None,
    }
}

/// The parts of the day that a text names, by a word or by a time.
fn day_parts(text: &Text<'_>) -> Vec<Placed<DayPart>> {
    let mut out = relations(text, |x| if let TimeRelation::DayPart(p) = x { Some(p) } else { None });
    out.extend(text.facts.iter().filter_map(|f| match f.value {
        // Noon belongs to the morning as well as to the afternoon, and is not counted.
        FactValue::Time(t) if t.half_day_known && (t.hour, t.minute) != (12, 0) => {
            let part = match t.hour {
                0..=5 => DayPart::Night,
                6..=11 => DayPart::Morning,
                12..=17 => DayPart::Afternoon,
                _ => DayPart::Evening,
            };
            Some((f.span, part))
        }
        _ => None,
    }));
    out
}

/// Whether two parts of the day may be the same. Nights end in the morning and begin in the evening.
fn day_parts_agree(french: DayPart, english: DayPart) -> bool {
    use DayPart::{Afternoon, Dawn, Dusk, Evening, Morning, Night};
    let late = |p| matches!(p, Dusk | Evening | Night);
    let early = |p| matches!(p, Dawn | Morning);
    french == english
        || late(french) && late(english)
        || early(french) && early(english)
        || matches!((french, english), (Night, Morning | Dawn) | (Dawn, Night) | (Afternoon, Dusk) | (Dusk, Afternoon))
}

/// Reports that one text says the day before and the other the day after: « le lendemain de la trêve » and "the day
/// before the truce". Nothing is reported where the English has other words for the French day, or the French has other
/// words for the English day.
fn sides(pair: &Pair<'_>, out: &mut Vec<TimeDifference>) {
    let of = |text: &Text<'_>| relations(text, |x| if let TimeRelation::Side(s) = x { Some(s) } else { None });
    let near = |text: &Text<'_>, side: Side| {
        text.facts.iter().any(
            |f| matches!(f.value, FactValue::TimeRelation(TimeRelation::Side(s) | TimeRelation::Near(s)) if s == side),
        )
    };
    let Some((source, target)) = alone(&of(&pair.source), &of(&pair.target), |a, b| a == b) else { return };
    let side = of(&pair.source)[0].1;
    let other = if side == Side::Eve { Side::Next } else { Side::Eve };
    // « La veille » without « de » may become "a day after" with other words: what was « touché la
    // veille » is told "a day after it was hit".
    let r = &pair.source.reading;
    let is_adverb = side == Side::Eve && !matches!(r.lower(r.tokens.first_at(source.end)), "de" | "du" | "des" | "d'");
    if is_adverb && pair.target.reading.is_word(pair.target.reading.tokens.first_at(target.end)) {
        return;
    }
    if !near(&pair.target, side) && !near(&pair.source, other) {
        out.push(TimeDifference { source, target, severity: Severity::Warning, confidence: Confidence::Medium });
    }
}

/// Reports that something is repeated in different periods: « deux fois par mois » and "twice a week". Nothing is
/// reported where one text mentions the period of the other anywhere.
fn often(pair: &Pair<'_>, out: &mut Vec<TimeDifference>) {
    let of = |text: &Text<'_>| relations(text, |x| if let TimeRelation::Often(p) = x { Some(p) } else { None });
    let (french, english) = (of(&pair.source), of(&pair.target));
    let Some((source, target)) = alone(&french, &english, |a, b| a == b) else { return };
    if !mentions(&pair.target, french[0].1) && !mentions(&pair.source, english[0].1) {
        out.push(TimeDifference { source, target, severity: Severity::Warning, confidence: Confidence::Medium });
    }
}

/// Whether a word of the text begins with one of the period's stems. A stem of fewer than four
/// bytes must be the whole word, so that "days" is not taken for "day": in "twice a week for ten
/// days", it must not hide that « par jour » became "a week".
fn mentions(text: &Text<'_>, period: Period) -> bool {
    let stems: &[&str] = match period {
        Period::Hour => &["heure", "horaire", "hour"],
        Period::Day => &["jour", "quotidien", "day", "daily", "nightly"],
        Period::Week => &["semaine", "hebdo", "week"],
        Period::Month => &["mois", "mensuel", "month"],
        Period::Year => &["an", "ans", "anné", "annuel", "annu", "year"],
    };
    let r = &text.reading;
    (0..r.len()).any(|i| stems.iter().any(|s| if s.len() < 4 { r.lower(i) == *s } else { r.lower(i).starts_with(s) }))
}

impl Relative {
    /// Week, month or year, where the date is the last or the next of them; otherwise `None`.
    fn period(self) -> Option<Period> {
        Some(match self {
            Relative::LastWeek | Relative::NextWeek => Period::Week,
            Relative::LastMonth | Relative::NextMonth => Period::Month,
            Relative::LastYear | Relative::NextYear => Period::Year,
            _ => return None,
        })
    }
}
