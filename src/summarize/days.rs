//! Puts weekdays in the place of words such as "yesterday". In an article of Friday "yesterday"
//! means Thursday, but whoever reads the summary on Saturday would take it for Friday.

use crate::english::typography::with_capital_of;
use crate::facts::date::{DateFact, Relative};
use crate::facts::reading::Reading;
use crate::facts::{self, Context, FactValue, quote};
use crate::lang::Lang;
use crate::lexicon::en;
use crate::span::{Span, with_each_replaced};
use jiff::civil::Date;

/// The English with the weekday in the place of "yesterday", "today", "this morning" and the like,
/// counted from the day of publication: "on Thursday", "on Friday morning". These words stay in
/// quotations, and in a sentence that names the same day as well. A word that means the day of
/// publication also stays in a sentence with an auxiliary of the present tense, where "today" may
/// mean nowadays.
pub(super) fn named(english: &str, published: Option<Date>) -> String {
    let Some(published) = published else { return english.into() };
    let r = Reading::new(english, Lang::En);
    let facts = facts::extract(english, &Context { lang: Lang::En, date: Some(published) });
    let dates: Vec<(Span, DateFact)> = facts
        .iter()
        .filter_map(|f| match &f.value {
            FactValue::Date(d) => Some((f.span, *d)),
            _ => None,
        })
        .collect();
    let quotes = quote::extract(&r);
    let mut changes: Vec<(Span, String)> = Vec::new();
    let mut i = 0;
    while i < r.len() {
        let Some((day, part, end)) = relative_day(&r, &dates, i, published) else {
            i += 1;
            continue;
        };
        let span = r.span(i, end);
        let told = dates.iter().any(|(at, d)| !span.overlaps(*at) && d.relative.is_none() && d.resolved == Some(day));
        let quoted = quotes.iter().any(|q| q.span.contains(span));
        let nowadays = day == published && is_present(&r);
        if !told && !quoted && !nowadays {
            let name = en::WEEKDAYS.words().nth(day.weekday().to_monday_zero_offset() as usize).unwrap_or_default();
            // "on" is left out in "Thursday’s attack" and in "since Thursday".
            let possessive = english[span.end..].starts_with(['’', '\'']);
            let bare = possessive || i > 0 && en::BEFORE_DAYS.has(r.lower(i - 1));
            let words = [if bare { "" } else { "on " }, name, if part.is_empty() { "" } else { " " }, part].concat();
            changes.push((span, with_capital_of(span.of(english), &words)));
        }
        i = end;
    }
    with_each_replaced(english, changes)
}

/// What the words at token `i` mean if they count from the day of publication, as "yesterday
/// morning" does: the day, the part of the day ("" for the whole day), and the token after these
/// words.
fn relative_day<'r>(
    r: &'r Reading<'_>,
    dates: &[(Span, DateFact)],
    i: usize,
    published: Date,
) -> Option<(Date, &'r str, usize)> {
    let part = |k: usize| (k < r.len() && en::PARTS_OF_DAY.has(r.lower(k))).then(|| r.lower(k));
    if r.lower(i) == "tonight" {
        return Some((published, "night", i + 1));
    }
    if r.lower(i) == "this" {
        return part(i + 1).map(|part| (published, part, i + 2));
    }
    let is_day = |d: &DateFact| matches!(d.relative, Some(Relative::Yesterday | Relative::Today | Relative::Tomorrow));
    let (_, date) = dates.iter().find(|(at, d)| *at == r.span(i, i + 1) && is_day(d))?;
    let part = part(i + 1);
    Some((date.resolved?, part.unwrap_or_default(), i + 1 + usize::from(part.is_some())))
}

/// Whether a sentence has an auxiliary of the present tense.
fn is_present(r: &Reading<'_>) -> bool {
    (0..r.len()).any(|i| matches!(r.lower(i), "is" | "are" | "has" | "have" | "does" | "do"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_relative_day_becomes_a_weekday() {
        let friday = Some(date(2021, 10, 15));
        for (before, after) in [
            ("A bomb killed three people yesterday.", "A bomb killed three people on Thursday."),
            ("Yesterday morning, the bridge fell.", "On Thursday morning, the bridge fell."),
            ("He was arrested this evening in Brumel.", "He was arrested on Friday evening in Brumel."),
            ("The minister resigned today.", "The minister resigned on Friday."),
            ("The town has been besieged since yesterday.", "The town has been besieged since Thursday."),
            ("Yesterday’s attack killed two.", "Thursday’s attack killed two."),
            ("Talks will resume tomorrow.", "Talks will resume on Saturday."),
        ] {
            assert_eq!(named(before, friday), after);
        }
    }

    #[test]
    fn what_may_mean_something_else_stays() {
        let friday = Some(date(2021, 10, 15));
        for text in [
            "The town has 3,000 inhabitants today.",
            "“I saw him yesterday,” the driver said.",
            "Yesterday, Thursday, October 14, the bridge fell.",
            "Last night two men fled.",
        ] {
            assert_eq!(named(text, friday), text);
        }
        let yesterday = "The bridge fell yesterday.";
        assert_eq!(named(yesterday, None), yesterday, "nobody knows which day that was");
    }
}
