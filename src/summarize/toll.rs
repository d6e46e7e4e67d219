//! The toll of the article's main event: the newest figures for the dead, the wounded, the missing and the like, and a
//! sentence that tells them where no sentence of the translation can.
//!
//! The figures are read from the French, so that a slip of the translation cannot get into a composed sentence. No rule
//! knows for sure which event is the main one. It is taken to be the event whose casualties the headline and the first
//! paragraphs count. Later figures take the place of earlier ones only where the text suggests that it is the same
//! count.

use super::material::{Material, MaterialLine};
use super::support;
use crate::english::typography::capitalised;
use crate::english::values;
use crate::facts::date::DateFact;
use crate::facts::quantity::{self, Bound, Duty, NumberForm, Outcome, Quantity, Whom};
use crate::facts::reading::Reading;
use crate::facts::{Fact, FactValue};
use crate::lang::Lang;
use crate::lexicon::fr;
use crate::span::Span;
use crate::tables::rows::FigureRow;
use jiff::civil::Date;

/// Outcomes in the order in which a toll tells them.
const ORDER: [Outcome; 6] =
    [Outcome::Killed, Outcome::Wounded, Outcome::Missing, Outcome::Abducted, Outcome::Displaced, Outcome::Detained];

/// A figure of the toll.
#[derive(Debug, Clone, PartialEq)]
pub struct Count {
    pub outcome: Outcome,
    /// The figure as the French gives it.
    pub quantity: Quantity,
    /// Who gives it, in English; `None` where the article gives it as its own.
    pub source: Option<String>,
    /// Whether the French does not vouch for it: « auraient été tués ».
    pub open: bool,
    /// Numbers of the sentences that tell it, in the order of the article, the headline's among them.
    pub sentences: Vec<usize>,
}

/// A figure of the article with an outcome, which may become a figure of the toll.
struct Candidate<'a> {
    row: &'a FigureRow,
    quantity: Quantity,
    /// The paragraph in which it stands, counted from 0 through the text; `None` for the headline.
    paragraph: Option<usize>,
    /// Whether its sentence says that a count is brought up to date; never true for the headline.
    updates: bool,
    /// As [`Count::open`].
    open: bool,
}

/// For each outcome the newest figure of the main event, in the order of [`ORDER`].
pub fn of(material: &Material<'_>) -> Vec<Count> {
    let candidates = candidates(material);
    ORDER.iter().filter_map(|&outcome| newest(&candidates, outcome)).collect()
}

/// The figures with an outcome that may belong to the main event: cardinal numbers that are no part of another figure,
/// and whose sentence, unless it is the headline's, is not about an earlier time (see [`is_background`]).
fn candidates<'a>(material: &Material<'a>) -> Vec<Candidate<'a>> {
    let mut out = Vec::new();
    for row in material.figures.iter().filter(|row| row.part_of.is_none()) {
        let titled = material.title.as_ref().filter(|t| t.numbers.contains(&row.sentence));
        let line = material.lines.iter().find(|l| l.number == row.sentence);
        let (french, facts) = match (titled, line) {
            (Some(title), _) => (&title.french, &title.source_facts),
            (None, Some(line)) => (&line.french, &line.source_facts),
            (None, None) => continue,
        };
        if line.is_some_and(|l| is_background(l, material)) {
            continue;
        }
        let written = |f: &&Fact| f.span.of(french) == row.french;
        let found = facts.iter().filter(written).find_map(|f| match &f.value {
            FactValue::Quantity(q) if q.outcome.is_some() && q.duty == Duty::Must => Some(q.clone()),
            _ => None,
        });
        let Some(quantity) = found.filter(|q| matches!(q.form, NumberForm::Cardinal)) else { continue };
        let paragraph = line.map(|l| paragraph(material, l));
        let updates = line.is_some_and(|l| says_it_is_newer(&l.french));
        let open = facts.iter().any(|f| support::is_open(f, french));
        out.push(Candidate { row, quantity, paragraph, updates, open });
    }
    out
}

/// Which paragraph of the running text a sentence stands in, from 0.
fn paragraph(material: &Material<'_>, line: &MaterialLine) -> usize {
    let mut blocks: Vec<usize> = material.lines.iter().map(|l| l.block).collect();
    blocks.dedup();
    blocks.iter().position(|&b| b == line.block).unwrap_or(0)
}

/// How many figures of the sentence with this number count people by what became of them (killed, wounded …). Figures
/// that are a part of another one are left out.
pub fn count_outcomes(material: &Material<'_>, sentence: usize) -> usize {
    let Some(line) = material.lines.iter().find(|l| l.number == sentence) else { return 0 };
    let is_part = |span: Span| {
        material
            .figures
            .iter()
            .any(|f| f.sentence == sentence && f.part_of.is_some() && f.french == span.of(&line.french))
    };
    let quantities = quantity::quantities(&line.source_facts);
    quantities.filter(|(span, q)| q.outcome.is_some() && !is_part(*span)).count()
}

/// How many paragraphs count as the first ones. The first figure that is taken for an outcome must stand in the
/// headline or in one of these paragraphs, or its sentence must call it an update.
const FIRST_PARAGRAPHS: usize = 3;

/// The newest figure for one outcome, with the sentences that tell it.
fn newest(candidates: &[Candidate<'_>], outcome: Outcome) -> Option<Count> {
    let mut current: Option<&Candidate<'_>> = None;
    let mut sentences = Vec::new();
    for c in candidates.iter().filter(|c| c.quantity.outcome == Some(outcome)) {
        let early = c.paragraph.is_none_or(|p| p < FIRST_PARAGRAPHS);
        match current {
            None if early || c.updates => (current, sentences) = (Some(c), vec![c.row.sentence]),
            None => {}
            // A figure of the headline with a qualifier ("more than 80") gives way to a different figure of the first
            // paragraphs.
            Some(now) if now.paragraph.is_none() && early && now.quantity.bound != Bound::Exact && !same(now, c) => {
                (current, sentences) = (Some(c), vec![c.row.sentence]);
            }
            Some(now) if same(now, c) => {
                sentences.push(c.row.sentence);
                // The figure in the text may have a source and a qualifier that the headline leaves out.
                if now.paragraph.is_none() {
                    current = Some(c);
                }
            }
            Some(now) if takes_its_place(now, c) => (current, sentences) = (Some(c), vec![c.row.sentence]),
            Some(_) => {}
        }
    }
    let found = current?;
    Some(Count {
        outcome,
        quantity: found.quantity.clone(),
        source: found.row.source.clone(),
        open: found.open,
        sentences,
    })
}

/// Whether two figures are the same number, whatever their qualifiers: « 28 morts » in the headline, « au moins 28 » in
/// the text.
fn same(a: &Candidate<'_>, b: &Candidate<'_>) -> bool {
    a.quantity.value == b.quantity.value && a.quantity.high == b.quantity.high
}

/// Whether the later figure is a range whose upper end the earlier one gives as the most, so that the later figure says
/// more: « jusqu'à 90 », then « entre 60 et 90 ».
fn says_more(now: &Candidate<'_>, later: &Candidate<'_>) -> bool {
    now.quantity.bound == Bound::AtMost && later.quantity.high == Some(now.quantity.value)
}

/// Whether a figure is a later state of the count than the one before it: it says more (see [`says_more`]); or it is
/// higher, and its sentence calls it an update, or both figures stand in one paragraph of the text and count the same
/// people. The headline is no paragraph, so that by this rule a higher figure replaces a figure of the headline only as
/// an update.
fn takes_its_place(now: &Candidate<'_>, later: &Candidate<'_>) -> bool {
    let goes_up = later.quantity.value > now.quantity.value;
    let people = |c: &Candidate<'_>| c.quantity.whom.unwrap_or(Whom::People);
    let in_one_go = now.paragraph.is_some() && now.paragraph == later.paragraph && people(now) == people(later);
    says_more(now, later) || goes_up && (later.updates || in_one_go)
}

/// Whether a sentence has a word by which a count is brought up to date, such as « bilan », « alourdit » or
/// « désormais ».
fn says_it_is_newer(french: &str) -> bool {
    Reading::new(french, Lang::Fr).has_any(&fr::TOLL_UPDATES)
}

/// Whether a sentence is about an earlier time than that of the main event: it has « depuis », a full date more than
/// [`LONG_AGO`] days before publication, or a date without a known day in a year before that of publication (« en
/// janvier 2015 »). Where the day of publication is not known, any date counts whose year is before the newest one that
/// the article names.
fn is_background(line: &MaterialLine, material: &Material<'_>) -> bool {
    let r = Reading::new(&line.french, Lang::Fr);
    let since = (0..r.len()).any(|i| r.lower(i) == "depuis");
    let dates = line.source_facts.iter().filter_map(|f| match &f.value {
        FactValue::Date(d) if !d.doubtful => Some(d),
        _ => None,
    });
    let past = |d: &DateFact| match (d.resolved, d.year, material.date) {
        (Some(day), _, Some(published)) => days_between(day, published) > LONG_AGO,
        (_, Some(year), Some(published)) => year < published.year(),
        (_, Some(year), None) => material.newest_year.is_some_and(|newest| year < newest),
        _ => false,
    };
    since || dates.into_iter().any(past)
}

/// After this many days an event is no longer the news of the day.
const LONG_AGO: i32 = 21;

/// Days from `day` to the day of publication; negative if `day` comes later.
fn days_between(day: Date, published: Date) -> i32 {
    published.since(day).map_or(0, |span| span.get_days())
}

/// The newest year among the dates of these facts that are not doubtful. It stands for the year of publication where
/// that is not known.
pub fn newest_year<'a>(facts: impl Iterator<Item = &'a Fact>) -> Option<i16> {
    let years = facts.filter_map(|f| match &f.value {
        FactValue::Date(DateFact { year: Some(year), doubtful: false, .. }) => Some(*year),
        _ => None,
    });
    years.max()
}

/// A sentence such as "At least 28 people were killed and 43 wounded, according to the ambulance service." `None` if
/// there are no counts, if they have different sources, or if the French vouches for some of them only.
pub fn compose(counts: &[&Count]) -> Option<String> {
    let (first, rest) = counts.split_first()?;
    let source = first.source.as_deref();
    if rest.iter().any(|c| c.source.as_deref() != source || c.open != first.open) {
        return None;
    }
    let reportedly = if first.open { "reportedly " } else { "" };
    let plural = first.quantity.value != 1.0 || first.quantity.high.is_some();
    let verb = if plural { "were" } else { "was" };
    let who = values::people(first.quantity.whom.unwrap_or(Whom::People), plural);
    let mut text = format!("{} {who} {verb} {reportedly}{}", number(&first.quantity, true), first.outcome.name());
    for (i, count) in rest.iter().enumerate() {
        let joint = match (i + 1 == rest.len(), rest.len()) {
            (true, 1) => " and",
            (true, _) => ", and",
            (false, _) => ",",
        };
        // Whom a further figure counts is said where it differs: "12 soldiers were killed and 43 people wounded".
        let plural = count.quantity.value != 1.0 || count.quantity.high.is_some();
        let whom = |c: &Count| c.quantity.whom.unwrap_or(Whom::People);
        let other = (whom(count) != whom(first)).then(|| format!(" {}", values::people(whom(count), plural)));
        text.push_str(&format!(
            "{joint} {}{} {}",
            number(&count.quantity, false),
            other.unwrap_or_default(),
            count.outcome.name()
        ));
    }
    if let Some(source) = source {
        text.push_str(", according to ");
        text.push_str(source);
    }
    text.push('.');
    Some(capitalised(&text))
}

/// The figure with its qualifier. An exact number is spelt out if it is below 10, or if it is below 100 and the `first`
/// word of the sentence (AP Stylebook, "numerals").
fn number(q: &Quantity, first: bool) -> String {
    let bare = Quantity { outcome: None, ..q.clone() };
    let words = q.bound == Bound::Exact && !q.rounded && q.high.is_none() && q.value < if first { 100.0 } else { 10.0 };
    if words { values::cardinal(q.value as u64) } else { values::quantity(&bare) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(outcome: Outcome, quantity: Quantity, source: Option<&str>) -> Count {
        Count { outcome, quantity, source: source.map(str::to_string), open: false, sentences: vec![1] }
    }

    fn people(value: f64, bound: Bound, whom: Option<Whom>) -> Quantity {
        Quantity { bound, whom, ..Quantity::new(value, NumberForm::Cardinal) }
    }

    #[test]
    fn a_composed_toll_has_bounds_and_source_and_agrees() {
        let source = Some("the ambulance service");
        let killed = count(Outcome::Killed, people(28.0, Bound::AtLeast, None), source);
        let wounded = count(Outcome::Wounded, people(43.0, Bound::Exact, None), source);
        assert_eq!(
            compose(&[&killed, &wounded]).unwrap(),
            "At least 28 people were killed and 43 wounded, according to the ambulance service."
        );
        let one = count(Outcome::Killed, people(1.0, Bound::Exact, Some(Whom::Soldiers)), None);
        let civilians = count(Outcome::Wounded, people(12.0, Bound::MoreThan, Some(Whom::Civilians)), None);
        assert_eq!(compose(&[&one, &civilians]).unwrap(), "One soldier was killed and more than 12 civilians wounded.");
        let open = Count { open: true, ..count(Outcome::Killed, people(86.0, Bound::Exact, None), None) };
        assert_eq!(compose(&[&open]).unwrap(), "Eighty-six people were reportedly killed.");
        // One sentence cannot tell which figure is whose.
        assert_eq!(compose(&[&killed, &one]), None);
    }
}
