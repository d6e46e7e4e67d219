//! Weekdays and months that the rules found changed, and days that were left out of a date.

use super::{facts_of, only, replaced};
use crate::checks::Finding;
use crate::english::typography::with_capital_of;
use crate::facts::FactValue;
use crate::facts::date::DateFact;
use crate::lexicon::en;
use crate::span::Span;
use crate::translate::steer::Judged;

/// The translation with the weekday and month of one date put right, or with one missing day added; `None` if there is
/// nothing to put right, or the rules do not find less in the new text.
pub fn put_right(sentence: &str, now: &Judged, judge: &dyn Fn(&str) -> Judged) -> Option<Judged> {
    with_changed(sentence, now, judge).or_else(|| with_missing(sentence, now, judge))
}

/// The date in the French words that a finding points to.
fn date_of(sentence: &str, finding: &Finding) -> Option<DateFact> {
    facts_of(sentence, finding).into_iter().find_map(|f| if let FactValue::Date(d) = f.value { Some(d) } else { None })
}

/// The translation with the weekday and month of the French in one date that the rules found changed.
fn with_changed(sentence: &str, now: &Judged, judge: &dyn Fn(&str) -> Judged) -> Option<Judged> {
    now.heavy().filter(|f| f.rule == "date-changed").find_map(|finding| {
        let (date, target) = (date_of(sentence, finding)?, finding.target?);
        let mut part = target.of(&now.text).to_string();
        for (right, names) in [(date.weekday, &en::WEEKDAYS), (date.month, &en::MONTHS)] {
            let Some(right) = right.and_then(|i| names.get(usize::from(i).wrapping_sub(1))) else { continue };
            if let Some(wrong) = names.words().find(|n| part.contains(n)) {
                part = part.replacen(wrong, right, 1);
            }
        }
        replaced(now, target, &part, judge)
    })
}

/// The translation with a day that was left out put beside its month: "after the January strike", for « après la grève
/// du 12 janvier », becomes "after the January 12 strike". The month must stand in the text once, and without another
/// number beside it.
fn with_missing(sentence: &str, now: &Judged, judge: &dyn Fn(&str) -> Judged) -> Option<Judged> {
    now.heavy().filter(|f| f.rule == "date-missing").find_map(|finding| {
        let date = date_of(sentence, finding)?;
        let month = en::MONTHS.get(usize::from(date.month?).wrapping_sub(1))?;
        let is_whole = |&(at, word): &(usize, &str)| {
            let letter = char::is_alphabetic;
            !now.text[at + word.len()..].starts_with(letter) && !now.text[..at].ends_with(letter)
        };
        let (start, word) = only(now.text.match_indices(month).filter(is_whole))?;
        let end = start + word.len();
        let (before, after) = (&now.text[..start], &now.text[end..]);
        let is_digit = |c: char| c.is_ascii_digit();
        if before.trim_end().ends_with(is_digit) || after.trim_start_matches([' ', ',']).starts_with(is_digit) {
            return None;
        }
        // "in January" becomes "on January 12".
        let start = if before.ends_with(" in ") || before == "In " { start - "in ".len() } else { start };
        let on = with_capital_of(&now.text[start..], if start + month.len() < end { "on " } else { "" });
        replaced(now, Span::new(start, end), &format!("{on}{month} {}", date.day?), judge)
    })
}

#[cfg(test)]
mod tests {
    use crate::translate::steer::tests::steered_from;

    #[test]
    fn a_wrong_weekday_is_put_right_without_asking() {
        let french = "Le maire a présenté dimanche son bilan devant les élus de la ville.";
        let wrong = "The mayor presented his record on Monday to the city’s elected officials.";
        let right = "The mayor presented his record on Sunday to the city’s elected officials.";
        assert_eq!(steered_from(french, wrong, wrong), (right.to_string(), vec![0]));
    }

    #[test]
    fn a_day_that_was_left_out_stands_with_its_month() {
        let french = "Le port a rouvert après la grève du 12 janvier.";
        let (wrong, right) = ("The port has reopened after the January strike.", "January 12 strike.");
        assert_eq!(steered_from(french, wrong, wrong).0, wrong.replace("January strike.", right));
        let french = "Les soldats sont partis le 8 janvier, selon la police.";
        let wrong = "The soldiers left in January, according to police.";
        assert_eq!(steered_from(french, wrong, wrong).0, wrong.replace("in January", "on January 8"));
        let french = "Le 3 mai, le port a rouvert, a dit le maire Satro.";
        let wrong = "In May, the port reopened, said Mayor Satro.";
        assert_eq!(steered_from(french, wrong, wrong).0, wrong.replace("In May", "On May 3"));
    }
}
